"""A driver that refuses: any statement, or a COMMIT before or after it has been made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2

KINDS = {
    "full": (dbapi2.SQLITE_FULL, "database or disk is full"),
    "failing": (dbapi2.SQLITE_IOERR | 3 << 8, "disk I/O error"),
    "read-only": (dbapi2.SQLITE_READONLY, "attempt to write a readonly database"),
    "held": (dbapi2.SQLITE_BUSY, "database is locked"),
}
"""What SQLite says: its code, and its words."""


class Refusals:
    """Counts what the writer asks of the driver within one write: BEGIN is 0.

    The one numbered ``at`` is refused, as ``kind`` says; with ``late`` a COMMIT is made first.
    ``refused`` counts those, and ``statement`` is the newest of them.
    """

    def __init__(self) -> None:
        self.at: int | None = None
        self.kind = "full"
        self.late = False
        self.refused = 0
        self.statement = ""
        self._number = -1
        self._writer: int | None = None

    def asked(self, statement: str) -> None:
        """The driver is about to be given a statement, by whichever thread."""
        if statement.startswith("BEGIN IMMEDIATE"):
            self._writer = get_ident()
            self._number = -1
        if get_ident() == self._writer and not statement.startswith(("ROLLBACK", "PRAGMA")):
            self._number += 1
            if not (self.late and statement == "COMMIT"):
                self._look(statement)

    def committed(self) -> None:
        """A COMMIT has just been made."""
        if self.late and get_ident() == self._writer:
            self._look("COMMIT")

    def _look(self, statement: str) -> None:
        if self._number == self.at:
            self.refused += 1
            self.statement = statement
            code, words = KINDS[self.kind]
            error = dbapi2.OperationalError(words)
            error.sqlite_errorcode = code
            raise error


@contextmanager
def refusing() -> Iterator[Refusals]:
    """Every connection that is made in here can refuse."""
    refusals = Refusals()

    class Cursor(dbapi2.Cursor):  # type: ignore[misc]
        def execute(self, statement: str, *arguments: Any) -> Any:
            refusals.asked(statement)
            return super().execute(statement, *arguments)

        def executemany(self, statement: str, *arguments: Any) -> Any:
            refusals.asked(statement)
            return super().executemany(statement, *arguments)

    class Connection(dbapi2.Connection):  # type: ignore[misc]
        def cursor(self, *_arguments: Any) -> Any:
            return super().cursor(Cursor)

        def commit(self) -> None:
            if not self.in_transaction:
                return
            refusals.asked("COMMIT")
            super().commit()
            refusals.committed()

    real = dbapi2.connect

    def connect(*arguments: Any, **options: Any) -> Any:
        return real(*arguments, factory=Connection, **options)

    with patch.object(dbapi2, "connect", connect):
        yield refusals
