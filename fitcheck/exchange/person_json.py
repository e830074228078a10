"""Everything about a person as JSON: what they are given, whole, when they ask what is kept.

Assessments are written in their own exchange format, each with what lies beside it in the book.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from fitcheck.codec import decode, encode
from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank, Reference
from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookForecast, BookOutcome, BookReferral
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.listed import Summary
from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.domain.policy import Action, Policy
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.exchange.json_input import parse, refuse, structural_faults
from fitcheck.exchange.typed_json import read, write
from fitcheck.library import load_bank, load_policy

FORMAT = "fitcheck/person"
FORMAT_VERSION = 2
SCHEMA = "person-2.json"
_YEARS: dict[str, Any] = {
    "about": About,
    "follow_ups": tuple[BookFollowUp, ...],
    "outcomes": tuple[BookOutcome, ...],
    "referrals": tuple[BookReferral, ...],
}
"""What came of them; a file of version 1 says nothing of it."""

NAME = "person.json"
"""What it is called inside the PDF: the same for everybody."""


def write_person(person: Person) -> dict[str, Any]:
    """The person as a JSON value that :func:`read_person` reads back."""
    data = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_on": person.made_on.isoformat(),
        "prospect": encode(person.prospect),
        "changed": person.changed.isoformat(),
        "kept_until": _day(person.keeping.until),
        "kept_on": _day(person.keeping.kept_on),
        "period": [
            _step_out(step) | _forecast_out(person.forecasts.get(place))
            for place, step in enumerate(person.period.steps)
        ],
        "about": write(person.about),
        "follow_ups": write(person.follow_ups),
        "outcomes": write(person.outcomes),
        "referrals": write(person.referrals),
        "assessments": [_assessment_out(each) for each in person.assessments],
    }
    return {key: _readable(value) for key, value in data.items()}


def person_bytes(person: Person) -> bytes:
    """The same as a file of text; the same bytes for the same person."""
    text = json.dumps(write_person(person), ensure_ascii=False, indent=1)
    # Half a surrogate pair, which UTF-8 can't hold, becomes the escape that JSON has for it.
    return (text + "\n").encode("utf-8", "backslashreplace")


def _assessment_out(each: PersonAssessment) -> dict[str, Any]:
    answers = each.assessment.answers.values()
    return {
        "assessment": write_assessment(each.assessment),
        # In an assessment's own format such a question is one that was asked.
        "only_written": [answer.question for answer in answers if answer.value is None],
        "started_at": each.started_at.isoformat(),
        "finished": each.finished,
        "position": each.position,
        "summary": None if each.summary is None else _summary_out(each.summary),
        "form_token": each.form_token,
        "history": [_logged_out(line) for line in each.history],
    }


def _summary_out(summary: Summary) -> dict[str, Any]:
    return {**summary.__dict__, "recommendation": summary.recommendation.value}


def _logged_out(line: Logged) -> dict[str, Any]:
    change = line.event.change
    return {
        "at": line.at.isoformat(),
        "kind": line.event.kind.value,
        "subject": change.subject.value,
        "key": change.key,
        "before": change.before,
        "after": change.after,
    }


def _step_out(step: Step) -> dict[str, Any]:
    match step:
        case Opening(on, until):
            return {"step": "opened", "on": on.isoformat(), "until": _day(until)}
        case Extension(on, until, reason):
            until_ = until.isoformat()
            return {"step": "extended", "on": on.isoformat(), "until": until_, "words": reason}
        case Decision(on, action, words):
            decided = action.value
            return {"step": "decided", "on": on.isoformat(), "action": decided, "words": words}
        case Reopening(on):
            return {"step": "reopened", "on": on.isoformat()}


def _forecast_out(forecast: BookForecast | None) -> dict[str, Any]:
    return {} if forecast is None else {"forecast": write(forecast)}


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _readable(value: Any) -> Any:
    """``value`` without the one character that a book holds and no reader of JSON here takes."""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, dict):
        return {key: _readable(inner) for key, inner in value.items()}
    return [_readable(inner) for inner in value] if isinstance(value, list | tuple) else value


def read_person(
    data: bytes,
    find_policy: Callable[[Reference], Policy] = load_policy,
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> Person:
    """The person in a file's bytes; what finds policy and bank as in :func:`read_assessment`.

    Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its JSON path.
    """
    value, faults = parse(data)
    refuse([*faults, *structural_faults(value, SCHEMA)])
    found = [*_faults_of_steps(value["period"]), *_faults_of_moments(value)]
    years = {}
    for name, kind in _YEARS.items():
        if name in value:
            years[name], faults = read(kind, value[name], (name,))
            found += faults
    forecasts = {}
    for number, step in enumerate(value["period"]):
        if "forecast" in step:
            where = ("period", number, "forecast")
            forecasts[number], faults = read(BookForecast, step["forecast"], where)
            found += faults
    assessments = []
    for index, entry in enumerate(() if found else value["assessments"]):
        try:
            whole = json.dumps(entry["assessment"]).encode()
            assessments.append(_assessment(entry, read_assessment(whole, find_policy, find_bank)))
        except InvalidInput as refused:
            place = f"$.assessments[{index}].assessment"
            found += [Fault(place + fault.place[1:], fault.expected) for fault in refused.faults]
    refuse(found)
    return Person(
        made_on=dt.date.fromisoformat(value["made_on"]),
        prospect=decode(Prospect, value["prospect"]),
        changed=dt.datetime.fromisoformat(value["changed"]),
        keeping=Keeping(_date(value["kept_until"]), _date(value["kept_on"])),
        period=Period(tuple(map(_step, value["period"]))),
        assessments=tuple(assessments),
        forecasts=forecasts,
        **years,
    )


def _faults_of_steps(steps: list[dict[str, Any]]) -> Iterator[Fault]:
    """The first step that can't follow those before it."""
    if steps[0]["step"] != "opened":
        yield Fault("$.period[0].step", 'expected "opened" first')
        return
    taken: tuple[Step, ...] = (_step(steps[0]),)
    for index, entry in enumerate(steps[1:], start=1):
        step = _step(entry)
        try:
            Period(taken).check(step)
        except ValueError as error:
            yield Fault(f"$.period[{index}]", f"expected a step that can follow: {error}")
            return
        taken += (step,)


