"""Every rule of the linter has one bank that breaks it alone, and the shipped bank breaks none.

A bad bank's first line is the fault that it has, without file and line; ``# BAD`` marks the line
(the first one, where nothing is marked because a key of the whole file is missing).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fitcheck import packaged
from fitcheck.domain.bank import parse_bank
from fitcheck.domain.bank_lint import INQUIRY_PARTS, BannedWords, lint, parse_words
from fitcheck.domain.shipped_bank_lint import SHIPPED_DEAL_BREAKERS, SHIPPED_GATES, lint_shipped
from fitcheck.domain.toml_checks import Document
from fitcheck.errors import Fault

BAD_BANKS = sorted((Path(__file__).parent / "bad_banks").glob("*.toml"))
SHIPPED_BANKS = [name for name in packaged.names("banks") if name != "words.toml"]
CORE = "core-1.0.0.toml"


@pytest.fixture(scope="module")
def words() -> BannedWords:
    return parse_words(packaged.read_text("banks", "words.toml"))


@pytest.fixture(scope="module")
def core() -> str:
    return packaged.read_text("banks", CORE)


def in_one_go(text: str, *edits: tuple[str, str]) -> str:
    """``text`` with each edit made at its first occurrence, which has to exist."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


# ------------------------------------------------------------------------------- the shipped bank


@pytest.mark.parametrize("name", SHIPPED_BANKS)
def test_a_shipped_bank_keeps_every_rule(name: str, words: BannedWords) -> None:
    text = packaged.read_text("banks", name)
    assert lint_shipped(text, name, words) == []
    bank = parse_bank(text)
    assert f"{bank.id}-{bank.version}.toml" == name


def test_the_shipped_bank_lets_every_gap_be_seen(core: str) -> None:
    """A facet that the prospect answers is one that the consultant answers too (I22)."""
    bank = parse_bank(core)
    mine = {q.facet.id for q in bank.questions if q.side == "consultant"}
    theirs = {q.facet.id for q in bank.questions if q.side == "prospect"}
    assert theirs <= mine


@pytest.mark.parametrize("number", [4, 7, 8, *range(10, 13), *range(14, 20), 22, 23, 24, 27])
def test_an_idea_that_a_question_has_to_ask_is_asked(number: int, core: str) -> None:
    bank = parse_bank(core)
    assert any(f"I{number}" in q.rests_on for q in bank.questions if q.side == "consultant")


def test_answers_are_long_enough_to_describe_and_short_enough_to_choose(core: str) -> None:
    for question in parse_bank(core).questions:
        for answer in question.levels:
            assert 7 <= len(answer.split()) <= 25, f"{question.id}: {answer}"


# ---------------------------------------------------------------------------- one bad bank a rule


@pytest.mark.parametrize("path", BAD_BANKS, ids=lambda path: path.stem)
def test_a_broken_rule_is_reported_once_and_in_its_place(path: Path, words: BannedWords) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    line = next((n for n, content in enumerate(lines, 1) if "# BAD" in content), 1)
    place, _, expected = lines[0].removeprefix("# ").partition(": ")
    (fault,) = lint(text, path.name, words)
    if path.stem == "not-toml":  # the words are Python's own and may change with it
        assert fault.place == f"{path.name}:{line}"
        assert fault.expected.startswith("TOML that can be read")
    else:
        assert fault == Fault(f"{path.name}:{line}: {place}", expected)


def test_all_faults_come_at_once_in_the_order_of_the_lines(core: str, words: BannedWords) -> None:
    text = in_one_go(
        core,
        ('facet = "readiness"', 'facet = "unreadiness"'),
        ("weight = 3", "weight = 9"),
        ("minutes = 2", 'minutes = "two"'),
    )
    faults = lint(text, "mine.toml", words)
    assert [fault.place.split(": ")[1] for fault in faults] == [
        "questions[effort].facet",
        "questions[outcome].weight",
        "inquiry",
        "inquiry[went-wrong].minutes",
    ]


def test_words_are_looked_for_in_their_own_language_only(core: str, words: BannedWords) -> None:
    text = in_one_go(
        core,
        ('language = "en"', 'language = "de"'),
        ("What is keeping you busiest", "What religion is keeping you busiest"),
        ("They name a sum or an upper limit that", "They often name a sum or an upper limit that"),
    )
    assert lint(text, CORE, words) == []


@pytest.mark.parametrize("value", ["3", '"x"', "[]", "[[1]]", "{ a = 1 }", "true", "nan", "-1.5"])
def test_no_value_in_the_wrong_place_stops_the_linter(value: str, words: BannedWords) -> None:
    text = (BAD_BANKS[0].parent / "wrong-weight.toml").read_text(encoding="utf-8")
    small = text.replace("weight = 4 # BAD", "weight = 3")
    assert lint(small, "small.toml", words) == []
    places = set()
    lines = small.splitlines()
    for number, line in enumerate(lines):
        if key := re.match(r"(\w+) = (?!\[$)", line):
            broken = [*lines[:number], f"{key[1]} = {value}", *lines[number + 1 :]]
            places |= {fault.place for fault in lint_shipped("\n".join(broken), "f", words)}
    assert any(place.endswith(".rests_on") or ".rests_on[" in place for place in places)


