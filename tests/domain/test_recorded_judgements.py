"""Old judgements recompute to the same figures (judgement.md, section 7)."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from fitcheck.domain.bank import Reference
from fitcheck.exchange.judgement_json import bank_json
from fitcheck.library import load_bank, load_policy
from tests.domain import reference, reference_firmness, reference_flips
from tests.domain.record_judgements import FOLDER, here, judged

RECORDS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
}


def differences(was: Any, now: Any, tolerance: float, path: str = "$") -> Iterator[str]:
    """Where two JSON values differ: numbers by more than ``tolerance``, all else at all."""
    if isinstance(was, float) and isinstance(now, float):
        if not abs(was - now) <= tolerance:
            yield f"{path}: {was!r} became {now!r}"
    elif type(was) is not type(now):
        yield f"{path}: {was!r} became {now!r}"
    elif isinstance(was, dict):
        if list(was) != list(now):
            yield f"{path}: {list(was)} became {list(now)}"
        for key in was.keys() & now.keys():
            yield from differences(was[key], now[key], tolerance, f"{path}.{key}")
    elif isinstance(was, list):
        if len(was) != len(now):
            yield f"{path}: {len(was)} entries became {len(now)}"
        for index, (one, other) in enumerate(zip(was, now, strict=False)):
            yield from differences(one, other, tolerance, f"{path}[{index}]")
    elif was != now:
        yield f"{path}: {was!r} became {now!r}"


@pytest.mark.parametrize("name", RECORDS)
def test_a_recorded_judgement_recomputes_to_the_same_figures(name: str) -> None:
    record = RECORDS[name]
    tolerance = 1e-12 if record["on"] == here() else 1e-9
    now = json.loads(json.dumps(judged(record["assessment"])))
    assert list(differences(record["judgement"], now, tolerance)) == []


@pytest.mark.parametrize("name", RECORDS)
def test_what_was_recorded_is_what_the_second_implementation_says(name: str) -> None:
    """Nothing wrong was put on record, and the printed keys hold what their names say."""
    file, record = RECORDS[name]["assessment"], RECORDS[name]["judgement"]
    # The bank that was asked, which need not be the one that is asked now.
    bank = bank_json(load_bank(Reference(**file["bank"])), load_policy(Reference(**file["policy"])))
    today = reference.judge(file, bank)
    ahead = reference_firmness.foresee(file, bank)
    warnings, gaps = reference_flips.warnings(file, bank)
    flips, _margin = reference_flips.flips(file, bank)
    sets, _margin = reference_flips.to_proceed(file, bank)

    assert record["recommendation"] == today["recommendation"]
    assert record["stance"] == today["stance"]
    override = file["override"]
    assert record["final"] == (override or today)["recommendation"]
    for axis, side in today["axes"].items():
        assert record["axes"][axis] == pytest.approx(side, abs=1e-9)
    assert record["odds"] == pytest.approx(today["odds"], abs=1e-6)
    assert record["expected_loss"] == pytest.approx(today["expected_loss"], abs=1e-5)
    assert {(m["axis"], m["lack"], m["have"], m["need"]) for m in record["missing"]} == today[
        "missing"
    ]
    assert {brake["id"] for brake in record["brakes"]} == {id_ for id_, _of in today["brakes"]}
    assert record["settled"] is ahead["settled"]
    assert set(record["reachable"]) == ahead["reachable"]
    assert record["staying_power"] == (
        None if ahead["staying_power"] is None else pytest.approx(ahead["staying_power"], abs=0.01)
    )
    assert record["enough"] is ahead["enough"]
    assert {
        (ask["question"], ask["again"]): ask["chance_to_change"] for ask in record["ask_next"]
    } == pytest.approx({key: chance for key, (chance, _m) in ahead["chances"].items()}, abs=1e-6)
    assert [
        (flip["question"], flip["from"], flip["to"], flip["recommendation"])
        for flip in record["flips"]
    ] == flips
    found = record["to_proceed"]
    assert (found is None) is (sets is None)
    assert [[raised["question"] for raised in set_] for set_ in found or []] == [
        list(set_) for set_ in sets or []
    ]
    axes = {q["id"]: q["axis"] for q in bank["questions"]}
    assert {reason["question"]: reason["push"] for reason in record["reasons"]} == pytest.approx(
        {id_: push for id_, push in today["pushes"].items() if axes[id_] != "nature"}, abs=1e-9
    )
    assert sorted(
        (warning["id"], *(warning[key] for key in ("axis", "facet") if key in warning))
        for warning in record["warnings"]
    ) == sorted(warnings)
    assert {gap["facet"]: gap["gap"] for gap in record["gaps"]} == pytest.approx(dict(gaps))


def test_the_records_show_everything_that_a_judgement_can_say() -> None:
    judgements = [record["judgement"] for record in RECORDS.values()]
    files = [record["assessment"] for record in RECORDS.values()]
    assert len(RECORDS) >= 12
    assert {j["recommendation"] for j in judgements} == {
        "proceed",
        "stage",
        "decline",
        "undecided",
    }
    assert {j["stance"] for j in judgements} == {"lead", "split", "cater"}
    assert {f["form"] for f in files} == {"full", "event"}
    assert {f["appetite"] for f in files} == {"balanced", "choosy", "hungry"}
    assert {j["settled"] for j in judgements} == {j["enough"] for j in judgements} == {True, False}
    assert {len(j["reachable"]) for j in judgements} == {1, 2, 3}
    assert {brake["id"] for j in judgements for brake in j["brakes"]} == {
        "suspected_deal_breaker",
        "gate_facet",
        "prospect_doubts",
    }
    assert {warning["id"] for j in judgements for warning in j["warnings"]} == {
        "mostly_hunches",
        "halo",
        "problem_b_thin",
        "wide_axis",
        "perception_gap",
    }
    assert {ask["again"] for j in judgements for ask in j["ask_next"]} == {True, False}
    assert any(j["flips"] for j in judgements)
    assert any(j["confirmed"] for j in judgements)
    assert any(j["final"] != j["recommendation"] for j in judgements)
    sets = [j["to_proceed"] for j in judgements]
    assert None in sets
    assert [] in sets
    assert {len(found[0]) for found in sets if found} == {1, 2, 3}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda j: j["axes"]["trust"].update(alpha=j["axes"]["trust"]["alpha"] + 2e-12), "alpha"),
        (lambda j: j["axes"]["trust"].update(answered=1.0), "answered"),
        (lambda j: j["ask_next"].reverse(), "ask_next"),
        (lambda j: j["ask_next"].pop(), "ask_next"),
        (lambda j: j.update(settled=not j["settled"]), "settled"),
        (lambda j: j.update(staying_power=None), "staying_power"),
        (lambda j: j.update(odds=dict(reversed(j["odds"].items()))), "odds"),
        (lambda j: j["odds"].update(good=float("nan")), "good"),
        (lambda j: j.update(more=1), "$"),
    ],
)
def test_every_kind_of_change_would_be_noticed(change: Any, place: str) -> None:
    was = RECORDS["half-an-interview"]["judgement"]
    now = copy.deepcopy(was)
    change(now)
    found = list(differences(was, now, 1e-12))
    assert found
    assert all(place in entry for entry in found)
