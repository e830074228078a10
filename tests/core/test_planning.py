"""Writing a section, giving it back, and being told that the draft has moved: laws of all three."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.codec import decode, encode
from fitcheck.domain.bank import Problem
from fitcheck.domain.drafting import in_force
from fitcheck.domain.plan import (
    NO_PLAN,
    Cases,
    Expectation,
    Letter,
    Measure,
    Plan,
    Referral,
    Risk,
    RiskKind,
    Roles,
    Section,
    Stage,
    is_written,
)
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.exchange.demo import load_demo
from fitcheck.planning import drafted_otherwise, given_back, kept, written

TEXT = st.sampled_from(["", "One thing", "Another"])
SAID = st.sampled_from(["One thing", "Another", "A third 🪷"])
TEXTS = st.lists(SAID, max_size=2).map(tuple)
DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=2).map(tuple)


VALUES: dict[Section, st.SearchStrategy[Any]] = {
    Section.CONDITIONS: TEXTS,
    Section.ROLES: st.builds(Roles, TEXTS, TEXTS, TEXTS),
    Section.EXPECTATIONS: some(st.builds(Expectation, SAID, TEXT, TEXT)),
    Section.PROMISES: TEXTS,
    Section.SCOPE: TEXT,
    Section.BOUNDARIES: TEXTS,
    Section.DISAGREEMENT: TEXT,
    Section.CASES: st.builds(Cases, TEXT, TEXT),
    Section.MEASURES: some(st.builds(Measure, SAID, TEXT, TEXT, TEXT)),
    Section.SIGNS_OFF: TEXT,
    Section.STAGES: some(st.builds(Stage, SAID, TEXT, TEXT, TEXT, TEXT)),
    Section.REASSESS_ON: DAYS,
    Section.RISKS: some(
        st.builds(Risk, SAID, st.sampled_from(Problem), st.sampled_from(RiskKind), TEXT)
    ),
}


@st.composite
def drafts(draw: st.DrawFn) -> Plan:
    """What answers of some kind might suggest."""
    return replace(NO_PLAN, **{section: draw(VALUES[section]) for section in Section})


@st.composite
def writings(draw: st.DrawFn) -> tuple[Section, Any]:
    section = draw(st.sampled_from(Section))
    return section, draw(VALUES[section])


def restarted(plan: Plan) -> Plan:
    """The same after it has been stored."""
    return decode(Plan, json.loads(json.dumps(encode(plan))))


@settings(deadline=None)
@given(drafts(), writings())
def test_what_is_written_is_in_force_and_given_back_it_is_the_draft_again(
    draft: Plan, writing: tuple[Section, Any]
) -> None:
    section, value = writing
    plan = restarted(written(NO_PLAN, section, value, draft))
    assert in_force(plan, draft) == replace(draft, **{section: value}, drafted=dict(plan.drafted))
    assert is_written(plan, section) is (value != getattr(draft, section))
    assert given_back(plan, section) == NO_PLAN
    assert in_force(given_back(plan, section), draft) == draft


@settings(deadline=None)
@given(drafts(), drafts(), writings())
def test_the_draft_is_said_to_be_otherwise_exactly_when_it_has_moved(
    then: Plan, now: Plan, writing: tuple[Section, Any]
) -> None:
    section, value = writing
    plan = restarted(written(NO_PLAN, section, value, then))
    moved = getattr(then, section) != getattr(now, section)
    ours = value != getattr(then, section)
    assert drafted_otherwise(plan, now) == ((section,) if moved and ours else ())
    if ours:
        seen = kept(plan, section, now)
        assert getattr(seen, section) == value
        assert drafted_otherwise(seen, now) == ()
        assert bool(drafted_otherwise(seen, then)) is moved


@settings(deadline=None)
@given(drafts(), drafts(), writings(), st.data())
def test_writing_on_does_not_hush_what_the_draft_says_by_now(
    then: Plan, now: Plan, writing: tuple[Section, Any], data: st.DataObject
) -> None:
    section, value = writing
    plan = written(NO_PLAN, section, value, then)
    more = data.draw(VALUES[section])
    later = written(plan, section, more, now)
    if more == getattr(now, section):
        assert later == NO_PLAN
    elif value != getattr(then, section):
        assert later.drafted == plan.drafted
        assert drafted_otherwise(later, now) == drafted_otherwise(plan, now)


@settings(deadline=None)
@given(drafts(), drafts(), st.lists(writings(), max_size=5))
def test_sections_are_written_apart_from_each_other(
    then: Plan, now: Plan, all_: list[tuple[Section, Any]]
) -> None:
    plan = NO_PLAN
    for section, value in all_:
        plan = written(plan, section, value, then)
    for section, value in dict(all_).items():
        assert getattr(in_force(plan, now), section) == (
            value if is_written(plan, section) else getattr(now, section)
        )
    assert {Section(name) for name in plan.drafted} <= dict(all_).keys()


def test_a_section_from_a_file_that_tells_no_draft_stands_unquestioned() -> None:
    plan = Plan(conditions=("Theirs",))
    assert drafted_otherwise(plan, replace(NO_PLAN, conditions=("Ours",))) == ()
    assert in_force(plan, replace(NO_PLAN, conditions=("Ours",))).conditions == ("Theirs",)
    more = written(plan, Section.CONDITIONS, ("Theirs", "more"), NO_PLAN)
    assert more.drafted == {"conditions": []}


FULL = Plan(
    conditions=("One",),
    stages=(Stage("Goal", "Thing", "A week", "£1", "Seen", ("comfort",)),),
    measures=(Measure("What", "1", "2", "May"),),
    signs_off="Petra",
    expectations=(Expectation("This", "That", "Both"),),
    letter=Letter("A reason", Referral("Åsa", "x", "y", dt.date(2026, 1, 2)), dt.date(2027, 1, 2)),
    roles=Roles(("a",), ("b",), ("c",)),
    promises=("On time.",),
    scope="In writing",
    boundaries=("No calls",),
    disagreement="Say it",
    cases=Cases("Good", "Bad"),
    risks=(Risk("It rains", Problem.B, RiskKind.THIRD_PARTY, "An umbrella"),),
    reassess_on=dt.date(2027, 1, 1),
    reasons=("A reason",),
    drafted={},
)


def test_a_plan_with_every_section_filled_comes_back_from_a_file_as_it_was() -> None:
    whole = load_demo()[0]
    stage = replace(FULL.stages[0], asks=(next(iter(whole.answers)),))
    plan = replace(FULL, stages=(stage,))
    for section in Section:
        plan = replace(
            plan, drafted={**plan.drafted, section.value: encode(getattr(plan, section))}
        )
    before = replace(whole, plan=plan)
    assert all(getattr(plan, name) for name in Plan.__dataclass_fields__)
    assert read_assessment(json.dumps(write_assessment(before)).encode()) == before


@settings(deadline=None)
@given(drafts(), drafts(), st.lists(writings(), max_size=4))
def test_any_plan_that_was_written_comes_back_from_a_file(
    then: Plan, now: Plan, all_: list[tuple[Section, Any]]
) -> None:
    plan = NO_PLAN
    for section, value in all_:
        plan = written(plan, section, value, then)
    back = read_assessment(
        json.dumps(write_assessment(replace(load_demo()[0], plan=plan))).encode()
    )
    assert back.plan == plan
    assert drafted_otherwise(back.plan, now) == drafted_otherwise(plan, now)
