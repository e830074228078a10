"""The program from its start to its end: opening, locking, unlocking, going on where one was."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.report import Edition
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from fitcheck.store.errors import DiskRefused
from tests.store.refusing import refusing
from tests.ui import sessions
from tests.ui.protected import ANOTHER, PASSPHRASE
from tests.ui.sessions import CANARY, Desk, open_window, told_by_any_widget, when_there
from ui import app as composition
from ui import covering, messages
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.dialogs.protection import ProtectDialog
from ui.front_window import NotLockedPage
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.pages.report import ReportPage
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage
from ui.session import Session
from ui.theme import System, apply_theme, make_theme

CONTROL = Qt.KeyboardModifier.ControlModifier
NOTE = f"{CANARY} hums when he is unsure"


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def begun(desk: Desk) -> int:
    """A protected book; the assessment in it."""
    return desk.fill()


# Starting


def test_a_new_book_is_welcomed_once_and_then_opened(
    qtbot: QtBot, desk: Desk, qapp: QApplication, folder: Path
) -> None:
    desk.session.start()
    front = desk.session.front
    assert front is not None
    page = front.page
    assert isinstance(page, WelcomePage)
    assert desk.session.window is None
    page.done.emit()
    window = desk.opened()
    assert front not in QApplication.topLevelWidgets()
    assert window.isVisible()
    assert window.close()
    desk.session.close()
    again = Desk(qtbot, qapp, folder)
    again.session.start()
    assert again.opened().isVisible()
    again.session.close()


def test_an_unprotected_book_opens_and_says_so_quietly(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill(protect=False)
    desk.session.start()
    window = desk.opened()
    assert window.foot.not_protected.isVisible()
    asked: list[bool] = []

    def protect(_cls: object, _parent: QWidget, fitcheck: Any, _jobs: object) -> bool:
        asked.append(True)
        fitcheck.protect(PASSPHRASE)
        return True

    monkeypatch.setattr(ProtectDialog, "ask", classmethod(protect))
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert asked == [True]
    assert not window.foot.not_protected.isVisible()
    assert desk.session.window is window
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    desk.locked()


def test_a_book_without_protection_never_locks_by_itself(desk: Desk) -> None:
    desk.fill(protect=False)
    desk.session.start()
    window = desk.opened()
    for _again in range(2):
        desk.sleep()
        desk.clocks.passed += 25
        desk.session.watch.look()
    desk.clocks.passed += 100_000
    desk.session.watch.look()
    desk.session.lock()
    assert desk.session.window is window
    assert window.isVisible()


@pytest.mark.usefixtures("begun")
def test_a_protected_book_asks_for_its_passphrase(qtbot: QtBot, desk: Desk) -> None:
    desk.session.start()
    qtbot.waitUntil(lambda: desk.session.front is not None)
    assert desk.session.front is not None
    page = desk.session.front.page
    assert isinstance(page, UnlockPage)
    assert desk.session.front.windowTitle() == "FitCheck"
    assert CANARY not in told_by_any_widget()
    page.passphrase.line.setText(ANOTHER)
    page.unlock_button.click()
    qtbot.waitUntil(lambda: bool(page.fault.text()))
    assert desk.session.window is None
    window = desk.unlock()
    assert window.prospects.model.rowCount() == 1
    assert not window.foot.not_protected.isVisible()


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("look", [Look.SYSTEM, Look.LIGHT])
def test_whatever_asks_for_the_passphrase_follows_the_systems_look_as_the_book_did(
    desk: Desk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    window = desk.unlock()
    fitcheck = window.context.fitcheck
    fitcheck.save_preferences(replace(fitcheck.preferences, look=look))
    desk.session.lock()
    desk.locked()
    page = desk.session.ways_in.cover.page
    assert isinstance(page, UnlockPage)
    assert qapp.palette().window().color().lightnessF() > 0.5
    told: list[bool] = []
    monkeypatch.setattr(page, "restyle", lambda theme: told.append(theme.dark))
    monkeypatch.setattr("ui.theme.asked_by", lambda _app: System(dark=True))
    try:
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        dark = qapp.palette().window().color().lightnessF() < 0.5
        assert (dark, told) == ((True, [True]) if look is Look.SYSTEM else (False, []))
    finally:
        apply_theme(qapp, make_theme())


@pytest.mark.usefixtures("begun")
def test_the_keyring_opens_it_at_the_start_but_not_after_locking(desk: Desk) -> None:
    fitcheck = desk.access.unlock(PASSPHRASE)
    fitcheck.remember_in_keyring()
    fitcheck.close()
    desk.session.start()
    assert desk.opened().isVisible()
    desk.session.lock()
    desk.locked()
    assert desk.unlock().isVisible()


@pytest.mark.usefixtures("begun")
def test_a_session_that_is_closed_before_the_keyring_answers_shows_nothing_more(
    qtbot: QtBot, qapp: QApplication, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.ways_in.KEYRING_PATIENCE", 0)
    session = Session(qapp, folder, desk.access, open_window)
    session.start()
    session.close()
    qtbot.wait(1)
    assert session.front is None


def test_what_is_amiss_is_told_instead_of_asking(
    desk: Desk, folder: Path, begun: int, qtbot: QtBot
) -> None:
    key = folder / "book.key"
    key.write_text(key.read_text().replace('"version": 1', '"version": 99'))
    seen: list[str] = []

    def read(window: messages.MessageWindow) -> None:
        seen.append(window.message.happened)
        window.accept()

    when_there(messages.MessageWindow, read)
    desk.session.start()
    qtbot.waitUntil(lambda: desk.session.over)
    assert seen == ["FitCheck can't open your book."]
    assert desk.session.status == 1
    assert begun


def test_a_demonstration_asks_nothing_and_never_locks(
    qtbot: QtBot, qapp: QApplication, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(
        qapp,
        folder,
        desk.access,
        lambda fitcheck: composition.make_window(qapp, fitcheck, demonstration=True),
        composition.add_demonstration,
    )
    monkeypatch.setattr(ProtectDialog, "ask", lambda *_arguments: pytest.fail("it asked"))
    session.start()
    window = session.window
    assert window is not None
    assert session.front is None
    assert window.prospects.model.rowCount() == 8
    assert not window.foot.not_protected.isVisible()
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    session.lock()
    qtbot.wait(1)
    assert session.window is window
    assert window.close()
    session.close()


def test_the_program_opens_an_unprotected_book_and_ends_with_its_window(
    desk: Desk, folder: Path
) -> None:
    desk.fill(protect=False)
    seen: list[int] = []

    def close(window: MainWindow) -> None:
        seen.append(window.prospects.model.rowCount())
        window.close()

    when_there(MainWindow, close)
    assert composition.run(folder) == 0
    assert seen == [1]


# Locking


def test_the_cover_is_there_at_once_at_the_same_place(desk: Desk, begun: int) -> None:
    window = desk.unlock()
    window.open_assessment(begun)
    window.resize(777, 633)
    where = window.geometry()
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    # No event was handled in between.
    front = desk.session.front
    assert front is not None
    assert front.isVisible()
    assert front.geometry() == where
    assert not window.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [front]
    desk.locked()
    assert desk.session.front is front


def test_no_widget_is_left_that_holds_anything(qtbot: QtBot, desk: Desk, begun: int) -> None:
    window = desk.unlock()
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.set_note(window.interview.question.id, NOTE)
    window.interview.finish()
    jobs = window.context.jobs
    for name in window.pages:
        window.show_page(name)
        qtbot.waitUntil(lambda: not jobs.busy)
    window.show_page("report")
    assert CANARY in told_by_any_widget()
    report = weakref.ref(window.pages["report"])
    interview = weakref.ref(window.interview)
    deleted: list[bool] = []
    window.destroyed.connect(lambda: deleted.append(True))
    del window
    desk.session.lock()
    desk.locked()
    gc.collect()
    assert CANARY not in told_by_any_widget()
    assert interview() is None
    assert report() is None
    assert not jobs.busy
    assert deleted == [True]


@pytest.mark.usefixtures("begun")
def test_what_was_copied_is_cleared_if_it_is_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QApplication.clipboard()
    desk.unlock()
    clipboard.setText("from elsewhere")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    covering.forget_what_was_copied()
    assert clipboard.text() == "from elsewhere"
    clipboard.setText(NOTE)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    desk.session.lock()
    desk.locked()
    assert clipboard.text() == ""


@pytest.mark.usefixtures("begun")
def test_locking_twice_is_locking_once(desk: Desk) -> None:
    desk.unlock()
    for _again in range(3):
        desk.session.lock()
    desk.locked()
    desk.session.lock()
    assert desk.unlock().isVisible()


# Going on


def test_a_note_that_was_being_typed_is_there_again(desk: Desk, begun: int) -> None:
    window = desk.unlock()
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    interview.step(3)
    question = interview.question.id
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    page.begin()
    page.enter()
    QTest.keyClick(page, Qt.Key.Key_N)
    QTest.keyClicks(page.card.note, NOTE)
    QTest.keyClick(page.card.note, Qt.Key.Key_Left)
    desk.session.lock()
    desk.locked()
    window = desk.unlock()
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    assert window.page_name == "interview"
    assert window.interview is not None
    assert window.interview.question.id == question
    assert window.interview.answer(question).note == NOTE
    assert page.card.note.toPlainText() == NOTE
    assert page.card.note.hasFocus()
    assert page.card.note.textCursor().position() == len(NOTE) - 1


@pytest.mark.usefixtures("begun")
def test_a_prospect_that_was_being_added_is_asked_for_again(desk: Desk) -> None:
    window = desk.unlock()

    def type_and_sleep(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText(f"Bo {CANARY}")
        dialog.contact.fields["email"].setText("bo@exam")
        desk.sleep()
        assert not dialog.isVisible()

    when_there(NewProspectDialog, type_and_sleep)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    desk.locked()
    assert CANARY not in told_by_any_widget()
    seen: list[dict[str, str]] = []

    def read(dialog: NewProspectDialog) -> None:
        seen.append(dialog.draft())
        dialog.reject()

    when_there(NewProspectDialog, read)
    window = desk.unlock()
    desk.qtbot.waitUntil(lambda: bool(seen))
    assert seen[0]["name"] == f"Bo {CANARY}"
    assert seen[0]["email"] == "bo@exam"
    # Given back once, and never made by itself.
    assert len(window.context.fitcheck.prospects()) == 1
    assert window.context.fitcheck.take_drafts() == {}


def test_an_edited_prospect_is_edited_on_and_nobody_else(desk: Desk, begun: int) -> None:
    window = desk.unlock()
    fitcheck = window.context.fitcheck
    other = fitcheck.add_assessment(load_demo()[0])
    assert other != begun
    window.prospects.enter()
    ada = next(line.id for line in fitcheck.prospects() if CANARY in line.prospect.name)
    row = window.prospects.model.row_of(ada)
    assert row is not None
    window.prospects.table.choose(row)

    def type_and_sleep(dialog: EditProspectDialog) -> None:
        dialog.contact.fields["role"].setText("Head of Song")
        desk.sleep()

    when_there(EditProspectDialog, type_and_sleep)
    QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    desk.locked()
    when_there(EditProspectDialog, lambda dialog: dialog.accept())
    window = desk.unlock()
    desk.qtbot.waitUntil(lambda: window.context.fitcheck.prospect(ada).role == "Head of Song")
    others = (line for line in window.context.fitcheck.prospects() if line.id != ada)
    assert [line.prospect.role for line in others] != ["Head of Song"]


def test_a_decision_that_was_being_written_is_asked_for_again(desk: Desk) -> None:
    from fitcheck.domain.policy import Action
    from ui.dialogs.override import OverrideDialog

    desk.fill()
    window = desk.unlock()
    finished = window.context.fitcheck.add_assessment(load_demo()[0])
    window.open_assessment(finished)

    def type_and_sleep(dialog: OverrideDialog) -> None:
        dialog.choices[Action.DECLINE].setChecked(True)
        dialog.reason.setPlainText(NOTE)
        desk.sleep()

    when_there(OverrideDialog, type_and_sleep)
    QTest.keyClick(window.pages["verdict"], Qt.Key.Key_O)
    desk.locked()
    assert CANARY not in told_by_any_widget()
    when_there(OverrideDialog, lambda dialog: dialog.keep_button.click())
    window = desk.unlock()
    desk.qtbot.waitUntil(
        lambda: window.interview is not None and window.interview.assessment.override is not None
    )
    assert window.interview is not None
    override = window.interview.assessment.override
    assert override is not None
    assert (override.recommendation, override.reason) == (Action.DECLINE, NOTE)


def test_search_edition_zoom_and_place_come_back(qtbot: QtBot, desk: Desk, begun: int) -> None:
    window = desk.unlock()
    window.prospects.search.setText("ada")
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.finish()
    window.show_page("report")
    report = window.pages["report"]
    assert isinstance(report, ReportPage)
    report.chips[Edition.PROSPECT].click()
    qtbot.waitUntil(lambda: report.bar.in_button.isEnabled())
    report.view.zoom_in()
    zoom = report.view.zoom
    window.resize(781, 655)
    desk.session.lock()
    desk.locked()
    window = desk.unlock()
    assert window.page_name == "report"
    assert window.interview is not None
    assert window.interview.id == begun
    assert (window.width(), window.height()) == (781, 655)
    again = window.pages["report"]
    assert isinstance(again, ReportPage)
    assert again.chips[Edition.PROSPECT].isChecked()
    qtbot.waitUntil(lambda: again.bar.in_button.isEnabled())
    assert again.view.zoom == pytest.approx(zoom, abs=1e-3)
    assert window.prospects.search.text() == "ada"


def test_typing_survives_the_end_of_the_program(
    qtbot: QtBot, qapp: QApplication, desk: Desk, begun: int, folder: Path
) -> None:
    window = desk.unlock()

    def type_and_sleep(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Bo")
        desk.sleep()

    when_there(NewProspectDialog, type_and_sleep)
    window.prospects.acts.new_prospect()
    desk.locked()
    assert begun
    desk.session.close()
    seen: list[str] = []

    def read(dialog: NewProspectDialog) -> None:
        seen.append(dialog.contact.fields["name"].text())
        dialog.reject()

    when_there(NewProspectDialog, read)
    again = Desk(qtbot, qapp, folder)
    window = again.unlock()
    qtbot.waitUntil(lambda: seen == ["Bo"])
    assert window.close()
    again.session.close()


# What can't be saved


def test_a_disk_that_refuses_keeps_the_book_open_under_the_cover(
    qtbot: QtBot, desk: Desk, begun: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.unlock()
    window.open_assessment(begun)
    fitcheck = window.context.fitcheck

    def refuse(_drafts: dict[str, str]) -> None:
        raise DiskRefused(folder / "book.db", "no space left")

    monkeypatch.setattr(fitcheck, "save_drafts", refuse)
    desk.session.lock()
    front = desk.session.front
    assert front is not None
    qtbot.waitUntil(lambda: isinstance(front.page, NotLockedPage))
    assert "no space left" in told_by_any_widget()
    assert not window.isVisible()
    assert desk.session.window is window
    # It goes on by itself once the disk has room.
    monkeypatch.undo()
    desk.session._retry.setInterval(1)
    desk.session._retry.start()
    desk.locked()
    assert CANARY not in told_by_any_widget()


def test_an_answer_that_was_refused_is_written_before_the_key_goes(
    qtbot: QtBot, desk: Desk, begun: int
) -> None:
    with refusing() as refusals:
        window = desk.unlock()
        window.open_assessment(begun)
        interview = window.interview
        assert interview is not None
        refusals.at = 0
        interview.set_value("opener", 3)
        qtbot.waitUntil(lambda: window.save_mark.text() == "not saved")
        desk.session.lock()
        _not_locked(qtbot, desk)
        assert desk.session.window is window
        refusals.at = None
        desk.session._retry.setInterval(1)
        desk.session._retry.start()
        desk.locked()
    window = desk.unlock()
    assert window.interview is not None
    assert window.interview.answer("opener").value == 3
    assert window.interview.question.id == interview.question.id


def test_one_can_go_back_to_what_isnt_saved(
    qtbot: QtBot, desk: Desk, begun: int, folder: Path
) -> None:
    window = desk.unlock()
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    real = interview._journal
    interview._journal = _Refusing(DiskRefused(folder / "book.db", "no space left"))
    interview.set_value(interview.question.id, 3)
    interview._journal = real
    qtbot.waitUntil(lambda: window.save_mark.text() == "not saved")
    desk.session.lock()
    # Closing the cover must not be a way to lose what isn't saved: it leads back, too.
    page = _not_locked(qtbot, desk)
    page.window().close()
    assert window.isVisible()
    desk.session.lock()
    page = _not_locked(qtbot, desk)
    page.back_button.click()
    assert window.isVisible()
    assert desk.session.front is None
    assert interview.answer(interview.question.id).value == 3
    assert window.context.fitcheck.take_drafts() == {}
    desk.session.lock()
    _not_locked(qtbot, desk).lock_button.click()
    desk.locked()


def _not_locked(qtbot: QtBot, desk: Desk) -> NotLockedPage:
    front = desk.session.front
    assert front is not None
    qtbot.waitUntil(lambda: isinstance(front.page, NotLockedPage))
    assert isinstance(front.page, NotLockedPage)
    return front.page


class _Refusing:
    """A journal on a full disk."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, _name: str) -> Callable[..., Future[None]]:
        def write(*_arguments: object) -> Future[None]:
            refused: Future[None] = Future()
            refused.set_exception(self._error)
            return refused

        return write


