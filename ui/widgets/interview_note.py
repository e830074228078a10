"""A note under the question, which in quiet mode shows only what is being typed now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from ui.widgets.kept_field import KeptField

_STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class NoteField(KeptField):
    """Behind its veil the field opens empty; what is typed is kept beneath what stood already.

    So the one who looks over the shoulder reads no more than what is being written as they look.
    """

    _veiled = False
    _above = ""

    def set_veiled(self, veiled: bool) -> None:
        """Hide what stands, or show it again; the next :meth:`show_text` shows it so."""
        self.flush()
        if veiled is not self._veiled:
            if veiled:
                self._draw_veil()
            else:
                self._show(self.written())
                self._above = ""
            self._veiled = veiled

    def written(self) -> str:
        return "\n".join(part for part in (self._above, self.toPlainText()) if part)

    def show_text(self, text: str) -> None:
        if not self._veiled:
            super().show_text(text)
            return
        self.flush()
        # What is being typed stays in sight for as long as it is what is kept.
        if not (self.hasFocus() and text == self.written()):
            self._above = text
            self._show("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._veiled and event.reason() not in _STILL_HERE:
            self._draw_veil()

    def _draw_veil(self) -> None:
        self._above = self.written()
        self._show("")

    def _show(self, text: str) -> None:
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(blocked)
