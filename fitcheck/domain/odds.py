"""Three posteriors → the odds of a match and the action of least loss (judgement.md, 3 and 4).

The odds are integrals over nature of the chances to clear two moving bars. Those chances are
smooth, so their values at a few Chebyshev nodes of nature say all about them, and integrating
against the Beta of nature is a weighted sum over the nodes (product integration). The nodes depend
on the policy alone: what an axis contributes is computed once per posterior and kept, and one more
set of odds is two sums of sixteen products. That is what makes looking ahead over thousands of
posteriors possible (:mod:`fitcheck.domain.firmness`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from operator import mul

from fitcheck.domain import beta
from fitcheck.domain.bank import JUDGED_AXES, Axis
from fitcheck.domain.policy import Action, Appetite, Bar, Match, Policy

TIE = 1e-12
"""Expected losses closer than this are a tie; ties go to stage, then decline, then proceed."""

_TIE_ORDER = (Action.STAGE, Action.DECLINE, Action.PROCEED)

Beads = tuple[float, float]
"""α and β of the Beta distribution of one axis."""

Column = tuple[float, ...]
"""One number per Chebyshev node of nature."""

SIZES = (16, 32, 64, 128, 256)
"""How many nodes an interpolation may have."""


def match_odds(sides: Mapping[Axis, Beads], policy: Policy) -> dict[Match, float]:
    """The odds of the three matches: integrals over three independent posteriors (section 3).

    Within 1e-6 of exact quadrature for every α, β between 0.5 and 500 (tested against SciPy);
    each lies in [0, 1] and they sum to one.
    """
    nodes = nodes_needed(sides, policy)
    if nodes is None:
        good, not_poor = (_by_quadrature(sides, policy, below) for below in (0.0, policy.gap))
    else:
        good, not_poor = chances(sides, policy, nodes)
    good = min(1.0, max(0.0, good))
    not_poor = min(1.0, max(good, not_poor))
    return {Match.GOOD: good, Match.WORKABLE: not_poor - good, Match.POOR: 1.0 - not_poor}


def expected_losses(
    odds: Mapping[Match, float], policy: Policy, appetite: Appetite
) -> dict[Action, float]:
    """The expected loss of each action; the appetite scales an action's three losses alike."""
    weighted = zip(Action, weighted_losses(policy, appetite), strict=True)
    return {
        action: math.fsum(loss * odds[match] for match, loss in zip(Match, losses, strict=True))
        for action, losses in weighted
    }


def weighted_losses(policy: Policy, appetite: Appetite) -> tuple[tuple[float, float, float], ...]:
    """The losses of each action, as the appetite weighs them, for good, workable and poor."""
    factors = policy.appetites[appetite]
    rows = ((factors[action], policy.losses[action]) for action in Action)
    return tuple((f * good, f * workable, f * poor) for f, (good, workable, poor) in rows)


def least_loss(losses: Mapping[Action, float]) -> Action:
    """The action of least expected loss; ties go to stage, then decline, then proceed."""
    least = min(losses.values())
    return next(action for action in _TIE_ORDER if losses[action] <= least + TIE)


# Interpolation in nature


def nodes_needed(sides: Mapping[Axis, Beads], policy: Policy) -> int | None:
    """How many nodes keep the odds exact to 1e-9; ``None`` where interpolation won't do.

    Two things have to be resolved: the turn of each side's chance, as wide as its posterior's
    deviation over the slope of its bar; and the singularities of the Beta at 0 and 1, whose
    distance from the bar's path sets the rate of convergence (Bernstein's ellipse). Both factors
    were found by measuring; tests/domain/test_odds.py holds the result against SciPy.
    """
    needed = 0.0
    for axis in JUDGED_AXES:
        bar = policy.bars[axis]
        slope = abs(bar.measurable - bar.preference)
        if slope == 0.0:
            continue
        lowest = min(bar.preference, bar.measurable) - policy.gap
        highest = max(bar.preference, bar.measurable)
        z = 1.0 + 2.0 * max(0.0, min(lowest, 1.0 - highest)) / slope
        rate = math.log(z + math.sqrt(z * z - 1.0))
        if rate * SIZES[-1] < 25.0:
            return None
        needed = max(needed, 3.4 * slope / _deviation(*sides[axis]), 25.0 / rate)
    return next((size for size in SIZES if size >= needed), None)


def chances(sides: Mapping[Axis, Beads], policy: Policy, nodes: int) -> tuple[float, float]:
    """P(good) and P(not poor) by interpolation at so many nodes."""
    weights = chebyshev_weights(*sides[Axis.NATURE], nodes)
    (t, t_low), (c, c_low) = (clearing(*sides[a], policy, a, nodes) for a in JUDGED_AXES)
    return sum(map(mul, weights, map(mul, t, c))), sum(map(mul, weights, map(mul, t_low, c_low)))


def clearing(
    alpha: float, beta_: float, policy: Policy, axis: Axis, nodes: int
) -> tuple[Column, Column]:
    """At each node the chance that the axis lies above its bar, and above its bar less the gap."""
    bar = policy.bars[axis]
    return _above(alpha, beta_, bar, 0.0, nodes), _above(alpha, beta_, bar, policy.gap, nodes)


