"""Any JSON value of an assessment, taken apart into texts, each with the words for its place.

What was written in a plan, and what a change put in the place of what, is shown to the person whom
it is about. A field that is added later is shown, too, if only under its own name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fitcheck.domain.assessment import DealBreakerState, Mark
from fitcheck.domain.bank import Bank, Evidence, Problem
from fitcheck.domain.history import Change, Subject
from fitcheck.domain.plan import RiskKind, Section
from fitcheck.domain.policy import Action
from fitcheck.domain.report import Edition
from fitcheck.i18n import N_, _
from reports import plan_words, words

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """A text of a value, in words, and where in the value it stands."""

    path: Path
    text: str


_NAMES = {
    "in_their_words": N_("In your words"),
    "restatement": N_("What I heard"),
    "confirmed_on": N_("Confirmed by you on"),
    "confirmed_at": N_("Confirmed by you at"),
    "presented_problem": N_("The problem as you presented it"),
    "problem_now": N_("The problem as I see it now"),
    "piles": N_("Keep, stop, start"),
    "keep": N_("Keep doing"),
    "stop": N_("Stop doing"),
    "start": N_("Start doing"),
    "next_step": N_("Next step"),
    "their_agenda": N_("What you came for"),
    "my_agenda": N_("What I came for"),
    "time_agreed": N_("Time agreed"),
    "override": N_("My own decision"),
    "gut": N_("My gut feeling"),
    "plan": N_("Plan"),
    "dissent": N_("Advice that you didn’t take"),
    "releases": N_("Words of mine that I let stand in a document for you"),
    "letter": N_("Letter"),
    "reasons": N_("Reasons for a no"),
    "drafted": N_("Drafted by the program"),
    "value": N_("Answer"),
    "evidence": N_("How I know"),
    "note": N_("My note"),
    "quote": N_("Your words"),
    "recommendation": N_("Recommendation"),
    "reason": N_("Reason"),
    "date": N_("Date"),
    "words": N_("Words"),
    "edition": N_("Document"),
    "what": N_("What"),
    "when": N_("When"),
    "goal": N_("Goal"),
    "deliverable": N_("Deliverable"),
    "time_box": N_("Time box"),
    "cap": N_("Cap"),
    "exit_test": N_("Exit test"),
    "asks": N_("Asked again"),
    "baseline": N_("Today"),
    "target": N_("Target"),
    "by": N_("By"),
    "expected": N_("Expected"),
    "realistic": N_("Realistic"),
    "agreed": N_("Agreed"),
    "best": N_("At best"),
    "worst": N_("At worst"),
    "yours": N_("You decide"),
    "mine": N_("I decide"),
    "ours": N_("We decide together"),
    "problem": N_("Kind of problem"),
    "kind": N_("Kind"),
    "response": N_("What to do about it"),
    "referral": N_("Referred to"),
    "name": N_("Name"),
    "contact": N_("Contact"),
    "why": N_("Why"),
    "consent_on": N_("Agreed to be named on"),
    "revisit_on": N_("To look in again"),
    "advised": N_("I advised"),
    "chosen": N_("You chose"),
}


def leaves(value: Any, bank: Bank, path: Path = ()) -> Iterator[Leaf]:
    """Every text, number and date in a JSON value; what is empty is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, bank, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from leaves(inner, bank, (*path, index))
    elif value is not None and value != "":
        yield Leaf(path, _in_words(value, path, bank))


def place_text(path: Path) -> str:
    """Where a leaf stands, in words: "Stages, 1, Goal"."""
    return ", ".join(str(step + 1) if isinstance(step, int) else name_of(step) for step in path)


def name_of(key: str) -> str:
    """What a field is called to the person whom it is about."""
    if key in _NAMES:
        return _(_NAMES[key])
    return plan_words.section_name(Section(key)) if key in tuple(Section) else key


def _in_words(value: Any, path: Path, bank: Bank) -> str:
    names = [step for step in path if isinstance(step, str)]
    try:
        return _known(value, names[-1] if names else "", bank)
    except ValueError:  # an older book may hold what is no longer said
        return str(value)


def _known(value: Any, name: str, bank: Bank) -> str:
    match name:
        case "recommendation":
            return words.action_name(Action(value))
        case "problem":
            return words.problem_name(Problem(value))
        case "kind":
            return plan_words.risk_kind_name(RiskKind(value))
        case "edition":
            return words.edition_name(Edition(value))
        case "evidence":
            return words.evidence_name(Evidence(value))
        case "asks" if value in bank.by_id:
            return words.bank_text(bank.by_id[value].facet.name)
        case "confirmed_at":
            return words.time_text(dt.time.fromisoformat(value))
        case "when" | "date" | "confirmed_on" | "consent_on" | "revisit_on" | "reassess_on":
            return words.date_text(dt.date.fromisoformat(value))
        case _:
            return words.bank_text(value) if isinstance(value, str) else str(value)


# What a change moved


@dataclass(frozen=True)
class Moved:
    """One text of a change: where it stands, and what it was and became; "" for nothing."""

    place: str
    before: str
    after: str


def moved_by(change: Change, bank: Bank) -> tuple[Moved, ...]:
    """Every text that a change made different."""
    heading, before, after = _about(change, bank)
    then, now = ({leaf.path: leaf.text for leaf in leaves(v, bank)} for v in (before, after))
    paths = dict.fromkeys((*then, *now))
    return tuple(
        Moved(
            ": ".join(part for part in (heading, place_text(path)) if part),
            then.get(path, ""),
            now.get(path, ""),
        )
        for path in paths
        if then.get(path) != now.get(path)
    )


def _about(change: Change, bank: Bank) -> tuple[str, Any, Any]:
    """What a change is about, and both values as they are taken apart."""
    before, after = change.before, change.after
    if change.subject is Subject.ANSWER:
        question = bank.by_id.get(change.key)
        facet = words.bank_text(question.facet.name) if question else change.key
        return facet, *(_answer(value, change.key, bank) for value in (before, after))
    if change.subject is Subject.DEAL_BREAKER:
        text = words.deal_breaker_text(change.key, bank)
        return text, *(_state(value) for value in (before, after))
    if change.key == "piles":
        return "", before, after
    return "", {change.key: before}, {change.key: after}


def _answer(value: Any, question_id: str, bank: Bank) -> Any:
    """An answer with its level or mark in the bank's words."""
    question = bank.by_id.get(question_id)
    if not isinstance(value, dict) or question is None:
        return value
    given = value.get("value")
    if isinstance(given, int) and 0 <= given < len(question.levels):
        level = words.level_text(given)
        return {**value, "value": f"{level}: {words.answer_text(question, given)}"}
    if given in tuple(Mark):
        return {**value, "value": words.mark_name(Mark(given))}
    return value


def _state(value: Any) -> Any:
    if value in tuple(DealBreakerState):
        return words.deal_breaker_state_name(DealBreakerState(value))
    return value
