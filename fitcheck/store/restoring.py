"""Putting a copy in the place of the book, whole; the book that was there becomes a copy itself.

Each step is on disk before the next begins, and the book changes in one rename. So whenever the
process dies, the book is the one that was there or the restored one, and nothing has gone.
"""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fitcheck.errors import reason
from fitcheck.store.backup import Copy, Reason, begin_copy, end_copy
from fitcheck.store.carrying import Carried, carried_from, carry
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect
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
    sync_folder,
    writable,
)
from fitcheck.store.key_file import KeyFile
from fitcheck.store.key_on_disk import keep
from fitcheck.store.sealed import SEALED_FILE


@dataclass(frozen=True)
class Restored:
    """What became of it. ``kept`` is where the book lies that was there, if there was one.

    ``erased`` people were still in ``copy`` and were erased from the book again. ``all_known`` is
    false where the book that was there couldn't be asked whom else it had erased.
    """

    copy: Copy
    kept: Path | None
    erased: int
    all_known: bool


def restore(
    folder: Path, copy: Copy, key: DataKey, key_file: KeyFile, now: dt.datetime
) -> Restored:
    """Restore ``copy`` into ``folder``, where nothing may be open.

    ``key_file`` is what ``book.key`` says afterwards: the present one, so that the passphrase
    stays, or where that is lost, the copy's. Raises :class:`BackupUnusable`,
    :class:`DiskRefused`, :class:`FolderNotWritable`, :class:`MigrationFailed`; the book is as it
    was. Only one process at a time may do this (:mod:`fitcheck.store.instance`).
    """
    store = folder / STORE_FILE
    fresh = store.with_name(store.name + ".restored")
    try:
        carried = carried_from(folder, key)
        erased = _stage(copy, fresh, key, carried)
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
    _put_back_answers(copy, folder)
    return Restored(copy, kept, erased, carried.legible)


def _stage(copy: Copy, fresh: Path, key: DataKey, carried: Carried) -> int:
    """A copy of the copy, verified where it is about to be used; how many it was to forget."""
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
        version = look_into(fresh, key).version
        erased = carry(carried, fresh, key, version, copy)
        look_into(fresh, key)
    except NewerStore:
        raise NewerStore(copy.store) from None
    except (WrongKeyOrDamaged, ForeignFile):
        raise BackupUnusable(copy.folder) from None
    return erased


def _put_back_answers(copy: Copy, folder: Path) -> None:
    """What a prospect answered for the book that this copy was, unless there is something newer.

    Left where it is when the disk refuses: it is still in the copy.
    """
    answers = copy.folder / SEALED_FILE
    if answers.is_file() and not (folder / SEALED_FILE).exists():
        with suppress(OSError):
            copy_private(answers, folder / SEALED_FILE)


def _play_back(store: Path, key: DataKey) -> None:
    """Finish what a crash interrupted, so that the file alone is the book."""
    try:
        connection = connect(store, key)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except DRIVER_ERRORS:
        raise WrongKeyOrDamaged(store) from None
    journal_of(store).unlink(missing_ok=True)


def _keep_present(folder: Path, key: DataKey, now: dt.datetime) -> Path | None:
    """Make a copy of what is there, byte for byte, whatever state it is in."""
    store = folder / STORE_FILE
    files = (store, journal_of(store), folder / KEY_FILE, folder / SEALED_FILE)
    there = [file for file in files if file.exists()]
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
