"""One step of an import, in a stack of them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.theme import space


class Step(QWidget):
    """Text that wraps asks for the height that it needs in the narrowest of columns; a step whose
    tables give way doesn't pass that on, or the dialog would be higher than the screen.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), space(80))
