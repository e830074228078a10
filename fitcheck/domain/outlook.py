"""Where the full form may lead: the results of rules 3 and 4 over everything still to be answered.

After the full form each axis stands on one point of a lattice (its answers' weighted sum). At a
fixed nature the action is monotone in trust and in chemistry (judgement.md, section 7), so between
"decline" and "stage", and between "stage" and "proceed", there runs one falling staircase through
the plane of the two; walking along it costs as many steps as the plane's sides are long, not as
many as it has points. One walk for each place where nature may come to stand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

from fitcheck.domain.bank import JUDGED_AXES, Axis
from fitcheck.domain.odds import (
    SIZES,
    TIE,
    Column,
    chebyshev_weights,
    clearing,
    nodes_needed,
    weighted_losses,
)
from fitcheck.domain.policy import Action, Appetite, Policy
from fitcheck.domain.predictive import AxisAhead
from fitcheck.domain.steps import Steps

_FORGOTTEN = 1e-4
"""So much probability may be left out at either end of an axis."""

_DECLINE, _STAGE, _PROCEED = range(3)

Doubted = Callable[[float], bool]
"""Whether the prospect's own answers hold "proceed" back at a nature score."""


@dataclass(frozen=True)
class Chances:
    """The probabilities of the results after the full form; they sum to one."""

    proceed: float
    decline: float

    @property
    def stage(self) -> float:
        return max(0.0, 1.0 - self.proceed - self.decline)

    @property
    def entropy(self) -> float:
        """How open the result still is, in nats."""
        return -sum(p * math.log(p) for p in (self.proceed, self.stage, self.decline) if p > 0.0)


@dataclass(frozen=True)
class Line:
    """P(proceed) and P(decline) for every sum that one axis may come to, from 0 on.

    P(proceed) is given that no gate of the axis itself holds back.
    """

    proceed: Column
    decline: Column

    def at(self, s: float) -> tuple[float, float]:
        """P(proceed) and P(decline) at ``s``: straight between the sums, level beyond the ends."""
        place = min(max(s, 0.0), len(self.proceed) - 1.0)
        index = int(place)
        after = min(index + 1, len(self.proceed) - 1)
        share = place - index
        return (
            self.proceed[index] + share * (self.proceed[after] - self.proceed[index]),
            self.decline[index] + share * (self.decline[after] - self.decline[index]),
        )


@dataclass(frozen=True)
class Outlook:
    """The chances of the results, and how they depend on where each axis will come to stand."""

    chances: Chances
    lines: Mapping[Axis, Line]


class Plane:
    """The action of rule 3 on the lattice of trust and chemistry, at one nature after another."""

    def __init__(self, axes: Mapping[Axis, AxisAhead], policy: Policy, appetite: Appetite) -> None:
        self._axes = axes
        self._policy = policy
        totals = {axis: sum(ahead.today) + ahead.unit * ahead.most for axis, ahead in axes.items()}
        widest = {axis: (total / 2.0, total / 2.0) for axis, total in totals.items()}
        self._nodes = nodes_needed(widest, policy) or SIZES[-1]
        # An action's loss as a constant, a share of P(not poor) and a share of P(good).
        self._losses = [
            (poor, workable - poor, good - workable)
            for good, workable, poor in weighted_losses(policy, appetite)
        ]
        self._columns: dict[tuple[Axis, int], tuple[Column, Column]] = {}

    def columns(self, axis: Axis, s: int) -> tuple[Column, Column]:
        """What the axis contributes if its answers to come sum to ``s``."""
        found = self._columns.get((axis, s))
        if found is None:
            found = clearing(*self._axes[axis].beads(s), self._policy, axis, self._nodes)
            self._columns[axis, s] = found
        return found

    def weights(self, nature: int) -> Column:
        return chebyshev_weights(*self._axes[Axis.NATURE].beads(nature), self._nodes)

    def action(self, good: float, not_poor: float) -> int:
        """The action of least loss for P(good) and P(not poor); see ``odds.least_loss``."""
        (p, p_low, p_good), (s, s_low, s_good), (d, d_low, d_good) = self._losses
        proceed = p + p_low * not_poor + p_good * good
        stage = s + s_low * not_poor + s_good * good
        decline = d + d_low * not_poor + d_good * good
        least = min(proceed, stage, decline) + TIE
        return _STAGE if stage <= least else _DECLINE if decline <= least else _PROCEED

    def at(self, trust: int, chemistry: int, nature: int) -> Action:
        """The action at one point of the lattice."""
        weights = self.weights(nature)
        sums = {Axis.TRUST: trust, Axis.CHEMISTRY: chemistry}
        (t, t_low), (c, c_low) = (self.columns(axis, sums[axis]) for axis in JUDGED_AXES)
        found = self.action(
            sum(map(mul, weights, map(mul, t, c))),
            sum(map(mul, weights, map(mul, t_low, c_low))),
        )
        return (Action.DECLINE, Action.STAGE, Action.PROCEED)[found]


@dataclass(frozen=True)
class _Side:
    """The likely part of an axis: from the sum ``first`` on, P(s) and P(s and no gate shut)."""

    first: int
    most: int
    chances: Column
    clear: Column

    @classmethod
    def of(cls, ahead: AxisAhead) -> _Side:
        chances = ahead.chances()
        first, end = 0, len(chances)
        left = right = 0.0
        while first < end - 1 and left + chances[first] <= _FORGOTTEN:
            left += chances[first]
            first += 1
        while end > first + 1 and right + chances[end - 1] <= _FORGOTTEN:
            right += chances[end - 1]
            end -= 1
        clear = ahead.clear_chances()
        return cls(first, ahead.most, chances[first:end], clear[first:end])

    def line(self, proceed: Sequence[float], decline: Sequence[float]) -> Line:
        """What is known of the likely part, level beyond it."""
        beyond = self.most + 1 - self.first - len(self.chances)

        def whole(part: Sequence[float]) -> Column:
            return (part[0],) * self.first + tuple(part) + (part[-1],) * beyond

        return Line(whole(proceed), whole(decline))


