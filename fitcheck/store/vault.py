"""What opens the store.

What lies in the data folder
    ``book.db`` is an SQLCipher file: every page is encrypted (AES-256) and carries a keyed check
    sum (HMAC-SHA-512), so that it can neither be read nor changed unnoticed without the key.
    SQLite's rollback journal ``book.db-journal``, which lies beside it while a write is under
    way, holds encrypted pages too; temporary tables and sorting stay in memory.
    ``book.key`` holds the *data key*: 32 random bytes, made with the book and never changed. It
    opens the file directly; nothing is derived from a passphrase.

What this protects, and against whom
    A reader of ``book.db`` alone: whoever gets hold of that one file without ``book.key``, say
    from a backup or a synchronised folder that left the key out, learns its size and nothing
    else. Deleted text is overwritten (``secure_delete``), so it does not linger in the file.
    A flipped bit or a page put in from elsewhere is noticed when the page is read.

What it doesn't protect yet
    The key lies open beside the book. Whoever can read the *folder* can read the book: another
    user with rights to it, a thief of an unencrypted disk, any program that you run. File
    permissions (the folder that we make is the owner's alone, and so are both files) keep out
    other ordinary users of the same machine, where the system has such permissions, and nobody
    else. This ends when the data key is wrapped by a passphrase (issue 3); ``read_key`` and
    ``_new_key`` are the two places that will change, and ``book.key`` says its version and how
    it is protected.
    It never protects against a program that reads this program's memory while the book is open,
    against a screen that someone looks over your shoulder at, or against whoever has both files.

Where the key lives and dies
    On disk in ``book.key``. In memory from opening to the end of the process: in the engine's
    ``creator`` and inside SQLCipher, which wipes its own copies when a connection closes; Python
    cannot wipe its. It is never logged, and no error's text contains it.

What is never done
    A key is never made where a book already lies, and a book is never made or changed where
    something is amiss: the file is examined before anything is written, and if a crash has left
    a journal that SQLite would play back on opening, the examination is made on a copy.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fitcheck.store import migrations
from fitcheck.store.errors import (
    DiskRefused,
    FolderNotWritable,
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    NewerStore,
    StoreError,
    StoreMissing,
    WrongKeyOrDamaged,
)

STORE_FILE = "book.db"
KEY_FILE = "book.key"

KEY_BYTES = 32
KEY_VERSION = 1
_KEY_FORMAT = "fitcheck-key"

APPLICATION_ID = 0x46744368
"""``PRAGMA application_id`` of a FitCheck book: "FtCh"."""

PATIENCE = 10.0
"""Seconds that a read or a write waits for another one to let go of the file."""

_PLAIN_SQLITE = b"SQLite format 3\0"
_UNREADABLE = {dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT}
_OUTSIDE_THE_BOOK = {
    dbapi2.SQLITE_BUSY,
    dbapi2.SQLITE_CANTOPEN,
    dbapi2.SQLITE_FULL,
    dbapi2.SQLITE_IOERR,
    dbapi2.SQLITE_LOCKED,
    dbapi2.SQLITE_PERM,
    dbapi2.SQLITE_READONLY,
}


def open_store(folder: Path, patience: float = PATIENCE) -> Engine:
    """The book in ``folder``, at this program's schema; made, key and all, where there is none.

    Its transactions are for reading and see one state of the book; see :func:`writing`. Raises a
    :class:`StoreError` that says what is wrong, having changed nothing.
    """
    folder = folder.absolute()
    store, key_file = folder / STORE_FILE, folder / KEY_FILE
    _make_writable(folder)
    if store.exists():
        key = read_key(key_file)
        _examine(store, key)
    elif _journal(store).exists():
        raise StoreMissing(store)
    else:
        # A key without a book is what a crash in the first second leaves, or half a restored
        # backup. It is used, never replaced: it may be the only one to some copy of a book.
        key = read_key(key_file) if key_file.exists() else _new_key(key_file)
        _make_store(store, key)
    return _engine(store, key, patience)


def writing(engine: Engine) -> Engine:
    """The same store, for transactions that write: each waits for its turn before it reads."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


# The key


def read_key(key_file: Path) -> bytes:
    """The data key that opens the book beside ``key_file``."""
    try:
        written = json.loads(key_file.read_bytes())
        if written["format"] != _KEY_FORMAT:
            raise KeyDamaged(key_file)
        if written["version"] > KEY_VERSION:
            raise NewerStore(key_file)
        key = bytes.fromhex(written["data_key"])
    except FileNotFoundError:
        raise KeyMissing(key_file) from None
    except OSError as error:
        raise DiskRefused(key_file, _reason(error)) from error
    except (ValueError, TypeError, LookupError, RecursionError):
        # "from None": the error's own text can quote the file.
        raise KeyDamaged(key_file) from None
    if len(key) != KEY_BYTES:
        raise KeyDamaged(key_file)
    return key


