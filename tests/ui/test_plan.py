"""The plan page in the whole window: drafted, written, told that the draft has moved, printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Dissent, NextStep, Override, Prospect
from fitcheck.domain.bank import DISAGREEMENT, Evidence, Form, Problem
from fitcheck.domain.book import Colleague
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.plan import (
    LONGEST_TEXT,
    MOST_ROWS,
    NO_PLAN,
    Expectation,
    Letter,
    Measure,
    Plan,
    Referral,
    Risk,
    RiskKind,
    Section,
)
from fitcheck.domain.policy import Action
from fitcheck.domain.report import DeclineLetter, Edition, PrivateFile, ProspectEdition
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.plan_words import blank_b_warning
from tests.ui.conftest import TODAY, render_empty_sheet
from ui.app import make_context
from ui.main_window import MainWindow
from ui.pages.plan import PlanPage
from ui.plan.arrangement import Beside, Key, arrangement
from ui.plan.asked_again import AskedAgain
from ui.plan.fields import ChoiceEditor, DayEditor, TextEditor
from ui.plan.letter import LetterEditor
from ui.plan.part import PlanPart
from ui.plan.records import Records
from ui.plan.rows import TextRows
from ui.plan.sections import Group
from ui.theme import apply_theme, make_theme

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a finished interview that comes to proceed, with a few low answers."""
    folder = tmp_path_factory.mktemp("plan") / "book"
    fitcheck = FitCheck.open(folder, lambda: TODAY)
    prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect, Form.FULL))
    low = [q.id for q in interview.questions if q.condition and not q.gate][:4]
    for question in interview.questions:
        interview.set_value(question.id, 1 if question.id in low else 4)
        interview.set_evidence(question.id, Evidence.OBSERVED)
    interview.finish()
    assert interview.judgement.final is Recommendation.PROCEED
    fitcheck.close()
    return folder


@pytest.fixture
def to_copy(filled: Path) -> Path:
    return filled


@pytest.fixture
def begun() -> int:
    """The number of that interview."""
    return 1


@pytest.fixture
def page(window: MainWindow, begun: int) -> PlanPage:
    """The plan page of that interview, reached by one key from the verdict."""
    window.open_assessment(begun)
    press(K.Key_P)
    assert window.page_name == "plan"
    return plan_page(window)


def plan_page(window: MainWindow) -> PlanPage:
    page = window.pages["plan"]
    assert isinstance(page, PlanPage)
    return page


def interview_of(page: PlanPage) -> Interview:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.interview is not None
    return window.interview


def plan_of(page: PlanPage) -> Plan:
    return interview_of(page).assessment.plan


def part(page: PlanPage, key: Key) -> PlanPart:
    assert page.sheet is not None
    page.sheet.reveal(key)
    return page.sheet.parts[key]


def part_shown(page: PlanPage, key: Key) -> bool:
    assert page.sheet is not None
    return page.sheet.parts[key].isVisible()


def editor(page: PlanPage, key: Key) -> Any:
    return part(page, key).editor


def rows(page: PlanPage, key: Key) -> TextRows:
    found = editor(page, key)
    assert isinstance(found, TextRows)
    return found


def records(page: PlanPage, key: Key) -> Records:
    found = editor(page, key)
    assert isinstance(found, Records)
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def click(button: QWidget) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def write(into: QWidget | None, text: str) -> None:
    """Put the cursor to the end of a field and type."""
    assert into is not None
    into.setFocus()
    if isinstance(into, QPlainTextEdit):
        into.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(into, text)


def leave(page: PlanPage) -> None:
    press(K.Key_Escape)
    assert page.leave()


def words(root: QWidget) -> str:
    return "\n".join(line.text() for line in root.findChildren(QLabel) if line.isVisible())


def edition(fitcheck: FitCheck, page: PlanPage) -> ProspectEdition:
    report = fitcheck.report(interview_of(page), Edition.PROSPECT)
    assert isinstance(report, ProspectEdition)
    return report


def letter(fitcheck: FitCheck, page: PlanPage) -> DeclineLetter:
    report = fitcheck.report(interview_of(page), Edition.DECLINE)
    assert isinstance(report, DeclineLetter)
    return report


