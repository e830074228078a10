"""Rules 1 to 4 against a second implementation, and the laws that any implementation obeys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark
from fitcheck.domain.bank import DISAGREEMENT, Axis, Bank, Evidence, Form, Side
from fitcheck.domain.judgement import (
    Judgement,
    Lack,
    LowGate,
    ProspectDoubts,
    Recommendation,
    Stance,
    SuspectedDealBreaker,
    judge,
)
from fitcheck.domain.odds import expected_losses, least_loss
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.verdict import Verdict, reach_verdict
from fitcheck.library import load_bank, load_policy
from tests.domain import policies, reference
from tests.domain.cases import CASES
from tests.domain.plain import plain_brake, read
from tests.domain.strategies import assessment_files, nearly_done_files

BANK, POLICY = load_bank(), load_policy()
WORSE_TO_BETTER = [Recommendation.DECLINE, Recommendation.STAGE, Recommendation.PROCEED]


def judged(assessment: Assessment) -> Judgement:
    return judge(assessment, BANK, POLICY)


def reached(assessment: Assessment) -> Verdict:
    return reach_verdict(assessment, BANK, POLICY)


def answered(
    levels: dict[Axis, int],
    *,
    evidence: Evidence = Evidence.OBSERVED,
    appetite: Appetite = Appetite.BALANCED,
) -> Assessment:
    """The full form with one level an axis."""
    file = {
        "format": "fitcheck/assessment",
        "format_version": 1,
        "date": "2026-11-21",
        "bank": {"id": BANK.id, "version": BANK.version},
        "form": "full",
        "appetite": appetite.value,
        "prospect": {"name": "Ada"},
        "answers": [
            {"question": q.id, "answer": levels[q.axis], "evidence": evidence.value}
            for q in BANK.form(Form.FULL)
        ],
    }
    return read(file)


GREAT = {Axis.CHEMISTRY: 4, Axis.TRUST: 4, Axis.NATURE: 2}


def with_answer(assessment: Assessment, question: str, **changes: Any) -> Assessment:
    old = assessment.answers.get(question, Answer(question, None))
    return replace(assessment, answers={**assessment.answers, question: replace(old, **changes)})


def facet_set_to(assessment: Assessment, facet: str, level: int, **changes: Any) -> Assessment:
    for question in BANK.form(Form.FULL):
        if question.facet.id == facet:
            assessment = with_answer(assessment, question.id, value=level, **changes)
    return assessment


def assert_agrees(file: dict[str, Any], judge_by: policies.Judge) -> None:
    bank, policy = judge_by
    result = judge(read(file), BANK, policy)
    expected = reference.judge(file, bank)

    for axis, side in expected["axes"].items():
        found = {name: getattr(result.axes[Axis(axis)], name) for name in side}
        assert found == pytest.approx(side, abs=1e-9), axis
    assert result.odds == pytest.approx(expected["odds"], abs=1e-6)
    assert result.expected_loss == pytest.approx(expected["expected_loss"], abs=1e-5)
    assert result.stance == expected["stance"]
    assert {(m.axis, m.lack, m.have, m.need) for m in result.missing} == expected["missing"]
    reasons = [*result.reasons, *result.nature_reasons]
    pushes = {reason.question.id: reason.push for reason in reasons}
    assert pushes == pytest.approx(expected["pushes"], abs=1e-9)
    assert [abs(r.push) for r in result.reasons] == sorted(
        (abs(r.push) for r in result.reasons), reverse=True
    )
    least, *others = sorted(expected["expected_loss"].values())
    # A near tie may fall either way between two quadratures; an exact one has a rule.
    if all(loss - least <= 1e-12 or loss - least > 1e-5 for loss in others):
        assert result.action == expected["action"]
        assert result.recommendation == expected["recommendation"]
        assert {plain_brake(brake) for brake in result.brakes} == expected["brakes"]


@pytest.mark.parametrize("policy", policies.NAMES)
@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_assessment_agrees_with_the_second_implementation(
    name: str, policy: str
) -> None:
    assert_agrees(CASES[name], policies.variant(policy))


@settings(max_examples=100, deadline=None)
@given(assessment_files() | nearly_done_files(), policies.any_changes())
def test_any_assessment_agrees_with_the_second_implementation(
    file: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert_agrees(file, policies.judge_by(changes))


@settings(max_examples=60, deadline=None)
@given(assessment_files(), st.data())
def test_raising_an_answer_never_makes_it_worse(file: dict[str, Any], data: st.DataObject) -> None:
    before = read(file)
    raisable = [
        answer.question
        for answer in before.answers.values()
        if answer.level is not None
        and answer.level < 4
        and BANK.by_id[answer.question].side is Side.CONSULTANT
        and BANK.by_id[answer.question].axis is not Axis.NATURE
    ]
    assume(raisable)
    question = data.draw(st.sampled_from(raisable))
    raised = before.answers[question].level
    assert raised is not None
    after = with_answer(before, question, value=data.draw(st.integers(raised + 1, 4)))

    then, now = judged(before), judged(after)

    assert now.odds[Match.GOOD] >= then.odds[Match.GOOD] - 1e-12
    if then.recommendation is not Recommendation.UNDECIDED:
        assert WORSE_TO_BETTER.index(now.recommendation) >= WORSE_TO_BETTER.index(
            then.recommendation
        )


@settings(max_examples=15, deadline=None)
@given(assessment_files(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(file: dict[str, Any], random: Any) -> None:
    shuffled = {**file, "answers": random.sample(file["answers"], len(file["answers"]))}
    assert reached(read(file)) == reached(read(shuffled))


@settings(max_examples=40, deadline=None)
@given(assessment_files())
def test_unknown_is_the_same_as_unanswered_for_the_posterior(file: dict[str, Any]) -> None:
    with_unknown = read(file)
    without = replace(
        with_unknown,
        answers={k: a for k, a in with_unknown.answers.items() if a.value is not Mark.UNKNOWN},
    )
    assert judged(with_unknown) == judged(without)


@settings(max_examples=20, deadline=None)
@given(assessment_files())
def test_not_applicable_is_the_same_as_a_bank_without_the_question(file: dict[str, Any]) -> None:
    assessment = read(file)
    gone = {a.question for a in assessment.answers.values() if a.value is Mark.NOT_APPLICABLE}
    smaller = Bank(
        **{
            **{name: getattr(BANK, name) for name in BANK.__dataclass_fields__},
            "questions": tuple(q for q in BANK.questions if q.id not in gone),
        }
    )
    assert reach_verdict(assessment, smaller, POLICY) == reached(assessment)


@settings(max_examples=40, deadline=None)
@given(assessment_files())
def test_the_prospects_own_answers_only_ever_hold_back(file: dict[str, Any]) -> None:
    both = read(file)
    mine_alone = replace(
        both,
        answers={k: a for k, a in both.answers.items() if BANK.by_id[k].side is Side.CONSULTANT},
    )
    with_theirs, without = judged(both), judged(mine_alone)
    assert with_theirs.axes == without.axes
    assert with_theirs.odds == without.odds
    if with_theirs.recommendation is not without.recommendation:
        assert without.recommendation is Recommendation.PROCEED
        assert with_theirs.recommendation is Recommendation.STAGE


@settings(max_examples=100, deadline=None)
@given(assessment_files(), st.data())
def test_stronger_evidence_moves_the_score_toward_the_level(
    file: dict[str, Any], data: st.DataObject
) -> None:
    assessment = read(file)
    mine = [
        answer.question
        for answer in assessment.answers.values()
        if answer.level is not None and BANK.by_id[answer.question].side is Side.CONSULTANT
    ]
    assume(mine)
    question = data.draw(st.sampled_from(mine))
    level = assessment.answers[question].level
    assert level is not None
    distances = [
        abs(judged(stronger).axes[BANK.by_id[question].axis].score - level / 4)
        for stronger in (
            with_answer(assessment, question, evidence=tag)
            for tag in (Evidence.HUNCH, Evidence.REPORTED, Evidence.OBSERVED)
        )
    ]
    assert distances[0] >= distances[1] - 1e-15
    assert distances[1] >= distances[2] - 1e-15
    # It is a weighted mean of the level and all the rest: it moves unless it is there already.
    assert distances[0] > distances[2] or distances[0] < 1e-9


def test_a_confirmed_deal_breaker_declines_whatever_else_was_said() -> None:
    great = replace(answered(GREAT), deal_breakers={"unpaid-work": DealBreakerState.CONFIRMED})
    assert judged(great).recommendation is Recommendation.DECLINE
    assert judged(great).confirmed == ("unpaid-work",)
    assert judged(replace(great, answers={})).recommendation is Recommendation.DECLINE


def test_too_early_names_what_is_missing() -> None:
    nothing = replace(answered(GREAT), answers={})
    lacking = {(m.axis, m.lack, m.have, m.need) for m in judged(nothing).missing}
    assert lacking == {
        (Axis.CHEMISTRY, Lack.ANSWERS, 0, 2),
        (Axis.CHEMISTRY, Lack.EVIDENCE, 0, 2),
        (Axis.TRUST, Lack.ANSWERS, 0, 2),
        (Axis.TRUST, Lack.EVIDENCE, 0, 2),
        (Axis.NATURE, Lack.ANSWERS, 0, 2),
    }
    assert judged(nothing).recommendation is Recommendation.UNDECIDED


def test_hunches_alone_are_too_early_but_nature_may_rest_on_them() -> None:
    hunches = answered(GREAT, evidence=Evidence.HUNCH)
    assert [(m.axis, m.lack) for m in judged(hunches).missing] == [
        (Axis.CHEMISTRY, Lack.EVIDENCE),
        (Axis.TRUST, Lack.EVIDENCE),
    ]


def test_an_axis_with_one_question_left_in_scope_needs_only_that_one() -> None:
    assessment = answered(GREAT)
    trust = [q.id for q in BANK.form(Form.FULL) if q.axis is Axis.TRUST]
    for question in trust[1:]:
        assessment = with_answer(assessment, question, value=Mark.NOT_APPLICABLE)
    assert judged(assessment).missing == ()
    none_left = with_answer(assessment, trust[0], value=Mark.NOT_APPLICABLE)
    assert judged(none_left).missing == ()
    assert judged(none_left).axes[Axis.TRUST].in_scope == 0


def test_a_level_outside_the_form_counts_and_an_unknown_does_not() -> None:
    event = replace(answered(GREAT), form=Form.EVENT, answers={})
    outside = next(q for q in BANK.form(Form.FULL) if Form.EVENT not in q.forms)
    levelled = with_answer(event, outside.id, value=3, evidence=Evidence.OBSERVED)
    unknown = with_answer(event, outside.id, value=Mark.UNKNOWN)
    assert judged(event).axes[outside.axis].in_scope == 4
    assert judged(levelled).axes[outside.axis].in_scope == 5
    assert judged(levelled).axes[outside.axis].answered == 1
    assert judged(unknown).axes[outside.axis].in_scope == 4


def test_a_suspected_deal_breaker_holds_proceed_back() -> None:
    great = answered(GREAT)
    assert judged(great).recommendation is Recommendation.PROCEED
    suspected = replace(great, deal_breakers={"no-budget": DealBreakerState.SUSPECTED})
    assert judged(suspected).recommendation is Recommendation.STAGE
    assert judged(suspected).brakes == (SuspectedDealBreaker("no-budget"),)
    for state in (DealBreakerState.OPEN, DealBreakerState.CLEARED):
        harmless = replace(great, deal_breakers={"no-budget": state})
        assert judged(harmless).recommendation is Recommendation.PROCEED


@pytest.mark.parametrize("facet", [f for f in BANK.facets if f.gate], ids=lambda f: f.id)
def test_a_gate_facet_holds_proceed_back_unless_it_rests_on_hunches(facet: Any) -> None:
    shut = facet_set_to(answered(GREAT), facet.id, 1)
    assert judged(shut).recommendation is Recommendation.STAGE
    assert judged(shut).brakes == (LowGate(facet, 0.25),)
    guessed = facet_set_to(answered(GREAT), facet.id, 1, evidence=Evidence.HUNCH)
    assert judged(guessed).recommendation is Recommendation.PROCEED


def test_a_facet_that_is_no_gate_holds_nothing_back() -> None:
    assert judged(facet_set_to(answered(GREAT), "goodwill", 0)).brakes == ()


@pytest.mark.parametrize("axis", [Axis.CHEMISTRY, Axis.TRUST])
def test_two_low_answers_of_the_prospects_own_hold_proceed_back(axis: Axis) -> None:
    theirs = [q.id for q in BANK.form(Form.PROSPECT) if q.axis is axis]
    one = with_answer(answered(GREAT), theirs[0], value=0)
    assert judged(one).recommendation is Recommendation.PROCEED
    two = with_answer(one, theirs[1], value=1)
    result = judged(two)
    assert result.recommendation is Recommendation.STAGE
    assert result.brakes == (ProspectDoubts(axis, 0.125, result.bars[axis] - POLICY.gap),)


def test_brakes_are_named_only_where_they_turn_proceed_into_stage() -> None:
    poor = answered(dict.fromkeys(Axis, 0))
    assert judged(poor).recommendation is Recommendation.DECLINE
    assert judged(poor).brakes == ()


@pytest.mark.parametrize(
    ("level", "stance"), [(0, Stance.CATER), (2, Stance.SPLIT), (4, Stance.LEAD)]
)
def test_the_stance_follows_the_nature_of_the_problem(level: int, stance: Stance) -> None:
    assert judged(answered({**GREAT, Axis.NATURE: level})).stance is stance


def test_the_bars_move_with_the_nature_of_the_problem() -> None:
    taste = judged(answered({**GREAT, Axis.NATURE: 0}))
    measured = judged(answered({**GREAT, Axis.NATURE: 4}))
    assert taste.bars[Axis.CHEMISTRY] > measured.bars[Axis.CHEMISTRY]
    assert taste.bars[Axis.TRUST] < measured.bars[Axis.TRUST]


def test_one_axis_does_not_buy_the_other() -> None:
    lopsided = judged(answered({Axis.CHEMISTRY: 4, Axis.TRUST: 0, Axis.NATURE: 2}))
    assert lopsided.recommendation is Recommendation.DECLINE


def test_ties_go_to_stage_then_decline_then_proceed() -> None:
    assert least_loss(dict.fromkeys(Action, 1.0)) is Action.STAGE
    assert (
        least_loss({Action.PROCEED: 1.0, Action.STAGE: 2.0, Action.DECLINE: 1.0 + 1e-13})
        is Action.DECLINE
    )
    assert (
        least_loss({Action.PROCEED: 1.0, Action.STAGE: 2.0, Action.DECLINE: 1.0 + 1e-9})
        is Action.PROCEED
    )


def test_the_appetite_scales_the_losses() -> None:
    odds = {Match.GOOD: 0.5, Match.WORKABLE: 0.3, Match.POOR: 0.2}
    balanced = expected_losses(odds, POLICY, Appetite.BALANCED)
    assert balanced == pytest.approx({"proceed": 1.8, "stage": 0.9, "decline": 2.6})
    choosy = expected_losses(odds, POLICY, Appetite.CHOOSY)
    assert choosy == pytest.approx({"proceed": 3.6, "stage": 0.9, "decline": 1.3})
    hungry = expected_losses(odds, POLICY, Appetite.HUNGRY)
    assert hungry == pytest.approx({"proceed": 0.9, "stage": 0.9, "decline": 5.2})


def test_reasons_push_by_their_distance_from_the_bar() -> None:
    assessment = with_answer(answered(GREAT), DISAGREEMENT, value=0, evidence=Evidence.REPORTED)
    result = judged(assessment)
    against = [reason for reason in result.reasons if reason.push < 0]
    assert [reason.question.id for reason in against] == [DISAGREEMENT]
    weight = BANK.by_id[DISAGREEMENT].weight
    assert against[0].push == pytest.approx(1.5 * weight * 0.6 * -result.bars[Axis.CHEMISTRY])
    assert len(result.reasons) == 24
    assert {reason.question.axis for reason in result.nature_reasons} == {Axis.NATURE}
    assert all(reason.push == 0 for reason in result.nature_reasons)
