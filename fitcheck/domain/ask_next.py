"""What to ask next (judgement.md, section 5): the order that gets to a firm answer soonest.

The chance to change says what one answer would do to today's action. The order looks further: it
prefers the question after whose answer the result of the full form is expected to be least open,
measured by its entropy. What that saves: ``python3 dev.py bench conversation``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import mul

from fitcheck.domain.bank import Axis, Question
from fitcheck.domain.full_form import FullForm
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.odds import Beads, Column, chebyshev_weights
from fitcheck.domain.outlook import Chances, Outlook
from fitcheck.domain.policy import Action
from fitcheck.domain.posterior import TOP_LEVEL
from fitcheck.domain.predictive import (
    NODES,
    GateAhead,
    clear_at_nodes,
    level_chances,
    sums,
)
from fitcheck.domain.steps import Steps


@dataclass(frozen=True)
class Ask:
    """A question that may be asked next; ``again`` if its answer so far is a hunch.

    ``chance_to_change`` is the probability, in [0, 1], that its answer alone changes the action of
    rule 3.
    """

    question: Question
    chance_to_change: float
    again: bool


@dataclass(frozen=True)
class _Kind:
    """All that the arithmetic sees of a question to ask; ``before`` are the beads it adds to."""

    axis: Axis
    weight: int
    gate: str
    before: Beads
    again: bool


def ask_next_of(
    full: FullForm, judgement: Judgement, outlook: Outlook | None
) -> Steps[tuple[Ask, ...]]:
    """What may be asked, in the order in which to ask it; without ``outlook`` all is settled.

    First what it would otherwise be too early without; then by expected entropy; then the question
    that is likelier to change the action; then form order.
    """
    too_early = {missing.axis for missing in judgement.missing}
    ahead = _Ahead(full, outlook) if outlook else None
    known: dict[_Kind, tuple[float, float]] = {}
    entries = []
    for place, (question, kind) in enumerate(_askable(full)):
        if kind not in known:
            chances = level_chances(*kind.before, full.policy.spread)
            change = _chance_to_change(full, judgement.action, kind, chances)
            yield
            left = (yield from ahead.expected_entropy(kind, chances)) if ahead else 0.0
            known[kind] = change, left
        change, left = known[kind]
        key = (question.axis not in too_early, round(left, 9), -round(change, 9), place)
        entries.append((key, Ask(question, change, kind.again)))
    return tuple(ask for _key, ask in sorted(entries, key=lambda entry: entry[0]))


def _askable(full: FullForm) -> Iterable[tuple[Question, _Kind]]:
    """Every open question and every one that was answered on a hunch, in form order."""
    hunches = {r.question.id for r in full.answers if not r.firm}
    open_ = {q.id for q in full.open}
    for question in full.questions:
        axis, weight = question.axis, question.weight
        gate = question.facet.id if question.gate else ""
        if question.id in open_:
            yield question, _Kind(axis, weight, gate, full.today[axis], again=False)
        elif question.id in hunches:
            others = [r for r in full.answers if r.question.id != question.id]
            before = full.rules.beads(others)[axis]
            yield question, _Kind(axis, weight, gate, before, again=True)


def _after(full: FullForm, kind: _Kind, level: int) -> Beads:
    """The beads of the axis once it is answered with this level."""
    dropped = full.beads_of_a_weight * kind.weight
    x = level / TOP_LEVEL
    return kind.before[0] + dropped * x, kind.before[1] + dropped * (1.0 - x)


def _chance_to_change(full: FullForm, action: Action, kind: _Kind, chances: Column) -> float:
    """The probability that the answer alone changes the action of rule 3."""
    return math.fsum(
        chance
        for level, chance in enumerate(chances)
        if full.rules.action({**full.today, kind.axis: _after(full, kind, level)}) is not action
    )


class _Ahead:
    """The result of the full form after one more answer."""

    def __init__(self, full: FullForm, outlook: Outlook) -> None:
        self._full = full
        self._outlook = outlook
        self._at_nodes: dict[tuple[Axis, int, int], tuple[Column, Column]] = {}

    def expected_entropy(self, kind: _Kind, chances: Column) -> Steps[float]:
        """How open the result is expected to be, in nats."""
        left = 0.0
        for level, chance in enumerate(chances):
            left += chance * self._chances(kind, level).entropy
            yield
        return left

    def _chances(self, kind: _Kind, level: int) -> Chances:
        """The chances of the results if the question is answered with this level.

        Whether the axis' own gates will hold back is taken as independent of where the axis comes
        to stand, given θ; that is the one approximation, and only the order rests on it.
        """
        weights = chebyshev_weights(*_after(self._full, kind, level), NODES)
        proceed, decline = self._results(kind, level)
        clear = self._clear(kind, level)
        return Chances(
            min(1.0, max(0.0, sum(map(mul, weights, map(mul, clear, proceed))))),
            min(1.0, max(0.0, sum(map(mul, weights, decline)))),
        )

    def _results(self, kind: _Kind, level: int) -> tuple[Column, Column]:
        """P(proceed) and P(decline) at each node of θ, gates of the axis apart."""
        axis = self._full.axes[kind.axis]
        line = self._outlook.lines[kind.axis]
        if kind.again:
            return self._along(kind, *self._moved(kind, level))
        key = kind.axis, kind.weight, level
        if key not in self._at_nodes:
            start = kind.weight * level
            end = start + axis.most - TOP_LEVEL * kind.weight + 1
            self._at_nodes[key] = self._along(
                kind, line.proceed[start:end], line.decline[start:end]
            )
        return self._at_nodes[key]

    def _along(self, kind: _Kind, proceed: Column, decline: Column) -> tuple[Column, Column]:
        """What these functions of the sum of the rest come to at each node of θ."""
        axis = self._full.axes[kind.axis]
        rest = list(axis.open)
        if not kind.again:
            rest.remove(kind.weight)
        table = sums(rest, axis.spread)
        return (
            tuple(sum(map(mul, chances, proceed)) for chances in table),
            tuple(sum(map(mul, chances, decline)) for chances in table),
        )

    def _moved(self, kind: _Kind, level: int) -> tuple[Column, Column]:
        """The line as a repeated hunch sees it, which brings more beads to the axis in the end."""
        axis = self._full.axes[kind.axis]
        line = self._outlook.lines[kind.axis]
        alpha, beta = _after(self._full, kind, level)
        stretch = (sum(axis.today) + axis.unit * axis.most) / (alpha + beta + axis.unit * axis.most)
        points = [
            line.at(((alpha + axis.unit * s) * stretch - axis.today[0]) / axis.unit)
            for s in range(axis.most + 1)
        ]
        return tuple(p for p, _d in points), tuple(d for _p, d in points)

    def _clear(self, kind: _Kind, level: int) -> Column:
        """P(no gate of the axis holds back) at each node of θ."""
        axis = self._full.axes[kind.axis]
        gates: Mapping[str, GateAhead] = {gate.facet: gate for gate in axis.gates}
        if kind.gate:
            gate = gates.get(kind.gate, GateAhead(kind.gate, 0, 0, ()))
            gates = {**gates, kind.gate: gate.answered(kind.weight, level, again=kind.again)}
        clear: Column = (1.0,) * NODES
        for gate in gates.values():
            if gate.at_risk(axis.gate):
                clear = tuple(map(mul, clear, clear_at_nodes(gate, axis.gate, axis.spread)))
        return clear
