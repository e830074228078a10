"""A quarter in figures: met, staged, declined, won, referred."""

from __future__ import annotations

from ui.pages.page import Page


class QuarterPage(Page):
    """A quarter in figures: met, staged, declined, won, referred."""
