"""Valid assessments and their files, as hypothesis strategies over the shipped bank.

What is drawn from is made once: to make it anew for each example took longer than to draw.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from fitcheck.codec import encode
from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    Dissent,
    Gut,
    Override,
    Prospect,
    Release,
)
from fitcheck.domain.bank import DISAGREEMENT, Evidence
from fitcheck.domain.plan import Plan, Section
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.library import load_bank

BANK = load_bank()

_values = st.sampled_from([0, 1, 2, 3, 4, "unknown", "not_applicable"])
_tags = st.sampled_from(["observed", "reported", "hunch"])
_states = st.sampled_from(["open", "cleared", "cleared", "suspected", "confirmed"])
_suspects = st.lists(st.sampled_from(BANK.deal_breakers), unique_by=lambda d: d.id)
_either = st.booleans()
_forms = st.sampled_from(["full", "event"])
_appetites = st.sampled_from(["balanced", "choosy", "hungry"])


def _file(draw: st.DrawFn, answers: list[dict[str, Any]]) -> dict[str, Any]:
    """A file around these answers, with any form and appetite and often with deal-breakers."""
    suspects = draw(_suspects)
    return {
        "format": "fitcheck/assessment",
        "format_version": 1,
        "date": "2026-11-21",
        "bank": {"id": BANK.id, "version": BANK.version},
        "form": draw(_forms),
        "appetite": draw(_appetites),
        "prospect": {"name": "Ada"},
        "answers": answers,
        "deal_breakers": [
            {"id": d.id, "state": draw(_states)} for d in (suspects if draw(_either) else [])
        ],
        "override": None,
    }


_chance = st.randoms(use_true_random=False)
_whose = st.sampled_from([["observed"], ["observed", "reported", "hunch"]])
_left = st.integers(0, 9)
_MOODS = ([0, 1, 2], [1, 2, 3], [2, 3], [2, 3, 4], [3, 4])


@st.composite
def nearly_done_files(draw: st.DrawFn, *moods: list[int]) -> dict[str, Any]:
    """A file with few open questions, of a talk that went one way: often settled, often not."""
    chance = draw(_chance)
    levels = draw(st.sampled_from(moods or _MOODS))
    tags = draw(_whose)
    left = draw(_left)
    order = chance.sample(BANK.questions, len(BANK.questions))
    answers = [
        {
            "question": question.id,
            "answer": chance.choice([*levels, *levels, "not_applicable"]),
            "evidence": chance.choice(tags),
        }
        for question in order[left:]
    ]
    return _file(draw, answers)


# A common mood makes whole interviews good or bad; without it nearly all would be lukewarm.
_moods = st.sampled_from([_values, st.sampled_from([3, 4]), st.sampled_from([0, 1, 2])])
_their_moods = st.sampled_from([_values, st.sampled_from([0, 1]), st.sampled_from([3, 4])])
_asked = st.lists(st.sampled_from(BANK.questions), unique_by=lambda q: q.id, max_size=48)


@st.composite
def assessment_files(draw: st.DrawFn) -> dict[str, Any]:
    """A file with any form, appetite, answers and deal-breakers; often good enough to proceed."""
    mood = draw(_moods)
    their_mood = draw(_their_moods)
    asked = draw(_asked)
    if draw(_either):
        asked = list(BANK.questions)
    answers = [
        {
            "question": question.id,
            "answer": draw(mood if question.side == "consultant" else their_mood),
            "evidence": draw(_tags),
        }
        for question in asked
    ]
    return _file(draw, answers)


# ---------------------------------------------------- whole assessments, every text in them

_DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2029, 12, 31))
_WORD = st.sampled_from(["word", "Größe", "two words", "line\nbreak"])


@cache
def _of_type(kind: Any, *, required: bool = False) -> st.SearchStrategy[Any]:
    """Values of a domain type by its annotations, so that a new field is filled in as well."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is str:
        return _WORD if required else st.one_of(st.just(""), _WORD)
    if kind == Mapping[str, Any]:
        return st.just({})
    if kind is dt.date:
        return _DAYS
    if kind is dt.time:
        return st.times().map(lambda time: time.replace(second=0, microsecond=0, tzinfo=None))
    if origin is tuple:
        return st.lists(_of_type(inside[0], required=True), max_size=3).map(tuple)
    if origin in (Union, UnionType):
        return st.one_of([_of_type(each, required=True) for each in inside])
    if kind is NoneType:
        return st.none()
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        needed = {
            f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(kind)
        }
        parts = {name: _of_type(hints[name], required=needed[name]) for name in needed}
        return st.builds(kind, **parts)
    return st.from_type(kind)


_ids = st.lists(st.sampled_from([question.id for question in BANK.questions]), max_size=3)
_sections = st.sets(st.sampled_from(Section), max_size=4)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of which anything may be written, from drafts that may have said anything."""

    def one() -> Plan:
        plan: Plan = draw(_of_type(Plan))
        stages = tuple(replace(stage, asks=tuple(draw(_ids))) for stage in plan.stages)
        return replace(plan, stages=stages)

    sections = draw(_sections)
    before = one()
    return replace(one(), drafted={s.value: encode(getattr(before, s)) for s in sorted(sections)})


_quarterly = st.integers(0, 3)
_files = assessment_files()
_plans = plans()


@st.composite
def whole_assessments(draw: st.DrawFn) -> Assessment:
    """An assessment of which anything may be written: talk, plan, letter, dissent, gut."""
    of = read_assessment(json.dumps(draw(_files)).encode())
    talk = draw(_of_type(Conversation))
    if talk.confirmed_on is None:
        talk = replace(talk, confirmed_at=None)
    answers = dict(of.answers)
    for id_ in (DISAGREEMENT, *(id_ for id_ in answers if draw(_quarterly) == 0)):
        given = answers.get(id_, Answer(id_, 2, Evidence.REPORTED))
        answers[id_] = replace(given, note=draw(_of_type(str)), quote=draw(_of_type(str)))
    return replace(
        of,
        date=draw(_DAYS),
        prospect=draw(_of_type(Prospect)),
        answers=answers,
        conversation=talk,
        plan=draw(_plans),
        dissent=draw(_of_type(tuple[Dissent, ...])),
        override=draw(_of_type(Override | None)),
        gut=draw(_of_type(Gut | None)),
        releases=draw(_of_type(tuple[Release, ...])),
    )
