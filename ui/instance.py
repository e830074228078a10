"""One window over a book: a second start asks the first to come forward.

Who may open the book is decided by the store's lock alone (:mod:`fitcheck.store.instance`); this
only saves the second one a message. It works while the book is locked too, when nobody holds it.
"""

from __future__ import annotations

import getpass
import hashlib
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE, _RAISED = b"raise\n", b"raised\n"

PATIENCE = 2_000
"""Milliseconds that the first may take to answer; one that doesn't is as good as none."""


class Doorbell(QObject):
    """The local socket of the book in ``folder``, known to the same user's other starts."""

    rung = Signal()
    """Another start was made over the same book; it has been told that this one comes forward."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = _name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def ring(self) -> bool:
        """Ask whoever listens to come forward; whether they said that they do."""
        visit = QLocalSocket()
        visit.connectToServer(self.name)
        if not visit.waitForConnected(PATIENCE):
            return False  # nobody, or what a killed process left lying about
        visit.write(_RAISE)
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
        # Nothing that is sent is believed or kept; there is one thing that can be asked for.
        if bytes(visitor.read(len(_RAISE)).data()) == _RAISE:
            visitor.write(_RAISED)
            visitor.flush()
            self.rung.emit()
        else:
            visitor.abort()


def _name(folder: Path) -> str:
    """A short name that says nothing: the same for the same user and book, however it is spelt."""
    user = ""
    with suppress(Exception):  # a user without a name, as in some containers
        user = getpass.getuser()
    whole = f"{user}\0{folder.resolve()}".encode(errors="surrogateescape")
    return f"fitcheck-{hashlib.sha256(whole).hexdigest()[:24]}"
