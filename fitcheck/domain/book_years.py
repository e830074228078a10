"""What comes of a prospect after the first talk, as a whole book's file and their own say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Result

Uid = Annotated[str, "[0-9a-f]{32}", "32 digits of 0 to 9 and a to f"]
"""What tells something from everything else, in whatever book."""


@dataclass(frozen=True)
class BookMove:
    """A follow-up was put on another day."""

    moved_on: dt.date
    to: dt.date
    at: dt.time | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class BookFollowUp:
    """A day to turn to a prospect again, as it was planned, and every move since."""

    uid: Uid
    purpose: Purpose
    planned_on: dt.date
    planned_at: dt.time | None = None
    reason: str = field(default="", repr=False)
    moves: tuple[BookMove, ...] = ()
    done_on: dt.date | None = None
    suggested_for: dt.date | None = None

    @property
    def on(self) -> dt.date:
        """The day that is meant now."""
        return self.moves[-1].to if self.moves else self.planned_on

    @property
    def at(self) -> dt.time | None:
        return self.moves[-1].at if self.moves else self.planned_at


@dataclass(frozen=True)
class BookForecast:
    """The odds as they stood at a decision. ``axes`` and ``evidence`` are scores from 0 to 1.

    ``model`` is undecided where it was too early to recommend anything.
    """

    assessment_date: dt.date
    model: Recommendation
    gut: Action | None
    final: Action
    good: float
    workable: float
    poor: float
    axes: Mapping[Axis, float]
    evidence: Mapping[Evidence, float]

    @property
    def scores(self) -> tuple[float, ...]:
        """Everything that lies between 0 and 1."""
        odds = (self.good, self.workable, self.poor)
        return (*odds, *self.axes.values(), *self.evidence.values())


@dataclass(frozen=True)
class BookOutcome:
    """What was marked of an engagement on one occasion."""

    occasion: Occasion
    on: dt.date
    signs: tuple[Sign, ...]
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class BookReferral:
    """To whom a prospect was sent, and what came of it.

    ``colleague`` is the number of the colleague's line among those of the file, from one; ``None``
    where they are no longer in the book. ``name`` is what they were called then.
    """

    name: str = field(repr=False)
    on: dt.date
    result: Result
    colleague: int | None = None
    result_on: dt.date | None = None
    words: str = field(default="", repr=False)
