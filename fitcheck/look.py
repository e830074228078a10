"""Light or dark: by itself, since it is all that the first paint wants of the preferences."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """Follow the system, or always use one of four; the last two are of high contrast."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"
