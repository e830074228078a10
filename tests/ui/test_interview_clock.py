"""The interview's quiet clock: time in sight counts, over every restart, and nothing else does."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.inquiry import Inquiry
from fitcheck.interview import Interview, SaveState
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY, render_empty_sheet
from tests.ui.keyboard import Seconds
from tests.ui.showing import shown
from ui.app import make_context
from ui.context import Context
from ui.pages.interview import InterviewPage


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    return fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview, clock: Seconds) -> InterviewPage:
    return shown(qtbot, InterviewPage(context, clock), interview)


def pass_minutes(page: InterviewPage, clock: Seconds, minutes: int) -> None:
    for _minute in range(minutes):
        clock.now += 60
        page.body.head.clock.tick()


def told(page: InterviewPage) -> str:
    return page.body.head.clock.text()


def test_days_later_it_goes_on_at_the_same_question_and_minute(
    page: InterviewPage,
    interview: Interview,
    clock: Seconds,
    fitcheck: FitCheck,
    qtbot: QtBot,
) -> None:
    assert told(page) == "under a minute"
    pass_minutes(page, clock, 7)
    interview.go_to("budget")
    clock.now += 30
    page.leave()
    page.context.close()
    fitcheck.close()
    clock.now += 3 * 24 * 3600
    again = FitCheck.open(fitcheck.folder, lambda: TODAY)
    context = make_context(again, render_empty_sheet)
    reopened = shown(qtbot, InterviewPage(context, clock), again.interview(interview.id))
    assert told(reopened) == "7 minutes"
    assert reopened.body.outline.currentRow() == [q.id for q in interview.questions].index("budget")
    clock.now += 30
    reopened.body.head.clock.tick()
    assert told(reopened) == "8 minutes"
    reopened.leave()
    context.close()
    again.close()


def test_a_night_with_the_lid_closed_counts_a_minute_at_most(
    page: InterviewPage, clock: Seconds
) -> None:
    clock.now += 8 * 3600
    page.body.head.clock.tick()
    assert told(page) == "1 minute"


def test_other_pages_and_a_window_out_of_sight_stop_it(
    page: InterviewPage, clock: Seconds, qtbot: QtBot
) -> None:
    pass_minutes(page, clock, 2)
    page.leave()
    pass_minutes(page, clock, 5)
    page.enter()
    assert told(page) == "2 minutes"
    page.hide()
    pass_minutes(page, clock, 5)
    with qtbot.waitExposed(page):
        page.show()
    assert told(page) == "2 minutes"
    pass_minutes(page, clock, 1)
    assert told(page) == "3 minutes"


def test_what_was_counted_before_it_was_out_of_sight_is_written_on_leaving(
    page: InterviewPage, clock: Seconds, interview: Interview, fitcheck: FitCheck
) -> None:
    clock.now += 12
    page.hide()
    page.leave()
    # The read comes after the writes only once they have been acknowledged.
    fitcheck.save_drafts({})
    assert fitcheck.interview(interview.id).spent == 12


def test_it_is_written_every_twenty_seconds_without_a_key(
    page: InterviewPage, clock: Seconds, interview: Interview, fitcheck: FitCheck
) -> None:
    for _look in range(4):
        clock.now += 5
        page.body.head.clock.tick()
    fitcheck.save_drafts({})
    assert fitcheck.interview(interview.id).spent == 20


def test_the_twelve_minutes_of_the_inquiry_are_part_of_the_conversation(
    page: InterviewPage, clock: Seconds, interview: Interview
) -> None:
    pass_minutes(page, clock, 3)
    page.leave()
    Inquiry(interview).spend(9 * 60)
    page.enter()
    assert told(page) == "12 minutes"


def test_each_interview_has_its_own_time(
    page: InterviewPage, clock: Seconds, interview: Interview, fitcheck: FitCheck
) -> None:
    pass_minutes(page, clock, 4)
    other_id = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), Form.EVENT)
    page.leave()
    page.set_interview(fitcheck.interview(other_id))
    page.enter()
    assert told(page) == "under a minute"
    pass_minutes(page, clock, 1)
    assert told(page) == "1 minute"
    assert interview.spent == 4 * 60


def test_looking_at_a_finished_interview_takes_no_time(
    page: InterviewPage, clock: Seconds, interview: Interview
) -> None:
    pass_minutes(page, clock, 4)
    interview.finish()
    pass_minutes(page, clock, 10)
    assert told(page) == "4 minutes"
    interview.reopen()
    pass_minutes(page, clock, 1)
    assert told(page) == "5 minutes"


def test_a_place_that_was_kept_without_a_time_begins_at_none(
    fitcheck: FitCheck, interview: Interview
) -> None:
    """As books of before have it."""
    fitcheck._book.stand_at(interview.id, "budget").result()
    again = fitcheck.interview(interview.id)
    assert (again.question.id, again.spent) == ("budget", 0.0)


def test_moments_are_not_written(
    context: Context, clock: Seconds, qtbot: QtBot, fitcheck: FitCheck, interview: Interview
) -> None:
    states: list[SaveState] = []
    heard = fitcheck.interview(interview.id, lambda state, _error: states.append(state))
    page = shown(qtbot, InterviewPage(context, clock), heard)
    clock.now += 0.9
    page.leave()
    assert states == []
    page.enter()
    clock.now += 0.9
    page.leave()
    assert SaveState.SAVING in states
