"""Answers → a Beta distribution per axis (judgement.md, sections 1 and 2).

For the user: every answer drops beads into a "for" and an "against" jar; a hunch drops few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fitcheck.domain import beta
from fitcheck.domain.assessment import Assessment, Mark
from fitcheck.domain.bank import Axis, Bank, Evidence, Form, Question, Side
from fitcheck.domain.policy import Policy

TOP_LEVEL = 4


@dataclass(frozen=True)
class Rated:
    """A question together with the level 0 to 4 that it was given, and on what evidence."""

    question: Question
    level: int
    evidence: Evidence | None

    @property
    def x(self) -> float:
        """The level in [0, 1]."""
        return self.level / TOP_LEVEL

    @property
    def firm(self) -> bool:
        """Whether it rests on something better than a hunch."""
        return self.evidence is not Evidence.HUNCH


@dataclass(frozen=True)
class Posterior:
    """What is believed of one axis: Beta(``alpha``, ``beta``), and how many answers made it.

    ``low`` and ``high`` are the percentiles named by the policy (the 10th and the 90th).
    """

    axis: Axis
    alpha: float
    beta: float
    low: float
    high: float
    answered: int
    in_scope: int

    @property
    def score(self) -> float:
        """The mean, in [0, 1]."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def beads(self) -> tuple[float, float]:
        """α and β: the beads in the "for" and in the "against" jar."""
        return self.alpha, self.beta


def scope(assessment: Assessment, bank: Bank, form: Form | None = None) -> tuple[Question, ...]:
    """The consultant's questions that count, in form order.

    Those of ``form`` (the assessment's own by default) and every other one that holds a level,
    less those marked as not applicable.
    """
    form = form or assessment.form

    def counts(question: Question) -> bool:
        answer = assessment.answers.get(question.id)
        if answer is not None and answer.value is Mark.NOT_APPLICABLE:
            return False
        return form in question.forms or (answer is not None and answer.level is not None)

    return tuple(q for q in bank.questions if q.side is Side.CONSULTANT and counts(q))


def rated(assessment: Assessment, bank: Bank) -> tuple[Rated, ...]:
    """The consultant's answers in scope that hold a level, in form order."""
    return rated_among(scope(assessment, bank), assessment)


def rated_among(questions: Iterable[Question], assessment: Assessment) -> tuple[Rated, ...]:
    """The answers to these questions that hold a level, in the questions' order."""
    answers = ((question, assessment.answers.get(question.id)) for question in questions)
    return tuple(
        Rated(question, answer.level, answer.evidence)
        for question, answer in answers
        if answer is not None and answer.level is not None
    )


def rated_by_prospect(assessment: Assessment, bank: Bank) -> tuple[Rated, ...]:
    """The prospect's own answers that hold a level, in form order."""
    return rated_among((q for q in bank.questions if q.side is Side.PROSPECT), assessment)


def beads(rated_answer: Rated, policy: Policy) -> float:
    """The precision κ·w·e that one answer of the consultant's carries."""
    assert rated_answer.evidence is not None  # a consultant's level always has its evidence
    factor = policy.evidence[rated_answer.evidence]
    return policy.precision * rated_answer.question.weight * factor


def posteriors(
    questions: Iterable[Question], answers: Iterable[Rated], policy: Policy
) -> dict[Axis, Posterior]:
    """The Beta of every axis: α = α₀ + Σ κ·w·e·x, β = β₀ + Σ κ·w·e·(1 − x) (section 2).

    ``questions`` are those in :func:`scope`, ``answers`` what :func:`rated` found among them.
    """
    asked = Counter(question.axis for question in questions)
    by_axis: dict[Axis, list[Rated]] = {axis: [] for axis in Axis}
    for answer in answers:
        by_axis[answer.question.axis].append(answer)
    return {axis: _posterior(axis, given, asked[axis], policy) for axis, given in by_axis.items()}


def axis_beads(axis: Axis, answers: Iterable[Rated], policy: Policy) -> tuple[float, float]:
    """α and β of an axis after its answers; exact sums, so their order does not matter."""
    prior_alpha, prior_beta = policy.priors[axis]
    dropped = [(beads(r, policy), r.x) for r in answers]
    return (
        math.fsum([prior_alpha, *(count * x for count, x in dropped)]),
        math.fsum([prior_beta, *(count * (1.0 - x) for count, x in dropped)]),
    )


def _posterior(axis: Axis, answers: list[Rated], in_scope: int, policy: Policy) -> Posterior:
    alpha, beta_ = axis_beads(axis, answers, policy)
    low, high = policy.range
    return Posterior(
        axis=axis,
        alpha=alpha,
        beta=beta_,
        low=beta.quantile(alpha, beta_, low),
        high=beta.quantile(alpha, beta_, high),
        answered=len(answers),
        in_scope=in_scope,
    )
