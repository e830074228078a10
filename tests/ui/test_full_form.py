"""The full form from the list to the verdict by keyboard alone, through the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fitcheck.domain.assessment import Gut, Mark, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.policy import Action
from fitcheck.services import FitCheck
from tests.ui.keyboard import press, type_
from tests.ui.reading import readable
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage

Key = Qt.Key
DIGITS = [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5]


def test_all_36_questions_from_what_is_agreed_to_the_verdict(
    fitcheck: FitCheck, window: MainWindow
) -> None:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    id_ = fitcheck.begin_assessment(prospect_id, Form.FULL)
    window.open_assessment(id_)
    page, interview = window.pages["interview"], window.interview
    assert isinstance(page, InterviewPage)
    assert interview is not None
    # What is agreed on, and on to the questions.
    assert page.opening.isVisible()
    press(Key.Key_Return)
    assert page.card.isVisible()
    assert not page.quiet
    # Every question, one of them unknown, one passed over that doesn't apply, one with a note.
    assert len(interview.questions) == 36
    for number, question in enumerate(interview.questions):
        assert interview.question is question
        assert page.body.head.progress.text() == f"{number + 1} of 36"
        if number == 5:
            press(Key.Key_U)
        elif number == 6:
            press(Key.Key_X)
        else:
            press(DIGITS[number % 5], Key.Key_E)
        if number == 7:
            press(Key.Key_N)
            type_("asks good questions")
            press(Key.Key_Escape)
        assert not page.body.totals.shown
        press(Key.Key_Right if number == 7 else Key.Key_Return)
    order = [question.id for question in interview.questions]
    assert [interview.answer(id_).value for id_ in order] == [
        {5: Mark.UNKNOWN, 6: Mark.NOT_APPLICABLE}.get(number, number % 5) for number in range(36)
    ]
    for number, question in enumerate(interview.questions):
        if number not in (5, 6):
            evidence = interview.answer(question.id).evidence
            assert evidence not in (None, question.evidence)
    assert interview.answer(order[7]).note == "asks good questions"
    # The end: what the gut says before any total, then the verdict.
    assert interview.question.id == order[-1]
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.closing.isVisible()
    assert window.page_name == "interview"
    assert "%" not in "\n".join(readable(page.closing))
    press(Key.Key_2)
    assert window.page_name == "verdict"
    assert interview.finished
    assert interview.assessment.gut == Gut(Action.STAGE)
    # All of it is in the book.
    fitcheck.save_drafts({})
    again = fitcheck.interview(id_)
    assert again.assessment == interview.assessment
    assert again.finished
