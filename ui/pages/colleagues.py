"""Colleagues to refer to (I6): what they are good at, consent, what came of referrals."""

from __future__ import annotations

from ui.pages.page import Page


class ColleaguesPage(Page):
    """Colleagues to refer to (I6): what they are good at, consent, what came of referrals."""
