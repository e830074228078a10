"""Everything that the book holds about one person: what they are given when they ask for it.

Nothing is left out: neither what is private to the consultant, nor what was taken back, since the
log of an assessment holds that too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookForecast, BookOutcome, BookReferral
from fitcheck.domain.history import Event
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.listed import Summary
from fitcheck.domain.period import Period


@dataclass(frozen=True)
class Logged:
    """One line of an assessment's log, and when it was written."""

    at: dt.datetime
    event: Event = field(repr=False)


@dataclass(frozen=True)
class PersonAssessment:
    """An assessment with all that lies beside it.

    ``position`` is where the interview stands (:class:`fitcheck.domain.book.StoredAssessment`);
    ``form_token`` what its blank form carries, "" if none was made.
    """

    assessment: Assessment = field(repr=False)
    started_at: dt.datetime
    finished: bool
    position: str
    summary: Summary | None
    form_token: str
    history: tuple[Logged, ...] = field(repr=False)


@dataclass(frozen=True)
class Person:
    """One prospect, whole, as the book held them on the day ``made_on``."""

    made_on: dt.date
    prospect: Prospect = field(repr=False)
    changed: dt.datetime
    keeping: Keeping
    period: Period = field(repr=False)
    assessments: tuple[PersonAssessment, ...] = field(repr=False)
    about: About = field(default=About(), repr=False)
    follow_ups: tuple[BookFollowUp, ...] = ()
    outcomes: tuple[BookOutcome, ...] = ()
    referrals: tuple[BookReferral, ...] = ()
    forecasts: Mapping[int, BookForecast] = field(default_factory=dict)
    """The odds of decisions, by the place of the step in the period."""
