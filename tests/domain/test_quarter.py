"""A quarter in figures: what counts in it, and that nothing is counted twice or left out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.period import Decision, Opening, Period, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.domain.quarter import (
    NOTHING,
    Counts,
    Course,
    Group,
    Quarter,
    groups,
    quarter_of,
    quarter_page,
)

Q1, Q2 = Quarter(2028, 1), Quarter(2028, 2)
IN_Q1, IN_Q2 = dt.date(2028, 2, 29), dt.date(2028, 4, 1)


def course(*steps: Step, event: str = "", source: str = "") -> Course:
    return Course(Period((Opening(IN_Q1), *steps)), event, source)


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
def test_each_day_is_in_one_quarter(day: dt.date) -> None:
    quarter = quarter_of(day)
    assert day in quarter
    assert day not in quarter.before
    assert quarter.before.last + dt.timedelta(1) == quarter.first
    assert quarter_of(quarter.first) == quarter_of(quarter.last) == quarter
    assert quarter.before.after == quarter == quarter.after.before


def test_a_year_goes_on_into_the_next() -> None:
    assert Q1.after == Q2
    assert Q2.before == Q1
    assert Quarter(2027, 4).after == Q1
    assert Q1.before == Quarter(2027, 4)


@pytest.mark.parametrize("number", [0, 5])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="four quarters"):
        Quarter(2028, number)


@pytest.mark.parametrize(
    ("action", "counts"),
    [
        (Action.PROCEED, Counts(met=1, won=1)),
        (Action.STAGE, Counts(met=1, staged=1)),
        (Action.DECLINE, Counts(met=1, declined=1)),
    ],
)
def test_a_decision_counts_by_what_was_decided(action: Action, counts: Counts) -> None:
    assert quarter_page([course(Decision(IN_Q1, action))], Q1).total == counts


def test_a_decision_counts_in_the_quarter_in_which_it_was_taken() -> None:
    courses = [course(Decision(IN_Q2, Action.PROCEED))]
    assert quarter_page(courses, Q1).total == Counts(met=1)
    assert quarter_page(courses, Q2).total == Counts(won=1)
    assert quarter_page(courses, Q1.before).total == NOTHING


def test_a_printed_quarter_stays_true() -> None:
    declined, again = Decision(IN_Q1, Action.DECLINE), Reopening(IN_Q2)
    won = Decision(IN_Q2, Action.PROCEED)
    later = [course(declined, again, won)]
    assert quarter_page([course(declined)], Q1) == quarter_page(later, Q1)
    assert quarter_page(later, Q2).total == Counts(won=1)
    taken_back = [course(declined, Reopening(IN_Q1))]
    assert quarter_page(taken_back, Q1).total == Counts(met=1)


def test_whoever_was_referred_counts_once() -> None:
    referred = Course(Period((Opening(IN_Q1),)), referred_on=(IN_Q1, IN_Q1, IN_Q2))
    assert quarter_page([referred], Q1).total == Counts(met=1, referred=1)
    assert quarter_page([referred], Q2).total == Counts(referred=1)


def test_events_are_told_apart_whatever_their_case_and_blanks() -> None:
    courses = [
        course(),
        course(event="Small  Fair"),
        course(event="Trade fair", source="Ada"),
        course(event=" trade Fair"),
        Course(Period((Opening(dt.date(2020, 1, 1)),)), "An old one"),
    ]
    page = quarter_page(courses, Q1)
    assert list(page.by_event.items()) == [
        ("Trade fair", Counts(met=2)),
        ("Small Fair", Counts(met=1)),
        ("", Counts(met=1)),
    ]
    assert list(page.by_source) == ["Ada", ""]


_days = st.dates(dt.date(2027, 11, 1), dt.date(2028, 8, 31))
_names = st.sampled_from(["", " ", "Fair", "fair ", "Club"])


@st.composite
def courses(draw: st.DrawFn) -> Course:
    first, *more = sorted(draw(st.lists(_days, min_size=1, max_size=6)))
    steps: list[Step] = [Opening(first)]
    for at, day in enumerate(more):
        decided = Decision(day, draw(st.sampled_from(Action)))
        steps.append(Reopening(day) if at % 2 else decided)
    days = tuple(draw(st.lists(_days, max_size=3)))
    return Course(Period(tuple(steps)), draw(_names), draw(_names), days)


@given(st.lists(courses(), max_size=12))
def test_the_parts_add_up_and_everybody_is_met_once(drawn: list[Course]) -> None:
    pages = [quarter_page(drawn, Quarter(*at)) for at in [(2027, 4), (2028, 1), (2028, 2)]]
    pages.append(quarter_page(drawn, Quarter(2028, 3)))
    for page in pages:
        assert sum(page.by_event.values(), NOTHING) == page.total
        assert sum(page.by_source.values(), NOTHING) == page.total
        decided = page.total.staged + page.total.declined + page.total.won
        assert max(decided, page.total.referred, page.total.met) <= len(drawn)
    assert sum(page.total.met for page in pages) == len(drawn)


def test_a_group_stands_beside_what_it_was_whatever_its_case_and_a_vanished_one_after_it() -> None:
    one, two, three = (Counts(met=number) for number in (1, 2, 3))
    now, before = {"Fair": three, "": one}, {"FAIR": two, "Talk": one, "": two}
    assert groups(now, before) == (
        Group("Fair", three, two),
        Group("Talk", NOTHING, one),
        Group("", one, two),
    )
    assert groups({}, {}) == ()
