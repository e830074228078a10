"""The interview by keys and by mouse, over a real book: answering, moving about, finishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.showing import shown
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.pages.interview import InterviewPage
from ui.widgets.answer_list import AnswerRow
from ui.widgets.standing import State

Key = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    return fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> InterviewPage:
    return shown(qtbot, InterviewPage(context), interview)


@pytest.fixture
def press(qtbot: QtBot, page: InterviewPage) -> Callable[..., None]:
    """Press keys where the focus is, as a person does who sees the page."""

    def press(*keys: Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            # The offscreen platform has no window manager to give the focus back after a dialog.
            page.activateWindow()
            qtbot.waitUntil(lambda: _has_focus(page))
            QTest.keyClick(QApplication.focusWidget() or page, key, modifier)

    return press


def _has_focus(page: InterviewPage) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused)


Press = Callable[..., None]


def ids(interview: Interview) -> list[str]:
    return [question.id for question in interview.questions]


# Answering


def test_a_digit_answers_with_the_preset_evidence_and_stays(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    question = interview.question
    press(Key.Key_4)
    answer = interview.answer(question.id)
    assert (answer.level, answer.evidence) == (3, question.evidence)
    assert page.card.answers.level == 3
    assert interview.question is question


def test_the_answer_with_evidence_takes_two_keys_and_one_to_move_on(
    interview: Interview, press: Press
) -> None:
    first, second = ids(interview)[:2]
    preset = interview.question.evidence
    press(Key.Key_2, Key.Key_E, Key.Key_Return)
    assert interview.answer(first).level == 1
    assert interview.answer(first).evidence is not preset
    assert interview.question.id == second


def test_evidence_cycles_and_is_preset_until_then(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    question = interview.question
    assert page.card.evidence.evidence is question.evidence
    assert not page.card.evidence.preset_note.isHidden()
    press(Key.Key_3)
    seen = []
    for _turn in Evidence:
        press(Key.Key_E)
        seen.append(interview.answer(question.id).evidence)
    assert set(seen) == set(Evidence)
    assert seen[-1] is question.evidence


def test_evidence_chips_do_the_same_by_mouse(page: InterviewPage, interview: Interview) -> None:
    QTest.mouseClick(page.card.answers.rows[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.card.evidence.chips[Evidence.HUNCH], Qt.MouseButton.LeftButton)
    answer = interview.answer(interview.question.id)
    assert (answer.level, answer.evidence) == (4, Evidence.HUNCH)
    assert page.card.evidence.chips[Evidence.HUNCH].text().startswith("✓")


class Painted(QObject):
    """The rows that are painted, one after the other."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.levels: list[int] = []
        for row in page.card.answers.rows:
            row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, AnswerRow):
            self.levels.append(watched.level)
        return False


def test_another_answer_paints_the_two_rows_that_it_changes(
    qtbot: QtBot, page: InterviewPage, press: Press
) -> None:
    press(Key.Key_2)
    qtbot.waitUntil(lambda: not page.adviser.steps.running)
    QApplication.processEvents()
    painted = Painted(page)
    press(Key.Key_4)
    qtbot.waitUntil(lambda: {1, 3} <= set(painted.levels))
    QApplication.processEvents()
    assert set(painted.levels) == {1, 3}


