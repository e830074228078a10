"""An assessment seen over the full form: what has its level there, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterable

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Axis, Bank, Evidence, Facet, Form
from fitcheck.domain.judgement import Rules
from fitcheck.domain.outlook import Outlook, look_ahead
from fitcheck.domain.policy import Policy
from fitcheck.domain.posterior import TOP_LEVEL, Rated, rated_among, rated_by_prospect, scope
from fitcheck.domain.predictive import AxisAhead, GateAhead
from fitcheck.domain.steps import Steps


class FullForm:
    """The full form of an assessment: what has its level there and what is still to come."""

    def __init__(self, assessment: Assessment, bank: Bank, policy: Policy) -> None:
        self.policy = policy
        self.appetite = assessment.appetite
        self.questions = scope(assessment, bank, Form.FULL)
        self.answers = rated_among(self.questions, assessment)
        answered = {r.question.id for r in self.answers}
        self.open = [q for q in self.questions if q.id not in answered]
        theirs = rated_by_prospect(assessment, bank)
        self.rules = Rules(assessment, bank, policy, self.questions, theirs)
        self.today = self.rules.beads(self.answers)
        self.axes = {axis: self._ahead(axis, bank) for axis in Axis}

    def _ahead(self, axis: Axis, bank: Bank) -> AxisAhead:
        return AxisAhead(
            today=self.today[axis],
            unit=self.beads_of_a_weight / TOP_LEVEL,
            spread=self.policy.spread,
            open=tuple(q.weight for q in self.open if q.axis is axis),
            gates=tuple(self._gates(f for f in bank.facets if f.gate and f.axis is axis)),
            gate=self.policy.gate,
        )

    def _gates(self, facets: Iterable[Facet]) -> Iterable[GateAhead]:
        for facet in facets:
            firm = [r for r in self.answers if r.question.facet.id == facet.id and r.firm]
            to_come = tuple(q.weight for q in self.open if q.facet.id == facet.id)
            weight = sum(r.question.weight for r in firm) + sum(to_come)
            if weight:
                so_far = sum(r.question.weight * r.level for r in firm)
                yield GateAhead(facet.id, so_far, weight, to_come)

    @property
    def beads_of_a_weight(self) -> float:
        """What an answer of weight one that is still to come will drop: it will be observed."""
        return self.policy.precision * self.policy.evidence[Evidence.OBSERVED]

    def completed(self, level: int) -> list[Rated]:
        """The answers with every open question at this level."""
        return [*self.answers, *(Rated(q, level, Evidence.OBSERVED) for q in self.open)]

    def nature_score(self, s: int) -> float:
        alpha, beta = self.axes[Axis.NATURE].beads(s)
        return alpha / (alpha + beta)

    def outlook(self) -> Steps[Outlook]:
        return look_ahead(
            self.axes,
            self.policy,
            self.appetite,
            bool(self.rules.suspected),
            lambda nature: bool(self.rules.doubts(nature)),
        )
