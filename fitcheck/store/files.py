"""Files of the book: only their owner may read them, and they appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fitcheck.errors import reason
from fitcheck.store.errors import FolderNotWritable

STORE_FILE = "book.db"
KEY_FILE = "book.key"

_BINARY = getattr(os, "O_BINARY", 0)


def journal_of(store: Path) -> Path:
    """SQLite's rollback journal of ``store``; there only during a write, or after a crash."""
    return store.with_name(store.name + "-journal")


def make_folder(folder: Path) -> None:
    """Make the folder if need be, for its owner alone."""
    with writable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def check_writable(folder: Path) -> None:
    """See that folder, book and key can be written, leaving no trace."""
    with writable(folder):
        tempfile.TemporaryFile(dir=folder).close()
        for name in (STORE_FILE, KEY_FILE):
            if (folder / name).is_file():
                (folder / name).open("r+b").close()


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Raise :class:`FolderNotWritable` where the system refuses."""
    try:
        yield
    except OSError as error:
        raise FolderNotWritable(folder, reason(error)) from error


def create_private(file: Path) -> None:
    """Make an empty file that only its owner may read; whatever had the name is removed first."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600))


def copy_private(source: Path, target: Path) -> None:
    """A synced copy that only its owner may read."""
    create_private(target)
    with source.open("rb") as old, target.open("r+b") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        sync_file(new.fileno())


def write_whole(target: Path, data: bytes) -> None:
    """Let ``target`` hold ``data``: a crash at any moment leaves all of the old or of the new."""
    fresh = target.with_name(target.name + ".new")
    create_private(fresh)
    with fresh.open("r+b") as file:
        file.write(data)
        file.flush()
        sync_file(file.fileno())
    put_in_place(fresh, target)


def put_in_place(fresh: Path, target: Path) -> None:
    """Give a finished, synced file its name, such that a power cut leaves all of it or nothing."""
    fresh.replace(target)
    sync_folder(target.parent)


def sync_file(descriptor: int) -> None:
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    # Windows can't sync a folder and logs renames by itself.
    if os.name != "nt":  # pragma: no branch
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)
