"""Beside the question: what to ask next, by key and by mouse, and whether one knows enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import fitcheck.interview
from fitcheck.domain.assessment import Assessment, DealBreakerState, Prospect
from fitcheck.domain.bank import Bank, Form
from fitcheck.domain.firmness import Firmness, firmness
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.policy import Policy
from fitcheck.domain.steps import Steps
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.keyboard import press_in as press
from tests.ui.showing import shown
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.pages.interview import InterviewPage
from ui.widgets.ask_card import AskCard
from ui.widgets.asking import advice

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    for question in interview.questions[:6]:
        interview.set_value(question.id, 2)
    return interview


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> InterviewPage:
    return settled(qtbot, shown(qtbot, InterviewPage(context), interview))


def settled(qtbot: QtBot, page: InterviewPage) -> InterviewPage:
    """The page once all that is found out in idle time is known."""
    qtbot.waitUntil(lambda: not page.adviser.steps.running)
    return page


def card_of(page: InterviewPage) -> AskCard:
    return page.body.ask_card


def said(card: AskCard) -> str:
    """All that can be read or heard of the card, but for the questions' own words."""
    texts = [card.accessibleName(), card.heading.text(), card.reason.text(), card.firm.text()]
    for button in card.findChildren(QPushButton):
        texts += [button.text(), button.accessibleName()]
    return "\n".join(texts).lower()


def top(interview: Interview) -> str:
    assert interview.firmness is not None
    return interview.firmness.ask_next[0].question.id


def agrees(card: AskCard, interview: Interview) -> bool:
    """Whether the card shows what follows from the answers as they stand."""
    found = firmness(interview.assessment, interview.bank, interview.policy)
    wanted = advice(interview, found, totals=False)
    return not card.outdated and card.title.text() == wanted.asking[0].title


def outdated(card: AskCard) -> bool:
    return card.outdated


class Slow:
    """In place of the real computation: one that goes on until it is allowed to end."""

    def __init__(self) -> None:
        self.begun: list[Assessment] = []
        self.given_up = 0
        self.may_end = False

    def firming(
        self, assessment: Assessment, bank: Bank, policy: Policy, _judgement: Judgement
    ) -> Steps[Firmness]:
        self.begun.append(assessment)
        try:
            while not self.may_end:
                yield
        except GeneratorExit:
            self.given_up += 1
            raise
        return firmness(assessment, bank, policy)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, page: InterviewPage) -> Slow:
    """From now on nothing is found out until the test says so."""
    assert not page.adviser.steps.running
    slow = Slow()
    monkeypatch.setattr(fitcheck.interview, "firming", slow.firming)
    return slow


# Going there


def test_the_key_goes_to_the_question_to_ask_next(
    page: InterviewPage, interview: Interview
) -> None:
    wanted = top(interview)
    assert interview.question.id != wanted
    assert interview.bank.by_id[wanted].say in card_of(page).say.text()
    press(page, Key.Key_G)
    assert interview.question.id == wanted
    assert card_of(page).button.text() == "You are here"
    press(page, Key.Key_G)
    assert interview.question.id == wanted


def test_buttons_go_there_and_to_the_two_after_it(
    page: InterviewPage, interview: Interview
) -> None:
    assert interview.firmness is not None
    first, second, third = (ask.question.id for ask in interview.firmness.ask_next[:3])
    card = card_of(page)
    QTest.mouseClick(card.others[1], LEFT)
    assert interview.question.id == third
    QTest.mouseClick(card.others[0], LEFT)
    assert interview.question.id == second
    QTest.mouseClick(card.button, LEFT)
    assert interview.question.id == first


def test_it_never_forces(page: InterviewPage, interview: Interview) -> None:
    order = [question.id for question in interview.questions]
    press(page, Key.Key_Right)
    assert interview.question.id == order[1]
    press(page, Key.Key_3, Key.Key_Return)
    assert interview.question.id == order[2]


