"""The verdict: what it says, what can be done about it, and that it waits for the finish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, NextStep, Override, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.policy import Action
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.words import policy_note
from tests.ui.keyboard import press_in
from tests.ui.showing import shown
from ui.context import Context
from ui.dialogs.override import OverrideDialog
from ui.pages.verdict import VerdictPage
from ui.theme import make_theme
from ui.widgets.verdict_sheet import VerdictSheet

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    for number, question in enumerate(interview.questions):
        interview.set_value(question.id, 1 if number % 9 == 0 else 4)
        interview.set_evidence(question.id, Evidence.OBSERVED)
    interview.finish()
    return interview


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> VerdictPage:
    return shown(qtbot, VerdictPage(context), interview)


def sheet(page: VerdictPage) -> VerdictSheet:
    assert page.sheet is not None
    return page.sheet


def words(page: VerdictPage) -> str:
    """Everything that can be read on the page, and on its buttons."""
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    shown += [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    return "\n".join(shown)


def test_it_says_what_to_do_and_why_in_words(page: VerdictPage) -> None:
    assert sheet(page).sentence.text() == "Proceed: the odds favour working together."
    assert sheet(page).stance.text().startswith("Lead.")
    assert policy_note() in words(page)
    assert "Petra Lindqvist" in page.name.text()


def test_reasons_show_the_described_answers_strongest_first(
    page: VerdictPage, interview: Interview
) -> None:
    strongest = next(reason for reason in interview.judgement.reasons if reason.push < 0)
    text = "\n".join(label.text() for label in sheet(page).reasons_against.findChildren(QLabel))
    assert strongest.question.levels[1] in text
    assert f"−{abs(strongest.push):.1f}" in text
    assert len(sheet(page).reasons_for.rows) == 5


def test_every_reason_is_shown_on_demand_and_fewer_again(
    page: VerdictPage, interview: Interview
) -> None:
    pushing = sum(1 for reason in interview.judgement.reasons if reason.push > 0)
    QTest.mouseClick(sheet(page).all_button, LEFT)
    assert len(sheet(page).reasons_for.rows) == pushing
    QTest.mouseClick(sheet(page).all_button, LEFT)
    assert len(sheet(page).reasons_for.rows) == 5


def test_brakes_and_confirmed_deal_breakers_are_named(
    page: VerdictPage, interview: Interview
) -> None:
    interview.set_deal_breaker("no-budget", DealBreakerState.SUSPECTED)
    page.enter()
    assert "a suspected deal-breaker must be cleared first" in sheet(page).sentence.text()
    assert "They have no budget for even the smallest stage." in words(page)
    interview.set_deal_breaker("unpaid-work", DealBreakerState.CONFIRMED)
    page.enter()
    assert sheet(page).sentence.text() == "Decline: a deal-breaker is confirmed."
    assert "Confirmed deal-breaker: They demand work without pay." in words(page)


def test_the_next_step_stands_there(page: VerdictPage, interview: Interview) -> None:
    interview.set_field("next_step", NextStep("Book a meeting"))
    page.enter()
    assert "Book a meeting" in words(page)


# Too early, and not at all


def test_undecided_leads_to_the_question_that_is_missing(
    page: VerdictPage, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    prospect_id = fitcheck.add_prospect(Prospect("Ole Brandt"))
    early = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.EVENT))
    early.set_value(early.questions[0].id, 3)
    early.finish()
    page.set_interview(early)
    page.enter()
    assert "Too early" in sheet(page).sentence.text()
    assert "2 more answers are needed on trust." in words(page)
    button = sheet(page).missing_buttons[1]
    assert button.text() == "Ask about trust"
    with qtbot.waitSignal(page.go) as gone:
        QTest.mouseClick(button, LEFT)
    assert gone.args == ["interview"]
    assert early.question.axis == "trust"
    assert not early.finished


def test_with_nothing_answered_it_says_so(
    page: VerdictPage, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    prospect_id = fitcheck.add_prospect(Prospect("Ole Brandt"))
    page.set_interview(fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL)))
    page.enter()
    assert "Nothing to judge yet" in words(page)
    with qtbot.waitSignal(page.go) as gone:
        press_in(page, Key.Key_B)
    assert gone.args == ["interview"]


def test_it_waits_until_the_questions_are_finished(
    page: VerdictPage, interview: Interview, qtbot: QtBot
) -> None:
    interview.reopen()
    page.enter()
    assert "Still asking" in words(page)
    assert "Proceed" not in words(page)
    press_in(page, Key.Key_O)
    assert interview.assessment.override is None
    finish = next(b for b in page.findChildren(QAbstractButton) if b.text() == "Finish now")
    with qtbot.waitSignal(page.finish_asked):
        QTest.mouseClick(finish, LEFT)
    assert not interview.finished, "the gut comes first, which the window leads to"


# What can be done


def test_an_override_needs_a_reason_and_stands_beside_the_original(
    page: VerdictPage, interview: Interview, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    def act(dialog: OverrideDialog) -> None:
        dialog.choices[Action.DECLINE].setFocus()
        QTest.keyClick(dialog.choices[Action.DECLINE], Key.Key_Space)
        assert not dialog.keep_button.isEnabled()
        QTest.keyClicks(dialog.reason, "   ")
        assert not dialog.keep_button.isEnabled()
        QTest.keyClicks(dialog.reason, "We were at school together <b>")
        QTest.mouseClick(dialog.keep_button, LEFT)

    when_asked(OverrideDialog, act)
    press_in(page, Key.Key_O)
    override = Override(Action.DECLINE, "We were at school together <b>", fitcheck.today())
    assert interview.assessment.override == override
    assert sheet(page).sentence.text() == "Decline: you have decided so yourself."
    assert "FitCheck’s own recommendation was: Proceed." in words(page)
    assert override.reason in words(page)


def test_an_override_that_is_called_off_changes_nothing(
    page: VerdictPage, interview: Interview, when_asked: WhenAsked
) -> None:
    when_asked(OverrideDialog, lambda dialog: QTest.keyClick(dialog, Key.Key_Escape))
    QTest.mouseClick(page.override_button, LEFT)
    assert interview.assessment.override is None


def test_an_override_is_changed_from_what_it_was_and_removed(
    page: VerdictPage, interview: Interview, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    interview.override(Override(Action.STAGE, "Too fast for me", fitcheck.today()))
    page.enter()

    def act(dialog: OverrideDialog) -> None:
        assert dialog.reason.toPlainText() == "Too fast for me"
        assert dialog.choices[Action.STAGE].isChecked()
        QTest.mouseClick(dialog.keep_button, LEFT)

    when_asked(OverrideDialog, act)
    QTest.mouseClick(page.override_button, LEFT)
    remove = sheet(page).remove_button
    assert remove is not None
    QTest.mouseClick(remove, LEFT)
    assert interview.assessment.override is None
    assert sheet(page).sentence.text().startswith("Proceed")


@pytest.mark.parametrize(
    ("key", "where"),
    [(Key.Key_B, "interview"), (Key.Key_P, "plan"), (Key.Key_R, "report")],
)
def test_keys_lead_back_and_on(
    page: VerdictPage, interview: Interview, qtbot: QtBot, key: Key, where: str
) -> None:
    with qtbot.waitSignal(page.go) as gone:
        press_in(page, key)
    assert gone.args == [where]
    assert interview.finished is (where != "interview")


def test_a_new_look_is_drawn_at_once(page: VerdictPage) -> None:
    before = sheet(page).grab().toImage()
    page.context.theme = make_theme(dark=True)
    page.restyle()
    assert sheet(page).grab().toImage() != before


def test_making_the_sheet_anew_leaves_the_window_in_front(page: VerdictPage) -> None:
    # A part that is shown before it has its place would be a window of its own for a moment.
    page.restyle()
    QApplication.processEvents()
    assert QApplication.activeWindow() is page
    assert len([w for w in QApplication.topLevelWidgets() if w.isVisible()]) == 1


def test_every_label_is_plain_text(page: VerdictPage) -> None:
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_every_control_has_a_name(page: VerdictPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []
