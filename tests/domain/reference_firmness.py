"""judgement.md, section 5's look ahead, written a second time: on raw JSON, with SciPy.

Nothing of ``fitcheck.domain`` is used, and nothing is clever: every completion of the full form is
counted. That is affordable because at given θ the answers are independent, so that the joint
distribution of an axis' sum and its gates is a plain convolution, and its expectation over θ a
Gauss–Jacobi sum that is exact (a level's probability is a polynomial in θ).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special, stats

from tests.domain import reference
from tests.domain.reference_table import (
    AXES,
    NAMES,
    PROCEED,
    STAGE,
    TIE,
    UNSURE,
    Array,
    Json,
    Table,
    actions,
)

# The predictive model


def theta_rule(alpha: float, beta: float) -> tuple[Array, Array]:
    """Nodes and weights that integrate polynomials in θ up to degree 79 against Beta(α, β)."""
    x, weight = special.roots_jacobi(40, beta - 1, alpha - 1)
    return (1 + x) / 2, weight / weight.sum()


def levels_given(theta: Array, spread: float) -> Array:
    """BetaBinomial(l; 4, ρθ, ρ(1 − θ)): one row per level, one column per θ."""
    level = np.arange(5)[:, None]
    return np.asarray(stats.betabinom.pmf(level, 4, spread * theta, spread * (1 - theta)))


def predictive(alpha: float, beta: float, spread: float) -> Array:
    """p(l) of one answer still to come."""
    theta, weight = theta_rule(alpha, beta)
    return np.asarray(levels_given(theta, spread) @ weight)


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