@lru_cache(maxsize=8192)
def _above(alpha: float, beta_: float, bar: Bar, below: float, nodes: int) -> Column:
    """The chance to lie above the bar less ``below``, at each node.

    Known at one node by the continued fraction, at the others by integrating the density, which
    is as well resolved by the nodes as the chance itself; that takes a fifth of the time.
    """
    slope = bar.measurable - bar.preference
    first = beta.survival(alpha, beta_, bar.at(chebyshev_nodes(nodes)[0]) - below)
    if slope == 0.0:
        return (first,) * nodes
    scale = beta.log_beta(alpha, beta_)
    a, b = alpha - 1.0, beta_ - 1.0
    density = [math.exp(a * x + b * rest - scale) for x, rest in _logs(bar, below, nodes)]
    return tuple(
        min(1.0, max(0.0, first - slope * sum(map(mul, row, density)))) for row in _integrals(nodes)
    )


@lru_cache(maxsize=16)
def _logs(bar: Bar, below: float, nodes: int) -> tuple[tuple[float, float], ...]:
    """log t and log(1 - t) where the bar less ``below`` stands at each node."""
    stands = (bar.at(m) - below for m in chebyshev_nodes(nodes))
    return tuple((math.log(t), math.log1p(-t)) for t in stands)


@lru_cache(maxsize=8)
def _integrals(count: int) -> tuple[Column, ...]:
    """For each node the weights with which values at the nodes give the integral up to it.

    From the first node on, over m, by integrating the Chebyshev polynomials: the integral of
    T_k is (T_(k+1)/(k+1) - T_(k-1)/(k-1))/2, and dm = dx/2 for x = 2m - 1.
    """

    def integral(k: int, angle: float) -> float:
        if k == 0:
            return math.cos(angle)
        if k == 1:
            return math.cos(2.0 * angle) / 4.0
        up, down = math.cos((k + 1) * angle), math.cos((k - 1) * angle)
        return (up / (k + 1) - down / (k - 1)) / 2.0

    angles = [math.pi * (j + 0.5) / count for j in range(count)]
    factors = tuple(zip(*_cosines(count), strict=True))  # for each T_k what each value adds to it
    rows = []
    for angle in angles:
        grown = [(integral(k, angle) - integral(k, angles[0])) / 2.0 for k in range(count)]
        rows.append(tuple(sum(map(mul, grown, column)) for column in zip(*factors, strict=True)))
    return tuple(rows)


@lru_cache(maxsize=8)
def chebyshev_nodes(count: int) -> Column:
    """The ``count`` Chebyshev nodes of the first kind on [0, 1]."""
    return tuple(0.5 + 0.5 * math.cos(math.pi * (j + 0.5) / count) for j in range(count))


@lru_cache(maxsize=4096)
def chebyshev_weights(a: float, b: float, count: int) -> Column:
    """The weights with which values at the nodes give the expectation under Beta(``a``, ``b``).

    Exact for polynomials of a degree below ``count``. The moments M(k) = E[T_k(2m - 1)] follow
    from the density's differential equation: (a + b + k) M(k+1) = 2 (a - b) M(k) -
    (a + b - k) M(k-1) (Piessens and Branders 1973).
    """
    moments = [1.0, (a - b) / (a + b)]
    for k in range(1, count - 1):
        moments.append((2.0 * (a - b) * moments[k] - (a + b - k) * moments[k - 1]) / (a + b + k))
    return tuple(sum(map(mul, moments, factors)) for factors in _cosines(count))


@lru_cache(maxsize=8)
def _cosines(count: int) -> tuple[Column, ...]:
    """For each node the factor with which each moment enters its weight."""
    angles = [math.pi * (j + 0.5) / count for j in range(count)]
    return tuple(
        tuple((2.0 if k else 1.0) * math.cos(k * angle) / count for k in range(count))
        for angle in angles
    )


def _deviation(alpha: float, beta_: float) -> float:
    """The standard deviation of Beta(α, β)."""
    mean = alpha / (alpha + beta_)
    return math.sqrt(mean * (1.0 - mean) / (alpha + beta_ + 1.0))


# Quadrature, for bars that run steeply or up to the ends of an axis


def _by_quadrature(sides: Mapping[Axis, Beads], policy: Policy, below: float) -> float:
    """∫ f_N(m) · P(T ≥ t(m) − d) · P(C ≥ c(m) − d) dm for d = ``below``."""
    judged = [(*sides[axis], policy.bars[axis]) for axis in JUDGED_AXES]

    def clears(m: float) -> float:
        return math.prod(beta.survival(a, b, bar.at(m) - below) for a, b, bar in judged)

    width = min(_turning_width(a, b, bar) for a, b, bar in judged)
    return beta.expectation(*sides[Axis.NATURE], width, clears)


def _turning_width(alpha: float, beta_: float, bar: Bar) -> float:
    """Over how much of nature a side's chance to clear its bar turns from sure to unlikely."""
    slope = abs(bar.measurable - bar.preference)
    return _deviation(alpha, beta_) / slope if slope else math.inf
