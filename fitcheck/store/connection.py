"""Connections to a store whose key is known, as the driver makes them.

Every connection of every thread is made here, raw from the data key, so nothing is derived per
connection; and here the driver's errors become ours. SQLAlchemy has them from :mod:`engine
<fitcheck.store.engine>`; what is done before it is there, or without it, has them from here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from fitcheck.store.errors import StoreError, WrongKeyOrDamaged
from fitcheck.store.refusals import refusal

PATIENCE = 10.0
"""Seconds that a read or a write waits for another one to let go of the file."""

_UNREADABLE = {dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT}

DRIVER_ERRORS = (dbapi2.Error, MemoryError)
"""What the driver raises. Where SQLCipher finds a page that isn't what it wrote, SQLite hears that
there is no memory for it, and now and then that is all that it says."""


class DataKey:
    """The 32 bytes that open a book, in the one place in memory that keeps them.

    :meth:`wipe` overwrites them, for every engine that was made with this key too.
    """

    def __init__(self, key: bytes) -> None:
        self._key = bytearray(key)

    def reveal(self) -> bytes:
        """A copy, to be forgotten at once. Raises ``RuntimeError`` after :meth:`wipe`."""
        if not self._key:
            raise RuntimeError("the book is closed: its key has been dropped")
        return bytes(self._key)

    def wipe(self) -> None:
        self._key[:] = bytes(len(self._key))
        self._key.clear()


def connect(
    store: Path, key: DataKey, patience: float = PATIENCE, foreign_keys: bool = True
) -> Any:
    """A connection to ``store``, which must exist; nothing has been read or written yet."""
    connection = dbapi2.connect(
        str(store),
        isolation_level=None,  # BEGIN and COMMIT are said by SQLAlchemy, nobody else
        check_same_thread=False,  # the pool lends it to one thread at a time
        flags=dbapi2.SQLITE_OPEN_READWRITE,
    )
    connection.set_busy_handler(waiting(patience))
    # First of all, or a wrong key makes SQLCipher write to the user's standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.reveal().hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    connection.execute("PRAGMA secure_delete = ON")
    # The only pair without a loss in 38,000 simulated power cuts that also notices every flipped
    # bit (durability.md). DELETE is the default, and a book is never in another mode.
    connection.execute("PRAGMA synchronous = EXTRA")
    # So that REPLACE counts as a deletion for the triggers that guard the event log.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    # A page that isn't in the cache has to be deciphered again: with SQLite's 8 MB instead of 32,
    # a search that finds nothing among 100,000 prospects took 12 times as long.
    connection.execute("PRAGMA cache_size = -32000")
    return connection


def waiting(patience: float) -> Callable[[int], bool]:
    """What SQLite asks whether to try again when another connection holds the file.

    SQLite's own waiting sleeps ever longer, to 100 ms, and so misses the gaps between commits: a
    list read while 300 answers were being written took 234 ms at the 95th percentile and a second
    at worst; with this one 40 ms and 100 ms.
    """
    deadline = 0.0

    def wait(tries: int) -> bool:
        nonlocal deadline
        if tries == 0:
            deadline = time.monotonic() + patience
        time.sleep(0.001)
        return time.monotonic() < deadline

    return wait


def store_error(error: BaseException | None, store: Path) -> StoreError | None:
    """What to tell the user of a driver's error; ``None`` if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _UNREADABLE or isinstance(error, MemoryError):
        return WrongKeyOrDamaged(store)
    return refusal(error, store) if error is not None else None


def cipher_version() -> str:
    """The version of SQLCipher that books are encrypted by."""
    connection = dbapi2.connect(":memory:")
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0]).split()[0]
    finally:
        connection.close()
