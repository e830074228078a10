"""The exchange format of an assessment: JSON in and out (judgement.md, section 10)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

from fitcheck.codec import decode, encode
from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    DealBreakerState,
    Dissent,
    Gut,
    Mark,
    Override,
    Prospect,
    Release,
)
from fitcheck.domain.bank import Bank, Form, Reference, Side
from fitcheck.domain.plan import Plan
from fitcheck.domain.policy import Appetite, Policy
from fitcheck.errors import Fault
from fitcheck.exchange.json_input import (
    expected_found,
    parse,
    path,
    refuse,
    structural_faults,
)
from fitcheck.i18n import _
from fitcheck.library import CURRENT_POLICY, load_bank, load_policy

FORMAT = "fitcheck/assessment"
FORMAT_VERSION = 1
SCHEMA = "assessment-1.json"


def read_assessment(
    data: bytes,
    find_policy: Callable[[Reference], Policy] = load_policy,
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> Assessment:
    """The assessment in a file's bytes.

    ``find_policy`` and ``find_bank`` look up what judged it and raise ``KeyError`` where there is
    none: the consultant's own ones lie in the book.

    Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its JSON path.
    """
    value, faults = parse(data)
    faults += structural_faults(value, SCHEMA)
    faults += _faults_of_content(value, find_policy, find_bank)
    refuse(faults)
    return _assessment(value, find_policy, find_bank)


def _faults_of_content(
    value: Any,
    find_policy: Callable[[Reference], Policy],
    find_bank: Callable[[Reference], Bank],
) -> Iterator[Fault]:
    """What a schema can't say. ``value`` may be malformed; its malformed parts are passed over."""
    if not isinstance(value, dict):
        return
    bank = _loaded(find_bank, value.get("bank"))
    if bank is None and _is_reference(value.get("bank")):
        meant, found = _("a bank of this FitCheck"), _named(value["bank"])
        yield Fault(path("bank"), expected_found(meant, found))
    policy = _loaded(find_policy, value.get("policy"))
    if policy is None and _is_reference(value.get("policy")):
        found = _named(value["policy"])
        yield Fault(path("policy"), expected_found(_("a policy of this FitCheck"), found))
    yield from _repeated(value.get("answers"), "answers", "question")
    yield from _repeated(value.get("deal_breakers"), "deal_breakers", "id")
    if isinstance(bank, Bank):
        bank = policy.over(bank) if isinstance(policy, Policy) else bank
        yield from _faults_of_answers(value.get("answers"), bank)
        for index, entry in _entries(value.get("deal_breakers"), "id"):
            if entry["id"] not in bank.deal_breaker_by_id:
                yield Fault(
                    path("deal_breakers", index, "id"),
                    expected_found(_("a deal-breaker of the bank"), json.dumps(entry["id"])),
                )
        yield from _faults_of_stages(value.get("plan"), bank)


def _faults_of_answers(answers: Any, bank: Bank) -> Iterator[Fault]:
    for index, entry in _entries(answers, "question"):
        question = bank.by_id.get(entry["question"])
        if question is None:
            yield Fault(
                path("answers", index, "question"),
                expected_found(_("a question of the bank"), json.dumps(entry["question"])),
            )
        elif (
            question.side is Side.CONSULTANT
            and isinstance(entry.get("answer"), int | float)
            and entry.get("evidence") is None
        ):
            yield Fault(
                path("answers", index, "evidence"),
                _('expected "observed" or "reported" or "hunch" beside a level, but missing'),
            )


def _faults_of_stages(plan: Any, bank: Bank) -> Iterator[Fault]:
    stages = plan.get("stages") if isinstance(plan, dict) else None
    for index, stage in enumerate(stages if isinstance(stages, list) else ()):
        asks = stage.get("asks") if isinstance(stage, dict) else None
        for place, id_ in enumerate(asks if isinstance(asks, list) else ()):
            if isinstance(id_, str) and id_ not in bank.by_id:
                yield Fault(
                    path("plan", "stages", index, "asks", place),
                    expected_found(_("a question of the bank"), json.dumps(id_)),
                )


