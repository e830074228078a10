"""A whole book as it is taken to another computer: what each line of its file says.

The file's published schema is made from these types, and its lines are checked against them
(docs/decisions/0021-whole-book-file.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fitcheck.domain.assessment import DealBreakerState, Mark
from fitcheck.domain.bank import Evidence, Form, Reference
from fitcheck.domain.book import About
from fitcheck.domain.book_years import (
    BookFollowUp,
    BookForecast,
    BookOutcome,
    BookReferral,
    Uid,
)
from fitcheck.domain.history import EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.profile import Paper

VERSION: Literal[2] = 2
"""Of the file's format. A file of version 1 has no banks, and nothing of the years after."""


@dataclass(frozen=True)
class BookHead:
    """The first line. The counts let a reader say how far it is."""

    format: Literal["fitcheck/book"]
    format_version: Literal[1, 2]
    made_at: dt.datetime
    prospects: int
    assessments: int


@dataclass(frozen=True)
class BookBank:
    """A bank of the consultant's own; they come in the order in which they were brought in."""

    id: str
    version: str
    text: str = field(repr=False)
    made_on: dt.date


@dataclass(frozen=True)
class BookPolicy:
    """A policy of the consultant's own; they come in the order in which they were made."""

    id: str
    version: str
    text: str = field(repr=False)
    made_on: dt.date


@dataclass(frozen=True)
class BookColleague:
    name: str = field(repr=False)
    contact: str = field(repr=False)
    good_at: str = field(repr=False)
    consent_on: dt.date | None


@dataclass(frozen=True)
class BookProfile:
    """``logo`` is a PNG or JPEG in base 64."""

    name: str = ""
    business: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    address: str = ""
    accent: Annotated[str, "#[0-9a-fA-F]{6}", "a colour as #rrggbb"] = ""
    logo: Annotated[str, "[A-Za-z0-9+/]*={0,2}", "base 64"] = field(default="", repr=False)
    boundaries: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookPreferences:
    """What was chosen, as far as it isn't about one computer."""

    profile: BookProfile = field(repr=False)
    paper: Paper
    appetite: Appetite
    own_policy: bool
    show_totals: bool
    keep_years: int
    own_bank: str = ""
    """The id and version of the bank that new assessments begin with; "" for the shipped one."""


@dataclass(frozen=True)
class BookErased:
    """Who was erased, by what leads to nothing any more."""

    uid: Uid
    day: dt.date


@dataclass(frozen=True)
class BookContact:
    name: str = field(repr=False)
    organisation: str = field(default="", repr=False)
    role: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    met_at: str = field(default="", repr=False)


StepKind = Literal["opened", "extended", "decided", "reopened"]


@dataclass(frozen=True)
class BookStep:
    """A step of the pre-consultation phase; ``words`` are the reason of an extension, or what was
    said of a decision. ``forecast`` is how the odds stood at one."""

    step: StepKind
    on: dt.date
    until: dt.date | None = None
    action: Action | None = None
    words: str = field(default="", repr=False)
    forecast: BookForecast | None = None


@dataclass(frozen=True)
class BookProspect:
    """A prospect; ``assessments`` are the uids of those that follow, each with its history.

    They have more than one uid where two books turned out to know the same person.
    """

    uids: tuple[Uid, ...]
    contact: BookContact
    changed: dt.datetime
    kept_until: dt.date | None
    kept_on: dt.date | None
    period: tuple[BookStep, ...]
    assessments: tuple[Uid, ...]
    about: About = field(default=About(), repr=False)
    follow_ups: tuple[BookFollowUp, ...] = ()
    outcomes: tuple[BookOutcome, ...] = ()
    referrals: tuple[BookReferral, ...] = ()


@dataclass(frozen=True)
class BookAnswer:
    question: str
    value: Literal[0, 1, 2, 3, 4] | Mark | None
    evidence: Evidence | None = None
    note: str = field(default="", repr=False)
    quote: str = field(default="", repr=False)


@dataclass(frozen=True)
class BookDealBreaker:
    id: str
    state: DealBreakerState


@dataclass(frozen=True)
class BookSummary:
    recommendation: Recommendation
    leaning: bool
    good: float
    workable: float
    poor: float
    answered: int
    asked: int


@dataclass(frozen=True)
class BookAssessment:
    """An assessment of the prospect before it. ``fields`` are those of
    :data:`fitcheck.changes.FIELD_TYPES`; ``events`` says how many lines its history has."""

    uid: Uid
    date: dt.date
    form: Form
    appetite: Appetite
    bank: Reference
    policy: Reference
    position: str = field(repr=False)
    finished: bool
    started_at: dt.datetime
    summary: BookSummary | None
    form_token: str = field(repr=False)
    answers: tuple[BookAnswer, ...]
    deal_breakers: tuple[BookDealBreaker, ...]
    fields: Mapping[str, Any] = field(repr=False)
    events: int


@dataclass(frozen=True)
class BookEvent:
    """One line of an assessment's history."""

    at: dt.datetime
    kind: EventKind
    subject: Subject
    key: str
    before: Any = field(repr=False)
    after: Any = field(repr=False)


@dataclass(frozen=True)
class BookHistory:
    """The next lines of the history of the assessment before it, oldest first."""

    events: tuple[BookEvent, ...]


@dataclass(frozen=True)
class BookEnd:
    """The last line: how many came before it."""

    lines: int


Record = (
    BookHead
    | BookBank
    | BookPolicy
    | BookColleague
    | BookPreferences
    | BookErased
    | BookProspect
    | BookAssessment
    | BookHistory
    | BookEnd
)

RECORDS: dict[str, type[Any]] = {
    "bank": BookBank,
    "policy": BookPolicy,
    "colleague": BookColleague,
    "preferences": BookPreferences,
    "erased": BookErased,
    "prospect": BookProspect,
    "assessment": BookAssessment,
    "history": BookHistory,
    "end": BookEnd,
}
"""Every line but the first is an object with one of these keys; they come in this order, the middle
three again for each prospect and assessment."""
