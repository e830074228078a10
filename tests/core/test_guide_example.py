"""The guide's page “How FitCheck judges” and the program say the same, number by number.

The page derives one example by hand (docs/guide/worked-example.json). Its tables, its sums and the
sentences that it quotes are read from the Markdown and held against what the program makes of that
file. No figure of the page stands here a second time; what stands here is what each is a figure of.
"""

from __future__ import annotations

import ast
import itertools
import math
import operator
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from scipy import stats

from fitcheck import packaged
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Axis, Evidence, Form, Problem, Side
from fitcheck.domain.full_form import FullForm
from fitcheck.domain.judgement import bars_at, judge
from fitcheck.domain.odds import Beads, expected_losses, least_loss, match_odds
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.posterior import TOP_LEVEL, beads, rated, rated_by_prospect, scope
from fitcheck.domain.predictive import level_chances
from fitcheck.domain.steps import whole
from fitcheck.domain.verdict import reach_verdict
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.library import load_bank, load_policy
from reports.lines import verdict_lines

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
TEXT = (GUIDE / "how-fitcheck-judges.md").read_text(encoding="utf-8")
BANK, POLICY = load_bank(), load_policy()
EXAMPLE: Assessment = read_assessment((GUIDE / "worked-example.json").read_bytes())
VERDICT = reach_verdict(EXAMPLE, BANK, POLICY)
JUDGEMENT, FIRMNESS = VERDICT.judgement, VERDICT.firmness
FULL = FullForm(EXAMPLE, BANK, POLICY)
ANSWERS = {answer.question.id: answer for answer in rated(EXAMPLE, BANK)}
TODAY: dict[Axis, Beads] = {axis: side.beads for axis, side in JUDGEMENT.axes.items()}

Cell = str | float
Rows = list[list[Cell]]

_TABLE = re.compile(r"^\|.*\|$(?:\n^\|.*\|$)+", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


# Reading the page


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def last_place(text: str) -> float:
    """What one unit of the last printed digit is worth."""
    return 10.0 ** -len(text.partition(".")[2])


def says(text: str, value: float) -> bool:
    """Whether ``text`` is ``value`` rounded to the digits that it has."""
    return abs(number(text) - value) <= 0.5 * last_place(text) + 1e-9


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("`", "") for cell in line.strip("|").split("|"))


def tables() -> dict[str, Table]:
    """The tables of the page, named by the first cell of their headers."""
    found: dict[str, Table] = {}
    for match in _TABLE.finditer(TEXT):
        header, _rule, *rows = match.group().splitlines()
        name = _cells(header)[0]
        assert name not in found, f"two tables begin with {name!r}"
        found[name] = Table(_cells(header), tuple(_cells(row) for row in rows))
    return found


def sums() -> Iterator[tuple[str, list[str]]]:
    """The example's sums: what is worked out, and each side of its equals signs.

    A line that is indented goes on with the one before.
    """
    for match in _FENCE.finditer(TEXT):
        if match.group(1) == "example":
            for line in match.group(2).replace("\n    ", " ").splitlines():
                name, *sides = (part.strip() for part in line.split(" = "))
                yield name, sides


