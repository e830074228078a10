"""Copies of the book in ``backups/``: the store and the key file, under the moment they were made.

A copy is as encrypted as the book, by the same data key.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import shutil
from contextlib import suppress
from pathlib import Path

from fitcheck.store.files import (
    KEY_FILE,
    STORE_FILE,
    copy_private,
    put_in_place,
    sync_folder,
    write_whole,
)
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable

BACKUPS = "backups"
_UNFINISHED = ".new"


def back_up(folder: Path, version: int, now: dt.datetime) -> Path:
    """Copy book and key; the folder of the copy, which appears only when it is whole and on disk.

    The book must be at rest: nothing writes to it, and it has no journal. Where a copy of just
    this book is there already, that one is returned. Raises ``OSError``.
    """
    backups = folder / BACKUPS
    backups.mkdir(mode=0o700, exist_ok=True)
    for unfinished in backups.glob(f"*{_UNFINISHED}"):
        shutil.rmtree(unfinished)
    # A migration that fails at every start would otherwise fill the disk.
    for made in sorted(backups.glob(f"*-schema-{version}")):
        if filecmp.cmp(made / STORE_FILE, folder / STORE_FILE, shallow=False):
            return made
    target = backups / f"{now:%Y-%m-%dT%H%M%SZ}-schema-{version}"
    fresh = target.with_name(target.name + _UNFINISHED)
    fresh.mkdir(mode=0o700)
    for name in (STORE_FILE, KEY_FILE):
        copy_private(folder / name, fresh / name)
    sync_folder(fresh)
    put_in_place(fresh, target)
    sync_folder(folder)
    return target


def follow_key(folder: Path, key_file: KeyFile) -> None:
    """Let the key files of all copies of this book be the present one.

    They wrap the same data key, so one in which it still lies open, or under a passphrase that has
    been given up, would undo what was done to the book's own. What can't be written now is done
    at the next opening.
    """
    data = key_file.to_bytes()
    for copy in folder.glob(f"{BACKUPS}/*/{KEY_FILE}"):
        with suppress(OSError, Unreadable, FromNewer):
            written = copy.read_bytes()
            if written != data and KeyFile.from_bytes(written).book == key_file.book:
                write_whole(copy, data)
