"""A page by itself, shown and active as the window would show it."""

from __future__ import annotations

from typing import TypeVar

from pytestqt.qtbot import QtBot

from fitcheck.interview import Interview
from ui.pages.page import Page

P = TypeVar("P", bound=Page)


def shown(qtbot: QtBot, page: P, interview: Interview) -> P:
    """The page with ``interview`` in hand, entered and with the focus, at a small laptop's size."""
    qtbot.addWidget(page)
    page.resize(1100, 660)
    page.set_interview(interview)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.enter()
    return page
