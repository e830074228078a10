"""What is typed beside and under a question: kept by itself, and never taken for a key."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import NextStep, Prospect
from fitcheck.domain.bank import Form
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui import keyboard
from tests.ui.keyboard import type_
from tests.ui.showing import shown
from ui.context import Context
from ui.pages.interview import InterviewPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    return fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> InterviewPage:
    return shown(qtbot, InterviewPage(context), interview)


def press(key: Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    keyboard.press(key, modifier=modifier)


def test_a_note_opens_focused_keeps_itself_and_takes_every_letter(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    question = interview.question.id
    press(Key.Key_N)
    assert page.card.note.hasFocus()
    assert page.card.care.isVisible()
    type_("1 quaxedu/ P")
    press(Key.Key_Left)
    press(Key.Key_Backspace)
    assert page.card.note.toPlainText() == "1 quaxedu/P"
    qtbot.waitUntil(lambda: interview.answer(question).note == "1 quaxedu/P")
    assert interview.answer(question).value is None
    assert interview.question.id == question
    assert not page.body.peek_card.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Key.Key_Return, CONTROL)],
)
def test_escape_and_control_enter_lead_back_to_the_answers(
    page: InterviewPage,
    interview: Interview,
    key: Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    question = interview.question.id
    press(Key.Key_Q)
    assert page.card.quote.hasFocus()
    type_("We tried twice.")
    press(key, modifier)
    assert interview.answer(question).quote == "We tried twice."
    assert not interview.finished
    press(Key.Key_2)
    assert interview.answer(question).level == 1
    assert interview.answer(question).quote == "We tried twice."


def test_leaving_the_question_keeps_the_note_where_it_was_written(
    page: InterviewPage, interview: Interview
) -> None:
    first = interview.question.id
    press(Key.Key_N)
    type_("belongs to the first")
    QTest.mouseClick(page.body.foot.next_button, Qt.MouseButton.LeftButton)
    assert interview.question.id != first
    assert interview.answer(first).note == "belongs to the first"
    assert interview.answer(interview.question.id).note == ""
    assert not page.card.note.isVisible()


def test_leaving_the_page_keeps_what_is_being_typed(
    page: InterviewPage, interview: Interview
) -> None:
    page.body.panel.words.setFocus()
    type_("Nobody finds anything")
    assert page.leave()
    assert interview.assessment.prospect.in_their_words == "Nobody finds anything"


def test_another_interview_does_not_get_the_words_of_the_last(
    page: InterviewPage, interview: Interview, fitcheck: FitCheck
) -> None:
    other = fitcheck.interview(
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ole Brandt")), Form.FULL)
    )
    page.body.panel.heard.setFocus()
    type_("You want quiet")
    page.set_interview(other)
    assert interview.assessment.conversation.restatement == "You want quiet"
    assert other.assessment.conversation.restatement == ""
    assert page.body.panel.heard.toPlainText() == ""
    assert page.body.head.name.text() == "Ole Brandt"


def test_showing_a_question_is_not_editing_it(page: InterviewPage, interview: Interview) -> None:
    press(Key.Key_N)
    type_("note")
    press(Key.Key_Escape)
    before = interview.assessment
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Right, Key.Key_Left):
        press(key)
    page.enter()
    assert interview.assessment == before
    assert page.card.note.toPlainText() == "note"


def test_a_note_undoes_like_everything_else(page: InterviewPage, interview: Interview) -> None:
    question = interview.question.id
    press(Key.Key_N)
    type_("a slip")
    press(Key.Key_Escape)
    press(Key.Key_Backspace)
    assert interview.answer(question).note == ""
    assert page.card.note.toPlainText() == ""


def test_the_restatement_is_confirmed_with_its_date(
    page: InterviewPage, interview: Interview, fitcheck: FitCheck
) -> None:
    panel = page.body.panel
    assert not panel.confirm.isEnabled()
    page.now = lambda: dt.time(9, 5)
    panel.heard.setFocus()
    type_("You want one house")
    assert panel.confirm.isEnabled()
    QTest.mouseClick(panel.confirm, Qt.MouseButton.LeftButton, pos=_indicator(panel.confirm))
    conversation = interview.assessment.conversation
    assert conversation.restatement == "You want one house"
    assert conversation.confirmed_on == fitcheck.today()
    assert panel.confirm.text() == "Confirmed on 21 November 2026, 09:05"


def test_what_was_confirmed_is_open_again_once_it_reads_otherwise(
    page: InterviewPage, interview: Interview, fitcheck: FitCheck
) -> None:
    interview.set_field("restatement", "You want one house")
    interview.confirm_restatement(fitcheck.today())
    page.enter()
    page.body.panel.heard.setFocus()
    type_("X")
    page.body.flush()
    assert interview.assessment.conversation.confirmed_on is None
    assert not page.body.panel.confirm.isChecked()


def test_the_next_step_holds_what_and_when(page: InterviewPage, interview: Interview) -> None:
    panel = page.body.panel
    panel.next_what.setFocus()
    type_("Send the outline")
    press(Key.Key_Return)
    assert interview.assessment.conversation.next_step == NextStep("Send the outline")
    QTest.mouseClick(panel.next_dated, Qt.MouseButton.LeftButton, pos=_indicator(panel.next_dated))
    assert interview.assessment.conversation.next_step.when == dt.date(2026, 11, 28)
    panel.next_date.setDate(QDate(2026, 12, 1))
    assert interview.assessment.conversation.next_step == NextStep(
        "Send the outline", dt.date(2026, 12, 1)
    )


def test_why_it_is_asked_is_shown_on_demand_and_stays(
    page: InterviewPage, interview: Interview
) -> None:
    assert not page.card.why.isVisible()
    press(Key.Key_W)
    press(Key.Key_Right)
    assert page.card.why.isVisible()
    assert page.card.why.text() == interview.question.why


def test_a_persons_text_is_never_interpreted(page: InterviewPage, fitcheck: FitCheck) -> None:
    sly = fitcheck.interview(
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("<h1>Eve</h1>")), Form.FULL)
    )
    page.set_interview(sly)
    assert page.body.head.name.text() == "<h1>Eve</h1>"
    formats = {label.textFormat() for label in page.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_every_control_has_a_name(page: InterviewPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def _indicator(button: QAbstractButton) -> QPoint:
    """Where a check box is clicked by someone who aims at its box."""
    return QPoint(12, button.height() // 2)
