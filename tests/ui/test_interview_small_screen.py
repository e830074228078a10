"""A screen of 1280 by 720, with text as usual and twice as large: every question, in every form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from tests.ui.layouts import left_behind
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.theme import apply_theme, make_theme

SCREEN = (1280, 720)
USUAL = 10.0


@pytest.fixture(params=[1, 2], ids=["100 %", "200 %"])
def scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """How large the text is, and as it was afterwards."""
    font = QFont(qapp.font())
    large = QFont(font)
    large.setPointSizeF(request.param * USUAL)
    qapp.setFont(large)
    apply_theme(qapp, make_theme())
    yield request.param
    qapp.setFont(font)
    apply_theme(qapp, make_theme())


def settled() -> None:
    """Have everything laid out: one layout's new size is the next one's event."""
    for _round in range(5):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def begun(window: MainWindow, fitcheck: FitCheck, form: Form) -> InterviewPage:
    window.resize(*SCREEN)
    id_ = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Petra Lindqvist")), form)
    window.open_assessment(id_)
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    page.begin()
    settled()
    assert (window.width(), window.height()) == SCREEN
    return page


def whole(widget: QWidget) -> bool:
    """Whether all of it is in sight, with the room that its text needs."""
    room = widget.visibleRegion().boundingRect()
    return room == widget.rect() and widget.height() >= widget.heightForWidth(widget.width())


@pytest.mark.parametrize("form", [Form.FULL, Form.EVENT], ids=["full", "event"])
@pytest.mark.parametrize("quiet", [False, True], ids=["open", "quiet"])
@pytest.mark.usefixtures("scale")
def test_each_question_is_in_sight_with_its_five_answers(
    window: MainWindow, fitcheck: FitCheck, form: Form, quiet: bool
) -> None:
    page = begun(window, fitcheck, form)
    interview = window.interview
    assert interview is not None
    if page.quiet is not quiet:
        page.body.head.quiet_chip.click()
    cut = []
    for number, question in enumerate(interview.questions):
        # The chosen answer is set in stronger type, which needs more room.
        interview.set_value(question.id, number % 5)
        interview.go_to(question.id)
        page.enter()
        settled()
        parts = (page.card.say, *page.card.answers.rows)
        if not all(whole(part) for part in parts):
            cut.append(question.id)
    assert len(interview.questions) == {Form.FULL: 36, Form.EVENT: 12}[form]
    assert cut == []


def test_the_question_comes_back_into_sight_after_a_note_and_after_quiet(
    scale: int, window: MainWindow, fitcheck: FitCheck
) -> None:
    page = begun(window, fitcheck, Form.FULL)
    parts = (page.card.say, *page.card.answers.rows)
    page.card.note_chip.click()
    settled()
    assert page.card.note.hasFocus()
    assert whole(page.card.note)
    QTest.keyClick(page.card.note, Qt.Key.Key_Escape)
    settled()
    assert all(whole(part) for part in parts)
    bar = page.body.card_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.body.head.quiet_chip.click()
    settled()
    assert all(whole(part) for part in parts)
    bar.setValue(bar.maximum())
    window.show_page("prospects")
    window.show_page("interview")
    settled()
    assert all(whole(part) for part in parts)
    assert (bar.maximum() > 0) is (scale == 2)


def test_no_text_of_question_and_answers_is_smaller_than_the_windows_own(
    scale: int, window: MainWindow, fitcheck: FitCheck
) -> None:
    page = begun(window, fitcheck, Form.FULL)
    interview = window.interview
    assert interview is not None
    for question in interview.questions:
        interview.go_to(question.id)
        page.enter()
        settled()
        assert page.card.say.font().pointSizeF() > scale * USUAL
        for row in page.card.answers.rows:
            assert row.painted_font().pointSizeF() >= scale * USUAL


def test_what_gave_way_is_in_a_menu_and_comes_back_with_the_room(
    scale: int, window: MainWindow, fitcheck: FitCheck
) -> None:
    page = begun(window, fitcheck, Form.FULL)
    head = page.body.head
    assert head.more_button.isVisible() is (scale == 2)
    assert head.undo_button.isVisible() is (scale == 1)
    page.set_value(_id(window), 2)
    head.more_button.menu().aboutToShow.emit()
    actions = head.more_button.menu().actions()
    assert [action.text() for action in actions if action.isEnabled()] == [
        "Undo",
        "Find",
        "Event form (12)",
        "Hand over…",
        "Quiet",
    ]
    actions[0].trigger()
    interview = window.interview
    assert interview is not None
    assert interview.answer(_id(window)).value is None
    next(action for action in actions if action.text() == "Quiet").trigger()
    assert page.quiet
    assert head.quiet_chip.isVisible()
    assert window.save_mark.isVisible()
    window.resize(1280 * scale, 900 * scale)
    settled()
    assert head.undo_button.isVisible()
    assert not head.more_button.isVisible()
    assert window.save_mark.isVisible()
    below = window.save_mark.mapTo(window, window.save_mark.rect().topLeft()).y()
    assert below > 800 * scale, "it stands at the foot again"
    assert left_behind() == []


def _id(window: MainWindow) -> str:
    assert window.interview is not None
    return window.interview.question.id
