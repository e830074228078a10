"""Light or dark: by itself, since it is all that the first paint wants of the preferences."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """Follow the system's light or dark look, or always use one of them."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
