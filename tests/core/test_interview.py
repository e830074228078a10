"""Conducting an interview over a journal that writes at once, or never, or fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from threading import Thread

import pytest

from fitcheck.domain.assessment import (
    Assessment,
    DealBreakerState,
    Mark,
    NextStep,
    Override,
    Prospect,
)
from fitcheck.domain.bank import DISAGREEMENT, Evidence, Form
from fitcheck.domain.book import StoredAssessment
from fitcheck.domain.firmness import Firmness, firmness
from fitcheck.domain.history import Event
from fitcheck.domain.listed import Summary
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.steps import whole
from fitcheck.domain.verdict import reach_verdict
from fitcheck.interview import Interview
from fitcheck.library import CURRENT_BANK, CURRENT_POLICY, load_bank, load_policy
from fitcheck.saving import SaveState, Turn

BANK = load_bank()
TODAY = dt.date(2026, 11, 21)


class Recorder:
    """A journal that keeps what it was told; its futures are the test's to settle."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.summaries: list[Summary] = []
        self.positions: list[str] = []
        self.finished = False
        self.form = Form.FULL
        self.futures: list[Future[None]] = []

    def _written(self) -> Future[None]:
        self.futures.append(Future())
        return self.futures[-1]

    def record(
        self, assessment_id: int, event: Event, position: str, summary: Summary, turn: Turn
    ) -> Future[None]:
        self.events.append(event)
        self.summaries.append(summary)
        self.positions.append(position)
        return self._written()

    def stand_at(self, assessment_id: int, position: str, turn: Turn) -> Future[None]:
        self.positions.append(position)
        return self._written()

    def set_form(
        self, assessment_id: int, form: Form, summary: Summary, turn: Turn
    ) -> Future[None]:
        self.form = form
        return self._written()

    def set_finished(
        self, assessment_id: int, finished: bool, summary: Summary, turn: Turn
    ) -> Future[None]:
        self.finished = finished
        self.summaries.append(summary)
        return self._written()

    def summarise(self, assessment_id: int, summary: Summary, turn: Turn) -> Future[None]:
        self.summaries.append(summary)
        return self._written()


def stored(form: Form = Form.FULL, position: str = "") -> StoredAssessment:
    assessment = Assessment(
        TODAY, CURRENT_BANK, CURRENT_POLICY, form, Appetite.BALANCED, Prospect("Ada")
    )
    return StoredAssessment(1, 1, assessment, position, finished=False, events=())


@pytest.fixture
def journal() -> Recorder:
    return Recorder()


@pytest.fixture
def interview(journal: Recorder) -> Interview:
    return Interview(stored(), BANK, load_policy(), journal)


def test_a_level_takes_the_questions_default_evidence_until_another_is_chosen(
    interview: Interview,
) -> None:
    interview.set_value("effort", 3)
    assert interview.answer("effort").evidence is Evidence.REPORTED
    interview.set_evidence("effort", Evidence.HUNCH)
    interview.set_value("effort", 1)
    assert interview.answer("effort").evidence is Evidence.HUNCH
    interview.set_value("opener", Mark.UNKNOWN)
    assert interview.answer("opener").evidence is None


def test_the_judgement_follows_every_change(interview: Interview) -> None:
    seen = [interview.judgement.recommendation]
    for question in BANK.form(Form.FULL):
        interview.set_value(question.id, 4)
    seen.append(interview.judgement.recommendation)
    interview.set_deal_breaker("unpaid-work", DealBreakerState.CONFIRMED)
    seen.append(interview.judgement.recommendation)
    assert seen == ["undecided", "proceed", "decline"]


def test_what_changes_nothing_is_not_recorded(interview: Interview, journal: Recorder) -> None:
    interview.set_value("opener", 2)
    interview.set_value("opener", 2)
    interview.set_note("opener", "")
    interview.go_to("opener")
    assert len(journal.events) == 1
    assert len(journal.futures) == 1


def test_undo_goes_back_to_where_the_change_was_made(interview: Interview) -> None:
    interview.set_value("opener", 2)
    interview.step(2)
    interview.set_quote(DISAGREEMENT, "Tell me straight.")
    interview.set_field("next_step", NextStep("Meet", TODAY))
    interview.undo()
    assert interview.assessment.conversation.next_step == NextStep()
    interview.undo()
    assert interview.question.id == DISAGREEMENT
    assert interview.answer(DISAGREEMENT).quote == ""
    interview.undo()
    assert interview.question.id == "opener"
    assert interview.assessment.answers == {}
    assert not interview.can_undo
    assert interview.undo() is None
    for _ in range(3):
        interview.redo()
    assert interview.answer("opener").value == 2
    assert interview.assessment.conversation.next_step == NextStep("Meet", TODAY)
    assert not interview.can_redo
    assert interview.redo() is None


