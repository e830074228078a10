"""``book.key`` in its folder: read, made where there is neither key nor book, replaced whole."""

from __future__ import annotations

import secrets
from pathlib import Path

from fitcheck.errors import reason
from fitcheck.store.backup import BACKUPS, copies
from fitcheck.store.errors import DiskRefused, KeyDamaged, KeyMissing, NewerStore, StoreMissing
from fitcheck.store.files import KEY_FILE, STORE_FILE, journal_of, writable, write_whole
from fitcheck.store.key_file import KEY_BYTES, FromNewer, KeyFile, Unreadable


def read(folder: Path) -> KeyFile:
    """What ``book.key`` says.

    Raises :class:`KeyMissing`, :class:`KeyDamaged`, :class:`NewerStore`, :class:`DiskRefused`.
    """
    file = folder / KEY_FILE
    try:
        return KeyFile.from_bytes(file.read_bytes())
    except FileNotFoundError:
        raise KeyMissing(file) from None
    except OSError as error:
        raise DiskRefused(file, reason(error)) from error
    except FromNewer:
        raise NewerStore(file) from None
    except Unreadable:
        raise KeyDamaged(file) from None


def find_or_make(folder: Path) -> KeyFile:
    """The key file of the book in ``folder``; a new, open one where there is no trace of a book.

    Raises what :func:`read` raises, and :class:`StoreMissing` where the book has gone.
    """
    store, file = folder / STORE_FILE, folder / KEY_FILE
    if store.exists():
        return read(folder)
    if journal_of(store).exists():
        raise StoreMissing(store, journal_of(store))
    if copies(folder):
        # There was a book, and one of them can take its place.
        raise StoreMissing(store, folder / BACKUPS)
    if file.exists():
        # A key without a book is what a crash in the first second leaves, or half a restored
        # backup. It is used, never replaced: it may be the only one to some copy of a book. But
        # a key becomes protected only over an open book, so then there was one, and it has gone.
        key_file = read(folder)
        if key_file.protected:
            raise StoreMissing(store, file)
        return key_file
    # Safely on disk before anything is encrypted with it.
    key_file = KeyFile.unprotected(secrets.token_bytes(KEY_BYTES))
    keep(folder, key_file)
    return key_file


def keep(folder: Path, key_file: KeyFile) -> None:
    """Let ``book.key`` say this: a crash at any moment leaves the old file or the new one."""
    with writable(folder):
        write_whole(folder / KEY_FILE, key_file.to_bytes())
