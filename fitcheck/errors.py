"""What a user can mend. Anything that isn't one of these is a bug of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with an input.

    ``place`` names where (a JSON path such as ``$.answers[3].evidence``, or a file, line and
    table); ``expected`` says what was expected there and, where it helps, what was found.
    """

    place: str
    expected: str

    def __str__(self) -> str:
        return f"{self.place}: {self.expected}"


class FitCheckError(Exception):
    """Something that the person at the keyboard can mend; its text says what, where and how."""


class InvalidInput(FitCheckError):  # noqa: N818 - it is the input that is invalid
    """An input that was refused whole. ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
