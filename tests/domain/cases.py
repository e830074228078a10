"""Assessments of every kind that judgement.md distinguishes, as files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fitcheck.domain.bank import Form
from fitcheck.library import load_bank

BANK = load_bank()
MINE = [q for q in BANK.questions if q.side == "consultant"]
EVENT = [q for q in MINE if Form.EVENT in q.forms]
THEIRS = [q for q in BANK.questions if q.side == "prospect"]
GATE = next(q.facet.id for q in MINE if q.gate)

Json = dict[str, Any]


def assessment_file(answers: Iterable[Json], **changes: Any) -> Json:
    """A valid file around these answers."""
    return {
        "format": "fitcheck/assessment",
        "format_version": 1,
        "date": "2026-11-21",
        "bank": {"id": BANK.id, "version": BANK.version},
        "policy": {"id": "default", "version": "1.0.0"},
        "form": "full",
        "appetite": "balanced",
        "prospect": {"name": "Ada"},
        "answers": list(answers),
        "deal_breakers": [],
        "override": None,
        **changes,
    }


def given(
    questions: Iterable[Any],
    value: int | str | Callable[[Any], int | str],
    evidence: str | Callable[[Any], str] = "observed",
) -> list[Json]:
    """The same answer to each question, or what the functions say."""
    return [
        {
            "question": q.id,
            "answer": value(q) if callable(value) else value,
            "evidence": evidence(q) if callable(evidence) else evidence,
        }
        for q in questions
    ]


def on(axis: str) -> list[Any]:
    """The consultant's questions on an axis."""
    return [q for q in MINE if q.axis == axis]


def scattered(seed: int, levels: list[int]) -> tuple[Callable[[Any], int], Callable[[Any], str]]:
    """Levels and evidence that look like those of a real talk, the same at every run."""
    chance = random.Random(seed)
    values = {q.id: chance.choice(levels) for q in BANK.questions}
    tags = {q.id: chance.choice(["observed", "observed", "reported", "hunch"]) for q in MINE}
    return (lambda q: values[q.id]), (lambda q: tags.get(q.id, "observed"))


def _mixed(count: int, seed: int, levels: list[int], **changes: Any) -> Json:
    return assessment_file(given(MINE[:count], *scattered(seed, levels)), **changes)


def _great(**changes: Any) -> Json:
    return assessment_file(given(MINE, lambda q: 2 if q.axis == "nature" else 4), **changes)


def _all_but(left: int, answer: int, **changes: Any) -> Json:
    return assessment_file(given(MINE[: len(MINE) - left], answer), **changes)


def _shutting(question: Any) -> int:
    """One low answer on a gate facet, and another of that facet to come."""
    return 1 if question.id == "past-findings" else 2 if question.axis == "nature" else 4


def _wavering(question: Any) -> int | str:
    """0.375 on trust: just the bar less the gap where nature is half way."""
    if question.axis != "trust":
        return 3
    few = {"my-confidence": 1, "my-openness": 2, "my-bad-news": 1, "my-change": 2}
    return few.get(question.id, "unknown")


