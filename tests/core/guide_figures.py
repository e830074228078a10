"""What the program makes of the guide's example, in the shape of the page's tables and sums.

No figure of the page stands here; what stands here is what each is a figure of.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Sequence
from functools import cache

import pytest
from scipy import stats

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Axis, Evidence, Problem
from fitcheck.domain.full_form import FullForm
from fitcheck.domain.odds import Beads, expected_losses, least_loss, match_odds
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.posterior import TOP_LEVEL, beads, rated, scope
from fitcheck.domain.predictive import level_chances
from fitcheck.domain.steps import whole
from fitcheck.domain.verdict import reach_verdict
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.library import load_bank, load_policy
from tests.core.guide_page import GUIDE

BANK, POLICY = load_bank(), load_policy()
EXAMPLE: Assessment = read_assessment((GUIDE / "worked-example.json").read_bytes())
VERDICT = reach_verdict(EXAMPLE, BANK, POLICY)
JUDGEMENT, FIRMNESS = VERDICT.judgement, VERDICT.firmness
FULL = FullForm(EXAMPLE, BANK, POLICY)
ANSWERS = {answer.question.id: answer for answer in rated(EXAMPLE, BANK)}
TODAY: dict[Axis, Beads] = {axis: side.beads for axis, side in JUDGEMENT.axes.items()}

Cell = str | float
Rows = list[list[Cell]]


def odds(**changed: Beads) -> tuple[float, float]:
    """P(good) and P(poor) with other beads on some axes."""
    sides = {**TODAY, **{Axis(axis): given for axis, given in changed.items()}}
    found = match_odds(sides, POLICY)
    return found[Match.GOOD], found[Match.POOR]


def action(good: float, poor: float, appetite: Appetite = EXAMPLE.appetite) -> Action:
    found = {Match.GOOD: good, Match.WORKABLE: 1.0 - good - poor, Match.POOR: poor}
    return least_loss(expected_losses(found, POLICY, appetite))


def key(level: int) -> int:
    """Levels are shown to people as 1 to 5."""
    return level + 1


def questions_table() -> Rows:
    rows: Rows = []
    for question in scope(EXAMPLE, BANK):
        given = EXAMPLE.answers.get(question.id)
        answer = ANSWERS.get(question.id)
        facet = question.facet.name
        if answer is not None:
            assert answer.evidence is not None
            seen, evidence = question.short[answer.level], answer.evidence.value
            rows.append([question.id, facet, key(answer.level), seen, evidence])
        elif given is not None:
            rows.append([question.id, facet, "U", "Asked, can’t tell yet", "–"])
    return rows


def answers_table() -> Rows:
    rows: Rows = []
    for question in scope(EXAMPLE, BANK):
        answer = ANSWERS.get(question.id)
        start: list[Cell] = [question.id, question.axis.value, question.weight]
        if answer is not None:
            assert answer.evidence is not None
            factor, count = POLICY.evidence[answer.evidence], beads(answer, POLICY)
            dropped = [factor, count, answer.x, count * answer.x, count * (1 - answer.x)]
            rows.append([*start, *dropped])
        elif question.id in EXAMPLE.answers:
            rows.append([*start, "–", 0, "–", 0, 0])
    return rows


def axes_table() -> Rows:
    sides = JUDGEMENT.axes.values()
    return [[s.axis.value, s.alpha, s.beta, s.score, s.low, s.high] for s in sides]


SLICE = 0.1


@cache
def slices(below: float) -> tuple[tuple[float, ...], ...]:
    """The sum over slices of nature that one can do by hand; SciPy stands in for the pencil."""
    rows = []
    nature = stats.beta(*TODAY[Axis.NATURE])
    for middle in (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95):
        chance = float(nature.cdf(middle + SLICE / 2) - nature.cdf(middle - SLICE / 2))
        row = [middle, chance]
        for axis in (Axis.TRUST, Axis.CHEMISTRY):
            bar = POLICY.bars[axis].at(middle) - below
            row += [bar, float(stats.beta.sf(bar, *TODAY[axis]))]
        rows.append((*row, chance * row[3] * row[5]))
    return tuple(rows)


def slices_table(below: float) -> Rows:
    """The slices that matter: those with a chance of one in a thousand or more."""
    return [list(row) for row in slices(below) if row[1] >= 0.001]


def appetites_table() -> Rows:
    rows: Rows = []
    for appetite in Appetite:
        losses = expected_losses(JUDGEMENT.odds, POLICY, appetite)
        rows.append([appetite.value, *losses.values(), least_loss(losses).value])
    return rows


def enough_answers_table() -> Rows:
    rows: Rows = []
    for axis in Axis:
        given = [a for a in ANSWERS.values() if a.question.axis is axis]
        firm: Cell = sum(a.firm for a in given)
        asked = sum(q.axis is axis for q in scope(EXAMPLE, BANK))
        need = min(POLICY.minimum_answers, asked)
        judged = axis in JUDGED_AXES
        rows.append([axis.value, len(given), need, firm, need if judged else "–"])
    return rows


def gates_table() -> Rows:
    rows: Rows = []
    for facet in BANK.facets:
        firm = [a for a in ANSWERS.values() if a.question.facet.id == facet.id and a.firm]
        if facet.gate and firm:
            weight = sum(a.question.weight for a in firm)
            mean = sum(a.question.weight * a.x for a in firm) / weight
            shut = "yes" if mean <= POLICY.gate else "no"
            rows.append([facet.id, len(firm), mean, POLICY.gate, shut])
        elif facet.gate:
            rows.append([facet.id, 0, "–", POLICY.gate, "no"])
    return rows


def reasons_table() -> Rows:
    rows: Rows = []
    for reason in (*JUDGEMENT.reasons, *JUDGEMENT.nature_reasons):
        answer = ANSWERS[reason.question.id]
        bar = JUDGEMENT.bars.get(reason.question.axis, POLICY.stance)
        rows.append([reason.question.id, beads(answer, POLICY), answer.x, bar, reason.push])
    return rows


def predictive_table() -> Rows:
    """The level's chance as a polynomial of θ over 495, fitted to the program's own chances."""
    rows: Rows = []
    moments = [1.0, *_moments()]
    for level in range(TOP_LEVEL + 1):
        coefficients = _coefficients(level)
        chance = sum(c * m for c, m in zip(coefficients, moments, strict=True)) / 495
        assert chance == pytest.approx(_chances(TODAY[Axis.TRUST])[level], abs=1e-12)
        rows.append([key(level), *coefficients, chance])
    return rows


def _coefficients(level: int) -> list[float]:
    """495 · BetaBinomial(level; 4, ρθ, ρ(1 − θ)) multiplied out, lowest power of θ first."""
    spread = POLICY.spread
    found = [495.0 * math.comb(TOP_LEVEL, level)]
    factors = [(float(k), spread) for k in range(level)]
    factors += [(spread + k, -spread) for k in range(TOP_LEVEL - level)]
    for constant, slope in factors:
        down, up = [c * constant for c in found] + [0.0], [0.0] + [c * slope for c in found]
        found = [a + b for a, b in zip(down, up, strict=True)]
    scale = math.prod(spread + k for k in range(TOP_LEVEL))
    return [c / scale for c in found]


def _moments() -> list[float]:
    alpha, beta = TODAY[Axis.TRUST]
    steps = [(alpha + k) / (alpha + beta + k) for k in range(TOP_LEVEL)]
    return list(itertools.accumulate(steps, operator.mul))


def _chances(given: Beads) -> Sequence[float]:
    return level_chances(*given, POLICY.spread)


def _without(question: str) -> Beads:
    """Trust without the beads of one of its answers, if it has one."""
    alpha, beta = TODAY[Axis.TRUST]
    answer = ANSWERS.get(question)
    if answer is None:
        return alpha, beta
    count = beads(answer, POLICY)
    return alpha - count * answer.x, beta - count * (1 - answer.x)


def next_answer_table(question: str) -> Rows:
    """Each answer that may come to a question on trust, and what it would lead to."""
    rows: Rows = []
    before = _without(question)
    count = FULL.beads_of_a_weight * BANK.by_id[question].weight
    for level, chance in enumerate(_chances(before)):
        x = level / TOP_LEVEL
        after = before[0] + count * x, before[1] + count * (1 - x)
        good, poor = odds(trust=after)
        rows.append([key(level), chance, *after, good, poor, action(good, poor).value])
    return rows


def ahead_table() -> Rows:
    rows: Rows = []
    for axis, ahead in FULL.axes.items():
        (worst, high), (best, low) = ahead.beads(0), ahead.beads(ahead.most)
        counts = len(ahead.open), sum(ahead.open), FULL.beads_of_a_weight * sum(ahead.open)
        rows.append([axis.value, *counts, worst, high, best, low, len(ahead.reached())])
    return rows


def corners_table() -> Rows:
    rows: Rows = []
    nature = FULL.axes[Axis.NATURE]
    for nature_name, end in (("all 1", 0), ("all 5", nature.most)):
        for corner, top in (("all 1", 0), ("all 5", 1)):
            sides = {a.value: FULL.axes[a].beads(top * FULL.axes[a].most) for a in JUDGED_AXES}
            good, poor = odds(nature=nature.beads(end), **sides)
            score = FULL.nature_score(end)
            result = action(good, poor)
            if result is Action.PROCEED:
                assert not FULL.rules.brakes(FULL.completed(top * TOP_LEVEL), score)
            rows.append([corner, nature_name, score, good, poor, result.value])
    return rows


def full_form_table() -> Rows:
    chances = whole(FULL.outlook()).chances
    return [["proceed", chances.proceed], ["stage", chances.stage], ["decline", chances.decline]]


def ask_next_table() -> Rows:
    asks = FIRMNESS.ask_next
    rows = [(a.question.id, a.question.axis.value, a.chance_to_change, a.again) for a in asks]
    first_of_chemistry = next(row for row in rows if row[1] == Axis.CHEMISTRY.value)
    return [
        [place, question, axis, chance, "yes" if again else "no"]
        for place, (question, axis, chance, again) in enumerate(rows, start=1)
        if place <= 5 or question == first_of_chemistry[0]
    ]


def flips_table() -> Rows:
    rows: Rows = []
    for flip in VERDICT.flips:
        answer = ANSWERS[flip.question.id]
        assert answer.question.axis is Axis.TRUST
        moved = beads(answer, POLICY) * (flip.level - flip.was) / TOP_LEVEL
        alpha, beta = TODAY[Axis.TRUST]
        after = alpha + moved, beta - moved
        levels = key(flip.was), key(flip.level)
        found = odds(trust=after)
        rows.append([flip.question.id, *levels, *after, *found, flip.recommendation.value])
    return rows


def to_proceed_table() -> Rows:
    assert VERDICT.to_proceed is not None
    return [
        [" and ".join(r.question.id for r in together), *(key(r.level) for r in together)]
        for together in VERDICT.to_proceed
    ]


def warnings_table() -> Rows:
    """What each warning measures here, its limit, and whether the program gives it."""
    limits = POLICY.warnings
    answers = list(ANSWERS.values())
    weight = sum(a.question.weight for a in answers)
    hunches = sum(a.question.weight for a in answers if a.evidence is Evidence.HUNCH)
    judged = [a for a in answers if a.question.axis in JUDGED_AXES]
    asked = sum(q.weight for q in scope(EXAMPLE, BANK) if q.problem is Problem.B)
    told = sum(a.question.weight for a in answers if a.question.problem is Problem.B)
    widest = max(side.high - side.low for side in JUDGEMENT.axes.values())
    (gap,) = JUDGEMENT.gaps
    given = {type(warning).__name__ for warning in JUDGEMENT.warnings}
    measured = [
        ("mostly hunches", "MostlyHunches", hunches / weight, limits.mostly_hunches),
        ("halo", "Halo", len(judged), limits.halo_answers),
        ("problem B thin", "ProblemBThin", told / asked, limits.problem_b_thin),
        ("wide axis", "WideAxis", widest, limits.wide_axis),
        ("perception gap", "PerceptionGap", abs(gap.gap), limits.perception_gap_single),
    ]
    return [
        [name, value, limit, "yes" if class_ in given else "no"]
        for name, class_, value, limit in measured
    ]


def gaps_table() -> Rows:
    return [[g.facet.id, g.mine, g.theirs, g.gap] for g in JUDGEMENT.gaps]


def expected_tables() -> dict[str, Rows]:
    return {
        "Question": questions_table(),
        "Answer": answers_table(),
        "Axis": axes_table(),
        "Slice of nature": slices_table(0.0),
        "Same slice": slices_table(POLICY.gap),
        "Appetite": appetites_table(),
        "Rule 2 on": enough_answers_table(),
        "Gate facet": gates_table(),
        "Reason": reasons_table(),
        "Key": predictive_table(),
        "Answer to `budget`": next_answer_table("budget"),
        "Answer to `past-findings`": next_answer_table("past-findings"),
        "Full form": ahead_table(),
        "Trust and chemistry": corners_table(),
        "Result after all 36": full_form_table(),
        "Place": ask_next_table(),
        "Flip": flips_table(),
        "It would take": to_proceed_table(),
        "Warning": warnings_table(),
        "Facet seen by both": gaps_table(),
    }


def expected_sums() -> dict[str, float]:
    """What the example's sums have to come to."""
    found: dict[str, float] = {}
    for axis, side in JUDGEMENT.axes.items():
        name = axis.value.capitalize()
        found |= {f"{name} α": side.alpha, f"{name} β": side.beta, f"{name} score": side.score}
    for axis, bar in JUDGEMENT.bars.items():
        found[f"{axis.value.capitalize()} bar"] = bar
    (middle,) = (row for row in slices(0.0) if row[0] == 0.55)
    found["Chemistry above its bar at 0.55"] = middle[5]
    good, not_poor = (sum(row[6] for row in slices(below)) for below in (0.0, POLICY.gap))
    found |= {"Good, by hand": good, "Not poor, by hand": not_poor}
    odds_ = JUDGEMENT.odds
    found |= {match.value.capitalize(): odds_[match] for match in Match}
    losses = JUDGEMENT.expected_loss
    found |= {f"Loss of {action.value}": loss for action, loss in losses.items()}
    found["Good must exceed"] = (2 + 2 * odds_[Match.POOR]) / 3
    found["Poor must exceed"] = (2 + odds_[Match.GOOD]) / 4
    found |= {f"M{k}": moment for k, moment in enumerate(_moments(), start=1)}
    before = _without("past-findings")
    found |= {"Trust α without it": before[0], "Trust β without it": before[1]}
    for ask in FIRMNESS.ask_next:
        if ask.question.id in ("budget", "past-findings"):
            found[f"Chance to change, {ask.question.id}"] = ask.chance_to_change
    assert FIRMNESS.staying_power is not None
    found["Staying power"] = FIRMNESS.staying_power
    return found