def _entries(entries: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The well-formed entries of a list with their places: objects with text under ``key``."""
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get(key), str):
            yield index, entry


def _repeated(entries: Any, name: str, key: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, entry in _entries(entries, key):
        earlier = first.setdefault(entry[key], index)
        if earlier != index:
            yield Fault(
                path(name, index, key),
                _("expected each once, found {found} again (first at {place})").format(
                    found=json.dumps(entry[key]), place=path(name, earlier)
                ),
            )


def _is_reference(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("version"), str)
    )


def _named(value: dict[str, Any]) -> str:
    return json.dumps(f"{value['id']} {value['version']}")


def _loaded(load: Any, value: Any) -> Bank | Policy | None:
    if not _is_reference(value):
        return None
    try:
        loaded: Bank | Policy = load(Reference(value["id"], value["version"]))
    except KeyError:
        return None
    return loaded


def _assessment(
    value: dict[str, Any],
    find_policy: Callable[[Reference], Policy],
    find_bank: Callable[[Reference], Bank],
) -> Assessment:
    """The assessment of a value that has been checked."""
    policy = decode(Reference, value["policy"]) if "policy" in value else CURRENT_POLICY
    bank = find_policy(policy).over(find_bank(decode(Reference, value["bank"])))
    states = {entry["id"]: entry["state"] for entry in value.get("deal_breakers", ())}
    return Assessment(
        date=dt.date.fromisoformat(value["date"]),
        bank=bank.reference,
        policy=policy,
        form=Form(value["form"]),
        appetite=Appetite(value["appetite"]),
        prospect=decode(Prospect, value["prospect"]),
        answers={entry["question"]: _answer(entry) for entry in value["answers"]},
        deal_breakers={
            id_: DealBreakerState(states[id_]) for id_ in bank.deal_breaker_by_id if id_ in states
        },
        override=decode(Override, value["override"]) if value.get("override") else None,
        conversation=decode(Conversation, value.get("conversation", {})),
        plan=decode(Plan, value.get("plan", {})),
        dissent=decode(tuple[Dissent, ...], value.get("dissent", [])),
        releases=decode(tuple[Release, ...], value.get("releases", [])),
        gut=decode(Gut, value["gut"]) if value.get("gut") else None,
    )


def _answer(entry: dict[str, Any]) -> Answer:
    data = {**entry, "value": entry["answer"]}
    del data["answer"]
    if isinstance(data["value"], float):
        data["value"] = int(data["value"])  # JSON knows one kind of number: 3.0 is 3
    return decode(Answer, data)


def write_assessment(assessment: Assessment) -> dict[str, Any]:
    """The assessment as a JSON value that :func:`read_assessment` reads back.

    An answer that has only a note or a quote is written as ``unknown``: asked, can't tell yet.
    """
    data: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "date": assessment.date.isoformat(),
        "bank": encode(assessment.bank),
        "policy": encode(assessment.policy),
        "form": assessment.form.value,
        "appetite": assessment.appetite.value,
        "prospect": encode(assessment.prospect),
        "answers": [_answer_out(answer) for answer in assessment.answers.values()],
        "deal_breakers": [
            {"id": id_, "state": state.value} for id_, state in assessment.deal_breakers.items()
        ],
        "override": encode(assessment.override) if assessment.override else None,
    }
    for name in ("conversation", "plan", "dissent", "gut", "releases"):
        if part := encode(getattr(assessment, name)):
            data[name] = part
    return data


def _answer_out(answer: Answer) -> dict[str, Any]:
    value = Mark.UNKNOWN if answer.value is None else answer.value
    rest = encode(answer)
    rest.pop("value", None)
    return {"question": rest.pop("question"), "answer": value, **rest}
