"""What must outlive the restoring of an older copy: who was erased, and what opens sealed answers.

A copy knows nothing of what came after it. Whoever was erased since is erased from what is
restored, too, and what a prospect answered while the book was closed can still be opened by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fitcheck.store import aside, migrations, sealed
from fitcheck.store.backup import Copy, copies
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.erasing import erase_from
from fitcheck.store.errors import StoreError
from fitcheck.store.files import STORE_FILE, sync_file, writable
from fitcheck.store.migrating import bring_up_to_date
from fitcheck.store.opening import untouched


@dataclass(frozen=True)
class Carried:
    """``erased`` are tombstones and their days; ``hand_over`` is a value of the preferences.

    ``legible``: the book itself could be asked. If not, ``erased`` is what its copies know, and
    somebody who was erased after the newest of them may be missing.
    """

    erased: Mapping[str, str]
    hand_over: str | None = field(repr=False)
    legible: bool


def carried_from(folder: Path, key: DataKey) -> Carried:
    """What the book in ``folder`` and all of its copies know, as far as they can be read."""
    erased: dict[str, str] = {}
    for copy in copies(folder):
        erased |= _asked(copy.store, key)[0] or {}
    known, hand_over = _asked(folder / STORE_FILE, key)
    if not sealed.there(folder):
        hand_over = None  # there is nothing to be opened by it
    return Carried({**erased, **(known or {})}, hand_over, legible=known is not None)


def _asked(store: Path, key: DataKey) -> tuple[dict[str, str] | None, str | None]:
    """Its tombstones and what it knows of a hand-over; ``None`` for what can't be read."""
    if not store.is_file():
        return None, None
    erased: dict[str, str] | None = None
    hand_over: str | None = None
    try:
        with untouched(store) as path:
            connection = connect(path, key)
            try:
                erased = dict(_rows(connection, "erased", "SELECT uid, day FROM erased"))
                handed = "SELECT value, key FROM preference WHERE key = ?"
                for value, _key in _rows(connection, "preference", handed, aside.HAND_OVER):
                    hand_over = value
            finally:
                connection.close()
    except (*DRIVER_ERRORS, OSError, StoreError):
        pass  # what it didn't say is not known
    return erased, hand_over


def _rows(connection: Any, table: str, query: str, *values: str) -> list[tuple[str, str]]:
    """What ``query`` finds; nothing in a schema from before there was this table."""
    there = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    if connection.execute(there, (table,)).fetchone() is None:
        return []
    return [(str(row[0]), str(row[1])) for row in connection.execute(query, values).fetchall()]


def carry(carried: Carried, fresh: Path, key: DataKey, version: int, copy: Copy) -> int:
    """Have ``fresh``, made of ``copy`` and at rest, know all of that; how many people were erased.

    It is brought up to date first, since an older schema has no place for it. Raises what
    :func:`fitcheck.store.migrating.bring_up_to_date` and :func:`erase_from` raise.
    """
    if version < migrations.VERSION:
        bring_up_to_date(fresh, key, copy.store, copy.folder)
    gone = erase_from(fresh, key, carried.erased)
    if carried.erased or carried.hand_over is not None:
        _write(carried, fresh, key)
    with writable(fresh.parent), fresh.open("r+b") as file:
        sync_file(file.fileno())
    return gone


def _write(carried: Carried, fresh: Path, key: DataKey) -> None:
    try:
        connection = connect(fresh, key)
        try:
            connection.execute("BEGIN IMMEDIATE")
            noting = "INSERT OR IGNORE INTO erased (uid, day) VALUES (?, ?)"
            connection.executemany(noting, sorted(carried.erased.items()))
            if carried.hand_over is not None:
                keeping = "INSERT OR REPLACE INTO preference (key, value) VALUES (?, ?)"
                connection.execute(keeping, (aside.HAND_OVER, carried.hand_over))
            connection.execute("COMMIT")
        finally:
            connection.close()
    except DRIVER_ERRORS as error:
        raise store_error(error, fresh) or error from error