def test_a_deal_breaker_can_be_taken_back(interview: Interview) -> None:
    interview.set_deal_breaker("no-budget", DealBreakerState.SUSPECTED)
    interview.undo()
    assert interview.assessment.deal_breakers == {}


def test_words_and_their_confirmation_are_kept_with_the_day(interview: Interview) -> None:
    interview.set_field("in_their_words", "It is late.")
    interview.set_field("restatement", "Deliveries are late.")
    interview.confirm_restatement(TODAY)
    assert interview.assessment.prospect.in_their_words == "It is late."
    assert interview.assessment.conversation.confirmed_on == TODAY
    interview.confirm_restatement(None)
    assert interview.assessment.conversation.confirmed_on is None


def test_an_override_is_final_and_the_recommendation_stays_beside_it(interview: Interview) -> None:
    override = Override(Action.PROCEED, "I know them.", TODAY)
    interview.override(override)
    assert interview.assessment.override == override
    judgement = interview.judgement
    assert (judgement.final, judgement.recommendation) == ("proceed", "undecided")
    interview.override(None)
    assert interview.judgement.final == "undecided"


def test_walking_the_form(interview: Interview) -> None:
    ids = [question.id for question in interview.questions]
    assert interview.question.id == ids[0]
    assert not interview.step(-1)
    assert interview.step(1)
    assert interview.question.id == ids[1]
    interview.go_to(ids[-1])
    assert not interview.step(1)
    assert interview.go_to_next_open()
    assert interview.question.id == ids[0]
    for question_id in ids:
        interview.set_value(question_id, Mark.NOT_APPLICABLE)
    assert not interview.go_to_next_open()


def test_another_form_keeps_every_answer_and_a_place_to_stand(journal: Recorder) -> None:
    interview = Interview(stored(), BANK, load_policy(), journal)
    outside = next(q.id for q in interview.questions if Form.EVENT not in q.forms)
    interview.go_to(outside)
    interview.set_value(outside, 3)
    interview.set_form(Form.EVENT)
    assert journal.form is Form.EVENT
    assert Form.EVENT in interview.question.forms
    assert interview.answer(outside).value == 3
    position = interview.question.id
    with pytest.raises(ValueError, match=outside):
        interview.go_to(outside)
    interview.undo()
    assert interview.question.id == position, "a question outside the form is no place to stand"
    assert interview.assessment.answers == {}


def test_it_reopens_where_it_was_left_or_at_the_first_open_question(journal: Recorder) -> None:
    assert (
        Interview(stored(position="budget"), BANK, load_policy(), journal).question.id == "budget"
    )
    assert Interview(stored(position="gone"), BANK, load_policy(), journal).question.id == "opener"


def test_finishing_is_written_and_can_be_taken_back(
    interview: Interview, journal: Recorder
) -> None:
    interview.finish()
    assert (interview.finished, journal.finished) == (True, True)
    interview.reopen()
    assert (interview.finished, journal.finished) == (False, False)


def test_the_summary_counts_what_the_form_asks(interview: Interview, journal: Recorder) -> None:
    interview.set_value("opener", Mark.UNKNOWN)
    interview.set_note("budget", "Later.")
    interview.set_value("my-ease", 4)
    assert (journal.summaries[-1].answered, journal.summaries[-1].asked) == (1, 36)


def test_saved_is_said_only_when_everything_is_written(journal: Recorder) -> None:
    heard: list[tuple[SaveState, BaseException | None]] = []
    interview = Interview(
        stored(), BANK, load_policy(), journal, lambda state, error: heard.append((state, error))
    )
    interview.set_value("opener", 1)
    interview.set_value("opener", 2)
    journal.futures[0].set_result(None)
    assert [state for state, _error in heard] == [SaveState.SAVING, SaveState.SAVING]
    journal.futures[1].set_result(None)
    assert heard[-1] == (SaveState.SAVED, None)


def test_saved_is_never_heard_after_the_saving_of_what_came_next(journal: Recorder) -> None:
    """Or it would stand there while something isn't: whoever asks just then has to wait."""
    heard: list[SaveState] = []

    def listen(state: SaveState, _error: BaseException | None) -> None:
        if state is SaveState.SAVED and not asking.is_alive():
            asking.start()
            asking.join(0.2)  # comes to an end only if it may say something in between
        heard.append(state)

    interview = Interview(stored(), BANK, load_policy(), journal, listen)
    asking = Thread(target=interview.set_value, args=("opener", 2))
    interview.set_value("opener", 1)
    journal.futures[0].set_result(None)
    asking.join()
    assert heard == [SaveState.SAVING, SaveState.SAVED, SaveState.SAVING]


def test_prospects_answers_belong_to_the_assessment_and_move_no_axis(interview: Interview) -> None:
    before = interview.judgement.axes
    interview.set_value("my-ease", 4)
    assert interview.assessment.answers["my-ease"].level == 4
    assert interview.judgement.axes == before


# How firm it is


