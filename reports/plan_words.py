"""The plan in words: names of its sections and risks, and its drafts in the language in force.

What a plan's sections say lies in the domain, in English (:mod:`fitcheck.domain.draft_words`): a
draft is kept beside what was written from it, and must be the same whatever the language.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from fitcheck.domain.plan import (
    Cases,
    Expectation,
    Measure,
    Risk,
    RiskKind,
    Roles,
    Section,
    Stage,
)
from fitcheck.i18n import N_, _
from reports.words import bank_text, date_text, problem_name

T = TypeVar("T")


def spoken(value: T) -> T:
    """``value`` (a text, a frozen value or a tuple) with drafted texts in the language in force.

    What a person wrote is in no catalogue, and comes back as it is.
    """
    if isinstance(value, str) and not isinstance(value, Enum):
        return cast(T, bank_text(value))
    if isinstance(value, tuple):
        return cast(T, tuple(spoken(item) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: spoken(getattr(value, part.name)) for part in fields(value)}
        return cast(T, replace(value, **parts))
    return value


_SECTIONS = {
    Section.CONDITIONS: N_("Conditions"),
    Section.ROLES: N_("Who decides what"),
    Section.EXPECTATIONS: N_("What we expect of it"),
    Section.PROMISES: N_("What I promise"),
    Section.SCOPE: N_("If something is to change"),
    Section.BOUNDARIES: N_("What I hold to"),
    Section.DISAGREEMENT: N_("If we see it differently"),
    Section.CASES: N_("The best and the worst case"),
    Section.MEASURES: N_("How we will know that it worked"),
    Section.SIGNS_OFF: N_("Who says that it is right"),
    Section.STAGES: N_("Stages"),
    Section.REASSESS_ON: N_("When we look at it again"),
    Section.RISKS: N_("Risks"),
}


def section_name(section: Section) -> str:
    """The heading of a section on the plan page and in the private file."""
    return _(_SECTIONS[section])


def section_lines(value: Any) -> tuple[str, ...]:
    """What a section says, in short lines; none where it says nothing.

    Of an entry with several fields it is the one that names it.
    """
    match spoken(value):
        case None | "" | ():
            return ()
        case str(text):
            return (text,)
        case dt.date() as day:
            return (date_text(day),)
        case Roles(yours, mine, ours):
            parts = (
                (_("You decide: {what}"), yours),
                (_("I decide: {what}"), mine),
                (_("We decide together: {what}"), ours),
            )
            return tuple(line.format(what="; ".join(items)) for line, items in parts if items)
        case Cases(best, worst):
            cases = ((_("The best case: {what}"), best), (_("The worst case: {what}"), worst))
            return tuple(line.format(what=what) for line, what in cases if what)
        case entries:
            return tuple(f"• {_entry(entry)}" for entry in entries)


def _entry(entry: Any) -> str:
    match entry:
        case Measure(what) | Risk(what) | Expectation(what) | Stage(what):
            return what
        case _:
            return str(entry)


_KINDS = {
    RiskKind.GENERAL: N_("Risk"),
    RiskKind.THIRD_PARTY: N_("Risk to others"),
    RiskKind.CONFIDENTIALITY: N_("Risk to a confidence"),
}


def risk_kind_name(kind: RiskKind) -> str:
    """The kind of a risk (I15)."""
    return _(_KINDS[kind])


def blank_b_warning() -> str:
    """What is said where no risk is one of how the two sides get along (I18)."""
    return _(
        "No risk is written down of how you two get along (B). That is the usual blind spot: more "
        "work fails on it than on the task."
    )


@dataclass(frozen=True)
class RiskLine:
    """A risk as it is printed in the private file."""

    what: str
    kind: str
    problem: str
    response: str


def risk_line(risk: Risk) -> RiskLine:
    return RiskLine(
        bank_text(risk.what),
        risk_kind_name(risk.kind),
        problem_name(risk.problem),
        bank_text(risk.response),
    )
