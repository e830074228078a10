"""A clock that is put back or forward, by seconds or by years, while the book is in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.history import History
from fitcheck.services import FitCheck
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from tests.store.conducting import step

BEGIN = dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)

JUMPS = (
    dt.timedelta(seconds=1),
    dt.timedelta(seconds=-3),  # a step of NTP
    dt.timedelta(hours=1),  # a night in which summer time ends
    dt.timedelta(hours=-2),
    dt.timedelta(days=365 * 9),  # a year typed wrongly
    dt.timedelta(days=-365 * 9),
    dt.timedelta(days=-365 * 50),  # an empty battery
    dt.timedelta(days=365 * 50),
)


class Clock:
    """Shows what the test sets it to."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> dt.datetime:
        return self.now

    def today(self) -> dt.date:
        return self.now.date()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fitcheck(place: Path, clock: Clock) -> Iterator[FitCheck]:
    made = opened(place, clock)
    made.begin_assessment(made.add_prospect(Prospect("Ada")), Form.EVENT)
    yield made
    made.close()


def opened(place: Path, clock: Clock) -> FitCheck:
    return FitCheck(Book.open(place / "book", clock), clock.today)


def test_the_log_keeps_its_order_whatever_the_clock_says(
    place: Path, fitcheck: FitCheck, clock: Clock
) -> None:
    interview = fitcheck.interview(1)
    for number in range(9 * len(JUMPS)):
        clock.now += JUMPS[number // 9] if number % 9 == 4 else dt.timedelta(seconds=1)
        step(interview, number)
    stood = interview.question.id
    fitcheck.close()
    again = opened(place, clock)
    stored = again.interview(1)
    assert stored.assessment == interview.assessment
    assert stored.question.id == stood
    assert History.replay(again._book.load(1).events) == interview._history
    while interview.can_undo:
        assert stored.undo() == interview_undo(interview._history)
    assert not stored.can_undo
    again.close()


def interview_undo(history: History) -> object:
    """What an undo would do by this history, which then has done it."""
    event = history.undo()
    assert event is not None
    history.record(event)
    return event.change


def test_a_jump_takes_no_day_of_the_backups_and_leaves_none_due_twice(
    fitcheck: FitCheck, clock: Clock
) -> None:
    days: set[dt.date] = set()
    for jump in JUMPS:
        clock.now += jump
        made = fitcheck.safekeeping.back_up(Reason.DAILY)
        assert not fitcheck.safekeeping.due(), "one was made just now"
        copies = fitcheck.safekeeping.copies()
        assert made in copies
        days.add(made.made.date())
        assert {copy.made.date() for copy in copies} == days


@pytest.mark.parametrize("years", [-50, 9])
def test_a_phase_and_what_is_due_follow_the_clock_and_break_nothing(
    fitcheck: FitCheck, clock: Clock, years: int
) -> None:
    clock.now += dt.timedelta(days=365 * years)
    assert fitcheck.due() == (years > 0)
    until = clock.today() + dt.timedelta(days=7)
    fitcheck.extend(1, until, "they asked for it")
    period = fitcheck.period(1)
    assert period.until == until
    clock.now = BEGIN
    fitcheck.begin_assessment(1, Form.EVENT)
    assert fitcheck.period(1) == period
    assert fitcheck.due() == (years < 0)


def test_a_clock_that_is_behind_the_book_is_noticed(fitcheck: FitCheck, clock: Clock) -> None:
    assert fitcheck.surroundings.written_ahead() is None
    clock.now -= dt.timedelta(hours=23)
    assert fitcheck.surroundings.written_ahead() is None, "a journey round the world is no fault"
    clock.now -= dt.timedelta(days=300)
    ahead = fitcheck.surroundings.written_ahead()
    assert ahead is not None
    assert abs(ahead - BEGIN.date()) <= dt.timedelta(days=1), "the day by the local zone"
    fitcheck.edit_prospect(1, Prospect("Ada Bell"))
    assert fitcheck.surroundings.written_ahead() is None, "what bore that date has been changed"
