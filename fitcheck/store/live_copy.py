"""Copying a store while it is in use: one committed state of it, with no write kept waiting.

SQLite's own way, page by page: it lets writes through between two steps and begins again after
each. The bytes of the file are never read past SQLite, since on POSIX closing a file of one's own
drops the locks that SQLite holds on it. Every page is deciphered on the way, so its check sum is
proven, too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect, store_error
from fitcheck.store.errors import BackupStopped, BookDamaged, WrongKeyOrDamaged
from fitcheck.store.files import create_private, sync_file

PAGES = 256
"""In a step: 1 MB, a few milliseconds in which a commit waits."""

RESTARTS = 5
"""After so many, it is copied in one step: a commit waits for that once, rather than the backup
for ever."""


class _Restless(Exception):  # noqa: N818
    pass


def _unheard(_done: float) -> None:
    pass


def copy_live(
    store: Path,
    target: Path,
    key: DataKey,
    stopped: Callable[[], bool],
    heard: Callable[[float], None] = _unheard,
) -> None:
    """Copy ``store`` to ``target``, for its owner alone, encrypted by the same key, synced.

    ``heard`` is told how much is done, 0 to 1; what it raises ends it.
    Raises :class:`BookDamaged` for a page that can't be read, :class:`BackupStopped` as soon as
    ``stopped``, ``OSError`` and :class:`DiskRefused` where the disk refuses.
    """
    create_private(target)
    try:
        try:
            _copy(store, target, key, PAGES, stopped, heard)
        except _Restless:
            create_private(target)
            _copy(store, target, key, -1, stopped, heard)
    except DRIVER_ERRORS as error:
        found = store_error(error, store)
        if isinstance(found, WrongKeyOrDamaged):
            raise BookDamaged(store) from error
        raise found or error from error
    with target.open("r+b") as file:
        sync_file(file.fileno())


def _copy(
    store: Path,
    target: Path,
    key: DataKey,
    pages: int,
    stopped: Callable[[], bool],
    heard: Callable[[float], None],
) -> None:
    left_before, restarts = -1, 0

    def progress(_status: int, left: int, total: int) -> None:
        nonlocal left_before, restarts
        if stopped():
            raise BackupStopped
        heard(1 - left / max(total, 1))
        restarts += left >= left_before >= 0
        left_before = left
        if restarts > RESTARTS:
            raise _Restless

    source = connect(store, key)
    try:
        copy = connect(target, key)
        try:
            source.backup(copy, pages=pages, progress=progress, sleep=0.001)
        finally:
            copy.close()
    finally:
        source.close()
