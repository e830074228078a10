"""The twelve-minute inquiry by keys alone, over a real book: said, sorted, undone, gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import DISAGREEMENT, Evidence, Form
from fitcheck.inquiry import Inquiry, Pile
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY, WhenAsked, render_empty_sheet
from tests.ui.keyboard import Seconds, focused, type_
from tests.ui.showing import shown
from ui.app import make_context
from ui.context import Context
from ui.dialogs.find_question import FindQuestionDialog
from ui.main_window import MainWindow
from ui.pages.inquiry import InquiryPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    return fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.FULL))


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview, clock: Seconds) -> InquiryPage:
    return shown(qtbot, InquiryPage(context, clock), interview)


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """Press keys where the focus is; the offscreen platform gives none back after a dialog."""

    def press(key: Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        if QApplication.focusWidget() is None:
            window = next(w for w in QApplication.topLevelWidgets() if w.isVisible())
            window.activateWindow()
            qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        QTest.keyClick(focused(), key, modifier)

    return press


Press = Callable[..., None]


def piles(interview: Interview) -> dict[str, tuple[str, ...]]:
    talk = interview.assessment.conversation
    return {"keep": talk.keep, "stop": talk.stop, "start": talk.start}


# The whole of it


def test_the_whole_inquiry_by_keyboard_alone(
    window: MainWindow, fitcheck: FitCheck, press: Press, when_asked: WhenAsked
) -> None:
    fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.prospects.enter()
    press(Key.Key_I, CONTROL_SHIFT)
    assert window.page_name == "inquiry"
    assert window.sidebar.buttons["interview"].isChecked()
    interview, body = window.interview, window.pages["inquiry"].body  # type: ignore[attr-defined]
    assert interview is not None
    said = [body.say.text()]
    type_("Sent a junior\nCharged for extras")
    press(Key.Key_F3)
    for words, key in (("", None), ("Lost a year", Key.Key_F5), ("", None), ("", None)):
        press(Key.Key_PageDown)
        said.append(body.say.text())
        if words:
            type_(words)
            when_asked(FindQuestionDialog, lambda dialog: _find(dialog, "last supplier"))
            press(key)
    for words, key in (("A page a week", Key.Key_F2), ("Say when it slips", Key.Key_F4)):
        press(Key.Key_Return, CONTROL)
        said.append(body.say.text())
        type_(words)
        press(key)
    press(Key.Key_PageDown)
    press(Key.Key_PageDown)
    said += [body.say.text()]
    assert said[:7] == [prompt.say for prompt in interview.bank.inquiry][:7]
    assert said[-1] == interview.bank.inquiry[-1].say
    assert not body.next_button.isEnabled()
    assert piles(interview) == {
        "keep": ("A page a week",),
        "stop": ("Sent a junior", "Charged for extras"),
        "start": ("Say when it slips",),
    }
    quotes = [answer.quote for answer in interview.assessment.answers.values() if answer.quote]
    assert quotes == ["Lost a year"]
    press(Key.Key_Escape)
    assert window.page_name == "interview"
    press(Key.Key_Return)  # past what to agree on beforehand: no question has its answer yet
    press(Key.Key_I)
    assert window.page_name == "inquiry"
    assert body.say.text() == interview.bank.inquiry[-1].say


def _find(dialog: FindQuestionDialog, words: str) -> None:
    dialog.field.insert(words)  # as a keyboard does that has the typographic apostrophe
    QTest.keyClick(dialog.field, Key.Key_Return)


def test_a_restart_goes_on_at_the_same_prompt_word_and_minute(
    page: InquiryPage,
    interview: Interview,
    clock: Seconds,
    fitcheck: FitCheck,
    folder: Path,
    qtbot: QtBot,
    press: Press,
) -> None:
    for _second in range(4):
        clock.now += 50
        page.tick()
    press(Key.Key_PageDown)
    press(Key.Key_PageDown)
    clock.now += 45
    type_("They never rang")
    qtbot.waitUntil(lambda: interview.inquiry_place.words == "They never rang")
    page.leave()
    page.context.close()
    fitcheck.close()
    again = FitCheck.open(folder, lambda: TODAY)
    context = make_context(again, render_empty_sheet)
    reopened = shown(qtbot, InquiryPage(context, clock), again.interview(interview.id))
    assert reopened.body.say.text() == interview.bank.inquiry[2].say
    assert reopened.body.words.toPlainText() == "They never rang"
    assert reopened.body.parts.times["negatives"].text() == "3 of 3 min"
    assert reopened.body.clock.text() == "4 of 12 min"
    press(Key.Key_F3)
    assert reopened.body.words.toPlainText() == ""
    assert reopened.body.piles.lists[Pile.STOP].texts() == ("They never rang",)
    reopened.leave()
    context.close()
    again.close()


# Items


def test_each_line_becomes_an_item_and_the_field_is_free_again(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    type_("  one   point \n\nanother")
    press(Key.Key_F2)
    assert piles(interview)["keep"] == ("one point", "another")
    assert page.body.words.toPlainText() == ""
    assert page.body.words.hasFocus()
    press(Key.Key_F2)
    assert piles(interview)["keep"] == ("one point", "another")
    assert page.body.said.text() == "There is nothing in the field yet."


def test_letters_and_digits_in_the_field_are_only_typed(
    page: InquiryPage, interview: Interview
) -> None:
    before = interview.assessment
    type_("1 quaxed ingdp/ W")
    assert page.body.words.toPlainText() == "1 quaxed ingdp/ W"
    assert interview.assessment == before


def test_an_item_is_moved_by_the_same_keys_and_one_undo_takes_it_back(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    type_("a\nb\nc")
    press(Key.Key_F3)
    page.body.piles.lists[Pile.STOP].setFocus()
    page.body.piles.lists[Pile.STOP].setCurrentRow(1)
    press(Key.Key_F4)
    moved = {"keep": (), "stop": ("a", "c"), "start": ("b",)}
    assert piles(interview) == moved
    assert page.body.piles.focused is page.body.piles.lists[Pile.START]
    press(Key.Key_Z, CONTROL)
    assert piles(interview) == {"keep": (), "stop": ("a", "b", "c"), "start": ()}
    press(Key.Key_Y, CONTROL)
    assert piles(interview) == moved


def test_an_item_is_edited_with_enter_and_removed_with_delete(
    page: InquiryPage, interview: Interview, qtbot: QtBot, press: Press
) -> None:
    type_("Ring late")
    press(Key.Key_F4)
    page.body.piles.lists[Pile.START].setFocus()
    press(Key.Key_Return)
    assert page.body.piles.editing
    QTest.keyClicks(focused(), "Ring early")
    QTest.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: piles(interview)["start"] == ("Ring early",))
    qtbot.waitUntil(lambda: page.body.piles.lists[Pile.START].hasFocus())
    press(Key.Key_Delete)
    assert piles(interview)["start"] == ()
    press(Key.Key_Z, CONTROL)
    assert piles(interview)["start"] == ("Ring early",)


def test_escape_leaves_the_editor_of_an_item_and_not_the_page(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    gone: list[str] = []
    page.go.connect(gone.append)
    type_("Ring")
    press(Key.Key_F4)
    page.body.piles.lists[Pile.START].setFocus()
    press(Key.Key_Return)
    QTest.keyClicks(focused(), "Nonsense")
    QTest.keyClick(focused(), Key.Key_Escape)
    assert gone == []
    assert piles(interview)["start"] == ("Ring",)
    press(Key.Key_Escape)
    assert gone == ["interview"]


def test_undo_takes_back_typing_first_and_then_what_was_kept(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    type_("first")
    press(Key.Key_F2)
    type_("second")
    press(Key.Key_Z, CONTROL)
    assert page.body.words.toPlainText() == ""
    assert piles(interview)["keep"] == ("first",)
    press(Key.Key_Z, CONTROL)
    assert piles(interview)["keep"] == ()
    assert page.body.said.text() == "Undone, in the lists."


def test_undo_of_an_answer_says_nothing_about_it(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    interview.set_value("budget", 1)
    press(Key.Key_Z, CONTROL)
    assert interview.answer("budget").level is None
    assert page.body.said.text() == "Undone, in the interview."


# Evidence


@pytest.mark.parametrize(
    ("level", "before", "after"),
    [
        (2, Evidence.HUNCH, Evidence.REPORTED),
        (2, Evidence.REPORTED, Evidence.REPORTED),
        (2, Evidence.OBSERVED, Evidence.OBSERVED),
        (None, None, None),
    ],
)
def test_what_they_tell_raises_a_hunch_and_lowers_nothing(
    page: InquiryPage,
    interview: Interview,
    press: Press,
    when_asked: WhenAsked,
    level: int | None,
    before: Evidence | None,
    after: Evidence | None,
) -> None:
    question = interview.bank.by_id["budget"]
    if level is not None and before is not None:
        interview.set_value("budget", level)
        interview.set_evidence("budget", before)
    interview.set_quote("budget", "Said before.")
    type_("We paid twice.\nAnd late.")
    when_asked(FindQuestionDialog, lambda dialog: _find(dialog, question.say))
    press(Key.Key_F5)
    answer = interview.answer("budget")
    assert (answer.level, answer.evidence) == (level, after)
    assert answer.quote == "Said before.\nWe paid twice.\nAnd late."
    assert page.body.words.toPlainText() == ""
    interview.undo()
    assert interview.answer("budget").quote == "Said before."
    assert interview.answer("budget").evidence is before


def test_an_item_can_be_evidence_too_and_stays_an_item(
    page: InquiryPage, interview: Interview, press: Press, when_asked: WhenAsked
) -> None:
    type_("Told us in time")
    press(Key.Key_F2)
    page.body.piles.lists[Pile.KEEP].setFocus()
    when_asked(
        FindQuestionDialog, lambda dialog: _find(dialog, interview.bank.by_id[DISAGREEMENT].say)
    )
    press(Key.Key_F5)
    assert interview.answer(DISAGREEMENT).quote == "Told us in time"
    assert piles(interview)["keep"] == ("Told us in time",)
    assert "printed for them" in page.body.said.text()


def test_thinking_better_of_it_keeps_the_words_in_the_field(
    page: InquiryPage, interview: Interview, press: Press, when_asked: WhenAsked
) -> None:
    type_("Hm")
    when_asked(FindQuestionDialog, lambda dialog: dialog.reject())
    press(Key.Key_F5)
    assert page.body.words.toPlainText() == "Hm"
    assert interview.assessment.answers == {}


# Time


def test_time_counts_for_the_part_one_is_in_and_never_stops_anything(
    page: InquiryPage, interview: Interview, clock: Seconds, press: Press
) -> None:
    times = page.body.parts.times
    for _minute in range(9):
        clock.now += 60
        page.tick()
    assert times["negatives"].text() == "9 of 3 min"
    assert times["negatives"].property("role") == "quiet", "no alarm"
    press(Key.Key_PageDown)
    press(Key.Key_PageDown)
    clock.now += 60
    page.tick()
    assert times["consequences"].text() == "1 of 3 min"
    assert page.body.clock.text() == "10 of 12 min"
    assert interview.inquiry_place.prompt == interview.bank.inquiry[2].id


def test_a_pause_and_another_page_stop_the_clock(
    page: InquiryPage, clock: Seconds, press: Press
) -> None:
    press(Key.Key_F8)
    assert page.body.pause_button.text() == "Go on"
    clock.now += 60
    page.tick()
    press(Key.Key_F8)
    assert page.body.pause_button.text() == "Pause"
    page.leave()
    clock.now += 60
    page.enter()
    clock.now += 60
    page.tick()
    assert page.body.clock.text() == "1 of 12 min"


def test_a_night_with_the_lid_closed_counts_a_minute_at_most(
    page: InquiryPage, clock: Seconds
) -> None:
    clock.now += 8 * 3600
    page.tick()
    assert page.body.clock.text() == "1 of 12 min"


# For everyone, and for whoever reads along


def test_nothing_on_the_page_is_what_a_prospect_should_not_read(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    interview.set_value("budget", 0)
    interview.set_note("budget", "A secret note")
    page.enter()
    seen: set[str] = set()
    for _prompt in interview.bank.inquiry:
        seen |= {label.text() for label in page.findChildren(QLabel)}
        seen |= {button.text() for button in page.findChildren(QPushButton)}
        press(Key.Key_PageDown)
    private = {prompt.why for prompt in interview.bank.inquiry} | {"A secret note"}
    private |= {facet.name for facet in interview.bank.facets}
    assert seen.isdisjoint(private)
    assert {prompt.say for prompt in interview.bank.inquiry} <= seen


def test_the_questions_are_found_without_their_facets(
    qtbot: QtBot, page: InquiryPage, interview: Interview
) -> None:
    dialog = FindQuestionDialog(page, interview.questions, quiet=True)
    qtbot.addWidget(dialog)
    shown_texts = [dialog.found.item(row).text() for row in range(dialog.found.count())]
    assert shown_texts == [question.say for question in interview.questions]


def test_nothing_is_cut_off_on_a_small_screen(window: MainWindow, fitcheck: FitCheck) -> None:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.resize(1280, 720)
    window.open_assessment(fitcheck.begin_assessment(prospect_id, Form.FULL))
    window.show_page("inquiry")
    page = window.pages["inquiry"]
    assert isinstance(page, InquiryPage)
    assert window.interview is not None
    inquiry = Inquiry(window.interview)
    for _prompt in inquiry.prompts:
        page.enter()
        QApplication.processEvents()
        assert page.body.area.verticalScrollBar().maximum() == 0
        for part in (page.body.say, *page.body.parts.names.values(), page.body.leave_button):
            assert part.width() >= part.minimumSizeHint().width(), part
            needed = part.heightForWidth(part.width()) if part.hasHeightForWidth() else 0
            assert part.height() >= needed
            inside = part.mapTo(window, part.rect().bottomRight())
            assert window.rect().contains(inside), part
        inquiry.step(1)


def test_where_there_is_little_room_the_prompt_and_the_field_come_first(
    page: InquiryPage,
) -> None:
    page.resize(560, 420)
    QApplication.processEvents()
    shown_parts = [name for name, part in page.body.parts.names.items() if part.isVisible()]
    assert shown_parts == ["negatives"]
    assert page.body.say.property("role") == "title"
    viewport = page.body.area.viewport()
    for part in (page.body.say, page.body.words):
        assert viewport.rect().contains(part.mapTo(viewport, part.rect().center()))
    page.resize(1100, 660)
    QApplication.processEvents()
    assert all(part.isVisible() for part in page.body.parts.names.values())
    assert page.body.say.property("role") == "display"


def test_every_control_and_key_has_a_name(page: InquiryPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QPushButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
    assert all(action.text() for action in page.findChildren(QAction) if action.shortcuts())


def test_a_lock_keeps_what_is_typed_and_the_item_that_was_chosen(
    page: InquiryPage, interview: Interview, press: Press
) -> None:
    type_("a\nb")
    press(Key.Key_F2)
    type_("half a sen")
    page.body.piles.lists[Pile.KEEP].setFocus()
    page.body.piles.lists[Pile.KEEP].setCurrentRow(0)
    place = page.place()
    assert page.let_go()
    assert interview.inquiry_place.words == "half a sen"
    page.set_interview(interview)
    page.stand_at(place)
    assert page.body.piles.lists[Pile.KEEP].currentRow() == 0
    assert page.body.words.toPlainText() == "half a sen"
