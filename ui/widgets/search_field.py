"""Where one types who is looked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fitcheck.i18n import _


class SearchField(QLineEdit):
    """Down leads into the list below; Escape clears."""

    def __init__(self, below: QWidget) -> None:
        super().__init__()
        self._below = below
        self.setPlaceholderText(_("Search names, notes, quotes and tags"))
        self.setAccessibleName(_("Search the prospects"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._below.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
