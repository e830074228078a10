"""How an interview closes: the gut feeling before the totals, and an event form's next step."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fitcheck.domain.assessment import Gut, NextStep, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import judge
from fitcheck.domain.policy import Action
from fitcheck.domain.report import Edition
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY
from tests.ui.keyboard import press, type_
from tests.ui.reading import readable
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.pages.report import ReportPage
from ui.widgets.not_finished import NotFinished

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[Form], InterviewPage]


@pytest.fixture
def open_(fitcheck: FitCheck, window: MainWindow) -> Open:
    """Open a new interview, past what is agreed on beforehand, as one with everything in sight."""

    def open_(form: Form) -> InterviewPage:
        prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
        window.open_assessment(fitcheck.begin_assessment(prospect_id, form))
        page = window.pages["interview"]
        assert isinstance(page, InterviewPage)
        press(Key.Key_Return)
        if page.quiet:
            press(Key.Key_F8)
        return page

    return open_


def finish() -> None:
    press(Key.Key_Return, modifier=CONTROL)


def in_hand(window: MainWindow) -> Interview:
    assert window.interview is not None
    return window.interview


def seen(root: QWidget) -> str:
    return "\n".join(readable(root))


# The gut


@pytest.mark.parametrize(
    ("key", "action"),
    [
        (Key.Key_1, Action.PROCEED),
        (Key.Key_2, Action.STAGE),
        (Key.Key_3, Action.DECLINE),
    ],
)
def test_the_gut_is_asked_before_the_totals_and_one_key_answers(
    window: MainWindow, open_: Open, key: Key, action: Action
) -> None:
    page = open_(Form.FULL)
    press(Key.Key_4)
    finish()
    assert not in_hand(window).finished
    assert "gut" in seen(page.closing)
    assert "%" not in seen(page.closing)
    press(key)
    assert in_hand(window).assessment.gut == Gut(action)
    assert in_hand(window).finished
    assert window.page_name == "verdict"


def test_it_may_be_skipped(window: MainWindow, open_: Open) -> None:
    open_(Form.FULL)
    press(Key.Key_4)
    finish()
    press(Key.Key_Return)
    assert window.page_name == "verdict"
    assert in_hand(window).assessment.gut is None


def test_words_go_with_it_and_are_kept_though_nothing_is_chosen(
    window: MainWindow, open_: Open
) -> None:
    page = open_(Form.FULL)
    press(Key.Key_4)
    finish()
    page.closing.words.setFocus()
    type_("2 doubts")
    press(Key.Key_Escape)
    assert in_hand(window).assessment.gut == Gut(None, "2 doubts")
    press(Key.Key_2)
    assert in_hand(window).assessment.gut == Gut(Action.STAGE, "2 doubts")


@pytest.mark.parametrize("wanted", ["verdict", "report"])
@pytest.mark.parametrize(
    ("key", "gut"),
    [(Key.Key_2, Gut(Action.STAGE)), (Key.Key_Return, None)],
    ids=["said", "skipped"],
)
def test_finishing_from_another_page_passes_the_gut_and_leads_back_there(
    window: MainWindow, open_: Open, wanted: str, key: Key, gut: Gut | None
) -> None:
    page = open_(Form.FULL)
    press(Key.Key_4)
    window.show_page(wanted)
    not_finished = window.pages[wanted].findChild(NotFinished)
    assert isinstance(not_finished, NotFinished)
    not_finished.finish_button.click()
    assert window.page_name == "interview"
    assert page.closing.isVisible()
    assert not in_hand(window).finished
    assert "%" not in seen(window)
    press(key)
    assert window.page_name == wanted
    assert in_hand(window).finished
    assert in_hand(window).assessment.gut == gut


def test_finishing_an_event_form_from_the_report_ends_in_the_report(
    window: MainWindow, open_: Open
) -> None:
    page = open_(Form.EVENT)
    press(Key.Key_4)
    window.show_page("report")
    not_finished = window.pages["report"].findChild(NotFinished)
    assert isinstance(not_finished, NotFinished)
    not_finished.finish_button.click()
    press(Key.Key_Return)
    assert page.closing.done_button.text() == "To the report"
    press(Key.Key_Return)
    assert window.page_name == "report"


def test_finishing_from_another_page_shows_nothing_while_it_is_quiet(
    window: MainWindow, open_: Open
) -> None:
    page = open_(Form.EVENT)
    press(Key.Key_4, Key.Key_F8)
    window.show_page("verdict")
    not_finished = window.pages["verdict"].findChild(NotFinished)
    assert isinstance(not_finished, NotFinished)
    not_finished.finish_button.click()
    assert "Thank you for your time." in seen(page.closing)
    assert not in_hand(window).finished


def test_it_is_not_asked_again_once_totals_have_been_seen(window: MainWindow, open_: Open) -> None:
    open_(Form.FULL)
    press(Key.Key_4)
    finish()
    press(Key.Key_Return, Key.Key_B)
    assert window.page_name == "interview"
    finish()
    assert window.page_name == "verdict"


def test_escape_leads_back_to_the_questions(window: MainWindow, open_: Open) -> None:
    page = open_(Form.FULL)
    finish()
    press(Key.Key_Escape)
    assert page.card.say.isVisible()
    press(Key.Key_2)
    interview = in_hand(window)
    assert interview.answer(interview.question.id).level == 1
    assert not interview.finished


def test_it_stands_beside_the_recommendation_and_never_weighs(
    window: MainWindow, open_: Open
) -> None:
    open_(Form.FULL)
    interview = in_hand(window)
    for question in interview.questions:
        interview.set_value(question.id, 4)
    before = judge(interview.assessment, interview.bank, interview.policy)
    finish()
    press(Key.Key_3)
    assert judge(interview.assessment, interview.bank, interview.policy) == before
    assert "Your gut feeling, before the totals: Decline." in seen(window.pages["verdict"])


def test_the_gut_goes_through_a_file_and_old_files_have_none(
    window: MainWindow, open_: Open
) -> None:
    open_(Form.FULL)
    interview = in_hand(window)
    assert "gut" not in write_assessment(interview.assessment)
    for gut in (Gut(Action.DECLINE, "something is off"), Gut(None, "only words")):
        interview.set_field("gut", gut)
        data = json.dumps(write_assessment(interview.assessment)).encode()
        assert read_assessment(data).gut == gut


# The end of an event form


def to_the_end(window: MainWindow) -> None:
    press(Key.Key_4)
    finish()
    press(Key.Key_Return)
    assert in_hand(window).finished


def test_an_event_form_ends_in_what_it_leans_to(window: MainWindow, open_: Open) -> None:
    page = open_(Form.EVENT)
    interview = in_hand(window)
    for question in interview.questions:
        interview.set_value(question.id, 3)
    to_the_end(window)
    assert window.page_name == "interview"
    assert page.closing.leaning.text().startswith("Leaning to")
    press(Key.Key_Return)
    assert window.page_name == "verdict"


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Key.Key_1, NextStep("A meeting", TODAY + dt.timedelta(days=7))),
        (Key.Key_2, NextStep("A small first step", TODAY + dt.timedelta(days=14))),
    ],
)
def test_one_key_sets_the_next_step_with_a_date(
    window: MainWindow, open_: Open, key: Key, step: NextStep
) -> None:
    page = open_(Form.EVENT)
    to_the_end(window)
    press(key)
    assert in_hand(window).assessment.conversation.next_step == step
    assert step.what in page.closing.next.text()
    # Thought better of: another key takes its place.
    press(Key.Key_1)
    assert in_hand(window).assessment.conversation.next_step.what == "A meeting"


def test_parting_as_friends_leads_to_the_letter(window: MainWindow, open_: Open) -> None:
    open_(Form.EVENT)
    to_the_end(window)
    press(Key.Key_3)
    assert in_hand(window).assessment.conversation.next_step.what == "Keep in touch"
    assert window.page_name == "report"
    report = window.pages["report"]
    assert isinstance(report, ReportPage)
    assert report.chips[Edition.DECLINE].isChecked()


def test_a_step_that_was_written_is_kept_and_gets_a_date(window: MainWindow, open_: Open) -> None:
    open_(Form.EVENT)
    in_hand(window).set_field("next_step", NextStep("Call her brother"))
    to_the_end(window)
    press(Key.Key_2)
    step = in_hand(window).assessment.conversation.next_step
    assert step == NextStep("Call her brother", TODAY + dt.timedelta(days=14))


def test_parting_as_friends_takes_the_place_of_a_step_that_was_planned(
    window: MainWindow, open_: Open
) -> None:
    open_(Form.EVENT)
    in_hand(window).set_field("next_step", NextStep("A day at the depot"))
    to_the_end(window)
    press(Key.Key_3)
    assert in_hand(window).assessment.conversation.next_step.what == "Keep in touch"
    in_hand(window).undo()
    assert in_hand(window).assessment.conversation.next_step.what == "A day at the depot"


def test_in_quiet_mode_the_end_says_nothing_until_the_screen_is_ones_own(
    window: MainWindow, open_: Open
) -> None:
    page = open_(Form.EVENT)
    press(Key.Key_4, Key.Key_F8)
    assert page.quiet
    finish()
    assert not in_hand(window).finished
    for hidden in ("gut", "Leaning", "Proceed", "Decline", "friends"):
        assert hidden not in seen(page)
    # Nor does a key do in secret what nobody sees.
    press(Key.Key_2)
    assert in_hand(window).assessment.gut is None
    press(Key.Key_F8)
    assert "gut" in seen(page)
    press(Key.Key_F8)
    assert "gut" not in seen(page)
    press(Key.Key_F8, Key.Key_2)
    assert page.closing.leaning.isVisible()
    press(Key.Key_F8)
    assert not page.closing.leaning.isVisible()
    press(Key.Key_F8, Key.Key_1)
    assert in_hand(window).assessment.conversation.next_step.what == "A meeting"


def test_an_answer_with_evidence_takes_two_keys_and_the_event_form_three_times_twelve(
    fitcheck: FitCheck, window: MainWindow
) -> None:
    """Counted, with evidence other than the preset throughout, as it starts: quiet."""
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect_id, Form.EVENT))
    press(Key.Key_Return)
    interview, pressed = in_hand(window), 0
    assert len(interview.questions) == 12
    for question in interview.questions:
        assert interview.question is question
        for key in (Key.Key_4, Key.Key_E, Key.Key_Return):
            press(key)
            pressed += 1
        answer = interview.answer(question.id)
        assert answer.level == 3
        assert answer.evidence not in (None, question.evidence)
    assert pressed <= 12 * 3
    assert all(interview.answer(q.id).level == 3 for q in interview.questions)
