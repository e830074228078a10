"""Erasing a person: every row of theirs goes, and the file is written anew without them.

What makes sure that nothing is left
    Every table that can hold a person's words leads to the prospect by foreign keys that cascade,
    so that one deletion takes all of it; a test holds every table to that. ``secure_delete``
    overwrites what is deleted, and VACUUM then builds the file anew out of the rows that remain:
    balancing its trees, SQLite may leave copies of moved rows in the unused part of a page.

What stays
    A *tombstone*: the prospect's uid, which was drawn by lot and leads to nothing any more, and
    the day. A backup that was made before still knows whose it was; :func:`erase_from` makes it
    forget them too, or is called with every tombstone of the present book on what was restored.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from fitcheck.store import aside, tables
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.leftovers import clear_journal

# The uids that revision 0005 gave to whoever was there: their row's id, which is also what they
# are known by in a backup that is older than uids.
_OLD_ROW = re.compile(r"0{16}[0-9a-f]{16}")


def forget(connection: Connection, prospect_id: int, today: dt.date) -> str:
    """Delete all of a prospect's rows and note that they were erased; the tombstone.

    Raises ``KeyError`` where there is no such prospect.
    """
    table = tables.keeping
    finding = select(table.c.uid).where(table.c.prospect_id == prospect_id)
    uid: str | None = connection.execute(finding).scalar_one_or_none()
    if uid is None:
        raise KeyError(prospect_id)
    known = tables.known_as
    others = connection.scalars(select(known.c.uid).where(known.c.prospect_id == prospect_id)).all()
    connection.execute(delete(tables.prospect).where(tables.prospect.c.id == prospect_id))
    # By whatever uid an import would bring them back.
    gone = [{"uid": each, "day": today} for each in (uid, *others)]
    connection.execute(upsert(tables.erased).on_conflict_do_nothing(), gone)
    # Unsaved typing that nobody has come back for doesn't say whose it is.
    aside.put(connection, aside.DRAFTS, {})
    aside.put(connection, aside.SWEEP, {"due": True})
    return uid


def tombstones(connection: Connection) -> dict[str, dt.date]:
    """Everybody who was ever erased from this book, and when."""
    found = connection.execute(select(tables.erased.c.uid, tables.erased.c.day))
    return {row.uid: row.day for row in found}


def carry_over(connection: Connection, tombstones: Mapping[str, dt.date]) -> None:
    """Note in a restored book who was erased after it was backed up."""
    values = [{"uid": uid, "day": day} for uid, day in tombstones.items()]
    if values:
        connection.execute(upsert(tables.erased).on_conflict_do_nothing(), values)


def rewrite(engine: Engine, store: Path) -> int:
    """Build the file anew out of what it still holds; how many pages that takes.

    Nothing may be writing; readers wait. Raises a :class:`fitcheck.store.errors.StoreError`.
    """
    connection = engine.raw_connection()
    try:
        return _vacuum(connection.driver_connection)
    except DRIVER_ERRORS as error:
        raise store_error(error, store) or error from error
    finally:
        connection.close()


def erase_from(store: Path, key: DataKey, tombstones: Iterable[str]) -> int:
    """Erase everybody with these tombstones from another copy of the book; how many there were.

    ``store`` is a backup, or what was restored from one, which no program has open and which is
    left with nothing of them. It may be of any older schema, which stays what it is: a copy from
    before there were uids knows those who were in it by their row. Where nobody is found, no byte
    changes. Raises a :class:`fitcheck.store.errors.StoreError`.
    """
    with _opened(store, key) as connection:
        ids = _known(connection, sorted(tombstones))
        if ids:
            connection.execute("BEGIN IMMEDIATE")
            for id_ in ids:
                connection.execute("DELETE FROM prospect WHERE id = ?", (id_,))
            # Neither says whose it is: what was being typed, and what opens sealed answers.
            for name in (aside.DRAFTS, aside.HAND_OVER):
                connection.execute("DELETE FROM preference WHERE key = ?", (name,))
            # Or whoever comes after a crash would find nobody and take it for done.
            connection.execute(
                "INSERT OR REPLACE INTO preference (key, value) VALUES (?, ?)",
                (aside.SWEEP, json.dumps({"due": True})),
            )
            connection.execute("COMMIT")
        if ids or _is_unswept(connection):
            _vacuum(connection)
            connection.execute("DELETE FROM preference WHERE key = ?", (aside.SWEEP,))
    # Everything has been read. One that a crash left still holds pages as they were before it.
    clear_journal(store)
    return len(ids)


def _is_unswept(connection: dbapi2.Connection) -> bool:
    finding = "SELECT 1 FROM preference WHERE key = ?"
    return connection.execute(finding, (aside.SWEEP,)).fetchone() is not None


@contextmanager
def _opened(store: Path, key: DataKey) -> Iterator[dbapi2.Connection]:
    try:
        connection = connect(store, key)
        try:
            yield connection
        finally:
            connection.close()
    except DRIVER_ERRORS as error:
        raise store_error(error, store) or error from error


def _known(connection: dbapi2.Connection, uids: list[str]) -> list[int]:
    """The ids of the prospects with these uids that there are."""
    there = "SELECT 1 FROM sqlite_schema WHERE name = 'keeping'"
    if connection.execute(there).fetchone():
        finding = "SELECT prospect_id FROM keeping WHERE uid = ?"
        values: list[str | int] = [*uids]
    else:
        finding = "SELECT id FROM prospect WHERE id = ?"
        values = [int(uid, 16) for uid in uids if _OLD_ROW.fullmatch(uid)]
    rows = (connection.execute(finding, (value,)).fetchone() for value in values)
    return [row[0] for row in rows if row is not None]


def _vacuum(connection: dbapi2.Connection) -> int:
    connection.execute("VACUUM")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return int(pages)
