"""What the book holds, as frozen values; those of the list are made in ``listed``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Reference
from fitcheck.domain.history import Event
from fitcheck.domain.listed import Summary
from fitcheck.domain.terms import Recommendation


@dataclass(frozen=True)
class StoredAssessment:
    """An assessment as the store holds it.

    ``position`` is the id of the question that the interview stands at ("" before the first), and
    behind it the time taken and the place in the inquiry, if there are any (:mod:`fitcheck.place`);
    ``events`` is the whole log, oldest first; ``summary`` what the list shows of it.
    """

    id: int
    prospect_id: int
    assessment: Assessment
    position: str
    finished: bool
    events: tuple[Event, ...]
    summary: Summary | None = None


@dataclass(frozen=True)
class Colleague:
    """Someone to refer a prospect to (I6); ``consent_on`` is when they agreed to be named."""

    name: str
    contact: str = ""
    good_at: str = ""
    consent_on: dt.date | None = None


@dataclass(frozen=True)
class About:
    """What is known of a prospect beyond what an assessment takes along; private, all of it.

    ``source`` is through whom or what they came. ``tags`` are the consultant's own, in the order of
    the alphabet, each once whatever its case.
    """

    source: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class StoredPolicy:
    """A policy of the consultant's own as the store holds it: its file, and when it was made."""

    reference: Reference
    text: str = field(repr=False)
    made_on: dt.date


@dataclass(frozen=True)
class StoredBank:
    """A bank of the consultant's own as the store holds it: its file, and when it was brought in.

    Its texts are the consultant's own words, not a prospect's.
    """

    reference: Reference
    text: str = field(repr=False)
    made_on: dt.date


@dataclass(frozen=True)
class PolicyChange:
    """What one assessment was recommended under its own policy and appetite, and would be now.

    ``decided`` says that the consultant has decided otherwise anyway.
    """

    assessment_id: int
    name: str
    date: dt.date
    decided: bool
    then: Recommendation
    now: Recommendation

    @property
    def changes(self) -> bool:
        return self.then is not self.now
