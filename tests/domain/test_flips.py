"""What would change the recommendation: flips and to_proceed (judgement.md, section 5)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Axis, Side
from fitcheck.domain.flips import Raised, flips, to_proceed
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.library import load_bank, load_policy
from tests.domain import policies, reference_flips
from tests.domain.cases import CASES, MINE, assessment_file, on
from tests.domain.cases import given as answers_to
from tests.domain.plain import read
from tests.domain.reference_table import UNSURE
from tests.domain.strategies import assessment_files, nearly_done_files

BANK, POLICY = load_bank(), load_policy()
ANY = assessment_files() | nearly_done_files()


def with_levels(assessment: Assessment, levels: dict[str, int]) -> Assessment:
    changed = {id_: replace(assessment.answers[id_], value=level) for id_, level in levels.items()}
    return replace(assessment, answers={**assessment.answers, **changed})


def result(assessment: Assessment, levels: dict[str, int] | None = None) -> Recommendation:
    return judge(with_levels(assessment, levels or {}), BANK, POLICY).recommendation


def assert_flips_agree(file: dict[str, Any], judge_by: policies.Judge) -> None:
    bank, policy = judge_by
    expected, margin = reference_flips.flips(file, bank)
    if margin > UNSURE:
        found = flips(read(file), BANK, policy)
        assert [
            (flip.question.id, flip.was, flip.level, flip.recommendation.value) for flip in found
        ] == expected


def assert_sets_agree(file: dict[str, Any], judge_by: policies.Judge) -> None:
    bank, policy = judge_by
    expected, margin = reference_flips.to_proceed(file, bank)
    if margin <= UNSURE:
        return
    found = to_proceed(read(file), BANK, policy)
    if expected is None or found is None:
        assert (found, expected) == (None, None)
        return
    assert [tuple(raised.question.id for raised in set_) for set_ in found] == [
        tuple(set_) for set_ in expected
    ]
    for set_, ways in zip(found, expected, strict=True):
        levels = tuple(raised.level for raised in set_)
        assert levels in set(zip(*ways.values(), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_assessment_flips_as_an_exhaustive_search_finds(name: str) -> None:
    assert_flips_agree(CASES[name], policies.variant("shipped"))
    assert_sets_agree(CASES[name], policies.variant("shipped"))


@settings(max_examples=15, deadline=None)
@given(ANY, policies.any_changes())
def test_any_assessment_flips_as_an_exhaustive_search_finds(
    file: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert_flips_agree(file, policies.judge_by(changes))
    assert_sets_agree(file, policies.judge_by(changes))


@settings(max_examples=25, deadline=None)
@given(ANY)
def test_each_flip_flips_and_one_level_short_of_it_does_not(file: dict[str, Any]) -> None:
    assessment = read(file)
    today = result(assessment)
    found = flips(assessment, BANK, POLICY)
    for flip in found:
        assert assessment.answers[flip.question.id].level == flip.was
        way = 1 if flip.level > flip.was else -1
        assert result(assessment, {flip.question.id: flip.level}) is flip.recommendation
        assert flip.recommendation is not today
        for level in range(flip.was, flip.level, way):
            assert result(assessment, {flip.question.id: level}) is today
    assert len({(flip.question.id, flip.level > flip.was) for flip in found}) == len(found)


@settings(max_examples=25, deadline=None)
@given(ANY)
def test_what_is_not_a_flip_flips_at_no_level(file: dict[str, Any]) -> None:
    assessment = read(file)
    today = result(assessment)
    found = {(flip.question.id, flip.level > flip.was) for flip in flips(assessment, BANK, POLICY)}
    for id_, answer in assessment.answers.items():
        if answer.level is not None and BANK.by_id[id_].side is Side.CONSULTANT:
            for level in range(5):
                if level != answer.level and (id_, level > answer.level) not in found:
                    assert result(assessment, {id_: level}) is today


@settings(max_examples=25, deadline=None)
@given(nearly_done_files([1, 2, 3], [2, 3], [1, 2, 3, 4]))
def test_each_set_of_answers_proceeds_with_the_least_levels_and_no_smaller_set_does(
    file: dict[str, Any],
) -> None:
    assessment = read(file)
    sets = to_proceed(assessment, BANK, POLICY)
    assume(sets)
    assert sets is not None
    assert result(assessment) is not Recommendation.PROCEED
    assert len({len(set_) for set_ in sets}) == 1
    assert len({_ids(set_) for set_ in sets}) == len(sets)
    for set_ in sets[:12]:
        levels = {raised.question.id: raised.level for raised in set_}
        assert all(raised.question.axis in JUDGED_AXES for raised in set_)
        assert result(assessment, levels) is Recommendation.PROCEED
        for id_, level in levels.items():
            was = assessment.answers[id_].level
            assert was is not None
            assert level > was
            one_short = {**levels, id_: level - 1}
            assert result(assessment, one_short) is not Recommendation.PROCEED
        for size in range(1, len(set_)):
            for fewer in itertools.combinations(levels, size):
                to_the_top = dict.fromkeys(fewer, 4)
                assert result(assessment, to_the_top) is not Recommendation.PROCEED


def _ids(set_: tuple[Raised, ...]) -> tuple[str, ...]:
    return tuple(raised.question.id for raised in set_)


def test_nothing_has_to_rise_where_it_is_proceed_already() -> None:
    assert to_proceed(read(CASES["all answered, great"]), BANK, POLICY) == ()


@pytest.mark.parametrize(
    "name",
    [
        "a confirmed deal-breaker",
        "a suspected deal-breaker, else great",
        "nothing asked",
        "hunches for ever on trust",
        "all answered, poor",
    ],
)
def test_no_answer_helps_against_a_deal_breaker_too_little_or_too_bad_a_talk(name: str) -> None:
    assert to_proceed(read(CASES[name]), BANK, POLICY) is None


def test_only_chemistry_and_trust_are_asked_to_rise_even_where_nature_would_do() -> None:
    assessment = read(CASES["a higher nature alone would do"])
    of_nature = [f for f in flips(assessment, BANK, POLICY) if f.question.axis is Axis.NATURE]
    assert {flip.recommendation for flip in of_nature} == {Recommendation.PROCEED}
    sets = to_proceed(assessment, BANK, POLICY)
    assert sets
    assert {raised.question.axis for set_ in sets for raised in set_} == {Axis.CHEMISTRY}


def test_evidence_is_kept_so_a_hunch_that_rises_opens_no_gate() -> None:
    """The gate is shut by an observation; the facet's hunches don't count, however high."""
    shut = {"change": "observed", "effort": "hunch"}
    file = assessment_file(
        answers_to(
            [q for q in MINE if q.facet.id != "readiness"],
            lambda q: 2 if q.axis == "nature" else 4,
        )
        + [{"question": id_, "answer": 0, "evidence": tag} for id_, tag in shut.items()]
    )
    sets = to_proceed(read(file), BANK, POLICY)
    assert sets is not None
    assert [[(raised.question.id, raised.level) for raised in set_] for set_ in sets] == [
        [("change", 2)]
    ]


def test_both_axes_have_to_rise_where_both_are_low() -> None:
    file = assessment_file(
        answers_to(on("trust")[:3], 2)
        + answers_to(on("chemistry")[:3], 2)
        + answers_to(on("nature")[:3], 2)
    )
    sets = to_proceed(read(file), BANK, POLICY)
    assert sets
    for set_ in sets:
        assert {raised.question.axis for raised in set_} == set(JUDGED_AXES)
