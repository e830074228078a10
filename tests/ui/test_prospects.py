"""The book on the screen: found, filtered, sorted, opened and added to, by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import AssessmentLine, Phase, ProspectLine, Summary
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from reports.list_words import odds, recommendation_text
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.main_window import MainWindow
from ui.models.prospects import Column

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def eight(window: MainWindow) -> MainWindow:
    """The window over the eight fictional prospects."""
    window.prospects.acts.add_samples()
    return window


def _names(window: MainWindow) -> list[str]:
    model = window.prospects.model
    return [model.line(row).prospect.name for row in range(model.rowCount())]


# The model


def _line(
    id_: int,
    name: str,
    hour: int = 0,
    recommendation: Recommendation | None = None,
    good: float = 0.5,
    finished: bool = True,
    form: Form = Form.FULL,
) -> ProspectLine:
    changed = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    latest = None
    if recommendation is not None:
        summary = Summary(recommendation, form is Form.EVENT, good, 0.9 - good, 0.1, id_, 12)
        latest = AssessmentLine(id_, dt.date(2026, 11, 20), form, finished, summary)
    return ProspectLine(id_, Prospect(name, "Acme"), changed, latest)


def test_an_unfinished_interview_keeps_its_totals_to_itself() -> None:
    line = _line(1, "Adam", recommendation=Recommendation.PROCEED, finished=False).latest
    assert recommendation_text(line, show_totals=False) == "In progress"
    assert odds(line, show_totals=False) is None
    assert recommendation_text(line, show_totals=True) == "Proceed"
    assert odds(line, show_totals=True) is not None


def test_an_event_form_only_leans() -> None:
    line = _line(1, "Adam", recommendation=Recommendation.STAGE, form=Form.EVENT).latest
    assert recommendation_text(line, show_totals=False) == "Leaning to a first step"


def test_who_has_no_assessment_says_so() -> None:
    assert recommendation_text(None, show_totals=True) == "No assessment yet"
    assert odds(None, show_totals=True) is None


# An empty book


def test_an_empty_book_explains_itself(window: MainWindow) -> None:
    page = window.prospects
    assert page.first_button.isVisible()
    assert page.sample_button.isVisible()
    assert page.first_button.hasFocus()
    assert not page.search.isVisible()


def test_sample_prospects_are_one_key_away(window: MainWindow) -> None:
    page = window.prospects
    QTest.keyClick(page.first_button, Qt.Key.Key_Tab)
    QTest.keyClick(page.sample_button, Qt.Key.Key_Space)
    assert page.model.rowCount() == 8
    assert page.table.isVisible()
    assert page.table.hasFocus()
    assert page.count.text() == "8 prospects"


# Adding and editing


def _fill(**texts: str) -> Callable[[NewProspectDialog], None]:
    def fill(dialog: NewProspectDialog) -> None:
        for name, text in texts.items():
            field = dialog.contact.fields[name]
            field.clear()
            QTest.keyClicks(field, text)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return fill


def test_ctrl_n_a_name_and_enter_begin_the_interview(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    when_asked(NewProspectDialog, _fill(name="  Ada Bell ", met_at="Fair"))
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert window.page_name == "interview"
    assert window.interview is not None
    assert window.interview.assessment.form is Form.FULL
    assert fitcheck.prospects()[0].prospect == Prospect("Ada Bell", met_at="Fair")


def test_the_event_form_is_chosen_by_a_key(
    qtbot: QtBot, window: MainWindow, when_asked: WhenAsked
) -> None:
    def fill(dialog: NewProspectDialog) -> None:
        QTest.keyClicks(dialog.contact.fields["name"], "Ada Bell")
        QTest.keyClick(dialog, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: dialog.form.value is Form.EVENT)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(NewProspectDialog, fill)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert window.interview is not None
    assert window.interview.assessment.form is Form.EVENT


def test_a_prospect_needs_a_name(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    def fill(dialog: NewProspectDialog) -> None:
        QTest.keyClicks(dialog.contact.fields["email"], "ada@bell.example")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        qtbot.waitUntil(dialog.contact.fields["name"].hasFocus)
        assert dialog.contact.fields["name"].placeholderText() == "Please give a name"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(NewProspectDialog, fill)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert fitcheck.prospects() == ()
    assert window.page_name == "prospects"


def test_editing_keeps_what_wasnt_touched(
    eight: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    line = eight.prospects.current()
    assert line is not None

    def fill(dialog: EditProspectDialog) -> None:
        assert dialog.contact.fields["name"].text() == line.prospect.name
        field = dialog.contact.fields["phone"]
        field.clear()
        QTest.keyClicks(field, "+44 1225 496 000")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(EditProspectDialog, fill)
    QTest.keyClick(eight, Qt.Key.Key_E, CONTROL)
    edited = fitcheck.prospect(line.id)
    assert edited.phone == "+44 1225 496 000"
    assert (edited.name, edited.met_at) == (line.prospect.name, line.prospect.met_at)
    now = eight.prospects.current()
    assert now is not None
    assert now.id == line.id


# Finding


def test_typing_finds_and_escape_shows_everyone(qtbot: QtBot, eight: MainWindow) -> None:
    page = eight.prospects
    QTest.keyClick(eight, Qt.Key.Key_F, CONTROL)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "parry")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.count.text() == "1 prospect"
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 8)


def test_nothing_found_says_so_and_offers_everyone(qtbot: QtBot, eight: MainWindow) -> None:
    page = eight.prospects
    QTest.keyClicks(page.search, "nobody of that name")
    qtbot.waitUntil(page.clear_button.isVisible)
    assert page.search.isVisible()
    page.clear_button.click()
    assert page.model.rowCount() == 8
    assert page.search.text() == ""


def test_chips_filter_by_phase(qtbot: QtBot, eight: MainWindow, fitcheck: FitCheck) -> None:
    page = eight.prospects
    for phase, chip in page.chips.items():
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page.finder.busy)
        wanted = {line.prospect.name for line in fitcheck.prospects(phase=phase)}
        assert set(_names(eight)) == wanted
    assert len(fitcheck.prospects(phase=Phase.DECLINE)) < 8


def test_a_filter_that_leaves_nobody_can_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    page = window.prospects
    page.context.fitcheck.add_prospect(Prospect("Ada Bell"))
    page.enter()
    page.chips[Phase.DECLINE].click()
    qtbot.waitUntil(page.clear_button.isVisible)
    page.clear_button.click()
    assert _names(window) == ["Ada Bell"]
    assert page.chips[Phase.ALL].isChecked()


def test_the_chosen_one_stays_chosen_while_the_list_changes(
    qtbot: QtBot, eight: MainWindow
) -> None:
    page = eight.prospects
    row = _names(eight).index("Gwen Parry")
    page.table.choose(row)
    QTest.keyClicks(page.search, "e")
    qtbot.waitUntil(lambda: not page.finder.busy)
    current = page.current()
    assert current is not None
    assert current.prospect.name == "Gwen Parry"


# Opening


def test_enter_opens_the_latest_assessment(eight: MainWindow) -> None:
    page = eight.prospects
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    current = page.current()
    assert current is not None
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert eight.page_name == "verdict"
    assert eight.interview is not None
    assert eight.interview.prospect_id == current.id


def test_down_leads_from_the_search_into_the_list(eight: MainWindow) -> None:
    page = eight.prospects
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_enter_in_the_search_opens_what_was_found(eight: MainWindow) -> None:
    page = eight.prospects
    QTest.keyClicks(page.search, "ashdown")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert eight.interview is not None
    assert eight.interview.assessment.prospect.name == "Tom Ashdown"


def test_a_double_click_opens(eight: MainWindow) -> None:
    table = eight.prospects.table
    place = table.visualRect(table.model().index(2, Column.MET_AT)).center()
    port = table.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    assert eight.interview is not None


def test_who_has_no_assessment_begins_a_full_one(window: MainWindow, fitcheck: FitCheck) -> None:
    id_ = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.prospects.enter()
    window.prospects.acts.open_current()
    assert window.page_name == "interview"
    assert len(fitcheck.assessments(id_)) == 1


@pytest.mark.parametrize(("key", "form"), [(Qt.Key.Key_N, Form.FULL), (Qt.Key.Key_E, Form.EVENT)])
def test_another_assessment_is_begun_by_a_key(
    eight: MainWindow, fitcheck: FitCheck, key: Qt.Key, form: Form
) -> None:
    line = eight.prospects.current()
    assert line is not None
    QTest.keyClick(eight, key, CONTROL | SHIFT)
    assert eight.interview is not None
    assert eight.interview.assessment.form is form
    assert len(fitcheck.assessments(line.id)) == 2


def test_the_details_list_every_assessment_and_open_one(
    eight: MainWindow, fitcheck: FitCheck
) -> None:
    line = eight.prospects.current()
    assert line is not None
    fitcheck.begin_assessment(line.id, Form.EVENT)
    eight.prospects.enter()
    listed = eight.prospects.details.assessments
    assert listed.count() == 2
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert eight.interview is not None
    assert eight.interview.id == fitcheck.assessments(line.id)[1].id


def test_the_prospects_actions_rest_on_other_pages(eight: MainWindow) -> None:
    actions = eight.prospects.actions_of_prospect
    # Some wait for something that this prospect hasn't, or for a second one.
    always = {*actions[:3], *eight.prospects.bulk.actions, *eight.prospects.rights.actions}
    assert all(action.isEnabled() for action in always)
    eight.show_page("settings")
    assert not any(action.isEnabled() for action in actions)


def test_what_is_for_one_rests_while_several_are_chosen(eight: MainWindow) -> None:
    page = eight.prospects
    asked: list[tuple[int, ...]] = []
    page.acts.open_beside.connect(asked.append)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    for_several = (page.acts.beside, *page.bulk.actions)
    assert {each for each in page.actions_of_prospect if each.isEnabled()} == {*for_several}
    QTest.keyClick(eight, Qt.Key.Key_B, CONTROL | SHIFT)
    assert asked == [tuple(page.model.line(row).id for row in (0, 1))]
    assert eight.page_name == "beside"
    assert eight.sidebar.buttons["prospects"].isChecked()


def test_one_prospects_line_is_a_key_away(eight: MainWindow) -> None:
    page = eight.prospects
    asked: list[int] = []
    page.acts.open_line.connect(asked.append)
    QTest.keyClick(eight, Qt.Key.Key_B, CONTROL | SHIFT)
    assert eight.page_name == "prospects", "one alone has nobody beside"
    QTest.keyClick(eight, Qt.Key.Key_L, CONTROL | SHIFT)
    assert asked == [page.model.line(0).id]
    assert eight.page_name == "line"


def test_a_persons_text_is_shown_as_text(window: MainWindow, fitcheck: FitCheck) -> None:
    name = "<b>Ada</b> & <img src=x>"
    fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), Form.FULL)
    window.prospects.enter()
    details = window.prospects.details
    assert details._name.text() == name
    assert details._name.textFormat() is Qt.TextFormat.PlainText
    window.prospects.acts.open_current()
    assert window.sidebar._name.text() == name
    assert window.sidebar._name.textFormat() is Qt.TextFormat.PlainText


def test_the_demonstration_shows_every_recommendation(fitcheck: FitCheck) -> None:
    for assessment in load_demo():
        fitcheck.add_assessment(assessment)
    shown = {
        line.latest.summary.recommendation
        for line in fitcheck.prospects()
        if line.latest and line.latest.summary
    }
    assert shown == set(Recommendation)
