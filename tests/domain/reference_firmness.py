"""judgement.md, sections 5 and 6, written a second time: on raw JSON, with NumPy and SciPy.

Nothing of ``fitcheck.domain`` is used, and nothing is clever: every completion of the full form is
counted, every level of every answer is tried. That is affordable because a completion enters
rules 1 to 4 only by one sum of weight times level per axis, and by whether a gate facet is low:
at given θ the answers are independent, so their joint distribution is a plain convolution, and its
expectation over θ a Gauss–Jacobi sum that is exact (a level's probability is a polynomial in θ).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from tests.domain import reference

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


# The predictive model


def theta_rule(alpha: float, beta: float) -> tuple[Array, Array]:
    """Nodes and weights that integrate polynomials in θ up to degree 79 against Beta(α, β)."""
    x, weight = special.roots_jacobi(40, beta - 1, alpha - 1)
    return (1 + x) / 2, weight / weight.sum()


def levels_given(theta: Array, spread: float) -> Array:
    """BetaBinomial(l; 4, ρθ, ρ(1 − θ)): one row per level, one column per θ."""
    level = np.arange(5)[:, None]
    chances: Array = stats.betabinom.pmf(level, 4, spread * theta, spread * (1 - theta))
    return chances


def predictive(alpha: float, beta: float, spread: float) -> Array:
    """p(l) of one answer still to come."""
    theta, weight = theta_rule(alpha, beta)
    return np.asarray(levels_given(theta, spread) @ weight)


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
        return weight > 0 and Fraction(score, 4 * weight) <= Fraction(self.policy["rules"]["gate"])

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


# Looking ahead over the full form


@dataclass(frozen=True)
class Ways:
    """The ways in which an axis may end: rows of (α, β), and two columns: gates fine, a gate low.

    ``chance`` sums to one; ``possible`` where there is a way at all, however unlikely.
    """

    shapes: Array
    chance: Array
    possible: Array


def ways(table: Table, axis: str) -> Ways:
    """Every completion of the open questions of an axis, facet by facet."""
    policy, (alpha, beta) = table.policy, table.side(axis)
    theta, weight_of_theta = theta_rule(alpha, beta)
    given = levels_given(theta, policy["rules"]["spread"])
    open_ = table.on(axis, table.open)
    gates = table.gate_facets()
    facets = {q["facet"] for q in table.on(axis, table.asked)}
    # Rows by the sum of weight · level so far, one column per θ; no answers, no sum.
    fine, low = np.ones((1, len(theta))), np.zeros((1, len(theta)))
    count_fine, count_low = np.ones((1, 1)), np.zeros((1, 1))
    for facet in sorted(facets):
        inside, count = np.ones((1, len(theta))), np.ones((1, 1))
        for question in (q for q in open_ if q["facet"] == facet):
            steps = [level * question["weight"] for level in range(5)]
            inside = _convolve(inside, dict(zip(steps, given, strict=True)))
            count = _convolve(count, dict.fromkeys(steps, np.ones(1)))
        shut = np.zeros(len(inside), dtype=bool)
        if facet in gates:
            old_weight, old_score = gates[facet]
            total = old_weight + sum(q["weight"] for q in open_ if q["facet"] == facet)
            shut = np.array([table.low(total, old_score + more) for more in range(len(inside))])
        opened, closed = inside * ~shut[:, None], inside * shut[:, None]
        low = _times(low, inside) + _times(fine, closed)
        fine = _times(fine, opened)
        count_low = _times(count_low, count) + _times(count_fine, count * shut[:, None])
        count_fine = _times(count_fine, count * ~shut[:, None])
    chance = np.stack([fine @ weight_of_theta, low @ weight_of_theta], axis=1)
    possible = np.concatenate([count_fine > 0, count_low > 0], axis=1)
    reached = possible.any(axis=1)
    bead = policy["precision"] * policy["evidence"]["observed"]
    up = bead * np.flatnonzero(reached) / 4
    all_ = bead * sum(q["weight"] for q in open_)
    shapes = np.stack([alpha + up, beta + all_ - up], axis=1)
    return Ways(shapes, chance[reached], possible[reached])


def _convolve(rows: Array, steps: Mapping[int, Array]) -> Array:
    longer = np.zeros((len(rows) + max(steps), rows.shape[1]))
    for step, factor in steps.items():
        longer[step : step + len(rows)] += rows * factor
    return longer


def _times(rows: Array, others: Array) -> Array:
    return _convolve(rows, dict(enumerate(others)))


def foresee(file: Json, bank: Json) -> Json:
    """Section 5's look ahead; near ties leave ``sure`` (settled) or ``today_sure`` False.

    ``chances`` hold a pair for each (question, again): the chance to change, and the margin by
    which its five actions are beyond doubt.
    """
    table, policy = Table(file, bank, "full"), bank["policy"]
    today = reference.judge(file, bank)
    recommendation, least = today["recommendation"], min(today["expected_loss"].values())
    chances = chances_to_change(table)
    if table.confirmed or table.undecided(filled=True):
        held, sure = {recommendation}, True
        staying = None if recommendation == "undecided" else 1.0
    else:
        ends = {axis: ways(table, axis) for axis in AXES}
        codes, margins = actions({a: e.shapes for a, e in ends.items()}, policy, table.appetite)
        nature = ends["nature"].shapes
        doubts = np.array([table.doubts(a / (a + b)) for a, b in nature])
        wanted, staying = recommendation, 0.0
        held, doubtless = set(), set()
        for t, c in itertools.product((0, 1), repeat=2):
            braked = doubts | bool(t or c or table.suspected)
            results = np.where(braked & (codes == PROCEED), STAGE, codes)
            here = np.ix_(
                ends["trust"].possible[:, t],
                ends["chemistry"].possible[:, c],
                ends["nature"].possible.any(axis=1),
            )
            held |= {NAMES[code] for code in np.unique(results[here])}
            doubtless |= {NAMES[code] for code in np.unique(results[here][margins[here] > UNSURE])}
            if wanted in NAMES:
                staying += float(
                    np.einsum(
                        "tcn,t,c,n->",
                        results == NAMES.index(wanted),
                        ends["trust"].chance[:, t],
                        ends["chemistry"].chance[:, c],
                        ends["nature"].chance.sum(axis=1),
                        optimize=True,
                    )
                )
        sure = held == doubtless
        staying = staying if wanted in NAMES else None
    settled = len(held) == 1
    return {
        "settled": settled,
        "reached": held,
        "reachable": _between(held),
        "staying_power": staying,
        "chances": chances,
        "enough": table.confirmed
        or (
            recommendation != "undecided"
            and not table.suspected
            and (settled or (staying or 0.0) >= policy["rules"]["enough"])
        ),
        "open": len(table.open),
        "sure": sure,
        "today_sure": all(
            loss == least or loss - least <= TIE or loss - least > UNSURE
            for loss in today["expected_loss"].values()
        ),
    }


def _between(held: set[str]) -> set[str]:
    """All actions between the worst and the best."""
    if held == {"undecided"}:
        return held
    places = [NAMES.index(name) for name in held]
    return set(NAMES[min(places) : max(places) + 1])


def chances_to_change(table: Table) -> dict[tuple[str, bool], tuple[float, float]]:
    """For each open question and each hunch the chance that its answer changes rule 3's action."""
    policy = table.policy
    sides = {axis: table.side(axis) for axis in AXES}
    here = {axis: np.array([side]) for axis, side in sides.items()}
    today, unsure = (found.item() for found in actions(here, policy, table.appetite))
    hunches = [q for q in table.answered if table.tag(q) == "hunch"]
    found = {}
    known: dict[tuple[Any, ...], tuple[float, float]] = {}
    for question in [*table.open, *hunches]:
        again = question in hunches
        alpha, beta = sides[question["axis"]]
        if again:
            level = table.level(question)
            dropped = table.beads(question, "hunch")
            alpha, beta = alpha - dropped * level / 4, beta - dropped * (1 - level / 4)
        kind = question["axis"], alpha, beta, table.beads(question, "observed")
        if kind not in known:
            chance = predictive(alpha, beta, policy["rules"]["spread"])
            x, dropped = np.arange(5) / 4, table.beads(question, "observed")
            then = np.stack([alpha + dropped * x, beta + dropped * (1 - x)], axis=1)
            codes, margins = actions({**here, question["axis"]: then}, policy, table.appetite)
            changes = float(chance[codes.ravel() != today].sum())
            known[kind] = changes, float(min(unsure, margins.min()))
        found[question["id"], again] = known[kind]
    return found


