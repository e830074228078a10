"""The track record (judgement.md, section 9): were the 70 % really 70 %?"""

from __future__ import annotations

from ui.pages.page import Page


class RecordPage(Page):
    """The track record (judgement.md, section 9): were the 70 % really 70 %?"""