_OPERATIONS: Mapping[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def worked_out(side: str) -> float:
    """What a sum of printed numbers comes to."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return _OPERATIONS[type(op)](value(left), value(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -value(operand)
            case ast.Constant(value=int() | float() as constant):
                return float(constant)
        raise ValueError(side)

    plain = side.replace("×", "*").replace("−", "-").replace("^", "**")
    return value(ast.parse(plain, mode="eval").body)


# What the program says


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


def policy_table() -> Rows:
    """Every number of the policy's file, by its key; a table of up to three shares a row."""

    def shown(value: object) -> str:
        if isinstance(value, dict):
            return "; ".join(f"{name} {shown(inner)}" for name, inner in value.items())
        return ", ".join(f"{n:.4g}" for n in (value if isinstance(value, list) else [value]))

    def entries(value: object, path: tuple[str, ...]) -> Iterator[list[Cell]]:
        is_group = isinstance(value, dict) and not any(isinstance(v, dict) for v in value.values())
        if isinstance(value, dict) and not (is_group and len(value) <= 3):
            for name, inner in value.items():
                yield from entries(inner, (*path, name))
        else:
            yield [".".join(path), shown(value)]

    data = tomllib.loads(packaged.read_bytes("policies", "default-1.0.0.toml").decode())
    for name in ("format", "format_version", "id", "version"):
        del data[name]
    return list(entries(data, ()))


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


# The tests


def test_every_table_of_the_example_is_what_the_program_says() -> None:
    on_page = tables()
    for name, rows in expected_tables().items():
        found = on_page[name.replace("`", "")].rows
        assert len(found) == len(rows), name
        for printed, row in zip(found, rows, strict=True):
            assert len(printed) == len(row), (name, printed)
            for text, value in zip(printed, row, strict=True):
                right = text == value if isinstance(value, str) else says(text, value)
                assert right, f"{name}: {printed[0]}: the page says {text}, the program {value}"


def test_no_table_of_the_page_is_left_unread() -> None:
    read = {name.replace("`", "") for name in expected_tables()}
    assert set(tables()) == {*read, "Number", "Way of asking"}


def test_every_sum_is_right_and_comes_to_what_the_program_says() -> None:
    expected = expected_sums()
    seen = set()
    for name, sides in sums():
        *steps, result = sides
        assert says(result, expected[name]), f"{name}: {result}, the program {expected[name]}"
        for step in steps:
            # The numbers of a sum are rounded themselves, so its last digit may be one off.
            off = abs(worked_out(step) - number(result))
            assert off <= 1.01 * last_place(result), f"{name}: {step} is {worked_out(step)}"
        seen.add(name)
    assert seen == set(expected)


@pytest.mark.parametrize(
    ("name", "table"), [("Good, by hand", "Slice of nature"), ("Not poor, by hand", "Same slice")]
)
def test_the_sums_by_hand_add_up_the_tables_above_them(name: str, table: str) -> None:
    steps = dict(sums())[name]
    assert steps[0].split(" + ") == [row[-1] for row in tables()[table].rows]


def test_the_counts_in_the_prose_are_those_of_the_example() -> None:
    prose = " ".join(TEXT.split())

    def count(pattern: str) -> list[int]:
        found = re.search(pattern, prose)
        assert found, pattern
        return [int(group) for group in found.groups()]

    alpha, beta = TODAY[Axis.CHEMISTRY]
    assert count(r"With (\d+) open questions") == [FIRMNESS.open]
    assert count(r"the 5 to the power of (\d+) ways") == [FIRMNESS.open]
    assert count(r"\*\*full form\*\* of (\d+) questions") == [len(FULL.questions)]
    assert count(r"a Beta of (\d+) and (\d+) lies") == [alpha, beta]
    assert count(r"at most (\d+) of (\d+) throws") == [alpha - 1, alpha + beta - 1]
    assert count(r"with ρ = (\d+)") == [POLICY.spread]


def test_no_decimal_in_the_prose_stands_alone() -> None:
    """What a sentence repeats is a figure of a table or a sum, and so has been checked."""
    checked = {cell for t in tables().values() for row in t.rows for cell in row}
    checked |= {side for _name, sides in sums() for side in sides}
    known = {found for text in checked for found in _NUMBER.findall(text)}
    prose = _FENCE.sub("", _TABLE.sub("", TEXT))
    prose = re.sub(r"\]\([^)]*\)|`[^`]*`", "", prose)
    alone = [found for found in re.findall(r"−?\d+\.\d+", prose) if found not in known]
    assert alone == []


def test_the_policy_table_holds_every_number_of_the_policy() -> None:
    table = tables()["Number"]
    assert [list(row[:2]) for row in table.rows] == policy_table()
    assert all(what and where for _name, _value, what, where in table.rows)


def test_what_the_page_quotes_is_what_the_program_says() -> None:
    said = [line.strip() for line in verdict_lines(EXAMPLE, BANK, POLICY, VERDICT)]
    quoted = [line.removeprefix("> ").rstrip("\\") for line in re.findall(r"^> .+$", TEXT, re.M)]
    assert quoted
    assert [line for line in quoted if line not in said] == []


def test_the_example_shows_what_the_page_says_of_it() -> None:
    """What the sentences around the tables rely on."""
    assert EXAMPLE.form is Form.EVENT
    assert not JUDGEMENT.confirmed
    assert not JUDGEMENT.missing
    assert not JUDGEMENT.brakes
    assert not FIRMNESS.settled
    assert not FIRMNESS.enough
    assert JUDGEMENT.stance.value == "lead"
    assert {result.value for result in FIRMNESS.reachable} == set(Action)
    assert len(rated_by_prospect(EXAMPLE, BANK)) == 1
    on_chemistry = [a for a in FIRMNESS.ask_next if a.question.axis is Axis.CHEMISTRY]
    assert not any(ask.chance_to_change for ask in on_chemistry)
    assert len([q for q in BANK.questions if q.side is Side.CONSULTANT]) == 36
    # The slices that the page leaves out don't matter.
    assert sum(row[6] for row in slices(0.0) if row[1] < 0.001) < 0.0005


def test_the_two_pencil_rules_are_those_of_the_losses() -> None:
    """“Proceed if P(good) exceeds …” says the same as the expected losses do."""
    for good, poor in itertools.product([k / 40 for k in range(41)], repeat=2):
        if good + poor <= 1:
            by_rule = Action.STAGE
            if good > (2 + 2 * poor) / 3 + 1e-9:
                by_rule = Action.PROCEED
            elif poor > (2 + good) / 4 + 1e-9:
                by_rule = Action.DECLINE
            near = min(abs(good - (2 + 2 * poor) / 3), abs(poor - (2 + good) / 4)) < 1e-9
            assert near or by_rule is action(good, poor, Appetite.BALANCED)


def test_a_figure_that_has_gone_stale_is_found() -> None:
    """The comparison itself can fail: a program with another policy disagrees with the page."""
    other = replace(POLICY, precision=POLICY.precision * 1.1)
    stale = judge(EXAMPLE, BANK, other)
    row = tables()["Axis"].rows[0]
    side = stale.axes[Axis.CHEMISTRY]
    assert not says(row[1], side.alpha)
    assert bars_at(side.score, other) != JUDGEMENT.bars
