"""Dialogs open as large as they were left, today and after the next start.

What is remembered is a dialog's kind and two numbers, and it says nothing of anybody. The window
keeps it with its own place (:meth:`ui.main_window.MainWindow.keep_geometry`).
"""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

_LARGEST = 20_000


class Sizes(QObject):
    """The sizes that somebody gave to dialogs."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._given: dict[str, tuple[int, int]] = {}
        self._opened: dict[str, QSize] = {}

    @classmethod
    def of_application(cls) -> Sizes:
        app = QCoreApplication.instance()
        assert app is not None
        return app.findChild(cls) or cls(app)

    def load(self, text: str) -> None:
        """Take up what :meth:`text` gave; what isn't two numbers means nothing."""
        try:
            values = json.loads(text or "{}")
        except ValueError:
            values = {}
        self._given = {}
        for kind, size in values.items() if isinstance(values, dict) else ():
            if isinstance(size, list) and len(size) == 2 and all(type(n) is int for n in size):
                wide, high = (min(max(n, 0), _LARGEST) for n in size)
                self._given[kind] = (wide, high)

    def text(self) -> str:
        """What :meth:`load` takes up; "" as long as nothing was resized."""
        return json.dumps(self._given, sort_keys=True) if self._given else ""

    def open_at(self, dialog: QWidget, size: QSize) -> None:
        """Give ``dialog`` the size that it was left at, or ``size``; as far as the screen has room.

        From then on it is watched.
        """
        given = self._given.get(type(dialog).__name__)
        room = dialog.screen().availableSize()
        most = QSize(round(room.width() * 0.95), round(room.height() * 0.9))
        dialog.resize((QSize(*given) if given else size).boundedTo(most))
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            kind = type(watched).__name__
            if event.type() == QEvent.Type.Show:
                self._opened[kind] = watched.size()
            elif event.type() == QEvent.Type.Hide:
                opened = self._opened.pop(kind, watched.size())
                if opened != watched.size():  # what it was opened at is no choice of anybody's
                    self._given[kind] = (watched.width(), watched.height())
        return False
