"""The verdict: how firm it is, what to ask next, what would change it, what to be careful about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, Override, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.policy import Action
from fitcheck.exchange.demo import load_demo
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.firm_words import (
    firmness_sentences,
    flip_sentence,
    warning_sentence,
)
from reports.gap_chart import gaps_text
from reports.verdict_words import gap_sentences, to_proceed_sentences
from tests.ui.showing import shown
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.pages.verdict import VerdictPage
from ui.widgets.change_list import SentenceList
from ui.widgets.verdict_parts import nearest_first
from ui.widgets.verdict_sheet import VerdictSheet

LEFT = Qt.MouseButton.LeftButton
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]
Show = Callable[[Interview], VerdictPage]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    """Shows the verdict on an interview, and waits until all of it is known."""

    def show(interview: Interview) -> VerdictPage:
        page = shown(qtbot, VerdictPage(context), interview)
        qtbot.waitUntil(lambda: not page.steps.running)
        return page

    return show


def demonstrated(fitcheck: FitCheck, name: str) -> Interview:
    """The finished interview of one of the demonstration's prospects, as from a book."""
    (assessment,) = (a for a in load_demo() if a.prospect.name == name)
    return fitcheck.interview(fitcheck.add_assessment(assessment))


def halfway(fitcheck: FitCheck) -> Interview:
    """Finished after six answers, with nothing yet that would be firm."""
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    for question in interview.questions[:6]:
        interview.set_value(question.id, 2)
        interview.set_evidence(question.id, Evidence.OBSERVED)
    interview.finish()
    return interview


def sheet(page: VerdictPage) -> VerdictSheet:
    assert page.sheet is not None
    return page.sheet


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def shown_first(qtbot: QtBot, context: Context, interview: Interview) -> VerdictPage:
    """The page as it is painted first: hidden as yet, it finds nothing out."""
    page = VerdictPage(context)
    qtbot.addWidget(page)
    page.set_interview(interview)
    return page


# At once, and later


def test_what_takes_time_follows_what_is_painted_at_once(
    fitcheck: FitCheck, context: Context, qtbot: QtBot
) -> None:
    interview = demonstrated(fitcheck, "Paul Whitcombe")
    page = shown_first(qtbot, context, interview)
    assert sheet(page).sentence.text().startswith("Stage the work")
    assert sheet(page).reasons_for.rows
    assert "Working out" in sheet(page).firm.said.text()
    assert not sheet(page).firm.said.isEnabled()
    assert sheet(page).changes is None
    first = sheet(page)
    page.show()
    qtbot.waitUntil(lambda: first.changes is not None)
    assert sheet(page) is first, "it is added to, not made anew"
    assert "Working out" not in sheet(page).firm.said.text()


def test_once_it_is_known_it_is_all_there_at_once(show: Show, interview_done: Interview) -> None:
    page = show(interview_done)
    page.enter()
    assert not page.steps.running
    assert sheet(page).changes is not None


@pytest.fixture
def interview_done(fitcheck: FitCheck) -> Interview:
    return demonstrated(fitcheck, "Paul Whitcombe")


def test_leaving_gives_it_up(context: Context, qtbot: QtBot, interview_done: Interview) -> None:
    page = shown_first(qtbot, context, interview_done)
    page.show()
    seen = [page.steps.running]
    page.leave()
    seen.append(page.steps.running)
    page.enter()
    page.hide()
    seen.append(page.steps.running)
    assert seen == [True, False, False]
    assert interview_done.known_verdict is None
    page.show()
    qtbot.waitUntil(lambda: sheet(page).changes is not None)


# How firm it is


def test_it_says_how_firm_it_is_and_what_it_could_become(fitcheck: FitCheck, show: Show) -> None:
    interview = halfway(fitcheck)
    page = show(interview)
    assert interview.firmness is not None
    staying, reachable = firmness_sentences(interview.assessment, interview.firmness)
    assert sheet(page).firm.said.text() == staying
    assert sheet(page).firm.reachable.text() == reachable
    assert sheet(page).sentence.text().startswith("Leaning")


