"""What a book holds and a copy of it doesn't: what would be missing if the copy took its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from fitcheck.store.connection import DataKey, connect, store_error
from fitcheck.store.errors import WrongKeyOrDamaged
from fitcheck.store.opening import untouched

NAMES = 5
"""How many prospects are named."""


@dataclass(frozen=True)
class Missing:
    """``prospects`` and ``assessments`` are in the book and not in the copy; ``changed`` prospects
    are in both, and have been changed since. ``names`` are those whom it concerns, newest first.
    """

    prospects: int
    assessments: int
    changed: int
    names: tuple[str, ...] = field(repr=False)

    @property
    def nothing(self) -> bool:
        return not (self.prospects or self.assessments or self.changed)


@dataclass(frozen=True)
class Inventory:
    """Who is in a store, by what tells them apart in any copy of the book.

    ``prospects`` have their last change and name; ``assessments`` are known by their prospect and
    the moment at which they were begun, since row ids are used again.
    """

    prospects: Mapping[str, tuple[dt.datetime, str]] = field(repr=False)
    assessments: frozenset[tuple[str, str]] = field(repr=False)


def inventory(store: Path, key: DataKey) -> Inventory:
    """Who is in ``store``, which may be in use, or of an older schema; nothing is changed.

    Raises a :class:`fitcheck.store.errors.StoreError` where it can't be read.
    """
    try:
        with untouched(store) as path:
            connection = connect(path, key)
            try:
                connection.execute("BEGIN")
                # An emptied file is an empty store to SQLite.
                if connection.execute("PRAGMA page_count").fetchone() == (0,):
                    raise WrongKeyOrDamaged(store)
                return _read(connection)
            finally:
                connection.close()
    except dbapi2.Error as error:
        raise store_error(error, store) or error from error


def _read(connection: Any) -> Inventory:
    there = "SELECT 1 FROM sqlite_schema WHERE name = 'keeping'"
    if connection.execute(there).fetchone():
        people = "SELECT id, uid, changed, name FROM prospect JOIN keeping ON prospect_id = id"
    else:
        # As revision 0005 names whoever was there before it.
        people = "SELECT id, printf('%032x', id), changed, name FROM prospect"
    uids: dict[int, str] = {}
    prospects: dict[str, tuple[dt.datetime, str]] = {}
    for id_, uid, changed, name in connection.execute(people):
        uids[id_] = uid
        prospects[uid] = (dt.datetime.fromisoformat(changed), name)
    begun = connection.execute("SELECT prospect_id, started_at FROM assessment")
    return Inventory(prospects, frozenset((uids.get(id_, ""), at) for id_, at in begun))


def missing(book: Inventory, copy: Inventory) -> Missing:
    """What is in ``book`` and would not be if ``copy`` took its place."""
    new = book.prospects.keys() - copy.prospects.keys()
    changed = {
        uid
        for uid in book.prospects.keys() & copy.prospects.keys()
        if book.prospects[uid][0] > copy.prospects[uid][0]
    }
    concerned = sorted((book.prospects[uid] for uid in new | changed), reverse=True)
    return Missing(
        prospects=len(new),
        assessments=len(book.assessments - copy.assessments),
        changed=len(changed),
        names=tuple(name for _changed, name in concerned[:NAMES]),
    )
