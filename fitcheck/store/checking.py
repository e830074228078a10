"""Whether a store that nobody writes to is whole, and what is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fitcheck.errors import reason
from fitcheck.store import migrations
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.errors import (
    BackupStopped,
    DiskRefused,
    ForeignFile,
    NewerStore,
    WrongKeyOrDamaged,
)
from fitcheck.store.opening import APPLICATION_ID, untouched

NAMES = 5
"""How many prospects a preview names."""

_STEPS = 10_000
"""SQLite's own, between two questions whether to go on: a millisecond or so."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Contents:
    """What is in a store. ``names`` are the prospects that were changed last."""

    version: int
    prospects: int
    assessments: int
    newest_change: dt.datetime | None
    names: tuple[str, ...] = field(repr=False)


def look_into(store: Path, key: DataKey, stopped: Callable[[], bool] = _never) -> Contents:
    """Read every page of ``store``, check that it is whole, and say what is in it.

    Nothing is changed, also where a journal lies beside it. Raises :class:`WrongKeyOrDamaged`,
    :class:`ForeignFile`, :class:`NewerStore`, :class:`DiskRefused`; :class:`BackupStopped` as soon
    as ``stopped``.
    """
    try:
        with untouched(store) as path:
            connection = connect(path, key)
            try:
                connection.set_progress_handler(stopped, _STEPS)
                found = _checked(connection, store)
            finally:
                connection.close()
        if stopped():
            raise BackupStopped  # a small one is read in fewer steps
        return found
    except OSError as error:
        raise DiskRefused(store, reason(error)) from error
    except DRIVER_ERRORS as error:
        if stopped():
            raise BackupStopped from None
        raise store_error(error, store) or error from error


def _checked(connection: Any, store: Path) -> Contents:
    def one(query: str) -> Any:
        return connection.execute(query).fetchone()[0]

    # An empty file is an empty store to SQLite, and passes every check.
    if one("PRAGMA page_count") == 0:
        raise WrongKeyOrDamaged(store)
    if one("PRAGMA application_id") != APPLICATION_ID:
        raise ForeignFile(store)
    version = one("PRAGMA user_version")
    if version > migrations.VERSION:
        raise NewerStore(store)
    whole = (
        connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    )
    if not whole:
        raise WrongKeyOrDamaged(store)
    newest = one("SELECT max(changed) FROM prospect")
    named = f"SELECT name FROM prospect ORDER BY changed DESC, id DESC LIMIT {NAMES}"
    return Contents(
        version=int(version),
        prospects=one("SELECT count(*) FROM prospect"),
        assessments=one("SELECT count(*) FROM assessment"),
        newest_change=None if newest is None else dt.datetime.fromisoformat(newest),
        names=tuple(name for (name,) in connection.execute(named)),
    )
