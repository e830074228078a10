"""A quarter in figures: who was met, staged, declined, won and referred, by event and by source.

A decision counts in the quarter in which it was taken, if it still stood at the quarter's end: what
is taken back later is a matter of a later quarter, and a page that was printed stays true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fitcheck.domain.period import Decision, Period
from fitcheck.domain.policy import Action


@dataclass(frozen=True, order=True)
class Quarter:
    """``number`` is 1 to 4; quarters are those of the calendar."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError("a year has four quarters")

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, 3 * self.number, 30 if self.number in (2, 3) else 31)

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def before(self) -> Quarter:
        return Quarter(*((self.year, self.number - 1) if self.number > 1 else (self.year - 1, 4)))

    @property
    def after(self) -> Quarter:
        return Quarter(*((self.year, self.number + 1) if self.number < 4 else (self.year + 1, 1)))


def quarter_of(day: dt.date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


@dataclass(frozen=True)
class Course:
    """What a quarter's page must know of one prospect: no name, no score.

    They were met on the day on which ``period`` was opened, at ``event``; ``source`` is through
    whom or what they came. ``referred_on`` are the days on which they were sent to a colleague.
    """

    period: Period = field(repr=False)
    event: str = ""
    source: str = ""
    referred_on: tuple[dt.date, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many prospects; whoever was referred was mostly declined too, and counts as both."""

    met: int = 0
    staged: int = 0
    declined: int = 0
    won: int = 0
    referred: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.met + other.met,
            self.staged + other.staged,
            self.declined + other.declined,
            self.won + other.won,
            self.referred + other.referred,
        )


NOTHING = Counts()


@dataclass(frozen=True)
class QuarterPage:
    """The counts of a quarter as a whole, and by event and by source.

    Both hold only what something was counted of, the most met first; ``""`` is where nobody wrote
    it down, and comes last. Each of the two adds up to ``total``.
    """

    quarter: Quarter
    total: Counts
    by_event: Mapping[str, Counts]
    by_source: Mapping[str, Counts]


def quarter_page(courses: Sequence[Course], quarter: Quarter) -> QuarterPage:
    counted = [(course, _counts(course, quarter)) for course in courses]
    return QuarterPage(
        quarter=quarter,
        total=sum((counts for _, counts in counted), NOTHING),
        by_event=_grouped((course.event, counts) for course, counts in counted),
        by_source=_grouped((course.source, counts) for course, counts in counted),
    )


@dataclass(frozen=True)
class Group:
    """The counts of an event or a source, and those of the quarter before."""

    name: str
    now: Counts
    before: Counts


def groups(now: Mapping[str, Counts], before: Mapping[str, Counts]) -> tuple[Group, ...]:
    """The groups of a quarter in their order, then those that only the quarter before had."""
    earlier = {name.casefold(): (name, counts) for name, counts in before.items()}
    found = [
        Group(name, c, earlier.pop(name.casefold(), ("", NOTHING))[1]) for name, c in now.items()
    ]
    found += [Group(name, NOTHING, counts) for name, counts in earlier.values()]
    return tuple(sorted(found, key=lambda group: group.name == ""))


def _counts(course: Course, quarter: Quarter) -> Counts:
    decision = _decided(course.period, quarter)
    action = decision.action if decision else None
    return Counts(
        met=int(course.period.opened in quarter),
        staged=int(action is Action.STAGE),
        declined=int(action is Action.DECLINE),
        won=int(action is Action.PROCEED),
        referred=int(any(day in quarter for day in course.referred_on)),
    )


def _decided(period: Period, quarter: Quarter) -> Decision | None:
    """The decision of that quarter which stood at its end."""
    stood = Period(tuple(step for step in period.steps if step.on <= quarter.last)).decision
    return stood if stood is not None and stood.on in quarter else None


def _grouped(counted: Iterable[tuple[str, Counts]]) -> Mapping[str, Counts]:
    """By name, whatever its case and blanks; shown as it was first written."""
    spelt: dict[str, str] = {}
    groups: dict[str, Counts] = {}
    for name, counts in counted:
        if counts == NOTHING:
            continue
        words = " ".join(name.split())
        key = words.casefold()
        spelt.setdefault(key, words)
        groups[key] = groups.get(key, NOTHING) + counts
    order = sorted(groups, key=lambda key: (key == "", -groups[key].met, key))
    return {spelt[key]: groups[key] for key in order}
