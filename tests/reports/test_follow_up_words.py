"""Follow-ups in short sentences: when, how far off, how often put off, and what is offered."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.follow_up import Entry, FollowUp, Move, Offer, Purpose, Standing, Suggestion
from reports.follow_up_words import (
    ahead_text,
    done_text,
    line_text,
    moves_text,
    offer_text,
    section_text,
    since_text,
    spoken_text,
    strip_heading,
    strip_text,
    taken_text,
    when_text,
)

TODAY = dt.date(2026, 11, 21)


def on(ahead: int, at: dt.time | None = None) -> FollowUp:
    return FollowUp(TODAY + dt.timedelta(ahead), Purpose.LOOK_IN, "a reason", at)


def entry(follow_up: FollowUp, name: str = "Ada") -> Entry:
    return Entry(1, 1, name, "Bell & Sons", follow_up)


@pytest.mark.parametrize(
    ("follow_up", "when", "ahead", "since"),
    [
        (on(-9), "12 November", "9 days late", "Overdue since 12 November"),
        (on(-1), "20 November", "1 day late", "Overdue since 20 November"),
        (on(0), "21 November", "today", "Due today"),
        (on(0, dt.time(9, 5)), "21 November, 09:05", "today", "Due today, 09:05"),
        (on(1), "22 November", "in 1 day", "22 November"),
        (on(60, dt.time(14)), "20 January 2027, 14:00", "in 60 days", "20 January 2027, 14:00"),
    ],
)
def test_when_it_is_and_how_far_off(follow_up: FollowUp, when: str, ahead: str, since: str) -> None:
    assert when_text(follow_up, TODAY) == when
    assert ahead_text(follow_up, TODAY) == ahead
    assert since_text(follow_up, TODAY) == since
    assert line_text(follow_up, TODAY) == f"{since}: Look in again"
    said = spoken_text(entry(follow_up), TODAY)
    assert said == f"Ada, Bell & Sons, Look in again, {since}, a reason"


def test_how_often_it_was_put_off_and_why_the_last_time() -> None:
    once = on(0).moved(Move(TODAY, TODAY + dt.timedelta(3)))
    twice = once.moved(Move(TODAY, TODAY + dt.timedelta(5), None, "ill"))
    assert moves_text(on(0), TODAY) == ""
    assert moves_text(once, TODAY) == "Moved once, from 21 November."
    assert moves_text(twice, TODAY) == (
        "Moved 2 times, at first planned for 21 November. The last time: ill"
    )
    assert done_text(on(0).done(TODAY), TODAY) == "Done on 21 November: Look in again"


def test_a_section_says_how_many_there_are_in_it() -> None:
    said = [section_text(standing, 3) for standing in Standing]
    assert said == [
        "Overdue: 3", "Due today: 3", "In the next two weeks: 3", "Later: 3", "Done: 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("overdue", "due", "said"),
    [
        (0, 0, ""),
        (1, 0, "1 follow-up overdue"),
        (0, 2, "2 follow-ups due today"),
        (2, 1, "2 follow-ups overdue, 1 due today"),
    ],
)
def test_the_first_page_counts_and_is_quiet_where_there_is_nothing(
    overdue: int, due: int, said: str
) -> None:
    assert strip_heading(overdue, due) == said


def test_the_first_page_names_a_few_and_gives_no_reason() -> None:
    said = strip_text([entry(on(-9)), entry(on(0), "Bo")], 4, TODAY)
    assert said == "Ada: Look in again (since 12 November) · Bo: Look in again (today) · 4 more"
    assert strip_text([entry(on(0))], 0, TODAY) == "Ada: Look in again (today)"


def test_what_is_offered_names_every_day_and_what_no_longer_fits() -> None:
    days = [TODAY + dt.timedelta(n) for n in (30, 90, 365)]
    suggestions = tuple(Suggestion(day, Purpose.CHECK_UP, day) for day in days)
    outcome = Suggestion(days[1], Purpose.MARK_OUTCOME, days[1])
    assert offer_text(Offer((*suggestions, outcome)), "Ada", TODAY) == (
        "Plan for Ada: check up on 21 December, 19 February 2027 and 21 November 2027; mark how it "
        "came out on 19 February 2027."
    )
    gone = Offer((), (entry(on(3)), entry(on(4))))
    assert offer_text(gone, "Ada", TODAY) == (
        "Take away 2 follow-ups that were planned for another decision."
    )
    assert offer_text(Offer(), "Ada", TODAY) == ""


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_can_be_offered(purpose: Purpose) -> None:
    said = offer_text(Offer((Suggestion(TODAY, purpose, TODAY),)), "Ada", TODAY)
    assert said.endswith("on 21 November.")


def test_what_came_of_an_offer() -> None:
    assert taken_text(1, 0, "Ada") == "1 follow-up planned for Ada."
    assert taken_text(6, 2, "Ada") == "6 follow-ups planned for Ada. 2 follow-ups taken away."
    assert taken_text(0, 1, "Ada") == "1 follow-up taken away."
