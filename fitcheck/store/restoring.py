"""Putting a copy in the place of the book, whole; the book that was there becomes a copy itself.

Each step is on disk before the next begins, and the book changes in one rename. So whenever the
process dies, the book is the one that was there or the restored one, and nothing has gone.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from fitcheck.store.backup import Copy, Reason, begin_copy, end_copy
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DataKey, connect
from fitcheck.store.errors import (
    BackupUnusable,
    DiskRefused,
    ForeignFile,
    NewerStore,
    WrongKeyOrDamaged,
)
from fitcheck.store.files import (
    KEY_FILE,
    STORE_FILE,
    copy_private,
    journal_of,
    put_in_place,
    reason,
    sync_folder,
    writable,
)
from fitcheck.store.key_file import KeyFile
from fitcheck.store.key_on_disk import keep


def restore(
    folder: Path, copy: Copy, key: DataKey, key_file: KeyFile, now: dt.datetime
) -> Path | None:
    """Restore ``copy`` into ``folder``, where nothing may be open; where the old book is kept.

    ``key_file`` is what ``book.key`` says afterwards: the present one, so that the passphrase
    stays, or where that is lost, the copy's. ``None`` if there was no book. Raises
    :class:`BackupUnusable`, :class:`DiskRefused`, :class:`FolderNotWritable`; the book is as it
    was. Only one process at a time may do this (:mod:`fitcheck.store.instance`).
    """
    store = folder / STORE_FILE
    fresh = store.with_name(store.name + ".restored")
    try:
        _stage(copy, fresh, key)
        kept = _keep_present(folder, key, now)
        if kept is not None:
            # Whatever it says is in what is kept. Beside the restored book it must not lie: SQLite
            # would play it back into that.
            with writable(folder):
                journal_of(store).unlink(missing_ok=True)
                sync_folder(folder)
        with writable(folder):
            put_in_place(fresh, store)
    finally:
        with writable(folder):
            fresh.unlink(missing_ok=True)
            journal_of(fresh).unlink(missing_ok=True)
    if not _says(folder / KEY_FILE, key_file):
        keep(folder, key_file)
    return kept


def _stage(copy: Copy, fresh: Path, key: DataKey) -> None:
    """A copy of the copy, verified where it is about to be used."""
    if not copy.store.is_file():
        raise BackupUnusable(copy.folder)
    try:
        with writable(fresh.parent):
            journal_of(fresh).unlink(missing_ok=True)
            if journal_of(copy.store).exists():
                # Kept as it was found, after a crash: the two together are the book.
                shutil.copyfile(journal_of(copy.store), journal_of(fresh))
            copy_private(copy.store, fresh)
        if journal_of(fresh).exists():
            _play_back(fresh, key)
        look_into(fresh, key)
    except NewerStore:
        raise NewerStore(copy.store) from None
    except (WrongKeyOrDamaged, ForeignFile):
        raise BackupUnusable(copy.folder) from None


def _play_back(store: Path, key: DataKey) -> None:
    """Finish what a crash interrupted, so that the file alone is the book."""
    try:
        connection = connect(store, key)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except dbapi2.Error:
        raise WrongKeyOrDamaged(store) from None
    journal_of(store).unlink(missing_ok=True)


def _keep_present(folder: Path, key: DataKey, now: dt.datetime) -> Path | None:
    """Make a copy of what is there, byte for byte, whatever state it is in."""
    store = folder / STORE_FILE
    there = [f for f in (store, journal_of(store), folder / KEY_FILE) if f.exists()]
    if store not in there:
        return None
    try:
        look_into(store, key)
        why = Reason.REPLACED
    except NewerStore:
        why = Reason.REPLACED  # a newer FitCheck will tell
    except (WrongKeyOrDamaged, ForeignFile):
        why = Reason.DAMAGED
    try:
        fresh, target = begin_copy(folder, why.value, now)
        for file in there:
            copy_private(file, fresh / file.name)
        end_copy(fresh, target)
    except OSError as error:
        raise DiskRefused(store, reason(error)) from error
    return target


def _says(file: Path, key_file: KeyFile) -> bool:
    try:
        return file.read_bytes() == key_file.to_bytes()
    except OSError:
        return False
