"""Reading JSON that came from elsewhere: every fault is found, each with its path, nothing is kept.

Structure is checked against the JSON Schema that documents the format, so that the two can't
drift apart; what a schema can't say is the caller's to add.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from fitcheck import packaged
from fitcheck.errors import Fault, InvalidInput
from fitcheck.i18n import N_, _, thousands

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

SIZE_LIMIT = 10_000_000
"""The size of a file at most, in bytes."""

DEPTH_LIMIT = 40
"""How deeply arrays and objects may be nested at most."""

VALUES_LIMIT = 50_000
"""Values in a file at most, counted before any of them takes memory."""

FAULT_LIMIT = 500
"""Faults that are listed at most: nobody reads more, and each takes memory."""

# A text that isn't closed goes on to the end; possessive, so that nothing is gone through twice.
_TOKENS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[,\[{\]}]', re.DOTALL)

_PLAIN = frozenset({int, float, bool, type(None)})
"""Kinds of values that hold nothing odd."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NAMES = {
    "string": N_("text"),
    "object": N_("an object"),
    "array": N_("a list"),
    "null": N_("null"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "boolean": N_("true or false"),
}


@dataclass(frozen=True)
class _NotFinite:
    """Stands in the parsed tree where the file said NaN, Infinity or a number beyond measure."""

    literal: str


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys which occurred more than once."""

    repeated: tuple[str, ...] = ()


def path(*steps: str | int) -> str:
    """A JSON path such as ``$.answers[3].evidence``."""
    text = "$"
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}"
        else:
            text += f"[{json.dumps(step)}]"
    return text


def parse(
    data: bytes, size: int = SIZE_LIMIT, values: int = VALUES_LIMIT
) -> tuple[Any, list[Fault]]:
    """The JSON value in ``data`` and the faults found on the way.

    Raises :class:`InvalidInput` where it isn't JSON at all. NaN, infinite numbers, repeated keys
    and characters that no text can hold are faults at their paths.
    """
    if len(data) > size:
        told = _("expected at most {most} bytes").format(most=thousands(size))
        raise InvalidInput([Fault("$", told)])
    _check_values(data, values)
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_NotFinite,
            parse_float=_float,
            parse_int=_int,
        )
    except UnicodeDecodeError as error:
        told = _("expected UTF-8 text; byte {byte} is not").format(byte=error.start)
        raise InvalidInput([Fault("$", told)]) from None
    except json.JSONDecodeError as error:
        told = _("expected JSON; {reason} at line {line}, column {column}").format(
            reason=error.msg, line=error.lineno, column=error.colno
        )
        raise InvalidInput([Fault("$", told)]) from None
    except RecursionError:
        raise InvalidInput([_too_deep("$")]) from None
    found: list[Fault] = []
    _oddities(value, (), found)
    return value, found[:FAULT_LIMIT]


def _check_values(data: bytes, values: int) -> None:
    """Refuse a text with more values, or deeper ones, without reading any of them."""
    # Each value but the first has one of these before it.
    if sum(map(data.count, (b",", b"[", b"{"))) <= values:
        return
    found = depth = 0
    for token in _TOKENS.finditer(data):
        match data[token.start()]:
            case 0x22:  # a text, and whatever is in it
                continue
            case 0x5D | 0x7D:
                depth -= 1
                continue
            case 0x5B | 0x7B:
                depth += 1
        found += 1
        if depth > DEPTH_LIMIT:
            raise InvalidInput([_too_deep("$")])
        if found > values:
            told = _("expected at most {most} values").format(most=thousands(values))
            raise InvalidInput([Fault("$", told)])


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _value in pairs)
        made.repeated = tuple(key for key, count in counts.items() if count > 1)
    return made


def _float(literal: str) -> float | _NotFinite:
    number = float(literal)
    return number if math.isfinite(number) else _NotFinite(literal)


def _int(literal: str) -> int | _NotFinite:
    return int(literal) if len(literal) <= 18 else _NotFinite(literal[:20])


def _too_deep(place: str) -> Fault:
    return Fault(place, _("expected at most {most} levels of nesting").format(most=DEPTH_LIMIT))


def _oddities(value: Any, steps: tuple[str | int, ...], found: list[Fault]) -> None:
    """Add to ``found`` what JSON's own grammar lets pass."""
    if len(found) >= FAULT_LIMIT:
        return
    if len(steps) > DEPTH_LIMIT:
        found.append(_too_deep(path(*steps)))
    elif isinstance(value, str):
        if bad := _unwritable(value):
            found.append(Fault(path(*steps), without(bad)))
    elif isinstance(value, _NotFinite):
        expected = _("expected a number within reach, found {found}")
        found.append(Fault(path(*steps), expected.format(found=value.literal)))
    elif isinstance(value, _Object):
        for key in value.repeated:
            found.append(Fault(path(*steps, key), _("expected once, found repeatedly")))
        for key, inner in value.items():
            if type(inner) not in _PLAIN:
                _oddities(inner, (*steps, key), found)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if type(inner) not in _PLAIN:
                _oddities(inner, (*steps, index), found)


