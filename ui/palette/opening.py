"""The palette over the window: opened by its key, and what was chosen in it done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from ui.palette.entries import Entry, entries

if TYPE_CHECKING:
    from ui.dialogs.palette import Chosen
    from ui.main_window import MainWindow

RECENT = 8
"""Actions that are remembered as done last, until the window closes."""


class Palette(QObject):
    """Nothing of it outlives the window, so that a lock forgets what was looked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._recent: list[QAction] = []
        window.menus.anything.triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Ask what is wanted, and do it. Not while the prospect reads along: it shows names."""
        from ui.dialogs.palette import PaletteDialog  # few starts need it

        window = self._window
        if window.hushed():
            return
        before: Chosen | None = None
        while True:
            offered = entries(window)
            by_action = {entry.action: entry for entry in offered}
            recent = [by_action[action] for action in self._recent if action in by_action]
            chosen = PaletteDialog.ask(
                window, window.context, offered, recent, window.page_name, before
            )
            if chosen is None or window.closed:
                return
            if not isinstance(chosen.what, Entry):
                self._show_prospect(chosen.what.id, opened=chosen.opened)
                return
            if chosen.what.page in ("", window.page_name):
                self._do(chosen.what.action)
                return
            # What an action is about is on its page: nothing is done there unseen.
            window.show_page(chosen.what.page)
            if window.page_name != chosen.what.page:
                return
            before = chosen

    def _do(self, action: QAction) -> None:
        self._recent = [action, *(each for each in self._recent if each is not action)][:RECENT]
        action.trigger()

    def _show_prospect(self, prospect_id: int, *, opened: bool) -> None:
        if opened:
            self._window.prospects.acts.open_prospect(prospect_id)
        else:
            self._window.following.show_prospect(prospect_id)