def _cases() -> Mapping[str, Json]:
    rest = [q for q in MINE if q.axis != "trust"]
    three = given(MINE[:3], "not_applicable")
    return {
        "nothing asked": assessment_file([]),
        "nothing asked at an event": assessment_file([], form="event"),
        "asked, nothing known": assessment_file(given(BANK.questions, "unknown")),
        "nothing applies": assessment_file(given(MINE, "not_applicable")),
        "nothing of nature applies": assessment_file(
            given(on("nature"), "not_applicable") + given([*on("trust"), *on("chemistry")][:14], 3)
        ),
        "one question of trust applies": assessment_file(
            given(on("trust")[1:], "not_applicable") + given(rest[:20], 3)
        ),
        "a first talk, half done": _mixed(6, 1, [2, 3, 4], form="event"),
        "an event, warm": assessment_file(given(EVENT, 3, "reported"), form="event"),
        "an event, cold": assessment_file(given(EVENT, 1, "observed"), form="event"),
        "an event with an answer from beyond": assessment_file(
            given([*EVENT, MINE[20], MINE[33]], *scattered(7, [1, 2, 3, 4])), form="event"
        ),
        "an event with the rest ruled out": assessment_file(
            given(EVENT[:9], 3) + given([q for q in MINE if q not in EVENT], "not_applicable"),
            form="event",
        ),
        "half an interview": _mixed(18, 3, [1, 2, 3, 4]),
        "half an interview, choosy": _mixed(18, 3, [2, 3, 4], appetite="choosy"),
        "half an interview, hungry": _mixed(18, 4, [1, 2, 3], appetite="hungry"),
        "nature open, and only its middle proceeds": assessment_file(
            given([*on("trust"), *on("chemistry")], scattered(19, [2, 3])[0])
            + given(on("nature")[:2], 2)
        ),
        "a higher nature alone would do": assessment_file(
            given(on("trust")[:6], 4)
            + given(on("chemistry")[:5], scattered(9, [2, 3])[0])
            + given(on("nature")[:4], 0)
        ),
        "nearly a tie": _mixed(14, 807, [2, 3, 4]),
        "hearsay, all alike": assessment_file(given(MINE[:24], 3, "reported")),
        "a matter of taste": assessment_file(
            given(MINE[:30], lambda q: 0 if q.axis == "nature" else 3)
        ),
        "measurable throughout": assessment_file(
            given(MINE[:30], lambda q: 4 if q.axis == "nature" else 3 - q.weight % 2)
        ),
        "three quarters, lukewarm": _mixed(27, 5, [1, 2, 3]),
        "a few open, good": _all_but(4, 3),
        "a few open, bad": _all_but(6, 1),
        "all answered": _mixed(36, 6, [2, 3, 4]),
        "all answered, great": _great(),
        "all answered, poor": assessment_file(given(MINE, 0)),
        "all answered, overridden": _great(
            override={"recommendation": "stage", "reason": "My gut says so.", "date": "2026-11-22"}
        ),
        "hunches for ever on trust": assessment_file(
            given(on("trust"), 3, "hunch") + given(rest[:10], 3)
        ),
        "hunches so far on trust": assessment_file(
            given(on("trust")[:6], 3, "hunch") + given(rest[:10], 3)
        ),
        "hunches, most of it": assessment_file(
            given(MINE[:24], 3, lambda q: "observed" if q.id in {"effort", "decides"} else "hunch")
        ),
        "a confirmed deal-breaker": _mixed(
            12, 8, [3, 4], deal_breakers=[{"id": "unpaid-work", "state": "confirmed"}]
        ),
        "a confirmed deal-breaker, nothing else": assessment_file(
            [], deal_breakers=[{"id": "unpaid-work", "state": "confirmed"}]
        ),
        "a suspected deal-breaker, else great": _great(
            deal_breakers=[
                {"id": "no-budget", "state": "suspected"},
                {"id": "unpaid-work", "state": "cleared"},
            ]
        ),
        "a suspected deal-breaker, half way": _mixed(
            20, 9, [3, 4], deal_breakers=[{"id": "no-capacity", "state": "suspected"}]
        ),
        "a suspected deal-breaker, much still open": _mixed(
            14, 807, [2, 3, 4], deal_breakers=[{"id": "no-capacity", "state": "suspected"}]
        ),
        "a low gate, all answered": assessment_file(
            given(MINE, lambda q: 1 if q.facet.id == GATE else 4)
        ),
        "low gates that may open": assessment_file(
            given(MINE[:24], lambda q: 0 if q.gate and q.weight == 2 else 4)
        ),
        "a gate that may shut": assessment_file(
            given([q for q in MINE if q.id not in {"hard-word", "standard"}], _shutting)
        ),
        "a low gate of hunches": assessment_file(
            given(
                MINE,
                lambda q: 1 if q.facet.id == GATE else 4,
                lambda q: "hunch" if q.facet.id == GATE else "observed",
            )
        ),
        "the prospect doubts": assessment_file(
            given(MINE[:30], 4) + given(THEIRS, lambda q: 1 if q.axis == "trust" else 3)
        ),
        "the prospect doubts, while the bars move": assessment_file(
            given([*on("trust"), *on("chemistry"), *on("nature")[:2]], 4) + given(THEIRS, _wavering)
        ),
        "two views": assessment_file(
            given(MINE, *scattered(11, [0, 1, 2, 3, 4])) + given(THEIRS, 3)
        ),
        "three don't apply": assessment_file(three + given(MINE[3:20], *scattered(12, [2, 3, 4]))),
    }


CASES = _cases()
