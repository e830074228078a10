"""A bank's file from outside: its schema says what its linter says, and no input takes long."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from fitcheck import packaged
from fitcheck.domain.bank import Bank
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.bank_file import SCHEMA, written_bank
from fitcheck.exchange.bank_input import bank_faults, read_bank
from fitcheck.exchange.bank_schema import bank_schema
from tests.banks import CORE, largest, own, small, small_in_other_words

BAD_BANKS = sorted((Path(__file__).parents[1] / "domain" / "bad_banks").glob("*.toml"))
VALIDATOR = jsonschema.Draft202012Validator(bank_schema())

BEYOND_A_SCHEMA = {
    # What one place says about another, what words mean, and sums.
    *("answer-of-three-words", "axis-without-questions", "banned-word-aloud"),
    *("banned-word-in-a-condition", "banned-word-in-a-short-answer", "banned-word-in-an-answer"),
    *("consultant-in-the-prospects-form", "duplicate-deal-breaker", "duplicate-facet"),
    *("duplicate-prompt", "duplicate-question", "event-without-full", "facet-without-questions"),
    *("gate-on-nature", "inquiry-out-of-order", "inquiry-too-long", "inquiry-without-a-part"),
    *("ladder-of-degrees", "ladder-of-one-word", "no-disagreement-question"),
    *("no-question-for-the-prospect", "nothing-in-the-event-form", "prospect-in-the-full-form"),
    *("repeated-answer", "repeated-answer-in-a-question", "repeated-short-answer"),
    *("said-aside-too-long", "short-missing", "short-outside-the-event-form"),
    *("too-many-for-the-prospect", "unknown-facet", "weight-not-whole"),
}


def test_the_schema_that_is_published_is_the_one_that_the_limits_make() -> None:
    published = json.loads(packaged.read_text("schema", SCHEMA))
    assert published == bank_schema(), "python -m fitcheck.exchange.bank_schema makes it anew"
    jsonschema.Draft202012Validator.check_schema(published)


@pytest.mark.parametrize("text", [CORE, own(), small(), small_in_other_words(), largest()])
def test_what_the_linter_lets_pass_keeps_the_schema(text: str) -> None:
    assert bank_faults(text, "f") == []
    assert list(VALIDATOR.iter_errors(tomllib.loads(text))) == []


def test_the_schema_refuses_every_slip_that_a_schema_can_see() -> None:
    passed = set()
    for file in BAD_BANKS:
        if file.stem != "not-toml":
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            passed |= {file.stem} if VALIDATOR.is_valid(data) else set()
    assert passed == BEYOND_A_SCHEMA


def test_the_head_of_an_exported_file_is_there_once_and_names_the_schema() -> None:
    out = written_bank(CORE)
    assert SCHEMA in out.removesuffix(CORE)
    assert out.removesuffix(CORE).replace("\n", "\n#").startswith("#")
    assert written_bank(out) == out
    assert read_bank(out.encode(), "f").bank == core()


def core() -> Bank:
    return read_bank(CORE.encode(), "f").bank


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 20_000 + "=1",
        "a=" + "[" * 20_000,
        "a=" + "{a=" * 10_000,
        "a=" + "9" * 40_000,
        "[a" + ".a" * 20_000 + "]",
        "a=[ # " + '\\"' * 190_000 + "\n]",
        'a = """' + '\\"' * 190_000,
        "\n".join(["[[questions]]", "levels = [", *('"a b c d",' for _ in range(30_000)), "]"]),
        "[[questions]]\n" * 28_000,
        "[[facets]]\nid = 'x'\n" * 18_000,
        "id = '''\n" + "x\n" * 150_000 + "'''",
        "x = [" + "1," * 190_000 + "]",
        "x" * 400_001,
    ],
    ids=range(13),
)
def test_a_bank_that_wants_to_take_long_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_bank(text.encode(), "f")
    assert 1 <= len(refused.value.faults) <= 500
    assert all(fault.place.startswith("f") for fault in refused.value.faults)


def test_every_fault_of_a_file_is_told_at_once_each_at_its_line() -> None:
    text = own(
        "1.0.0",
        ("weight = 3", "weight = 9"),
        ("What is keeping you busiest", "How religious are you"),
        ('part = "valued"', 'part = "loved"'),
        id_="core",
    )
    lines = text.split("\n")
    with pytest.raises(InvalidInput) as refused:
        read_bank(text.encode(), "mine.toml")
    at = [int(fault.place.split(":")[1]) for fault in refused.value.faults]
    assert at == sorted(at)
    told = {lines[number - 1] for number in at}
    assert {'id = "core"', "weight = 9", 'part = "loved"'} <= told
    assert any("religious" in line for line in told)


def test_a_fault_in_the_notation_itself_has_its_line() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_bank(b'id = "mine"\nversion = 1.0.0\n', "mine.toml")
    (fault,) = refused.value.faults
    assert isinstance(fault, Fault)
    assert fault.place == "mine.toml:2"
