"""Rows beside the preferences that are none: unsaved typing, the key of a hand-over, what is due.

No preference has one of these names, so reading the preferences passes over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from fitcheck.store.preferences import DRAFTS, HAND_OVER
from fitcheck.store.tables import preference

__all__ = ["DRAFTS", "HAND_OVER", "SAID", "SWEEP", "look", "put", "take"]

SWEEP = "sweep"
"""That the book still has to be written anew after somebody was erased."""

SAID = "said"
"""What has been said of the place that the book lies in."""


def put(connection: Connection, name: str, value: Mapping[str, Any]) -> None:
    """Keep ``value`` and nothing earlier under ``name``; an empty one leaves nothing."""
    connection.execute(delete(preference).where(preference.c.key == name))
    if value:
        connection.execute(insert(preference), {"key": name, "value": dict(value)})


def look(connection: Connection, name: str) -> dict[str, Any]:
    """What is kept under ``name``; empty where nothing is."""
    kept = connection.execute(select(preference.c.value).where(preference.c.key == name)).scalar()
    return dict(kept or {})


def take(connection: Connection, name: str) -> dict[str, Any]:
    """The same, which from then on is not kept."""
    taking = delete(preference).where(preference.c.key == name)
    kept = connection.execute(taking.returning(preference.c.value)).scalar()
    return dict(kept or {})
