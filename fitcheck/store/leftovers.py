"""What a program that died left half-done in the folder: gone as soon as the book is open again.

None of it is ever read, but it may hold, encrypted by the same key, what has since been erased.
Backups have a rule of their own (:func:`fitcheck.store.backup.begin_copy`).
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from fitcheck.store.files import KEY_FILE, STORE_FILE, journal_of

EXAMINED = "book.examined"
"""A folder in which a book and its journal are looked at without touching them."""

_STORES = tuple(STORE_FILE + ending for ending in (".new", ".migrated", ".restored", ".checked"))
_NAMES = (KEY_FILE + ".new", *_STORES)


def clear_away(folder: Path) -> None:
    """Remove what is half-done. Only the one who holds the lock may; what is refused, stays."""
    for name in _NAMES:
        for file in (folder / name, journal_of(folder / name)):
            with suppress(OSError):
                file.unlink(missing_ok=True)
    if (folder / EXAMINED).exists():
        shutil.rmtree(folder / EXAMINED, ignore_errors=True)


def clear_journal(store: Path) -> None:
    """Remove a journal of which nothing is to be played back, as a read has just found out.

    SQLite leaves one in which a program that died hadn't come to the point: the next write takes it
    over. Until then it would be copied and looked at with every opening, and hold on to old pages.
    """
    with suppress(OSError):
        journal_of(store).unlink(missing_ok=True)
