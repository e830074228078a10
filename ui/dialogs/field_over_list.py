"""A field and the list of what fits: one types above, and the arrows move below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.theme import space
from ui.widgets.column import open_at
from ui.widgets.labels import label

_PASSED_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FieldOverList(QDialog):
    """Lays out ``field``, the list and a quiet line below it; what fits is the dialog's own affair.

    The focus stays in the field, so one may go on typing wherever in the list one is.
    """

    def __init__(self, parent: QWidget | None, found: QListView) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self._list = found
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(2.5))
        layout.addWidget(self.field)
        layout.addWidget(found, 1)
        layout.addWidget(self.hint)
        self.field.installEventFilter(self)

    def open_at(self, width: float, height: float) -> None:
        """Stand ready to be typed into, at this size in units of ``space`` unless it was left."""
        open_at(self, space(width), space(height))
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _PASSED_ON
        ):
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