def _faults_of_moments(value: dict[str, Any]) -> Iterator[Fault]:
    """What looks like a moment, but is on no calendar and no clock."""
    moments = [("$.changed", value["changed"])]
    for index, entry in enumerate(value["assessments"]):
        place = f"$.assessments[{index}]"
        moments.append((f"{place}.started_at", entry["started_at"]))
        moments += [
            (f"{place}.history[{at}].at", line["at"]) for at, line in enumerate(entry["history"])
        ]
    for place, text in moments:
        try:
            dt.datetime.fromisoformat(text)
        except ValueError:
            yield Fault(place, f"expected a moment, found {json.dumps(text)}")


def _step(entry: dict[str, Any]) -> Step:
    on, until = dt.date.fromisoformat(entry["on"]), _date(entry.get("until"))
    match entry["step"]:
        case "opened":
            return Opening(on, until)
        case "extended":
            return Extension(on, until or on, entry["words"])
        case "decided":
            return Decision(on, Action(entry["action"]), entry["words"])
        case _:
            return Reopening(on)


def _assessment(entry: dict[str, Any], assessment: Assessment) -> PersonAssessment:
    only_written = {
        id_: replace(assessment.answers[id_], value=None)
        for id_ in entry["only_written"]
        if id_ in assessment.answers
    }
    summary = entry["summary"]
    if summary is not None:
        recommendation = Recommendation(summary["recommendation"])
        summary = Summary(**{**summary, "recommendation": recommendation})
    return PersonAssessment(
        assessment=replace(assessment, answers={**assessment.answers, **only_written}),
        started_at=dt.datetime.fromisoformat(entry["started_at"]),
        finished=entry["finished"],
        position=entry["position"],
        summary=summary,
        form_token=entry["form_token"],
        history=tuple(map(_logged, entry["history"])),
    )


def _logged(line: dict[str, Any]) -> Logged:
    change = Change(Subject(line["subject"]), line["key"], line["before"], line["after"])
    return Logged(dt.datetime.fromisoformat(line["at"]), Event(EventKind(line["kind"]), change))


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
