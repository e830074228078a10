"""What the menu of help leads to, beside the guide (:mod:`ui.guide`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from fitcheck.i18n import _
from ui.dialogs.keys import Group, KeysDialog, keys_of
from ui.widgets.sidebar import PAGES, UNDER_NAMES

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Helping(QObject):
    """The keys, the first steps, the log, and what this program is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        menus = window.menus
        menus.keys.triggered.connect(self.show_keys)
        menus.tour.triggered.connect(self.show_tour)
        menus.log.triggered.connect(self._show_log)
        menus.about.triggered.connect(self._show_about)

    @Slot()
    def show_keys(self) -> None:
        """Show every key, in a window that stays while one goes on working."""
        KeysDialog(self._window, self.overview()).show()

    def overview(self) -> list[Group]:
        """Every key: those of the pages, then those of the menus."""
        window = self._window
        # What is done to a prospect is in the menus.
        names = {name: PAGES[name] for name in PAGES if name not in ("prospects", "settings")}
        names |= UNDER_NAMES
        pages = [keys_of(_(name), window.pages[page].actions()) for page, name in names.items()]
        return [*pages, *window.menus.overview()]

    @Slot()
    def show_tour(self) -> None:
        """Show the three cards of the first start."""
        from ui.dialogs.tour import TourDialog  # few starts need it

        TourDialog.offer(self._window, self._window.context.theme)

    @Slot()
    def _show_log(self) -> None:
        from ui.crashes import show_logs

        show_logs(self._window.context.fitcheck.folder)

    @Slot()
    def _show_about(self) -> None:
        from ui.dialogs.about import AboutDialog  # few starts need it

        AboutDialog.offer(self._window, self._window.context.fitcheck)
