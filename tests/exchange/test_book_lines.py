"""The lines of a whole book: the schema says what is taken, and every fault has its place."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fitcheck import packaged
from fitcheck.errors import InvalidInput
from fitcheck.exchange.book_container import (
    MAGIC,
    WrongBookPassphrase,
    open_container,
    read_container,
    write_container,
)
from fitcheck.exchange.book_lines import read_lines
from fitcheck.exchange.book_schema import SCHEMA, book_schema
from fitcheck.exchange.book_text import split_lines, write_line
from fitcheck.exchange.json_input import FAULT_LIMIT
from fitcheck.store.key_file import Cost
from tests.exchange.books import CHEAP, PASSPHRASE, exported, fill, opened

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The plain file of a book with something in every place."""
    folder = tmp_path_factory.mktemp("book")
    fitcheck = opened(folder / "data")
    fill(fitcheck)
    exported(fitcheck, folder / "x")
    fitcheck.close()
    return (folder / "x").read_bytes()


@pytest.fixture
def file(whole: bytes) -> Lines:
    return [json.loads(line) for line in whole.splitlines()]


def dumped(file: Lines) -> list[bytes]:
    return [json.dumps(line).encode() for line in file]


def places(file: Lines | list[bytes]) -> list[str]:
    """Where the faults of a file are; none for a good one."""
    data = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in file]
    try:
        for _record in read_lines(data):
            pass
    except InvalidInput as refused:
        return [fault.place for fault in refused.faults]
    return []


def at(file: Lines, name: str, number: int = 0) -> int:
    """The index of a line of a kind."""
    return [index for index, line in enumerate(file) if name in line][number]


def zoe(file: Lines) -> dict[str, Any]:
    """The prospect of whom there is something of everything."""
    found: dict[str, Any] = next(
        line["prospect"] for line in file if "follow_ups" in line.get("prospect", ())
    )
    return found


def test_what_is_read_is_written_the_same(whole: bytes) -> None:
    assert b"".join(map(write_line, read_lines(split_lines([whole])))) == whole


def test_the_schema_is_the_one_that_is_published_and_takes_every_line(file: Lines) -> None:
    schema = json.loads(packaged.read_text("schema", SCHEMA))
    assert schema == book_schema(), "python -m fitcheck.exchange.book_schema makes it anew"
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in file:
        validator.validate(line)


def test_a_file_of_version_1_is_read_for_ever() -> None:
    """As it was written before there were banks, follow-ups, outcomes and referrals in it."""
    folder = Path(__file__).parent
    whole = (folder / "book-1.jsonl").read_bytes()
    old, new = (
        jsonschema.Draft202012Validator(json.loads(packaged.read_text("schema", name)))
        for name in ("book-1.json", SCHEMA)
    )
    for line in whole.splitlines():
        old.validate(json.loads(line))
        new.validate(json.loads(line))
    assert b"".join(map(write_line, read_lines(split_lines([whole])))) == whole
    assert unlocked((folder / "book-1.fitcheck").read_bytes())[:40] == whole[:40]