# Looking sideways: other levels for what is answered


def flips(file: Json, bank: Json) -> tuple[list[tuple[str, int, int, str]], float]:
    """(question, from, to, result) for the nearest level each way, and the least margin."""
    table = Table(file, bank, file["form"])
    if table.confirmed or table.undecided(filled=False):
        return [], np.inf
    tried = [(q["id"], level) for q in table.answered for level in range(5)]
    codes, margins = table.try_levels([{}, *({id_: level} for id_, level in tried)])
    results = dict(zip(tried, codes[1:], strict=True))
    found = []
    for question in table.answered:
        was = table.level(question)
        for way in (range(was - 1, -1, -1), range(was + 1, 5)):
            to = next((level for level in way if results[question["id"], level] != codes[0]), None)
            if to is not None:
                result = NAMES[results[question["id"], to]]
                found.append((question["id"], was, to, result))
    return found, float(margins.min())


def to_proceed(file: Json, bank: Json) -> tuple[list[dict[str, list[int]]] | None, float]:
    """The smallest sets, by total rise and bank order, and the least margin that was met.

    Each set maps its questions to the levels; of several with the same total rise, all are given.
    """
    table = Table(file, bank, file["form"])
    if table.confirmed or table.undecided(filled=False):
        return None, np.inf
    codes, margins = table.try_levels([{}])
    least = float(margins.min())
    if codes[0] == PROCEED:
        return [], least
    low = [q for q in table.answered if q["axis"] != "nature" and table.level(q) < 4]
    for size in range(1, bank["policy"]["rules"]["most_to_raise"] + 1):
        tried = [
            dict(zip((q["id"] for q in chosen), levels, strict=True))
            for chosen in itertools.combinations(low, size)
            for levels in itertools.product(*(range(table.level(q) + 1, 5) for q in chosen))
        ]
        if not tried:
            return None, least
        codes, margins = table.try_levels(tried)
        least = min(least, float(margins.min()))
        best: dict[tuple[str, ...], tuple[int, list[dict[str, int]]]] = {}
        for change in itertools.compress(tried, codes == PROCEED):
            rise = sum(to - table.given[id_]["answer"] for id_, to in change.items())
            least_rise, ways_ = best.get(tuple(change), (99, []))
            if rise <= least_rise:
                same = ways_ if rise == least_rise else []
                best[tuple(change)] = rise, [*same, change]
        if best:
            order = sorted(best.items(), key=lambda entry: entry[1][0])
            return [
                {id_: [way[id_] for way in ways_] for id_ in ids} for ids, (_rise, ways_) in order
            ], least
    return None, least


