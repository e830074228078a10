"""The track record's page: marking what came of a decision, and what the outcomes say."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.period import Reopening
from fitcheck.domain.policy import Action, Match
from fitcheck.services import FitCheck
from fitcheck.store.book import Book
from reports.record_words import diagram_row, diagram_sentence
from tests.domain.records import early, fitting
from tests.store.engaged import SIGNS, engaged, forecast, put
from tests.store.refusing import Refusals, refusing
from tests.ui.conftest import TODAY
from ui.dialogs.confirm import ConfirmDialog
from ui.drafts import part_of
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.pages.record import RecordPage
from ui.widgets.chart_view import ChartView

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with two who are due, one who isn't yet, one declined, and one marked before."""
    folder = tmp_path_factory.mktemp("record") / "book"
    book = Book.open(folder)
    engaged(book, "Ada Bell", ago(200), forecast(0.7, ago(200)))
    engaged(book, "Bo <b>Lind</b>", ago(95), None, Action.STAGE)
    engaged(book, "Cy Young", ago(10), forecast(0.5, ago(10)))
    engaged(book, "Di No", ago(200), None, Action.DECLINE)
    engaged(book, "Ed Old", ago(120), forecast(0.9, ago(120)), outcome=Match.WORKABLE)
    book.close()
    return folder


@pytest.fixture
def book(folder: Path, filled: Path) -> Book:
    shutil.copytree(filled, folder)
    return Book.open(folder)


