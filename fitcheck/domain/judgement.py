"""An assessment under a policy → recommendation, brakes, reasons (judgement.md, sections 3 and 4).

Three pure steps: the answers make a posterior per axis, the posteriors make the odds of a good,
workable or poor match, and rules 1 to 4 make a recommendation of them. Policy, not science: the
product says so wherever it shows these figures. The arithmetic is what can be relied on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fitcheck.domain.answer_warnings import AnswerWarning, Gap, answer_warnings, perception_gaps
from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.bank import JUDGED_AXES, Axis, Bank, Facet, Question
from fitcheck.domain.odds import TIE, Beads, expected_losses, least_loss, match_odds
from fitcheck.domain.policy import Action, Match, Policy
from fitcheck.domain.posterior import (
    Posterior,
    Rated,
    axis_beads,
    beads,
    posteriors,
    rated_among,
    rated_by_prospect,
    scope,
)
from fitcheck.domain.terms import Recommendation as Recommendation


class Stance(StrEnum):
    """I2: stand by your expertise, measure what can be measured, or let their taste decide."""

    LEAD = "lead"
    SPLIT = "split"
    CATER = "cater"


class Lack(StrEnum):
    """What a too-early assessment lacks on an axis: answers, or answers better than a hunch."""

    ANSWERS = "answers"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Missing:
    """Rule 2: ``have`` of the ``need`` answers that an axis must have."""

    axis: Axis
    lack: Lack
    have: int
    need: int


@dataclass(frozen=True)
class SuspectedDealBreaker:
    """Brake: something may rule the work out; ``id`` names it, and its question comes first."""

    id: str


@dataclass(frozen=True)
class LowGate:
    """Brake: the facet's weighted mean, in [0, 1], over answers better than a hunch is too low."""

    facet: Facet
    mean: float


@dataclass(frozen=True)
class ProspectDoubts:
    """Brake: the prospect's own mean on an axis, in [0, 1], lies below ``limit``."""

    axis: Axis
    mean: float
    limit: float


Brake = SuspectedDealBreaker | LowGate | ProspectDoubts


@dataclass(frozen=True)
class Reason:
    """An answered question and its push κ·w·e·(x − bar); on nature, κ·w·e·(x − 0.5)."""

    question: Question
    push: float


@dataclass(frozen=True)
class Judgement:
    """What one assessment comes to under one policy.

    ``odds`` sum to one. ``bars`` hold the bars at the nature score. ``action`` is that of rule 3
    alone, ``final`` the override where there is one, else the recommendation. ``reasons`` are those
    on chemistry and trust, strongest first; ``nature_reasons`` stand under the stance. How firm it
    all is: :mod:`fitcheck.domain.firmness`.
    """

    axes: Mapping[Axis, Posterior]
    bars: Mapping[Axis, float]
    odds: Mapping[Match, float]
    expected_loss: Mapping[Action, float]
    action: Action
    recommendation: Recommendation
    final: Recommendation
    stance: Stance
    confirmed: tuple[str, ...]
    missing: tuple[Missing, ...]
    brakes: tuple[Brake, ...]
    reasons: tuple[Reason, ...]
    nature_reasons: tuple[Reason, ...]
    warnings: tuple[AnswerWarning, ...]
    gaps: tuple[Gap, ...]


def judge(assessment: Assessment, bank: Bank, policy: Policy) -> Judgement:
    """The judgement of an assessment whose answers belong to ``bank``."""
    questions = scope(assessment, bank)
    answers = rated_among(questions, assessment)
    theirs = rated_by_prospect(assessment, bank)
    rules = Rules(assessment, bank, policy, questions, theirs)
    axes = posteriors(questions, answers, policy)
    bars = bars_at(axes[Axis.NATURE].score, policy)
    odds = match_odds({axis: side.beads for axis, side in axes.items()}, policy)
    losses = expected_losses(odds, policy, assessment.appetite)
    action = least_loss(losses)
    missing = rules.missing(answers)
    held = action is Action.PROCEED and not missing and not rules.confirmed
    brakes = rules.brakes(answers, axes[Axis.NATURE].score) if held else ()
    recommendation = rules.outcome(action, missing, brakes)
    override = assessment.override
    final = Recommendation(override.recommendation.value) if override else recommendation
    gaps = perception_gaps(answers, theirs, bank)
    return Judgement(
        axes=axes,
        bars=bars,
        odds=odds,
        expected_loss=losses,
        action=action,
        recommendation=recommendation,
        final=final,
        stance=stance(axes[Axis.NATURE], policy),
        confirmed=rules.confirmed,
        missing=missing,
        brakes=brakes,
        reasons=_reasons([r for r in answers if r.question.axis in bars], bars, policy),
        nature_reasons=_reasons(
            [r for r in answers if r.question.axis is Axis.NATURE], {Axis.NATURE: 0.5}, policy
        ),
        warnings=answer_warnings(questions, answers, axes.values(), gaps, policy),
        gaps=gaps,
    )


