"""A page by itself, shown and active as the window would show it."""

from __future__ import annotations

from typing import TypeVar

from pytestqt.qtbot import QtBot

from fitcheck.interview import Interview
from ui.pages.interview import InterviewPage
from ui.pages.page import Page

P = TypeVar("P", bound=Page)


def shown(qtbot: QtBot, page: P, interview: Interview) -> P:
    """The page with ``interview`` in hand, entered and with the focus, at a small laptop's size.

    The interview stands at its questions; what opens it is shown by test_interview_opening.py.
    """
    qtbot.addWidget(page)
    page.resize(1100, 660)
    page.set_interview(interview)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.enter()
    if isinstance(page, InterviewPage):
        page.begin()
    return page
