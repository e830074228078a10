"""What moved between two assessments: only what moved, each side by the rules that judged it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark, Override
from fitcheck.domain.bank import Axis, Bank, DealBreaker, Evidence, Reference
from fitcheck.domain.judgement import Recommendation, Stance, judge
from fitcheck.domain.moved import DealBreakerMove, Given, Judged, Moved, moved
from fitcheck.domain.policy import Action, Appetite
from tests.reports import people

THEN = replace(people.assessment(Recommendation.STAGE, Stance.SPLIT), date=dt.date(2026, 11, 3))
OPEN, CLEARED, SUSPECTED, CONFIRMED = DealBreakerState


def between(then: Assessment, now: Assessment, bank: Bank = people.BANK) -> Moved:
    return moved(
        Judged(then, people.BANK, judge(then, people.BANK, people.POLICY)),
        Judged(now, bank, judge(now, bank, people.POLICY)),
    )


def answered(of: Assessment, *answers: Answer) -> Assessment:
    return replace(of, answers={**of.answers, **{answer.question: answer for answer in answers}})


def test_nothing_moves_of_itself() -> None:
    found = between(THEN, replace(THEN, date=people.DATE))
    assert (found.since, found.answers, found.deal_breakers) == (THEN.date, (), ())
    assert [each.axis for each in found.axes] == list(Axis)
    assert all(each.then == each.now for each in found.axes)
    assert (found.then, found.now) == (Recommendation.STAGE, Recommendation.STAGE)
    assert not found.other_rules


def test_levels_marks_and_evidence_move_and_notes_dont() -> None:
    first, second, third, fourth = list(THEN.answers.values())[:4]
    now = answered(
        THEN,
        replace(first, value=4, evidence=Evidence.OBSERVED),
        replace(second, evidence=Evidence.HUNCH),
        replace(third, value=Mark.UNKNOWN),
        replace(fourth, note="another note", quote="another quote"),
    )
    found = between(THEN, now)
    assert [(each.question.id, each.then, each.now) for each in found.answers] == [
        (first.question, Given(first.value, first.evidence), Given(4, Evidence.OBSERVED)),
        (
            second.question,
            Given(second.value, second.evidence),
            Given(second.value, Evidence.HUNCH),
        ),
        (third.question, Given(third.value, third.evidence), Given(Mark.UNKNOWN, None)),
    ]


def test_an_answer_that_came_or_went_has_moved() -> None:
    first = next(iter(THEN.answers.values()))
    without = replace(THEN, answers={k: v for k, v in THEN.answers.items() if k != first.question})
    nothing, given = Given(None, None), Given(first.value, first.evidence)
    (came,) = between(without, THEN).answers
    (went,) = between(THEN, without).answers
    assert (came.then, came.now, went.then, went.now) == (nothing, given, given, nothing)


def test_the_evidence_of_no_level_is_none() -> None:
    first = next(iter(THEN.answers))
    then = answered(THEN, Answer(first, Mark.UNKNOWN, Evidence.HUNCH))
    assert between(then, answered(THEN, Answer(first, Mark.UNKNOWN))).answers == ()


def test_deal_breakers_move_by_their_states() -> None:
    id_, text = people.BANK.deal_breakers[0].id, people.BANK.deal_breakers[0].text
    then = replace(THEN, deal_breakers={id_: SUSPECTED})
    assert between(then, replace(then, deal_breakers={id_: CLEARED})).deal_breakers == (
        DealBreakerMove(id_, text, SUSPECTED, CLEARED),
    )
    assert between(replace(THEN, deal_breakers={id_: OPEN}), replace(THEN, deal_breakers={})) == (
        between(replace(THEN, deal_breakers={}), replace(THEN, deal_breakers={}))
    )


def test_what_is_no_longer_asked_about_is_said_only_where_it_mattered() -> None:
    gone, kept = people.BANK.deal_breakers[:2]
    mine = DealBreaker("own-1", "They want it for free.", "")
    bank = replace(people.BANK, deal_breakers=(kept, mine))
    then = replace(THEN, deal_breakers={gone.id: CONFIRMED, kept.id: CLEARED})
    now = replace(THEN, deal_breakers={kept.id: CLEARED, mine.id: SUSPECTED})
    assert between(then, now, bank).deal_breakers == (
        DealBreakerMove(gone.id, gone.text, CONFIRMED, None),
        DealBreakerMove(mine.id, mine.text, OPEN, SUSPECTED),
    )


def test_the_final_recommendations_are_compared() -> None:
    now = replace(THEN, override=Override(Action.DECLINE, "a hard no", people.DATE))
    found = between(THEN, now)
    assert (found.then, found.now) == (Recommendation.STAGE, Recommendation.DECLINE)


def test_other_rules_are_named() -> None:
    for now in (
        replace(THEN, policy=Reference("own", "1.0.0")),
        replace(THEN, appetite=Appetite.CHOOSY),
    ):
        assert between(THEN, now).other_rules