@pytest.fixture
def fitcheck(book: Book) -> Iterator[FitCheck]:
    opened = FitCheck(book, lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def page(window: MainWindow) -> RecordPage:
    window.show_page("record")
    return window.record


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def listed(page: RecordPage) -> list[str]:
    people = page.marking.people
    return [people.item(row).text().split("\n")[0] for row in range(people.count())]


def of(fitcheck: FitCheck, name: str) -> Engagement:
    return next(each for each in fitcheck.outcomes.running() if each.name == name)


def count(window: MainWindow) -> str:
    return window.sidebar.buttons["record"].accessibleDescription()


# Marking


def test_nothing_of_the_page_is_made_before_one_comes_there(window: MainWindow) -> None:
    assert window.record.findChildren(QWidget) == []
    assert "M" in {action.shortcut().toString() for action in window.record.actions()}


def test_the_sidebar_says_how_many_are_due(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: count(window).startswith("2 outcomes to mark"))
    window.show_page("record")
    window.record.marking.keep()
    assert count(window).startswith("1 outcome to mark")
    window.record.marking.keep()
    assert count(window) == "Key: Ctrl+8"


def test_whoever_is_due_is_marked_by_keys_and_it_can_be_undone(
    window: MainWindow, page: RecordPage, fitcheck: FitCheck
) -> None:
    assert listed(page) == ["Ada Bell", "Bo <b>Lind</b>"]
    for key in (K.Key_1, K.Key_2, K.Key_4, K.Key_2):
        press(key)
    assert page.marking.form.rule.text() == "2 of 4 marks: it came out workable."
    press(K.Key_W)
    QTest.keyClicks(page.marking.form.words, "1 of 3 was late")
    press(K.Key_Return, CONTROL)
    (outcome,) = of(fitcheck, "Ada Bell").outcomes
    assert outcome.signs == {Sign.PAID, Sign.AGAIN}
    assert (outcome.words, outcome.occasion) == ("1 of 3 was late", Occasion.NINETY_DAYS)
    assert outcome.on == TODAY
    assert listed(page) == ["Bo <b>Lind</b>"]
    assert page.marking.told.text() == "The marks of Ada Bell are kept."
    assert [box.isChecked() for box in page.marking.form.boxes.values()] == [False] * 4
    press(K.Key_Z, CONTROL)
    assert of(fitcheck, "Ada Bell").outcomes == ()
    assert listed(page) == ["Ada Bell", "Bo <b>Lind</b>"]
    assert page.marking.undo_button.isHidden()
    press(K.Key_Z, CONTROL)
    assert window.page_name == "record"


def test_the_odds_are_not_shown_to_whoever_marks(page: RecordPage) -> None:
    said = " ".join(each.text() for each in page.marking.findChildren(QLabel))
    assert "%" not in said


def test_what_ended_early_is_found_and_marked_among_all_that_run(
    page: RecordPage, fitcheck: FitCheck
) -> None:
    press(K.Key_A)
    assert listed(page) == ["Cy Young", "Bo <b>Lind</b>", "Ed Old", "Ada Bell"]
    QTest.keyClicks(page.marking.search_field, "young")
    page.marking.populate()
    assert listed(page) == ["Cy Young"]
    page.marking.people.setFocus()
    press(K.Key_3)
    assert page.marking.form.occasions[Occasion.END].isChecked()
    press(K.Key_Return, CONTROL)
    (outcome,) = of(fitcheck, "Cy Young").outcomes
    assert outcome.occasion is Occasion.END
    assert outcome.signs == {Sign.TARGET}
    page.marking.search_field.setText("nobody of that name")
    page.marking.populate()
    assert listed(page) == []
    page.marking.show_everybody(everybody=False)
    assert listed(page) == ["Ada Bell", "Bo <b>Lind</b>"]


def test_an_outcome_is_corrected_from_the_list(page: RecordPage, fitcheck: FitCheck) -> None:
    press(K.Key_C)
    assert page.model.rowCount() == 1
    page.table.selectRow(0)
    press(K.Key_Return)
    assert page.marking.form.name.text() == "Ed Old"
    assert page.marking.form.decided.text().startswith("You decided on")
    assert "2 of 4 marks" in page.marking.form.earlier.text()
    # It begins at the end, whose turn is next; the other occasion has its own marks.
    press(K.Key_O)
    marked = {sign for sign, box in page.marking.form.boxes.items() if box.isChecked()}
    assert marked == SIGNS[Match.WORKABLE]
    press(K.Key_3)
    press(K.Key_4)
    press(K.Key_Return, CONTROL)
    found = of(fitcheck, "Ed Old")
    assert len(found.outcomes) == 2
    assert found.outcome is not None
    assert found.outcome.match is Match.GOOD
    page.show_face("cases")
    assert page.model.index(0, 6).data() == "Well"


def test_a_decision_that_was_taken_back_is_said_to_have_no_outcome(
    page: RecordPage, book: Book, fitcheck: FitCheck
) -> None:
    id_ = of(fitcheck, "Ed Old").prospect_id
    book.periods.take(id_, Reopening(TODAY)).result()
    page.mark_again(id_)
    assert page.said.text().startswith("Nothing is decided about them yet")


def test_another_page_can_lead_to_the_marks_of_somebody(
    window: MainWindow, page: RecordPage, fitcheck: FitCheck
) -> None:
    page.mark_again(of(fitcheck, "Cy Young").prospect_id)
    assert page.marking.form.name.text() == "Cy Young"
    assert page.marking.everybody
    page.mark_again(999)
    assert window.page_name == "record"


def test_of_whoever_is_erased_nothing_stays_on_the_page(
    window: MainWindow, page: RecordPage
) -> None:
    window.show_page("prospects")
    window.prospects.rights.let_go_of.emit(1)
    assert listed(page) == []
    assert page.model.rowCount() == 0
    said = {each.text() for each in page.findChildren(QLabel)}
    assert not any("Ada Bell" in text for text in said)
    window.show_page("record")
    assert listed(page) == ["Ada Bell", "Bo <b>Lind</b>"]


def test_going_from_one_to_another_keeps_what_was_begun(page: RecordPage) -> None:
    press(K.Key_1)
    page.marking.people.setCurrentRow(1)
    assert not page.marking.form.boxes[Sign.PAID].isChecked()
    press(K.Key_2)
    page.marking.people.setCurrentRow(0)
    assert page.marking.form.boxes[Sign.PAID].isChecked()
    press(K.Key_O)
    assert page.marking.form.boxes[Sign.PAID].isChecked(), "another occasion of the same marks"
    assert page.marking.unkept == "The marks of 2 engagements are not kept yet."
    press(K.Key_O)
    press(K.Key_1)
    assert page.marking.unkept == "The marks of 1 engagement are not kept yet."
    page.marking.forget()


def test_whoever_leaves_is_asked_about_marks_that_are_not_kept(
    window: MainWindow, page: RecordPage, when_asked: WhenAsked
) -> None:
    press(K.Key_1)
    when_asked(ConfirmDialog, lambda dialog: dialog.leave_it.click())
    window.show_page("prospects")
    assert window.page_name == "record"
    assert page.marking.form.boxes[Sign.PAID].isChecked()
    when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
    window.show_page("prospects")
    assert window.page_name == "prospects"
    window.show_page("record")
    assert not page.marking.form.boxes[Sign.PAID].isChecked()


def test_over_a_lock_the_marks_stay_as_they_are(
    window: MainWindow, page: RecordPage, context: Any, qtbot: QtBot
) -> None:
    page.marking.people.setCurrentRow(1)
    press(K.Key_2)
    QTest.keyClicks(page.marking.form.words, "not yet kept")
    assert window.let_go()
    kept = window.place()
    page.marking.forget()
    assert kept["page"] == "record"
    again = RecordPage(context)
    qtbot.addWidget(again)
    assert again.place() == {}
    again.stand_at(part_of(kept, "record"))
    again.enter()
    marking = again.marking
    assert marking.form.name.text() == "Bo <b>Lind</b>"
    assert marking.form.boxes[Sign.SCOPE].isChecked()
    assert marking.form.words.toPlainText() == "not yet kept"
    assert marking.unkept
    marking.forget()


def test_what_was_never_opened_keeps_its_place_too(context: Any, qtbot: QtBot) -> None:
    page = RecordPage(context)
    qtbot.addWidget(page)
    page.stand_at({"face": "cases"})
    assert page.place() == {"face": "cases"}
    page.enter()
    assert page.place()["face"] == "cases"


@pytest.fixture
def refusals() -> Iterator[Refusals]:
    with refusing() as made:
        yield made


def test_a_disk_that_refuses_is_told_and_the_marks_stay(
    refusals: Refusals, page: RecordPage
) -> None:
    press(K.Key_1)
    refusals.at = 1
    page.marking.keep()
    told = page.window().findChild(MessageWindow)
    assert told is not None
    assert told.message.happened == "The marks of Ada Bell were not kept."
    told.close()
    assert page.marking.form.boxes[Sign.PAID].isChecked()
    refusals.at = None
    page.marking.keep()
    assert page.marking.unkept == ""


def test_letters_and_figures_are_keys_only_where_nothing_is_typed(page: RecordPage) -> None:
    press(K.Key_W)
    for key in (K.Key_1, K.Key_R, K.Key_C):
        press(key)
    assert page.marking.form.words.toPlainText() == "1rc"
    assert not page.marking.form.boxes[Sign.PAID].isChecked()
    page.marking.form.words.clear()
    press(K.Key_Escape)
    press(K.Key_1)
    assert page.marking.form.boxes[Sign.PAID].isChecked()
    press(K.Key_1)
    press(K.Key_A)
    QTest.keyClicks(page.marking.search_field, "nobody")
    page.marking.populate()
    press(K.Key_Escape)
    press(K.Key_R)
    assert page.chips["record"].isChecked()


# The record


def text_of(page: RecordPage) -> str:
    assert page.sheet is not None
    return "\n".join(each.text() for each in page.sheet.findChildren(QLabel))


def test_too_early_there_is_the_list_and_no_figure(page: RecordPage) -> None:
    press(K.Key_R)
    said = text_of(page)
    assert "Too early to say anything: 19 more outcomes are needed." in said
    assert "1 outcome whose odds are known, of 20 that are needed." in said
    assert "1 prospect was declined. Declined prospects have no outcome" in said
    assert "A good fit is not the same as a good outcome" in said
    assert page.sheet is not None
    assert page.sheet.findChildren(ChartView) == []
    assert page.sheet.findChildren(QTableWidget) == []


def test_with_enough_outcomes_it_says_all_in_pictures_words_and_tables(
    page: RecordPage, window: MainWindow, book: Book
) -> None:
    put(book, fitting().engagements)
    window.show_page("prospects")
    window.show_page("record")
    press(K.Key_R)
    said = text_of(page)
    assert "31 outcomes whose odds are known." in said
    assert "Brier score: 0." in said
    assert "Under 50 outcomes, no change of the bars" in said
    figures = window.context.fitcheck.outcomes.record().track.figures
    assert figures is not None
    assert page.sheet is not None
    diagram, bars = page.sheet.findChildren(ChartView)
    for point in figures.diagram:
        assert diagram_sentence(point) in diagram.accessibleDescription()
    assert f"Resolution {figures.murphy.resolution:.3f}" in bars.accessibleDescription()
    table = page.sheet.tables[0]
    rows = [
        tuple(_cell(table, row, column) for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]
    assert rows == [diagram_row(point) for point in figures.diagram]
    assert all(each.accessibleName() for each in page.sheet.tables)
    advisers = page.sheet.tables[1]
    assert [_cell(advisers, row, 0) for row in range(4)] == [
        "The model",
        "Your gut",
        "Your decision",
        "Where you overruled the model",
    ]
    # The look may change while it is shown.
    window.restyling.restyle()
    page.restyle()
    assert text_of(page) == said


def _cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def test_the_list_is_sorted_by_any_column(page: RecordPage, window: MainWindow, book: Book) -> None:
    put(book, early().engagements)
    window.show_page("prospects")
    window.show_page("record")
    page.show_face("cases")
    days = [each.decided_on for each in page.model.engagements]
    assert days == sorted(days, reverse=True)
    for column in range(page.model.columnCount()):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            page.table.sortByColumn(column, order)
            assert len(page.model.engagements) == len(days)
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert names == sorted(names, key=str.casefold)
    page.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    odds = [page.model.index(row, 3).data() for row in range(page.model.rowCount())]
    assert odds[0] == "not known"
    shares = [int(each.split(" ")[0]) for each in odds[1:]]
    assert shares == sorted(shares)
    tips = [page.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)]
    assert tips == ["Nothing had been assessed to the end when it was decided."]


# Out of the window


def test_it_is_saved_as_a_pdf_and_exported_as_a_table(
    page: RecordPage, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = page._document()
    assert sheet is not None
    paper, table = tmp_path / "record.pdf", tmp_path / "record.csv"
    page.output.save_to(sheet, paper)
    assert not page.save_button.isEnabled()
    qtbot.waitUntil(lambda: page.said.text() == "Saved as record.pdf.")
    assert paper.read_bytes().startswith(b"%PDF")
    assert page.save_button.isEnabled()
    page.output.export_to(sheet, table)
    assert page.said.text() == "Exported as record.csv. Anybody can read it."
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == ["Ed Old"]


def test_a_file_that_can_not_be_written_is_told(
    page: RecordPage, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = page._document()
    assert sheet is not None
    page.output.export_to(sheet, tmp_path / "nowhere" / "record.csv")
    told = page.window().findChild(MessageWindow)
    assert told is not None
    assert told.message.happened == "The outcomes were not exported."
    told.close()
    page.output.save_to(sheet, tmp_path / "nowhere" / "record.pdf")

    def not_saved() -> list[MessageWindow]:
        every = page.window().findChildren(MessageWindow)
        return [each for each in every if each.message.happened.startswith("The track record was")]

    qtbot.waitUntil(lambda: bool(not_saved()))
    not_saved()[0].close()
    page.output.save_to(sheet, tmp_path / "given-up.pdf")
    page.let_go()
    assert page.save_button.isEnabled()


@pytest.mark.usefixtures("page")
def test_from_here_one_comes_to_the_quarter(window: MainWindow) -> None:
    press(K.Key_Q)
    assert window.page_name == "quarter"
