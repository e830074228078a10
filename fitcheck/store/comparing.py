"""What a book holds and a copy of it doesn't: what would be missing if the copy took its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.errors import WrongKeyOrDamaged
from fitcheck.store.opening import untouched

NAMES = 5
"""How many prospects are named."""


@dataclass(frozen=True)
class Missing:
    """``prospects`` and ``assessments`` are in the book and not in the copy; ``changed`` prospects
    are in both, and have been changed since. ``names`` are those whom it concerns, newest first.
    ``follow_ups``, ``outcomes``, ``referrals`` and own ``banks`` are counted alone.
    """

    prospects: int
    assessments: int
    changed: int
    names: tuple[str, ...] = field(repr=False)
    follow_ups: int = 0
    outcomes: int = 0
    referrals: int = 0
    banks: int = 0

    @property
    def nothing(self) -> bool:
        counts = (self.prospects, self.assessments, self.changed, *self.beside)
        return not any(counts)

    @property
    def beside(self) -> tuple[int, ...]:
        return self.follow_ups, self.outcomes, self.referrals, self.banks


@dataclass(frozen=True)
class Inventory:
    """Who is in a store, by what tells them apart in any copy of the book.

    ``prospects`` have their last change and name; ``assessments`` are known by their prospect and
    the moment at which they were begun, since a copy of an older schema has no uids of them.
    ``rows`` of other tables are known by what :data:`_KNOWN_BY` names, which an older one may lack.
    """

    prospects: Mapping[str, tuple[dt.datetime, str]] = field(repr=False)
    assessments: frozenset[tuple[str, str]] = field(repr=False)
    rows: Mapping[str, frozenset[tuple[str, ...]]] = field(repr=False)


_KNOWN_BY = {
    "follow_up": ("uid",),
    "outcome": ("prospect_id", "occasion", "day", "signs", "words"),
    "referral": ("prospect_id", "name", "day"),
    "bank": ("id", "version"),
}
"""Tables whose rows are counted, by the columns that tell two of them apart in any copy."""


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
    except DRIVER_ERRORS as error:
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
    assessments = frozenset((uids.get(id_, ""), at) for id_, at in begun)
    rows = {table: _rows(connection, table, uids) for table in _KNOWN_BY}
    return Inventory(prospects, assessments, rows)


def _rows(connection: Any, table: str, uids: Mapping[int, str]) -> frozenset[tuple[str, ...]]:
    """What tells the rows of a table apart; a prospect by the uid, since a row's id is the book's
    own. There are none in a schema from before there was this table."""
    there = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    if connection.execute(there, (table,)).fetchone() is None:
        return frozenset()
    columns = _KNOWN_BY[table]
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table}")
    if columns[0] != "prospect_id":
        return frozenset(tuple(map(str, row)) for row in found)
    return frozenset((uids.get(row[0], ""), *map(str, row[1:])) for row in found)


def missing(book: Inventory, copy: Inventory) -> Missing:
    """What is in ``book`` and would not be if ``copy`` took its place."""
    new = book.prospects.keys() - copy.prospects.keys()
    changed = {
        uid
        for uid in book.prospects.keys() & copy.prospects.keys()
        if book.prospects[uid][0] > copy.prospects[uid][0]
    }

    def lacking(table: str) -> int:
        return len(book.rows[table] - copy.rows[table])

    concerned = sorted((book.prospects[uid] for uid in new | changed), reverse=True)
    return Missing(
        prospects=len(new),
        assessments=len(book.assessments - copy.assessments),
        changed=len(changed),
        names=tuple(name for _changed, name in concerned[:NAMES]),
        follow_ups=lacking("follow_up"),
        outcomes=lacking("outcome"),
        referrals=lacking("referral"),
        banks=lacking("bank"),
    )
