"""A period is its steps: what stands follows from them, and what was taken back stays in them."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.period import (
    Decision,
    Extension,
    Opening,
    Period,
    Reopening,
    Step,
    is_due,
    planned,
)
from fitcheck.domain.policy import Action

DAY = dt.date(2026, 11, 3)
UNTIL = dt.date(2026, 11, 17)
OPEN = Opening(DAY, UNTIL)
LONGER = Extension(DAY, dt.date(2026, 11, 30), "budget round")
DECLINED = Decision(DAY, Action.DECLINE, "not our craft")
STAGED = Decision(DAY, Action.STAGE)
AGAIN = Reopening(DAY)


def test_a_period_is_planned_for_a_fortnight() -> None:
    assert planned(DAY) == OPEN
    assert Period((OPEN,)).opened == DAY
    assert Period((OPEN,)).until == UNTIL


def test_the_last_extension_sets_the_end() -> None:
    assert Period((OPEN, LONGER)).until == LONGER.until
    assert Period((OPEN, LONGER)).extensions == (LONGER,)
    assert Period((Opening(DAY),)).until is None


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        ((OPEN,), None),
        ((OPEN, DECLINED), DECLINED),
        ((OPEN, DECLINED, AGAIN), None),
        ((OPEN, DECLINED, AGAIN, LONGER, STAGED), STAGED),
    ],
)
def test_a_decision_stands_until_it_is_taken_back(
    steps: tuple[Step, ...], stands: Decision | None
) -> None:
    period = Period(steps)
    assert period.decision == stands
    taken_back = ((DECLINED, AGAIN),) if AGAIN in steps else ()
    assert period.taken_back == taken_back


@pytest.mark.parametrize(
    ("before", "step", "fault"),
    [
        ((OPEN,), OPEN, "opened once"),
        ((OPEN,), AGAIN, "only what is decided"),
        ((OPEN,), Extension(DAY, LONGER.until, "  "), "has a reason"),
        ((OPEN,), Extension(DAY, UNTIL, "the same day"), "another day"),
        ((OPEN,), Extension(UNTIL, DAY, "the past"), "another day"),
        ((OPEN, DECLINED), LONGER, "before it is extended"),
        ((OPEN, DECLINED), STAGED, "before it is decided again"),
    ],
)
def test_steps_that_make_no_sense_are_refused(
    before: tuple[Step, ...], step: Step, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Period(before).check(step)


def test_steps_that_make_sense_are_taken() -> None:
    steps: tuple[Step, ...] = (OPEN,)
    for step in (LONGER, DECLINED, AGAIN, Extension(DAY, UNTIL, "sooner after all"), STAGED, AGAIN):
        Period(steps).check(step)
        steps = (*steps, step)


def test_it_is_due_on_its_last_day_and_after_it() -> None:
    days = [UNTIL + dt.timedelta(days=more) for more in (-1, 0, 1)]
    assert [is_due(UNTIL, False, day) for day in days] == [False, True, True]
    assert not is_due(UNTIL, True, UNTIL)
    assert not is_due(None, False, UNTIL)


def test_what_was_said_is_in_no_traceback() -> None:
    assert "budget" not in repr(LONGER)
    assert "craft" not in repr(DECLINED)
