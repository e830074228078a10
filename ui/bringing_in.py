"""A file that the program was started with: shown as soon as there is an open book to put it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from ui.session import Session


class BringingIn(QObject):
    """Has ``file`` read once, when the book is shown, as if it had been dropped onto the window.

    Until the welcome is over, or the passphrase typed, there is no such window.
    """

    def __init__(self, session: Session, file: Path) -> None:
        super().__init__(session)
        self._session = session
        self._file = file
        session.opened.connect(self._opened)

    @Slot()
    def _opened(self) -> None:
        self._session.opened.disconnect(self._opened)
        window = self._session.window
        if window is not None:
            file = self._file
            # After whatever the window still has to say of itself.
            QTimer.singleShot(0, window, lambda: window.importing.read(file))
