"""One prospect’s line over the years (I25)."""

from __future__ import annotations

from ui.pages.page import Page


class LinePage(Page):
    """One prospect’s line over the years (I25)."""
