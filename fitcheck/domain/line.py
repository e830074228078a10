"""A prospect's line over the years (I25): each assessment and check-up, and what moved between two.

A check-up is an assessment that was made while an engagement was on: by the twelve-minute inquiry
or by any other form. So the line that began before a yes goes on after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.bank import Axis
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.moved import AxisMove, Judged, Moved, moved
from fitcheck.domain.period import Period
from fitcheck.domain.policy import Action
from fitcheck.domain.posterior import Posterior


class PointKind(StrEnum):
    ASSESSMENT = "assessment"
    CHECK_UP = "check_up"


@dataclass(frozen=True)
class Point:
    """Where the prospect stood on a day: the axes with their ranges, and the recommendation.

    ``moved`` is what moved since the point before, ``None`` at the first; ``judged`` what the point
    is made of.
    """

    on: dt.date
    kind: PointKind
    recommendation: Recommendation
    axes: Mapping[Axis, Posterior]
    moved: Moved | None
    judged: Judged = field(repr=False)


@dataclass(frozen=True)
class Years:
    """A prospect's line with what the book knows beside it: oldest first, all of it.

    ``ids`` are the assessments of the points. ``unfinished`` are interviews whose totals are
    hidden, as everywhere, and which therefore are no points.
    """

    name: str = field(repr=False)
    points: tuple[Point, ...]
    ids: tuple[int, ...]
    period: Period = field(repr=False)
    unfinished: tuple[int, ...] = ()


class Way(StrEnum):
    """Which way an axis went."""

    UP = "up"
    DOWN = "down"
    UNSURE = "unsure"
    """The ranges overlap: what moved may be chance, or one answer more."""


def line(assessments: Iterable[Judged], period: Period | None = None) -> tuple[Point, ...]:
    """The line, oldest point first; two of one day stay in the order given.

    An assessment without any answer that counts says nothing, so it is no point.
    """
    judged = sorted((each for each in assessments if _says(each)), key=_day)
    return tuple(
        Point(
            on=_day(each),
            kind=PointKind.CHECK_UP if engaged(period, _day(each)) else PointKind.ASSESSMENT,
            recommendation=each.judgement.final,
            axes=each.judgement.axes,
            moved=moved(before, each) if before is not None else None,
            judged=each,
        )
        for before, each in zip([None, *judged], judged, strict=False)
    )


def engaged(period: Period | None, day: dt.date) -> bool:
    """Whether an engagement was on: a yes of an earlier day that stood on ``day``.

    The assessment of the day of the decision is what was decided upon.
    """
    if period is None:
        return False
    stood = Period(tuple(step for step in period.steps if step.on < day)).decision
    return stood is not None and stood.action is Action.PROCEED


def way(move: AxisMove) -> Way:
    """Up or down only where the range now lies wholly beside the range then."""
    if move.now.low > move.then.high:
        return Way.UP
    return Way.DOWN if move.now.high < move.then.low else Way.UNSURE


def _day(judged: Judged) -> dt.date:
    return judged.assessment.date


def _says(judged: Judged) -> bool:
    return any(side.answered for side in judged.judgement.axes.values())
