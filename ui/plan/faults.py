"""Why something that was typed can't be kept, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from fitcheck.domain.plan import LONGEST_LINE, LONGEST_TEXT
from fitcheck.i18n import _, thousands

_LINES = ("name", "contact")
"""Fields that are printed in a line."""


def fault_in(value: Any) -> str:
    """What is wrong with a value of the plan or the book of colleagues; "" if nothing is."""
    for longest, text in _texts(value, LONGEST_TEXT):
        if len(text) > longest:
            return _(
                "A text here is longer than {count} characters. What stood there before is kept; "
                "shorten it to have it kept."
            ).format(count=thousands(longest))
    return ""


def _texts(value: Any, longest: int) -> Iterator[tuple[int, str]]:
    """Every text in a value, behind how long it may be."""
    if isinstance(value, str):
        yield longest, value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, longest)
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()), longest)
    elif is_dataclass(value):
        for part in fields(value):
            most = LONGEST_LINE if part.name in _LINES else LONGEST_TEXT
            yield from _texts(getattr(value, part.name), most)
