"""A disk that refuses: what is said, what stays, what is tried again, what is asked first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.policy import Action
from fitcheck.services import FitCheck
from fitcheck.store.refusals import DiskFull
from tests.store.refusing import Refusals, refusing
from ui import messages, saving
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.keeping import KeepingDialog
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.main_window import MainWindow

WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def refusals() -> Iterator[Refusals]:
    with refusing() as made:
        yield made


@pytest.fixture
def fitcheck(refusals: Refusals, folder: Path, fitcheck: FitCheck) -> FitCheck:  # noqa: ARG001
    """Its connections, all of which are still to be made but one, can refuse."""
    fitcheck._book._engine.dispose()
    return fitcheck


@pytest.fixture
def begun(fitcheck: FitCheck) -> list[int]:
    """Two assessments that have just been begun."""
    return [
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), Form.FULL)
        for name in ("Ada Bell", "Bo Lind")
    ]


@pytest.fixture
def failing(qtbot: QtBot, window: MainWindow, begun: list[int], refusals: Refusals) -> MainWindow:
    """The first of them in hand, at its third question, with an answer that can't be saved."""
    window.open_assessment(begun[0])
    assert window.interview is not None
    for _twice in range(2):
        window.interview.step(1)
    window.interview.settle()
    refusals.at = 0
    window.interview.set_value("opener", 3)
    qtbot.waitUntil(lambda: window.save_mark.text() == "not saved")
    window.saving._timer.stop()
    return window


def answers(fitcheck: FitCheck, assessment_id: int) -> dict[str, object]:
    """What the disk has."""
    stored = fitcheck._book.load(assessment_id).assessment.answers
    return {id_: answer.value for id_, answer in stored.items()}


def test_it_is_said_without_stopping_anybody(failing: MainWindow, refusals: Refusals) -> None:
    banner = failing.saving.banner
    assert banner.isVisible()
    assert "Not saved. What you typed is still here." in banner.what.text()
    assert "no room left" in banner.what.text()
    assert "goes on trying" in banner.more.text()
    assert not failing.saving.details.isVisible()
    assert QApplication.activeModalWidget() is None
    assert failing.interview is not None
    assert failing.interview.answer("opener").value == 3
    refusals.at = None  # or the window would ask before it is closed


