"""Section 5 of judgement.md against the second implementation, and what holds for any."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.firmness import Firmness, firming, firmness
from fitcheck.domain.judgement import Recommendation, Rules, judge
from fitcheck.domain.posterior import rated_among, rated_by_prospect, scope
from fitcheck.library import load_bank, load_policy
from tests.domain import policies, reference_firmness
from tests.domain.cases import CASES, MINE, assessment_file, scattered
from tests.domain.cases import given as answers_to
from tests.domain.plain import read
from tests.domain.reference_table import UNSURE
from tests.domain.strategies import assessment_files, nearly_done_files

BANK, POLICY = load_bank(), load_policy()
CHANCE = 1e-6
STAYING_POWER = 0.01


def assert_agrees(file: dict[str, Any], judge_by: policies.Judge) -> None:
    """Every figure of section 5 that looks ahead is what the second implementation counts."""
    bank, policy = judge_by
    expected = reference_firmness.foresee(file, bank)
    found = firmness(read(file), BANK, policy)

    assert found.open == expected["open"]
    chances = {(ask.question.id, ask.again): ask.chance_to_change for ask in found.ask_next}
    assert len(chances) == len(found.ask_next)
    assert chances.keys() == expected["chances"].keys()
    for key, (chance, margin) in expected["chances"].items():
        if margin > UNSURE:
            assert chances[key] == pytest.approx(chance, abs=CHANCE), key
    if expected["sure"]:
        assert found.settled is expected["settled"]
        assert set(found.reachable) == expected["reachable"]
        assert len(found.reachable) == len(expected["reachable"])
    if expected["today_sure"]:
        staying = expected["staying_power"]
        if staying is None:
            assert found.staying_power is None
        else:
            assert found.staying_power == pytest.approx(staying, abs=STAYING_POWER)
        if staying is None or abs(staying - policy.enough) > STAYING_POWER or expected["settled"]:
            assert found.enough is expected["enough"]


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_assessment_agrees_with_the_second_implementation(name: str) -> None:
    assert_agrees(CASES[name], policies.variant("shipped"))


@pytest.mark.parametrize("policy", [name for name in policies.NAMES if name != "early warnings"])
@pytest.mark.parametrize(
    "name",
    [
        "half an interview",
        "a few open, good",
        "low gates that may open",
        "the prospect doubts, while the bars move",
        "an event with an answer from beyond",
        "three don't apply",
    ],
)
def test_other_policies_agree_with_the_second_implementation(name: str, policy: str) -> None:
    assert_agrees(CASES[name], policies.variant(policy))


@settings(max_examples=15, deadline=None)
@given(assessment_files(), st.sampled_from(policies.NAMES))
def test_any_assessment_agrees_with_the_second_implementation(
    file: dict[str, Any], policy: str
) -> None:
    assert_agrees(file, policies.variant(policy))


@settings(max_examples=20, deadline=None)
@given(assessment_files() | nearly_done_files(), policies.any_changes())
def test_any_policy_agrees_with_the_second_implementation(
    file: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert_agrees(file, policies.judge_by(changes))


@settings(max_examples=25, deadline=None)
@given(nearly_done_files())
def test_any_interview_near_its_end_agrees_with_the_second_implementation(
    file: dict[str, Any],
) -> None:
    assert_agrees(file, policies.variant("shipped"))


def completed(assessment: Assessment, levels: random.Random) -> Assessment:
    """The full form, every open question answered by observation."""
    open_ = [
        q.id
        for q in scope(assessment, BANK, Form.FULL)
        if q.id not in assessment.answers or assessment.answers[q.id].level is None
    ]
    new = {id_: Answer(id_, levels.randrange(5), Evidence.OBSERVED) for id_ in open_}
    return replace(assessment, form=Form.FULL, answers={**assessment.answers, **new})


def result(assessment: Assessment) -> Recommendation:
    """Rules 1 to 4 without the figures around them, for the thousands."""
    questions, theirs = scope(assessment, BANK), rated_by_prospect(assessment, BANK)
    rules = Rules(assessment, BANK, POLICY, questions, theirs)
    return rules.recommendation(rated_among(questions, assessment))


@pytest.mark.parametrize(
    "name", ["a few open, good", "three quarters, lukewarm", "an event, cold", "two views"]
)
def test_a_completion_answers_the_whole_full_form(name: str) -> None:
    done = completed(read(CASES[name]), random.Random(1))
    assert firmness(done, BANK, POLICY).open == 0
    assert result(done) is judge(done, BANK, POLICY).recommendation


@settings(max_examples=8, deadline=None)
@given(nearly_done_files(), st.randoms(use_true_random=False))
def test_if_settled_a_thousand_random_completions_give_the_one_result(
    file: dict[str, Any], levels: random.Random
) -> None:
    assessment = read(file)
    firm = firmness(assessment, BANK, POLICY)
    assume(firm.settled and firm.open)
    results = {result(completed(assessment, levels)) for _ in range(1000)}
    assert results == set(firm.reachable)


@settings(max_examples=15, deadline=None)
@given(assessment_files(), st.randoms(use_true_random=False))
def test_no_completion_leads_beyond_what_is_reachable(
    file: dict[str, Any], levels: random.Random
) -> None:
    assessment = read(file)
    reachable = firmness(assessment, BANK, POLICY).reachable
    for _ in range(20):
        assert result(completed(assessment, levels)) in reachable


@settings(max_examples=25, deadline=None)
@given(assessment_files())
def test_the_figures_fit_each_other(file: dict[str, Any]) -> None:
    assessment = read(file)
    today, firm = judge(assessment, BANK, POLICY), firmness(assessment, BANK, POLICY)
    decided = today.recommendation is not Recommendation.UNDECIDED
    assert (firm.staying_power is not None) is decided
    assert firm.settled is (len(firm.reachable) == 1)
    if firm.staying_power is not None:
        assert 0.0 <= firm.staying_power <= 1.0
        if firm.settled:
            assert firm.staying_power == (today.recommendation in firm.reachable)
    assert all(0.0 <= ask.chance_to_change <= 1.0 for ask in firm.ask_next)
    assert sum(not ask.again for ask in firm.ask_next) == firm.open
    suspected = DealBreakerState.SUSPECTED in assessment.deal_breakers.values()
    known = firm.settled or (firm.staying_power or 0.0) >= POLICY.enough
    assert firm.enough is (bool(today.confirmed) or (decided and not suspected and known))
    if today.confirmed:
        assert (firm.settled, firm.staying_power) == (True, 1.0)


def test_a_suspected_deal_breaker_is_never_enough_however_settled() -> None:
    firm = firmness(read(CASES["a suspected deal-breaker, else great"]), BANK, POLICY)
    assert firm.settled
    assert not firm.enough


def test_hunches_with_nothing_left_to_ask_stay_undecided_for_ever() -> None:
    firm = firmness(read(CASES["hunches for ever on trust"]), BANK, POLICY)
    assert firm.open > 0
    assert firm.settled
    assert firm.reachable == (Recommendation.UNDECIDED,)
    assert firm.staying_power is None
    assert not firm.enough
    assert {ask.question.id for ask in firm.ask_next if ask.again} == {
        q.id for q in MINE if q.axis == "trust"
    }


def test_an_answered_event_form_still_looks_ahead_over_the_full_form() -> None:
    event = read(CASES["an event, warm"])
    full = replace(event, form=Form.FULL)
    assert firmness(event, BANK, POLICY) == firmness(full, BANK, POLICY)
    assert firmness(event, BANK, POLICY).open == 24


def test_a_question_asked_again_drops_its_old_beads_first() -> None:
    """Where today's action is the same without the hunch, asking again is like asking first."""
    few = [q for q in MINE[:14] if q.id != "past-findings"]
    rest = answers_to(few, *scattered(807, [2, 3, 4]))
    hunch = {"question": "past-findings", "answer": 4, "evidence": "hunch"}
    with_hunch, without = (read(assessment_file(rest + more)) for more in ([hunch], []))
    assert judge(with_hunch, BANK, POLICY).action is judge(without, BANK, POLICY).action

    again, first = (
        next(a for a in firmness(one, BANK, POLICY).ask_next if a.question.id == "past-findings")
        for one in (with_hunch, without)
    )

    assert (again.again, first.again) == (True, False)
    assert again.chance_to_change == pytest.approx(first.chance_to_change, abs=1e-12)
    assert 0.1 < first.chance_to_change < 0.9


def finished(assessment: Assessment, between: Assessment, after: int) -> Firmness:
    """The firmness found in steps, with another one looked for in between."""
    steps, count = firming(assessment, BANK, POLICY), 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Firmness = end.value
            return found
        count += 1
        if count == after:
            firmness(between, BANK, POLICY)


@pytest.mark.parametrize("after", [1, 2, 5])
def test_looking_ahead_in_steps_finds_the_same_whatever_happens_in_between(after: int) -> None:
    one, other = read(CASES["half an interview"]), read(CASES["low gates that may open"])
    assert finished(one, other, after) == firmness(one, BANK, POLICY)


def test_looking_ahead_can_be_given_up() -> None:
    one = read(CASES["half an interview"])
    before = firmness(one, BANK, POLICY)
    steps = firming(one, BANK, POLICY)
    next(steps)
    steps.close()
    assert firmness(one, BANK, POLICY) == before
