"""What is doubtful about the answers, and the gaps (judgement.md, section 6)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.domain.answer_warnings import Halo, MostlyHunches, PerceptionGap, ProblemBThin
from fitcheck.domain.judgement import Judgement, judge
from fitcheck.library import load_bank, load_policy
from tests.domain import policies, reference_flips
from tests.domain.cases import CASES, MINE, assessment_file, on
from tests.domain.cases import given as answers_to
from tests.domain.plain import plain_warning, read
from tests.domain.strategies import assessment_files

BANK, POLICY = load_bank(), load_policy()
BY_ID = {q.id: q for q in BANK.questions}


def assert_agrees(file: dict[str, Any], judge_by: policies.Judge) -> None:
    bank, policy = judge_by
    warnings, gaps = reference_flips.warnings(file, bank)
    found = judge(read(file), BANK, policy)
    assert sorted(plain_warning(warning) for warning in found.warnings) == sorted(warnings)
    assert [gap.facet for gap in found.gaps] == [f for f in BANK.facets if f.id in dict(gaps)]
    signed = {gap.facet.id: gap.gap for gap in found.gaps}
    assert signed == pytest.approx(dict(gaps), abs=1e-12)


@pytest.mark.parametrize("policy", ["shipped", "early warnings"])
@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_assessment_warns_as_the_text_says(name: str, policy: str) -> None:
    assert_agrees(CASES[name], policies.variant(policy))


@settings(max_examples=100, deadline=None)
@given(assessment_files(), st.sampled_from(["shipped", "early warnings"]))
def test_any_assessment_warns_as_the_text_says(file: dict[str, Any], policy: str) -> None:
    assert_agrees(file, policies.variant(policy))


def judged(*answers: list[dict[str, Any]], **changes: Any) -> Judgement:
    flat = [answer for group in answers for answer in group]
    return judge(read(assessment_file(flat, **changes)), BANK, POLICY)


def warned(judgement: Judgement, kind: type) -> bool:
    return any(isinstance(warning, kind) for warning in judgement.warnings)


def test_half_of_the_weight_on_hunches_is_not_over_half() -> None:
    two = [q for q in MINE if q.weight == 2][:2]
    one = next(q for q in MINE if q.weight == 1)
    half = answers_to(two[:1], 3, "hunch") + answers_to(two[1:], 3)
    assert not warned(judged(half), MostlyHunches)
    assert warned(judged(half, answers_to([one], 3, "hunch")), MostlyHunches)


@pytest.mark.parametrize(
    ("count", "levels", "observed", "halo"),
    [
        (12, (3, 4), 5, True),
        (11, (3, 4), 5, False),
        (12, (2, 4), 5, False),
        (12, (3, 4), 6, False),
        (24, (3, 3), 0, True),
    ],
)
def test_a_halo_is_many_answers_alike_and_few_observed(
    count: int, levels: tuple[int, int], observed: int, halo: bool
) -> None:
    questions = [q for q in MINE if q.axis != "nature"][:count]
    answers = [
        {
            "question": q.id,
            "answer": levels[index == 0],
            "evidence": "observed" if index < observed else "reported",
        }
        for index, q in enumerate(questions)
    ]
    # What is said of nature neither makes a halo nor breaks one.
    assert warned(judged(answers, answers_to(on("nature"), 0)), Halo) is halo


def test_a_third_of_problem_b_is_enough() -> None:
    """With 21 of the weight in scope, 7 answered is a third and 6 is under it."""
    asked = [q for q in MINE if q.problem == "B"]
    rest, weight = [], 0
    for question in asked:
        if weight + question.weight <= 21:
            rest.append(question)
            weight += question.weight
    assert weight == 21
    gone = answers_to([q for q in asked if q not in rest], "not_applicable")
    threes, twos = ([q for q in rest if q.weight == w] for w in (3, 2))
    assert not warned(judged(gone, answers_to([threes[0], *twos[:2]], 3)), ProblemBThin)
    assert warned(judged(gone, answers_to(twos[:3], 3)), ProblemBThin)


def gap_warnings(mine: dict[str, int], theirs: dict[str, int]) -> list[tuple[str, float]]:
    answers = [
        {"question": id_, "answer": level, "evidence": "observed"}
        for id_, level in {**mine, **theirs}.items()
    ]
    return [
        (warning.gap.facet.id, warning.gap.gap)
        for warning in judged(answers).warnings
        if isinstance(warning, PerceptionGap)
    ]


def test_a_gap_is_signed_and_a_side_with_a_single_answer_has_to_differ_more() -> None:
    """The prospect has a single question on each facet, so three levels apart is the least."""
    two = {"decides": 4, "budget": 4}
    assert gap_warnings(two, {"my-openness": 2}) == []
    assert gap_warnings(two, {"my-openness": 1}) == [("openness", -0.75)]
    assert gap_warnings({"decides": 1}, {"my-openness": 4}) == [("openness", 0.75)]
    assert gap_warnings({"decides": 1}, {"my-openness": 3}) == []


def test_the_means_of_a_gap_do_not_weigh_the_questions() -> None:
    """3 · 4 and 2 · 0, unweighted, lie half way."""
    assert {BY_ID[id_].weight for id_ in ("decides", "access")} == {2, 3}
    result = judged(
        answers_to([BY_ID["decides"]], 4),
        answers_to([BY_ID["access"]], 0),
        answers_to([BY_ID["my-openness"]], 2),
    )
    assert [(gap.facet.id, gap.gap) for gap in result.gaps] == [("openness", 0.0)]