@pytest.mark.usefixtures("begun")
def test_a_window_that_was_closed_isnt_locked(desk: Desk) -> None:
    window = desk.unlock()
    assert window.close()
    desk.sleep()
    desk.session.lock()
    assert desk.session.front is None


@pytest.mark.usefixtures("begun")
def test_quitting_while_locked_ends_without_a_question(desk: Desk) -> None:
    desk.unlock()
    desk.session.lock()
    desk.locked()
    front = desk.session.front
    assert front is not None
    page = front.page
    assert isinstance(page, UnlockPage)
    page.quit_asked.emit()
    assert not front.isVisible()
    desk.session.close()
    desk.access.unlock(PASSPHRASE).close()


def test_settings_that_are_being_typed_are_kept(desk: Desk, begun: int) -> None:
    window = desk.unlock()
    window.show_page("settings")
    QTest.keyClicks(window.settings.profile.fields["name"], "Ines")
    desk.session.lock()
    desk.locked()
    assert begun
    window = desk.unlock()
    assert window.context.fitcheck.preferences.profile.name == "Ines"
    assert window.page_name == "settings"


def test_the_lock_is_in_the_menu_with_its_key(desk: Desk) -> None:
    desk.fill()
    window = desk.unlock()
    assert window.menus.lock.shortcut().toString() == "Ctrl+L"
    assert any(w.text() == "not protected" for w in window.findChildren(QPushButton))
    preferences = window.context.fitcheck.preferences
    assert replace(preferences, lock_after=4) == preferences