def parts_of(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield steps
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in inside:
        yield from parts_of(inner, (*steps, key))


def test_what_the_schema_refuses_the_reader_refuses(file: Lines) -> None:
    """Each value of the file in turn is another kind of thing, or gone."""
    validator = jsonschema.Draft202012Validator(book_schema())
    refused = 0
    for index, line in enumerate(file):
        for steps in list(parts_of(line))[1:400:3]:
            spoilt = copy.deepcopy(line)
            holder = spoilt
            for step in steps[:-1]:
                holder = holder[step]  # type: ignore[index]
            holder[steps[-1]] = [{"x": 1.5}]  # type: ignore[index]
            if validator.is_valid(spoilt):
                continue
            refused += 1
            found = places([*file[:index], spoilt, *file[index + 1 :]])
            assert any(place.startswith(f"line {index + 1} ") for place in found), steps
    assert refused > 100


Spoil = Callable[[Lines], object]

BROKEN: dict[str, tuple[Spoil, str]] = {
    "another format": (lambda f: f[0].update(format="x"), "line 1 $.format"),
    "another version": (lambda f: f[0].update(format_version=3), "line 1 $.format_version"),
    "no head": (lambda f: f.pop(0), "line 1 $.bank"),
    "no end": (lambda f: f.pop(), "line 17 $"),
    "a line after the end": (lambda f: f.append(f[1]), "line 18 $"),
    "a count that isn't one": (lambda f: f[0].update(prospects=9), "line 1 $.prospects"),
    "an unknown kind": (lambda f: f[1].update(x=f[1].pop("bank")), "line 2 $"),
    "an own policy of another name": (
        lambda f: f[at(f, "policy")]["policy"].update(id="theirs"),
        "$.policy.id",
    ),
    "a policy with a fault": (
        lambda f: f[at(f, "policy")]["policy"].update(text="x = 1"),
        "$.policy.text",
    ),
    "a name that is blank": (
        lambda f: f[at(f, "prospect")]["prospect"]["contact"].update(name="  "),
        "$.prospect.contact.name",
    ),
    "a uid twice": (
        lambda f: f[at(f, "prospect")]["prospect"].update(
            uids=f[at(f, "prospect", 1)]["prospect"]["uids"]
        ),
        "$.prospect.uids[0]",
    ),
    "no step": (lambda f: f[at(f, "prospect")]["prospect"].update(period=[]), "$.prospect.period"),
    "a step that can't follow": (
        lambda f: f[at(f, "prospect")]["prospect"]["period"].append(
            {"step": "reopened", "on": "2026-11-22"}
        ),
        "$.prospect.period",
    ),
    "a day that there isn't": (
        lambda f: f[at(f, "assessment")]["assessment"].update(date="2026-02-30"),
        "$.assessment.date",
    ),
    "an unknown bank": (
        lambda f: f[at(f, "assessment")]["assessment"]["bank"].update(id="x"),
        "$.assessment.bank",
    ),
    "an unknown policy": (
        lambda f: f[at(f, "assessment")]["assessment"]["policy"].update(version="9.0.0"),
        "$.assessment.policy",
    ),
    "an unknown question": (
        lambda f: f[at(f, "assessment")]["assessment"]["answers"][0].update(question="x"),
        "$.assessment.answers[0]",
    ),
    "a question twice": (
        lambda f: f[at(f, "assessment")]["assessment"]["answers"].append(
            f[at(f, "assessment")]["assessment"]["answers"][0]
        ),
        "$.assessment.answers[",
    ),
    "a level beyond": (
        lambda f: f[at(f, "assessment")]["assessment"]["answers"][0].update(value=5),
        "$.assessment.answers[0].value",
    ),
    "an assessment of somebody else": (
        lambda f: f[at(f, "assessment")]["assessment"].update(uid="0" * 32),
        "$.assessment.uid",
    ),
    "an unknown field": (
        lambda f: f[at(f, "assessment")]["assessment"]["fields"].update(x=1),
        "$.assessment.fields.x",
    ),
    "a draft of no section": (
        lambda f: f[at(f, "assessment")]["assessment"]["fields"]["plan"].update(
            drafted={"letter": {}}
        ),
        "$.assessment.fields.plan.drafted.letter",
    ),
    "a plan that is none": (
        lambda f: f[at(f, "assessment")]["assessment"]["fields"]["plan"].update(stages=[{}]),
        "$.assessment.fields.plan.stages[0].goal",
    ),
    "an undo of nothing": (
        lambda f: f[at(f, "history")]["history"]["events"][0].update(kind="undo"),
        "$.history.events[0].kind",
    ),
    "an answer to no question": (
        lambda f: f[at(f, "history")]["history"]["events"][0].update(after={"question": "x"}),
        "$.history.events[0].after",
    ),
    "a change of no field": (
        lambda f: f[at(f, "history")]["history"]["events"][0].update(subject="field", key="x"),
        "$.history.events[0].before",
    ),
    "more events than were announced": (
        lambda f: f[at(f, "history")]["history"]["events"].extend(
            f[at(f, "history")]["history"]["events"]
        ),
        "$.history",
    ),
    "a history too short": (
        lambda f: f[at(f, "history")]["history"]["events"].pop(),
        "line ",
    ),
    "a logo that is none": (
        lambda f: f[at(f, "preferences")]["preferences"]["profile"].update(logo="A" * 3_000_000),
        "$.preferences.profile.logo",
    ),
    "a logo in no base": (
        lambda f: f[at(f, "preferences")]["preferences"]["profile"].update(logo="A"),
        "$.preferences.profile.logo",
    ),
    "a logo that is no picture": (
        lambda f: f[at(f, "preferences")]["preferences"]["profile"].update(logo="QUFB"),
        "$.preferences.profile.logo",
    ),
    "a bank of FitCheck's own name": (
        lambda f: f[1]["bank"].update(id="core"),
        "line 2 $.bank.id",
    ),
    "a bank under another name than its text": (
        lambda f: f[1]["bank"].update(id="other"),
        "line 2 $.bank.id",
    ),
    "a bank twice": (lambda f: f.insert(1, f[1]), "line 3 $.bank.version"),
    "a bank with a fault": (
        lambda f: f[1]["bank"].update(text=f[1]["bank"]["text"].replace("weight", "wait")),
        "line 2 $.bank.text",
    ),
    "a bank that is too long": (
        lambda f: f[1]["bank"].update(text="#" * 300_000),
        "line 2 $.bank.text",
    ),
    "a bank that is nested too deeply": (
        lambda f: f[1]["bank"].update(text="x = " + "[" * 10_000),
        "line 2 $.bank.text",
    ),
    "an assessment by a bank that doesn't ask that": (
        lambda f: f[at(f, "assessment")]["assessment"].update(
            bank={"id": "own-small", "version": "1.0.0"}
        ),
        "$.assessment.answers[",
    ),
    "a follow-up twice": (
        lambda f: zoe(f)["follow_ups"].append(zoe(f)["follow_ups"][0]),
        "$.prospect.follow_ups[2].uid",
    ),
    "a follow-up on no day": (
        lambda f: zoe(f)["follow_ups"][0]["moves"][0].pop("to"),
        "$.prospect.follow_ups[0].moves[0].to",
    ),
    "odds beyond one": (
        lambda f: zoe(f)["period"][1]["forecast"].update(good=1.5),
        "$.prospect.period[1].forecast",
    ),
    "a score of no axis": (
        lambda f: zoe(f)["period"][1]["forecast"]["axes"].update(luck=1),
        "$.prospect.period[1].forecast.axes.luck",
    ),
    "a forecast of no decision": (
        lambda f: zoe(f)["period"][0].update(forecast=zoe(f)["period"][1]["forecast"]),
        "$.prospect.period",
    ),
    "an outcome of no sign": (
        lambda f: zoe(f)["outcomes"][0].update(signs=["luck"]),
        "$.prospect.outcomes[0].signs[0]",
    ),
    "a referral to nobody": (
        lambda f: zoe(f)["referrals"][0].update(colleague=2),
        "$.prospect.referrals[0].colleague",
    ),
    "a referral to somebody without a name": (
        lambda f: zoe(f)["referrals"][0].update(name=" "),
        "$.prospect.referrals[0].name",
    ),
    "a result that was heard on no day": (
        lambda f: zoe(f)["referrals"][0].pop("result_on"),
        "$.prospect.referrals[0].result_on",
    ),
    "a result from before the referral": (
        lambda f: zoe(f)["referrals"][0].update(result_on="2020-01-01"),
        "$.prospect.referrals[0].result_on",
    ),
    "a moment before all clocks": (
        lambda f: f[at(f, "prospect")]["prospect"].update(changed="0001-01-01T00:00:00+00:00"),
        "$.prospect.changed",
    ),
    "colleagues after prospects": (
        lambda f: f.insert(at(f, "prospect", 1), f[at(f, "colleague")]),
        "line ",
    ),
    "a prospect without its assessments": (
        lambda f: f.pop(at(f, "assessment", 1)),
        "line ",
    ),
}


@pytest.mark.parametrize(("spoil", "place"), BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_named_at_its_place(file: Lines, spoil: Spoil, place: str) -> None:
    spoil(file)
    found = places(file)
    assert any(place in each for each in found), found
    assert all(each.startswith("line ") for each in found)


def test_all_faults_are_told_at_once_but_not_more_than_anybody_reads(file: Lines) -> None:
    index = at(file, "assessment")
    file[index]["assessment"]["answers"] = [{"question": 1}] * 5_000
    assert len(places(file)) == FAULT_LIMIT


HOSTILE = {
    "nested": b"[" * 100_000,
    "an endless text": b'"' + b"\\" * 1_000_000,
    "a number of a million digits": b'{"policy":' + b"1" * 1_000_000 + b"}",
    "many values": b'{"policy":[' + b"[]," * 3_000_000 + b"1]}",
    "a key twice": b'{"end":{"lines":1},"end":{"lines":1}}',
    "not a number": b'{"end":{"lines":NaN}}',
    "half a pair": b'{"erased":{"uid":"\\ud800","day":"2026-11-22"}}',
    "another encoding": '{"end":{"lines":1}}'.encode("utf-16"),
    "no line": b"",
    "too long": b'{"policy":"' + b"x" * 11_000_000,
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_refused_where_it_stands(whole: bytes, line: bytes) -> None:
    head, *rest = whole.splitlines()
    found = places([head, line, *rest])
    assert any(place.startswith("line 2 ") for place in found)
    assert places([line]), "nor is it a head"


# The file that a passphrase locks


def locked(whole: bytes, cost: Cost = CHEAP) -> bytes:
    out = io.BytesIO()
    write_container(out, [whole], PASSPHRASE, cost)
    return out.getvalue()


def unlocked(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    file = io.BytesIO(data)
    key = open_container(file, passphrase)
    return b"".join(line + b"\n" for line in read_container(file, key))


def test_what_is_locked_comes_back(whole: bytes) -> None:
    assert unlocked(locked(whole)) == whole
    large = (b"x" * 999 + b"\n") * 2_000
    assert unlocked(locked(large)) == large
    assert unlocked(locked(b"")) == b""


def test_every_flipped_bit_and_every_cut_is_damage_and_never_a_wrong_passphrase(
    whole: bytes, record_property: Callable[[str, object], None]
) -> None:
    data = locked(whole[:2_000])
    tried = 0
    for place in range(len(data)):
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << place % 8
        tried += 2
        for each in (bytes(spoilt), data[:place]):
            with pytest.raises(InvalidInput) as refused:
                unlocked(each)
            assert [fault.place for fault in refused.value.faults] == ["file"]
    with pytest.raises(InvalidInput):
        unlocked(data + b"x")
    record_property("counted", f"{tried} damaged files of a whole book")


def test_another_passphrase_is_told_from_damage(whole: bytes) -> None:
    with pytest.raises(WrongBookPassphrase):
        unlocked(locked(whole), "something else")


def test_a_newer_file_is_told_as_that(whole: bytes) -> None:
    newer = locked(whole).replace(MAGIC, MAGIC.replace(b"1", b"2"))
    with pytest.raises(InvalidInput, match="newer"):
        unlocked(newer)


def test_a_key_that_demands_too_much_is_refused_before_it_is_tried(whole: bytes) -> None:
    data = locked(whole)
    start = len(MAGIC) + 4
    length = int.from_bytes(data[len(MAGIC) : start], "big")
    from fitcheck.store.key_file import _check_sum

    for demand in ({"memory": 1 << 29}, {"operations": 20}, {"memory": 64 << 30}, {"memory": 9e4}):
        key = json.loads(data[start : start + length])
        del key["check"]
        key["passphrase"] |= demand
        key["check"] = _check_sum(key)
        text = json.dumps(key).encode()
        made = MAGIC + len(text).to_bytes(4, "big") + text + data[start + length :]
        with pytest.raises(InvalidInput):
            unlocked(made)


def test_a_bomb_is_unpacked_no_further_than_a_line() -> None:
    bomb = locked(b"x" * 200_000_000)
    assert len(bomb) < 1_000_000
    file = io.BytesIO(bomb)
    key = open_container(file, PASSPHRASE)
    (line,) = read_container(file, key)
    assert len(line) < 11_000_000
    with pytest.raises(InvalidInput):
        list(read_lines([line]))


def test_nothing_private_stands_in_a_repr(file: Lines) -> None:
    said = "".join(map(repr, read_lines(dumped(file))))
    assert "Ångström" not in said
    assert "calm, and" not in said
    assert "free" not in said
