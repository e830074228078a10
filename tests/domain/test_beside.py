"""Prospects side by side: every row that somebody has, and which of them differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import Axis, Bank, DealBreaker, Evidence
from fitcheck.domain.beside import (
    About,
    AnswerRow,
    AxisRow,
    Beside,
    DealBreakerRow,
    FindingRow,
    OddsRow,
    beside,
)
from fitcheck.domain.judgement import Recommendation, Stance, judge
from fitcheck.domain.moved import Given, Judged
from fitcheck.domain.policy import Appetite
from fitcheck.domain.posterior import Posterior
from tests.reports import people

ADA = people.assessment(Recommendation.STAGE, Stance.SPLIT)
BEA = replace(
    people.assessment(Recommendation.PROCEED, Stance.SPLIT),
    prospect=Prospect("Bea Unnamed"),
    deal_breakers={},
)


def judged(assessment: Assessment, bank: Bank = people.BANK) -> Judged:
    return Judged(assessment, bank, judge(assessment, bank, people.POLICY))


def compared(*assessments: Assessment) -> Beside:
    return beside([judged(each) for each in assessments])


def test_whoever_is_alike_differs_in_no_row() -> None:
    found = compared(ADA, ADA, ADA)
    assert found.differing == ()
    assert not found.other_rules
    assert all(len(row.values) == 3 for row in found.rows)
    kinds = [FindingRow] * 3 + [OddsRow] * 3 + [AxisRow] * 3
    assert [type(row) for row in found.rows[:9]] == kinds
    assert [row.axis for row in found.rows if isinstance(row, AxisRow)] == list(Axis)


def test_what_differs_stands_in_the_order_of_the_columns() -> None:
    found = compared(ADA, BEA)
    assert found.names == (ADA.prospect.name, "Bea Unnamed")
    assert found.differing[0] == FindingRow(
        About.FINAL, (Recommendation.STAGE, Recommendation.PROCEED)
    )
    turned = compared(BEA, ADA)
    assert [row.values for row in turned.differing] == [row.values[::-1] for row in found.differing]
    assert "Bea" not in repr(found)


def test_an_answer_differs_by_its_level_mark_or_evidence_and_not_by_its_note() -> None:
    first, second, third, *_ = ADA.answers.values()
    other = replace(
        ADA,
        answers={
            **ADA.answers,
            first.question: replace(first, note="another", quote="another"),
            second.question: replace(second, evidence=Evidence.HUNCH),
            third.question: Answer(third.question, Mark.UNKNOWN, Evidence.HUNCH),
        },
    )
    rows = [row for row in compared(ADA, other).differing if isinstance(row, AnswerRow)]
    assert [(row.question.id, row.values[1]) for row in rows] == [
        (second.question, Given(second.value, Evidence.HUNCH)),
        (third.question, Given(Mark.UNKNOWN, None)),
    ]


def test_a_question_that_one_alone_answered_is_a_row_and_one_of_nobody_is_none() -> None:
    first, second, *_ = ADA.answers
    less = {id_: answer for id_, answer in ADA.answers.items() if id_ != first}
    least = {id_: answer for id_, answer in less.items() if id_ != second}
    found = compared(replace(ADA, answers=less), replace(ADA, answers=least))
    asked = {row.question.id: row for row in found.rows if isinstance(row, AnswerRow)}
    assert first not in asked
    assert asked[second].values[1] == Given(None, None)
    assert asked[second].differs


def test_a_deal_breaker_that_was_not_asked_about_is_told_from_an_open_one() -> None:
    known = people.BANK.deal_breakers[0]
    own = DealBreaker("own-1", "They want it for free.", "")
    bank = replace(people.BANK, deal_breakers=(*people.BANK.deal_breakers, own))
    other = replace(ADA, deal_breakers={known.id: DealBreakerState.SUSPECTED})
    plain = replace(ADA, deal_breakers={})
    found = beside([judged(plain), judged(other, bank)])
    assert [row for row in found.differing if isinstance(row, DealBreakerRow)] == [
        DealBreakerRow(known.id, known.text, (DealBreakerState.OPEN, DealBreakerState.SUSPECTED)),
        DealBreakerRow(own.id, own.text, (None, DealBreakerState.OPEN)),
    ]


def test_other_rules_are_named() -> None:
    assert compared(ADA, replace(ADA, appetite=Appetite.CHOOSY)).other_rules


def test_figures_differ_by_what_is_shown() -> None:
    def side(low: float, high: float) -> Posterior:
        return Posterior(Axis.TRUST, 1, 1, low, high, 3, 6)

    row = AxisRow(Axis.TRUST, (side(0.2, 0.6), side(0.201, 0.6)))
    assert (row.differs, row.apart) == (False, False)
    row = AxisRow(Axis.TRUST, (side(0.2, 0.4), side(0.5, 0.6)))
    assert (row.differs, row.apart) == (True, True)


def test_side_by_side_takes_two() -> None:
    with pytest.raises(ValueError, match="takes two"):
        compared(ADA)


def test_a_level_stands_for_the_sentence_that_each_was_asked() -> None:
    asked = people.BANK.by_id["effort"]
    reworded = replace(asked, levels=(*asked.levels[:4], "Somebody is at it every day."))
    bank = replace(
        people.BANK,
        version="9.0.0",
        questions=tuple(reworded if q.id == "effort" else q for q in people.BANK.questions),
    )
    for level, differs in ((4, True), (1, False)):
        answer = {"effort": Answer("effort", level, Evidence.OBSERVED)}
        found = beside(
            [judged(replace(ADA, answers=answer)), judged(replace(ADA, answers=answer), bank)]
        )
        (row,) = (each for each in found.rows if isinstance(each, AnswerRow))
        assert row.asked == (asked, reworded)
        assert row.differs is differs
