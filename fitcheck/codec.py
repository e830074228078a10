"""Domain values ↔ plain JSON values, by cattrs. Checking foreign input is ``exchange``'s work."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from fitcheck.domain.assessment import (
    Answer,
    Conversation,
    Dissent,
    Gut,
    Mark,
    NextStep,
    Override,
    Prospect,
    Release,
)
from fitcheck.domain.plan import (
    Cases,
    Expectation,
    Letter,
    Measure,
    Plan,
    Referral,
    Risk,
    Roles,
    Stage,
)

T = TypeVar("T")


def _level_or_mark(value: object, _type: object) -> int | Mark | None:
    if value is None or isinstance(value, int):
        return value
    return Mark(str(value))


def _make_converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_structure_hook(dt.date, lambda value, _type: dt.date.fromisoformat(value))
    # To the minute: nobody needs to know the second at which something was agreed.
    converter.register_unstructure_hook(dt.time, lambda value: value.strftime("%H:%M"))
    converter.register_structure_hook(dt.time, lambda value, _type: dt.time.fromisoformat(value))
    converter.register_structure_hook(int | Mark | None, _level_or_mark)
    for type_ in (
        Answer,
        Cases,
        Conversation,
        Dissent,
        Expectation,
        Gut,
        Letter,
        Measure,
        NextStep,
        Override,
        Plan,
        Prospect,
        Referral,
        Release,
        Risk,
        Roles,
        Stage,
    ):
        converter.register_unstructure_hook(
            type_,
            make_dict_unstructure_fn(type_, converter, _cattrs_omit_if_default=True),
        )
    return converter


_CONVERTER = _make_converter()


def encode(value: object) -> Any:
    """``value`` (a frozen domain value, an enum, a date or a tuple of them) as a JSON value.

    Fields at their default are left out.
    """
    return _CONVERTER.unstructure(value)


def decode(type_: type[T], value: Any) -> T:
    """The domain value that :func:`encode` made ``value`` of; the input is trusted."""
    return _CONVERTER.structure(value, type_)
