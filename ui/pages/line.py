"""One prospect’s line over the years (I25)."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.pages.page import Page


class LinePage(Page):
    """One prospect’s line over the years (I25)."""

    open_prospect = Signal(int)
    check_up = Signal(int)
    assess_again = Signal(int)

    def show_prospect(self, prospect_id: int) -> None:
        """Show the line of this prospect from now on."""
        self.prospect_id = prospect_id
