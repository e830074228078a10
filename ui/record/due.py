"""How many outcomes are to be marked, said beside the page's name, wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from fitcheck.errors import FitCheckError
from fitcheck.outcomes import MOST_COUNTED

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LOOK_AFTER = 800
"""Milliseconds until it is looked for the first time: nothing that the start has to wait for."""


class DueMarks(QObject):
    """Looks once the window is there, and whenever an outcome is marked or taken back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(LOOK_AFTER)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        window.prospects.rights.let_go_of.connect(self.let_go_of)
        window.prospects.rights.changed.connect(self.timer.start)

    @Slot()
    def let_go_of(self) -> None:
        """A prospect is about to be erased: nothing of theirs stays on the page."""
        if "record" in self._window.pages.made:
            self._window.record.forget()

    @Slot()
    def look(self) -> None:
        self.timer.stop()
        if self._window.closed:
            return
        from reports.record_words import due_text  # after the first look at the book

        try:
            count = self._window.context.fitcheck.outcomes.due()
        except FitCheckError:
            return  # whatever it is, whoever works on the book is told of it there
        shown = f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
        said = due_text(count, MOST_COUNTED) if count else ""
        self._window.sidebar.buttons["record"].show_count(shown, said)
