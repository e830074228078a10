"""A page with something of its own to find."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.pages.page import Page


class FindingPage(Page):
    """The key by which the window searches the book elsewhere finds something on this page."""

    def find_here(self) -> None:
        """Look for something on this page."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.find_here()
        else:
            super().keyPressEvent(event)
