"""Everything about a person: what is written reads back equal, and every fault is at its place."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck import packaged
from fitcheck.domain.assessment import Answer, Prospect
from fitcheck.domain.book import About
from fitcheck.domain.book_years import (
    BookFollowUp,
    BookForecast,
    BookMove,
    BookOutcome,
    BookReferral,
)
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.listed import Summary
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.domain.policy import Action
from fitcheck.errors import InvalidInput
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.person_json import SCHEMA, read_person, write_person
from fitcheck.exchange.typed_json import schema_of
from tests.domain.strategies import whole_assessments
from tests.store.later import later

DAY = dt.date(2026, 11, 22)
LATER = dt.date(2026, 12, 6)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_days = st.dates(DAY, dt.date(2040, 1, 1))
_moments = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=dt.UTC)
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=5,
)
_events = st.builds(
    Event,
    st.sampled_from(EventKind),
    st.builds(Change, st.sampled_from(Subject), _texts, _json, _json),
)
_odds = st.floats(0, 1)
_summaries = st.builds(
    Summary,
    st.sampled_from(Recommendation),
    st.booleans(),
    _odds,
    _odds,
    _odds,
    st.integers(0, 36),
    st.just(36),
)


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    """Any steps that can follow one another."""
    period = Period((Opening(DAY, draw(st.none() | _days)),))
    for _ in range(draw(st.integers(0, 4))):
        steps: list[Step] = [
            Decision(DAY, draw(st.sampled_from(Action)), draw(_texts)),
            Extension(DAY, draw(_days), "because " + draw(_texts)),
            Reopening(DAY),
        ]
        step = draw(st.sampled_from(steps))
        try:
            period.check(step)
        except ValueError:
            continue
        period = Period((*period.steps, step))
    return period


@st.composite
def _assessments(draw: st.DrawFn) -> PersonAssessment:
    assessment = draw(whole_assessments())
    return PersonAssessment(
        assessment=assessment,
        started_at=draw(_moments),
        finished=draw(st.booleans()),
        position=draw(_texts),
        summary=draw(st.none() | _summaries),
        form_token=draw(_texts),
        history=tuple(draw(st.lists(st.builds(Logged, _moments, _events), max_size=3))),
    )


_times = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
_moves = st.builds(BookMove, _days, _days, _times, _texts)
_follow_ups = st.builds(
    BookFollowUp,
    st.integers(0, 9).map("{:032x}".format),
    st.sampled_from(Purpose),
    _days,
    _times,
    _texts,
    st.lists(_moves, max_size=2).map(tuple),
    st.none() | _days,
    st.none() | _days,
)
_outcomes = st.builds(
    BookOutcome,
    st.sampled_from(Occasion),
    _days,
    st.lists(st.sampled_from(Sign), unique=True).map(tuple),
    _texts,
)
_abouts = st.builds(
    About, _texts, _texts, st.lists(_texts, max_size=2).map(tuple), st.just(("a tag",))
)


@st.composite
def people(draw: st.DrawFn) -> Person:
    return Person(
        made_on=draw(_days),
        prospect=Prospect("x" + draw(_texts), *(draw(_texts) for _ in range(5))),
        changed=draw(_moments),
        keeping=Keeping(draw(st.none() | _days), draw(st.none() | _days)),
        period=draw(_periods()),
        assessments=tuple(draw(st.lists(_assessments(), max_size=2))),
        about=draw(_abouts),
        follow_ups=tuple(draw(st.lists(_follow_ups, max_size=2))),
        outcomes=tuple(draw(st.lists(_outcomes, max_size=2))),
        referrals=draw(st.sampled_from([(), later().referrals])),
        forecasts=draw(st.sampled_from([{}, {0: later().forecast}])),
    )


def dump(value: Any) -> bytes:
    return json.dumps(value).encode()


def someone() -> Person:
    """A person with something in every place."""
    change = Change(Subject.ANSWER, "ease", None, {"value": 3, "note": "taken\0back"})
    demo = load_demo()[0]
    written = Answer("outcome", None, None, "only a note")
    assessment = replace(demo, answers={**demo.answers, "outcome": written})
    steps = (
        Opening(DAY, LATER),
        Extension(DAY, dt.date(2027, 1, 1), "their budget"),
        Decision(DAY, Action.STAGE, "one step"),
        Reopening(DAY),
    )
    whole = PersonAssessment(
        assessment,
        NOON,
        True,
        "ease",
        Summary(Recommendation.STAGE, False, 0.2, 0.5, 0.3, 1, 36),
        "TOKEN",
        (Logged(NOON, Event(EventKind.SET, change)),),
    )
    what = later()
    return Person(
        DAY,
        Prospect("Zoë"),
        NOON,
        Keeping(LATER, DAY),
        Period(steps),
        (whole,),
        what.about,
        what.follow_ups,
        what.outcomes,
        what.referrals,
        {2: what.forecast},
    )


@settings(max_examples=30, deadline=None)
@given(people())
def test_what_is_written_reads_back_equal(person: Person) -> None:
    assert read_person(dump(write_person(person))) == person


def test_a_character_that_no_reader_takes_is_replaced() -> None:
    written = write_person(someone())
    (line,) = written["assessments"][0]["history"]
    assert line["after"]["note"] == "taken\N{REPLACEMENT CHARACTER}back"
    assert write_person(read_person(dump(written))) == written


def test_a_question_with_words_but_no_answer_stays_one() -> None:
    (whole,) = read_person(dump(write_person(someone()))).assessments
    assert whole.assessment.answers["outcome"] == Answer("outcome", None, None, "only a note")


def test_the_schema_is_a_schema_and_takes_what_is_written() -> None:
    schema = json.loads(packaged.read_text("schema", SCHEMA))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(write_person(someone()))


def test_a_file_of_version_1_is_read() -> None:
    """It says nothing of what came of them."""
    file = write_person(someone())
    for name in ("about", "follow_ups", "outcomes", "referrals"):
        del file[name]
    del file["period"][2]["forecast"]
    file["format_version"] = 1
    old = json.loads(packaged.read_text("schema", "person-1.json"))
    jsonschema.Draft202012Validator(old).validate(file)
    read = read_person(dump(file))
    assert (read.about, read.follow_ups, read.forecasts) == (About(), (), {})


def test_the_schema_says_of_the_years_what_the_types_say() -> None:
    schema = json.loads(packaged.read_text("schema", SCHEMA))
    for name, kind in {
        "about": About,
        "follow_ups": tuple[BookFollowUp, ...],
        "outcomes": tuple[BookOutcome, ...],
        "referrals": tuple[BookReferral, ...],
    }.items():
        assert schema["properties"][name] == schema_of(kind)
    assert schema["$defs"]["forecast"] == schema_of(BookForecast)


def test_nothing_of_a_person_stands_in_a_repr() -> None:
    assert "Zoë" not in repr(someone())
    assert "taken" not in repr(someone())
    assert "hall" not in repr(someone())


Spoil = Callable[[dict[str, Any]], object]

BROKEN: dict[str, tuple[Spoil, str]] = {
    "another format": (lambda f: f.update(format="x"), "$.format"),
    "no name": (lambda f: f["prospect"].pop("name"), "$.prospect.name"),
    "no step": (lambda f: f["period"].clear(), "$.period"),
    "not opened": (lambda f: f["period"].pop(0), "$.period[0].step"),
    "an extension of what is decided": (
        lambda f: f["period"].append({**f["period"].pop(1)}) or f["period"].pop(2),
        "$.period[2]",
    ),
    "an extension without a reason": (
        lambda f: f["period"][1].pop("words"),
        "$.period[1].words",
    ),
    "a day that there isn't": (
        lambda f: f["assessments"][0]["history"][0].update(at="2026-02-30T10:00:00+00:00"),
        "$.assessments[0].history[0].at",
    ),
    "a day of a follow-up that there isn't": (
        lambda f: f["follow_ups"][0]["moves"][0].update(to="2026-02-30"),
        "$.follow_ups[0].moves[0].to",
    ),
    "a day of a forecast that there isn't": (
        lambda f: f["period"][2]["forecast"].update(assessment_date="2026-02-30"),
        "$.period[2].forecast.assessment_date",
    ),
    "an unknown question": (
        lambda f: f["assessments"][0]["assessment"]["answers"][0].update(question="x"),
        "$.assessments[0].assessment.answers[0].question",
    ),
}


@pytest.mark.parametrize(("spoil", "place"), BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_named_at_its_place(spoil: Spoil, place: str) -> None:
    file = copy.deepcopy(write_person(someone()))
    spoil(file)
    with pytest.raises(InvalidInput) as refused:
        read_person(dump(file))
    assert [fault.place for fault in refused.value.faults] == [place]
