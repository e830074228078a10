"""Opening a store whose key is known: examined before it is touched, made where there is none.

What is amiss is told apart by reads alone, and a refusal changes no byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fitcheck.errors import reason
from fitcheck.store import migrations
from fitcheck.store.connection import (
    DRIVER_ERRORS,
    DataKey,
    connect,
    store_error,
)
from fitcheck.store.errors import (
    DiskRefused,
    ForeignFile,
    NewerStore,
    WrongKeyOrDamaged,
)
from fitcheck.store.files import journal_of, writable
from fitcheck.store.leftovers import EXAMINED, clear_away, clear_journal

APPLICATION_ID = 0x46744368
"""``PRAGMA application_id`` of a FitCheck book: "FtCh"."""

_PLAIN_SQLITE = b"SQLite format 3\0"


def make_ready(store: Path, key: DataKey) -> None:
    """Have the store at rest and at this program's schema: made where there is none, migrated
    where it is older. From then on it can be connected to.

    Raises a :class:`fitcheck.store.errors.StoreError` that says what is wrong, having changed
    nothing. Only one process at a time may do this (:mod:`fitcheck.store.instance`).
    """
    if not store.exists():
        from fitcheck.store.making import make  # once in a book's life

        make(store, key)
    elif _examine(store, key) < migrations.VERSION:
        from fitcheck.store.migrating import migrate

        migrate(store, key)
    clear_away(store.parent)
    if journal_of(store).exists():
        _play_back(store, key)
        clear_journal(store)


def _play_back(store: Path, key: DataKey) -> None:
    """Let SQLite finish what a crash interrupted, as it does with the first read."""
    try:
        connection = connect(store, key)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except DRIVER_ERRORS as error:
        raise store_error(error, store) or error from error


def _examine(store: Path, key: DataKey) -> int:
    """The version of ``store``, or raise what is wrong with it; nothing is written to it."""
    with untouched(store) as path:
        try:
            with path.open("rb") as file:
                if file.read(len(_PLAIN_SQLITE)) == _PLAIN_SQLITE:
                    raise ForeignFile(store)
            connection = connect(path, key)
            try:
                (pages,) = connection.execute("PRAGMA page_count").fetchone()
                (application,) = connection.execute("PRAGMA application_id").fetchone()
                (version,) = connection.execute("PRAGMA user_version").fetchone()
            finally:
                connection.close()
        except OSError as error:
            raise DiskRefused(store, reason(error)) from error
        except DRIVER_ERRORS as error:
            raise store_error(error, store) or error from error
    if pages == 0:
        raise WrongKeyOrDamaged(store)
    if application != APPLICATION_ID:
        raise ForeignFile(store)
    if version > migrations.VERSION:
        raise NewerStore(store)
    return int(version)


@contextmanager
def untouched(store: Path) -> Iterator[Path]:
    """A file to examine in place of ``store``, such that opening it doesn't change the folder.

    SQLite finishes an interrupted write by playing its journal back as soon as it opens the file,
    before it can be known that the key is right, so then a copy of the two is examined.
    """
    if not journal_of(store).exists():
        yield store
        return
    examined = store.with_name(EXAMINED)
    with writable(store.parent):
        shutil.rmtree(examined, ignore_errors=True)
        examined.mkdir(mode=0o700)
    try:
        with writable(store.parent):
            shutil.copy(store, examined)
            shutil.copy(journal_of(store), examined)
        yield examined / store.name
    finally:
        shutil.rmtree(examined, ignore_errors=True)
