"""JSON ↔ frozen dataclasses, by their annotations: checked and read in one walk.

For files that are too large to be checked against a JSON Schema in good time. The schema that is
published is made from the same types, so that the two can't drift apart.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from fitcheck.errors import Fault
from fitcheck.exchange.json_input import either, expected_found, path, shown, unknown_key
from fitcheck.i18n import N_, _

T = TypeVar("T")

# From the first year that a computer's clock knows to one that no time zone leads out of.
_MOMENT = re.compile(
    r"(19[7-9]|2[0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\+00:00"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MEANT = {
    dt.datetime: N_("a moment in UTC, as 2026-11-22T09:30:00+00:00"),
    dt.date: N_("a date as YYYY-MM-DD"),
    dt.time: N_("a time as HH:MM"),
    str: N_("text"),
    bool: N_("true or false"),
    int: N_("a whole number"),
    float: N_("a number"),
    NoneType: N_("null"),
}

Steps = tuple[str | int, ...]


class _Wrong(Exception):  # noqa: N818 - it is the value that is wrong
    """``value`` is not what is meant; ``inside`` are the faults in its parts."""

    def __init__(self, *inside: Fault) -> None:
        self.inside = inside


_Reader = Callable[[Any, Steps], Any]


def read(kind: Any, value: Any, steps: Steps = ()) -> tuple[Any, list[Fault]]:
    """``value`` as ``kind``, or ``None`` and what is wrong with it, each fault at its path."""
    try:
        made = _reader(kind)(value, steps)
    except _Wrong as wrong:
        return None, list(wrong.inside)
    return made, []


def meaning(kind: Any) -> str:
    """What is expected, in words."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return str(inside[2])
    if origin is Literal:
        return either(map(json.dumps, inside))
    if origin in (Union, UnionType):
        return either(map(meaning, inside))
    if origin is tuple:
        return _("a list")
    if isinstance(kind, type) and issubclass(kind, Enum):
        return either(json.dumps(each.value) for each in kind)
    return _(_MEANT.get(kind, N_("an object")))


@cache
def _reader(kind: Any) -> _Reader:
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda value, _steps: value
    if origin is Annotated:
        pattern = re.compile(inside[1])
        return _leaf(kind, lambda v: v if type(v) is str and pattern.fullmatch(v) else _no())
    if origin is Literal:
        return _leaf(
            kind, lambda v: v if any(v == e and type(v) is type(e) for e in inside) else _no()
        )
    if origin in (Union, UnionType):
        return _union(kind, inside)
    if origin is tuple:
        return _list(kind, _reader(inside[0]))
    if origin is Mapping:
        return _mapping(kind, _reader(inside[0]), _reader(inside[1]))
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        by_value = {each.value: each for each in kind}
        return _leaf(kind, lambda v: by_value[v] if type(v) is str and v in by_value else _no())
    if kind in _TEXTS:
        return _leaf(kind, _TEXTS[kind])
    if kind is float:
        return _leaf(kind, lambda v: float(v) if type(v) in (int, float) else _no())
    if kind in (str, int, bool, NoneType):
        return _leaf(kind, lambda v: v if type(v) is kind else _no())
    return _leaf(dict, lambda v: dict(v) if isinstance(v, dict) else _no())


def _no() -> Any:
    raise ValueError


def _of_pattern(pattern: re.Pattern[str], made: Callable[[str], T]) -> Callable[[Any], T]:
    def read_text(value: Any) -> T:
        return made(value) if type(value) is str and pattern.fullmatch(value) else _no()

    return read_text


_TEXTS: dict[Any, Callable[[Any], Any]] = {
    dt.datetime: _of_pattern(_MOMENT, dt.datetime.fromisoformat),
    dt.date: _of_pattern(_DAY, dt.date.fromisoformat),
    dt.time: _of_pattern(_TIME, dt.time.fromisoformat),
}


def _leaf(kind: Any, take: Callable[[Any], Any]) -> _Reader:
    def read_leaf(value: Any, steps: Steps) -> Any:
        try:
            return take(value)
        except ValueError:
            found = shown(value)
            raise _Wrong(Fault(path(*steps), expected_found(meaning(kind), found))) from None

    return read_leaf