def _unwritable(text: str) -> str | None:
    """A half of a surrogate pair or a NUL, which neither UTF-8 nor the store can hold."""
    found = _UNWRITABLE.search(text)
    return found[0] if found else None


@cache
def _validator(schema_name: str) -> Draft202012Validator:
    schema = json.loads(packaged.read_text("schema", schema_name))
    from jsonschema import Draft202012Validator, FormatChecker  # no start needs it

    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def structural_faults(value: Any, schema_name: str) -> list[Fault]:
    """What is wrong with ``value`` under the packaged schema, in the order of the file."""
    errors = _validator(schema_name).iter_errors(value)
    found = (fault for error in errors for fault in _faults(error))
    return list(islice(found, FAULT_LIMIT))


def _faults(error: ValidationError) -> Iterator[Fault]:
    steps = tuple(error.absolute_path)
    schema: Any = error.schema
    instance: Any = error.instance
    expected: Any = error.validator_value
    found = shown(instance)
    if error.validator == "required":
        yield from (
            Fault(path(*steps, key), _("expected, but missing"))
            for key in expected
            if key not in instance
        )
    elif error.validator == "additionalProperties":
        known = schema["properties"]
        yield from (
            Fault(path(*steps, key), unknown_key(known)) for key in instance if key not in known
        )
    elif error.validator in ("enum", "const"):
        allowed = expected if error.validator == "enum" else [expected]
        yield Fault(path(*steps), expected_found(_one_of(allowed), found))
    elif error.validator == "type":
        types = [expected] if isinstance(expected, str) else expected
        yield Fault(path(*steps), expected_found(either(_(_NAMES[name]) for name in types), found))
    elif error.validator in ("maxLength", "maxItems"):
        told = (
            _("expected at most {most} characters")
            if error.validator == "maxLength"
            else _("expected at most {most} entries")
        )
        yield Fault(path(*steps), told.format(most=thousands(expected)))
    else:
        meant = schema.get("description") or _("text that is not empty")
        yield Fault(path(*steps), expected_found(meant, found))


def _one_of(allowed: Iterable[Any]) -> str:
    return either(json.dumps(value) for value in allowed)


def either(choices: Iterable[str]) -> str:
    """One of several, in words."""
    return _(" or ").join(choices)


def expected_found(expected: str, found: str) -> str:
    """What a fault says where something else stands."""
    return _("expected {expected}, found {found}").format(expected=expected, found=found)


def unknown_key(known: Iterable[str]) -> str:
    """What a fault says of a key that means nothing."""
    return _("unknown key; expected one of {known}").format(known=", ".join(known))


def without(character: str) -> str:
    """What a fault says of a character that no text may hold."""
    code = f"U+{ord(character):04X}"
    return _("expected text without the character {code}").format(code=code)


def shown(value: Any) -> str:
    """A value as a fault shows it: on one line, and short."""
    if isinstance(value, _NotFinite):
        return value.literal
    if isinstance(value, dict):
        return _("an object")
    if isinstance(value, list):
        return _("a list")
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:59] + "…"


def refuse(faults: Iterable[Fault]) -> None:
    """Raise :class:`InvalidInput` with the first fault of each place; do nothing without faults."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.place, fault)
        if len(first) == FAULT_LIMIT:
            break
    if first:
        raise InvalidInput(first.values())
