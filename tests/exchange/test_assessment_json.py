"""The exchange format: what is written reads back, and every fault of a bad file is listed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck import packaged
from fitcheck.domain.bank import Evidence
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.assessment_json import SCHEMA, read_assessment, write_assessment
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.json_input import DEPTH_LIMIT, SIZE_LIMIT
from fitcheck.library import CURRENT_POLICY
from tests.domain.strategies import assessment_files

DEMO = [json.loads(packaged.read_bytes("demo", name)) for name in packaged.names("demo")]


def faults(data: bytes) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        read_assessment(data)
    lines = str(refused.value).splitlines()
    assert len(lines) == len(refused.value.faults), "one line a fault"
    return {fault.place: fault.expected for fault in refused.value.faults}


def dump(value: Any) -> bytes:
    return json.dumps(value).encode()


def good() -> dict[str, Any]:
    return copy.deepcopy(DEMO[0])


@settings(max_examples=50, deadline=None)
@given(assessment_files())
def test_what_is_written_reads_back(file: dict[str, Any]) -> None:
    assessment = read_assessment(dump(file))
    written = write_assessment(assessment)
    assert read_assessment(dump(written)) == assessment


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file["prospect"]["name"])
def test_the_demonstration_reads_back_with_every_document_field(file: dict[str, Any]) -> None:
    assessment = read_assessment(dump(file))
    assert read_assessment(dump(write_assessment(assessment))) == assessment


def test_the_demonstration_shows_every_recommendation_and_stance() -> None:
    from fitcheck.domain.judgement import Recommendation, Stance, judge
    from fitcheck.library import load_bank, load_policy

    results = [judge(a, load_bank(a.bank), load_policy(a.policy)) for a in load_demo()]
    assert len(results) == 8
    assert {result.recommendation for result in results} == set(Recommendation)
    assert {result.stance for result in results} == set(Stance)


def test_the_schema_is_a_schema_and_takes_what_the_reader_takes() -> None:
    schema = json.loads(packaged.read_text("schema", SCHEMA))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for file in DEMO:
        validator.validate(file)


def test_without_a_policy_the_current_one_judges() -> None:
    file = good()
    del file["policy"]
    assert read_assessment(dump(file)).policy == CURRENT_POLICY


def test_a_byte_order_mark_and_a_level_written_as_a_float_are_taken() -> None:
    file = good()
    file["answers"][0]["answer"] = 3.0
    assessment = read_assessment(b"\xef\xbb\xbf" + dump(file))
    level = assessment.answers[file["answers"][0]["question"]].level
    assert level == 3
    assert isinstance(level, int)


def test_evidence_is_optional_and_kept_where_it_does_not_count() -> None:
    file = good()
    file["answers"] = [
        {"question": "opener", "answer": "unknown", "evidence": "hunch"},
        {"question": "budget", "answer": "not_applicable", "evidence": None},
        {"question": "my-ease", "answer": 2},
    ]
    answers = read_assessment(dump(file)).answers
    assert answers["opener"].evidence is Evidence.HUNCH
    assert answers["budget"].evidence is None
    assert answers["my-ease"].level == 2


Spoil = Callable[[dict[str, Any]], object]

BROKEN: dict[str, tuple[Spoil, str]] = {
    "unknown key": (lambda f: f.update(extra=1), "$.extra"),
    "unknown key in an answer": (lambda f: f["answers"][2].update(why=""), "$.answers[2].why"),
    "odd key": (lambda f: f["prospect"].update({"a b\n": 1}), '$.prospect["a b\\n"]'),
    "other format": (lambda f: f.update(format="cv"), "$.format"),
    "newer format": (lambda f: f.update(format_version=2), "$.format_version"),
    "no form": (lambda f: f.pop("form"), "$.form"),
    "no date": (lambda f: f.pop("date"), "$.date"),
    "no bank": (lambda f: f.pop("bank"), "$.bank"),
    "no answers": (lambda f: f.pop("answers"), "$.answers"),
    "no prospect": (lambda f: f.pop("prospect"), "$.prospect"),
    "no appetite": (lambda f: f.pop("appetite"), "$.appetite"),
    "bad date": (lambda f: f.update(date="2026-02-30"), "$.date"),
    "compact date": (lambda f: f.update(date="20261121"), "$.date"),
    "blank name": (lambda f: f["prospect"].update(name=" "), "$.prospect.name"),
    "unknown bank": (lambda f: f["bank"].update(version="9"), "$.bank"),
    "unknown policy": (lambda f: f["policy"].update(id="mine"), "$.policy"),
    "bank of another kind": (lambda f: f.update(bank="core"), "$.bank"),
    "unknown question": (
        lambda f: f["answers"][1].update(question="shoe-size"),
        "$.answers[1].question",
    ),
    "the same question twice": (
        lambda f: f["answers"].append(dict(f["answers"][0])),
        "$.answers[48].question",
    ),
    "level 5": (lambda f: f["answers"][0].update(answer=5), "$.answers[0].answer"),
    "level -1": (lambda f: f["answers"][0].update(answer=-1), "$.answers[0].answer"),
    "level 2.5": (lambda f: f["answers"][0].update(answer=2.5), "$.answers[0].answer"),
    "level true": (lambda f: f["answers"][0].update(answer=True), "$.answers[0].answer"),
    "level null": (lambda f: f["answers"][0].update(answer=None), "$.answers[0].answer"),
    "level as text": (lambda f: f["answers"][0].update(answer="3"), "$.answers[0].answer"),
    "no evidence": (lambda f: f["answers"][0].pop("evidence"), "$.answers[0].evidence"),
    "null evidence": (lambda f: f["answers"][0].update(evidence=None), "$.answers[0].evidence"),
    "odd evidence": (lambda f: f["answers"][0].update(evidence="gut"), "$.answers[0].evidence"),
    "note that is no text": (lambda f: f["answers"][0].update(note=7), "$.answers[0].note"),
    "answer that is no object": (lambda f: f["answers"].append(3), "$.answers[48]"),
    "unknown deal-breaker": (
        lambda f: f["deal_breakers"].append({"id": "shoes", "state": "open"}),
        "$.deal_breakers[5].id",
    ),
    "the same deal-breaker twice": (
        lambda f: f["deal_breakers"].append(dict(f["deal_breakers"][0])),
        "$.deal_breakers[5].id",
    ),
    "odd state": (
        lambda f: f["deal_breakers"][0].update(state="maybe"),
        "$.deal_breakers[0].state",
    ),
    "override to undecided": (
        lambda f: f.update(
            override={"recommendation": "undecided", "reason": "x", "date": "2026-01-01"}
        ),
        "$.override.recommendation",
    ),
    "override without a reason": (
        lambda f: f.update(
            override={"recommendation": "stage", "reason": " ", "date": "2026-01-01"}
        ),
        "$.override.reason",
    ),
    "stage without a goal": (
        lambda f: f["plan"].update(stages=[{"cap": "2 days"}]),
        "$.plan.stages[0].goal",
    ),
    "half a surrogate pair": (
        lambda f: f["prospect"].update(role="\ud800"),
        "$.prospect.role",
    ),
    "a NUL": (lambda f: f["prospect"].update(role="a\0b"), "$.prospect.role"),
    "a text without end": (
        lambda f: f["prospect"].update(in_their_words="x" * 200_001),
        "$.prospect.in_their_words",
    ),
    "nan": (lambda f: f["answers"][0].update(answer=float("nan")), "$.answers[0].answer"),
    "infinity": (lambda f: f.update(format_version=float("inf")), "$.format_version"),
}


@pytest.mark.parametrize(("spoil", "place"), BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_named_at_its_place(spoil: Spoil, place: str) -> None:
    file = good()
    spoil(file)
    assert list(faults(dump(file))) == [place]


def test_all_faults_are_listed_at_once() -> None:
    file = good()
    places = []
    for name in ("unknown key", "odd state", "bad date", "unknown question", "no form", "nan"):
        spoil, place = BROKEN[name]
        spoil(file)
        places.append(place)
    assert sorted(faults(dump(file))) == sorted(places)


def test_a_repeated_key_is_a_fault() -> None:
    text = dump(good()).replace(b'"form": "full"', b'"form": "event", "form": "full"')
    assert faults(text) == {"$.form": "expected once, found repeatedly"}


@pytest.mark.parametrize("literal", [b"1e999", b"9" * 5000])
def test_a_number_beyond_measure_is_a_fault_at_its_place(literal: bytes) -> None:
    text = dump(good()).replace(b'"format_version": 1', b'"format_version": ' + literal)
    assert list(faults(text)) == ["$.format_version"]


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 200_000, "nesting"),
        (b" " * (SIZE_LIMIT + 1), "bytes"),
        (b"[]", "an object"),
        (b"null", "an object"),
    ],
)
def test_what_is_no_assessment_at_all_is_refused_whole(data: bytes, meant: str) -> None:
    found = faults(data)
    assert list(found) == ["$"]
    assert meant in found["$"]


def test_nesting_has_an_end() -> None:
    file = good()
    file["prospect"]["role"] = json.loads("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT)
    assert any("nesting" in expected for expected in faults(dump(file)).values())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_file_with_anything_in_it_is_read_or_refused_with_reasons(data: st.DataObject) -> None:
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=8,
    )
    file = good()
    target: Any = file
    while isinstance(target, dict | list) and target:
        keys = list(target) if isinstance(target, dict) else range(len(target))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(target[key], dict | list) or data.draw(st.booleans()):
            target[key] = data.draw(anything)
            break
        target = target[key]
    refused: tuple[Fault, ...] = ()
    try:
        assessment = read_assessment(dump(file))
    except InvalidInput as error:
        refused = error.faults
    else:
        assert read_assessment(dump(write_assessment(assessment))) == assessment
    assert all(fault.place.startswith("$") for fault in refused)
