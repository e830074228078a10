"""The consultant's own name and brand, as printed on every document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_ACCENT = "#1f5f5b"
_ACCENT = re.compile(r"#[0-9a-fA-F]{6}")

LOGO_LIMIT = 2_000_000
"""A logo's size at most, in bytes."""

_LOGO_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True)
class Profile:
    """What stands at the head and foot of a document. Every field may be empty.

    ``accent`` is a colour as ``#rrggbb``; ``logo`` holds the bytes of a PNG or JPEG, or is empty.
    ``boundaries`` are what the consultant holds to with everyone (I16), a sentence each.
    """

    name: str = ""
    business: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    address: str = ""
    accent: str = DEFAULT_ACCENT
    logo: bytes = b""
    boundaries: tuple[str, ...] = ()


def is_accent(text: str) -> bool:
    """Whether ``text`` is a colour as ``#rrggbb``."""
    return _ACCENT.fullmatch(text) is not None


def logo_media_type(logo: bytes) -> str | None:
    """``image/png`` or ``image/jpeg`` by the file's own signature, else ``None``."""
    return next(
        (media for start, media in _LOGO_SIGNATURES.items() if logo.startswith(start)), None
    )