def test_an_old_book_that_said_leaning_is_put_right(
    fitcheck: FitCheck, context: Context, qtbot: QtBot
) -> None:
    done = halfway(fitcheck)
    done.reopen()
    for question in done.questions:
        done.set_value(question.id, 4)
    # As the last version that knew nothing of firmness left it: finished, and leaning.
    fitcheck._book.set_finished(done.id, True, done._summary()).result()
    interview = fitcheck.interview(done.id)
    page = shown_first(qtbot, context, interview)
    assert sheet(page).sentence.text().startswith("Leaning to proceed")
    page.show()
    qtbot.waitUntil(lambda: sheet(page).changes is not None)
    assert sheet(page).sentence.text().startswith("Proceed")


def test_beside_a_decision_of_ones_own_stands_how_firm_the_recommendation_was(
    fitcheck: FitCheck, show: Show
) -> None:
    interview = halfway(fitcheck)
    interview.override(Override(Action.DECLINE, "I know them.", fitcheck.today()))
    page = show(interview)
    assert sheet(page).sentence.text() == "Decline: you have decided so yourself."
    assert "of 100 ways" in sheet(page).firm.said.text()


# What to ask next


def test_what_to_ask_next_leads_to_the_question(
    fitcheck: FitCheck, show: Show, qtbot: QtBot
) -> None:
    interview = halfway(fitcheck)
    page = show(interview)
    assert interview.firmness is not None
    second = interview.firmness.ask_next[1].question
    asks = sheet(page).asks
    assert asks is not None
    assert len(asks.buttons) == 3
    assert f"“{second.say}”" in texts(asks)
    with qtbot.waitSignal(page.go) as gone:
        QTest.mouseClick(asks.buttons[1], LEFT)
    assert gone.args == ["interview"]
    assert interview.question == second
    assert not interview.finished


def test_after_the_event_form_it_leads_on_into_the_full_one(
    fitcheck: FitCheck, show: Show, qtbot: QtBot
) -> None:
    interview = demonstrated(fitcheck, "Leila Haddad")
    interview.override(None)
    page = show(interview)
    asks = sheet(page).asks
    assert asks is not None
    assert asks.buttons[0].text() == "Ask it in the full form"
    with qtbot.waitSignal(page.go):
        QTest.mouseClick(asks.buttons[0], LEFT)
    assert interview.assessment.form is Form.FULL
    assert Form.EVENT not in interview.question.forms


