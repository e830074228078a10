"""What the list of prospects shows, and what it is asked: one frozen value a line.

All that the first look at a book needs of the domain, and nothing else: it is imported before the
list is shown (decision 35).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.prospect import Prospect
from fitcheck.domain.terms import Action, Form, Recommendation

SIZE = 50
"""Lines of a page, where nothing else is said: more than a window shows at once."""


class Phase(StrEnum):
    """Which prospects the list shows; those that are due are among the others, too."""

    ALL = "all"
    OPEN = "open"
    PROCEED = "proceed"
    STAGE = "stage"
    DECLINE = "decline"
    DUE = "due"


@dataclass(frozen=True)
class Summary:
    """What the list shows of a judgement, kept beside the assessment so that lists stay quick.

    ``good``, ``workable`` and ``poor`` are the odds; ``answered`` of ``asked`` is the progress.
    ``recommendation`` is the final one (an override counts), ``leaning`` or firm.
    """

    recommendation: Recommendation
    leaning: bool
    good: float
    workable: float
    poor: float
    answered: int
    asked: int


@dataclass(frozen=True)
class AssessmentLine:
    """One assessment of a prospect. ``summary`` is absent until something was answered."""

    id: int
    date: dt.date
    form: Form
    finished: bool
    summary: Summary | None


@dataclass(frozen=True)
class ProspectLine:
    """One prospect with the latest assessment, if there is one.

    ``decided`` is what was decided at the end of the pre-consultation phase; ``until`` the planned
    end of one that is still open, ``None`` where it has none. ``trend`` is by how much the odds of
    a good match moved since the time before, 0 where nothing can be said; ``tags`` are the
    consultant's own. ``follow_up`` is the day of the first follow-up that is to be done.
    """

    id: int
    prospect: Prospect
    changed: dt.datetime
    latest: AssessmentLine | None
    until: dt.date | None = None
    decided: Action | None = None
    trend: float = 0.0
    tags: tuple[str, ...] = field(default=(), repr=False)
    follow_up: dt.date | None = None

    @property
    def due(self) -> dt.date | None:
        """When something is to be done next: decided, or followed up."""
        days = (day for day in (self.until, self.follow_up) if day is not None)
        return min(days, default=None)


class Sort(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    ORGANISATION = "organisation"
    MET_AT = "met_at"
    FORM = "form"
    ANSWERED = "answered"
    STANDING = "standing"
    """What was decided or recommended: to proceed first, then the best odds first."""
    DATE = "date"
    CHANGED = "changed"
    DUE = "due"
    TREND = "trend"
    """By how much the odds of a good match moved since the time before."""
    TAGS = "tags"


@dataclass(frozen=True)
class Query:
    """Which prospects, and in which order.

    Each word of ``search`` has to be in what is known of somebody: name, organisation, role, place
    of meeting, a note or a quote; from three letters on anywhere, before that where a word begins.
    ``recommendation`` is that of the latest assessment, as far as it is shown: of an interview
    that isn't finished only with ``show_totals``. ``met_at`` is the whole place, whatever its case,
    and so is ``tag``.
    Who is equal is in the order in which they were added, turned round with all the rest.
    """

    search: str = field(default="", repr=False)
    phase: Phase = Phase.ALL
    recommendation: Recommendation | None = None
    met_at: str | None = field(default=None, repr=False)
    tag: str | None = field(default=None, repr=False)
    sort: Sort = Sort.CHANGED
    descending: bool = True
    show_totals: bool = False


@dataclass(frozen=True)
class SortKey:
    """Where in the order of a query a prospect stands, whether or not they are still there."""

    value: str | float = field(repr=False)
    id: int


@dataclass(frozen=True)
class Page:
    """Some prospects in the order of a query; ``first`` and ``last`` lead to the ones around.

    ``more``: there are others, in the direction in which the page was asked for.
    """

    lines: tuple[ProspectLine, ...]
    first: SortKey | None
    last: SortKey | None
    more: bool


@dataclass(frozen=True)
class Found:
    """What a query comes to: how many there are, and those that are to be seen first.

    ``number`` is less than there are unless it is ``exact``. ``page`` begins at ``row``; ``place``
    is the row of the prospect who was chosen before, ``None`` where it isn't near.
    """

    query: Query
    number: int
    exact: bool
    row: int
    page: Page
    place: int | None
