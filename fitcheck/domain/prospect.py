"""Whom all of it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prospect:
    """Whom the assessment is about. Only ``name`` is required."""

    name: str
    organisation: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    met_at: str = ""
    in_their_words: str = ""
