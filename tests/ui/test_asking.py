"""What to ask next and whether one knows enough, in values and words: no window needed."""

from __future__ import annotations

import pytest

from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.steps import whole
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from ui.widgets import asking
from ui.widgets.asking import Advice, advice


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    for question in interview.questions[:12]:
        interview.set_value(question.id, 3)
        interview.set_evidence(question.id, Evidence.OBSERVED)
    return interview


def advised(interview: Interview, *ids: str, again: bool = False) -> Advice:
    """The advice where these questions are to be asked, each with one chance in three."""
    found = Firmness(
        open=len(ids),
        settled=False,
        reachable=(Recommendation.PROCEED, Recommendation.STAGE),
        staying_power=0.8,
        ask_next=tuple(Ask(interview.bank.by_id[id_], 1 / 3, again) for id_ in ids),
        enough=False,
    )
    return advice(interview, found, totals=False)


def ids(interview: Interview) -> list[str]:
    return [question.id for question in interview.questions]


def test_the_first_is_asked_next_and_the_others_after_that(interview: Interview) -> None:
    shown = advised(interview, *ids(interview)[20:30]).asking
    assert [entry.question for entry in shown] == ids(interview)[20:23]
    assert shown[0].title.startswith("21 · ")
    assert shown[0].reason == "Ask this next: one in three that it changes my recommendation."
    assert shown[1].reason == "After that: one in three that it changes my recommendation."
    assert shown[0].say == interview.bank.by_id[ids(interview)[20]].say


def test_hunches_and_what_could_not_be_told_are_marked(interview: Interview) -> None:
    last = ids(interview)[-1]
    interview.set_value(last, Mark.UNKNOWN)
    (unknown,) = advised(interview, last).asking
    assert unknown.again
    assert unknown.reason.startswith("You couldn’t tell yet. Ask this next")
    (hunch,) = advised(interview, ids(interview)[0], again=True).asking
    assert hunch.again
    assert "only a hunch" in hunch.reason
    (open_one,) = advised(interview, ids(interview)[20]).asking
    assert not open_one.again


def test_the_question_in_hand_is_known_as_such(interview: Interview) -> None:
    interview.go_to(ids(interview)[20])
    shown = advised(interview, *ids(interview)[20:22]).asking
    assert [entry.here for entry in shown] == [True, False]


def test_the_form_in_use_comes_first_and_others_are_marked(interview: Interview) -> None:
    only_full = next(q.id for q in interview.questions if Form.EVENT not in q.forms)
    on_both = next(q.id for q in interview.questions if Form.EVENT in q.forms)
    interview.set_form(Form.EVENT)
    shown = advised(interview, only_full, on_both).asking
    assert [(entry.question, entry.elsewhere) for entry in shown] == [
        (on_both, False),
        (only_full, True),
    ]
    stood = []
    for question_id in (on_both, only_full):
        asking.go_to(interview, question_id)
        stood.append((interview.question.id, interview.assessment.form))
    assert stood == [(on_both, Form.EVENT), (only_full, Form.FULL)]


def test_suspicions_come_first_in_the_order_of_the_bank(interview: Interview) -> None:
    first, second = interview.bank.deal_breakers[:2]
    for entry in (second, first):
        interview.set_deal_breaker(entry.id, DealBreakerState.SUSPECTED)
    shown = advised(interview, *ids(interview)[20:24]).asking
    assert [entry.deal_breaker for entry in shown] == [first.id, second.id, ""]
    assert shown[0].say == first.ask
    assert shown[2].reason.startswith("After that")


def test_once_a_deal_breaker_is_confirmed_suspicions_matter_no_more(interview: Interview) -> None:
    first, second = interview.bank.deal_breakers[:2]
    interview.set_deal_breaker(first.id, DealBreakerState.SUSPECTED)
    interview.set_deal_breaker(second.id, DealBreakerState.CONFIRMED)
    shown = advised(interview, *ids(interview)[20:24]).asking
    assert [entry.deal_breaker for entry in shown] == ["", "", ""]


def test_too_early_it_says_what_is_missing(fitcheck: FitCheck) -> None:
    prospect_id = fitcheck.add_prospect(Prospect("Ole Brandt"))
    early = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    found = whole(early.firming())
    for totals in (False, True):
        assert "more answers are needed on" in advice(early, found, totals=totals).firm
    assert "too early for a recommendation" in advice(early, found, totals=False).asking[0].reason
    assert advice(early, found, totals=False).asking[1].reason == ""
