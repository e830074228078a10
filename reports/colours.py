"""Colours as ``#rrggbb``: contrast by WCAG 2.2, and mixing.

SVG that QtSvg and WeasyPrint must draw alike may use nothing but such hex colours.
"""

from __future__ import annotations

from fitcheck.domain.profile import DEFAULT_ACCENT, is_accent

WHITE = "#ffffff"
BLACK = "#000000"

TEXT_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: the least contrast of ordinary text."""

_STEPS = 50


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of it replaced by ``other``."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    mixed = (round(a + (b - a) * share) for a, b in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(colour: str, background: str, least: float = TEXT_CONTRAST) -> str:
    """``colour``, moved towards black or white just as far as text on ``background`` needs.

    What is no ``#rrggbb`` colour becomes the default accent first.
    """
    start = colour.lower() if is_accent(colour) else DEFAULT_ACCENT
    end = max(BLACK, WHITE, key=lambda far: contrast(far, background))
    steps = (mix(start, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in steps if contrast(shade, background) >= least), end)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG 2.2 defines it."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
