"""The dates of a prospect by keys alone: extended, decided, reopened, assessed again, compared."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.listed import Phase
from fitcheck.domain.period import Decision, Extension, Reopening
from fitcheck.domain.policy import Action
from fitcheck.services import FitCheck
from tests.calendar import Calendar
from tests.ui.keyboard import focused
from tests.ui.reading import readable
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.main_window import MainWindow
from ui.models.prospects import DUE_ROLE, Column
from ui.pages.interview import InterviewPage
from ui.pages.verdict import VerdictPage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]

OPENED = dt.date(2026, 11, 3)
LAST_DAY = dt.date(2026, 11, 17)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(OPENED)


@pytest.fixture
def fitcheck(empty: Path, folder: Path, calendar: Calendar) -> Iterator[FitCheck]:
    shutil.copytree(empty, folder)
    opened = FitCheck.open(folder, calendar)
    yield opened
    opened.close()


@pytest.fixture
def petra(fitcheck: FitCheck) -> int:
    return fitcheck.add_prospect(Prospect("Petra Lindqvist", "Cold Logistics"))


@pytest.fixture
def due(window: MainWindow, calendar: Calendar, petra: int) -> MainWindow:
    """The window on the last planned day of the only prospect."""
    assert petra
    calendar.today = LAST_DAY
    window.prospects.enter()
    return window


def finish(fitcheck: FitCheck, assessment_id: int, level: int) -> None:
    interview = fitcheck.interview(assessment_id)
    for question in interview.questions:
        interview.set_value(question.id, level)
        interview.set_evidence(question.id, Evidence.OBSERVED)
    interview.finish()
    fitcheck.save_preferences(fitcheck.preferences)  # which is written after all of that


@pytest.fixture
def assessed(fitcheck: FitCheck, due: MainWindow, petra: int) -> MainWindow:
    """The same with a finished assessment, which says to proceed."""
    finish(fitcheck, fitcheck.begin_assessment(petra, Form.EVENT), 4)
    due.prospects.enter()
    return due


def line(window: MainWindow) -> str:
    return window.prospects.details.period.line.text()


def mark(window: MainWindow) -> str:
    model = window.prospects.model
    return str(model.data(model.index(0, Column.WHO), DUE_ROLE))


def press(window: MainWindow, key: Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


# What is due


def test_what_is_due_today_is_marked_in_words_in_the_list_and_beside_it(due: MainWindow) -> None:
    page = due.prospects
    assert mark(due) == "Due today"
    model = page.model
    spoken = model.data(model.index(0, Column.WHO), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Petra Lindqvist, Cold Logistics, Due today"
    assert page.details.period.due.text() == "Due today"
    assert line(due) == "Open since 3 November, until 17 November."
    assert page.chips[Phase.DUE].text() == "Due: 1"


def test_the_day_after_it_is_overdue_and_the_day_before_not_due(
    due: MainWindow, calendar: Calendar
) -> None:
    calendar.today = LAST_DAY + dt.timedelta(days=1)
    due.prospects.refresh()
    assert mark(due) == "Overdue"
    assert due.prospects.details.period.due.text() == "Overdue since 17 November"
    calendar.today = LAST_DAY - dt.timedelta(days=1)
    due.prospects.refresh()
    assert mark(due) == ""
    assert not due.prospects.details.period.due.isVisible()
    assert due.prospects.chips[Phase.DUE].text() == "Due"


def test_the_chip_shows_only_what_is_due(qtbot: QtBot, due: MainWindow, fitcheck: FitCheck) -> None:
    fitcheck.add_prospect(Prospect("Ada Bell"))
    chip = due.prospects.chips[Phase.DUE]
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Space)
    qtbot.waitUntil(lambda: not due.prospects.finder.busy)
    assert [each.id for each in fitcheck.prospects(phase=Phase.DUE)] == [1]
    assert due.prospects.model.rowCount() == 1
    assert chip.accessibleName() == "Show: Due: 1"


def test_when_nothing_is_due_it_says_so_and_offers_everyone(
    qtbot: QtBot, due: MainWindow, calendar: Calendar
) -> None:
    calendar.today = OPENED
    page = due.prospects
    page.chips[Phase.DUE].click()
    qtbot.waitUntil(page.not_due_button.isVisible)
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Nothing is due today" in shown
    QTest.keyClick(page.not_due_button, Key.Key_Space)
    assert page.model.rowCount() == 1


# Extending


def test_more_time_takes_a_day_and_a_reason(
    due: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    def fill(dialog: ExtendDialog) -> None:
        assert dialog.until.hasFocus()
        assert not dialog.keep_button.isEnabled(), "a reason is missing"
        for _part_of_the_day in range(3):
            QTest.keyClick(dialog.until, Key.Key_Tab)
        QTest.keyClicks(focused(), "budget round")
        QTest.keyClick(focused(), Key.Key_Tab)
        QTest.keyClick(focused(), Key.Key_Tab)
        assert dialog.keep_button.hasFocus()
        QTest.keyClick(dialog.keep_button, Key.Key_Space)

    when_asked(ExtendDialog, fill)
    press(due, Key.Key_T)
    extension = Extension(LAST_DAY, dt.date(2026, 12, 1), "budget round")
    assert fitcheck.period(petra).extensions == (extension,)
    assert line(due) == "Open since 3 November, until 1 December, extended once: budget round"
    assert mark(due) == ""


def test_the_day_that_stands_is_no_extension(
    due: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    def fill(dialog: ExtendDialog) -> None:
        dialog.words.setPlainText("no other day")
        assert dialog.keep_button.isEnabled()
        dialog.until.show_day(LAST_DAY)
        assert not dialog.keep_button.isEnabled()
        dialog.until.show_day(dt.date(2026, 1, 1))
        assert dialog.until.day == LAST_DAY, "the past can't be chosen"
        QTest.keyClick(dialog, Key.Key_Escape)

    when_asked(ExtendDialog, fill)
    press(due, Key.Key_T)
    assert fitcheck.period(petra).extensions == ()


# Deciding, and taking it back


def test_the_recommendation_is_decided_by_one_key_more(
    assessed: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    def confirm(dialog: DecideDialog) -> None:
        assert dialog.choices[Action.PROCEED].isChecked()
        assert dialog.choices[Action.PROCEED].hasFocus()
        QTest.keyClick(focused(), Key.Key_Return)

    when_asked(DecideDialog, confirm)
    press(assessed, Key.Key_D)
    assert fitcheck.period(petra).decision == Decision(LAST_DAY, Action.PROCEED)
    assert line(assessed) == "Decided on 17 November: Proceed."
    details = assessed.prospects.details.period
    assert not details.extend_button.isVisible()
    assert details.decide_button.text() == "Reopen"
    assert assessed.prospects.chips[Phase.DUE].text() == "Due"


def test_otherwise_than_recommended_takes_words(
    assessed: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    def fill(dialog: DecideDialog) -> None:
        QTest.keyClick(focused(), Key.Key_Down)
        QTest.keyClick(focused(), Key.Key_Down)
        assert dialog.action is Action.DECLINE
        assert not dialog.keep_button.isEnabled()
        QTest.keyClick(focused(), Key.Key_Tab)
        QTest.keyClicks(focused(), "not our craft")
        QTest.keyClick(dialog.keep_button, Key.Key_Space)

    when_asked(DecideDialog, fill)
    press(assessed, Key.Key_D)
    assert fitcheck.period(petra).decision == Decision(LAST_DAY, Action.DECLINE, "not our craft")
    assert [each.id for each in fitcheck.prospects(phase=Phase.DECLINE)] == [petra]
    model = assessed.prospects.model
    assert model.data(model.index(0, Column.RECOMMENDATION)) == "Decided: Decline"


def test_without_a_finished_assessment_nothing_is_chosen_beforehand(
    due: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    def see(dialog: DecideDialog) -> None:
        assert dialog.action is None
        dialog.choices[Action.STAGE].click()
        assert not dialog.keep_button.isEnabled(), "in words, without an assessment"
        QTest.keyClick(dialog, Key.Key_Escape)

    when_asked(DecideDialog, see)
    press(due, Key.Key_D)
    assert fitcheck.period(petra).decision is None


def test_a_decision_is_taken_back_by_the_same_key_and_stays_to_be_read(
    due: MainWindow, fitcheck: FitCheck, petra: int
) -> None:
    fitcheck.decide(petra, Action.DECLINE, "not our craft")
    due.prospects.refresh()
    press(due, Key.Key_D)
    period = fitcheck.period(petra)
    assert period.decision is None
    assert period.taken_back == (
        (Decision(LAST_DAY, Action.DECLINE, "not our craft"), Reopening(LAST_DAY)),
    )
    assert line(due) == "Open since 3 November, until 17 November."
    assert "not our craft" in due.prospects.details.period.history.text()
    assert mark(due) == "Due today"


def test_the_buttons_do_what_the_keys_do(
    due: MainWindow, fitcheck: FitCheck, petra: int, when_asked: WhenAsked
) -> None:
    part = due.prospects.details.period
    asked: list[type[QWidget]] = []

    def see(dialog: ExtendDialog | DecideDialog) -> None:
        asked.append(type(dialog))
        dialog.reject()

    for kind, button in ((ExtendDialog, part.extend_button), (DecideDialog, part.decide_button)):
        when_asked(kind, see)
        button.setFocus()
        QTest.keyClick(button, Key.Key_Space)
    assert asked == [ExtendDialog, DecideDialog]
    assert len(fitcheck.period(petra).steps) == 1


def test_a_persons_words_are_shown_as_text(due: MainWindow, fitcheck: FitCheck, petra: int) -> None:
    fitcheck.extend(petra, dt.date(2026, 12, 1), "<b>budget</b> {said} & %s")
    due.prospects.refresh()
    assert line(due).endswith("extended once: <b>budget</b> {said} & %s")
    part = due.prospects.details.period
    assert part.line.textFormat() is Qt.TextFormat.PlainText
    assert part.history.textFormat() is Qt.TextFormat.PlainText


def test_on_other_pages_the_keys_rest(assessed: MainWindow, fitcheck: FitCheck) -> None:
    dates = assessed.prospects.dates
    assert {a for a in dates.actions if not a.isEnabled()} == {dates.follow_ups.usual}
    assessed.show_page("settings")
    assert not any(action.isEnabled() for action in dates.actions)
    assert len(fitcheck.period(1).steps) == 1


# Assessing again


def test_nothing_is_assessed_again_before_something_is_finished(
    due: MainWindow, fitcheck: FitCheck, petra: int
) -> None:
    fitcheck.begin_assessment(petra, Form.FULL)
    due.prospects.refresh()
    assert not due.prospects.dates.again.isEnabled()
    assert not due.prospects.details.again_button.isVisible()


def test_assessing_again_begins_with_the_last_answers_and_shows_what_moved(
    assessed: MainWindow, fitcheck: FitCheck, calendar: Calendar, petra: int
) -> None:
    first = fitcheck.assessments(petra)[0]
    calendar.today = dt.date(2026, 12, 1)
    press(assessed, Key.Key_A, CONTROL | SHIFT)
    assert assessed.page_name == "interview"
    interview = assessed.interview
    assert interview is not None
    assert interview.id != first.id
    assert interview.answer("effort").value == 4
    interview.set_value("effort", 1)
    press(assessed, Key.Key_F8, Qt.KeyboardModifier.NoModifier)  # an event form is quiet
    press(assessed, Key.Key_Return)
    for _face in ("the gut says nothing", "the next step stays"):
        press(assessed, Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert assessed.page_name == "verdict"
    page = assessed.pages["verdict"]
    assert isinstance(page, VerdictPage)
    assert page.sheet is not None
    moved = page.sheet.moved
    assert moved is not None
    said = "\n".join(label.text() for label in moved.findChildren(QLabel))
    assert "What moved since 17 November 2026" in said
    facet = interview.bank.by_id["effort"].facet.name
    assert f"{facet}: 5 of 5 → 2 of 5" in said
    assert "Trust: then" in moved.chart.accessibleDescription() + said
    assert fitcheck.interview(first.id).answer("effort").value == 4


def test_an_answer_from_last_time_is_marked_until_it_is_touched(
    assessed: MainWindow, calendar: Calendar
) -> None:
    calendar.today = dt.date(2026, 12, 1)
    press(assessed, Key.Key_A, CONTROL | SHIFT)
    plain = Qt.KeyboardModifier.NoModifier
    page, interview = assessed.pages["interview"], assessed.interview
    assert isinstance(page, InterviewPage)
    assert interview is not None
    here = interview.question.id
    last_time = "from last time, 17 November 2026"
    assert page.quiet
    assert last_time not in "\n".join(readable(page))
    press(assessed, Key.Key_F8, plain)

    def marks() -> list[str]:
        outline = page.body.outline
        lines = [outline.line(row) for row in range(outline.count())]
        return [line.carried for line in lines if line.id == here]

    assert marks() == [last_time]
    assert page.card.carried.isVisible()
    assert page.card.carried.text() == last_time
    assert last_time in page.card.answers.accessibleDescription()
    assert page.body.foot.said.text().startswith("From last time, 17 November 2026.")
    level = interview.answer(here).level
    assert level is not None
    press(assessed, Key(Key.Key_1 + level), plain)
    assert interview.answer(here).level == level
    assert marks() == [""]
    assert not page.card.carried.isVisible()
    assert last_time not in page.card.answers.accessibleDescription()
    press(assessed, Key.Key_Backspace, plain)
    assert marks() == [last_time]
    assert page.card.carried.isVisible()
    assert page.body.foot.said.text().startswith("Undone: the answer on")


def test_a_first_verdict_shows_nothing_that_moved(assessed: MainWindow, petra: int) -> None:
    assessed.prospects.acts.open_prospect(petra)
    page = assessed.pages["verdict"]
    assert isinstance(page, VerdictPage)
    assert page.sheet is not None
    assert page.sheet.moved is None


def test_the_button_assesses_again_too(
    assessed: MainWindow, fitcheck: FitCheck, petra: int
) -> None:
    button = assessed.prospects.details.again_button
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    assert len(fitcheck.assessments(petra)) == 2


# Over a lock


def test_what_is_being_typed_comes_back(
    due: MainWindow, assessed: MainWindow, when_asked: WhenAsked
) -> None:
    page = due.prospects
    page.stand_at({"prospect": "1"})
    typed: list[dict[str, str]] = []

    def see(dialog: ExtendDialog | DecideDialog) -> None:
        typed.append(dialog.draft())
        dialog.reject()

    drafts = (
        (ExtendDialog, {"words": "half a sen", "until": "2026-12-24"}),
        (DecideDialog, {"words": "half a sen", "action": "stage"}),
    )
    for kind, draft in drafts:
        when_asked(kind, see)
        page.resume(kind.draft_name, draft)
    assert typed == [draft for _kind, draft in drafts]
    assert assessed is due
