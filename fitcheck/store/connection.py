"""Connections to a store whose key is known.

Every connection of every thread is made here, raw from the data key, so nothing is derived per
connection; and here the driver's errors become ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fitcheck.store.errors import StoreError, WrongKeyOrDamaged
from fitcheck.store.refusals import refusal

PATIENCE = 10.0
"""Seconds that a read or a write waits for another one to let go of the file."""

HASTE = 0.5
"""The same for a write after one that has waited in vain: whoever holds the file isn't one of us,
and those that are queued behind it, somebody before the window among them, wait as well."""

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


def make_engine(
    store: Path, key: DataKey, patience: float = PATIENCE, foreign_keys: bool = True
) -> Engine:
    """The store, for as many threads as there are.

    Its transactions are for reading and see one state of the book; see :func:`writing`.
    """
    # The dialect's own pool keeps a connection a thread; worker threads come and go.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, store, key, patience, foreign_keys),
        poolclass=QueuePool,
        # An error's text ends in reports, and what a statement carries is candid.
        hide_parameters=True,
    )

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        driver: Any = connection.connection.driver_connection
        driver.set_busy_handler(_waiting(options.get("patience", patience)))
        connection.exec_driver_sql(options.get("begin", "BEGIN"))

    def handle_error(context: ExceptionContext) -> None:
        error = store_error(context.original_exception, store)
        if isinstance(error, WrongKeyOrDamaged):
            # SQLCipher refuses everything on a connection that has met a damaged page.
            context.is_disconnect = True
        if error is not None:
            raise error from context.original_exception

    event.listen(engine, "begin", begin)
    event.listen(engine, "handle_error", handle_error)
    return engine


def writing(engine: Engine) -> Engine:
    """The same store, for transactions that write: each waits for its turn before it reads."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def in_haste(engine: Engine) -> Engine:
    """The same store, for transactions that don't wait long."""
    return engine.execution_options(patience=HASTE)


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
    connection.set_busy_handler(_waiting(patience))
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


def _waiting(patience: float) -> Callable[[int], bool]:
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