class Rules:
    """Rules 1 to 4 for one assessment: all but the consultant's answers is fixed.

    ``questions`` are those in scope; the answers come with each call, so that one can ask what
    other answers would come to.
    """

    def __init__(
        self,
        assessment: Assessment,
        bank: Bank,
        policy: Policy,
        questions: Sequence[Question],
        theirs: Sequence[Rated],
    ) -> None:
        self._policy = policy
        self._appetite = assessment.appetite
        self._bank = bank
        self.confirmed = _in_state(DealBreakerState.CONFIRMED, assessment, bank)
        self.suspected = _in_state(DealBreakerState.SUSPECTED, assessment, bank)
        self._need = {
            axis: min(policy.minimum_answers, sum(1 for q in questions if q.axis is axis))
            for axis in Axis
        }
        self._their_means: dict[Axis, float] = {}
        for axis in JUDGED_AXES:
            views = [r.x for r in theirs if r.question.axis is axis]
            if len(views) >= policy.minimum_prospect_answers:
                self._their_means[axis] = math.fsum(views) / len(views)

    def recommendation(self, answers: Sequence[Rated]) -> Recommendation:
        """What rules 1 to 4 make of these answers."""
        missing = self.missing(answers)
        if self.confirmed or missing:
            return self.outcome(Action.DECLINE, missing, ())
        sides = self.beads(answers)
        action = self.action(sides)
        alpha, beta_ = sides[Axis.NATURE]
        held = action is Action.PROCEED
        return self.outcome(
            action, (), self.brakes(answers, alpha / (alpha + beta_)) if held else ()
        )

    def beads(self, answers: Sequence[Rated]) -> dict[Axis, Beads]:
        """α and β of every axis after these answers."""
        by_axis: dict[Axis, list[Rated]] = {axis: [] for axis in Axis}
        for answer in answers:
            by_axis[answer.question.axis].append(answer)
        return {axis: axis_beads(axis, given, self._policy) for axis, given in by_axis.items()}

    def action(self, sides: Mapping[Axis, Beads]) -> Action:
        """Rule 3."""
        odds = match_odds(sides, self._policy)
        return least_loss(expected_losses(odds, self._policy, self._appetite))

    def outcome(
        self, action: Action, missing: Sequence[Missing], brakes: Sequence[Brake]
    ) -> Recommendation:
        """The first rule that applies decides."""
        if self.confirmed:
            return Recommendation.DECLINE
        if missing:
            return Recommendation.UNDECIDED
        if action is Action.PROCEED and brakes:
            return Recommendation.STAGE
        return Recommendation(action.value)

    def missing(self, answers: Sequence[Rated]) -> tuple[Missing, ...]:
        """Rule 2, in the order of the axes: what it is too early without."""
        found = []
        for axis, need in self._need.items():
            given = [r for r in answers if r.question.axis is axis]
            firm = sum(1 for r in given if r.firm)
            if len(given) < need:
                found.append(Missing(axis, Lack.ANSWERS, len(given), need))
            if axis in JUDGED_AXES and firm < need:
                found.append(Missing(axis, Lack.EVIDENCE, firm, need))
        return tuple(found)

    def brakes(self, answers: Sequence[Rated], nature: float) -> tuple[Brake, ...]:
        """Rule 4: all that holds "proceed" back at this nature score, suspicions first."""
        found: list[Brake] = [SuspectedDealBreaker(id_) for id_ in self.suspected]
        for facet in (facet for facet in self._bank.facets if facet.gate):
            firm = [r for r in answers if r.question.facet.id == facet.id and r.firm]
            if firm:
                weight = sum(r.question.weight for r in firm)
                mean = math.fsum(r.question.weight * r.x for r in firm) / weight
                if mean <= self._policy.gate:
                    found.append(LowGate(facet, mean))
        return (*found, *self.doubts(nature))

    def doubts(self, nature: float) -> tuple[ProspectDoubts, ...]:
        """The brakes that the prospect's own answers apply at this nature score."""
        limits = {a: b - self._policy.gap for a, b in bars_at(nature, self._policy).items()}
        return tuple(
            ProspectDoubts(axis, mean, limits[axis])
            for axis, mean in self._their_means.items()
            if mean < limits[axis] - TIE  # at the limit is not below it, whatever the last bit says
        )


def bars_at(nature: float, policy: Policy) -> dict[Axis, float]:
    """The bars of chemistry and trust at nature m in [0, 1]."""
    return {axis: policy.bars[axis].at(nature) for axis in JUDGED_AXES}


def stance(nature: Posterior, policy: Policy) -> Stance:
    """Lead if the whole range of nature is measurable, cater if it is preference, else split."""
    if nature.low >= policy.stance:
        return Stance.LEAD
    if nature.high <= policy.stance:
        return Stance.CATER
    return Stance.SPLIT


def _in_state(state: DealBreakerState, assessment: Assessment, bank: Bank) -> tuple[str, ...]:
    """The ids of the deal-breakers in ``state``, in the order of the bank."""
    states = assessment.deal_breakers
    return tuple(d.id for d in bank.deal_breakers if states.get(d.id) is state)


def _reasons(
    answers: list[Rated], bars: Mapping[Axis, float], policy: Policy
) -> tuple[Reason, ...]:
    """Each answer's push, strongest first whatever its direction; ties keep form order."""
    reasons = [
        Reason(r.question, beads(r, policy) * (r.x - bars[r.question.axis])) for r in answers
    ]
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.push)))
