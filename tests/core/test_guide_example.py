"""The guide's page “How FitCheck judges” and the program say the same, number by number.

The page derives one example by hand (docs/guide/worked-example.json). Its tables, its sums and the
sentences that it quotes are read from the Markdown and held against what the program makes of that
file.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from fitcheck import packaged
from fitcheck.domain.bank import Axis, Form, Side
from fitcheck.domain.judgement import bars_at, judge
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.posterior import TOP_LEVEL, rated_by_prospect
from reports.lines import verdict_lines
from tests.core.guide_figures import (
    BANK,
    EXAMPLE,
    FIRMNESS,
    JUDGEMENT,
    POLICY,
    TODAY,
    VERDICT,
    Cell,
    Rows,
    action,
    expected_sums,
    expected_tables,
    prose_figures,
    slices,
)
from tests.core.guide_page import (
    FENCE,
    NUMBER,
    TABLE,
    TEXT,
    last_place,
    number,
    says,
    sums,
    tables,
    worked_out,
)


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


def known_figures() -> set[float]:
    """Every figure that a sum on the page may be made of."""
    cells = [cell for rows in expected_tables().values() for row in rows for cell in row]
    known = {float(cell) for cell in cells if not isinstance(cell, str)}
    known |= set(expected_sums().values())
    for bar in POLICY.bars.values():
        known |= {bar.preference, bar.measurable}
    known |= {1 - row[4] for row in slices(0.0)}
    known.add(1 - JUDGEMENT.odds[Match.POOR])
    alpha, beta = TODAY[Axis.TRUST]
    return known | {start + k for start in (alpha, alpha + beta) for k in range(TOP_LEVEL)}


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
    assert set(tables()) == {*read, "Number", "Way of asking", "Stated, tenth"}


def test_every_sum_is_right_and_comes_to_what_the_program_says() -> None:
    expected = expected_sums()
    seen = set()
    for name, sides in sums():
        *steps, result = sides
        assert says(result, expected[name]), f"{name}: {result}, the program {expected[name]}"
        # Where the numbers of a sum are rounded themselves, its last digit may be one off.
        most = 1.01 * last_place(result) if last_place(result) < 0.01 else 1e-9
        for step in steps:
            off = abs(worked_out(step) - number(result))
            assert off <= most, f"{name}: {step} is {worked_out(step)}"
        seen.add(name)
    assert seen == set(expected)


@pytest.mark.parametrize(
    ("name", "table"), [("Good, by hand", "Slice of nature"), ("Not poor, by hand", "Same slice")]
)
def test_the_sums_by_hand_add_up_the_tables_above_them(name: str, table: str) -> None:
    steps = dict(sums())[name]
    assert steps[0].split(" + ") == [row[-1] for row in tables()[table].rows]


def test_every_number_in_a_sum_is_a_figure_of_the_example() -> None:
    known = known_figures()
    for name, sides in sums():
        for text in re.findall(r"\d+\.\d+", " ".join(sides)):
            assert any(says(text, value) for value in known), f"{name}: {text}"


@pytest.mark.parametrize(("sentence", "figures"), prose_figures())
def test_a_figure_in_the_prose_is_what_the_program_says(
    sentence: str, figures: Sequence[float]
) -> None:
    found = re.search(sentence, " ".join(TEXT.split()))
    assert found
    assert len(found.groups()) == len(figures)
    for text, value in zip(found.groups(), figures, strict=True):
        assert says(text, value), f"the page says {text}, the program {value}"


def test_no_decimal_in_the_prose_stands_alone() -> None:
    """What a sentence repeats is a figure of a table or a sum, and so has been checked."""
    checked = {cell for t in tables().values() for row in t.rows for cell in row}
    checked |= {side for _name, sides in sums() for side in sides}
    known = {found for text in checked for found in NUMBER.findall(text)}
    prose = FENCE.sub("", TABLE.sub("", TEXT))
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
