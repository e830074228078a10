"""Quiet mode: nothing on the screen that the prospect shouldn't read over the shoulder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import Axis, Evidence, Form
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.words import axis_name, bank_text, deal_breaker_text, evidence_name
from tests.ui.keyboard import press, type_
from tests.ui.reading import checked, readable
from tests.ui.showing import shown
from ui.context import Context
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage

Key = Qt.Key
PRIVATE = "zqprivate"


def begin(fitcheck: FitCheck, form: Form) -> Interview:
    """An interview in which everything private that there can be has been written."""
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist", email=f"{PRIVATE}@post"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, form))
    for index, question in enumerate(interview.questions):
        interview.set_value(question.id, index % 5)
        interview.set_evidence(question.id, Evidence.HUNCH)
        interview.set_note(question.id, f"{PRIVATE} note {index}")
        interview.set_quote(question.id, f"{PRIVATE} quote {index}")
    for field in ("in_their_words", "restatement", "presented_problem", "problem_now"):
        interview.set_field(field, f"{PRIVATE} {field}")
    for deal_breaker in interview.bank.deal_breakers[:2]:
        interview.set_deal_breaker(deal_breaker.id, DealBreakerState.SUSPECTED)
    interview.go_to(interview.questions[0].id)
    return interview


@pytest.fixture(params=[Form.EVENT, Form.FULL])
def interview(fitcheck: FitCheck, request: pytest.FixtureRequest) -> Interview:
    return begin(fitcheck, request.param)


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> InterviewPage:
    page = shown(qtbot, InterviewPage(context), interview)
    qtbot.waitUntil(lambda: not page.adviser.steps.running, timeout=30_000)
    if not page.quiet:
        press(Key.Key_F8)
    return page


def private_words(interview: Interview) -> list[str]:
    """What nobody but the consultant should read: names of things, and everything written."""
    words = [PRIVATE, "preset", "deal-breaker", "know enough", "So far", "peek", "Ask next"]
    words += [axis_name(axis) for axis in Axis]
    words += [evidence_name(kind) for kind in Evidence]
    words += [bank_text(question.facet.name) for question in interview.questions]
    words += [bank_text(question.why) for question in interview.questions]
    words += [bank_text(level) for question in interview.questions for level in question.levels]
    words += [deal_breaker_text(d.id, interview.bank) for d in interview.bank.deal_breakers]
    return words


def found(root: QWidget, interview: Interview) -> set[str]:
    """The private words that can be read; what is said aloud may hold any word, and is none."""
    said = {bank_text(text) for q in interview.questions for text in (q.say, *q.short)}
    texts = [text for text in readable(root) if text.split(": ", 1)[-1] not in said]
    texts = [text.casefold() for text in texts]
    return {
        word for word in private_words(interview) if any(word.casefold() in text for text in texts)
    }


def test_no_private_text_on_any_question(page: InterviewPage, interview: Interview) -> None:
    for _question in interview.questions:
        assert found(page, interview) == set()
        assert checked(page) == [page.body.head.quiet_chip]
        press(Key.Key_Right)


def test_the_same_walk_finds_it_all_without_quiet(
    page: InterviewPage, interview: Interview
) -> None:
    """The control: or the walk would find nothing anywhere."""
    page.resize(1800, 1000)
    press(Key.Key_F8)
    words = found(page, interview)
    missing = {PRIVATE, "preset", "deal-breaker", "know enough", "So far", "peek"} - words
    # No preset is a hunch, and hunches alone are never enough.
    assert missing <= {"preset", "know enough"}
    assert page.body.ask_card.firm.text() in readable(page)
    assert {axis_name(axis) for axis in Axis} <= words
    assert evidence_name(Evidence.HUNCH) in words
    assert checked(page) != [page.body.head.quiet_chip]


def test_the_question_stays_and_a_sign_says_that_it_is_quiet(
    page: InterviewPage, interview: Interview
) -> None:
    assert page.card.say.isVisible()
    assert page.card.say.text() == bank_text(interview.question.say)
    assert page.body.head.quiet_chip.isChecked()
    press(Key.Key_F8)
    assert not page.body.head.quiet_chip.isChecked()


def test_every_answering_key_works_and_is_confirmed_alike(
    page: InterviewPage, interview: Interview
) -> None:
    question = interview.question.id
    said = set()
    for key, value in ((Key.Key_5, 4), (Key.Key_2, 1), (Key.Key_U, Mark.UNKNOWN)):
        press(key)
        assert interview.answer(question).value == value
        said.add(page.body.foot.said.text())
    press(Key.Key_X)
    assert interview.answer(question).value is Mark.NOT_APPLICABLE
    press(Key.Key_3, Key.Key_E)
    assert interview.answer(question).evidence is Evidence.OBSERVED
    said.add(page.body.foot.said.text())
    assert len(said) == 1
    press(Key.Key_Backspace)
    assert interview.answer(question).evidence is Evidence.HUNCH
    assert page.body.foot.said.text() == "Undone."
    assert found(page, interview) == set()


def test_choosing_with_the_arrows_leaves_no_ring_on_what_was_chosen(
    page: InterviewPage, interview: Interview
) -> None:
    question = interview.question.id
    press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert interview.answer(question).level == 2
    assert page.card.answers.hasFocus()
    press(Key.Key_Return)
    assert interview.question.id != question


def test_keys_that_would_show_something_show_nothing(
    page: InterviewPage, interview: Interview
) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyPress(focused, Key.Key_P)
    assert not page.body.peek_card.isVisible()
    assert found(page, interview) == set()
    QTest.keyRelease(focused, Key.Key_P)
    for key in (Key.Key_W, Key.Key_D, Key.Key_G):
        press(key)
        assert QApplication.activeModalWidget() is None
        assert found(page, interview) == set()


def test_totals_stay_hidden_though_preferred_or_finished(
    page: InterviewPage, interview: Interview, context: Context
) -> None:
    fitcheck = context.fitcheck
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    interview.finish()
    page.enter()
    assert not page.body.totals.isVisible()
    assert found(page, interview) == set()


def test_a_note_opens_empty_and_what_is_typed_comes_beneath_what_stood(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    question = interview.question.id
    press(Key.Key_N)
    assert page.card.note.hasFocus()
    assert page.card.note.toPlainText() == ""
    type_("now")
    qtbot.waitUntil(lambda: interview.answer(question).note.endswith("now"))
    assert interview.answer(question).note == f"{PRIVATE} note 0\nnow"
    assert page.card.note.toPlainText() == "now"
    type_(" and then")
    press(Key.Key_Escape)
    assert interview.answer(question).note == f"{PRIVATE} note 0\nnow and then"
    assert not page.card.note.isVisible()
    press(Key.Key_N)
    assert page.card.note.toPlainText() == ""
    press(Key.Key_Escape)
    assert interview.answer(question).note == f"{PRIVATE} note 0\nnow and then"


def test_the_key_works_in_the_middle_of_a_word_and_loses_none(
    page: InterviewPage, interview: Interview
) -> None:
    question = interview.question.id
    press(Key.Key_Q)
    type_("we tr")
    press(Key.Key_F8)
    assert page.card.quote.hasFocus()
    assert page.card.quote.toPlainText() == f"{PRIVATE} quote 0\nwe tr"
    press(Key.Key_End, modifier=Qt.KeyboardModifier.ControlModifier)
    type_("ied")
    press(Key.Key_F8)
    assert page.card.quote.toPlainText() == ""
    press(Key.Key_Escape)
    assert interview.answer(question).quote == f"{PRIVATE} quote 0\nwe tried"
    assert found(page, interview) == set()


def test_going_quiet_in_a_field_beside_the_question_goes_back_to_the_answers(
    page: InterviewPage, interview: Interview
) -> None:
    press(Key.Key_F8)
    page.body.panel.words.setFocus()
    type_("!")
    press(Key.Key_F8)
    assert interview.assessment.prospect.in_their_words.count("!") == 1
    press(Key.Key_4)
    assert interview.answer(interview.question.id).level == 3


@pytest.mark.parametrize("form", [Form.EVENT, Form.FULL])
def test_the_event_form_starts_quiet_and_the_choice_is_remembered(
    window: MainWindow, fitcheck: FitCheck, form: Form
) -> None:
    first, other = begin(fitcheck, form), begin(fitcheck, form)
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    window.open_assessment(first.id)
    starts = form is Form.EVENT
    assert page.quiet is starts
    press(Key.Key_F8)
    window.open_assessment(other.id)
    assert page.quiet is starts
    window.open_assessment(first.id)
    assert page.quiet is not starts
    place = window.place()
    press(Key.Key_F8)
    window.stand_at(place)
    assert page.quiet is not starts


def test_nothing_private_in_the_whole_window_either(
    window: MainWindow, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    interview = begin(fitcheck, Form.EVENT)
    window.open_assessment(interview.id)
    press(Key.Key_3)
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")
    assert found(window, interview) == set()
    assert window.windowTitle() == "Petra Lindqvist – FitCheck"
