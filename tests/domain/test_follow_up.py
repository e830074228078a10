"""Follow-ups: what is due when, what is moved or done, and what is suggested after a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.follow_up import (
    COMING_DAYS,
    Agenda,
    FollowUp,
    Move,
    Offer,
    Purpose,
    Standing,
    Suggestion,
    agenda,
    days_later,
    months_later,
    outdated,
    suggested,
)
from fitcheck.domain.period import Decision, Extension, Opening, Period
from fitcheck.domain.plan import NO_PLAN, Letter, Plan
from fitcheck.domain.policy import Action

TODAY = dt.date(2026, 11, 22)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
FOLLOW_UP = FollowUp(TODAY, Purpose.LOOK_IN, "their budget round", uid=UUID(int=1))


def on(day: dt.date, at: dt.time | None = None, purpose: Purpose = Purpose.LOOK_IN) -> FollowUp:
    return FollowUp(day, purpose, planned_at=at)


def suggestion(day: dt.date, purpose: Purpose) -> Suggestion:
    return Suggestion(day, purpose, day)


def taken_up(each: Suggestion, on: dt.date | None = None) -> FollowUp:
    return FollowUp(on or each.on, each.purpose, suggested_for=each.day)


def decided(action: Action, day: dt.date = TODAY) -> Period:
    return Period((Opening(day), Decision(day, action)))


@pytest.mark.parametrize(
    ("ahead", "standing"),
    [
        (-1, Standing.OVERDUE),
        (0, Standing.DUE),
        (1, Standing.COMING),
        (COMING_DAYS, Standing.COMING),
        (COMING_DAYS + 1, Standing.LATER),
    ],
)
def test_a_follow_up_stands_by_its_day(ahead: int, standing: Standing) -> None:
    follow_up = on(TODAY + dt.timedelta(ahead))
    assert follow_up.standing(TODAY) is standing
    assert follow_up.done(TODAY).standing(TODAY) is Standing.DONE


def test_moving_it_keeps_the_day_that_was_meant_first() -> None:
    week = TODAY + dt.timedelta(7)
    moved = FOLLOW_UP.moved(Move(TODAY, week, dt.time(9, 30), "they are away"))
    assert (FOLLOW_UP.on, FOLLOW_UP.at) == (TODAY, None)
    assert (moved.on, moved.at, moved.planned_on) == (week, dt.time(9, 30), TODAY)
    assert moved.uid == FOLLOW_UP.uid
    # Only another time is another appointment, too.
    assert moved.moved(Move(TODAY, week)).at is None


def test_moves_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="another day or time"):
        FOLLOW_UP.moved(Move(TODAY, TODAY))
    with pytest.raises(ValueError, match="today or later"):
        FOLLOW_UP.moved(Move(TODAY, TODAY - dt.timedelta(1)))
    with pytest.raises(ValueError, match="before it is moved"):
        FOLLOW_UP.done(TODAY).moved(Move(TODAY, TODAY + dt.timedelta(1)))


def test_done_is_said_once_and_may_be_taken_back() -> None:
    done = FOLLOW_UP.done(TODAY)
    with pytest.raises(ValueError, match="done already"):
        done.done(TODAY)
    assert done.reopened() == FOLLOW_UP


def test_each_has_a_random_id_and_keeps_its_reason_to_itself() -> None:
    assert on(TODAY).uid != on(TODAY).uid
    assert on(TODAY).uid.version == 4
    assert "budget" not in repr(FOLLOW_UP)
    assert "away" not in repr(Move(TODAY, TODAY, reason="they are away"))


@given(st.lists(st.tuples(DAYS, st.none() | st.times(), st.booleans())), DAYS)
def test_the_agenda_holds_each_open_one_once_and_in_order(
    drawn: list[tuple[dt.date, dt.time | None, bool]], today: dt.date
) -> None:
    follow_ups = [replace(on(day, at), done_on=today if done else None) for day, at, done in drawn]
    found = agenda(follow_ups, today)
    listed = [*found.overdue, *found.due, *found.coming, *found.later]
    assert {each.uid for each in listed} == {e.uid for e in follow_ups if e.done_on is None}
    assert len(listed) == sum(each.done_on is None for each in follow_ups)
    assert listed == sorted(listed, key=lambda each: (each.on, each.at or dt.time.min))
    assert all(each.on < today for each in found.overdue)
    assert all(each.on == today for each in found.due)


def test_the_agenda_of_a_day_begins_with_what_has_no_time() -> None:
    past, far = on(TODAY - dt.timedelta(1)), on(TODAY + dt.timedelta(COMING_DAYS + 1))
    late, early, any_time = on(TODAY, dt.time(17)), on(TODAY, dt.time(9)), on(TODAY)
    soon = on(TODAY + dt.timedelta(1))
    found = agenda([far, late, soon, early, any_time, past, FOLLOW_UP.done(TODAY)], TODAY)
    assert found == Agenda((past,), (any_time, early, late), (soon,), (far,))


def test_an_offer_of_nothing_is_none() -> None:
    assert not Offer()
    assert Offer((suggestion(TODAY, Purpose.LOOK_IN),))


def test_an_open_phase_suggests_its_end() -> None:
    until = TODAY + dt.timedelta(14)
    assert suggested(Period((Opening(TODAY, until),)), NO_PLAN, TODAY) == (
        suggestion(until, Purpose.PHASE_END),
    )
    assert suggested(Period((Opening(TODAY),)), NO_PLAN, TODAY) == ()


def test_after_a_no_one_looks_in_again() -> None:
    period = decided(Action.DECLINE)
    assert suggested(period, NO_PLAN, TODAY) == (suggestion(dt.date(2027, 5, 22), Purpose.LOOK_IN),)
    door = dt.date(2027, 1, 10)
    plan = Plan(letter=Letter(revisit_on=door))
    assert suggested(period, plan, TODAY) == (suggestion(door, Purpose.LOOK_IN),)


def test_after_a_stage_one_assesses_again() -> None:
    outcomes = (
        suggestion(dt.date(2027, 2, 20), Purpose.MARK_OUTCOME),
        suggestion(dt.date(2027, 11, 22), Purpose.MARK_OUTCOME),
    )
    period = decided(Action.STAGE)
    usual = suggestion(dt.date(2026, 12, 20), Purpose.RE_ASSESS)
    assert suggested(period, NO_PLAN, TODAY) == (usual, *outcomes)
    end = dt.date(2026, 12, 1)
    assert suggested(period, Plan(reassess_on=end), TODAY) == (
        suggestion(end, Purpose.RE_ASSESS),
        *outcomes,
    )


def test_after_a_yes_one_checks_up_and_marks_the_outcome() -> None:
    found = suggested(decided(Action.PROCEED), NO_PLAN, TODAY)
    assert [each.on for each in found if each.purpose is Purpose.CHECK_UP] == [
        dt.date(2026, 12, 22),
        dt.date(2027, 2, 22),
        dt.date(2027, 5, 22),
        dt.date(2027, 11, 22),
    ]
    assert sum(each.purpose is Purpose.MARK_OUTCOME for each in found) == 2
    assert list(found) == sorted(found, key=lambda each: each.on)


def test_of_what_lies_in_the_past_the_last_is_put_on_today() -> None:
    long_ago = decided(Action.PROCEED, dt.date(2020, 1, 1))
    assert set(suggested(long_ago, NO_PLAN, TODAY)) == {
        Suggestion(TODAY, Purpose.CHECK_UP, dt.date(2021, 1, 1)),
        Suggestion(TODAY, Purpose.MARK_OUTCOME, dt.date(2020, 12, 31)),
    }


@given(st.sampled_from(Action), DAYS, DAYS)
def test_nothing_is_suggested_for_the_past_nor_once_it_is_planned(
    action: Action, day: dt.date, today: dt.date
) -> None:
    period = decided(action, day)
    found = suggested(period, NO_PLAN, today)
    assert found
    assert all(each.on >= today for each in found)
    planned = [taken_up(each, days_later(each.on, 3)) for each in found]
    assert suggested(period, NO_PLAN, today, planned) == ()
    moved = [each.moved(Move(today, days_later(each.on, 400))) for each in planned]
    assert suggested(period, NO_PLAN, today, moved) == ()
    done = [each.done(today) for each in planned]
    assert suggested(period, NO_PLAN, today, done) == ()
    assert outdated(period, NO_PLAN, planned) == ()


def test_what_was_planned_for_the_same_day_by_hand_is_not_suggested() -> None:
    period = decided(Action.DECLINE)
    (found,) = suggested(period, NO_PLAN, TODAY)
    by_hand = FollowUp(TODAY, Purpose.LOOK_IN)
    assert suggested(period, NO_PLAN, TODAY, [by_hand]) == (found,)
    assert suggested(period, NO_PLAN, TODAY, [on(found.on, purpose=Purpose.CHECK_UP)]) == (found,)
    assert suggested(period, NO_PLAN, TODAY, [on(found.on)]) == ()
    assert suggested(period, NO_PLAN, TODAY, [by_hand.moved(Move(TODAY, found.on))]) == ()


def test_another_decision_makes_what_was_suggested_before_it_outdated() -> None:
    (look_in,) = map(taken_up, suggested(decided(Action.DECLINE), NO_PLAN, TODAY))
    by_hand = on(TODAY)
    now = decided(Action.PROCEED)
    assert outdated(now, NO_PLAN, [look_in, by_hand]) == (look_in,)
    assert outdated(now, NO_PLAN, [look_in.done(TODAY)]) == ()
    until = TODAY + dt.timedelta(14)
    opened = Opening(TODAY, until)
    (end,) = map(taken_up, suggested(Period((opened,)), NO_PLAN, TODAY))
    extended = Period((opened, Extension(TODAY, until + dt.timedelta(7), "they are away")))
    assert outdated(extended, NO_PLAN, [end]) == (end,)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2026, 12, 31), 6, dt.date(2027, 6, 30)),
        (dt.date(9999, 12, 1), 1, dt.date.max),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(
    day: dt.date, months: int, later: dt.date
) -> None:
    assert months_later(day, months) == later


@given(st.dates(max_value=dt.date(9990, 1, 1)), st.integers(0, 60))
def test_so_many_months_later_is_in_that_month(day: dt.date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + dt.timedelta(1)).day == 1


def test_no_day_comes_after_the_last() -> None:
    assert days_later(dt.date.max, 90) == dt.date.max
    assert days_later(dt.date(2028, 2, 28), 1) == dt.date(2028, 2, 29)
