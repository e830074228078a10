"""Two prospects or more, side by side."""

from __future__ import annotations

from ui.pages.page import Page


class BesidePage(Page):
    """Two prospects or more, side by side."""

    def show_prospects(self, prospect_ids: tuple[int, ...]) -> None:
        """Show these prospects when the page is entered."""