def test_it_is_tried_again_by_itself_and_with_the_next_answer(
    qtbot: QtBot,
    failing: MainWindow,
    fitcheck: FitCheck,
    begun: list[int],
    refusals: Refusals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    interview = failing.interview
    assert interview is not None
    monkeypatch.setattr(saving, "PAUSES", (1, 1))
    refused = refusals.refused
    interview.set_note("opener", "said so")
    qtbot.waitUntil(lambda: refusals.refused > refused + 3)
    assert failing.save_mark.text() == "not saved"
    assert answers(fitcheck, begun[0]) == {}
    refusals.at = None
    qtbot.waitUntil(lambda: failing.save_mark.text() == "saved")
    assert not failing.saving.banner.isVisible()
    assert not failing.saving._timer.isActive()
    assert answers(fitcheck, begun[0]) == {"opener": 3}
    interview.undo()
    interview.undo()
    qtbot.waitUntil(lambda: failing.save_mark.text() == "saved")
    assert answers(fitcheck, begun[0]) == {}


def test_one_can_have_it_tried_again_by_a_key(
    qtbot: QtBot, failing: MainWindow, refusals: Refusals
) -> None:
    again = failing.saving.again
    assert again.shortcut() == QKeySequence("Alt+Y")
    again.click()
    qtbot.waitUntil(lambda: "without success" in failing.saving.banner.more.text())
    failing.saving._timer.stop()
    refusals.kind = "held"
    again.click()
    qtbot.waitUntil(lambda: "Another program" in failing.saving.banner.what.text())
    refusals.at = None
    again.click()
    qtbot.waitUntil(lambda: failing.save_mark.text() == "saved")
    assert not failing.saving.banner.isVisible()
    again.click()
    assert failing.save_mark.text() == "saved"


def test_a_fault_of_ours_is_told_as_such_and_not_tried_for_ever(
    qtbot: QtBot, window: MainWindow, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_assessment(begun[0])
    interview = window.interview
    assert interview is not None

    def break_down(*_arguments: object) -> None:
        raise sqlite3.IntegrityError("a wire is loose")

    monkeypatch.setattr("fitcheck.store.book.apply", break_down)
    interview.set_value("opener", 3)
    qtbot.waitUntil(lambda: window.save_mark.text() == "not saved")
    assert "fault of FitCheck" in window.saving.banner.what.text()
    assert not window.saving._timer.isActive()
    window.saving.details.click()
    (told,) = window.findChildren(messages.MessageWindow)
    assert "IntegrityError" in told.message.details
    told.accept()
    monkeypatch.undo()
    window.saving.again.click()
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")


def test_what_could_not_be_saved_of_whoever_is_erased_is_asked_about_no_more(
    failing: MainWindow,
) -> None:
    """The disk refuses still, and yet nothing is asked as the window is closed."""
    assert failing.interview is not None
    failing.let_go_of(failing.interview.prospect_id)
    assert failing.windowTitle() == "FitCheck"
    assert not failing.saving.banner.isVisible()
    assert failing.save_mark.text() == ""
    assert failing.close()


def test_another_assessment_is_opened_only_if_one_says_so(
    qtbot: QtBot,
    failing: MainWindow,
    fitcheck: FitCheck,
    begun: list[int],
    refusals: Refusals,
    when_asked: WhenAsked,
) -> None:
    unsaved = failing.interview
    assert unsaved is not None
    when_asked(ConfirmDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    failing.open_assessment(begun[1])
    assert failing.interview is unsaved
    failing.show_page("prospects")
    failing.open_assessment(begun[0])
    assert failing.interview is unsaved, "what is in hand is more than what the disk has"
    assert failing.page_name == "interview"
    when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
    failing.open_assessment(begun[1])
    other = failing.interview
    assert other is not None
    assert other.id == begun[1]
    assert not failing.saving.banner.isVisible()
    refusals.at = None
    other.set_value("opener", 1)
    qtbot.waitUntil(lambda: failing.save_mark.text() == "saved")
    assert answers(fitcheck, begun[0]) == {}, "given up is given up"


def test_a_disk_with_room_again_lets_one_go_on_unasked(
    failing: MainWindow, fitcheck: FitCheck, begun: list[int], refusals: Refusals
) -> None:
    refusals.at = None
    failing.open_assessment(begun[1])
    assert failing.interview is not None
    assert failing.interview.id == begun[1]
    assert answers(fitcheck, begun[0]) == {"opener": 3}


def test_closing_asks_and_once_all_is_saved_it_does_not(
    failing: MainWindow,
    folder: Path,
    begun: list[int],
    refusals: Refusals,
    when_asked: WhenAsked,
) -> None:
    when_asked(ConfirmDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not failing.close()
    assert failing.interview is not None
    stood = failing.interview.question.id
    refusals.at = None
    assert failing.close()
    again = FitCheck.open(folder)
    assert again.interview(begun[0]).answer("opener").value == 3
    assert again.interview(begun[0]).question.id == stood
    again.close()


def test_closing_can_give_up_what_is_not_saved(
    failing: MainWindow, folder: Path, begun: list[int], when_asked: WhenAsked, refusals: Refusals
) -> None:
    when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
    assert failing.close()
    refusals.at = None
    again = FitCheck.open(folder)
    assert again.interview(begun[0]).answer("opener").value is None
    again.close()


def test_settings_that_are_not_saved_are_asked_about_and_tried_again(
    window: MainWindow, fitcheck: FitCheck, folder: Path, refusals: Refusals, when_asked: WhenAsked
) -> None:
    window.show_page("settings")
    QTest.keyClicks(window.settings.profile.fields["name"], "Ines")
    refusals.at = 0
    when_asked(ConfirmDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not window.close()
    for told in window.findChildren(messages.MessageWindow):
        told.accept()
    assert window.settings.profile.fields["name"].text() == "Ines"
    refusals.at = None
    assert window.close()
    again = FitCheck.open(folder)
    assert again.preferences.profile.name == "Ines"
    again.close()
    assert fitcheck.preferences == replace(again.preferences, window=fitcheck.preferences.window)


# What is filled in, in dialogs that write when they are accepted


def refused_first(dialog: KeepingDialog, refusals: Refusals) -> None:
    """Accept it while the disk refuses, see that it stays, and accept it again."""
    refusals.at = 0
    dialog.accept()
    assert dialog.isVisible()
    assert "What you typed is still here" in dialog.fault.text()
    refusals.at = None
    dialog.accept()


def test_a_new_prospect_is_not_typed_twice(
    window: MainWindow, refusals: Refusals, when_asked: WhenAsked
) -> None:
    def fill_in(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Cy Dahl")
        refused_first(dialog, refusals)

    when_asked(NewProspectDialog, fill_in)
    window.prospects.acts.new_prospect()
    assert window.interview is not None
    assert window.interview.assessment.prospect.name == "Cy Dahl"
    assert len(window.context.fitcheck.prospects()) == 1


def test_a_new_prospect_whose_interview_could_not_begin_is_not_added_twice(
    window: MainWindow,
    fitcheck: FitCheck,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> int:
        raise DiskFull(fitcheck.folder / "book.db")

    def fill_in(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Cy")
        with monkeypatch.context() as patch:
            patch.setattr(fitcheck, "begin_assessment", refuse)
            dialog.accept()
        dialog.contact.fields["name"].setText("Cy Dahl")
        dialog.accept()

    when_asked(NewProspectDialog, fill_in)
    window.prospects.acts.new_prospect()
    assert [line.prospect.name for line in fitcheck.prospects()] == ["Cy Dahl"]

    def think_better_of_it(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Di")
        with monkeypatch.context() as patch:
            patch.setattr(fitcheck, "begin_assessment", refuse)
            dialog.accept()
        dialog.reject()

    when_asked(NewProspectDialog, think_better_of_it)
    window.show_page("prospects")
    window.prospects.acts.new_prospect()
    assert window.prospects.model.rowCount() == 2, "added, and the list says so"


def test_an_edited_prospect_and_the_dates_stay_filled_in(
    window: MainWindow, begun: list[int], refusals: Refusals, when_asked: WhenAsked
) -> None:
    fitcheck = window.context.fitcheck
    window.prospects.enter()
    window.prospects.table.selectRow(0)
    line = window.prospects.current()
    assert line is not None
    assert begun

    def rename(dialog: EditProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Bo Lindgren")
        refused_first(dialog, refusals)

    when_asked(EditProspectDialog, rename)
    window.prospects.acts.edit_current()
    assert fitcheck.prospect(line.id).name == "Bo Lindgren"

    def give_time(dialog: ExtendDialog) -> None:
        dialog.accept()
        assert dialog.isVisible(), "half of it is nothing"
        dialog.words.setPlainText("They asked for it.")
        refused_first(dialog, refusals)

    when_asked(ExtendDialog, give_time)
    window.prospects.dates.ask_extension()
    assert [step.reason for step in fitcheck.period(line.id).extensions] == ["They asked for it."]

    def decide(dialog: DecideDialog) -> None:
        dialog.choices[Action.STAGE].setChecked(True)
        dialog.words.setPlainText("One step.")
        refused_first(dialog, refusals)

    when_asked(DecideDialog, decide)
    window.prospects.dates.ask_decision()
    decision = fitcheck.period(line.id).decision
    assert decision is not None
    assert decision.words == "One step."
