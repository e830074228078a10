"""The card that opens an interview, and what is agreed, heard and confirmed, by keyboard only."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Conversation, Prospect
from fitcheck.domain.bank import Form
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY
from tests.ui.keyboard import press, type_
from tests.ui.reading import readable
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=[Form.EVENT, Form.FULL])
def interview(fitcheck: FitCheck, window: MainWindow, request: pytest.FixtureRequest) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect_id, request.param))
    assert window.interview is not None
    return window.interview


def page_of(window: MainWindow) -> InterviewPage:
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    return page


def test_it_opens_an_interview_without_answers_and_enter_begins(
    window: MainWindow, interview: Interview
) -> None:
    page = page_of(window)
    assert page.opening.isVisible()
    assert not page.body.isVisible()
    texts = " ".join(readable(page.opening))
    for said in ("a no is fine", "I take notes, they stay on this laptop, and you may see them"):
        assert said in texts
    # The question isn't seen yet, so none is answered.
    press(Key.Key_4)
    assert interview.assessment.answers == {}
    press(Key.Key_Return)
    assert page.card.say.isVisible()
    press(Key.Key_4)
    assert interview.answer(interview.question.id).level == 3


def test_it_does_not_come_again_once_something_is_answered(
    window: MainWindow, interview: Interview, qtbot: QtBot
) -> None:
    page = page_of(window)
    press(Key.Key_Return, Key.Key_2)
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")
    window.open_assessment(interview.id)
    assert page.card.say.isVisible()
    press(Key.Key_A)
    assert page.opening.isVisible()
    press(Key.Key_Return)
    assert page.card.say.isVisible()


def test_agendas_and_time_are_kept_whatever_the_way_on(
    window: MainWindow, interview: Interview, qtbot: QtBot
) -> None:
    page = page_of(window)
    page.opening.fields["their_agenda"].setFocus()
    type_("2 offers by June")
    press(Key.Key_Return)
    type_("Who decides")
    press(Key.Key_Return)
    type_("Half an hour")
    press(Key.Key_Return, Key.Key_Return)
    assert page.card.say.isVisible()
    talk = interview.assessment.conversation
    kept = (talk.their_agenda, talk.my_agenda, talk.time_agreed)
    assert kept == ("2 offers by June", "Who decides", "Half an hour")
    assert interview.assessment.answers == {}
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")
    window.open_assessment(interview.id)
    assert window.interview is not None
    assert window.interview.assessment.conversation == talk
    assert page.opening.isVisible()
    assert page.opening.fields["their_agenda"].toPlainText() == "2 offers by June"


@pytest.mark.usefixtures("interview")
def test_the_fields_of_the_card_are_reached_with_tab(window: MainWindow) -> None:
    page = page_of(window)
    reached = set()
    for _step in range(30):
        press(Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert reached >= {*page.opening.fields.values(), page.opening.begin_button}


def test_leaving_keeps_what_is_being_typed_on_the_card(
    window: MainWindow, interview: Interview
) -> None:
    page_of(window).opening.fields["my_agenda"].setFocus()
    type_("The real cause")
    window.show_page("prospects")
    assert interview.assessment.conversation.my_agenda == "The real cause"


def test_what_lies_behind_the_presented_problem_is_kept_beside_it(
    window: MainWindow, interview: Interview
) -> None:
    page = page_of(window)
    press(Key.Key_Return)
    if page.quiet:
        press(Key.Key_F8)
    page.body.panel.presented.setFocus()
    type_("A new website")
    press(Key.Key_Tab)
    assert page.body.panel.now.hasFocus()
    type_("No one answers the phone")
    press(Key.Key_Escape)
    talk = interview.assessment.conversation
    assert (talk.presented_problem, talk.problem_now) == (
        "A new website",
        "No one answers the phone",
    )
    press(Key.Key_3)
    assert interview.answer(interview.question.id).level == 2


def test_a_confirmation_carries_day_and_time_until_what_was_heard_changes(
    window: MainWindow, interview: Interview
) -> None:
    page = page_of(window)
    page.now = lambda: dt.time(14, 5, 33)
    press(Key.Key_Return)
    if page.quiet:
        press(Key.Key_F8)
    page.body.panel.heard.setFocus()
    type_("You want calm")
    press(Key.Key_Tab, Key.Key_Space)
    talk = interview.assessment.conversation
    assert (talk.confirmed_on, talk.confirmed_at) == (TODAY, dt.time(14, 5))
    assert page.body.panel.confirm.text() == "Confirmed on 21 November 2026, 14:05"
    page.body.panel.heard.setFocus()
    type_(" and order")
    press(Key.Key_Escape)
    talk = interview.assessment.conversation
    assert (talk.confirmed_on, talk.confirmed_at) == (None, None)


def test_what_was_agreed_goes_through_a_file_and_old_files_stay_valid(
    interview: Interview,
) -> None:
    interview.set_field("restatement", "You want calm")
    interview.confirm_restatement(TODAY, dt.time(9, 30, 12))
    interview.set_field("their_agenda", "Two offers")
    interview.set_field("time_agreed", "An hour")
    data = write_assessment(interview.assessment)
    assert data["conversation"]["confirmed_at"] == "09:30"
    again = read_assessment(json.dumps(data).encode())
    assert again.conversation == interview.assessment.conversation
    # A file of before knows neither a time nor agendas.
    data["conversation"] = {"restatement": "You want calm", "confirmed_on": "2026-11-21"}
    old = read_assessment(json.dumps(data).encode())
    assert old.conversation == Conversation("You want calm", TODAY)