@pytest.mark.parametrize("key", ["facets", "questions", "inquiry", "deal_breakers"])
@pytest.mark.parametrize("value", ["3", '"x"', "[]", "[1]", "[[1]]", "{ a = 1 }"])
def test_no_table_in_the_wrong_place_stops_the_linter(
    key: str, value: str, core: str, words: BannedWords
) -> None:
    kept = re.sub(rf"\[\[{key}\]\]\n(?:(?!\[\[).*\n)*", "", core)
    broken = kept.replace('language = "en"', f'language = "en"\n{key} = {value}', 1)
    places = [fault.place.split(": ")[1] for fault in lint_shipped(broken, CORE, words)]
    assert any(place.startswith(key) for place in places)


# ----------------------------------------------------------------------------------- finding a line


def test_lines_are_found_in_every_way_that_people_write_toml() -> None:
    text = """
title = 'one'
story = '''two
title = "not a key"
'''
flat = \"\"\"on one line\"\"\"
mixed = ["a", 2, # "no entry"
  "c # d",
  'e', "f"]

[bars]
trust = { preference = 0.5 }

[bars.deep] # a comment
list = [[1, 2], [3]]
"""
    document = Document(text, "f")
    assert document.readable
    for path in (
        ("title",), ("story",), ("flat",), ("mixed", 0), ("mixed", 1), ("mixed", 2), ("mixed", 3),
        ("mixed", 4), ("bars",), ("bars", "trust", "preference"), ("bars", "deep", "list"),
        ("elsewhere",),
    ):  # fmt: skip
        document.report(path, "x")
    lines = sorted(int(fault.place.split(":")[1]) for fault in document.faults)
    assert lines == sorted([2, 3, 6, 7, 7, 8, 9, 9, 11, 12, 15, 1])


# ------------------------------------------------------------------- what the shipped bank promises


def swapped(core: str, first: str, second: str) -> str:
    """``core`` with two questions in each other's place."""
    one, two = (
        re.search(rf'\[\[questions\]\]\nid = "{name}"\n(?:(?!\[\[).*\n)*', core)
        for name in (first, second)
    )
    assert one
    assert two
    return core.replace(one[0], "#1#").replace(two[0], one[0]).replace("#1#", two[0])


def without(core: str, table: str, name: str) -> str:
    """``core`` without the entry of that id."""
    return re.sub(rf'\[\[{table}\]\]\nid = "{name}"\n(?:(?!\[\[).*\n)*', "", core)


def shipped_faults(text: str, words: BannedWords) -> list[str]:
    return [
        f"{fault.place.split(': ')[1]}: {fault.expected}"
        for fault in lint_shipped(text, CORE, words)
    ]


def test_a_question_too_few_is_missed_in_every_count(core: str, words: BannedWords) -> None:
    assert shipped_faults(without(core, "questions", "opener"), words) == [
        "questions: 12 questions on chemistry in the full form, found 11",
        "questions: 4 questions on chemistry in the event form, found 3",
        "questions[effort]: a question on chemistry: the axes take turns",
    ]


def test_the_core_has_two_questions_an_axis(core: str, words: BannedWords) -> None:
    assert shipped_faults(swapped(core, "outcome", "role"), words) == [
        "questions: 2 questions on chemistry in the core of the event form, found 3",
        "questions: 2 questions on nature in the core of the event form, found 1",
        "questions[role]: a question on nature: the axes take turns",
    ]


def test_the_axes_take_turns(core: str, words: BannedWords) -> None:
    assert shipped_faults(swapped(core, "stakeholders", "options"), words) == [
        "questions[options]: a question on trust: the axes take turns"
    ]


def test_the_event_form_comes_first(core: str, words: BannedWords) -> None:
    assert shipped_faults(swapped(core, "role", "expectations"), words) == [
        "questions[role]: the questions of the event form before all others"
    ]


@pytest.mark.parametrize("name", ["budget", "decides"])
def test_the_essentials_are_in_the_event_form(name: str, core: str, words: BannedWords) -> None:
    renamed = core.replace(f'id = "{name}"', 'id = "something-else"')
    assert shipped_faults(renamed, words) == [f"questions: a question {name} in the event form"]


def test_the_prospects_form_has_its_questions(core: str, words: BannedWords) -> None:
    text = core
    for name in ("my-ease", "my-week"):
        text = without(text, "questions", name)
    assert shipped_faults(text, words) == [
        "questions: 12 questions in the prospect's form, found 10",
        "questions: 4 or more questions on chemistry in the prospect's form, found 3",
    ]


@pytest.mark.parametrize("gate", SHIPPED_GATES)
def test_the_gates_are_those_of_the_judgement(gate: str, core: str, words: BannedWords) -> None:
    text = re.sub(rf'(id = "{gate}"\naxis.*\nname.*\n)gate = true\n', r"\1", core)
    assert shipped_faults(text, words) == [
        "facets: gates on openness, integrity, unwelcome-facts, readiness"
    ]


@pytest.mark.parametrize("name", SHIPPED_DEAL_BREAKERS)
def test_the_default_deal_breakers_are_there(name: str, core: str, words: BannedWords) -> None:
    assert shipped_faults(without(core, "deal_breakers", name), words) == [
        f"deal_breakers: a deal-breaker {name}"
    ]


def test_the_inquiry_has_eight_to_ten_prompts(core: str, words: BannedWords) -> None:
    text = core
    for name in ("never-again", "did-then"):
        text = without(text, "inquiry", name)
    text = in_one_go(text, ("minutes = 2", "minutes = 4"))
    assert [p for p in INQUIRY_PARTS if f'part = "{p}"' not in text] == []
    assert shipped_faults(text, words) == ["inquiry: 8 to 10 prompts, found 7"]


def test_a_shipped_bank_that_is_no_toml_has_one_fault(words: BannedWords) -> None:
    (fault,) = lint_shipped("id =", CORE, words)
    assert fault.place == f"{CORE}:1"
