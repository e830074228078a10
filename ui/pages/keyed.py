"""A page that is worked by keys: its actions, the key that is held to peek, and Return."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from ui.pages.finding import FindingPage


class KeyedPage(FindingPage):
    """Letters are keys here, and a text field that is being typed in comes first.

    Who inherits says what finding and peeking are.
    """

    keys_repeat = False

    def find_question(self) -> None:
        """Look for something on this page: the key that elsewhere searches the book."""
        raise NotImplementedError

    def find_here(self) -> None:
        self.find_question()

    def peek(self, on: bool) -> None:
        """The key that is held to peek has been pressed or let go."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_P and plain:
            if not event.isAutoRepeat():
                self.peek(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._enter_pressed()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P and not event.isAutoRepeat():
            self.peek(False)
        else:
            super().keyReleaseEvent(event)

    def _enter_pressed(self) -> None:
        """Return on a button presses it; anywhere else but among the answers it does nothing."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.isEnabled():
            focused.click()

    def changeEvent(self, event: QEvent) -> None:
        # The key's release goes to whichever window is in front by then.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.peek(False)
        super().changeEvent(event)
