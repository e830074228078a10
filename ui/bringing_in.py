"""A file that the program was started with: shown as soon as there is an open book to put it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session


class BringingIn(QObject):
    """Has a file read once, when the book is shown, as if it had been dropped onto the window.

    It is ``file``, or what a second start was made with, which rings for this one. Until the
    welcome is over or the passphrase typed there is no such window, and a dialog is answered first;
    of several that come meanwhile the last one is meant.
    """

    def __init__(self, session: Session, file: Path | None) -> None:
        super().__init__(session)
        self._session = session
        self._file = file
        session.opened.connect(self._look)
        session.doorbell.brought.connect(self.bring)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # What was in the way may have gone.
        app.focusWindowChanged.connect(self._look)

    @Slot(object)
    def bring(self, file: Path) -> None:
        """Have this file read as soon as that is possible."""
        self._file = file
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._file is not None and self._window() is not None:
            # After whatever the window still has to say of itself.
            QTimer.singleShot(0, self, self._read)

    def _read(self) -> None:
        file, window = self._file, self._window()
        if file is None or window is None or QApplication.activeModalWidget() is not None:
            return
        self._file = None
        window.importing.read(file)

    def _window(self) -> MainWindow | None:
        window = self._session.window
        if window is None or window.closed or not self._session.may_tell:
            return None
        return window
