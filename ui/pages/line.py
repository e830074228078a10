"""One prospect’s line over the years (I25)."""

from __future__ import annotations

from ui.pages.page import Page


class LinePage(Page):
    """One prospect’s line over the years (I25)."""

    def show_prospect(self, prospect_id: int) -> None:
        """Show this prospect when the page is entered."""
