"""What is printed as JSON keeps to its schema, and the schema lets nothing else pass."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck import packaged
from fitcheck.domain.answer_warnings import (
    AnswerWarning,
    Gap,
    Halo,
    MostlyHunches,
    PerceptionGap,
    ProblemBThin,
    WideAxis,
)
from fitcheck.domain.ask_next import Ask
from fitcheck.domain.bank import Axis
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.flips import Flip, Raised
from fitcheck.domain.judgement import (
    Lack,
    LowGate,
    Missing,
    ProspectDoubts,
    Recommendation,
    SuspectedDealBreaker,
    judge,
)
from fitcheck.domain.verdict import Verdict, reach_verdict
from fitcheck.exchange.assessment_json import SCHEMA as ASSESSMENT_SCHEMA
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.json_input import parse, structural_faults
from fitcheck.exchange.judgement_json import BANK_SCHEMA, SCHEMA, bank_json, judgement_json
from fitcheck.library import load_bank, load_policy
from tests.domain.strategies import assessment_files

BANK, POLICY = load_bank(), load_policy()
OPENER = BANK.by_id["opener"]
FACET = OPENER.facet
GAP = Gap(FACET, 0.25, 1.0, 2, 1)

WARNINGS: tuple[AnswerWarning, ...] = (
    MostlyHunches(0.625),
    Halo(12, 3),
    ProblemBThin(0.25),
    WideAxis(Axis.NATURE, 0.25, 0.75),
    PerceptionGap(GAP),
)


@cache
def _everything() -> Any:
    """A judgement in which every list has an entry of every kind."""
    assessment = load_demo()[0]
    judgement = replace(
        judge(assessment, BANK, POLICY),
        confirmed=("no-budget",),
        missing=(Missing(Axis.TRUST, Lack.EVIDENCE, 1, 2),),
        brakes=(
            SuspectedDealBreaker("no-budget"),
            LowGate(FACET, 0.25),
            ProspectDoubts(Axis.TRUST, 0.25, 0.375),
        ),
        warnings=WARNINGS,
        gaps=(GAP,),
    )
    firm = Firmness(
        open=1,
        settled=False,
        reachable=(Recommendation.STAGE, Recommendation.DECLINE),
        staying_power=0.75,
        ask_next=(Ask(OPENER, 0.5, True),),
        enough=False,
    )
    flips = (Flip(OPENER, 3, 1, Recommendation.DECLINE),)
    verdict = Verdict(judgement, firm, flips, ((Raised(OPENER, 4),),), True)
    return json.loads(json.dumps(judgement_json(assessment, BANK, verdict)))


def everything() -> Any:
    return copy.deepcopy(_everything())


def valid(value: Any, schema: str) -> bool:
    return structural_faults(value, schema) == []


@pytest.mark.parametrize("schema", packaged.names("schema"))
def test_every_schema_is_a_schema_and_closes_every_object(schema: str) -> None:
    data = json.loads(packaged.read_text("schema", schema))
    jsonschema.Draft202012Validator.check_schema(data)
    assert data["$id"] == f"fitcheck:{schema.removesuffix('.json')}"
    objects = [part for part in _parts(data) if "required" in part and "properties" in part]
    opened = [
        part
        for part in [*([] if "oneOf" in data else [data]), *objects]
        if part.get("additionalProperties") is not False
        and "allOf" not in part  # its branches close it
        and set(part["properties"]) != {"id"}  # the condition of such a branch
    ]
    assert opened == []


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    if isinstance(schema, list):
        inner = schema
    else:
        # What is closed stays so under any further condition.
        closed = schema.get("additionalProperties") is False
        inner = [part for key, part in schema.items() if not (closed and key == "allOf")]
    for part in inner:
        if isinstance(part, dict | list):
            yield from _parts(part)


@settings(max_examples=15, deadline=None)
@given(assessment_files())
def test_every_judgement_keeps_to_its_schema(file: dict[str, Any]) -> None:
    assessment = read_assessment(json.dumps(file).encode())
    verdict = reach_verdict(assessment, BANK, POLICY)
    printed = json.dumps(judgement_json(assessment, BANK, verdict), allow_nan=False)
    value, faults = parse(printed.encode())
    assert faults == []
    assert structural_faults(value, SCHEMA) == []


def test_what_is_printed_of_the_verdict_is_what_it_holds() -> None:
    printed = everything()
    assert printed["settled"] is False
    assert printed["reachable"] == ["stage", "decline"]
    assert printed["staying_power"] == 0.75
    assert printed["ask_next"] == [{"question": "opener", "chance_to_change": 0.5, "again": True}]
    assert printed["enough"] is False
    assert printed["flips"] == [
        {"question": "opener", "from": 3, "to": 1, "recommendation": "decline"}
    ]
    assert printed["to_proceed"] == [[{"question": "opener", "to": 4}]]
    assert printed["warnings"] == [
        {"id": "mostly_hunches", "share": 0.625},
        {"id": "halo", "answers": 12, "observed": 3},
        {"id": "problem_b_thin", "share": 0.25},
        {"id": "wide_axis", "axis": "nature", "low": 0.25, "high": 0.75},
        {"id": "perception_gap", "facet": "ease", "gap": 0.75},
    ]
    assert printed["gaps"] == [{"facet": "ease", "gap": 0.75}]


def test_a_judgement_with_everything_in_it_keeps_to_its_schema() -> None:
    assert valid(everything(), SCHEMA)
    bare = everything() | {"staying_power": None, "to_proceed": None}
    for name in ("confirmed", "missing", "brakes", "ask_next", "flips", "warnings", "gaps"):
        bare[name] = []
    assert valid(bare, SCHEMA)
    assert valid(everything() | {"to_proceed": []}, SCHEMA)


Spoil = Callable[[Any], object]

BROKEN: dict[str, tuple[Spoil, str]] = {
    "unknown key": (lambda j: j.update(score=7), "$.score"),
    "an axis too many": (lambda j: j["axes"].update(luck={}), "$.axes.luck"),
    "an axis too few": (lambda j: j["axes"].pop("nature"), "$.axes.nature"),
    "a score above one": (lambda j: j["axes"]["trust"].update(score=1.5), "$.axes.trust.score"),
    "no beads": (lambda j: j["axes"]["trust"].update(alpha=0), "$.axes.trust.alpha"),
    "half a question": (
        lambda j: j["axes"]["trust"].update(answered=1.5),
        "$.axes.trust.answered",
    ),
    "odds below nought": (lambda j: j["odds"].update(poor=-0.1), "$.odds.poor"),
    "odds as text": (lambda j: j["odds"].update(good="0.5"), "$.odds.good"),
    "a gain": (lambda j: j["expected_loss"].update(stage=-1), "$.expected_loss.stage"),
    "a loss of nothing to do": (
        lambda j: j["expected_loss"].update(undecided=1),
        "$.expected_loss.undecided",
    ),
    "odd recommendation": (lambda j: j.update(recommendation="maybe"), "$.recommendation"),
    "no final": (lambda j: j.pop("final"), "$.final"),
    "odd stance": (lambda j: j.update(stance="follow"), "$.stance"),
    "odd bank": (lambda j: j.update(bank="core"), "$.bank"),
    "a policy without version": (lambda j: j["policy"].pop("version"), "$.policy.version"),
    "confirmed twice": (lambda j: j["confirmed"].append("no-budget"), "$.confirmed"),
    "missing an odd thing": (lambda j: j["missing"][0].update(lack="luck"), "$.missing[0].lack"),
    "unknown brake": (lambda j: j["brakes"][0].update(id="mood"), "$.brakes[0].id"),
    "a brake without an id": (lambda j: j["brakes"][1].pop("id"), "$.brakes[1].id"),
    "a gate without its facet": (lambda j: j["brakes"][1].pop("facet"), "$.brakes[1].facet"),
    "a gate with an axis": (lambda j: j["brakes"][1].update(axis="trust"), "$.brakes[1].axis"),
    "doubts about nature": (
        lambda j: j["brakes"][2].update(axis="nature"),
        "$.brakes[2].axis",
    ),
    "settled in words": (lambda j: j.update(settled="yes"), "$.settled"),
    "nothing to reach": (lambda j: j.update(reachable=[]), "$.reachable"),
    "reached twice": (lambda j: j.update(reachable=["stage", "stage"]), "$.reachable"),
    "staying power above one": (lambda j: j.update(staying_power=96), "$.staying_power"),
    "no staying power": (lambda j: j.pop("staying_power"), "$.staying_power"),
    "a chance above one": (
        lambda j: j["ask_next"][0].update(chance_to_change=1.01),
        "$.ask_next[0].chance_to_change",
    ),
    "asked again, perhaps": (
        lambda j: j["ask_next"][0].update(again=None),
        "$.ask_next[0].again",
    ),
    "enough in figures": (lambda j: j.update(enough=1), "$.enough"),
    "flips from level 5": (lambda j: j["flips"][0].update({"from": 5}), "$.flips[0].from"),
    "flips to nowhere": (lambda j: j["flips"][0].pop("to"), "$.flips[0].to"),
    "rises to level 0": (
        lambda j: j["to_proceed"][0][0].update(to=0),
        "$.to_proceed[0][0].to",
    ),
    "nothing that rises": (lambda j: j["to_proceed"].append([]), "$.to_proceed[1]"),
    "a set that is no list": (lambda j: j.update(to_proceed=False), "$.to_proceed"),
    "a push without a question": (
        lambda j: j["reasons"][0].pop("question"),
        "$.reasons[0].question",
    ),
    "a push in words": (lambda j: j["reasons"][0].update(push="up"), "$.reasons[0].push"),
    "unknown warning": (lambda j: j["warnings"][0].update(id="gut"), "$.warnings[0].id"),
    "a share above one": (lambda j: j["warnings"][0].update(share=63), "$.warnings[0].share"),
    "a halo without figures": (
        lambda j: j["warnings"][1].pop("observed"),
        "$.warnings[1].observed",
    ),
    "a share too many": (lambda j: j["warnings"][1].update(share=0.5), "$.warnings[1].share"),
    "a range without end": (lambda j: j["warnings"][3].pop("high"), "$.warnings[3].high"),
    "a gap of two": (lambda j: j["warnings"][4].update(gap=2), "$.warnings[4].gap"),
    "a gap without a facet": (lambda j: j["gaps"][0].pop("facet"), "$.gaps[0].facet"),
    "a gap with its ends": (lambda j: j["gaps"][0].update(mine=0.5), "$.gaps[0].mine"),
    "nan": (lambda j: j["odds"].update(good=float("nan")), "$.odds.good"),
}


@pytest.mark.parametrize(("spoil", "place"), BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_of_a_judgement_is_named_at_its_place(spoil: Spoil, place: str) -> None:
    judgement = everything()
    spoil(judgement)
    value, _oddities = parse(json.dumps(judgement).encode())
    assert {fault.place for fault in structural_faults(value, SCHEMA)} == {place}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_part_of_a_judgement_can_be_left_out_or_be_something_else(data: st.DataObject) -> None:
    judgement = everything()
    holders = [part for part in _parts(judgement) if part is not judgement] + [judgement]
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from(sorted(holder)))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = {"no": "such thing"}
    assert not valid(judgement, SCHEMA)


def test_the_bank_keeps_to_its_schema_and_brings_the_whole_policy() -> None:
    printed = json.loads(json.dumps(bank_json(BANK, POLICY), allow_nan=False))
    assert structural_faults(printed, BANK_SCHEMA) == []
    policy = printed["policy"]
    assert policy["rules"]["enough"] == POLICY.enough
    assert policy["rules"]["spread"] == POLICY.spread
    assert policy["rules"]["most_to_raise"] == POLICY.most_to_raise
    assert policy["warnings"]["perception_gap_single"] == POLICY.warnings.perception_gap_single
    spoils: tuple[tuple[Spoil, str], ...] = (
        (lambda b: b["questions"][3].pop("levels"), "$.questions[3].levels"),
        (lambda b: b["questions"][3].update(weight=4), "$.questions[3].weight"),
        (lambda b: b["policy"]["rules"].update(luck=1), "$.policy.rules.luck"),
        (lambda b: b["policy"]["warnings"].pop("halo_answers"), "$.policy.warnings.halo_answers"),
        (lambda b: b["deal_breakers"][0].update(id=""), "$.deal_breakers[0].id"),
    )
    for spoil, place in spoils:
        spoiled = copy.deepcopy(printed)
        spoil(spoiled)
        assert [f.place for f in structural_faults(spoiled, BANK_SCHEMA)] == [place]


def test_a_judgement_is_not_taken_for_an_assessment_nor_the_other_way_round() -> None:
    assert not valid(everything(), ASSESSMENT_SCHEMA)
    file = json.loads(packaged.read_bytes("demo", "01-northbeam.json"))
    assert not valid(file, SCHEMA)