def test_a_suspected_deal_breaker_is_to_be_cleared_first(
    fitcheck: FitCheck, show: Show, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    interview = demonstrated(fitcheck, "Paul Whitcombe")
    interview.set_deal_breaker("no-budget", DealBreakerState.SUSPECTED)
    page = show(interview)
    asks = sheet(page).asks
    assert asks is not None
    assert interview.bank.deal_breaker_by_id["no-budget"].ask in texts(asks)[1]

    def act(dialog: DealBreakersDialog) -> None:
        row = dialog.list.row("no-budget")
        qtbot.waitUntil(row.hasFocus)
        QTest.keyClick(row, Qt.Key.Key_2)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(DealBreakersDialog, act)
    QTest.mouseClick(asks.buttons[0], LEFT)
    assert interview.assessment.deal_breakers["no-budget"] is DealBreakerState.CLEARED
    qtbot.waitUntil(lambda: not page.steps.running)
    assert sheet(page).asks is None, "every question has its answer"


# What would change it


def test_the_single_answers_that_would_change_it_are_named_nearest_first(
    show: Show, interview_done: Interview
) -> None:
    page = show(interview_done)
    changes = sheet(page).changes
    assert changes is not None
    verdict = interview_done.verdict
    assert len(verdict.flips) == 2
    said = texts(changes.flips)
    for flip in nearest_first(verdict.flips):
        assert flip_sentence(flip) in said
    assert changes.to_proceed is not None
    for sentence in to_proceed_sentences(interview_done.policy, verdict):
        assert sentence in texts(changes.to_proceed)


def test_nothing_is_said_of_what_it_takes_to_proceed_where_it_is_to_proceed(
    fitcheck: FitCheck, show: Show
) -> None:
    changes = sheet(show(demonstrated(fitcheck, "Tom Ashdown"))).changes
    assert changes is not None
    assert changes.to_proceed is None
    assert "No single answer would change it." in texts(changes.flips)


def test_while_it_is_too_early_nothing_would_change_it(fitcheck: FitCheck, show: Show) -> None:
    page = show(demonstrated(fitcheck, "Jonas Feld"))
    assert sheet(page).changes is None
    assert sheet(page).asks is not None


def test_the_rest_of_a_list_comes_at_the_press_of_a_button(qtbot: QtBot) -> None:
    made = SentenceList("One other answer", ["a", "b", "c", "d", "e"], 3)
    qtbot.addWidget(made)
    made.show()
    assert [line.isVisible() for line in made.lines] == [True, True, True, False, False]
    assert made.more_button.text() == "2 more"
    QTest.mouseClick(made.more_button, LEFT)
    assert all(line.isVisible() for line in made.lines)
    QTest.mouseClick(made.more_button, LEFT)
    assert sum(line.isVisible() for line in made.lines) == 3


def test_a_short_list_has_no_button(qtbot: QtBot) -> None:
    made = SentenceList("One other answer", ["a"], 3)
    qtbot.addWidget(made)
    made.show()
    assert not made.more_button.isVisible()


# How far the answers carry


def test_every_warning_has_its_sentence(fitcheck: FitCheck, show: Show) -> None:
    interview = demonstrated(fitcheck, "Jonas Feld")
    said = texts(sheet(show(interview)))
    assert interview.judgement.warnings
    for warning in interview.judgement.warnings:
        assert warning_sentence(warning) in said


def test_without_warnings_there_is_no_such_part(fitcheck: FitCheck, show: Show) -> None:
    assert "What to be careful about" not in texts(
        sheet(show(demonstrated(fitcheck, "Tom Ashdown")))
    )


def test_the_two_views_are_drawn_and_told(fitcheck: FitCheck, show: Show) -> None:
    interview = demonstrated(fitcheck, "Ines Correia")
    part = sheet(show(interview)).gaps
    assert part is not None
    assert part.chart.accessibleDescription() == gaps_text(interview.judgement.gaps)
    assert gap_sentences(interview.judgement)
    for sentence in gap_sentences(interview.judgement):
        assert sentence in texts(part.widest)


def test_without_the_prospects_own_answers_there_are_no_two_views(
    show: Show, interview_done: Interview
) -> None:
    assert sheet(show(interview_done)).gaps is None


# Seen and heard


@pytest.mark.parametrize("name", ["Paul Whitcombe", "Ines Correia", "Leila Haddad", "Jonas Feld"])
def test_everything_has_a_name_and_no_text_is_interpreted(
    fitcheck: FitCheck, show: Show, name: str
) -> None:
    made = sheet(show(demonstrated(fitcheck, name)))
    assert {part.textFormat() for part in made.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    for button in made.findChildren(QAbstractButton):
        assert button.text() or button.accessibleName()


@pytest.mark.parametrize("width", [1100, 620])
def test_no_word_is_cut(fitcheck: FitCheck, show: Show, qtbot: QtBot, width: int) -> None:
    page = show(demonstrated(fitcheck, "Leila Haddad"))
    page.resize(width, 660)

    def cut() -> list[str]:
        labels = [part for part in sheet(page).findChildren(QLabel) if part.isVisible()]
        assert len(labels) > 40
        return [
            part.text()
            for part in labels
            if part.wordWrap() and part.height() < part.heightForWidth(part.width())
        ]

    # The layout runs in the event loop.
    qtbot.waitUntil(lambda: sheet(page).width() <= width and not cut())
