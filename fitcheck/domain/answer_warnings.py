"""What is doubtful about the answers themselves, and where the two sides differ (section 6)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fitcheck.domain.bank import JUDGED_AXES, Axis, Bank, Evidence, Facet, Problem, Question
from fitcheck.domain.odds import TIE
from fitcheck.domain.policy import Policy, WarningLimits
from fitcheck.domain.posterior import Posterior, Rated


@dataclass(frozen=True)
class Gap:
    """A facet that both sides answered: the mean x of each, in [0, 1], over so many answers."""

    facet: Facet
    mine: float
    theirs: float
    my_answers: int
    their_answers: int

    @property
    def gap(self) -> float:
        """The prospect's mean less the consultant's, in [-1, 1]."""
        return self.theirs - self.mine


@dataclass(frozen=True)
class MostlyHunches:
    """``share`` of the answered weight, in [0, 1], rests on hunches."""

    share: float


@dataclass(frozen=True)
class Halo:
    """All ``answers`` on chemistry and trust are alike, and few of them were ``observed``."""

    answers: int
    observed: int


@dataclass(frozen=True)
class ProblemBThin:
    """Only ``share`` of the weight of problem B, in [0, 1], is answered (I18)."""

    share: float


@dataclass(frozen=True)
class WideAxis:
    """The range of an axis, ``low`` to ``high`` in [0, 1], says little."""

    axis: Axis
    low: float
    high: float


@dataclass(frozen=True)
class PerceptionGap:
    """The two sides see a facet differently (I22)."""

    gap: Gap


AnswerWarning = MostlyHunches | Halo | ProblemBThin | WideAxis | PerceptionGap


def perception_gaps(mine: Iterable[Rated], theirs: Iterable[Rated], bank: Bank) -> tuple[Gap, ...]:
    """Every facet that both sides answered, in the order of the bank; means are unweighted."""
    sides = [_by_facet(mine), _by_facet(theirs)]
    gaps = []
    for facet in bank.facets:
        ours, others = (side.get(facet.id, []) for side in sides)
        if ours and others:
            gaps.append(Gap(facet, _mean(ours), _mean(others), len(ours), len(others)))
    return tuple(gaps)


def answer_warnings(
    questions: Sequence[Question],
    answers: Sequence[Rated],
    axes: Iterable[Posterior],
    gaps: Iterable[Gap],
    policy: Policy,
) -> tuple[AnswerWarning, ...]:
    """The warnings that apply, in the order of the contract.

    ``questions`` are the consultant's in scope, ``answers`` those among them with a level.
    """
    limits = policy.warnings
    found: list[AnswerWarning] = []
    weight = sum(r.question.weight for r in answers)
    hunches = sum(r.question.weight for r in answers if r.evidence is Evidence.HUNCH)
    if weight and hunches / weight > limits.mostly_hunches:
        found.append(MostlyHunches(hunches / weight))
    found += _halo(answers, limits)
    asked = sum(q.weight for q in questions if q.problem is Problem.B)
    told = sum(r.question.weight for r in answers if r.question.problem is Problem.B)
    if asked and told / asked < limits.problem_b_thin:
        found.append(ProblemBThin(told / asked))
    found += [
        WideAxis(side.axis, side.low, side.high)
        for side in axes
        if side.high - side.low > limits.wide_axis
    ]
    found += [PerceptionGap(gap) for gap in gaps if abs(gap.gap) >= _limit(gap, limits) - TIE]
    return tuple(found)


def _halo(answers: Sequence[Rated], limits: WarningLimits) -> list[AnswerWarning]:
    judged = [r for r in answers if r.question.axis in JUDGED_AXES]
    levels = [r.level for r in judged]
    observed = sum(1 for r in judged if r.evidence is Evidence.OBSERVED)
    if (
        len(judged) >= limits.halo_answers
        and max(levels) - min(levels) <= limits.halo_levels
        and observed / len(judged) < limits.halo_observed
    ):
        return [Halo(len(judged), observed)]
    return []


def _limit(gap: Gap, limits: WarningLimits) -> float:
    single = min(gap.my_answers, gap.their_answers) == 1
    return limits.perception_gap_single if single else limits.perception_gap


def _by_facet(answers: Iterable[Rated]) -> dict[str, list[float]]:
    by_facet: dict[str, list[float]] = {}
    for answer in answers:
        by_facet.setdefault(answer.question.facet.id, []).append(answer.x)
    return by_facet


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