def test_after_the_last_question_of_the_event_form_it_goes_on_in_the_full_one(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    interview.set_form(Form.EVENT)
    for question in interview.questions:
        interview.set_value(question.id, 2)
    page.enter()
    settled(qtbot, page)
    assert card_of(page).button.text() == "Full form"
    wanted = top(interview)
    press(page, Key.Key_G)
    assert interview.assessment.form is Form.FULL
    assert interview.question.id == wanted


def test_the_event_form_asks_its_own_questions_first(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    interview.set_form(Form.EVENT)
    page.enter()
    settled(qtbot, page)
    press(page, Key.Key_G)
    assert interview.assessment.form is Form.EVENT
    assert Form.EVENT in interview.question.forms


# At the speed of the hand


def test_it_follows_the_answers(page: InterviewPage, interview: Interview, qtbot: QtBot) -> None:
    for _answer in range(3):
        press(page, Key.Key_G)
        answered = interview.question.id
        press(page, Key.Key_4)
        settled(qtbot, page)
        assert agrees(card_of(page), interview)
        assert top(interview) != answered


def test_what_is_shown_of_earlier_answers_is_marked_and_stays_where_it_is(
    page: InterviewPage, slow: Slow, qtbot: QtBot
) -> None:
    card = card_of(page)
    before = (card.title.text(), card.reason.text(), card.firm.text(), card.geometry())
    assert not outdated(card)
    press(page, Key.Key_1)
    QApplication.processEvents()
    assert (card.title.text(), card.reason.text(), card.firm.text(), card.geometry()) == before
    assert outdated(card)
    assert "worked out anew" in card.accessibleDescription()
    slow.may_end = True
    settled(qtbot, page)
    assert not outdated(card)
    assert "worked out anew" not in card.accessibleDescription()


def test_a_key_gives_up_what_was_begun_and_the_last_answers_count(
    page: InterviewPage, interview: Interview, slow: Slow, qtbot: QtBot
) -> None:
    found: list[None] = []
    page.adviser.found.connect(lambda: found.append(None))
    for key in (Key.Key_1, Key.Key_5, Key.Key_2):
        press(page, key)
        QApplication.processEvents()
    assert page.adviser.steps.running
    assert [a.answers[interview.question.id].level for a in slow.begun] == [0, 4, 1]
    assert slow.given_up == 2
    slow.may_end = True
    settled(qtbot, page)
    assert len(found) == 1
    assert agrees(card_of(page), interview)


def test_walking_along_and_taking_notes_begin_nothing_anew(
    page: InterviewPage, interview: Interview, slow: Slow
) -> None:
    press(page, Key.Key_1)
    QApplication.processEvents()
    press(page, Key.Key_Right, Key.Key_Left)
    interview.set_note(interview.question.id, "Said twice.")
    page.body.panel.field_kept.emit("restatement", "They are late.")
    QApplication.processEvents()
    assert (len(slow.begun), slow.given_up) == (1, 0)


def test_the_key_waits_for_what_is_being_found_out_unless_something_else_is_done(
    page: InterviewPage, interview: Interview, slow: Slow, qtbot: QtBot
) -> None:
    here = interview.question.id
    press(page, Key.Key_1, Key.Key_G, Key.Key_Right, Key.Key_Left)
    slow.may_end = True
    settled(qtbot, page)
    assert interview.question.id == here, "the wish was over with the next key"
    slow.may_end = False
    press(page, Key.Key_2, Key.Key_G)
    assert interview.question.id == here
    slow.may_end = True
    settled(qtbot, page)
    assert interview.question.id == top(interview)


def test_leaving_the_page_gives_it_up_and_coming_back_begins_again(
    page: InterviewPage, interview: Interview, slow: Slow, qtbot: QtBot
) -> None:
    press(page, Key.Key_1)
    seen = [page.adviser.steps.running]
    page.leave()
    seen.append(page.adviser.steps.running)
    page.enter()
    seen.append(page.adviser.steps.running)
    page.hide()
    seen.append(page.adviser.steps.running)
    assert seen == [True, False, True, False]
    slow.may_end = True
    page.show()
    settled(qtbot, page)
    assert agrees(card_of(page), interview)


@pytest.mark.usefixtures("slow")
def test_another_prospect_never_shows_beside_the_advice_on_the_one_before(
    page: InterviewPage, fitcheck: FitCheck
) -> None:
    other = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ole")), Form.FULL)
    page.set_interview(fitcheck.interview(other))
    page.enter()
    card = card_of(page)
    assert (card.title.text(), card.say.text(), card.reason.text()) == ("", "", "")
    assert card.firm.text() == "Working it out…"


# What it says


@pytest.mark.parametrize("level", [0, 4])
def test_nothing_shows_of_the_direction_while_totals_are_hidden(
    page: InterviewPage, interview: Interview, qtbot: QtBot, level: int
) -> None:
    for question in interview.questions[:24]:
        interview.set_value(question.id, level)
    page.enter()
    settled(qtbot, page)
    words = said(card_of(page))
    assert "you know enough" in words or "settled" in words
    assert not [word for word in ("proceed", "stage", "decline", "of 100") if word in words]


def test_that_one_knows_enough_stands_first_and_beside_the_finish(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    for question in interview.questions:
        interview.set_value(question.id, 4)
    page.refresh()
    settled(qtbot, page)
    card, foot = card_of(page), page.body.foot
    assert interview.firmness is not None
    assert interview.firmness.enough
    assert card.firm.geometry().bottom() < card.heading.mapTo(card, QPoint(0, 0)).y()
    assert card.accessibleDescription().startswith(card.firm.text())
    assert foot.open.text() == "You know enough"
    assert foot.finish_button.property("role") == "primary"
    assert foot.next_button.property("role") != "primary"
    press(page, Key.Key_F8)
    assert foot.open.text() == ""
    press(page, Key.Key_F8)
    foot.set_compact(True)
    page.refresh()
    assert foot.said.text() == "You know enough"


def test_with_totals_shown_it_says_how_firm_it_is(
    page: InterviewPage, fitcheck: FitCheck, interview: Interview, qtbot: QtBot
) -> None:
    assert "of 100 ways" not in card_of(page).firm.text()
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    page.enter()
    settled(qtbot, page)
    assert interview.firmness is not None
    assert interview.firmness.staying_power is not None
    assert "of 100 ways" in card_of(page).firm.text()


def test_totals_lean_until_it_is_known_that_one_knows_enough(
    page: InterviewPage, fitcheck: FitCheck, interview: Interview, slow: Slow, qtbot: QtBot
) -> None:
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    for question in interview.questions:
        interview.set_value(question.id, 4)
    page.enter()
    sentence = page.body.totals.view.sentence
    assert sentence.text().startswith("Leaning to proceed")
    slow.may_end = True
    settled(qtbot, page)
    assert sentence.text().startswith("Proceed")


def test_a_suspected_deal_breaker_comes_first_and_leads_to_the_question_that_clears_it(
    page: InterviewPage, interview: Interview, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    entry = interview.bank.deal_breaker_by_id["no-budget"]
    interview.set_deal_breaker(entry.id, DealBreakerState.SUSPECTED)
    page.enter()
    settled(qtbot, page)
    card = card_of(page)
    assert entry.ask in card.say.text()
    assert entry.text in card.reason.text()
    assert "deal-breaker must be cleared first" in card.firm.text()
    assert card.others[0].isVisible()

    def act(dialog: DealBreakersDialog) -> None:
        row = dialog.list.row(entry.id)
        qtbot.waitUntil(row.hasFocus)
        assert dialog.ask_aloud.text() == entry.ask
        QTest.keyClick(row, Key.Key_2)
        QTest.keyClick(dialog, Key.Key_Escape)

    when_asked(DealBreakersDialog, act)
    press(page, Key.Key_G)
    assert interview.assessment.deal_breakers[entry.id] is DealBreakerState.CLEARED
    page.activateWindow()
    settled(qtbot, page)
    assert agrees(card, interview)


def test_with_nothing_left_to_ask_the_key_does_nothing(
    page: InterviewPage, interview: Interview, qtbot: QtBot
) -> None:
    for question in interview.questions:
        interview.set_value(question.id, 4)
    page.enter()
    settled(qtbot, page)
    here = interview.question.id
    press(page, Key.Key_G)
    assert interview.question.id == here
    assert card_of(page).say.text() == "Every question has its answer."
    assert not any(button.isVisible() for button in card_of(page).others)
    assert "Settled" in card_of(page).firm.text()


# Seen and heard


@pytest.mark.parametrize("width", [1104, 700, 500])
def test_no_word_is_cut(page: InterviewPage, width: int) -> None:
    page.resize(width, 660)
    QApplication.processEvents()
    labels = [part for part in card_of(page).findChildren(QLabel) if part.isVisible()]
    assert len(labels) >= 5
    for part in labels:
        wanted = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
        assert part.height() >= wanted, part.text()
        assert part.wordWrap() or part.width() >= part.sizeHint().width(), part.text()


def test_everything_has_a_name_and_no_text_is_interpreted(page: InterviewPage) -> None:
    card = card_of(page)
    assert card.accessibleName() == "Ask next"
    for text in (card.title.text(), card.say.text(), card.reason.text(), card.firm.text()):
        assert text in card.accessibleDescription()
    for button in card.findChildren(QPushButton):
        assert button.accessibleName()
    assert {part.textFormat() for part in card.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
