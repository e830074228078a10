"""How firm a recommendation is, and what to ask next (judgement.md, section 5).

Everything here looks ahead over the full form, whichever form is in use, and takes deal-breakers
and the prospect's own answers as they stand. Nothing is sampled: the same answers always give the
same figures.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Axis, Bank, Evidence, Facet, Form, Question
from fitcheck.domain.judgement import Judgement, Recommendation, Rules, judge
from fitcheck.domain.odds import Beads
from fitcheck.domain.outlook import Chances, Outlook, Plane, look_ahead
from fitcheck.domain.policy import Action, Policy
from fitcheck.domain.posterior import TOP_LEVEL, Rated, rated_among, rated_by_prospect, scope
from fitcheck.domain.predictive import AxisAhead, GateAhead, level_chances

_Result = TypeVar("_Result")

_WORST_FIRST = (Recommendation.DECLINE, Recommendation.STAGE, Recommendation.PROCEED)


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
class Firmness:
    """How firm the result of rules 1 to 4 is, looking ahead over the full form.

    ``open`` counts the questions that are still to come there. ``settled``: every way in which they
    may be answered leads to the same result; ``reachable`` bounds the results that they can lead
    to. ``staying_power`` is the probability, in [0, 1], that the result after the full form equals
    today's; ``None`` while it is undecided. ``ask_next`` is in the order in which to ask.
    """

    open: int
    settled: bool
    reachable: tuple[Recommendation, ...]
    staying_power: float | None
    ask_next: tuple[Ask, ...]
    enough: bool


def firmness(assessment: Assessment, bank: Bank, policy: Policy) -> Firmness:
    """How firm the judgement of an assessment is."""
    return finished(firming(assessment, bank, policy))


def firming(
    assessment: Assessment, bank: Bank, policy: Policy, judgement: Judgement | None = None
) -> Generator[None, None, Firmness]:
    """The same in steps of a few milliseconds, between which it may be given up.

    ``judgement`` is the assessment's, where the caller has it already.
    """
    judgement = judgement or judge(assessment, bank, policy)
    yield
    full = _FullForm(assessment, bank, policy)
    reachable = yield from _reachable(full)
    settled = len(reachable) == 1
    outlook = None if settled else (yield from full.outlook())
    ask_next = yield from _ask_next(full, judgement, outlook)
    staying_power = _staying_power(judgement.recommendation, reachable, outlook)
    return Firmness(
        open=len(full.open),
        settled=settled,
        reachable=reachable,
        staying_power=staying_power,
        ask_next=ask_next,
        enough=bool(judgement.confirmed)
        or (
            staying_power is not None
            and not full.rules.suspected
            and (settled or staying_power >= policy.enough)
        ),
    )


def finished(steps: Generator[None, None, _Result]) -> _Result:
    """What a generator returns in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result


class _FullForm:
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
                yield GateAhead(so_far, weight, to_come)

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

    def outlook(self) -> Generator[None, None, Outlook]:
        return look_ahead(
            self.axes,
            self.policy,
            self.appetite,
            bool(self.rules.suspected),
            lambda nature: bool(self.rules.doubts(nature)),
        )


# Settled


def _reachable(full: _FullForm) -> Generator[None, None, tuple[Recommendation, ...]]:
    """All results between the worst and the best that the full form can come to.

    At a fixed nature the result is monotone in every answer on trust and on chemistry, so their
    corners bound it; nature is gone through point by point, from both ends inwards.
    """
    rules = full.rules
    worst, best = full.completed(0), full.completed(TOP_LEVEL)
    missing = rules.missing(best)
    if rules.confirmed or missing:
        return (rules.outcome(Action.DECLINE, missing, ()),)
    if not full.open:
        return (rules.recommendation(full.answers),)
    plane = Plane(full.axes, full.policy, full.appetite)
    corners = [(0, worst), (1, best)]
    low, high = len(_WORST_FIRST) - 1, 0
    for turn, nature in enumerate(_ends_first(full.axes[Axis.NATURE].reached())):
        for top, answers in corners:
            trust, chemistry = (top * full.axes[axis].most for axis in (Axis.TRUST, Axis.CHEMISTRY))
            action = plane.at(trust, chemistry, nature)
            held = action is Action.PROCEED
            brakes = rules.brakes(answers, full.nature_score(nature)) if held else ()
            place = _WORST_FIRST.index(rules.outcome(action, (), brakes))
            low, high = min(low, place), max(high, place)
        if high - low == len(_WORST_FIRST) - 1:
            break
        if turn % 8 == 7:
            yield
    return tuple(reversed(_WORST_FIRST[low : high + 1]))


def _ends_first(places: Sequence[int]) -> list[int]:
    """The first, the last, the second, the last but one, …: extremes show early."""
    inwards = zip(places, reversed(places), strict=True)
    return [place for pair in inwards for place in pair][: len(places)]