def test_writing_is_held_back_until_the_answer_is_painted(
    qtbot: QtBot,
    page: InterviewPage,
    interview: Interview,
    fitcheck: FitCheck,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[object] = []
    painted = Painted(page)
    go_on = fitcheck._book.go_on

    def hear() -> None:
        heard.extend([interview.outbox.waiting, *painted.levels, "on"])
        go_on()

    monkeypatch.setattr(fitcheck._book, "go_on", hear)
    monkeypatch.setattr("fitcheck.store.writer.BREATH", 60.0)
    QTest.keyClick(page.card, Key.Key_4)
    assert heard == []
    qtbot.waitUntil(lambda: not interview.outbox.waiting)
    assert heard == [1, 3, "on"]


def test_unknown_and_not_applicable_are_marks_not_levels(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    first, second = ids(interview)[:2]
    press(Key.Key_5, Key.Key_U)
    assert interview.answer(first).value is Mark.UNKNOWN
    assert page.card.answers.level is None
    assert page.card.marks[Mark.UNKNOWN].isChecked()
    press(Key.Key_Right, Key.Key_X)
    assert interview.answer(second).value is Mark.NOT_APPLICABLE


def test_arrows_move_among_the_answers_and_return_chooses_then_moves_on(
    interview: Interview, press: Press
) -> None:
    first, second = ids(interview)[:2]
    press(Key.Key_Down, Key.Key_Down)
    assert interview.answer(first).value is None
    press(Key.Key_Return)
    assert interview.answer(first).level == 1
    assert interview.question.id == first
    press(Key.Key_Return)
    assert interview.question.id == second


def test_keypad_digits_answer_too(interview: Interview, press: Press) -> None:
    press(Key.Key_3, modifier=Qt.KeyboardModifier.KeypadModifier)
    assert interview.answer(ids(interview)[0]).level == 2


@pytest.mark.parametrize(
    ("undo", "redo", "redo_modifier"),
    [
        (Key.Key_Backspace, Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (
            Key.Key_Z,
            Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        ),
    ],
)
def test_undo_goes_back_to_where_it_was_and_redo_does_it_again(
    page: InterviewPage,
    interview: Interview,
    press: Press,
    undo: Key,
    redo: Key,
    redo_modifier: Qt.KeyboardModifier,
) -> None:
    first, second = ids(interview)[:2]
    plain = undo is Key.Key_Backspace
    control = Qt.KeyboardModifier.ControlModifier
    press(Key.Key_1, Key.Key_Right, Key.Key_5)
    for _twice in range(2):
        press(undo, modifier=Qt.KeyboardModifier.NoModifier if plain else control)
    assert interview.answer(first).value is None
    assert interview.answer(second).value is None
    assert interview.question.id == first
    assert page.card.answers.level is None
    assert "Undone" in page.body.foot.said.text()
    press(redo, redo, modifier=redo_modifier)
    assert interview.answer(second).level == 4
    assert interview.question.id == second
    assert page.card.answers.level == 4


def test_everything_is_in_the_book_when_it_is_opened_again(
    interview: Interview, fitcheck: FitCheck, press: Press, qtbot: QtBot
) -> None:
    first, second = ids(interview)[:2]
    press(Key.Key_3, Key.Key_Right, Key.Key_U)

    def stored() -> None:
        again = fitcheck.interview(interview.id)
        assert again.answer(first).level == 2
        assert again.answer(second).value is Mark.UNKNOWN
        assert again.question.id == second

    qtbot.waitUntil(stored)


# Moving about


def test_left_right_and_the_page_keys_walk_along_the_form(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    order = ids(interview)
    press(Key.Key_Left)
    assert interview.question.id == order[0]
    press(Key.Key_Right, Key.Key_PageDown)
    assert interview.question.id == order[2]
    assert page.body.head.progress.text() == "3 of 36"
    press(Key.Key_PageUp, Key.Key_Left)
    assert interview.question.id == order[0]


@pytest.mark.parametrize("key", ["slash", "find"])
def test_a_question_is_found_by_typing(
    interview: Interview,
    press: Press,
    when_asked: WhenAsked,
    key: str,
) -> None:
    def act(dialog: FindQuestionDialog) -> None:
        QTest.keyClicks(dialog.field, "what SORT of sum")
        assert dialog.found.count() == 1
        QTest.keyClick(dialog.field, Key.Key_Return)

    when_asked(FindQuestionDialog, act)
    if key == "slash":
        press(Key.Key_Slash)
    else:
        press(Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert interview.question.id == "budget"
    press(Key.Key_2)
    assert interview.answer("budget").level == 1


def test_the_finder_moves_with_the_arrows_and_escape_stays(
    interview: Interview, press: Press, when_asked: WhenAsked
) -> None:
    order = ids(interview)

    def second(dialog: FindQuestionDialog) -> None:
        QTest.keyClick(dialog.field, Key.Key_Down)
        QTest.keyClick(dialog.field, Key.Key_Return)

    when_asked(FindQuestionDialog, second)
    press(Key.Key_Slash)
    assert interview.question.id == order[1]

    when_asked(FindQuestionDialog, lambda dialog: QTest.keyClick(dialog.field, Key.Key_Escape))
    press(Key.Key_Slash)
    assert interview.question.id == order[1]


def test_the_outline_shows_every_state_and_leads_there(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    order = ids(interview)
    press(Key.Key_3, Key.Key_Right, Key.Key_U, Key.Key_Right, Key.Key_X)
    outline = page.body.outline
    states = [outline.line(row).state for row in range(4)]
    assert states == [State.ANSWERED, State.UNKNOWN, State.NOT_APPLICABLE, State.OPEN]
    place = outline.visualItemRect(outline.item(3)).center()
    QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert interview.question.id == order[3]
    press(Key.Key_4)
    assert interview.answer(order[3]).level == 3


def test_letters_work_while_the_outline_has_the_focus(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    page.body.outline.setFocus()
    press(Key.Key_U)
    assert interview.answer(interview.question.id).value is Mark.UNKNOWN
    assert page.body.outline.currentRow() == 0


# Forms and the end


def test_switching_the_form_keeps_every_answer(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    press(Key.Key_5)
    first = interview.question
    QTest.mouseClick(page.body.head.form_button, Qt.MouseButton.LeftButton)
    assert interview.assessment.form is Form.EVENT
    # The event form starts quiet; see test_interview_quiet.py.
    press(Key.Key_F8)
    assert page.body.outline.count() == 12
    assert page.card.answers.rows[0].answer == first.short[0]
    assert interview.answer(first.id).level == 4
    QTest.mouseClick(page.body.head.form_button, Qt.MouseButton.LeftButton)
    assert page.body.outline.count() == 36
    assert page.card.answers.rows[0].answer == first.levels[0]


def test_finishing_is_allowed_with_open_questions_which_are_counted(
    page: InterviewPage, interview: Interview, press: Press, qtbot: QtBot
) -> None:
    press(Key.Key_5)
    assert page.body.foot.open.text() == "35 questions are open"
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.go) as gone:
        # Past the question what the gut says.
        press(Key.Key_Return)
    assert gone.args == ["verdict"]
    assert interview.finished


def test_at_the_last_question_finishing_is_what_comes_next(
    page: InterviewPage, interview: Interview, press: Press
) -> None:
    interview.go_to(ids(interview)[-1])
    page.enter()
    assert page.body.foot.finish_button.property("role") == "primary"
    assert "last question" in page.body.foot.said.text()
    press(Key.Key_Right)
    assert interview.question.id == ids(interview)[-1]


# Deal-breakers


def test_deal_breakers_are_set_by_keys_and_stay(
    page: InterviewPage, interview: Interview, press: Press, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    order = [deal_breaker.id for deal_breaker in interview.bank.deal_breakers]

    def act(dialog: DealBreakersDialog) -> None:
        rows = dialog.list.rows
        qtbot.waitUntil(rows[0].hasFocus)
        assert dialog.ask_aloud.text() == interview.bank.deal_breakers[0].ask
        QTest.keyClick(rows[0], Key.Key_2)
        QTest.keyClick(rows[0], Key.Key_Down)
        assert dialog.ask_aloud.text() == interview.bank.deal_breakers[1].ask
        QTest.keyClick(rows[1], Key.Key_4)
        QTest.mouseClick(rows[2].chips[DealBreakerState.SUSPECTED], Qt.MouseButton.LeftButton)
        QTest.keyClick(dialog, Key.Key_Escape)

    when_asked(DealBreakersDialog, act)
    press(Key.Key_D)
    assert interview.assessment.deal_breakers == {
        order[0]: DealBreakerState.CLEARED,
        order[1]: DealBreakerState.CONFIRMED,
        order[2]: DealBreakerState.SUSPECTED,
    }
    assert page.body.panel.marked.text().startswith("Confirmed: They demand work")
    press(Key.Key_Backspace)
    assert order[2] not in interview.assessment.deal_breakers


def test_without_an_interview_the_page_says_what_to_do(page: InterviewPage, qtbot: QtBot) -> None:
    page.set_interview(None)
    page.enter()
    assert page.choose_button.isVisible()
    with qtbot.waitSignal(page.go) as gone:
        QTest.mouseClick(page.choose_button, Qt.MouseButton.LeftButton)
    assert gone.args == ["prospects"]
