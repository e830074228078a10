"""What ``fitcheck judge --json`` and ``fitcheck bank --json`` print (judgement.md, section 10)."""

from __future__ import annotations

import tomllib
from typing import Any

from fitcheck import packaged
from fitcheck.codec import encode
from fitcheck.domain.answer_warnings import (
    AnswerWarning,
    Halo,
    MostlyHunches,
    PerceptionGap,
    ProblemBThin,
    WideAxis,
)
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, InquiryPrompt, Question, Side
from fitcheck.domain.flips import Flip
from fitcheck.domain.judgement import (
    Brake,
    LowGate,
    Missing,
    ProspectDoubts,
    SuspectedDealBreaker,
)
from fitcheck.domain.policy import Policy
from fitcheck.domain.posterior import Posterior
from fitcheck.domain.verdict import Verdict

SCHEMA = "judgement-1.json"
"""The schema of a judgement; there is none to read one back, as the assessment says it all."""

BANK_SCHEMA = "bank-1.json"


def judgement_json(assessment: Assessment, bank: Bank, verdict: Verdict) -> dict[str, Any]:
    """A judgement as a JSON value. ``reasons`` are those on chemistry and trust."""
    judgement, firmness = verdict.judgement, verdict.firmness
    return {
        "bank": encode(assessment.bank),
        "policy": encode(assessment.policy),
        "axes": {axis.value: _axis(side) for axis, side in judgement.axes.items()},
        "odds": {match.value: odds for match, odds in judgement.odds.items()},
        "expected_loss": {action.value: loss for action, loss in judgement.expected_loss.items()},
        "recommendation": judgement.recommendation.value,
        "final": judgement.final.value,
        "stance": judgement.stance.value,
        "confirmed": list(judgement.confirmed),
        "missing": [_missing(missing) for missing in judgement.missing],
        "brakes": [_brake(brake, bank) for brake in judgement.brakes],
        "settled": firmness.settled,
        "reachable": [result.value for result in firmness.reachable],
        "staying_power": firmness.staying_power,
        "ask_next": [
            {
                "question": ask.question.id,
                "chance_to_change": ask.chance_to_change,
                "again": ask.again,
            }
            for ask in firmness.ask_next
        ],
        "enough": firmness.enough,
        "flips": [_flip(flip) for flip in verdict.flips],
        "to_proceed": None
        if verdict.to_proceed is None
        else [
            [{"question": raised.question.id, "to": raised.level} for raised in together]
            for together in verdict.to_proceed
        ],
        "reasons": [
            {"question": reason.question.id, "push": reason.push} for reason in judgement.reasons
        ],
        "warnings": [_warning(warning) for warning in judgement.warnings],
        "gaps": [{"facet": gap.facet.id, "gap": gap.gap} for gap in judgement.gaps],
    }


def _axis(side: Posterior) -> dict[str, Any]:
    return {
        "alpha": side.alpha,
        "beta": side.beta,
        "score": side.score,
        "low": side.low,
        "high": side.high,
        "answered": side.answered,
        "in_scope": side.in_scope,
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "axis": missing.axis.value,
        "lack": missing.lack.value,
        "have": missing.have,
        "need": missing.need,
    }


def _brake(brake: Brake, bank: Bank) -> dict[str, Any]:
    match brake:
        case SuspectedDealBreaker(id=id_):
            ask = bank.deal_breaker_by_id[id_].ask
            return {"id": "suspected_deal_breaker", "deal_breaker": id_, "ask": ask}
        case LowGate(facet=facet, mean=mean):
            return {"id": "gate_facet", "facet": facet.id, "mean": mean}
        case ProspectDoubts(axis=axis, mean=mean, limit=limit):
            return {"id": "prospect_doubts", "axis": axis.value, "mean": mean, "limit": limit}


def _flip(flip: Flip) -> dict[str, Any]:
    return {
        "question": flip.question.id,
        "from": flip.was,
        "to": flip.level,
        "recommendation": flip.recommendation.value,
    }


def _warning(warning: AnswerWarning) -> dict[str, Any]:
    match warning:
        case MostlyHunches(share=share):
            return {"id": "mostly_hunches", "share": share}
        case Halo(answers=answers, observed=observed):
            return {"id": "halo", "answers": answers, "observed": observed}
        case ProblemBThin(share=share):
            return {"id": "problem_b_thin", "share": share}
        case WideAxis(axis=axis, low=low, high=high):
            return {"id": "wide_axis", "axis": axis.value, "low": low, "high": high}
        case PerceptionGap(gap=gap):
            return {"id": "perception_gap", "facet": gap.facet.id, "gap": gap.gap}


def bank_json(bank: Bank, policy: Policy) -> dict[str, Any]:
    """A bank with the policy in use, as a JSON value."""
    reference = policy.reference
    policy_file = f"{reference.id}-{reference.version}.toml"
    return {
        "id": bank.id,
        "version": bank.version,
        "questions": [_question(question) for question in bank.questions],
        "inquiry": [_prompt(prompt) for prompt in bank.inquiry],
        "deal_breakers": [encode(deal_breaker) for deal_breaker in bank.deal_breakers],
        "policy": tomllib.loads(packaged.read_text("policies", policy_file)),
    }


def _prompt(prompt: InquiryPrompt) -> dict[str, Any]:
    """What is published of a prompt: what is said after the start is for the window alone."""
    data: dict[str, Any] = encode(prompt)
    del data["say_after_start"]
    return data


def _question(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": question.id,
        "axis": question.axis.value,
        "facet": question.facet.id,
        "gate": question.gate,
        "weight": question.weight,
        "side": question.side.value,
        "forms": sorted(question.forms),
        "problem": question.problem.value,
        "rests_on": list(question.rests_on),
        "evidence": question.evidence.value,
        "say": question.say,
        "why": question.why,
        "levels": list(question.levels),
        "condition": question.condition,
    }
    if question.side is Side.CONSULTANT and question.short:
        data["short"] = list(question.short)
    return data