def _new_key(key_file: Path) -> bytes:
    """A new data key, safely on disk before anything is encrypted with it."""
    key = secrets.token_bytes(KEY_BYTES)
    written = {
        "format": _KEY_FORMAT,
        "version": KEY_VERSION,
        "protection": "none",
        "data_key": key.hex(),
    }
    fresh = key_file.with_name(key_file.name + ".new")
    with _writable(key_file.parent):
        fresh.unlink(missing_ok=True)
        with os.fdopen(_create(fresh), "w", encoding="utf-8") as file:
            json.dump(written, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(fresh, key_file)
    return key


# The store


def _make_store(store: Path, key: bytes) -> None:
    """Make an empty book under another name and move it into place only when it is whole."""
    fresh = store.with_name(store.name + ".new")
    with _writable(store.parent):
        _journal(fresh).unlink(missing_ok=True)
        fresh.unlink(missing_ok=True)
        os.close(_create(fresh))
    engine = _engine(fresh, key, PATIENCE)
    try:
        with writing(engine).begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.upgrade(connection)
    finally:
        engine.dispose()
    with _writable(store.parent):
        _put_in_place(fresh, store)


def _examine(store: Path, key: bytes) -> None:
    """Raise what is wrong with ``store``, if anything; nothing is written to it in any case."""
    with _untouched(store) as path:
        try:
            with path.open("rb") as file:
                if file.read(len(_PLAIN_SQLITE)) == _PLAIN_SQLITE:
                    raise ForeignFile(store)
            connection = _connect(path, key, PATIENCE)
            try:
                (pages,) = connection.execute("PRAGMA page_count").fetchone()
                (application,) = connection.execute("PRAGMA application_id").fetchone()
                (version,) = connection.execute("PRAGMA user_version").fetchone()
            finally:
                connection.close()
        except OSError as error:
            raise DiskRefused(store, _reason(error)) from error
        except dbapi2.Error as error:
            raise _store_error(error, store) or error from error
    if pages == 0:
        raise WrongKeyOrDamaged(store)
    if application != APPLICATION_ID:
        raise ForeignFile(store)
    # An older version there has never been; the second one brings its migration, on a copy.
    if version > migrations.VERSION:
        raise NewerStore(store)


@contextmanager
def _untouched(store: Path) -> Iterator[Path]:
    """A file to examine in place of ``store``, such that opening it doesn't change the folder.

    SQLite finishes an interrupted write by playing its journal back as soon as it opens the file,
    before it can be known that the key is right, so then a copy of the two is examined.
    """
    if not _journal(store).exists():
        yield store
        return
    examined = store.with_name("book.examined")
    with _writable(store.parent):
        shutil.rmtree(examined, ignore_errors=True)
        examined.mkdir(mode=0o700)
    try:
        with _writable(store.parent):
            shutil.copy(store, examined)
            shutil.copy(_journal(store), examined)
        yield examined / store.name
    finally:
        shutil.rmtree(examined, ignore_errors=True)


def _engine(store: Path, key: bytes, patience: float) -> Engine:
    # The dialect's own pool keeps a connection a thread; worker threads come and go.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(_connect, store, key, patience),
        poolclass=QueuePool,
    )

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    def handle_error(context: ExceptionContext) -> None:
        error = _store_error(context.original_exception, store)
        if isinstance(error, WrongKeyOrDamaged):
            # SQLCipher refuses everything on a connection that has met a damaged page.
            context.is_disconnect = True
        if error is not None:
            raise error from context.original_exception

    event.listen(engine, "begin", begin)
    event.listen(engine, "handle_error", handle_error)
    return engine


def _connect(store: Path, key: bytes, patience: float) -> Any:
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
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute("PRAGMA foreign_keys = ON")
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


def _store_error(error: BaseException | None, store: Path) -> StoreError | None:
    """What to tell the user of a driver's error; ``None`` if it is a bug of ours."""
    # The low byte is the primary code, the rest a detail (778 is IOERR while writing).
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _UNREADABLE:
        return WrongKeyOrDamaged(store)
    if code in _OUTSIDE_THE_BOOK:
        return DiskRefused(store, str(error))
    return None


# Files


def _journal(store: Path) -> Path:
    return store.with_name(store.name + "-journal")


def _make_writable(folder: Path) -> None:
    """Make the folder if need be, and see that it can be written in, leaving no trace."""
    with _writable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        for name in (STORE_FILE, KEY_FILE):
            if (folder / name).is_file():
                (folder / name).open("r+b").close()


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderNotWritable(folder, _reason(error)) from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _create(file: Path) -> int:
    """Make a file that only its owner may read, and open it for writing."""
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _put_in_place(fresh: Path, target: Path) -> None:
    """Give a finished, synced file its name, such that a power cut leaves all of it or nothing."""
    fresh.replace(target)
    # Windows can't sync a folder and logs renames by itself.
    if os.name != "nt":  # pragma: no branch
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
