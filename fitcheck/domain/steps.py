"""Long computations in steps of a few milliseconds, between which they may be given up.

Such a computation is a generator that yields nothing and returns its result. A window runs it in
idle time (``ui/steps.py``); everyone else runs it through with :func:`whole`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Steps: TypeAlias = Generator[None, None, T]


def whole(steps: Steps[T]) -> T:
    """Run all steps at once; what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
