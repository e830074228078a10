"""A re-assessment: what the last one found is where the next one begins (I1, I25)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.bank import Bank, Question
from fitcheck.domain.plan import Plan
from fitcheck.domain.policy import Appetite, Policy


def begun_again(
    last: Assessment,
    asked: Bank,
    prospect: Prospect,
    today: dt.date,
    bank: Bank,
    policy: Policy,
    appetite: Appetite,
) -> Assessment:
    """An assessment of ``today`` with all that ``last`` holds, to be judged by today's rules.

    Left behind are only the override and the gut feeling, which were about the last one, and what
    ``bank`` (today's, with ``policy``'s own deal-breakers) no longer asks about, or has put into
    other words than ``asked`` had. The contact is the one of today.
    """
    return replace(
        last,
        date=today,
        bank=bank.reference,
        policy=policy.reference,
        appetite=appetite,
        prospect=replace(prospect, in_their_words=last.prospect.in_their_words),
        answers={
            id_: _carried(answer, asked.by_id.get(id_), bank.by_id[id_])
            for id_, answer in last.answers.items()
            if id_ in bank.by_id
        },
        deal_breakers={
            id_: state
            for id_, state in last.deal_breakers.items()
            if id_ in bank.deal_breaker_by_id
        },
        plan=_asking_again(last.plan, bank),
        override=None,
        gut=None,
    )


def _carried(answer: Answer, was: Question | None, now: Question) -> Answer:
    """``answer`` as far as it answers the question of today.

    What was chosen is a sentence. Where today's bank says another one in its place, or asks it on
    another axis, nobody has chosen that: the words that were noted stay, the level goes.
    """
    level = answer.level
    if level is None or was is None:
        return answer
    if (was.levels[level], was.axis, was.side) == (now.levels[level], now.axis, now.side):
        return answer
    return replace(answer, value=None, evidence=None)


def _asking_again(plan: Plan, bank: Bank) -> Plan:
    """``plan`` with the questions that there are still to be asked when a stage is over."""
    stages = plan.stages
    if all(id_ in bank.by_id for stage in stages for id_ in stage.asks):
        return plan
    kept = (
        replace(stage, asks=tuple(id_ for id_ in stage.asks if id_ in bank.by_id))
        for stage in stages
    )
    return replace(plan, stages=tuple(kept))
