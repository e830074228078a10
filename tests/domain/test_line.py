"""A prospect's line over time: its points, what is a check-up, and what moved between two."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Axis
from fitcheck.domain.judgement import Recommendation, Stance, judge
from fitcheck.domain.line import PointKind, Way, line, way
from fitcheck.domain.moved import AxisMove, Judged, moved
from fitcheck.domain.period import Decision, Opening, Period, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.domain.posterior import Posterior
from tests.reports import people

DAY = dt.date(2026, 11, 3)
STAGED = people.assessment(Recommendation.STAGE, Stance.SPLIT)
GOOD = replace(people.assessment(Recommendation.PROCEED, Stance.SPLIT), deal_breakers={})


def judged(assessment: Assessment, on: dt.date) -> Judged:
    assessment = replace(assessment, date=on)
    return Judged(assessment, people.BANK, judge(assessment, people.BANK, people.POLICY))


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days)


FIRST, SECOND, THIRD = judged(STAGED, DAY), judged(GOOD, later(30)), judged(GOOD, later(90))


def test_the_line_is_ordered_and_says_what_moved_since_the_point_before() -> None:
    points = line([THIRD, FIRST, SECOND])
    assert [point.on for point in points] == [DAY, later(30), later(90)]
    assert [point.moved for point in points] == [None, moved(FIRST, SECOND), moved(SECOND, THIRD)]
    assert [point.recommendation for point in points] == [
        Recommendation.STAGE,
        Recommendation.PROCEED,
        Recommendation.PROCEED,
    ]
    assert all(
        point.axes == each.judgement.axes
        for point, each in zip(points, (FIRST, SECOND, THIRD), strict=True)
    )


def test_two_of_one_day_stay_as_given() -> None:
    assert [point.recommendation for point in line([SECOND, judged(STAGED, later(30))])] == [
        Recommendation.PROCEED,
        Recommendation.STAGE,
    ]


def test_an_assessment_without_an_answer_is_no_point() -> None:
    empty = judged(replace(STAGED, answers={}), later(10))
    assert line([empty]) == line([]) == ()
    assert line([FIRST, empty, SECOND]) == line([FIRST, SECOND])


ON, OFF = Decision(later(30), Action.PROCEED), Reopening(later(60))
A, C = PointKind.ASSESSMENT, PointKind.CHECK_UP


@pytest.mark.parametrize(
    ("steps", "kinds"),
    [
        ((), [A, A, A]),
        ((ON,), [A, A, C]),
        ((ON, OFF), [A, A, A]),
        ((Decision(DAY, Action.PROCEED), OFF), [A, C, A]),
        ((Decision(DAY, Action.STAGE),), [A, A, A]),
    ],
    ids=["open", "a yes", "taken back", "a yes for a while", "a stage"],
)
def test_while_an_engagement_is_on_it_is_a_check_up(
    steps: tuple[Step, ...], kinds: list[PointKind]
) -> None:
    period = Period((Opening(DAY), *steps))
    assert [point.kind for point in line([FIRST, SECOND, THIRD], period)] == kinds


def test_an_assessment_from_before_the_phase_is_no_check_up() -> None:
    (point,) = line([judged(STAGED, later(-5))], Period((Opening(DAY), ON)))
    assert point.kind is A


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        ((0.2, 0.4), (0.5, 0.7), Way.UP),
        ((0.5, 0.7), (0.2, 0.4), Way.DOWN),
        ((0.2, 0.5), (0.5, 0.7), Way.UNSURE),
        ((0.3, 0.6), (0.2, 0.4), Way.UNSURE),
    ],
)
def test_an_axis_went_somewhere_only_where_the_ranges_lie_apart(
    then: tuple[float, float], now: tuple[float, float], found: Way
) -> None:
    was, is_ = (Posterior(Axis.TRUST, 1, 1, low, high, 3, 6) for low, high in (then, now))
    assert way(AxisMove(Axis.TRUST, was, is_)) is found