def prose_figures() -> list[tuple[str, tuple[float, ...]]]:
    """Sentences of the page that repeat a figure, and what it is."""
    alpha, beta = TODAY[Axis.CHEMISTRY]
    middle = next(row for row in slices(0.0) if row[0] == 0.55)
    flip = max(odds(trust=(row[3], row[4]))[0] for row in _flips_of("decides"))
    moved = ANSWERS["decides"]
    n = r"(\d+(?:\.\d+)?)"
    return [
        (f"With {n} open questions", (FIRMNESS.open,)),
        (f"the 5 to the power of {n} ways", (FIRMNESS.open,)),
        (rf"\*\*full form\*\* of {n} questions", (len(FULL.questions),)),
        (f"a Beta of {n} and {n} lies", (alpha, beta)),
        (f"at most {n} of {n} throws", (alpha - 1, alpha + beta - 1)),
        (f"the slice at {n}, where c is {n}:", (middle[0], middle[4])),
        (f"with ρ = {n} ", (POLICY.spread,)),
        (rf"BETA\.INV\({n}; α; β\)` and the same with `{n}`", POLICY.range),
        (f"lower by the gap of {n}[.] ", (POLICY.gap,)),
        (f"at x = {n} would shut", (ANSWERS["past-findings"].x,)),
        (f"Here it begins at {n}: lead", (JUDGEMENT.axes[Axis.NATURE].low,)),
        (
            f"pushes {n} beads times the distance from {n} to {n}[.] ",
            (
                beads(ANSWERS["heard"], POLICY),
                JUDGEMENT.bars[Axis.CHEMISTRY],
                ANSWERS["heard"].x,
            ),
        ),
        (f"staying power has reached {n}[.] ", (POLICY.enough,)),
        (f"`decides` dropped {n} beads", (beads(moved, POLICY),)),
        (f"One step up makes {n} of P", (flip,)),
    ]


def _flips_of(question: str) -> list[list[float]]:
    rows = [row for row in flips_table() if row[0] == question]
    return [[float(cell) if not isinstance(cell, str) else 0.0 for cell in row] for row in rows]