def look_ahead(
    axes: Mapping[Axis, AxisAhead],
    policy: Policy,
    appetite: Appetite,
    held: bool,
    doubted: Doubted,
) -> Steps[Outlook]:
    """The outlook over the full form, in steps; ``held``: nothing can proceed in any case."""
    plane = Plane(axes, policy, appetite)
    sides = {}
    for axis in Axis:
        sides[axis] = _Side.of(axes[axis])
        yield
    walk = _Walk(plane, sides[Axis.TRUST], sides[Axis.CHEMISTRY])
    yield from walk.prepare()
    nature = sides[Axis.NATURE]
    for place, chance in enumerate(nature.chances, nature.first):
        clear = not held and not doubted(_score(axes[Axis.NATURE], place))
        yield from walk.through(place, chance, clear=clear)
    return walk.outlook(nature)


def _score(ahead: AxisAhead, s: int) -> float:
    alpha, beta = ahead.beads(s)
    return alpha / (alpha + beta)


class _Walk:
    """Adds up, stop after stop of nature, what lies on either side of the two staircases."""

    def __init__(self, plane: Plane, trust: _Side, chemistry: _Side) -> None:
        self._plane = plane
        self._trust = trust
        self._chemistry = chemistry
        # P(chemistry below each place), and P(at or above it, and no gate of chemistry shut).
        self._below = (0.0, *accumulate(chemistry.chances))
        self._clear_above = tuple(accumulate((0.0, *reversed(chemistry.clear))))[::-1]
        size, width = len(trust.chances), len(chemistry.chances)
        self._trust_proceed, self._trust_decline = [0.0] * size, [0.0] * size
        self._steps_proceed, self._steps_decline = [0.0] * (width + 1), [0.0] * (width + 1)
        self._nature_proceed: list[float] = []
        self._nature_decline: list[float] = []
        self._proceed = self._decline = 0.0

    def prepare(self) -> Iterator[None]:
        """Work out what the places of both axes contribute, a few at a time."""
        for axis, side in ((Axis.TRUST, self._trust), (Axis.CHEMISTRY, self._chemistry)):
            for index in range(len(side.chances)):
                self._plane.columns(axis, side.first + index)
                if index % 8 == 7:
                    yield

    def through(self, nature: int, chance: float, *, clear: bool) -> Iterator[None]:
        """Walk both staircases at this nature; not ``clear``: there nothing can proceed."""
        decline = proceed = 0.0
        clear_chance = chance if clear else 0.0
        stairs = self._staircases(nature)
        for index, (to_stage, to_proceed) in enumerate(stairs):
            trust, trust_clear = self._trust.chances[index], self._trust.clear[index]
            below, above = self._below[to_stage], self._clear_above[to_proceed]
            decline += trust * below
            proceed += trust_clear * above
            self._trust_decline[index] += chance * below
            self._trust_proceed[index] += clear_chance * above
            self._steps_decline[to_stage] += chance * trust
            self._steps_proceed[to_proceed] += clear_chance * trust_clear
            if index % 32 == 31:
                yield
        self._decline += chance * decline
        self._proceed += clear_chance * proceed
        self._nature_decline.append(decline)
        self._nature_proceed.append(proceed if clear else 0.0)
        yield

    def _staircases(self, nature: int) -> Iterator[tuple[int, int]]:
        """For each place of trust from which place of chemistry on one stages, and proceeds."""
        action, columns = self._plane.action, self._plane.columns
        weights = self._plane.weights(nature)
        last = self._chemistry.first - 1
        to_stage = to_proceed = len(self._chemistry.chances)
        for index in range(len(self._trust.chances)):
            good, low = columns(Axis.TRUST, self._trust.first + index)
            good_row = tuple(map(mul, weights, good))
            low_row = tuple(map(mul, weights, low))
            while to_proceed:
                c, c_low = columns(Axis.CHEMISTRY, last + to_proceed)
                if action(sum(map(mul, good_row, c)), sum(map(mul, low_row, c_low))) != _PROCEED:
                    break
                to_proceed -= 1
            to_stage = min(to_stage, to_proceed)
            while to_stage:
                c, c_low = columns(Axis.CHEMISTRY, last + to_stage)
                if action(sum(map(mul, good_row, c)), sum(map(mul, low_row, c_low))) == _DECLINE:
                    break
                to_stage -= 1
            yield to_stage, to_proceed

    def outlook(self, nature: _Side) -> Outlook:
        """What has been added up."""
        trust, chemistry = self._trust, self._chemistry
        # A place of chemistry declines where the staircase lies above it, proceeds where it
        # doesn't.
        declined = tuple(accumulate(reversed(self._steps_decline)))[::-1][1:]
        proceeded = tuple(accumulate(self._steps_proceed))[:-1]
        return Outlook(
            Chances(self._proceed, self._decline),
            {
                Axis.TRUST: trust.line(self._trust_proceed, self._trust_decline),
                Axis.CHEMISTRY: chemistry.line(proceeded, declined),
                Axis.NATURE: nature.line(self._nature_proceed, self._nature_decline),
            },
        )
