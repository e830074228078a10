"""The odds and the map: live, but out of sight until the interview is finished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.showing import shown
from ui.context import Context
from ui.pages.interview import InterviewPage
from ui.theme import make_theme

Key = Qt.Key


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))
    for question in interview.questions[:20]:
        interview.set_value(question.id, 4)
    return interview


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> InterviewPage:
    return shown(qtbot, InterviewPage(context), interview)


def _says_nothing(page: InterviewPage) -> bool:
    """Whether neither eye nor screen reader finds anything of the judgement."""
    views = (page.body.totals.view, page.body.peek_card)
    return all(
        not view.isVisible()
        and not view.sentence.text()
        and not view.axes.text()
        and not view.odds.accessibleDescription()
        and not view.map.accessibleDescription()
        for view in views
    )


def test_totals_are_hidden_and_the_page_says_why(page: InterviewPage) -> None:
    assert _says_nothing(page)
    assert "sway" in page.body.totals.why_hidden.text()
    assert page.body.totals.why_hidden.isVisible()


def test_holding_the_key_peeks_for_as_long_as_it_is_held(page: InterviewPage) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyPress(focused, Key.Key_P)
    peek = page.body.peek_card
    assert peek.isVisible()
    assert peek.sentence.text().startswith("Leaning to proceed")
    assert "Good" in peek.odds.accessibleDescription()
    QTest.keyRelease(focused, Key.Key_P)
    assert _says_nothing(page)


def test_the_button_peeks_by_press_and_hold(page: InterviewPage) -> None:
    button = page.body.totals.peek_button
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert page.body.peek_card.isVisible()
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert _says_nothing(page)


def test_a_peek_ends_with_the_page(page: InterviewPage) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyPress(focused, Key.Key_P)
    page.leave()
    assert _says_nothing(page)


def test_the_preference_shows_them_always_and_each_key_moves_them(
    page: InterviewPage, interview: Interview, fitcheck: FitCheck
) -> None:
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    page.enter()
    view = page.body.totals.view
    assert view.isVisible()
    before = view.axes.text()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Key.Key_1)
    assert interview.answer(interview.question.id).level == 0
    assert view.axes.text() != before


def test_once_finished_they_are_shown_and_after_reopening_no_longer(
    page: InterviewPage, interview: Interview
) -> None:
    for question in interview.questions:
        interview.set_value(question.id, 4)
    interview.finish()
    page.enter()
    assert page.body.totals.view.sentence.text().startswith("Proceed")
    interview.reopen()
    page.enter()
    assert _says_nothing(page)


def test_too_early_says_what_is_missing(page: InterviewPage, fitcheck: FitCheck) -> None:
    empty = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ole")), Form.FULL)
    page.set_interview(fitcheck.interview(empty))
    page.begin()
    QTest.keyPress(page.card.answers, Key.Key_P)
    assert page.body.peek_card.sentence.text() == "2 more answers are needed on chemistry."
    QTest.keyRelease(page.card.answers, Key.Key_P)


def test_a_new_look_is_drawn_at_once(page: InterviewPage, interview: Interview) -> None:
    interview.finish()
    page.enter()
    before = page.body.totals.view.odds.grab().toImage()
    page.context.theme = make_theme(dark=True)
    page.restyle()
    assert page.body.totals.view.odds.grab().toImage() != before


@pytest.mark.parametrize("size", [(1104, 660), (1600, 1000)])
def test_no_question_needs_scrolling(
    page: InterviewPage, interview: Interview, size: tuple[int, int]
) -> None:
    # 1104 by 660 is what a window of 1280 by 720 leaves to the page.
    page.resize(*size)
    scrolled = []
    for question in interview.questions:
        interview.go_to(question.id)
        page.enter()
        QApplication.processEvents()
        if page.body.card_area.verticalScrollBar().maximum():
            scrolled.append(question.id)
    assert scrolled == []


def test_in_little_room_the_outline_goes_first_and_nothing_is_cut(page: InterviewPage) -> None:
    page.resize(1104, 660)
    assert page.body.outline.isVisible()
    page.resize(500, 660)
    QApplication.processEvents()
    assert not page.body.outline.isVisible()
    area = page.body.card_area
    assert page.card.width() <= area.viewport().width() + area.horizontalScrollBar().maximum()
    for row in page.card.answers.rows:
        assert row.height() >= row.heightForWidth(row.width())
    assert page.body.panel.isVisible()
    assert page.body.panel.mapTo(page, QPoint(0, 0)).x() < 100, "it stands under the question"
    page.resize(1104, 660)
    QApplication.processEvents()
    assert page.body.panel.isVisible()
    assert page.body.panel.mapTo(page, QPoint(0, 0)).x() > 500, "it stands beside it again"
