"""The odds as they stood at a decision, and the engagement that they were about.

A forecast is frozen when the decision is taken: whatever is answered later knows better, and would
flatter the odds that it is held against.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Axis, Bank, Evidence
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.domain.outcome import Outcome, latest
from fitcheck.domain.policy import Action, Match, Policy
from fitcheck.domain.posterior import rated
from fitcheck.domain.track_record import Case


@dataclass(frozen=True)
class Forecast:
    """What was said at a decision, by the assessment of ``assessed_on``.

    ``model`` is what was recommended, ``None`` where it was too early for that; ``final`` what was
    decided. ``axes`` and ``evidence`` are as in :class:`fitcheck.domain.track_record.Case`.
    """

    assessed_on: dt.date
    model: Action | None
    gut: Action | None
    final: Action
    odds: Mapping[Match, float]
    axes: Mapping[Axis, float]
    evidence: Mapping[Evidence, float]


class NoForecast(StrEnum):
    """Why there are no odds that an outcome could be held against."""

    NOT_ASSESSED = "not_assessed"
    """No finished assessment was there on the day of the decision, or nothing in it by then."""
    RULES_UNKNOWN = "rules_unknown"
    """The bank or the policy that judged it isn't in this book."""


@dataclass(frozen=True)
class Engagement:
    """A decision that wasn't to decline, with what was marked of it since, oldest first.

    ``step_id`` names the decision. ``forecast`` says why where there is none.
    """

    prospect_id: int
    step_id: int
    name: str = field(repr=False)
    decided_on: dt.date
    final: Action
    forecast: Forecast | NoForecast | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """What counts of what was marked."""
        return latest(self.outcomes)

    @property
    def case(self) -> Case | None:
        """It as a case of the track record, if both its odds and its outcome are known."""
        outcome, forecast = self.outcome, self.forecast
        if outcome is None or not isinstance(forecast, Forecast):
            return None
        return Case(
            decided_on=self.decided_on,
            odds=forecast.odds,
            outcome=outcome.match,
            model=forecast.model,
            gut=forecast.gut,
            final=forecast.final,
            axes=forecast.axes,
            evidence=forecast.evidence,
            name=self.name,
        )


def forecast_of(assessment: Assessment, bank: Bank, policy: Policy, final: Action) -> Forecast:
    """What ``assessment`` says on the day on which ``final`` is decided."""
    judgement = judge(assessment, bank, policy)
    recommended = judgement.recommendation
    early = recommended is Recommendation.UNDECIDED
    by_evidence: dict[Evidence, list[tuple[float, float]]] = {}
    for answer in rated(assessment, bank):
        # High on nature is measurable, not good.
        if answer.evidence is not None and answer.question.axis in JUDGED_AXES:
            by_evidence.setdefault(answer.evidence, []).append((answer.question.weight, answer.x))
    return Forecast(
        assessed_on=assessment.date,
        model=None if early else Action(recommended.value),
        gut=assessment.gut.recommendation if assessment.gut else None,
        final=final,
        odds=dict(judgement.odds),
        axes={axis: side.score for axis, side in judgement.axes.items() if side.answered},
        evidence={tag: _mean(by_evidence[tag]) for tag in Evidence if tag in by_evidence},
    )


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    """The mean by weight; every weight of a bank is above 0."""
    return math.fsum(weight * x for weight, x in weighted) / math.fsum(w for w, _ in weighted)
