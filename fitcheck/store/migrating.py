"""Bringing an older store up to date: on a copy, which takes its place when it has been verified.

Whatever fails, and whenever the process dies, the store is either the old one, unchanged, or the
new one, whole. That the old one isn't migrated in its place also keeps it from being torn by a
fault of a migration itself, which SQLite would faithfully commit.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from fitcheck.store import migrations
from fitcheck.store.backup import back_up
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.engine import make_engine, writing
from fitcheck.store.errors import MigrationFailed, StoreError, WrongKeyOrDamaged
from fitcheck.store.files import copy_private, journal_of, put_in_place, sync_file, writable
from fitcheck.store.tables import metadata


def migrate(store: Path, key: DataKey) -> None:
    """Bring ``store``, which was examined and is older, to ``migrations.VERSION``.

    Raises :class:`WrongKeyOrDamaged` if the old one is damaged anywhere, and
    :class:`MigrationFailed` if a migration is at fault; the book is as it was.
    """
    version = _bring_to_rest(store, key)
    with writable(store.parent):
        backup = back_up(store.parent, version, dt.datetime.now(dt.UTC))
    if not _is_sound(backup / store.name, key, version):
        raise WrongKeyOrDamaged(store)
    copy = store.with_name(store.name + ".migrated")
    with writable(store.parent):
        journal_of(copy).unlink(missing_ok=True)
        copy_private(store, copy)
    try:
        bring_up_to_date(copy, key, store, backup)
        with writable(store.parent):
            with copy.open("r+b") as file:
                sync_file(file.fileno())
            put_in_place(copy, store)
    except BaseException:
        for left in (copy, journal_of(copy)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise


def bring_up_to_date(copy: Path, key: DataKey, store: Path, backup: Path) -> None:
    """Bring ``copy``, which is nobody's book yet, to ``migrations.VERSION``.

    Raises :class:`MigrationFailed`, which names ``store`` and its ``backup``.
    """
    try:
        _upgrade(copy, key)
        sound = _is_sound(copy, key, migrations.VERSION) and _is_complete(copy, key)
    except StoreError:
        raise  # a full disk, say: nothing is wrong with the migration
    except Exception as error:
        raise MigrationFailed(store, backup) from error
    if not sound:
        raise MigrationFailed(store, backup)


def _bring_to_rest(store: Path, key: DataKey) -> int:
    """Finish what a crash interrupted, so that the file alone is the book; its version."""
    try:
        connection = connect(store, key)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except DRIVER_ERRORS as error:
        raise store_error(error, store) or error from error
    # A journal that is still there after a read has nothing in it to be played back. Beside the
    # new store it must not lie.
    with writable(store.parent):
        journal_of(store).unlink(missing_ok=True)
    return int(version)


def _upgrade(copy: Path, key: DataKey) -> None:
    # Without foreign keys, and that before BEGIN (in a transaction the pragma does nothing):
    # altering a table copies and drops it, and the drop would cascade.
    engine = make_engine(copy, key, foreign_keys=False)
    try:
        with writing(engine).begin() as connection:
            migrations.upgrade(connection)
    finally:
        engine.dispose()


def _is_complete(store: Path, key: DataKey) -> bool:
    """Whether there is every table and column that this program reads and writes.

    A store that was tampered with may say of itself that it has been through a revision.
    """
    connection = connect(store, key)
    try:
        return all(
            set(table.columns.keys())
            <= {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
            for table in metadata.sorted_tables
        )
    finally:
        connection.close()


def _is_sound(store: Path, key: DataKey, version: int) -> bool:
    """Whether every page is whole, every reference leads somewhere, and the version is this."""
    try:
        connection = connect(store, key)
        try:
            return bool(
                connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
                and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                and connection.execute("PRAGMA foreign_key_check").fetchall() == []
                and connection.execute("PRAGMA user_version").fetchall() == [(version,)]
            )
        finally:
            connection.close()
    except DRIVER_ERRORS as error:
        found = store_error(error, store)
        if isinstance(found, WrongKeyOrDamaged):
            return False
        raise found or error from error