def known(interview: Interview) -> Firmness | None:
    return interview.firmness


def leans(interview: Interview) -> bool:
    return interview.leaning


def listed(journal: Recorder) -> bool:
    """Whether the list says "leaning"."""
    return journal.summaries[-1].leaning


def answer_all(interview: Interview) -> None:
    for question in interview.questions:
        interview.set_value(question.id, 4)


def test_firmness_is_known_once_it_was_found_and_until_an_answer_changes(
    interview: Interview,
) -> None:
    interview.set_value("opener", 4)
    assert known(interview) is None
    found = whole(interview.firming())
    assert known(interview) is found
    assert found == firmness(interview.assessment, BANK, load_policy())
    interview.set_note("opener", "Said twice.")
    interview.set_quote("opener", "Well now.")
    interview.set_field("restatement", "They are late.")
    interview.override(Override(Action.STAGE, "I know them.", TODAY))
    assert known(interview) is found, "none of these is an answer"
    interview.set_evidence("opener", Evidence.HUNCH)
    assert known(interview) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda interview: interview.set_value("opener", 1),
        lambda interview: interview.set_deal_breaker("no-budget", DealBreakerState.SUSPECTED),
        lambda interview: interview.set_form(Form.EVENT),
        lambda interview: interview.undo(),
    ],
)
def test_what_was_begun_before_a_change_is_not_taken_for_what_is_firm_after_it(
    interview: Interview, change: Callable[[Interview], object]
) -> None:
    interview.set_value("opener", 4)
    steps = interview.firming()
    next(steps)
    change(interview)
    whole(steps)
    assert known(interview) is None


def test_it_leans_until_one_is_known_to_know_enough_and_the_list_is_told_then(
    interview: Interview, journal: Recorder
) -> None:
    answer_all(interview)
    assert leans(interview)
    assert listed(journal)
    told = len(journal.summaries)
    assert whole(interview.firming()).enough
    assert not leans(interview)
    assert not listed(journal)
    whole(interview.firming())
    assert len(journal.summaries) == told + 1, "it is told once"
    interview.set_value("opener", None)
    assert listed(journal), "nothing is known of the new answers yet"


def test_while_it_leans_as_the_list_says_nothing_is_written(
    interview: Interview, journal: Recorder
) -> None:
    interview.set_value("opener", 4)
    told = len(journal.summaries)
    assert not whole(interview.firming()).enough
    assert len(journal.summaries) == told


def test_a_decision_of_ones_own_and_a_confirmed_deal_breaker_never_lean(
    interview: Interview, journal: Recorder
) -> None:
    interview.set_value("opener", 4)
    interview.override(Override(Action.STAGE, "I know them.", TODAY))
    assert not listed(journal)
    interview.override(None)
    assert listed(journal)
    interview.set_deal_breaker("no-budget", DealBreakerState.CONFIRMED)
    assert not listed(journal)


def test_finishing_finds_out_whether_it_leans(interview: Interview, journal: Recorder) -> None:
    answer_all(interview)
    told = len(journal.summaries)
    interview.finish()
    assert [summary.leaning for summary in journal.summaries[told:]] == [False]
    interview.reopen()
    interview.set_value("opener", None)
    interview.set_value("pace", None)
    interview.finish()
    assert listed(journal) is not whole(interview.firming()).enough


def test_what_the_list_said_holds_until_firmness_is_known_again(journal: Recorder) -> None:
    interview = Interview(stored(), BANK, load_policy(), journal)
    answer_all(interview)
    interview.finish()
    again = replace(
        stored(), assessment=interview.assessment, finished=True, summary=journal.summaries[-1]
    )
    reopened = Interview(again, BANK, load_policy(), journal)
    assert reopened.firmness is None
    assert not reopened.leaning
    decided = Override(Action.STAGE, "I know them.", TODAY)
    told = replace(journal.summaries[-1], leaning=False)
    by_decision = Interview(
        replace(again, assessment=replace(again.assessment, override=decided), summary=told),
        BANK,
        load_policy(),
        journal,
    )
    assert not leans(by_decision)
    by_decision.override(None)
    assert leans(by_decision), "what was decided said nothing of the answers"


def test_the_verdict_is_what_the_answers_come_to_and_follows_a_decision(
    interview: Interview,
) -> None:
    answer_all(interview)
    interview.set_deal_breaker("no-budget", DealBreakerState.SUSPECTED)
    verdict = interview.verdict
    assert verdict == reach_verdict(interview.assessment, BANK, load_policy())
    interview.override(Override(Action.PROCEED, "I know them.", TODAY))
    assert interview.verdict.flips is verdict.flips, "a decision changes no answer"
    assert interview.verdict.judgement.final == "proceed"
    assert interview.verdict == reach_verdict(interview.assessment, BANK, load_policy())
    interview.set_value("opener", 0)
    assert interview.verdict == reach_verdict(interview.assessment, BANK, load_policy())
