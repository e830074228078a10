"""Follow-ups (I25): on which day to turn to a prospect again, what for and why.

A follow-up is never rewritten: moving it to another day is one more step, so that what was put off
again and again can be seen. Nothing here starts anything; a date only says when to think of them.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid4

from fitcheck.domain.outcome import DAYS_UNTIL
from fitcheck.domain.period import Decision, Period
from fitcheck.domain.plan import Plan
from fitcheck.domain.policy import Action

COMING_DAYS = 14
"""How far ahead the first page looks."""

LOOK_IN_MONTHS = 6
"""After a no without a day of its own: long enough for things to have changed."""

STAGE_DAYS = 28
"""How long a stage is thought to take where the plan names no day."""

CHECK_UP_MONTHS = (1, 3, 6, 12)
"""After a yes: close together at first, since what goes wrong goes wrong early."""


class Purpose(StrEnum):
    """What a follow-up is for."""

    LOOK_IN = "look_in"
    CHECK_UP = "check_up"
    """By the twelve-minute inquiry, while an engagement runs."""
    MARK_OUTCOME = "mark_outcome"
    RE_ASSESS = "re_assess"
    PHASE_END = "phase_end"
    """The planned end of the pre-consultation phase: time to decide."""


class Standing(StrEnum):
    """Where a follow-up stands today."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True)
class Move:
    """It was put on another day; the reason may be empty. ``at`` is the time, if there is one."""

    moved_on: dt.date
    to: dt.date
    at: dt.time | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class FollowUp:
    """``planned_on`` is the day that was meant first, :attr:`on` the one that is meant now.

    ``uid`` is what calendars know it by: random, so that it says nothing of anybody. ``planned_at``
    is a time on the consultant's own clock, for the few that are appointments. ``suggested_for``
    is the :attr:`Suggestion.day` of the suggestion that was taken up, whichever day was chosen.
    """

    planned_on: dt.date
    purpose: Purpose
    reason: str = field(default="", repr=False)
    planned_at: dt.time | None = None
    moves: tuple[Move, ...] = ()
    done_on: dt.date | None = None
    suggested_for: dt.date | None = None
    uid: UUID = field(default_factory=uuid4)

    @property
    def on(self) -> dt.date:
        return self.moves[-1].to if self.moves else self.planned_on

    @property
    def at(self) -> dt.time | None:
        return self.moves[-1].at if self.moves else self.planned_at

    def moved(self, move: Move) -> FollowUp:
        """The follow-up on another day; ``ValueError`` where that makes no sense."""
        if self.done_on is not None:
            raise ValueError("what is done is reopened before it is moved")
        if move.to < move.moved_on:
            raise ValueError("a follow-up is moved to today or later")
        if (move.to, move.at) == (self.on, self.at):
            raise ValueError("a follow-up is moved to another day or time")
        return replace(self, moves=(*self.moves, move))

    def done(self, day: dt.date) -> FollowUp:
        """The follow-up as done on ``day``."""
        if self.done_on is not None:
            raise ValueError("it is done already")
        return replace(self, done_on=day)

    def reopened(self) -> FollowUp:
        """The follow-up as if it had never been done: for a slip."""
        return replace(self, done_on=None)

    def standing(self, today: dt.date, days: int = COMING_DAYS) -> Standing:
        """Where it stands; it is coming up to ``days`` ahead."""
        if self.done_on is not None:
            return Standing.DONE
        ahead = (self.on - today).days
        if ahead < 0:
            return Standing.OVERDUE
        if ahead == 0:
            return Standing.DUE
        return Standing.COMING if ahead <= days else Standing.LATER


@dataclass(frozen=True)
class Entry:
    """A follow-up as the book holds it, and whom it is about."""

    id: int
    prospect_id: int
    name: str = field(repr=False)
    organisation: str = field(repr=False)
    follow_up: FollowUp


@dataclass(frozen=True)
class Agenda:
    """What the first page shows of the follow-ups that are still to be done, earliest first."""

    overdue: tuple[FollowUp, ...]
    due: tuple[FollowUp, ...]
    coming: tuple[FollowUp, ...]
    later: tuple[FollowUp, ...]


def agenda(follow_ups: Iterable[FollowUp], today: dt.date, days: int = COMING_DAYS) -> Agenda:
    """The open follow-ups by where they stand; on one day those without a time come first."""
    ordered = sorted(follow_ups, key=lambda each: (each.on, each.at or dt.time.min))

    def among(standing: Standing) -> tuple[FollowUp, ...]:
        return tuple(each for each in ordered if each.standing(today, days) is standing)

    return Agenda(
        among(Standing.OVERDUE), among(Standing.DUE), among(Standing.COMING), among(Standing.LATER)
    )


@dataclass(frozen=True)
class Suggestion:
    """A follow-up that the app would plan; the consultant says whether and when.

    ``day`` is the one that follows from the decision and tells two suggestions apart; ``on`` is
    the same, or today where that has passed.
    """

    on: dt.date
    purpose: Purpose
    day: dt.date


@dataclass(frozen=True)
class Offer:
    """What is worth planning after a decision, and what no longer fits it."""

    suggestions: tuple[Suggestion, ...] = ()
    outdated: tuple[Entry, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.suggestions or self.outdated)


def suggested(
    period: Period, plan: Plan, today: dt.date, planned: Iterable[FollowUp] = ()
) -> tuple[Suggestion, ...]:
    """What to plan as things stand, earliest first, without what is ``planned`` already.

    While nothing is decided that is the end of the phase. What lies in the past is left out, but
    the last of its purpose is put on today: a stage that ended last week is still to be looked at.
    """
    known = {
        (each.purpose, day)
        for each in planned
        for day in (each.suggested_for, each.planned_on, each.on)
    }
    wanted = _wanted(period, plan)
    last = dict(sorted(wanted, key=lambda each: each[1]))
    found = [
        Suggestion(max(day, today), purpose, day)
        for purpose, day in wanted
        if (day >= today or day == last[purpose]) and (purpose, day) not in known
    ]
    return tuple(sorted(found, key=lambda each: each.on))


def outdated(period: Period, plan: Plan, planned: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """The open ones that were suggested and no longer would be: the decision became another one.

    What the consultant thought of without a suggestion is theirs to take away.
    """
    wanted = set(_wanted(period, plan))
    return tuple(
        each
        for each in planned
        if each.done_on is None
        and each.suggested_for is not None
        and (each.purpose, each.suggested_for) not in wanted
    )


def _wanted(period: Period, plan: Plan) -> list[tuple[Purpose, dt.date]]:
    decision = period.decision
    if decision is not None:
        return _after(decision, plan)
    return [(Purpose.PHASE_END, period.until)] if period.until else []


def _after(decision: Decision, plan: Plan) -> list[tuple[Purpose, dt.date]]:
    """Whatever follows a decision, with the day as the plan or the usual delay has it."""
    on = decision.on
    if decision.action is Action.DECLINE:
        return [(Purpose.LOOK_IN, plan.letter.revisit_on or months_later(on, LOOK_IN_MONTHS))]
    outcomes = [(Purpose.MARK_OUTCOME, days_later(on, days)) for days in DAYS_UNTIL.values()]
    if decision.action is Action.STAGE:
        return [(Purpose.RE_ASSESS, plan.reassess_on or days_later(on, STAGE_DAYS)), *outcomes]
    return [
        *((Purpose.CHECK_UP, months_later(on, months)) for months in CHECK_UP_MONTHS),
        *outcomes,
    ]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_later(day: dt.date, days: int) -> dt.date:
    """So many days later, or the last day that there is."""
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))
