"""How an interview stands, in values and words: no window needed."""

from __future__ import annotations

import pytest

from fitcheck.domain.assessment import Answer, DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import Axis, Evidence, Form
from fitcheck.domain.judgement import Lack, Missing, Reason
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from ui.widgets import standing
from ui.widgets.evidence_picker import next_evidence
from ui.widgets.outline import axis_initial, axis_legend
from ui.widgets.standing import State


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    return fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, State.OPEN),
        (0, State.ANSWERED),
        (Mark.UNKNOWN, State.UNKNOWN),
        (Mark.NOT_APPLICABLE, State.NOT_APPLICABLE),
    ],
)
def test_a_level_of_nought_is_an_answer_and_nothing_is_not(
    value: int | Mark | None, state: State
) -> None:
    assert standing.state_of(Answer("budget", value)) is state


def test_an_outline_line_says_everything_that_it_draws(interview: Interview) -> None:
    first = interview.questions[0]
    interview.set_value(first.id, 3)
    interview.set_note(first.id, "said twice")
    line = standing.outline(interview)[0]
    assert line.spoken == "1. Ease of talking, Chemistry, answered 4 of 5, with a note"
    assert line.here


def test_progress_and_open_questions(interview: Interview) -> None:
    assert standing.progress(interview) == (1, 36)
    interview.set_value(interview.question.id, Mark.NOT_APPLICABLE)
    interview.step(1)
    assert standing.progress(interview) == (2, 36)
    assert standing.open_questions(interview) == 35
    assert standing.open_words(1) == "1 question is open"


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("preferred", [True, False])
@pytest.mark.parametrize("peeking", [True, False])
def test_totals_are_shown_only_where_someone_asked(
    finished: bool, preferred: bool, peeking: bool
) -> None:
    shown = standing.totals_shown(finished=finished, preferred=preferred, peeking=peeking)
    assert shown is (finished or preferred or peeking)


def test_the_event_form_uses_the_short_texts(interview: Interview) -> None:
    question = interview.bank.core()[0]
    assert standing.answer_texts(question, Form.EVENT) == question.short
    assert standing.answer_texts(question, Form.FULL) == question.levels


def test_every_word_must_match_wherever_it_stands(interview: Interview) -> None:
    questions = interview.questions
    assert standing.matching(questions, "") == questions
    assert [q.id for q in standing.matching(questions, "SUM what sort of")] == ["budget"]
    assert standing.matching(questions, "no such words anywhere") == ()


def test_where_to_ask_prefers_what_is_open_then_unknown_then_a_hunch(
    interview: Interview,
) -> None:
    missing = Missing(Axis.TRUST, Lack.EVIDENCE, 0, 2)
    trust = [question.id for question in interview.questions if question.axis is Axis.TRUST]
    assert standing.where_to_ask(interview, missing) == trust[0]
    for id_ in trust:
        interview.set_value(id_, 4)
        interview.set_evidence(id_, Evidence.OBSERVED)
    interview.set_evidence(trust[4], Evidence.HUNCH)
    assert standing.where_to_ask(interview, missing) == trust[4]
    interview.set_value(trust[3], Mark.NOT_APPLICABLE)
    interview.set_value(trust[2], Mark.UNKNOWN)
    assert standing.where_to_ask(interview, missing) == trust[2]


def test_something_is_answered_once_there_is_a_level_or_a_confirmed_deal_breaker(
    interview: Interview,
) -> None:
    def answered() -> bool:
        return standing.anything_answered(interview.assessment, interview.bank)

    interview.set_value(interview.question.id, Mark.UNKNOWN)
    interview.set_deal_breaker("no-budget", DealBreakerState.CLEARED)
    assert not answered()
    interview.set_deal_breaker("no-budget", DealBreakerState.CONFIRMED)
    assert answered()
    interview.set_deal_breaker("no-budget", DealBreakerState.OPEN)
    interview.set_value(interview.question.id, 0)
    assert answered()


def test_reasons_are_split_by_direction_strongest_first(interview: Interview) -> None:
    one, two, three, four = interview.questions[:4]
    reasons = (Reason(one, 0.5), Reason(two, -2.0), Reason(three, 0.0), Reason(four, 1.5))
    for_it, against = standing.split_reasons(reasons)
    assert [reason.push for reason in for_it] == [1.5, 0.5]
    assert [reason.push for reason in against] == [-2.0]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "under a minute"), (59.9, "under a minute"), (60, "1 minute"), (3599, "59 minutes")],
)
def test_the_clock_counts_whole_minutes(seconds: float, words: str) -> None:
    assert standing.minutes_words(seconds) == words


def test_evidence_turns_through_every_kind() -> None:
    assert next_evidence(Evidence.OBSERVED) is Evidence.REPORTED
    assert next_evidence(Evidence.REPORTED) is Evidence.HUNCH
    assert next_evidence(Evidence.HUNCH) is Evidence.OBSERVED


def test_each_axis_has_a_letter_of_its_own_that_the_legend_explains() -> None:
    assert len({axis_initial(axis) for axis in Axis}) == 3
    assert axis_legend().startswith("C chemistry · T trust · N nature")
