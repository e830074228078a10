"""What the answers still to come may be (judgement.md, section 5, the predictive model).

Given an axis' true value θ, the level of a question to come is beta-binomial around it, with the
policy's precision ρ, and several questions are independent. What the look ahead needs of them is
the distribution of their weighted sum, since posteriors depend on nothing else. It is found at a
few Chebyshev nodes of θ, once for each set of open questions, and weighted with the posterior of
θ: exact in the levels, and in θ up to the interpolation of a polynomial.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from fitcheck.domain.odds import Beads, Column, chebyshev_nodes, chebyshev_weights
from fitcheck.domain.posterior import TOP_LEVEL

NODES = 24
"""Nodes of θ; the error of a probability is then below 1e-6 for a whole axis of twelve."""

# Unsigned Stirling numbers of the first kind: x(x+1)...(x+n-1) = sum over k of S[n][k] x^k.
_STIRLING = ((1,), (0, 1), (0, 1, 1), (0, 2, 3, 1), (0, 6, 11, 6, 1))

Table = tuple[Column, ...]
"""A distribution per node of θ: the probability of each sum from 0 on."""


@lru_cache(maxsize=4096)
def level_chances(alpha: float, beta: float, spread: float) -> tuple[float, ...]:
    """p(l) for levels 0 to 4: ∫ BetaBinomial(l; 4, ρθ, ρ(1−θ)) · Beta(θ; α, β) dθ.

    Exact: the beta-binomial is a polynomial in θ and 1 − θ with positive terms, and the moments
    of the Beta are known, E[θ^i (1 − θ)^j] = α(i) β(j) / (α + β)(i + j) in rising factorials.
    """
    return tuple(
        math.comb(TOP_LEVEL, level)
        * math.fsum(
            up
            * down
            * spread ** (i + j)
            * _rising(alpha, i)
            * _rising(beta, j)
            / _rising(alpha + beta, i + j)
            for i, up in enumerate(_STIRLING[level])
            for j, down in enumerate(_STIRLING[TOP_LEVEL - level])
        )
        / _rising(spread, TOP_LEVEL)
        for level in range(TOP_LEVEL + 1)
    )


def _rising(x: float, n: int) -> float:
    """x (x + 1) … (x + n − 1)."""
    return math.prod(x + k for k in range(n))


@dataclass(frozen=True)
class GateAhead:
    """A gate facet after the full form.

    ``so_far`` is Σ w·level of its firm answers, ``weight`` what all of them will weigh then,
    ``open`` the weights of those still to come.
    """

    facet: str
    so_far: int
    weight: int
    open: tuple[int, ...]

    def shut(self, to_come: int, gate: float) -> bool:
        """Whether it holds "proceed" back if the open ones come to ``to_come``."""
        return (self.so_far + to_come) / TOP_LEVEL / self.weight <= gate

    def at_risk(self, gate: float) -> bool:
        """Whether it may yet hold back."""
        return self.shut(0, gate)

    def answered(self, weight: int, level: int, *, again: bool) -> GateAhead:
        """The same once one of its questions has this level; ``again``: it had a hunch."""
        open_ = list(self.open)
        if not again:
            open_.remove(weight)
        return GateAhead(
            self.facet,
            self.so_far + weight * level,
            self.weight + (weight if again else 0),
            tuple(open_),
        )


@dataclass(frozen=True)
class AxisAhead:
    """An axis as it may stand after the full form.

    ``open`` are the weights of the questions still to come and ``unit`` the beads of a weight's
    level. The sum s = Σ w·level runs from 0 to ``most``.
    """

    today: Beads
    unit: float
    spread: float
    open: tuple[int, ...]
    gates: tuple[GateAhead, ...]
    gate: float

    @property
    def most(self) -> int:
        return TOP_LEVEL * sum(self.open)

    def beads(self, s: float) -> Beads:
        """α and β if the answers to come sum to ``s``."""
        alpha, beta = self.today
        return alpha + self.unit * s, beta + self.unit * (self.most - s)

    def chances(self) -> Column:
        """P(s) for every s."""
        return _mixed(self.today, sums(self.open, self.spread))

    def clear_chances(self) -> Column:
        """P(s, and no gate facet of the axis holds back)."""
        risky = tuple(gate for gate in self.gates if gate.at_risk(self.gate))
        safe = Counter(self.open)
        for gate in risky:
            safe.subtract(gate.open)
        table = sums(safe.elements(), self.spread)
        for gate in risky:
            table = _joined(table, _open_gate(gate, self.gate, self.spread))
        return _mixed(self.today, table)

    def reached(self) -> tuple[int, ...]:
        """Every sum that some answers come to, in rising order."""
        sums = {0}
        for weight in self.open:
            sums = {s + weight * level for s in sums for level in range(TOP_LEVEL + 1)}
        return tuple(sorted(sums))


def _mixed(posterior: Beads, table: Table) -> Column:
    """The distribution of the sum with θ integrated out."""
    weights = chebyshev_weights(*posterior, NODES)
    return tuple(max(0.0, sum(map(mul, weights, chances))) for chances in zip(*table, strict=True))


def sums(weights: Iterable[int], spread: float) -> Table:
    """The weighted sum of open questions of these weights, at each node of θ."""
    return _sums_of(tuple(sorted(Counter(weights).items())), spread)


def clear_at_nodes(gate: GateAhead, threshold: float, spread: float) -> Column:
    """P(the gate will not be shut), at each node of θ."""
    return tuple(map(sum, _open_gate(gate, threshold, spread)))


@lru_cache(maxsize=256)
def _sums_of(counts: tuple[tuple[int, int], ...], spread: float) -> Table:
    """The weighted sum of so many questions of each weight."""
    table: Table = ((1.0,),) * NODES
    for weight, count in counts:
        table = _joined(table, tuple(_stretched(p, weight) for p in _level_sums(count, spread)))
    return table


@lru_cache(maxsize=64)
def _level_sums(count: int, spread: float) -> Table:
    """The plain sum of so many levels."""
    if count == 0:
        return ((1.0,),) * NODES
    return _joined(_level_sums(count - 1, spread), _levels(spread))


@lru_cache(maxsize=4)
def _levels(spread: float) -> Table:
    """The level of one question at each node."""
    return tuple(
        tuple(
            math.comb(TOP_LEVEL, level)
            * _rising(spread * theta, level)
            * _rising(spread * (1.0 - theta), TOP_LEVEL - level)
            / _rising(spread, TOP_LEVEL)
            for level in range(TOP_LEVEL + 1)
        )
        for theta in chebyshev_nodes(NODES)
    )


@lru_cache(maxsize=256)
def _open_gate(gate: GateAhead, threshold: float, spread: float) -> Table:
    """The sum of a gate facet's open questions, without the sums that shut it."""
    return tuple(
        tuple(0.0 if gate.shut(s, threshold) else p for s, p in enumerate(chances))
        for chances in sums(gate.open, spread)
    )


@lru_cache(maxsize=256)
def _joined(one: Table, other: Table) -> Table:
    """The sum of two independent parts, node by node."""
    return tuple(_convolved(a, b) for a, b in zip(one, other, strict=True))


def _convolved(a: Sequence[float], b: Sequence[float]) -> Column:
    if len(b) > len(a):
        a, b = b, a
    out = [0.0] * (len(a) + len(b) - 1)
    for shift, factor in enumerate(b):
        if factor:
            for index, value in enumerate(a, shift):
                out[index] += factor * value
    return tuple(out)


def _stretched(chances: Iterable[float], weight: int) -> Column:
    """The distribution of ``weight`` times what ``chances`` is of."""
    out: list[float] = []
    for p in chances:
        out += [p] + [0.0] * (weight - 1)
    return tuple(out[: len(out) - weight + 1])
