"""Follow-ups in the window by keys alone: planned, put off, done, undone, taken to a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar as ReadCalendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.follow_up import FollowUp, Purpose, Standing
from fitcheck.domain.outcome import Sign
from fitcheck.domain.policy import Action
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY
from tests.ui.keyboard import press
from tests.ui.reach import astray, nameless
from ui import messages
from ui.dialogs.calendar_file import CalendarDialog, Which
from ui.dialogs.follow_up import FollowUpDialog, MoveDialog
from ui.dialogs.period import DecideDialog
from ui.main_window import MainWindow
from ui.pages.agenda import AgendaPage
from ui.widgets.agenda_body import AgendaBody

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


def later(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


def plan(fitcheck: FitCheck, who: int, ahead: int, reason: str = "") -> int:
    """A follow-up on any day, past ones, too."""
    follow_up = FollowUp(later(ahead), Purpose.LOOK_IN, reason)
    (id_,) = fitcheck._book.follow_ups.add(who, [follow_up]).result()
    return id_


@pytest.fixture
def ada(fitcheck: FitCheck) -> int:
    return fitcheck.add_prospect(Prospect("Ada Bell", "Bell & Sons"))


@pytest.fixture
def four(fitcheck: FitCheck, ada: int) -> list[int]:
    """One overdue, one due, one that comes soon, one later."""
    return [plan(fitcheck, ada, ahead, f"why {ahead}") for ahead in (-3, 0, 5, 90)]


def agenda(window: MainWindow) -> tuple[AgendaPage, AgendaBody]:
    QTest.keyClick(window, Key.Key_6, CONTROL)
    page = window.following.agenda
    assert window.page_name == "agenda"
    assert page.body is not None
    return page, page.body


def back(qtbot: QtBot, window: MainWindow) -> None:
    """The dialog has gone; the offscreen platform gives the keys back only if asked to."""
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)


def rows(page: AgendaPage) -> list[str | int]:
    """What the list shows: headings as their text, follow-ups by their ids."""
    found: list[str | int] = []
    for number in range(page.model.rowCount()):
        row = page.model.row(number)
        found.append(page.model.heading(row) if isinstance(row, Standing) else row.id)
    return found


def test_nothing_to_follow_up_explains_itself_and_one_is_planned_from_there(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    fitcheck.add_prospect(Prospect("Bo Lind"))
    fitcheck.add_prospect(Prospect("Ada Bell"))
    page, body = agenda(window)
    assert body.views.currentIndex() == 1
    assert QApplication.focusWidget() is body.first_button

    def fill(dialog: FollowUpDialog) -> None:
        assert dialog.who is not None
        dialog.who.line.setText("nobody of that name")
        assert not dialog.keep_button.isEnabled()
        dialog.accept()
        assert dialog.isVisible()
        dialog.who.line.setText("l")
        dialog.who.line.setText("b")
        press(Key.Key_Down)
        dialog.purpose.setCurrentIndex(1)
        dialog.when.day.show_day(later(3))
        dialog.when.timed.click()
        dialog.reason.setPlainText(" the budget ")
        dialog.keep_button.click()

    when_asked(FollowUpDialog, fill)
    press(Key.Key_N)
    (entry,) = fitcheck.follow_ups.page()
    follow_up = entry.follow_up
    assert (entry.name, follow_up.on, follow_up.at) == ("Bo Lind", later(3), dt.time(9))
    assert (follow_up.purpose, follow_up.reason) == (Purpose.CHECK_UP, "the budget")
    assert rows(page) == ["In the next two weeks: 1", entry.id]
    assert "Bo Lind" in body.said.text()
    back(qtbot, window)
    press(Key.Key_Z, modifier=CONTROL)
    assert fitcheck.follow_ups.page() == ()
    assert body.views.currentIndex() == 1


def test_they_stand_under_headings_and_the_keys_go_from_one_to_the_next(
    window: MainWindow, four: list[int]
) -> None:
    page, body = agenda(window)
    assert rows(page) == [
        "Overdue: 1", four[0], "Due today: 1", four[1],
        "In the next two weeks: 1", four[2], "Later: 1", four[3],
    ]  # fmt: skip
    assert QApplication.focusWidget() is body.list
    seen = []
    for _step in four:
        current = body.list.current()
        assert current is not None
        seen.append(current.id)
        press(Key.Key_Down)
    assert seen == four
    assert body.why.text() == "why 90"
    assert [*nameless(window), *astray(window)] == []


def test_done_and_put_off_act_on_what_is_chosen_and_undo_takes_each_back(
    window: MainWindow, fitcheck: FitCheck, four: list[int]
) -> None:
    page, body = agenda(window)
    before = fitcheck.follow_ups.page()
    press(Key.Key_D)
    assert fitcheck.follow_ups.entry(four[0]).follow_up.done_on == TODAY
    assert [entry.id for entry in body.list.entries()] == [four[1]], "the next one is at hand"
    press(Key.Key_Plus)
    assert fitcheck.follow_ups.entry(four[1]).follow_up.on == later(1)
    press(Key.Key_W)
    assert fitcheck.follow_ups.entry(four[1]).follow_up.on == later(8)
    press(Key.Key_M)
    assert fitcheck.follow_ups.entry(four[1]).follow_up.on == dt.date(2026, 12, 29)
    press(Key.Key_Delete)
    assert len(fitcheck.follow_ups.page()) == 2
    for _change in range(5):
        press(Key.Key_Z, modifier=CONTROL)
    assert fitcheck.follow_ups.page() == before
    assert not body.buttons["undo"].isVisible()
    press(Key.Key_Z, modifier=CONTROL)
    assert fitcheck.follow_ups.page() == before
    assert len(rows(page)) == 8


def test_several_at_once_are_moved_and_one_undo_brings_all_back(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, four: list[int], when_asked: WhenAsked
) -> None:
    _page, body = agenda(window)
    before = fitcheck.follow_ups.page()
    body.list.selectAll()
    assert "4" in body.who.text()
    assert not body.buttons["open"].isEnabled()

    def fill(dialog: MoveDialog) -> None:
        dialog.when.day.show_day(later(30))
        dialog.reason.setPlainText("the fair")
        dialog.keep_button.click()

    when_asked(MoveDialog, fill)
    press(Key.Key_T)
    for id_ in four:
        follow_up = fitcheck.follow_ups.entry(id_).follow_up
        assert (follow_up.on, follow_up.moves[-1].reason) == (later(30), "the fair")
    back(qtbot, window)
    press(Key.Key_Z, modifier=CONTROL)
    assert fitcheck.follow_ups.page() == before


def test_moving_one_to_where_it_is_cant_be_agreed_to(
    window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
) -> None:
    plan(fitcheck, ada, 4)
    agenda(window)

    def see(dialog: MoveDialog) -> None:
        assert not dialog.keep_button.isEnabled()
        dialog.when.timed.click()
        assert dialog.keep_button.isEnabled()
        dialog.reject()

    when_asked(MoveDialog, see)
    press(Key.Key_T)
    assert fitcheck.follow_ups.page()[0].follow_up.moves == ()


def test_a_page_more_is_fetched_as_one_scrolls(
    window: MainWindow, fitcheck: FitCheck, ada: int
) -> None:
    many = tuple(FollowUp(later(n // 9), Purpose.LOOK_IN) for n in range(230))
    fitcheck._book.follow_ups.add(ada, many).result()
    page, body = agenda(window)
    assert page.model.rowCount() < 230
    for _page in range(5):
        body.list.scrollToBottom()
        QApplication.processEvents()
    fetched = [row for row in rows(page) if isinstance(row, int)]
    assert len(fetched) == len(set(fetched)) == 230
    assert "230" in body.count.text()
    page.refresh()
    assert len([row for row in rows(page) if isinstance(row, int)]) == 230


def test_it_leads_to_the_prospect_and_comes_back_over_a_lock(
    window: MainWindow, fitcheck: FitCheck, four: list[int]
) -> None:
    other = fitcheck.add_prospect(Prospect("Cy Moss"))
    page, body = agenda(window)
    press(Key.Key_Down)
    place = page.place()
    press(Key.Key_P)
    assert window.page_name == "prospects"
    current = window.prospects.current()
    assert current is not None
    assert current.prospect.name == "Ada Bell"
    assert current.id != other
    body.list.choose(7)
    page.stand_at(place)
    page.enter()
    assert [entry.id for entry in body.list.entries()] == [four[1]]


def test_the_first_page_names_who_is_due_and_a_key_leads_there(
    window: MainWindow, fitcheck: FitCheck, ada: int
) -> None:
    strip = window.prospects.dates.follow_ups.strip
    assert not strip.isVisible()
    for ahead in (-3, -2, -1, 0, 4):
        plan(fitcheck, ada, ahead, "private words")
    window.show_page("settings")
    window.show_page("prospects")
    assert strip.due.isVisible()
    assert strip.due_heading.text() == "3 follow-ups overdue, 1 due today"
    said = strip.due_text.text()
    assert said.startswith("Ada Bell: Look in again (since 18 November) · ")
    assert said.endswith(" · 1 more")
    assert "private" not in said
    strip.agenda_button.click()
    assert window.page_name == "agenda"


def test_after_a_decision_the_usual_is_offered_planned_and_taken_back(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
) -> None:
    page = window.prospects
    page.enter()
    strip = page.dates.follow_ups.strip

    def decide(dialog: DecideDialog) -> None:
        dialog.choices[Action.PROCEED].click()
        dialog.words.setPlainText("They are good.")
        dialog.keep_button.click()

    when_asked(DecideDialog, decide)
    press(Key.Key_D, modifier=CONTROL)
    assert strip.offer.isVisible()
    said = strip.offer_text.text()
    assert said.startswith("Plan for Ada Bell: check up on 21 December, 21 February 2027, ")
    assert fitcheck.follow_ups.of_prospect(ada) == (), "nothing is planned unasked"
    strip.refuse_button.click()
    assert not strip.isVisible()
    back(qtbot, window)
    window.prospects.table.setFocus()
    press(Key.Key_P, modifier=CONTROL | SHIFT)
    assert strip.offer_text.text() == said
    strip.agree_button.click()
    assert len(fitcheck.follow_ups.of_prospect(ada)) == 6
    assert not page.dates.follow_ups.usual.isEnabled()
    part = page.details.period.follow_ups
    assert part.coming.text().startswith("21 December: Check up")
    strip.undo_button.click()
    assert fitcheck.follow_ups.of_prospect(ada) == ()
    assert not strip.isVisible()


def test_beside_the_list_a_follow_up_of_the_chosen_one_is_planned_by_key(
    window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
) -> None:
    window.prospects.enter()
    part = window.prospects.details.period.follow_ups
    assert part.coming.text() == "None planned."

    def fill(dialog: FollowUpDialog) -> None:
        assert dialog.who is None
        dialog.when.day.show_day(TODAY)
        dialog.keep_button.click()

    when_asked(FollowUpDialog, fill)
    press(Key.Key_D, modifier=CONTROL | SHIFT)
    assert part.late.text() == "Due today: Look in again"
    assert window.prospects.dates.follow_ups.strip.due.isVisible()
    (entry,) = fitcheck.follow_ups.of_prospect(ada)
    fitcheck.follow_ups.done([entry.id])
    window.prospects.refresh()
    assert part.past.text() == "Done on 21 November: Look in again"


@pytest.mark.parametrize("names", [False, True])
def test_a_calendar_file_holds_what_was_chosen_and_names_only_if_asked(
    window: MainWindow,
    four: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    when_asked: WhenAsked,
    names: bool,
) -> None:
    target = tmp_path / "follow-ups.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    _page, body = agenda(window)
    body.list.choose(3)

    def choose(dialog: CalendarDialog) -> None:
        dialog.choices[Which.CHOSEN].click()
        dialog.names.setChecked(names)
        dialog.accept()

    when_asked(CalendarDialog, choose)
    press(Key.Key_S, modifier=CONTROL)
    # Without types: for the library a property may be of some thirty.
    events: tuple[Any, ...] = tuple(ReadCalendar.from_ical(target.read_bytes()).events)
    (event,) = events
    assert event["DTSTART"].dt == TODAY
    assert ("Ada" in event["SUMMARY"]) is names
    assert "DESCRIPTION" not in event
    assert four
    told = [w for w in QApplication.topLevelWidgets() if isinstance(w, messages.MessageWindow)]
    assert any(each.isVisible() for each in told)


def test_a_calendar_file_of_one_prospect_holds_all_of_theirs(
    window: MainWindow,
    fitcheck: FitCheck,
    four: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    when_asked: WhenAsked,
) -> None:
    plan(fitcheck, fitcheck.add_prospect(Prospect("Bo Lind")), 1)
    target = tmp_path / "theirs.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    agenda(window)

    def choose(dialog: CalendarDialog) -> None:
        dialog.choices[Which.OF_PROSPECT].click()
        dialog.accept()

    when_asked(CalendarDialog, choose)
    press(Key.Key_S, modifier=CONTROL)
    assert target.read_bytes().count(b"BEGIN:VEVENT") == len(four)


def test_a_check_up_begins_where_the_last_one_ended_in_the_inquiry(
    window: MainWindow, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    first = fitcheck.add_assessment(load_demo()[0])
    who = fitcheck.interview(first).prospect_id
    plan(fitcheck, who, 0)
    agenda(window)
    press(Key.Key_C)
    assert window.page_name == "inquiry"
    assert window.interview is not None
    assert window.interview.id != first
    assert window.interview.assessment.answers == fitcheck.interview(first).assessment.answers
    qtbot.waitUntil(lambda: not window.context.busy)


def test_an_outcome_is_marked_from_the_agenda_and_ticks_it_off(
    window: MainWindow, fitcheck: FitCheck, ada: int, qtbot: QtBot
) -> None:
    fitcheck.decide(ada, Action.PROCEED, "because")
    done = fitcheck._book.follow_ups.add(ada, [FollowUp(TODAY, Purpose.MARK_OUTCOME)]).result()
    _page, body = agenda(window)
    assert not body.buttons["outcome"].isHidden()
    press(Key.Key_O)
    assert window.page_name == "record"
    fitcheck.outcomes.mark(ada, frozenset(Sign))
    assert fitcheck.follow_ups.entry(done[0]).follow_up.done_on == TODAY
    qtbot.waitUntil(lambda: not window.context.busy)


def test_who_is_erased_is_offered_nothing_more(
    window: MainWindow, fitcheck: FitCheck, ada: int
) -> None:
    window.prospects.enter()
    actions = window.prospects.dates.follow_ups
    fitcheck.decide(ada, Action.DECLINE)
    actions.decided(ada, "Ada Bell")
    assert "Ada" in actions.strip.offer_text.text()
    actions.let_go_of(ada)
    assert not actions.strip.isVisible()
    assert actions.strip.offer_text.text() == ""
