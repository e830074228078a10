"""What a change makes of an assessment, and what it can move: pure functions, no journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from fitcheck.codec import decode, encode
from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    DealBreakerState,
    Dissent,
    Gut,
    NextStep,
    Override,
    Release,
)
from fitcheck.domain.history import Change, Subject
from fitcheck.domain.plan import Plan

FIELD_TYPES: dict[str, Any] = {
    "in_their_words": str,
    "restatement": str,
    "confirmed_on": dt.date | None,
    "confirmed_at": dt.time | None,
    "presented_problem": str,
    "problem_now": str,
    "keep": tuple[str, ...],
    "stop": tuple[str, ...],
    "start": tuple[str, ...],
    "next_step": NextStep,
    "their_agenda": str,
    "my_agenda": str,
    "time_agreed": str,
    "override": Override | None,
    "gut": Gut | None,
    "plan": Plan,
    "dissent": tuple[Dissent, ...],
    "releases": tuple[Release, ...],
}
"""The fields that a change of ``Subject.FIELD`` can name, and the type that each holds."""

TOGETHER = {"piles": ("keep", "stop", "start")}
"""Fields that one change can touch at once, so that one undo takes it back, by a name for them.

The change holds their values by their names.
"""

_CONVERSATION_FIELDS = frozenset(Conversation.__dataclass_fields__)


def with_field(assessment: Assessment, key: str, value: Any) -> Assessment:
    """``assessment`` with the field ``key`` (of :data:`FIELD_TYPES`) holding ``value``."""
    if key == "in_their_words":
        return replace(assessment, prospect=replace(assessment.prospect, in_their_words=value))
    if key in _CONVERSATION_FIELDS:
        conversation = replace(assessment.conversation, **{key: value})
        return replace(assessment, conversation=conversation)
    changes: dict[str, Any] = {key: value}
    return replace(assessment, **changes)


def field_of(assessment: Assessment, key: str) -> Any:
    """The value of the field ``key`` (of :data:`FIELD_TYPES`), or of :data:`TOGETHER` by name."""
    if key in TOGETHER:
        return {part: field_of(assessment, part) for part in TOGETHER[key]}
    if key == "in_their_words":
        return assessment.prospect.in_their_words
    owner = assessment.conversation if key in _CONVERSATION_FIELDS else assessment
    return getattr(owner, key)


def apply(assessment: Assessment, change: Change) -> Assessment:
    """``assessment`` after ``change``."""
    if change.subject is Subject.FIELD:
        for key, value in fields_in(change).items():
            assessment = with_field(assessment, key, decode(FIELD_TYPES[key], value))
        return assessment
    if change.subject is Subject.DEAL_BREAKER:
        states = {**assessment.deal_breakers}
        if change.after is None:
            states.pop(change.key, None)
        else:
            states[change.key] = DealBreakerState(change.after)
        return replace(assessment, deal_breakers=states)
    answers = {**assessment.answers}
    if change.after is None:
        answers.pop(change.key, None)
    else:
        answers[change.key] = decode(Answer, {"question": change.key, **change.after})
    return replace(assessment, answers=answers)


def fields_in(change: Change) -> dict[str, Any]:
    """The fields that a change of ``Subject.FIELD`` sets, with their new JSON values."""
    if change.key in TOGETHER:
        return {part: change.after[part] for part in TOGETHER[change.key]}
    return {change.key: change.after}


def weighs(change: Change) -> bool:
    """Whether a change can move the judgement: a note, a quote and the fields can't."""
    if change.subject is Subject.ANSWER:
        before, after = change.before or {}, change.after or {}
        return any(before.get(key) != after.get(key) for key in ("value", "evidence"))
    return change.subject is Subject.DEAL_BREAKER


def answer_json(answer: Answer) -> dict[str, Any] | None:
    """An answer as its change holds it; ``None`` where nothing stands."""
    if answer == Answer(answer.question, None):
        return None
    data: dict[str, Any] = encode(answer)
    del data["question"]
    data.setdefault("value", None)
    return data
