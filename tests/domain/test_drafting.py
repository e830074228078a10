"""What is drafted from the answers, section by section, and what stays as it was written."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fitcheck.domain import draft_words as words
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark, Override
from fitcheck.domain.bank import Axis, Bank, Evidence, Form, Problem, Side
from fitcheck.domain.drafting import (
    REASSESS_AFTER,
    blank_b,
    conditions,
    decline_reasons,
    draft,
    in_force,
    plan_in_force,
)
from fitcheck.domain.judgement import Judgement, LowGate, Recommendation, Stance, judge
from fitcheck.domain.plan import NO_PLAN, Plan, Risk, RiskKind, Section, is_written
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.profile import Profile
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from tests.domain.strategies import assessment_files

BANK = load_bank()
POLICY = load_policy()
BLANK = replace(load_demo()[0], answers={}, plan=Plan())
PROFILE = Profile(boundaries=("No calls after seven.",))
PROSE = {
    Section.CONDITIONS,
    Section.ROLES,
    Section.PROMISES,
    Section.SCOPE,
    Section.BOUNDARIES,
    Section.DISAGREEMENT,
    Section.CASES,
}


def answered(levels: dict[Axis, int], **changes: int) -> Assessment:
    """Every question of the consultant's answered by its axis; ``changes`` by the facet's id."""
    by_facet = {id_.replace("_", "-"): level for id_, level in changes.items()}
    answers = {
        q.id: Answer(q.id, by_facet.get(q.facet.id, levels[q.axis]), Evidence.OBSERVED)
        for q in BANK.questions
        if q.side is Side.CONSULTANT
    }
    return replace(BLANK, answers=answers)


def all_at(level: int, nature: int = 3) -> dict[Axis, int]:
    return {Axis.CHEMISTRY: level, Axis.TRUST: level, Axis.NATURE: nature}


def judged(of: Assessment, bank: Bank = BANK) -> Judgement:
    return judge(of, bank, POLICY)


def drafted(of: Assessment, bank: Bank = BANK) -> Plan:
    return draft(of, bank, judged(of, bank), PROFILE)


def decided(of: Assessment, action: Action) -> Assessment:
    return replace(of, override=Override(action, "because", of.date))


# The working agreement


def test_whoever_is_declined_or_undecided_gets_a_draft_of_risks_alone() -> None:
    for of, result in (
        (answered(all_at(0)), Recommendation.DECLINE),
        (BLANK, Recommendation.UNDECIDED),
    ):
        assert judged(of).final is result
        plan = drafted(of)
        assert replace(plan, risks=()) == NO_PLAN
        assert bool(plan.risks) is (result is Recommendation.DECLINE)


@pytest.mark.parametrize(
    ("nature", "stance", "more"),
    [
        (4, Stance.LEAD, {Section.MEASURES}),
        (2, Stance.SPLIT, {Section.MEASURES, Section.SIGNS_OFF}),
        (0, Stance.CATER, {Section.SIGNS_OFF}),
    ],
)
def test_the_working_agreement_follows_the_stance(
    nature: int, stance: Stance, more: set[Section]
) -> None:
    of = answered(all_at(4, nature), ease=1)
    plan = drafted(of)
    assert (judged(of).final, judged(of).stance) == (Recommendation.PROCEED, stance)
    filled = {section for section in Section if getattr(plan, section)}
    assert filled - {Section.CONDITIONS, Section.RISKS} == PROSE - {Section.CONDITIONS} | more
    assert plan.roles == words.ROLES[stance]
    assert plan.boundaries == PROFILE.boundaries
    assert len(plan.promises) == 6


def test_a_stage_gets_the_agreement_too_and_a_day_to_look_again() -> None:
    of = decided(answered(all_at(4)), Action.STAGE)
    plan = drafted(of)
    assert plan.promises
    assert plan.reassess_on == of.date + REASSESS_AFTER
    assert drafted(answered(all_at(4))).reassess_on is None


# Stages


def test_a_gate_that_holds_back_comes_first_and_is_asked_about_again() -> None:
    gate = next(q.facet for q in BANK.questions if q.gate)
    of = answered(all_at(4), **{gate.id.replace("-", "_"): 0}, listening=0)
    judgement = judged(of)
    assert any(isinstance(brake, LowGate) for brake in judgement.brakes)
    stages = drafted(decided(of, Action.STAGE)).stages
    assert stages[0].goal == words.FACETS[gate.id].goal
    asked = {q.id for q in BANK.questions if q.facet == gate and q.side is Side.CONSULTANT}
    assert set(stages[0].asks) == asked
    assert set(stages[-1].asks) == {id_ for stage in stages[:-1] for id_ in stage.asks}
    assert len(stages) == 3


def test_what_they_rate_low_themselves_is_worth_a_stage_too() -> None:
    of = decided(answered(all_at(4)), Action.STAGE)
    theirs = next(q for q in BANK.questions if q.side is Side.PROSPECT and q.axis is Axis.TRUST)
    seen = replace(of, answers={**of.answers, theirs.id: Answer(theirs.id, 0)})
    assert drafted(seen).stages[0].goal == words.FACETS[theirs.facet.id].goal


def test_where_nothing_pulls_down_the_weakest_push_is_worth_a_stage() -> None:
    of = decided(answered(all_at(4)), Action.STAGE)
    weakest = min(judged(of).reasons, key=lambda reason: reason.push)
    assert weakest.push > 0
    assert len(drafted(of).stages) == 2


def test_decided_before_anything_is_known_there_are_two_stages() -> None:
    assert len(drafted(decided(BLANK, Action.STAGE)).stages) == 2


@settings(max_examples=100, deadline=None)
@given(assessment_files(), st.booleans())
def test_two_or_three_stages_wherever_a_stage_comes_out(file: dict[str, Any], own: bool) -> None:
    of = read_assessment(json.dumps(file).encode())
    of = decided(of, Action.STAGE) if own else of
    assume(judged(of).final is Recommendation.STAGE)
    stages = drafted(of).stages
    assert len(stages) in (2, 3)
    for stage in stages:
        assert all((stage.goal, stage.deliverable, stage.time_box, stage.cap, stage.exit_test))
        assert stage.asks
        assert set(stage.asks) <= set(BANK.by_id)


# Risks


def test_low_answers_are_risks_once_each_tagged_by_their_question() -> None:
    plan = drafted(answered(all_at(1, nature=1)))
    said = [risk.what for risk in plan.risks]
    assert len(said) == len(set(said))
    assert {risk.kind for risk in plan.risks} == set(RiskKind)
    others = {risk.kind: risk.problem for risk in plan.risks if risk.kind is not RiskKind.GENERAL}
    assert others == {kind: BANK.by_id[id_].problem for id_, (kind, _) in words.RISKS.items()}


def test_middling_answers_are_no_risks() -> None:
    assert drafted(answered(all_at(2))).risks == ()


def test_a_bank_of_ones_own_has_nothing_drafted_for_facets_that_it_made_up() -> None:
    strange = replace(
        BANK,
        facets=tuple(replace(facet, id=f"my-{facet.id}") for facet in BANK.facets),
        questions=tuple(
            replace(q, id=f"my-{q.id}", facet=replace(q.facet, id=f"my-{q.facet.id}"))
            for q in BANK.questions
        ),
    )
    of = answered(all_at(1))
    mine = {f"my-{id_}": replace(a, question=f"my-{id_}") for id_, a in of.answers.items()}
    plan = drafted(decided(replace(of, answers=mine), Action.STAGE), strange)
    assert plan.risks == ()
    assert len(plan.stages) == 1


def test_a_blank_b_is_one_without_any_risk_of_how_the_two_get_along() -> None:
    task, between = Risk("The data is late", Problem.A), Risk("We talk past each other", Problem.B)
    assert blank_b(())
    assert blank_b((task,))
    assert not blank_b((task, between))


# Reasons for declining


def test_reasons_are_ones_own_first_then_what_was_answered_and_each_once() -> None:
    of = answered(all_at(0))
    own = ("I work on paid assignments only.", words.FACETS["openness"].reason)
    of = replace(
        of,
        plan=Plan(reasons=own),
        deal_breakers={"unpaid-work": DealBreakerState.CONFIRMED},
    )
    found = decline_reasons(of, judged(of))
    assert found[:3] == (*own, words.RULED_OUT)
    assert len(found) == len(set(found))
    facets = {q.facet.id for q in BANK.questions if q.axis is not Axis.NATURE}
    assert set(found) == {*own, words.RULED_OUT} | {
        words.FACETS[id_].reason for id_ in facets & set(words.FACETS)
    }


def test_nothing_low_gives_no_reason() -> None:
    assert decline_reasons(answered(all_at(4)), judged(answered(all_at(4)))) == ()
    unknown = {
        id_: replace(a, value=Mark.UNKNOWN) for id_, a in answered(all_at(4)).answers.items()
    }
    of = replace(BLANK, answers=unknown)
    assert decline_reasons(of, judged(of)) == ()


# What was written


WRITTEN: dict[Section, Any] = {
    **{section: getattr(NO_PLAN, section) for section in Section},
    Section.CONDITIONS: ("Mine",),
    Section.SCOPE: "Nothing changes without a letter.",
    Section.REASSESS_ON: dt.date(2027, 2, 1),
}


@settings(max_examples=60, deadline=None)
@given(assessment_files(), assessment_files(), st.sampled_from(Section))
def test_a_written_section_never_changes_with_the_answers(
    one: dict[str, Any], other: dict[str, Any], section: Section
) -> None:
    before, after = (read_assessment(json.dumps(file).encode()) for file in (one, other))
    plan = replace(
        NO_PLAN,
        **{section: WRITTEN[section]},
        drafted={section.value: None},
    )
    assert is_written(plan, section)
    for of in (before, after):
        stands = plan_in_force(replace(of, plan=plan), BANK, judged(of), PROFILE)
        assert getattr(stands, section) == WRITTEN[section]
        fresh = drafted(of)
        for open_ in set(Section) - {section}:
            assert getattr(stands, open_) == getattr(fresh, open_)


@pytest.mark.parametrize("appetite", Appetite)
def test_without_anything_written_the_draft_is_in_force(appetite: Appetite) -> None:
    of = replace(answered(all_at(3)), appetite=appetite)
    assert in_force(NO_PLAN, drafted(of)) == drafted(of)
    assert plan_in_force(replace(of, plan=NO_PLAN), BANK, judged(of), PROFILE) == drafted(of)


# Conditions


def test_a_low_answer_brings_its_condition_in_form_order() -> None:
    asked = [q for q in BANK.form(Form.FULL) if q.condition]
    low = {q.id: Answer(q.id, 1, Evidence.HUNCH) for q in reversed(asked)}
    drafted = conditions(replace(BLANK, answers=low), BANK)
    assert drafted == tuple(q.condition for q in asked)


def test_a_middling_answer_or_none_brings_no_condition() -> None:
    asked = [q.id for q in BANK.form(Form.FULL) if q.condition]
    middling = {id_: Answer(id_, 2, Evidence.OBSERVED) for id_ in asked}
    unknown = {id_: Answer(id_, Mark.UNKNOWN) for id_ in asked}
    assert conditions(replace(BLANK, answers=middling), BANK) == ()
    assert conditions(replace(BLANK, answers=unknown), BANK) == ()


def test_a_low_answer_without_a_condition_brings_none() -> None:
    silent = next(q for q in BANK.form(Form.FULL) if not q.condition)
    answers = {silent.id: Answer(silent.id, 0, Evidence.OBSERVED)}
    assert conditions(replace(BLANK, answers=answers), BANK) == ()
