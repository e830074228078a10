"""What moved between two assessments of one prospect (I1, I25): scores, answers, deal-breakers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark
from fitcheck.domain.bank import Axis, Bank, Evidence, Question
from fitcheck.domain.judgement import Judgement, Recommendation
from fitcheck.domain.posterior import Posterior


@dataclass(frozen=True)
class AxisMove:
    """An axis then and now; both may be the same."""

    axis: Axis
    then: Posterior
    now: Posterior


@dataclass(frozen=True)
class Given:
    """What of an answer the judgement sees: no note and no quote."""

    value: int | Mark | None
    evidence: Evidence | None


@dataclass(frozen=True)
class AnswerMove:
    """An answer that says something else than it did, or rests on other evidence."""

    question: Question
    then: Given
    now: Given


@dataclass(frozen=True)
class DealBreakerMove:
    """``now`` is ``None`` where today's policy no longer asks about it."""

    id: str
    text: str
    then: DealBreakerState
    now: DealBreakerState | None


@dataclass(frozen=True)
class Moved:
    """What moved ``since`` the day of the earlier assessment.

    ``then`` and ``now`` are the final recommendations, overrides included. ``other_rules`` says
    that another bank, policy or appetite judged it then, so that not all of it need be the
    prospect's.
    """

    since: dt.date
    then: Recommendation
    now: Recommendation
    axes: tuple[AxisMove, ...]
    answers: tuple[AnswerMove, ...]
    deal_breakers: tuple[DealBreakerMove, ...]
    other_rules: bool


@dataclass(frozen=True)
class Judged:
    """An assessment with what judged it and what it came to."""

    assessment: Assessment
    bank: Bank
    judgement: Judgement


def moved(before: Judged, after: Judged) -> Moved:
    """What moved from one assessment to a later one, each by the rules that judged it."""
    then, now = before.assessment, after.assessment
    return Moved(
        since=then.date,
        then=before.judgement.final,
        now=after.judgement.final,
        axes=tuple(
            AxisMove(axis, before.judgement.axes[axis], after.judgement.axes[axis]) for axis in Axis
        ),
        answers=tuple(
            AnswerMove(question, was, given)
            for question in after.bank.questions
            if (was := _given(then.answers, question.id))
            != (given := _given(now.answers, question.id))
        ),
        deal_breakers=_deal_breakers(before, after),
        other_rules=(then.bank, then.policy, then.appetite) != (now.bank, now.policy, now.appetite),
    )


def _given(answers: Mapping[str, Answer], id_: str) -> Given:
    answer = answers.get(id_)
    if answer is None:
        return Given(None, None)
    # Without a level, evidence counts for nothing.
    return Given(answer.value, answer.evidence if answer.level is not None else None)


def _deal_breakers(before: Judged, after: Judged) -> tuple[DealBreakerMove, ...]:
    states = before.assessment.deal_breakers, after.assessment.deal_breakers
    known = {each.id: each.text for each in before.bank.deal_breakers}
    known |= {each.id: each.text for each in after.bank.deal_breakers}
    asked = after.bank.deal_breaker_by_id
    moves = []
    for id_, text in known.items():
        was, state = (each.get(id_, DealBreakerState.OPEN) for each in states)
        now = state if id_ in asked or id_ in states[1] else None
        if was is not now and (now is not None or was is not DealBreakerState.OPEN):
            moves.append(DealBreakerMove(id_, text, was, now))
    return tuple(moves)
