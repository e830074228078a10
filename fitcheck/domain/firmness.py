"""How firm a recommendation is, and what to ask next (judgement.md, section 5).

Everything here looks ahead over the full form, whichever form is in use, and takes deal-breakers
and the prospect's own answers as they stand. Nothing is sampled: the same answers always give the
same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitcheck.domain.ask_next import Ask, ask_next_of
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Axis, Bank
from fitcheck.domain.full_form import FullForm
from fitcheck.domain.judgement import Judgement, Recommendation, judge
from fitcheck.domain.outlook import Outlook, Plane
from fitcheck.domain.policy import Action, Policy
from fitcheck.domain.posterior import TOP_LEVEL
from fitcheck.domain.steps import Steps, whole

_WORST_FIRST = (Recommendation.DECLINE, Recommendation.STAGE, Recommendation.PROCEED)


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
    return whole(firming(assessment, bank, policy))


def firming(
    assessment: Assessment, bank: Bank, policy: Policy, judgement: Judgement | None = None
) -> Steps[Firmness]:
    """The same in steps of a few milliseconds, between which it may be given up.

    ``judgement`` is the assessment's, where the caller has it already.
    """
    judgement = judgement or judge(assessment, bank, policy)
    yield
    full = FullForm(assessment, bank, policy)
    reachable = yield from _reachable(full)
    settled = len(reachable) == 1
    outlook = None if settled else (yield from full.outlook())
    ask_next = yield from ask_next_of(full, judgement, outlook)
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


# Settled


def _reachable(full: FullForm) -> Steps[tuple[Recommendation, ...]]:
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
