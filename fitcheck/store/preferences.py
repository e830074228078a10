"""Preferences ↔ one JSON value a field.

What is missing, or no longer valid because an older or a hand-edited value means nothing to this
program, falls back to its default by itself and takes nothing else along.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, get_type_hints

from fitcheck.domain.profile import Profile, is_accent
from fitcheck.settings import Preferences

# Two of the rows of fitcheck.store.aside; a start asks for them before SQLAlchemy is there.

DRAFTS = "drafts"
"""What was being typed when the book was locked."""

HAND_OVER = "hand_over"
"""What opens the answers that a prospect gave while the book was closed."""


def preference_values(preferences: Preferences) -> dict[str, Any]:
    """The JSON value of every field by its name."""
    return {field.name: _encoded(getattr(preferences, field.name)) for field in fields(preferences)}


def preferences_of(values: Mapping[str, Any]) -> Preferences:
    """The preferences that ``values`` hold, as far as they mean something."""
    return Preferences(**_valid(Preferences, values))


def _encoded(value: Any) -> Any:
    if isinstance(value, Profile):
        return {field.name: _encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.value if isinstance(value, Enum) else value


def _valid(type_: type[Preferences] | type[Profile], values: Mapping[str, Any]) -> dict[str, Any]:
    types = get_type_hints(type_)
    valid = {}
    for name in values.keys() & types.keys():
        try:
            valid[name] = _decoded(types[name], values[name])
        except ValueError:
            continue
    if not is_accent(valid.get("accent", "")):
        valid.pop("accent", None)
    return valid


def _decoded(type_: Any, value: Any) -> Any:
    """``value`` as ``type_``; raises ``ValueError`` if it isn't one."""
    if type_ is Profile and isinstance(value, dict):
        return Profile(**_valid(Profile, value))
    if type_ is bytes and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError from error
    if type_ == tuple[str, ...] and isinstance(value, list):
        if not all(type(item) is str for item in value):
            raise ValueError
        return tuple(value)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return type_(value)
    if type(value) is not type_:
        raise ValueError
    return value