# Section 6


def warnings(file: Json, bank: Json) -> tuple[list[tuple[Any, ...]], list[tuple[str, float]]]:
    """The warnings that apply, and the gaps (facet, prospect minus consultant), by facet."""
    table, limits = Table(file, bank, file["form"]), bank["policy"]["warnings"]
    judged = reference.judge(file, bank)
    found: list[tuple[Any, ...]] = []
    weight = sum(q["weight"] for q in table.answered)
    hunches = sum(q["weight"] for q in table.answered if table.tag(q) == "hunch")
    if weight and hunches / weight > limits["mostly_hunches"]:
        found.append(("mostly_hunches",))
    levels = [table.level(q) for q in table.answered if q["axis"] != "nature"]
    observed = [q for q in table.answered if q["axis"] != "nature" and table.tag(q) == "observed"]
    if (
        len(levels) >= limits["halo_answers"]
        and max(levels) - min(levels) <= limits["halo_levels"]
        and len(observed) < limits["halo_observed"] * len(levels)
    ):
        found.append(("halo",))
    asked = sum(q["weight"] for q in table.asked if q["problem"] == "B")
    told = sum(q["weight"] for q in table.answered if q["problem"] == "B")
    if asked and told / asked < limits["problem_b_thin"]:
        found.append(("problem_b_thin",))
    for axis in ("chemistry", "trust", "nature"):
        if judged["axes"][axis]["high"] - judged["axes"][axis]["low"] > limits["wide_axis"]:
            found.append(("wide_axis", axis))
    gaps = []
    for facet in sorted({q["facet"] for q in bank["questions"]}):
        mine = [table.level(q) for q in table.answered if q["facet"] == facet]
        theirs = [table.level(q) for q in table.theirs if q["facet"] == facet]
        if mine and theirs:
            gap = Fraction(sum(theirs), 4 * len(theirs)) - Fraction(sum(mine), 4 * len(mine))
            gaps.append((facet, float(gap)))
            single = min(len(mine), len(theirs)) == 1
            limit = limits["perception_gap_single" if single else "perception_gap"]
            if abs(gap) >= Fraction(limit):
                found.append(("perception_gap", facet))
    return found, gaps
