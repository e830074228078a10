"""Whether the file of an open book is still where it was.

On POSIX a deleted file takes every write that comes, and loses all of it with the last one who has
it open. So the writer looks before each write, and after each commit before it is called saved.
"""

from __future__ import annotations

import os
from pathlib import Path

from fitcheck.errors import reason
from fitcheck.store.errors import DiskRefused
from fitcheck.store.refusals import BookGone, gone_or_replaced


class Presence:
    """Holds the file open, so that no other file is given its number, until :meth:`close`.

    Only where files can vanish under those who have them open. Windows doesn't let them.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._held: int | None = None
        if os.name == "posix":
            try:
                self._held = os.open(store, os.O_RDONLY)
            except OSError as error:
                raise DiskRefused(store, reason(error)) from error

    def check(self) -> None:
        """Raises a :class:`DiskRefused` unless the store's name leads to the file that is open."""
        try:
            there = self._store.stat()
            held = there if self._held is None else os.fstat(self._held)
        except (FileNotFoundError, NotADirectoryError):
            raise BookGone(self._store) from None
        except OSError as error:
            raise DiskRefused(self._store, reason(error)) from error
        if not os.path.samestat(there, held):
            raise gone_or_replaced(self._store)

    def close(self) -> None:
        """Let go of the file. May be repeated.

        Only once nobody reads or writes it any more: closing a file takes every lock off it that
        this process holds.
        """
        if self._held is not None:
            os.close(self._held)
            self._held = None
