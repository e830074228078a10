"""One assessment of one prospect: who, which form, what was answered and on what evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.bank import Evidence, Reference
from fitcheck.domain.plan import NO_PLAN, Plan
from fitcheck.domain.prospect import Prospect as Prospect
from fitcheck.domain.terms import Action, Appetite, Form


class Mark(StrEnum):
    """An answer without a level. Open, unknown and not applicable are never a silent zero."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Answer:
    """What stands against one question.

    ``value`` is a level 0 to 4, a :class:`Mark`, or ``None`` while only a note or a quote has been
    written. ``note`` is the consultant's and private; ``quote`` is what the prospect said.
    """

    question: str
    value: int | Mark | None
    evidence: Evidence | None = None
    note: str = ""
    quote: str = ""

    @property
    def level(self) -> int | None:
        """The level 0 to 4, or ``None`` where there is none."""
        return self.value if isinstance(self.value, int) else None


class DealBreakerState(StrEnum):
    OPEN = "open"
    CLEARED = "cleared"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Override:
    """The consultant's own decision in place of the recommendation, with the reason for it."""

    recommendation: Action
    reason: str
    date: dt.date


@dataclass(frozen=True)
class Gut:
    """What the consultant's gut said before any total was shown: kept apart, never weighed.

    ``recommendation`` is ``None`` where only words were written. Private, like a note.
    """

    recommendation: Action | None
    words: str = ""


@dataclass(frozen=True)
class NextStep:
    what: str = ""
    when: dt.date | None = None


@dataclass(frozen=True)
class Conversation:
    """What was said around the questions (I10, I21, I23, I27), and what happens next.

    ``restatement`` is what we heard; it is printed for the prospect only once
    ``confirmed_on`` says that they confirmed it; ``confirmed_at`` is the time on that day, where
    it is known. The agendas and the time are what was agreed at the start.
    """

    restatement: str = ""
    confirmed_on: dt.date | None = None
    presented_problem: str = ""
    problem_now: str = ""
    keep: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    next_step: NextStep = NextStep()
    confirmed_at: dt.time | None = None
    their_agenda: str = ""
    my_agenda: str = ""
    time_agreed: str = ""


@dataclass(frozen=True)
class Dissent:
    """What was advised, why, and what they chose instead (I9)."""

    advised: str
    why: str
    chosen: str
    date: dt.date


@dataclass(frozen=True)
class Release:
    """Private words that the consultant let stand in a document for the prospect.

    ``edition`` is the document's; ``words`` the runs that were found in it, and let pass knowingly.
    """

    date: dt.date
    edition: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """Everything that the judgement and the documents of one assessment are made from."""

    date: dt.date
    bank: Reference
    policy: Reference
    form: Form
    appetite: Appetite
    prospect: Prospect
    answers: Mapping[str, Answer] = field(default_factory=dict)
    deal_breakers: Mapping[str, DealBreakerState] = field(default_factory=dict)
    override: Override | None = None
    conversation: Conversation = Conversation()
    plan: Plan = NO_PLAN
    dissent: tuple[Dissent, ...] = ()
    gut: Gut | None = None
    releases: tuple[Release, ...] = ()
