"""One window over a book: a second start asks the first to come forward, and to open its file.

Who may open the book is decided by the store's lock alone (:mod:`fitcheck.store.instance`); this
only saves the second one a message. It works while the book is locked too, when nobody holds it.

What is said is one short line: nothing but a request to come forward, or the path of a file, which
the first one then reads itself as if it had been dropped onto it. Only the same user is let in, and
only the same user is told of a path; whatever else comes is dropped, unread beyond its limit.
"""

from __future__ import annotations

import getpass
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE, _RAISED = b"raise\n", b"raised\n"
_OPEN = b"open "
"""Before the path, in hexadecimal digits: it may hold anything, even the end of a line."""

LONGEST = 64 * 1024
"""Bytes of a line. No system has longer paths in practice, and nothing more is ever kept."""

PATIENCE = 2_000
"""Milliseconds that the first may take to answer; one that doesn't is as good as none."""


class Doorbell(QObject):
    """The local socket of the book in ``folder``, known to the same user's other starts.

    ``file`` is what this start was to open; the one that is rung for opens it instead.
    """

    rung = Signal()
    """Another start was made over the same book; it has been told that this one comes forward."""
    brought = Signal(object)
    """After ``rung``: it was to open a file, at this path, which may lead nowhere."""

    def __init__(
        self, folder: Path, parent: QObject | None = None, *, file: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.name = _name(folder)
        self._line = _RAISE
        if file is not None:
            # The other one stands in a folder of its own.
            self._line = _OPEN + os.fsencode(file.absolute()).hex().encode() + b"\n"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def ring(self) -> bool:
        """Ask whoever listens to come forward; whether they said that they do."""
        visit = QLocalSocket()
        visit.connectToServer(self.name)
        if not visit.waitForConnected(PATIENCE):
            return False  # nobody, or what a killed process left lying about
        if not _is_own(visit.fullServerName()):
            visit.abort()
            return False
        visit.write(self._line)
        answered = visit.waitForReadyRead(PATIENCE) and bytes(visit.readAll().data()) == _RAISED
        visit.abort()
        return answered

    def listen(self) -> bool:
        """Listen for others; ``False`` if another one was quicker, who now comes forward.

        A system that gives no socket is no reason not to go on: then a second start is told by the
        store that the book is open.
        """
        if self._server.listen(self.name):
            return True
        if self.ring():
            return False
        QLocalServer.removeServer(self.name)
        self._server.listen(self.name)
        return True

    def close(self) -> None:
        """Listen no more. May be repeated."""
        self._server.close()

    @Slot()
    def _visited(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            visitor.setReadBufferSize(LONGEST)
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.readyRead.connect(self._asked)
            if visitor.bytesAvailable():
                self._answer(visitor)

    @Slot()
    def _asked(self) -> None:
        visitor = self.sender()
        if isinstance(visitor, QLocalSocket):
            self._answer(visitor)

    def _answer(self, visitor: QLocalSocket) -> None:
        if not visitor.canReadLine():
            if visitor.bytesAvailable() >= LONGEST:
                visitor.abort()
            return  # the rest of the line may still come
        line = bytes(visitor.readLine(LONGEST).data())
        file = _path_in(line)
        if line != _RAISE and file is None:
            visitor.abort()
            return
        visitor.write(_RAISED)
        visitor.flush()
        self.rung.emit()
        if file is not None:
            self.brought.emit(file)


def _path_in(line: bytes) -> Path | None:
    """The path that a line holds; ``None`` for all that isn't one, whole and absolute."""
    if not line.startswith(_OPEN):
        return None
    with suppress(ValueError):  # no such digits, or no such text
        path = Path(os.fsdecode(bytes.fromhex(line.removeprefix(_OPEN).decode("ascii"))))
        if path.is_absolute() and "\0" not in str(path):
            return path
    return None


def _is_own(server: str) -> bool:
    """Whether the socket is this user's: another might listen under the same name, for paths.

    Windows keeps none as a file, and lets nobody take a name for all.
    """
    if not hasattr(os, "getuid"):
        return True
    with suppress(OSError):
        return os.lstat(server).st_uid == os.getuid()
    return False


def _name(folder: Path) -> str:
    """A short name that says nothing: the same for the same user and book, however it is spelt."""
    user = ""
    with suppress(Exception):  # a user without a name, as in some containers
        user = getpass.getuser()
    whole = f"{user}\0{folder.resolve()}".encode(errors="surrogateescape")
    return f"fitcheck-{hashlib.sha256(whole).hexdigest()[:24]}"