def _union(kind: Any, inside: tuple[Any, ...]) -> _Reader:
    readers = [_reader(each) for each in inside]
    parts = [reader for reader, each in zip(readers, inside, strict=True) if is_dataclass(each)]

    nullable = NoneType in inside

    def read_one(value: Any, steps: Steps) -> Any:
        if value is None and nullable:
            return None
        if isinstance(value, dict) and len(parts) == 1:
            return parts[0](value, steps)  # or its faults would be told as one
        for reader in readers:
            try:
                return reader(value, steps)
            except _Wrong:
                continue
        found = shown(value)
        raise _Wrong(Fault(path(*steps), expected_found(meaning(kind), found)))

    return read_one


def _list(kind: Any, one: _Reader) -> _Reader:
    def read_list(value: Any, steps: Steps) -> Any:
        if not isinstance(value, list):
            found = shown(value)
            raise _Wrong(Fault(path(*steps), expected_found(meaning(kind), found)))
        made: list[Any] = []
        faults: list[Fault] = []
        for index, each in enumerate(value):
            try:
                made.append(one(each, (*steps, index)))
            except _Wrong as wrong:
                faults += wrong.inside
        if faults:
            raise _Wrong(*faults)
        return tuple(made)

    return read_list


def _mapping(kind: Any, name: _Reader, one: _Reader) -> _Reader:
    def read_mapping(value: Any, steps: Steps) -> Any:
        if not isinstance(value, dict):
            found = shown(value)
            raise _Wrong(Fault(path(*steps), expected_found(meaning(kind), found)))
        made: dict[Any, Any] = {}
        faults: list[Fault] = []
        for key, each in value.items():
            try:
                made[name(key, (*steps, key))] = one(each, (*steps, key))
            except _Wrong as wrong:
                faults += wrong.inside
        if faults:
            raise _Wrong(*faults)
        return made

    return read_mapping


def _object(kind: Any) -> _Reader:
    hints = get_type_hints(kind, include_extras=True)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    needed = [each.name for each in fields(kind) if _needed(each)]

    def read_object(value: Any, steps: Steps) -> Any:
        if not isinstance(value, dict):
            found = shown(value)
            raise _Wrong(Fault(path(*steps), expected_found(_("an object"), found)))
        made: dict[str, Any] = {}
        faults: list[Fault] = []
        for key, each in value.items():
            reader = readers.get(key)
            if reader is None:
                faults.append(Fault(path(*steps, key), unknown_key(readers)))
                continue
            try:
                made[key] = reader(each, (*steps, key))
            except _Wrong as wrong:
                faults += wrong.inside
        faults += [
            Fault(path(*steps, name), _("expected, but missing"))
            for name in needed
            if name not in value
        ]
        if faults:
            raise _Wrong(*faults)
        return kind(**made)

    return read_object


def _needed(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def write(value: Any) -> Any:
    """``value`` as JSON; the fields of an object that are at their default are left out.

    The one character that a book holds and no reader of JSON here takes is replaced.
    """
    if isinstance(value, str):
        text = value.value if isinstance(value, Enum) else value
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {write(key): write(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [write(inner) for inner in value]
    return {
        each.name: write(inner)
        for each in fields(value)
        if (inner := getattr(value, each.name)) != each.default or _needed(each)
    }


# The schema


def schema_of(kind: Any) -> dict[str, Any]:
    """What :func:`read` takes as ``kind``, as a JSON Schema."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Any:
        return {}
    if origin is Annotated:
        return {"type": "string", "pattern": f"^{inside[1]}$", "description": inside[2]}
    if origin is Literal:
        return {"enum": list(inside)} if len(inside) > 1 else {"const": inside[0]}
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(each) for each in inside]}
    if origin is tuple:
        return {"type": "array", "items": schema_of(inside[0])}
    if origin is Mapping:
        names, values = schema_of(inside[0]), schema_of(inside[1])
        return {"type": "object", "propertyNames": names, "additionalProperties": values}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return {
            "type": "object",
            "required": [each.name for each in fields(kind) if _needed(each)],
            "additionalProperties": False,
            "properties": {name: schema_of(hint) for name, hint in hints.items()},
        }
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    for moment, pattern in ((dt.datetime, _MOMENT), (dt.date, _DAY), (dt.time, _TIME)):
        if kind is moment:
            found = f"^{pattern.pattern}$"
            return {"type": "string", "pattern": found, "description": _MEANT[kind]}
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
    return {"type": kinds.get(kind, "object")}


def places(faults: list[Fault], before: str) -> Iterator[Fault]:
    """The faults with ``before`` in front of their places."""
    return (Fault(f"{before} {fault.place}", fault.expected) for fault in faults)
