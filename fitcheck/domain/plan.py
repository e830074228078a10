"""The plan: what the two sides will do, or how they part, as the consultant wrote it.

Each section is drafted from the answers (:mod:`fitcheck.domain.drafting`) until the consultant
writes it. From then on it is kept as written, beside the draft that it was written from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fitcheck.domain.bank import Problem

MOST_ROWS = 100
"""A section holds as many lines at most."""

LONGEST_TEXT = 200_000
"""A text holds as many characters at most."""

LONGEST_LINE = 10_000
"""A name, or how somebody can be reached, holds as many characters at most."""


@dataclass(frozen=True)
class Roles:
    """Who decides what (I26), as the prospect reads it: you, I, and we together."""

    yours: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """How we will know it worked, for work that can be measured (I2)."""

    what: str
    baseline: str = ""
    target: str = ""
    by: str = ""


@dataclass(frozen=True)
class Expectation:
    """One line of the expectations ledger (I12)."""

    expected: str
    realistic: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class Cases:
    """The best and the worst that may come of it (I13); both are for the prospect to know."""

    best: str = ""
    worst: str = ""


@dataclass(frozen=True)
class Stage:
    """A small step with an exit test (I5).

    ``asks`` are the ids of the questions that will be asked again when it is over.
    """

    goal: str
    deliverable: str = ""
    time_box: str = ""
    cap: str = ""
    exit_test: str = ""
    asks: tuple[str, ...] = ()


class RiskKind(StrEnum):
    """I15: what may harm a third party, or a confidence; anything else is general."""

    GENERAL = "general"
    THIRD_PARTY = "third_party"
    CONFIDENTIALITY = "confidentiality"


@dataclass(frozen=True)
class Risk:
    """What may go wrong, whether in the task (A) or between the two sides (B, I18). Private.

    ``response`` is what the consultant means to do about it.
    """

    what: str
    problem: Problem
    kind: RiskKind = RiskKind.GENERAL
    response: str = ""


@dataclass(frozen=True)
class Referral:
    """Someone who may serve the prospect better (I6).

    ``consent_on`` is the day on which that person agreed to be named; it isn't printed.
    """

    name: str
    contact: str = ""
    why: str = ""
    consent_on: dt.date | None = None


@dataclass(frozen=True)
class Letter:
    """What a decline letter says beside its thanks (I3, I6).

    ``reason`` is one that the consultant recorded and picked; none is given by default.
    ``revisit_on`` is the open door.
    """

    reason: str = ""
    referral: Referral | None = None
    revisit_on: dt.date | None = None


@dataclass(frozen=True)
class Plan:
    """The sections that the consultant wrote; whatever is empty is drafted.

    ``promises`` are the six of I19 as sentences. ``scope`` is how extra work comes about and
    ``boundaries`` what the consultant holds to with everyone (I16). ``disagreement`` is how we go
    on where we differ; their own words on it stand before it, verbatim (I7). ``reassess_on`` is
    when the questions are asked again. ``risks`` and ``reasons`` are private; ``reasons`` are the
    consultant's own for declining, of which ``letter`` may hold one.

    ``drafted`` holds, by the name of a section, the draft that the section was written from, as a
    JSON value. A section that stands there is written even if it is empty: nothing is wanted there.
    """

    conditions: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    measures: tuple[Measure, ...] = ()
    signs_off: str = ""
    expectations: tuple[Expectation, ...] = ()
    letter: Letter = Letter()
    roles: Roles = Roles()
    promises: tuple[str, ...] = ()
    scope: str = ""
    boundaries: tuple[str, ...] = ()
    disagreement: str = ""
    cases: Cases = Cases()
    risks: tuple[Risk, ...] = ()
    reassess_on: dt.date | None = None
    reasons: tuple[str, ...] = ()
    drafted: Mapping[str, Any] = field(default_factory=dict)


class Section(StrEnum):
    """The sections of a plan that are drafted, by the names of their fields."""

    CONDITIONS = "conditions"
    ROLES = "roles"
    EXPECTATIONS = "expectations"
    PROMISES = "promises"
    SCOPE = "scope"
    BOUNDARIES = "boundaries"
    DISAGREEMENT = "disagreement"
    CASES = "cases"
    MEASURES = "measures"
    SIGNS_OFF = "signs_off"
    STAGES = "stages"
    REASSESS_ON = "reassess_on"
    RISKS = "risks"


NO_PLAN = Plan()
"""Nothing written yet."""


def is_written(plan: Plan, section: Section) -> bool:
    """Whether the consultant wrote that section; else its draft is in force."""
    return section in plan.drafted or getattr(plan, section) != getattr(NO_PLAN, section)
