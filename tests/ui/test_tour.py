"""Three cards at the first start, which can be skipped, and come again from the menu alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.store.conftest import FakeKeyring
from tests.ui.protected import access_to
from tests.ui.sessions import open_window
from ui.dialogs.tour import TourDialog
from ui.main_window import MainWindow
from ui.pages.welcome import WelcomePage
from ui.session import Session


@pytest.fixture
def first(qapp: QApplication, folder: Path) -> Iterator[Session]:
    """A session over a book that there isn't yet."""
    session = Session(qapp, folder, access_to(folder, FakeKeyring()), open_window, tour=True)
    yield session
    session.close()


def cards(window: MainWindow) -> list[TourDialog]:
    return [each for each in window.findChildren(TourDialog) if each.isVisible()]


def welcome(session: Session) -> MainWindow:
    session.start()
    assert session.front is not None
    page = session.front.page
    assert isinstance(page, WelcomePage)
    page.not_now.click()
    assert session.window is not None
    return session.window


def test_the_first_start_shows_it_after_the_welcome_and_the_second_never(
    qtbot: QtBot, qapp: QApplication, first: Session, folder: Path
) -> None:
    window = welcome(first)
    qtbot.waitUntil(lambda: len(cards(window)) == 1)
    QTest.keyClick(cards(window)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(TourDialog))
    first.close()
    second = Session(qapp, folder, access_to(folder, FakeKeyring()), open_window, tour=True)
    try:
        second.start()
        assert second.window is not None
        # What would have been shown is shown in its turn, before what is put in line now.
        with qtbot.waitCallback() as called:
            QTimer.singleShot(0, called)
        assert second.window.findChildren(TourDialog) == []
    finally:
        second.close()


def test_enter_goes_through_it_and_back_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.menus.tour.trigger()
    (dialog,) = cards(window)
    seen = []
    for _card in range(3):
        shown = dialog.cards.currentWidget()
        assert shown is not None
        seen.append(" ".join(part.text() for part in shown.findChildren(QLabel)))
        assert dialog.focusWidget() is dialog.next_button
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not cards(window))
    for key in ("Ctrl+N", "Ctrl+K", "F1"):
        assert key in seen[1]
    assert "never opens a network connection" in seen[2]
    window.menus.tour.trigger()
    qtbot.waitUntil(lambda: len(cards(window)) == 1)
    (again,) = cards(window)
    again.next_button.click()
    assert again.place.text() == "2 of 3"
    again.back_button.click()
    assert again.place.text() == "1 of 3"
    assert again.back_button.isHidden()
    again.skip_button.click()
    qtbot.waitUntil(lambda: not cards(window))
