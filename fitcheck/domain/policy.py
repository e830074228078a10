"""The policy: the numbers that turn odds into advice. Data, versioned, never edited in place.

The thresholds, weights and losses are policy, not science, and the product says so wherever it
shows them. :mod:`fitcheck.domain.policy_lint` checks a file before :func:`parse_policy` trusts it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fitcheck.domain.bank import JUDGED_AXES, Axis, Bank, DealBreaker, Evidence, Reference
from fitcheck.domain.terms import Action as Action
from fitcheck.domain.terms import Appetite as Appetite
from fitcheck.domain.terms import Match as Match

OWN = "own"
"""The id of every policy that the consultant has made (:mod:`fitcheck.policies`)."""


@dataclass(frozen=True)
class Bar:
    """A bar that moves with nature: from ``preference`` (m = 0) to ``measurable`` (m = 1)."""

    preference: float
    measurable: float

    def at(self, nature: float) -> float:
        """The bar in [0, 1] at nature m in [0, 1] (judgement.md, section 3)."""
        return self.preference + (self.measurable - self.preference) * nature


@dataclass(frozen=True)
class WarningLimits:
    """From where on the answers themselves deserve a warning (judgement.md, section 6).

    Shares and widths lie in [0, 1]; ``halo_levels`` is a distance between levels.
    """

    mostly_hunches: float
    halo_answers: int
    halo_levels: int
    halo_observed: float
    problem_b_thin: float
    wide_axis: float
    perception_gap: float
    perception_gap_single: float


@dataclass(frozen=True)
class Policy:
    """One version of the policy. ``losses[action]`` is in the order good, workable, poor.

    ``spread`` is the precision ρ with which one question's level scatters around the axis, in the
    predictive model of section 5; ``enough`` the staying power at which one may stop asking;
    ``most_to_raise`` the size of the largest set of answers that is sought for ``to_proceed``.
    ``deal_breakers`` are the consultant's own, or ``None`` where those of the bank hold.
    """

    id: str
    version: str
    precision: float
    evidence: Mapping[Evidence, float]
    priors: Mapping[Axis, tuple[float, float]]
    bars: Mapping[Axis, Bar]
    gap: float
    losses: Mapping[Action, tuple[float, float, float]]
    appetites: Mapping[Appetite, Mapping[Action, float]]
    minimum_answers: int
    gate: float
    minimum_prospect_answers: int
    stance: float
    range: tuple[float, float]
    spread: float
    enough: float
    most_to_raise: int
    warnings: WarningLimits
    deal_breakers: tuple[DealBreaker, ...] | None = None

    @property
    def reference(self) -> Reference:
        return Reference(self.id, self.version)

    def over(self, bank: Bank) -> Bank:
        """``bank`` as it is asked under this policy: with this policy's deal-breakers, if any."""
        if self.deal_breakers is None:
            return bank
        return replace(bank, deal_breakers=self.deal_breakers)


def parse_policy(text: str) -> Policy:
    """The policy written in ``text`` (TOML), which has been linted before."""
    data: dict[str, Any] = tomllib.loads(text)
    rules = data["rules"]
    return Policy(
        id=data["id"],
        version=data["version"],
        precision=float(data["precision"]),
        evidence={Evidence(tag): float(factor) for tag, factor in data["evidence"].items()},
        priors={Axis(axis): (float(a), float(b)) for axis, (a, b) in data["priors"].items()},
        bars={axis: Bar(**data["bars"][axis]) for axis in JUDGED_AXES},
        gap=float(data["bars"]["gap"]),
        losses={
            Action(action): (float(good), float(workable), float(poor))
            for action, (good, workable, poor) in data["losses"].items()
        },
        appetites={
            Appetite(appetite): {Action(action): float(f) for action, f in factors.items()}
            for appetite, factors in data["appetites"].items()
        },
        minimum_answers=int(rules["minimum_answers"]),
        gate=float(rules["gate"]),
        minimum_prospect_answers=int(rules["minimum_prospect_answers"]),
        stance=float(rules["stance"]),
        range=(float(rules["range"][0]), float(rules["range"][1])),
        spread=float(rules["spread"]),
        enough=float(rules["enough"]),
        most_to_raise=int(rules["most_to_raise"]),
        warnings=WarningLimits(**data["warnings"]),
        deal_breakers=tuple(DealBreaker(**entry) for entry in data["deal_breakers"])
        if "deal_breakers" in data
        else None,
    )
