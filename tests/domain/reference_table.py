"""What an assessment file holds, and rules 1 to 4 for many answers at once, a second time.

Nothing of ``fitcheck.domain`` is used. A completion enters rules 1 to 4 only by α and β per axis
and by what its gate facets come to, so that millions of them cost no more than the few hundred
posteriors that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[Any]
Json = dict[str, Any]

AXES = ("trust", "chemistry", "nature")
DECLINE, STAGE, PROCEED = range(3)
NAMES = ("decline", "stage", "proceed")
TIE = 1e-12
UNSURE = 1e-7
"""Losses closer than this may fall either way between two quadratures of different kind."""

# Nature by the double exponential rule, m = (1 + tanh(π/2 · sinh t))/2: its nodes crowd at both
# ends, so that no posterior is too steep there.
_STEP = 0.03
_T = _STEP * np.arange(-140, 141)
_S = np.pi * np.sinh(_T)
_LOG_M, _LOG_1_M = -np.logaddexp(0.0, -_S), -np.logaddexp(0.0, _S)
_M = np.exp(_LOG_M)
_JACOBIAN = np.pi * np.cosh(_T) * _STEP


# Rule 3 for many posteriors at once


def actions(sides: Mapping[str, Array], policy: Json, appetite: str) -> tuple[Array, Array]:
    """Rule 3 for each triple of posteriors: codes, and how far the next action is behind.

    ``sides`` hold one row (α, β) per posterior; the results are indexed trust, chemistry, nature.
    """
    a, b = (sides["nature"][:, k, None] for k in (0, 1))
    density = np.exp(a * _LOG_M + b * _LOG_1_M - special.betaln(a, b)) * _JACOBIAN

    def clears(drop: float) -> Array:
        above = []
        for axis in ("trust", "chemistry"):
            bar = policy["bars"][axis]
            at = bar["preference"] + (bar["measurable"] - bar["preference"]) * _M - drop
            shape = sides[axis]
            above.append(special.betainc(shape[:, 1:], shape[:, :1], 1 - np.clip(at, 0.0, 1.0)))
        return np.stack([(above[1] * row) @ density.T for row in above[0]])

    good, not_poor = clears(0.0), clears(policy["bars"]["gap"])
    odds = (good, not_poor - good, 1 - not_poor)
    losses = np.stack(
        [
            policy["appetites"][appetite][name]
            * sum(loss * chance for loss, chance in zip(policy["losses"][name], odds, strict=True))
            for name in NAMES
        ]
    )
    ranked = np.sort(losses, axis=0)
    tied = losses <= ranked[0] + TIE
    codes = np.where(tied[STAGE], STAGE, np.where(tied[DECLINE], DECLINE, PROCEED))
    # An exact tie is no doubt: both implementations have to see it.
    margin = np.where(tied.sum(axis=0) > 1, np.inf, ranked[1] - ranked[0])
    return codes, margin


# What an assessment holds


def decimal(limit: float) -> Fraction:
    """A policy's number as it is written: 0.6, and not the double that is a trifle less."""
    return Fraction(str(limit))


