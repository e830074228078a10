"""How firm a recommendation is, and what to ask next (judgement.md, section 5)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, Form, Question
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.domain.policy import Policy
from fitcheck.domain.posterior import scope


@dataclass(frozen=True)
class Ask:
    """A question that may be asked next; ``again`` if its answer so far is a hunch.

    ``chance_to_change`` is the probability, in [0, 1], that its answer alone changes the action of
    rule 3.
    """

    question: Question
    chance_to_change: float
    again: bool


@dataclass(frozen=True)
class Firmness:
    """How firm the result of rules 1 to 4 is, looking ahead over the full form.

    ``open`` counts the questions that are still to come there. ``settled``: every way in which they
    may be answered leads to the same result; ``reachable`` bounds the results that they can lead
    to. ``staying_power`` is the probability, in [0, 1], that the result after the full form equals
    today's; ``None`` while it is undecided. ``ask_next`` is in the order in which to ask.
    """

    open: int
    settled: bool
    reachable: tuple[Recommendation, ...]
    staying_power: float | None
    ask_next: tuple[Ask, ...]
    enough: bool


def firmness(assessment: Assessment, bank: Bank, policy: Policy) -> Firmness:
    """How firm the judgement of an assessment is."""
    steps = firming(assessment, bank, policy)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Firmness = end.value
            return found


def firming(assessment: Assessment, bank: Bank, policy: Policy) -> Generator[None, None, Firmness]:
    """The same in steps of a few milliseconds, between which it may be given up."""
    judgement = judge(assessment, bank, policy)
    yield
    open_ = [
        q
        for q in scope(assessment, bank, Form.FULL)
        if (a := assessment.answers.get(q.id)) is None or a.level is None
    ]
    decided = judgement.recommendation is not Recommendation.UNDECIDED
    settled = bool(judgement.confirmed) or not open_
    return Firmness(
        open=len(open_),
        settled=settled,
        reachable=(judgement.recommendation,) if settled else tuple(Recommendation)[:3],
        staying_power=(1.0 if settled else 0.7) if decided else None,
        ask_next=tuple(Ask(q, 0.3, False) for q in open_),
        enough=settled and decided,
    )
