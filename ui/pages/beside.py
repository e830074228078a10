"""Two prospects or more, side by side."""

from __future__ import annotations

from ui.pages.page import Page


class BesidePage(Page):
    """Two prospects or more, side by side."""
