"""The first start: what is said, protecting at once, and not now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused
from tests.store.conftest import FakeKeyring
from tests.ui.conftest import WhenAsked
from tests.ui.protected import PASSPHRASE, access_to, nameless, said_anywhere, said_by
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.jobs import Jobs
from ui.pages.welcome import WelcomePage, shown_folder
from ui.theme import make_theme

Key = Qt.Key


@pytest.fixture
def access(folder: Path) -> Access:
    return access_to(folder, FakeKeyring())


@pytest.fixture
def fitcheck(access: Access) -> Iterator[FitCheck]:
    opened = access.open()
    yield opened
    opened.close()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def page(qtbot: QtBot, fitcheck: FitCheck, jobs: Jobs) -> WelcomePage:
    page = WelcomePage(make_theme(), jobs, fitcheck)
    qtbot.addWidget(page)
    page.resize(900, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def fill(page: WelcomePage, passphrase: str = PASSPHRASE) -> None:
    line = page.passphrase.first.line
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, passphrase)
    QTest.keyClick(line, Key.Key_Return)
    assert QApplication.focusWidget() is page.passphrase.second.line
    QTest.keyClicks(page.passphrase.second.line, passphrase)


def test_it_says_what_it_is_and_where_the_book_lies(page: WelcomePage, folder: Path) -> None:
    said = said_by(page)
    assert shown_folder(folder) in said
    assert "never opens a network connection" in said
    assert "nobody can open the book" in said
    assert nameless(page) == []
    page.restyle(make_theme(dark=True))


def test_protecting_it_by_keyboard_shows_the_recovery_key_and_goes_on(
    qtbot: QtBot,
    page: WelcomePage,
    fitcheck: FitCheck,
    access: Access,
    when_asked: WhenAsked,
) -> None:
    seen: list[str] = []

    def look(dialog: RecoveryKeyDialog) -> None:
        seen.append("-".join(dialog.key.text().split()))
        assert PASSPHRASE not in said_anywhere()
        dialog.put_away.click()
        dialog.close_button.click()

    fill(page)
    when_asked(RecoveryKeyDialog, look)
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page.passphrase.second.line, Key.Key_Return)
    assert fitcheck.protection.protected
    fitcheck.close()
    access.recover(seen[0]).close()
    access.unlock(PASSPHRASE).close()


def test_not_now_is_as_near(qtbot: QtBot, page: WelcomePage, fitcheck: FitCheck) -> None:
    assert page.not_now.width() == page.protect_button.width()
    fill(page)
    page.not_now.setFocus()
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page.not_now, Key.Key_Return)
    assert not fitcheck.protection.protected
    assert PASSPHRASE not in said_by(page)


def test_it_is_done_once(page: WelcomePage) -> None:
    times: list[None] = []
    page.done.connect(lambda: times.append(None))
    page.not_now.click()
    page.not_now.click()
    assert len(times) == 1


def test_what_won_t_do_is_told(page: WelcomePage, fitcheck: FitCheck) -> None:
    fill(page, "short")
    QTest.keyClick(page.passphrase.second.line, Key.Key_Return)
    assert "at least 8" in page.passphrase.fault.text()
    assert not fitcheck.protection.protected


def test_a_disk_that_refuses_is_told_and_one_can_go_on(
    qtbot: QtBot, page: WelcomePage, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_passphrase: str) -> str:
        raise DiskRefused(Path("book.db"), "no space left")

    monkeypatch.setattr(fitcheck, "protect", refuse)
    fill(page)
    page.protect_button.click()
    qtbot.waitUntil(page.passphrase.fault.isVisible)
    assert "no space left" in page.passphrase.fault.text()
    assert page.not_now.isEnabled()


def test_a_folder_at_home_is_shown_from_there() -> None:
    inside = Path.home() / "Documents" / "FitCheck"
    assert shown_folder(inside) == QDir.toNativeSeparators("~/Documents/FitCheck")
    outside = Path(Path.home().anchor) / "somewhere else"
    assert shown_folder(outside) == str(outside)
