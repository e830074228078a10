"""The locked book: opened by keyboard, every refusal in its own words, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.services import FitCheck
from fitcheck.store.errors import AlreadyOpen, WrongPassphrase
from fitcheck.store.rescue import State
from tests.store.conftest import FakeKeyring
from tests.ui.keyboard import type_
from tests.ui.protected import (
    ANOTHER,
    NAME,
    PASSPHRASE,
    Taker,
    access_to,
    nameless,
    protected_book,
    said_by,
)
from ui.jobs import Jobs
from ui.messages import MessageWindow
from ui.pages.unlock import UnlockPage
from ui.theme import make_theme

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def access(folder: Path) -> Access:
    return access_to(folder, FakeKeyring())


@pytest.fixture
def recovery_key(access: Access) -> str:
    return protected_book(access)


@pytest.fixture
def taker() -> Iterator[Taker]:
    taker = Taker()
    yield taker
    taker.close()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def page(
    qtbot: QtBot,
    jobs: Jobs,
    access: Access,
    recovery_key: str,  # noqa: ARG001 - there is a book
    taker: Taker,
) -> Iterator[UnlockPage]:
    window = QWidget()
    page = UnlockPage(make_theme(), jobs, access)
    QVBoxLayout(window).addWidget(page)
    page.unlocked.connect(taker.take)
    qtbot.addWidget(window)
    window.resize(900, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.take_focus()
    yield page
    page.drop()


def told(page: UnlockPage) -> str:
    return page.fault.text() if page.fault.isVisible() else ""


class TestPassphrase:
    def test_it_opens_by_typing_it_and_return(
        self, qtbot: QtBot, page: UnlockPage, taker: Taker
    ) -> None:
        assert QApplication.focusWidget() is page.passphrase.line
        assert NAME not in said_by(page)
        with qtbot.waitSignal(page.unlocked):
            type_(f"{PASSPHRASE}\n")
        assert taker.names() == [NAME]
        assert PASSPHRASE not in said_by(page)

    def test_wrong_is_told_and_selected_and_the_next_try_replaces_it(
        self, qtbot: QtBot, page: UnlockPage, taker: Taker
    ) -> None:
        type_("Correct house battery\n")
        qtbot.waitUntil(lambda: bool(told(page)))
        assert told(page) == str(WrongPassphrase())
        assert QApplication.focusWidget() is page.passphrase.line
        assert page.passphrase.line.selectedText() == page.passphrase.text
        assert page.passphrase.text == "Correct house battery"
        assert page.passphrase.line.property("invalid") is True
        assert "isn't the passphrase" in page.passphrase.line.accessibleDescription()
        type_("C")
        assert told(page) == ""
        with qtbot.waitSignal(page.unlocked):
            type_(f"{PASSPHRASE[1:]}\n")
        assert taker.names() == [NAME]

    def test_while_it_is_tried_it_says_so_keeps_the_text_and_takes_no_second_try(
        self,
        qtbot: QtBot,
        page: UnlockPage,
        access: Access,
        taker: Taker,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        may_go_on, tried = threading.Event(), []

        def slow(passphrase: str) -> FitCheck:
            tried.append(passphrase)
            may_go_on.wait(30)
            return Access.unlock(access, passphrase)

        monkeypatch.setattr(access, "unlock", slow)
        type_(f"{PASSPHRASE}\n")
        assert page.working.isVisible()
        assert page.working.bar.accessibleName()
        assert not page.unlock_button.isEnabled()
        type_("more\n")
        assert page.passphrase.text == PASSPHRASE
        assert page.passphrase.line.hasFocus()
        may_go_on.set()
        qtbot.waitUntil(lambda: taker.times == 1)
        assert tried == [PASSPHRASE]
        assert not page.working.isVisible()

    def test_nothing_typed_is_asked_for(self, page: UnlockPage, jobs: Jobs) -> None:
        type_("\n")
        assert "type your passphrase" in told(page)
        assert not jobs.busy

    def test_the_eye_shows_and_hides_by_keyboard(self, page: UnlockPage) -> None:
        line, eye = page.passphrase.line, page.passphrase.eye
        assert line.echoMode() is QLineEdit.EchoMode.Password
        type_("abc")
        QTest.keyClick(line, Key.Key_Tab)
        assert QApplication.focusWidget() is eye
        QTest.keyClick(eye, Key.Key_Space)
        assert line.echoMode() is QLineEdit.EchoMode.Normal
        assert eye.accessibleName() == "Hide what I type"
        QTest.keyClick(eye, Key.Key_Space)
        assert line.echoMode() is QLineEdit.EchoMode.Password
        assert eye.accessibleName() == "Show what I type"

    def test_caps_lock_is_noticed_by_the_letters(self, page: UnlockPage) -> None:
        line, hint = page.passphrase.line, page.passphrase.caps_hint
        QTest.keyClicks(line, "A")
        assert hint.isVisible()
        QTest.keyClick(line, Key.Key_CapsLock)
        assert not hint.isVisible()
        QTest.keyClicks(line, "A", SHIFT)
        assert not hint.isVisible()
        QTest.keyClicks(line, "a", SHIFT)
        assert hint.isVisible()
        QTest.keyClicks(line, "1")
        assert hint.isVisible(), "a digit says nothing"
        QTest.keyClick(line, Key.Key_Tab)
        assert not hint.isVisible()

    def test_undo_brings_nothing_back(self, page: UnlockPage) -> None:
        page.passphrase.eye.click()
        page.take_focus()
        type_(PASSPHRASE)
        page.drop()
        page.passphrase.eye.click()
        QTest.keyClick(page.passphrase.line, Key.Key_Z, CONTROL)
        assert page.passphrase.text == ""


class TestRefusals:
    def test_a_damaged_book_isn_t_blamed_on_the_passphrase(
        self, qtbot: QtBot, page: UnlockPage, folder: Path
    ) -> None:
        book = folder / "book.db"
        data = bytearray(book.read_bytes())
        data[100] ^= 1
        book.write_bytes(data)
        with qtbot.waitSignal(page.damaged) as said:
            type_(f"{PASSPHRASE}\n")
        assert "What you typed is right" in told(page)
        error, rescue = said.args
        assert str(error) == told(page)
        with rescue() as found:
            assert found.find().state is State.UNCLEAR, "there is no backup"
        assert page.passphrase.text == "", "it has served"
        assert page.passphrase.line.property("invalid") is not True
        assert book.read_bytes() == data

    def test_a_damaged_key(self, qtbot: QtBot, page: UnlockPage, folder: Path) -> None:
        (folder / "book.key").write_text("{}")
        type_(f"{PASSPHRASE}\n")
        qtbot.waitUntil(lambda: bool(told(page)))
        assert "is damaged" in told(page)

    def test_one_that_is_open_already_can_be_tried_again(
        self, qtbot: QtBot, page: UnlockPage, access: Access, folder: Path, taker: Taker
    ) -> None:
        other = access.unlock(PASSPHRASE)
        type_(f"{PASSPHRASE}\n")
        qtbot.waitUntil(lambda: bool(told(page)))
        assert told(page) == str(AlreadyOpen(folder))
        assert page.passphrase.text == PASSPHRASE, "it isn't wrong"
        other.close()
        with qtbot.waitSignal(page.unlocked):
            type_("\n")
        assert taker.names() == [NAME]

    def test_a_fault_of_ours_is_told_as_one(
        self, qtbot: QtBot, page: UnlockPage, access: Access, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_passphrase: str) -> FitCheck:
            raise ZeroDivisionError

        monkeypatch.setattr(access, "unlock", fail)
        type_(f"{PASSPHRASE}\n")
        qtbot.waitUntil(lambda: bool(page.findChildren(MessageWindow)))
        window = page.findChildren(MessageWindow)[0]
        assert "ZeroDivisionError" in window.message.details
        assert PASSPHRASE not in window.message.details
        window.accept()


class TestRecovery:
    @pytest.fixture(autouse=True)
    def _ask_for_it(self, page: UnlockPage) -> None:
        type_("half a passphrase")
        page.to_recovery.setFocus()
        type_("\n")
        assert page.passphrase.text == ""
        assert QApplication.focusWidget() is page.recovery_key.line

    def test_in_lower_case_and_then_a_new_passphrase(
        self, qtbot: QtBot, page: UnlockPage, recovery_key: str, access: Access, taker: Taker
    ) -> None:
        type_(recovery_key.lower().replace("-", " "))
        assert page.recovery_key.text == recovery_key
        assert page.recovery_key.count.text() == "36 of 36 characters"
        type_("\n")
        qtbot.waitUntil(page.renewal.isVisible)
        assert taker.times == 0
        assert recovery_key not in said_by(page)
        assert QApplication.focusWidget() is page.renewal.first.line
        type_(f"{ANOTHER}\n{ANOTHER}")
        with qtbot.waitSignal(page.unlocked):
            type_("\n")
        assert taker.names() == [NAME]
        assert ANOTHER not in said_by(page)
        taker.close()
        access.unlock(ANOTHER).close()
        access.recover(recovery_key).close()
        with pytest.raises(WrongPassphrase):
            access.unlock(PASSPHRASE)

    def test_a_slip_is_told_and_mended_in_place(
        self, qtbot: QtBot, page: UnlockPage, recovery_key: str
    ) -> None:
        slip = "7" if recovery_key[0] != "7" else "8"
        type_(f"{slip}{recovery_key[1:]}\n")
        qtbot.waitUntil(lambda: bool(told(page)))
        assert "a character is wrong, missing or too many" in told(page)
        line = page.recovery_key.line
        assert line.text() == slip + recovery_key[1:], "it stays, to be mended"
        QTest.keyClick(line, Key.Key_Home)
        QTest.keyClick(line, Key.Key_Delete)
        assert line.cursorPosition() == 0
        type_(recovery_key[0])
        assert line.text() == recovery_key
        assert told(page) == ""
        type_("\n")
        qtbot.waitUntil(page.renewal.isVisible)

    def test_the_key_of_another_book(self, qtbot: QtBot, page: UnlockPage, tmp_path: Path) -> None:
        other = protected_book(access_to(tmp_path / "other", FakeKeyring()))
        type_(f"{other}\n")
        qtbot.waitUntil(lambda: bool(told(page)))
        assert "isn't the one of this book" in told(page)

    def test_typing_in_the_middle_and_pasting(self, page: UnlockPage, recovery_key: str) -> None:
        line = page.recovery_key.line
        type_("abcdefgh")
        assert (line.text(), line.cursorPosition()) == ("ABCD-EFGH", 9)
        line.setCursorPosition(2)
        type_("0")
        assert (line.text(), line.cursorPosition()) == ("AB0C-DEFG-H", 3)
        type_("O")
        assert (line.text(), line.cursorPosition()) == ("AB00-CDEF-GH", 4)
        QApplication.clipboard().setText("  " + recovery_key.replace("-", " – ").lower() + "\n")
        QTest.keyClick(line, Key.Key_A, CONTROL)
        QTest.keyClick(line, Key.Key_V, CONTROL)
        QApplication.clipboard().clear()
        assert line.text() == recovery_key

    def test_back_to_the_passphrase_forgets_it(self, page: UnlockPage, recovery_key: str) -> None:
        type_(recovery_key)
        page.to_passphrase.click()
        assert QApplication.focusWidget() is page.passphrase.line
        assert recovery_key not in said_by(page)

    @pytest.mark.parametrize(
        ("first", "second", "fault"),
        [("short", "short", "at least 8"), (ANOTHER, "seven quiet morning", "aren’t the same")],
    )
    def test_a_new_passphrase_that_won_t_do(
        self,
        qtbot: QtBot,
        page: UnlockPage,
        recovery_key: str,
        first: str,
        second: str,
        fault: str,
        taker: Taker,
    ) -> None:
        type_(f"{recovery_key}\n")
        qtbot.waitUntil(page.renewal.isVisible)
        type_(f"{first}\n{second}\n")
        assert fault in page.renewal.fault.text()
        assert page.renewal.fault.isVisible()
        assert taker.times == 0

    @pytest.mark.parametrize("way", ["leave", "quit", "wait", "hide"])
    def test_without_a_new_passphrase_it_is_locked_again(
        self, qtbot: QtBot, page: UnlockPage, recovery_key: str, access: Access, way: str
    ) -> None:
        type_(f"{recovery_key}\n")
        qtbot.waitUntil(page.renewal.isVisible)
        type_(ANOTHER)
        match way:
            case "leave":
                page.leave_locked.click()
            case "quit":
                with qtbot.waitSignal(page.quit_asked):
                    page.quit_button.click()
            case "wait":
                assert page._timer.isActive()
                page._timer.timeout.emit()
            case "hide":
                page.hide()
        assert ANOTHER not in said_by(page)
        access.unlock(PASSPHRASE).close()


def test_a_page_that_is_hidden_meanwhile_leaves_no_book_open(
    page: UnlockPage,
    access: Access,
    jobs: Jobs,
    taker: Taker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_go_on, opened = threading.Event(), threading.Event()

    def slow(passphrase: str) -> FitCheck:
        may_go_on.wait(30)
        fitcheck = Access.unlock(access, passphrase)
        opened.set()
        return fitcheck

    monkeypatch.setattr(access, "unlock", slow)
    type_(f"{PASSPHRASE}\n")
    page.hide()
    may_go_on.set()
    assert opened.wait(30)
    jobs.close()
    assert taker.times == 0
    monkeypatch.undo()
    access.unlock(PASSPHRASE).close()


def test_opened_but_not_yet_handed_over_when_the_jobs_are_closed(
    page: UnlockPage, access: Access, jobs: Jobs, taker: Taker
) -> None:
    type_(f"{PASSPHRASE}\n")
    jobs.close()
    page.drop()
    assert taker.times == 0
    access.unlock(PASSPHRASE).close()


def test_every_control_has_a_name(page: UnlockPage) -> None:
    assert nameless(page) == []


def test_the_look_can_change(page: UnlockPage) -> None:
    page.restyle(make_theme(dark=True))
