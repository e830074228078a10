"""A text field that keeps itself: nothing that was typed waits for a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

KEEP_AFTER = 500
"""Milliseconds after the last key at which what was typed is kept."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeptField(QPlainTextEdit):
    """Plain text, ``lines`` high.

    ``kept`` says that the text is to be kept: half a second after the last key, when the field is
    left, and on :meth:`flush`. ``left`` says that the person wants back to where they were (Esc,
    Ctrl+Enter, and Enter in a field of one line).
    """

    kept = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, lines: int = 2, hint: str = "") -> None:
        super().__init__()
        self._lines = lines
        self._dirty = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._edited)

    def written(self) -> str:
        """The text to be kept."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show ``text``, which is not editing it; what was being typed is kept first."""
        self.flush()
        if text != self.toPlainText():
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        # Document margin, padding and border of the style sheet come on top of the lines.
        extra = round(2 * self.document().documentMargin()) + self.fontMetrics().height()
        hint.setHeight(self._lines * self.fontMetrics().lineSpacing() + extra)
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @Slot()
    def flush(self) -> None:
        """Have what was typed kept now, if it isn't yet."""
        self._timer.stop()
        if self._dirty:
            self._dirty = False
            self.kept.emit(self.written())

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self._timer.start()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._leaves(event)
        ):
            # Here these keys lead back to the answers, whatever they do elsewhere on the page.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._leaves(event):
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return event.key() in _ENTER and (control or self._lines == 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)