class Table:
    """The consultant's side of an assessment file, in the scope of a form."""

    def __init__(self, file: Json, bank: Json, form: str) -> None:
        self.policy: Json = bank["policy"]
        self.appetite: str = file["appetite"]
        self.given: dict[str, Json] = {a["question"]: a for a in file["answers"]}
        states = {entry["state"] for entry in file["deal_breakers"]}
        self.confirmed, self.suspected = "confirmed" in states, "suspected" in states
        mine = [q for q in bank["questions"] if q["side"] == "consultant"]
        self.asked: list[Json] = [
            q
            for q in mine
            if self.given.get(q["id"], {}).get("answer") != "not_applicable"
            and (form in q["forms"] or self.has_level(q))
        ]
        self.answered = [q for q in self.asked if self.has_level(q)]
        self.open = [q for q in self.asked if not self.has_level(q)]
        self.theirs = [
            q for q in bank["questions"] if q["side"] == "prospect" and self.has_level(q)
        ]

    def has_level(self, question: Json) -> bool:
        return isinstance(self.given.get(question["id"], {}).get("answer"), int)

    def level(self, question: Json) -> int:
        """The level of a question that has one."""
        return int(self.given[question["id"]]["answer"])

    def tag(self, question: Json) -> str:
        return str(self.given[question["id"]]["evidence"])

    def on(self, axis: str, questions: Iterable[Json]) -> list[Json]:
        return [q for q in questions if q["axis"] == axis]

    def beads(self, question: Json, tag: str) -> float:
        return float(self.policy["precision"] * question["weight"] * self.policy["evidence"][tag])

    def side(self, axis: str, levels: Mapping[str, int] | None = None) -> tuple[float, float]:
        """α and β of an axis, with other levels for some of the answered questions."""
        alpha, beta = self.policy["priors"][axis]
        for question in self.on(axis, self.answered):
            level = (levels or {}).get(question["id"], self.level(question))
            dropped = self.beads(question, self.tag(question))
            alpha, beta = alpha + dropped * level / 4, beta + dropped * (1 - level / 4)
        return alpha, beta

    def undecided(self, filled: bool) -> bool:
        """Rule 2; ``filled`` if every open question has been answered, by observation."""
        for axis in AXES:
            answered, open_ = self.on(axis, self.answered), self.on(axis, self.open)
            need = min(self.policy["rules"]["minimum_answers"], len(answered) + len(open_))
            more = len(open_) if filled else 0
            firm = sum(1 for q in answered if self.tag(q) != "hunch")
            if len(answered) + more < need or (axis != "nature" and firm + more < need):
                return True
        return False

    def doubts(self, nature: float) -> bool:
        """The prospect's own brake at a nature score."""
        bars, rules = self.policy["bars"], self.policy["rules"]
        for axis in ("trust", "chemistry"):
            levels = [self.given[q["id"]]["answer"] for q in self.on(axis, self.theirs)]
            bar = bars[axis]["preference"]
            bar += (bars[axis]["measurable"] - bars[axis]["preference"]) * nature
            enough = len(levels) >= rules["minimum_prospect_answers"]
            if enough and sum(levels) / len(levels) / 4 < bar - bars["gap"] - TIE:
                return True
        return False

    def gate_facets(self) -> dict[str, tuple[int, int]]:
        """Per gate facet the weight and the weight times level of what is better than a hunch."""
        gates = {q["facet"]: (0, 0) for q in self.asked if q["gate"]}
        for question in self.answered:
            if question["gate"] and self.tag(question) != "hunch":
                weight, score = gates[question["facet"]]
                level = self.level(question)
                gates[question["facet"]] = (
                    weight + question["weight"],
                    score + question["weight"] * level,
                )
        return gates

    def low(self, weight: int, score: int) -> bool:
        return weight > 0 and Fraction(score, 4 * weight) <= decimal(self.policy["rules"]["gate"])

    def try_levels(self, changes: Sequence[Mapping[str, int]]) -> tuple[Array, Array]:
        """Rules 1 to 4 with other levels for some answers, evidence kept: codes and margins.

        Only for an assessment that is neither declined by rule 1 nor too early by rule 2.
        """
        asked = {q["id"]: q for q in self.answered}
        today = {axis: self.side(axis) for axis in AXES}
        facets = self.gate_facets()
        alphas = {axis: np.full(len(changes), today[axis][0]) for axis in AXES}
        held = np.full(len(changes), self.suspected)
        for row, change in enumerate(changes):
            gates = dict(facets)
            for id_, level in change.items():
                question = asked[id_]
                old = self.level(question)
                tag = self.tag(question)
                alphas[question["axis"]][row] += self.beads(question, tag) * (level - old) / 4
                if question["gate"] and tag != "hunch":
                    weight, score = gates[question["facet"]]
                    score += question["weight"] * (level - old)
                    gates[question["facet"]] = weight, score
            held[row] |= any(self.low(*gate) for gate in gates.values())
        shapes, places = {}, {}
        for axis in AXES:
            unique, places[axis] = np.unique(np.round(alphas[axis], 10), return_inverse=True)
            shapes[axis] = np.stack([unique, sum(today[axis]) - unique], axis=1)
        codes, margins = actions(shapes, self.policy, self.appetite)
        picked = tuple(places[axis] for axis in AXES)
        scores = shapes["nature"][:, 0] / sum(today["nature"])
        held |= np.array([self.doubts(score) for score in scores])[places["nature"]]
        found = codes[picked]
        return np.where(held & (found == PROCEED), STAGE, found), margins[picked]