def _staying_power(
    today: Recommendation, reachable: tuple[Recommendation, ...], outlook: Outlook | None
) -> float | None:
    """The probability that the full form comes to today's result."""
    if today is Recommendation.UNDECIDED:
        return None
    if outlook is None:
        return 1.0 if reachable == (today,) else 0.0
    chances = outlook.chances
    power = {
        Recommendation.PROCEED: chances.proceed,
        Recommendation.STAGE: chances.stage,
        Recommendation.DECLINE: chances.decline,
    }[today]
    return min(1.0, max(0.0, power))


# Ask next


@dataclass(frozen=True)
class _Kind:
    """All that the arithmetic sees of a question to ask: what it adds to which beads."""

    axis: Axis
    weight: int
    before: Beads
    again: bool


def _ask_next(
    full: _FullForm, judgement: Judgement, outlook: Outlook | None
) -> Generator[None, None, tuple[Ask, ...]]:
    """What may be asked, in the order that gets to a firm recommendation soonest.

    First what it would otherwise be too early without; then the question after whose answer the
    result of the full form is expected to be least open (least entropy); then the one that is
    likelier to change the action; then form order.
    """
    too_early = {missing.axis for missing in judgement.missing}
    known: dict[_Kind, tuple[float, float]] = {}
    entries = []
    for place, (question, kind) in enumerate(_askable(full)):
        if kind not in known:
            change = _chance_to_change(full, judgement.action, kind)
            left = _expected_entropy(full, outlook, kind) if outlook else 0.0
            known[kind] = change, left
            yield
        change, left = known[kind]
        key = (question.axis not in too_early, round(left, 9), -round(change, 9), place)
        entries.append((key, Ask(question, change, kind.again)))
    return tuple(ask for _key, ask in sorted(entries, key=lambda entry: entry[0]))


def _askable(full: _FullForm) -> Iterable[tuple[Question, _Kind]]:
    """Every open question and every one that was answered on a hunch, in form order."""
    hunches = {r.question.id: r for r in full.answers if not r.firm}
    open_ = {q.id for q in full.open}
    for question in full.questions:
        axis, weight = question.axis, question.weight
        if question.id in open_:
            yield question, _Kind(axis, weight, full.today[axis], again=False)
        elif question.id in hunches:
            others = [r for r in full.answers if r.question.id != question.id]
            yield question, _Kind(axis, weight, full.rules.beads(others)[axis], again=True)


def _after(full: _FullForm, kind: _Kind, level: int) -> Beads:
    """The beads of the axis once it is answered with this level."""
    dropped = full.beads_of_a_weight * kind.weight
    x = level / TOP_LEVEL
    return kind.before[0] + dropped * x, kind.before[1] + dropped * (1.0 - x)


def _chance_to_change(full: _FullForm, action: Action, kind: _Kind) -> float:
    """The probability that the answer alone changes the action of rule 3."""
    chances = level_chances(*kind.before, full.policy.spread)
    return math.fsum(
        chance
        for level, chance in enumerate(chances)
        if full.rules.action({**full.today, kind.axis: _after(full, kind, level)}) is not action
    )


def _expected_entropy(full: _FullForm, outlook: Outlook, kind: _Kind) -> float:
    """How open the result of the full form is expected to be once it is answered."""
    chances = level_chances(*kind.before, full.policy.spread)
    return math.fsum(
        chance * _final(full, outlook, kind, level).entropy for level, chance in enumerate(chances)
    )


# Gauss-Hermite, five nodes: for the expectation of a smooth function under a normal distribution.
_HERMITE = (
    (-2.8569700138728056, 0.011257411327720691),
    (-1.3556261799742659, 0.22207592200561266),
    (0.0, 0.5333333333333333),
    (1.3556261799742659, 0.22207592200561266),
    (2.8569700138728056, 0.011257411327720691),
)


def _final(full: _FullForm, outlook: Outlook, kind: _Kind, level: int) -> Chances:
    """The chances of the results after the full form, if the question is answered so.

    The sum of what is open besides is taken as normal with its exact mean and variance: this
    decides about the order of questions alone.
    """
    ahead, line = full.axes[kind.axis], outlook.lines[kind.axis]
    rest = list(ahead.open)
    if not kind.again:
        rest.remove(kind.weight)
    alpha, beta = _after(full, kind, level)
    total = alpha + beta
    mean = alpha / total
    scatter = mean * (1.0 - mean)
    of_theta = scatter / (total + 1.0)
    weight, squares = sum(rest), sum(w * w for w in rest)
    rho = full.policy.spread
    within = TOP_LEVEL * (TOP_LEVEL + rho) / (1.0 + rho) * (scatter - of_theta)
    deviation = math.sqrt(squares * within + (TOP_LEVEL * weight) ** 2 * of_theta)
    unit = ahead.unit
    in_the_end = total + unit * TOP_LEVEL * weight
    proceed = decline = 0.0
    for z, share in _HERMITE:
        to_come = TOP_LEVEL * weight * mean + z * deviation
        # Where the axis will stand, as a place on its lattice (whose total a repeated hunch moves).
        score = (alpha + unit * to_come) / in_the_end
        lattice_total = sum(ahead.today) + unit * ahead.most
        at = line.at((score * lattice_total - ahead.today[0]) / unit)
        proceed += share * at[0]
        decline += share * at[1]
    return Chances(proceed, decline)