def decide(page: PlanPage, action: Action) -> None:
    interview_of(page).override(Override(action, "because", TODAY))
    page.enter()


# Drafted, written, drafted otherwise


def test_everything_is_drafted_at_first_and_nothing_is_written_by_looking(page: PlanPage) -> None:
    drafted = rows(page, Section.CONDITIONS).value()
    assert len(drafted) == 4
    assert part(page, Section.CONDITIONS).state.text() == "the draft"
    assert not part(page, Section.CONDITIONS).back_button.isVisible()
    assert len(rows(page, Section.PROMISES).value()) == 6
    assert part(page, Section.EXPECTATIONS).state.text() == "nothing drafted"
    assert page.leave()
    assert plan_of(page) == NO_PLAN


def test_a_line_that_is_changed_makes_the_section_yours_and_is_printed(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    conditions = rows(page, Section.CONDITIONS)
    drafted = conditions.value()
    write(conditions.rows[0].field, " As agreed on Monday.")
    leave(page)
    mine = (f"{drafted[0]} As agreed on Monday.", *drafted[1:])
    assert plan_of(page).conditions == mine
    assert part(page, Section.CONDITIONS).state.text() == "yours"
    assert edition(fitcheck, page).conditions == mine
    assert edition(fitcheck, page).promises == rows(page, Section.PROMISES).value()


def test_what_is_typed_is_kept_after_half_a_second_without_leaving_the_field(
    page: PlanPage, qtbot: QtBot
) -> None:
    write(editor(page, Section.SCOPE).field, " Always.")
    assert plan_of(page) == NO_PLAN
    qtbot.waitUntil(lambda: plan_of(page).scope.endswith(" Always."))
    write(editor(page, Section.SCOPE).field, " Ever")
    qtbot.waitUntil(lambda: plan_of(page).scope.endswith(" Always. Ever"))
    # What is kept isn't put back into the field that one goes on typing in.
    write(editor(page, Section.SCOPE).field, ".")
    assert editor(page, Section.SCOPE).value().endswith(" Always. Ever.")


def changed_since(page: PlanPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write a condition, then change an answer; what was written, and what the draft says now."""
    write(rows(page, Section.CONDITIONS).rows[-1].field, "Mine")
    leave(page)
    interview = interview_of(page)
    asked = [q for q in interview.questions if q.condition]
    low = next(q for q in asked if interview.answer(q.id).level == 1)
    interview.set_value(low.id, 4)
    page.window().show_page("verdict")  # type: ignore[attr-defined]
    press(K.Key_P)
    drafted = tuple(q.condition or "" for q in asked if (interview.answer(q.id).level or 0) <= 1)
    return plan_of(page).conditions, drafted


def test_answers_that_change_are_told_and_never_overwrite(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    assert not part(page, Section.CONDITIONS).notice.isVisible()
    mine, drafted = changed_since(page)
    conditions = part(page, Section.CONDITIONS)
    assert rows(page, Section.CONDITIONS).value() == mine
    assert edition(fitcheck, page).conditions == mine
    told = conditions.otherwise.text().splitlines()
    assert told[0] == "The answers have changed. The draft would now say:"
    assert [line.removeprefix("• ") for line in told[1:]] == list(drafted)
    # Writing on isn't an answer to that.
    write(rows(page, Section.CONDITIONS).rows[0].field, "!")
    leave(page)
    assert conditions.notice.isVisible()


def test_the_draft_is_taken_and_brought_back(page: PlanPage, fitcheck: FitCheck) -> None:
    mine, drafted = changed_since(page)
    conditions = part(page, Section.CONDITIONS)
    conditions.use_button.setFocus()
    press(K.Key_Space)
    assert edition(fitcheck, page).conditions == drafted
    assert rows(page, Section.CONDITIONS).value() == drafted
    assert conditions.state.text() == "the draft"
    assert not conditions.notice.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert conditions.isAncestorOf(focused)
    press(K.Key_Z, CONTROL)
    assert edition(fitcheck, page).conditions == mine
    assert conditions.notice.isVisible()


def test_ones_own_is_kept_and_no_more_is_said(page: PlanPage, fitcheck: FitCheck) -> None:
    mine, _drafted = changed_since(page)
    conditions = part(page, Section.CONDITIONS)
    conditions.keep_button.setFocus()
    press(K.Key_Space)
    assert edition(fitcheck, page).conditions == mine
    assert not conditions.notice.isVisible()
    page.enter()
    assert not conditions.notice.isVisible()
    assert conditions.state.text() == "yours"


def test_a_section_is_given_back_to_the_draft(page: PlanPage, fitcheck: FitCheck) -> None:
    promises = part(page, Section.PROMISES)
    drafted = rows(page, Section.PROMISES).value()
    click(rows(page, Section.PROMISES).rows[2].cross)
    assert edition(fitcheck, page).promises == (*drafted[:2], *drafted[3:])
    click(promises.back_button)
    assert edition(fitcheck, page).promises == drafted
    assert plan_of(page) == NO_PLAN


def test_an_emptied_section_is_left_out_not_drafted_again(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    field = editor(page, Section.SCOPE).field
    field.setFocus()
    field.selectAll()
    press(K.Key_Delete)
    leave(page)
    assert part(page, Section.SCOPE).state.text() == "yours: left out"
    assert edition(fitcheck, page).scope == ""
    page.enter()
    assert field.toPlainText() == ""


# Undo and redo


def test_undo_and_redo_go_over_everything_that_was_written_here(page: PlanPage) -> None:
    write(editor(page, Section.SCOPE).field, " One")
    leave(page)
    one = plan_of(page)
    write(rows(page, Section.PROMISES).rows[0].field, " Two")
    # In the field, and before it is kept.
    press(K.Key_Z, CONTROL)
    assert plan_of(page) == one
    assert " Two" not in "".join(rows(page, Section.PROMISES).value())
    press(K.Key_Z, CONTROL)
    assert plan_of(page) == NO_PLAN
    assert part(page, Section.SCOPE).state.text() == "the draft"
    assert page.said.text() == "Undone: If something is to change."
    press(K.Key_Z, CONTROL | SHIFT)
    assert plan_of(page) == one
    press(K.Key_Y, CONTROL)
    assert plan_of(page).promises[0].endswith(" Two")
    assert rows(page, Section.PROMISES).value() == plan_of(page).promises


def test_answers_are_not_undone_here(page: PlanPage) -> None:
    before = interview_of(page).assessment
    assert not page.undo_button.isEnabled()
    press(K.Key_Z, CONTROL)
    assert interview_of(page).assessment == before
    assert "made elsewhere" in page.said.text()
    assert not page.redo_button.isEnabled()
    press(K.Key_Y, CONTROL)
    assert interview_of(page).assessment == before


def test_undo_shows_where_it_was_even_behind_more_sections(page: PlanPage) -> None:
    sheet = page.sheet
    assert sheet is not None
    click(sheet.more_button)
    write(editor(page, Section.SIGNS_OFF).field, "Petra, by walking the yard")
    leave(page)
    click(sheet.more_button)
    assert not part_shown(page, Section.SIGNS_OFF)
    assert sheet.more_button.text() == "More sections (1 of them written)"
    click(page.undo_button)
    assert part_shown(page, Section.SIGNS_OFF)
    assert plan_of(page) == NO_PLAN


# Coming back


def test_everything_is_there_after_a_restart_in_the_middle(
    page: PlanPage, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    mine, drafted = changed_since(page)
    write(editor(page, Section.DISAGREEMENT).field, " Half a sen")
    asked = interview_of(page).id
    assert window.close()
    again = FitCheck.open(folder, lambda: TODAY)
    context = make_context(again, render_empty_sheet)
    second = MainWindow(context)
    qtbot.addWidget(second)
    with qtbot.waitActive(second):
        second.show()
        second.activateWindow()
    second.open_assessment(asked)
    press(K.Key_P)
    page = plan_page(second)
    assert editor(page, Section.DISAGREEMENT).value().endswith(" Half a sen")
    assert rows(page, Section.CONDITIONS).value() == mine
    assert part(page, Section.CONDITIONS).notice.isVisible()
    # What was written before the restart is undone after it.
    click(page.undo_button)
    assert part(page, Section.DISAGREEMENT).state.text() == "the draft"
    click(part(page, Section.CONDITIONS).use_button)
    assert edition(again, page).conditions == drafted
    assert second.close()


def test_over_a_lock_one_stands_where_one_stood(page: PlanPage, window: MainWindow) -> None:
    assert page.sheet is not None
    click(page.sheet.more_button)
    place = window.place()
    assert place["page"] == "plan"
    window.stand_at(place)
    assert plan_page(window).sheet is not None
    assert plan_page(window).sheet.open  # type: ignore[union-attr]


# Lines


def test_lines_are_written_under_each_other_by_keys_alone(page: PlanPage) -> None:
    conditions = rows(page, Section.CONDITIONS)
    drafted = conditions.value()
    conditions.rows[0].field.setFocus()
    press(K.Key_Return)
    write(QApplication.focusWidget(), "Between")
    press(K.Key_Return)
    write(QApplication.focusWidget(), "And another")
    press(K.Key_Up, ALT)
    leave(page)
    assert plan_of(page).conditions == (drafted[0], "And another", "Between", *drafted[1:])
    field = conditions.rows[1].field
    field.setFocus()
    field.selectAll()
    press(K.Key_Backspace)
    press(K.Key_Backspace)
    assert QApplication.focusWidget() is conditions.rows[0].field
    assert plan_of(page).conditions == (drafted[0], "Between", *drafted[1:])


def test_blank_lines_are_not_kept(page: PlanPage) -> None:
    conditions = rows(page, Section.CONDITIONS)
    before = conditions.value()
    conditions.rows[0].field.setFocus()
    press(K.Key_Return)
    write(QApplication.focusWidget(), "   ")
    leave(page)
    assert plan_of(page) == NO_PLAN
    page.enter()
    assert len(conditions.rows) == len(before) + 1


def test_there_is_no_line_after_the_hundredth(page: PlanPage) -> None:
    promises = rows(page, Section.PROMISES)
    promises.show_value(tuple(f"Promise {number}" for number in range(MOST_ROWS)))
    assert len(promises.rows) == MOST_ROWS
    promises.rows[-1].field.setFocus()
    press(K.Key_Return)
    assert len(promises.rows) == MOST_ROWS


def test_a_text_that_is_too_long_is_told_and_not_kept(page: PlanPage) -> None:
    scope = editor(page, Section.SCOPE).field
    scope.setPlainText("x" * (LONGEST_TEXT + 1))
    page.leave()
    assert plan_of(page) == NO_PLAN
    assert "longer than 200,000 characters" in part(page, Section.SCOPE).fault.text()
    scope.setPlainText("Short")
    page.leave()
    assert plan_of(page).scope == "Short"
    assert not part(page, Section.SCOPE).fault.isVisible()


# Entries


def test_an_expectation_is_written_in_three_columns(page: PlanPage, fitcheck: FitCheck) -> None:
    ledger = records(page, Section.EXPECTATIONS)
    click(ledger.add_button)
    write(QApplication.focusWidget(), "Results in a month")
    press(K.Key_Tab)
    write(QApplication.focusWidget(), "In two")
    press(K.Key_Tab)
    write(QApplication.focusWidget(), "A first reading in January")
    leave(page)
    written = (Expectation("Results in a month", "In two", "A first reading in January"),)
    assert edition(fitcheck, page).expectations == written


def test_what_lacks_its_name_is_told_and_kept_as_it_was(page: PlanPage) -> None:
    ledger = records(page, Section.EXPECTATIONS)
    click(ledger.add_button)
    card = ledger.cards[0]
    write(card.parts["agreed"].entrance(), "Something")
    leave(page)
    assert card.fault.text() == "Kept once it says what they expect."
    assert plan_of(page) == NO_PLAN
    # It stays on the screen, whatever becomes of the rest.
    write(editor(page, Section.SCOPE).field, ".")
    leave(page)
    assert card.parts["agreed"].value() == "Something"
    write(card.parts["expected"].entrance(), "This")
    leave(page)
    assert not card.fault.isVisible()
    first = (Expectation("This", agreed="Something"),)
    assert plan_of(page).expectations == first
    expected = card.parts["expected"].entrance()
    assert isinstance(expected, QPlainTextEdit)
    expected.setFocus()
    expected.selectAll()
    press(K.Key_Delete)
    leave(page)
    assert card.fault.isVisible()
    assert plan_of(page).expectations == first


def test_stages_are_added_removed_and_put_in_order(page: PlanPage, fitcheck: FitCheck) -> None:
    decide(page, Action.STAGE)
    stages = records(page, Section.STAGES)
    assert [card.title.text() for card in stages.cards][:2] == ["Stage 1", "Stage 2"]
    drafted = stages.value()
    assert edition(fitcheck, page).first_stage is not None
    stages.cards[1].up.setFocus()
    press(K.Key_Space)
    assert [stage.goal for stage in plan_of(page).stages[:2]] == [
        drafted[1].goal,
        drafted[0].goal,
    ]
    first = edition(fitcheck, page).first_stage
    assert first is not None
    assert first.goal == drafted[1].goal
    click(stages.cards[0].remove)
    assert plan_of(page).stages == (drafted[0], *drafted[2:])
    click(stages.add_button)
    write(QApplication.focusWidget(), "Hand it over")
    leave(page)
    assert edition(fitcheck, page).later_stages[-1] == "Hand it over"


def test_what_is_asked_again_is_chosen_by_what_it_is_about(page: PlanPage, qtbot: QtBot) -> None:
    decide(page, Action.STAGE)
    asked = records(page, Section.STAGES).cards[0].parts["asks"]
    assert isinstance(asked, AskedAgain)
    (facet,) = asked.chosen
    click(asked.chosen[facet])
    assert plan_of(page).stages[0].asks == ()
    next(action for action in asked.menu.actions() if action.data() == "openness").trigger()
    bank = interview_of(page).bank
    assert {bank.by_id[id_].facet.id for id_ in plan_of(page).stages[0].asks} == {"openness"}
    qtbot.waitUntil(lambda: list(asked.chosen) == ["openness"])
    assert "openness" not in [action.data() for action in asked.menu.actions()]


def test_the_day_to_look_again_is_changed_and_done_without(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    decide(page, Action.STAGE)
    again = editor(page, Section.REASSESS_ON)
    assert isinstance(again, DayEditor)
    assert again.value() == TODAY + dt.timedelta(weeks=6)
    again.day.setFocus()
    QTest.keyClicks(again.day, "01022027")
    leave(page) if not again.day.hasFocus() else page.leave()
    assert edition(fitcheck, page).reassess_on == dt.date(2027, 2, 1)
    again.dated.setFocus()
    press(K.Key_Space)
    assert edition(fitcheck, page).reassess_on is None
    assert part(page, Section.REASSESS_ON).state.text() == "yours: left out"


def test_a_blank_b_is_warned_of_until_there_is_one(page: PlanPage, fitcheck: FitCheck) -> None:
    risks = records(page, Section.RISKS)
    for card in list(risks.cards):
        click(card.remove)
    assert blank_b_warning() in words(part(page, Section.RISKS))
    click(risks.add_button)
    write(QApplication.focusWidget(), "Their deputy hears of it last")
    card = risks.cards[0]
    kinds = {"problem": Problem.B, "kind": RiskKind.THIRD_PARTY}
    for name, value in kinds.items():
        choice = card.parts[name]
        assert isinstance(choice, ChoiceEditor)
        choice.box.setFocus()
        while choice.value() is not value:
            press(K.Key_Down)
    write(card.parts["response"].entrance(), "Ask for her at the table")
    leave(page)
    risk = Risk(
        "Their deputy hears of it last",
        Problem.B,
        RiskKind.THIRD_PARTY,
        "Ask for her at the table",
    )
    assert plan_of(page).risks == (risk,)
    assert blank_b_warning() not in words(part(page, Section.RISKS))
    private = fitcheck.report(interview_of(page), Edition.PRIVATE)
    assert isinstance(private, PrivateFile)
    assert private.assessment.plan.risks == (risk,)
    assert "deputy" not in repr(edition(fitcheck, page))


def test_measures_and_who_signs_off_follow_what_can_be_measured(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    measures = records(page, Section.MEASURES)
    card = measures.cards[0]
    for name, text in (("what", "W"), ("baseline", "B"), ("target", "T"), ("by", "D")):
        field = card.parts[name].entrance()
        assert isinstance(field, QPlainTextEdit)
        field.selectAll()
        write_over(field, text)
    leave(page)
    assert edition(fitcheck, page).measures == (Measure("W", "B", "T", "D"),)


def write_over(field: QPlainTextEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_advice_not_taken_is_dated_printed_and_removed(page: PlanPage, fitcheck: FitCheck) -> None:
    dissent = records(page, Beside.DISSENT)
    click(dissent.add_button)
    card = dissent.cards[0]
    write(card.parts["advised"].entrance(), "Measure first")
    leave(page)
    assert card.fault.isVisible()
    write(card.parts["why"].entrance(), "Nobody knows yet")
    write(card.parts["chosen"].entrance(), "To buy now")
    leave(page)
    written = Dissent("Measure first", "Nobody knows yet", "To buy now", TODAY)
    private = fitcheck.report(interview_of(page), Edition.PRIVATE)
    assert isinstance(private, PrivateFile)
    assert private.assessment.dissent == (written,)
    click(card.remove)
    assert interview_of(page).assessment.dissent == ()
    click(page.undo_button)
    assert interview_of(page).assessment.dissent == (written,)
    assert records(page, Beside.DISSENT).value() == (written,)


# The rest


def test_what_came_of_the_inquiry_stands_in_three_lists(page: PlanPage) -> None:
    interview = interview_of(page)
    interview.set_field("keep", ("Short calls",))
    page.enter()
    lists = editor(page, Beside.LISTS)
    assert isinstance(lists, Group)
    assert lists.parts["keep"].value() == ("Short calls",)
    stop = lists.parts["stop"]
    assert isinstance(stop, TextRows)
    write(stop.rows[0].field, "Slides")
    leave(page)
    conversation = interview.assessment.conversation
    assert (conversation.keep, conversation.stop) == (("Short calls",), ("Slides",))
    click(page.undo_button)
    assert interview.assessment.conversation.stop == ()
    assert page.said.text() == "Undone: Keep, stop, start."


def test_the_next_step_has_its_day(page: PlanPage, fitcheck: FitCheck) -> None:
    step = editor(page, Beside.NEXT_STEP)
    assert isinstance(step, Group)
    write(step.parts["what"].entrance(), "A morning at the gate")
    when = step.parts["when"]
    assert isinstance(when, DayEditor)
    when.dated.setFocus()
    press(K.Key_Space)
    day = TODAY + dt.timedelta(days=7)
    assert edition(fitcheck, page).next_step == NextStep("A morning at the gate", day)


def test_their_words_stand_there_verbatim_and_are_nobodys_to_change(page: PlanPage) -> None:
    assert "haven’t been asked" in part(page, Section.DISAGREEMENT).above.text()
    interview_of(page).set_quote(DISAGREEMENT, "Tell me <b>once</b>")
    page.enter()
    above = part(page, Section.DISAGREEMENT).above
    assert "“Tell me <b>once</b>”" in above.text()
    assert above.textFormat() is Qt.TextFormat.PlainText


def test_what_is_held_to_with_everyone_is_drafted_from_the_settings(
    page: PlanPage, window: MainWindow, fitcheck: FitCheck
) -> None:
    window.show_page("settings")
    write(window.settings.boundaries.rows.rows[0].field, "No calls after seven.")
    window.show_page("plan")
    assert rows(page, Section.BOUNDARIES).value() == ("No calls after seven.",)
    assert edition(fitcheck, page).boundaries == ("No calls after seven.",)


# Declining


def declined(page: PlanPage) -> LetterEditor:
    decide(page, Action.DECLINE)
    found = editor(page, Beside.LETTER)
    assert isinstance(found, LetterEditor)
    return found


def test_a_decline_refers_to_a_colleague_with_a_reason_and_an_open_door(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    ruth = Colleague("Ruth Feldman", "ruth@feldman.example", "Boards", dt.date(2026, 10, 2))
    tom = Colleague("Tom Reyes")
    for colleague in (tom, ruth):
        fitcheck.referring.add_colleague(colleague)
    writing = declined(page)
    assert letter(fitcheck, page).reason == ""
    assert writing.reasons.radios[0].isChecked()
    assert len(writing.reasons.radios) > 1
    writing.reasons.radios[0].setFocus()
    press(K.Key_Down)
    given = letter(fitcheck, page).reason
    assert given
    assert given == writing.reasons.offered[0]
    who = writing.referral.who
    who.setFocus()
    press(K.Key_Down)
    assert letter(fitcheck, page).introduction is not None
    assert plan_of(page).letter.referral == Referral(
        "Ruth Feldman", "ruth@feldman.example", "Boards", dt.date(2026, 10, 2)
    )
    assert not writing.referral.hint.isVisible()
    press(K.Key_Down)
    assert plan_of(page).letter.referral == Referral("Tom Reyes")
    assert "Ask Tom Reyes before you name them." in writing.referral.hint.text()
    writing.door.dated.setFocus()
    press(K.Key_Space)
    assert letter(fitcheck, page).revisit_on == TODAY + dt.timedelta(days=182)
    # It stays out of the way of, and comes back after, another decision.
    decide(page, Action.PROCEED)
    assert page.sheet is not None
    assert page.sheet.more_button.text() == "More sections (1 of them written)"
    assert letter(fitcheck, page).reason == given


def test_a_reason_of_ones_own_is_recorded_first_and_chosen_after(
    page: PlanPage, fitcheck: FitCheck
) -> None:
    writing = declined(page)
    write(writing.reasons.new.field, "I am moving to Crete.")
    press(K.Key_Return)
    assert plan_of(page).reasons == ("I am moving to Crete.",)
    assert letter(fitcheck, page).reason == ""
    assert writing.reasons.new.value() == ""
    click(writing.reasons.radios[1])
    assert letter(fitcheck, page).reason == "I am moving to Crete."
    click(writing.reasons.remove_button)
    assert plan_of(page) == NO_PLAN
    click(page.undo_button)
    assert letter(fitcheck, page).reason == "I am moving to Crete."
    assert writing.reasons.radios[1].isChecked()


def test_a_reason_that_no_answer_gives_any_more_stays_and_is_told(page: PlanPage) -> None:
    writing = declined(page)
    assert not writing.reasons.gone.isVisible()
    click(writing.reasons.radios[1])
    chosen = plan_of(page).letter.reason
    interview = interview_of(page)
    for question in interview.questions:
        interview.set_value(question.id, 4)
    page.enter()
    assert plan_of(page).letter.reason == chosen
    assert writing.reasons.gone.isVisible()
    assert writing.reasons.offered == (chosen,)
    click(writing.reasons.radios[0])
    assert plan_of(page).letter == Letter()
    assert len(writing.reasons.radios) == 1


def test_somebody_else_is_written_in_by_hand(page: PlanPage, fitcheck: FitCheck) -> None:
    writing = declined(page)
    referral = writing.referral
    referral.who.setFocus()
    press(K.Key_End)
    assert QApplication.focusWidget() is referral.name.field
    press(K.Key_Tab)
    write(QApplication.focusWidget(), "0117 496 0000")
    leave(page)
    assert referral.hint.text() == "Kept once there is a name."
    assert plan_of(page) == NO_PLAN
    write(referral.name.field, "Ann Other")
    leave(page)
    introduction = letter(fitcheck, page).introduction
    assert introduction is not None
    assert (introduction.name, introduction.contact) == ("Ann Other", "0117 496 0000")
    referral.consent.dated.setFocus()
    press(K.Key_Space)
    assert not referral.hint.isVisible()
    assert plan_of(page).letter.referral == Referral("Ann Other", "0117 496 0000", "", TODAY)
    referral.who.setFocus()
    press(K.Key_Home)
    assert letter(fitcheck, page).introduction is None
    assert not referral.fields.isVisible()


# The page


def test_the_sections_that_fit_come_first_and_none_is_out_of_reach(page: PlanPage) -> None:
    interview = interview_of(page)
    every = {*Section, *Beside}
    for action, first in (
        (Action.PROCEED, Section.CONDITIONS),
        (Action.STAGE, Section.STAGES),
        (Action.DECLINE, Beside.LETTER),
    ):
        interview.override(Override(action, "because", TODAY))
        arranged = arrangement(interview.judgement)
        assert arranged.first[0] == first
        assert {*arranged.first, *arranged.more} == every
        assert len(arranged.first) + len(arranged.more) == len(every)


def test_undecided_shows_what_is_for_all(window: MainWindow, fitcheck: FitCheck) -> None:
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ole")), Form.EVENT)
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.set_value(window.interview.questions[0].id, 3)
    window.interview.finish()
    window.show_page("plan")
    page = plan_page(window)
    assert page.sheet is not None
    assert page.sheet.arranged.first == (
        Beside.NEXT_STEP,
        Section.RISKS,
        Beside.DISSENT,
        Beside.LISTS,
    )
    click(page.sheet.more_button)
    assert len(page.sheet.parts) == len(Section) + len(Beside)


def test_it_waits_until_the_questions_are_finished(page: PlanPage, window: MainWindow) -> None:
    interview_of(page).reopen()
    window.show_page("verdict")
    window.show_page("plan")
    assert "Still asking" in words(page)
    assert page.sheet is None
    assert "Proceed" not in words(page)


@pytest.mark.parametrize(("key", "where"), [(K.Key_V, "verdict"), (K.Key_R, "report")])
def test_one_key_leads_back_and_on(
    page: PlanPage, window: MainWindow, key: Qt.Key, where: str
) -> None:
    assert page.isVisible()
    press(key)
    assert window.page_name == where


def test_keys_are_letters_in_a_field_and_escape_leads_out_of_it(
    page: PlanPage, window: MainWindow
) -> None:
    write(editor(page, Section.SCOPE).field, " RVP")
    assert window.page_name == "plan"
    press(K.Key_Escape)
    press(K.Key_R)
    assert window.page_name == "report"
    assert window.interview is not None
    assert window.interview.assessment.plan.scope.endswith(" RVP")


def test_nothing_of_one_prospect_is_left_for_the_next(
    page: PlanPage, window: MainWindow, fitcheck: FitCheck
) -> None:
    write(editor(page, Section.SCOPE).field, " Kanarienvogel")
    other = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ole")), Form.FULL)
    window.open_assessment(other)
    assert page.sheet is None
    assert page.name.text() == ""
    assert window.interview is not None
    assert window.interview.assessment.plan == NO_PLAN


@pytest.mark.parametrize(("points", "size"), [(10, (1280, 720)), (20, (1280, 720))])
def test_nothing_is_cut_off_at_the_side_be_the_text_ever_so_large(
    page: PlanPage, window: MainWindow, qapp: QApplication, points: int, size: tuple[int, int]
) -> None:
    small = qapp.font()
    large = qapp.font()
    large.setPointSize(points)
    try:
        qapp.setFont(large)
        apply_theme(qapp, make_theme())
        decide(page, Action.STAGE)
        window.resize(*size)
        assert page.sheet is not None
        page.sheet.show_more(True)
        page.set_interview(interview_of(page))
        page.enter()
        QApplication.processEvents()
        assert page.sheet is not None
        wide = page.sheet.width()
        assert page._area.horizontalScrollBar().maximum() == 0
        for field in page.sheet.findChildren(QPlainTextEdit):
            if field.isVisible():
                right = field.mapTo(page.sheet, field.rect().topRight()).x()
                assert right <= wide
                assert field.width() > 60
    finally:
        qapp.setFont(small)
        apply_theme(qapp, make_theme())


def test_every_label_is_plain_text(page: PlanPage) -> None:
    assert page.sheet is not None
    page.sheet.show_more(True)
    assert {line.textFormat() for line in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    assert isinstance(editor(page, Section.SCOPE), TextEditor)
