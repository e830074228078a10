"""Follow-ups (I25): what is due, over due and to come, of everybody in the book."""

from __future__ import annotations

from ui.pages.page import Page


class AgendaPage(Page):
    """Follow-ups (I25): what is due, over due and to come, of everybody in the book."""
