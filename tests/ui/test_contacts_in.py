"""Contacts come in by dropping, choosing and pasting; step by step, by keyboard, and back out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fitcheck.domain.arrivals import Choice, Handling
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import About
from fitcheck.exchange.contact_columns import Column
from fitcheck.services import FitCheck
from fitcheck.store import intakes
from tests.exchange import tables, vcards
from tests.ui import incoming_contacts
from tests.ui.conftest import WhenAsked
from tests.ui.keyboard import press, type_
from tests.ui.looking import look_until
from tests.ui.test_exchanging import choose
from tests.ui.test_importing import drop, mime
from ui.contacts.columns import ColumnsStep
from ui.contacts.draft import PASTED_LIMIT, choices_draft, choices_of, source_draft, source_of
from ui.contacts.people import PeopleStep
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.contacts import ContactsDialog
from ui.dialogs.merge_with import MergeWithDialog
from ui.dialogs.progress import ProgressDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow

ADA = Prospect("Ada Gump", "Gump Works", "Head", "ada@gump.example")
Steps = list[Callable[[ContactsDialog], Any]]


def names(fitcheck: FitCheck) -> list[str]:
    return sorted(line.prospect.name for line in fitcheck.prospects())


def id_of(fitcheck: FitCheck, name: str) -> int:
    return next(line.id for line in fitcheck.prospects() if line.prospect.name == name)


def file(folder: Path, name: str, data: bytes) -> Path:
    made = folder / name
    made.write_bytes(data)
    return made


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


class NotYet(Exception):  # noqa: N818 - nothing is wrong
    """The step before is still under way."""


@pytest.fixture
def walk() -> Callable[[Steps], list[bool]]:
    """Act on the contacts' dialog step by step, each once no other dialog is over it."""

    def begin(steps: Steps) -> list[bool]:
        rest, done = list(steps), list[bool]()

        def look() -> bool:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, ContactsDialog) or not dialog.isVisible():
                return False
            if not dialog.isActiveWindow():
                dialog.activateWindow()
                return False
            try:
                rest[0](dialog)
            except NotYet:
                return False
            except BaseException:
                dialog.close()
                raise
            del rest[0]
            done.extend([True] * (not rest))
            return not rest

        look_until(look, "the contacts")
        return done

    return begin


def take(dialog: ContactsDialog) -> None:
    assert dialog.steps.currentWidget() is dialog.people
    dialog.next_button.click()


def close(dialog: ContactsDialog) -> None:
    assert dialog.steps.currentWidget() is dialog.came_of_it
    dialog.next_button.click()


Walk = Callable[[Steps], list[bool]]


def test_a_dropped_card_is_shown_and_taken_when_that_is_agreed_to(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, tmp_path: Path, walk: Walk
) -> None:
    ada = fitcheck.add_prospect(ADA)
    data = vcards.ANDROID + vcards.crlf(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Gump\\, Ada\nTITLE:CEO\nTEL:030 1234567\n"
        "EMAIL:ada@gump.example\nNOTE:Likes tea.\nEND:VCARD"
    )
    shown: list[str] = []

    def look(dialog: ContactsDialog) -> None:
        shown.append(dialog.people.counts.text())
        assert not dialog.back_button.isVisible()
        stand_on(dialog.people.table, 2)
        shown.append(said(dialog.people.person))
        assert dialog.people.source.text() == "spring fair"
        dialog.people.tags.setText(" warm, ,new  ones")
        take(dialog)

    def see(dialog: ContactsDialog) -> None:
        assert dialog.taken is not None
        shown.append(said(dialog.came_of_it))
        dialog.copy_button.click()
        assert QApplication.clipboard().text() == dialog.came_of_it.text
        close(dialog)

    done = walk([look, see])
    assert drop(window, mime(file(tmp_path, "spring fair.VCF", data)))
    qtbot.waitUntil(lambda: bool(done) and QApplication.activeModalWidget() is None)
    counts, preview, came = shown
    assert counts == "2 to be added, 1 to be merged, 0 to be left out."
    for words in ("same e-mail address", "Head", "Take “CEO” instead", "030 1234567 (new)"):
        assert words in preview
    assert "Likes tea." in preview
    assert "3 contacts in the file: 2 added, 1 merged, 0 left." in came
    assert "Ada Gump (line" in came
    assert names(fitcheck) == ["Ada Gump", "Bo", "Jörg Grün"]
    assert fitcheck.prospect(ada).role == "Head"
    assert fitcheck.abouts.about(ada) == About("", "Likes tea.", (), ("new ones", "warm"))
    bo = fitcheck.abouts.about(id_of(fitcheck, "Bo"))
    assert (bo.source, bo.tags) == ("spring fair", ("new ones", "warm"))
    assert window.prospects.model.rowCount() == 3


def test_a_table_is_mapped_by_keyboard_alone(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, tmp_path: Path, walk: Walk
) -> None:
    alt = Qt.KeyboardModifier.AltModifier

    def map_columns(dialog: ContactsDialog) -> None:
        step = dialog.columns
        assert "LinkedIn" in step.said.text()
        assert QApplication.focusWidget() is step.table
        # The seventh column, by the keys: when they connected is where they met.
        press(*[Qt.Key.Key_Down] * 6)
        press(Qt.Key.Key_H, modifier=alt)
        assert QApplication.focusWidget() is step.taken_for
        type_("Where")
        assert step.columns[6] is Column.MET_AT
        assert "02 Jan 2024" in step.preview.item(0, 5).text()  # type: ignore[union-attr]
        press(Qt.Key.Key_N, modifier=alt)

    # A button that is pressed by its letter acts a moment later.
    def leave_one(dialog: ContactsDialog) -> None:
        if dialog.steps.currentWidget() is not dialog.people:
            raise NotYet
        assert QApplication.focusWidget() is dialog.people.table
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_L, modifier=alt)

    def go_on(dialog: ContactsDialog) -> None:
        if dialog.people.model.choices[1] != Choice(Handling.LEAVE):
            raise NotYet
        press(Qt.Key.Key_Return)

    done = walk([map_columns, leave_one, go_on, close])
    window.importing.read(file(tmp_path, "Connections.csv", tables.LINKEDIN))
    qtbot.waitUntil(lambda: bool(done) and QApplication.activeModalWidget() is None)
    assert names(fitcheck) == ["Ada Gump"]
    assert fitcheck.prospects()[0].prospect.met_at == "02 Jan 2024"
    about = fitcheck.abouts.about(id_of(fitcheck, "Ada Gump"))
    assert about == About("Connections", "", ("https://www.linkedin.com/in/ada-gump",))


def stand_on(table: QTableView, row: int) -> None:
    """Choose one row alone, whatever keys are down."""
    flags = QItemSelectionModel.SelectionFlag
    index = table.model().index(row, 0)
    table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def choose_column(step: ColumnsStep, row: int, column: Column) -> None:
    stand_on(step.table, row)
    index = list(Column).index(column)
    step.taken_for.setCurrentIndex(index)
    step.taken_for.activated.emit(index)


def test_columns_can_be_changed_together_and_nobody_is_found_without_a_name(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, tmp_path: Path, walk: Walk
) -> None:
    def change(dialog: ContactsDialog) -> None:
        step = dialog.columns
        assert "windows-1252" in step.doubt.text()
        assert "“Müller”" in step.doubt.text()
        step.table.selectAll()
        index = list(Column).index(Column.LEFT_OUT)
        step.taken_for.activated.emit(index)
        assert {*step.columns} == {Column.LEFT_OUT}
        assert not dialog.next_button.isEnabled()
        assert step.fault.isVisible()
        assert step.preview.rowCount() == 0
        choose_column(step, 3, Column.NAME)
        assert dialog.next_button.isEnabled()
        assert step.preview.item(0, 0).text() == "Müller"  # type: ignore[union-attr]
        dialog.next_button.click()

    def back(dialog: ContactsDialog) -> None:
        dialog.back_button.click()

    def without_headings(dialog: ContactsDialog) -> None:
        assert dialog.columns.columns[3] is Column.NAME, "what was chosen is still there"
        dialog.columns.headings.click()

    def forget(dialog: ContactsDialog) -> None:
        step = dialog.columns
        assert step.table.item(0, 0).text() == "Column 1"  # type: ignore[union-attr]
        assert "Anrede" in step.table.item(0, 1).text()  # type: ignore[union-attr]
        dialog.reject()

    done = walk([change, back, without_headings, forget])
    window.importing.read(file(tmp_path, "Kontakte.csv", tables.OUTLOOK_GERMAN))
    qtbot.waitUntil(lambda: bool(done) and QApplication.activeModalWidget() is None)
    assert names(fitcheck) == []


def paste(qtbot: QtBot, window: MainWindow, data: QMimeData | str) -> None:
    # The offscreen platform gives the keys to nobody once a dialog has closed.
    with qtbot.waitActive(window):
        window.activateWindow()
    clipboard = QApplication.clipboard()
    if isinstance(data, str):
        clipboard.setText(data)
    else:
        clipboard.setMimeData(data)
    QTest.keyClick(window.prospects.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_what_is_on_the_clipboard_is_pasted(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, tmp_path: Path, walk: Walk
) -> None:
    fitcheck.add_prospect(Prospect("Somebody"))
    window.prospects.enter()
    card = "  BEGIN:VCARD\n  VERSION:4.0\n  FN:Cy {kind}\n  END:VCARD\n"
    as_card = QMimeData()
    as_card.setData("text/vcard", dedent(card.format(kind="Card")).encode())
    for data in (
        card.format(kind="Text"),
        as_card,
        "Name\tE-mail\nCy Table\tcy@table.example\n",
        mime(file(tmp_path, "cy.vcf", dedent(card.format(kind="File")).encode())),
    ):
        in_table = isinstance(data, str) and "\t" in data

        def first(dialog: ContactsDialog) -> None:
            dialog.next_button.click()

        done = walk([*([first] if in_table else []), take, close])
        paste(qtbot, window, data)
        qtbot.waitUntil(lambda done=done: bool(done))  # type: ignore[misc]
    assert names(fitcheck) == ["Cy Card", "Cy File", "Cy Table", "Cy Text", "Somebody"]
    assert fitcheck.abouts.about(id_of(fitcheck, "Cy Text")) == About()
    assert fitcheck.abouts.about(id_of(fitcheck, "Cy File")).source == "cy"


def test_where_there_are_no_contacts_on_the_clipboard_that_is_said(
    qtbot: QtBot, window: MainWindow
) -> None:
    paste(qtbot, window, "just words")
    told = window.findChild(MessageWindow)
    assert told is not None
    assert "no contacts on the clipboard" in told.message.happened
    told.close()
    window.prospects.search.setFocus()
    window.prospects.filters.show()
    window.prospects.search.setFocus()
    QTest.keyClick(window.prospects.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.prospects.search.text() == "just words"
    window.prospects.clear_search()
    window.show_page("settings")
    assert not window.menus.paste_contacts.isEnabled()
    window.show_page("prospects")
    assert window.menus.paste_contacts.isEnabled()
    assert QApplication.activeModalWidget() is None


def test_files_that_cannot_be_taken_are_named_and_nothing_changes(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for target, words in (
        (file(tmp_path, "broken.vcf", b"BEGIN:VCALENDAR"), "expected BEGIN:VCARD"),
        (file(tmp_path, "empty.csv", b""), "expected a table"),
        (tmp_path / "none.vcf", "No such file"),
    ):
        choose(monkeypatch, target)
        window.menus.import_contacts.trigger()
        told = window.findChild(MessageWindow)
        assert told is not None
        assert words in told.message.to_do
        assert "Nothing in your book was changed" in told.message.kept
        told.close()
        qtbot.waitUntil(lambda: window.findChild(MessageWindow) is None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: ("", ""))
    window.menus.import_contacts.trigger()
    assert names(fitcheck) == []


@pytest.fixture
def people(window: MainWindow, fitcheck: FitCheck) -> Callable[[], PeopleStep]:
    """The people of Google's example, two of whom are in the book, in a dialog that is shown."""
    fitcheck.add_prospect(ADA)
    fitcheck.add_prospect(Prospect("Bo Else", "Elsewhere"))

    def make() -> PeopleStep:
        data = vcards.crlf(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Gump\nORG:Gump Inc\nTITLE:CEO\n"
            "EMAIL:ada@gump.example\nEND:VCARD\n"
            "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Else\nORG:Other\nEND:VCARD\n"
            "BEGIN:VCARD\nVERSION:3.0\nFN:Cy New\nTITLE:Owner\nEND:VCARD\n"
            "BEGIN:VCARD\nVERSION:3.0\nFN:Cy New\nTITLE:Director\nEND:VCARD"
        )
        incoming = window.contacting._read(data, None, {})
        assert incoming is not None
        dialog = ContactsDialog(window, window.context, incoming)
        dialog.show()
        return dialog.people

    return make


def rows(step: PeopleStep) -> list[str]:
    model = step.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_what_becomes_of_somebody_is_decided_one_by_one(
    people: Callable[[], PeopleStep],
) -> None:
    step = people()
    assert rows(step) == [
        "Merged with Ada Gump",
        "Added, though perhaps Bo Else",
        "Added",
        "Added, though perhaps Cy New",
    ]
    person = step.person
    assert [person.decision.itemText(i) for i in range(person.decision.count())] == [
        "Add as somebody new",
        "Merge with Ada Gump, Gump Works",
        "Merge with somebody else…",
        "Leave out",
    ]
    assert {*person.boxes} == {"organisation", "role"}
    person.boxes["role"].click()
    assert step.model.choices[0].theirs == {"role"}
    assert person.boxes["role"].isChecked()
    person.decision.setCurrentIndex(3)
    person.decision.activated.emit(3)
    assert rows(step)[0] == "Left out"
    assert person.boxes == {}
    stand_on(step.table, 3)
    person.decision.activated.emit(1)
    assert rows(step)[3].startswith("The same as Cy New, line ")
    assert "“Director” of this card is left" in said(person)
    assert step.counts.text() == "2 to be added, 1 to be merged, 1 to be left out."
    stand_on(step.table, 2)
    step.leave_button.click()
    # Whoever is the same person as one who is left out is left out, too.
    assert step.counts.text() == "1 to be added, 0 to be merged, 3 to be left out."
    step.table.selectAll()
    step.leave_button.click()
    dialog = step.window()
    assert isinstance(dialog, ContactsDialog)
    assert not dialog.next_button.isEnabled()
    dialog.close()


def test_somebody_whom_nothing_tells_is_found_by_typing(
    people: Callable[[], PeopleStep], fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    rita = fitcheck.add_prospect(Prospect("Rita Round", role="Founder"))
    step = people()
    stand_on(step.table, 2)
    somebody = step.person.decision.findText("Merge with somebody else…")

    def give_up(dialog: MergeWithDialog) -> None:
        dialog.finder.line.setText("nobody at all")
        assert not dialog.merge_button.isEnabled()
        dialog.cancel_button.click()

    when_asked(MergeWithDialog, give_up)
    step.person.decision.setCurrentIndex(somebody)
    step.person.decision.activated.emit(somebody)
    assert rows(step)[2] == "Added"
    assert step.person.decision.currentText() == "Add as somebody new"

    def find(dialog: MergeWithDialog) -> None:
        dialog.finder.line.setText("rou")
        dialog.merge_button.click()

    when_asked(MergeWithDialog, find)
    step.person.decision.activated.emit(somebody)
    assert rows(step)[2] == "Merged with Rita Round"
    assert step.person.decision.currentText() == "Merge with Rita Round"
    assert {*step.person.boxes} == {"name", "role"}
    assert not step.person.why.isVisible(), "they have nothing in common"
    dialog = step.window()
    assert isinstance(dialog, ContactsDialog)
    dialog.next_button.click()
    assert dialog.taken is not None
    assert fitcheck.prospect(rita) == Prospect("Rita Round", role="Founder")
    assert rita in {each.id for each in dialog.taken.intake.changed}
    dialog.close()


def test_all_alike(people: Callable[[], PeopleStep]) -> None:
    step = people()
    step.table.selectAll()
    step.merge_button.click()
    assert rows(step) == [
        "Merged with Ada Gump",
        "Merged with Bo Else",
        "Added",
        f"The same as Cy New, line {step.model.plan.contacts.found[2].place.line}",  # type: ignore[union-attr]
    ]
    step.theirs_button.click()
    assert [sorted(choice.theirs) for choice in step.model.choices] == [
        ["organisation", "role"],
        ["organisation"],
        [],
        [],
    ]
    assert step.person.boxes["role"].isChecked()
    step.ours_button.click()
    assert not any(choice.theirs for choice in step.model.choices)
    assert not step.person.boxes["role"].isChecked()
    step.only.click()
    assert step.model.rowCount() == 3
    step.table.selectAll()
    step.add_button.click()
    assert {choice.handling for choice in step.model.choices} == {Handling.ADD}
    assert not step.theirs_button.isEnabled()
    step.only.click()
    stand_on(step.table, 2)
    assert not step.merge_button.isEnabled(), "Cy New is like nobody before them"
    selection = step.table.selectionModel()
    selection.clearSelection()
    assert not step.add_button.isEnabled()
    selection.select(step.model.index(3, 0), QItemSelectionModel.SelectionFlag.Rows)
    step.window().close()


# Calling it off, and taking it back


def test_an_import_that_is_called_off_under_way_leaves_all_as_it_was(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    walk: Walk,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write = intakes.write

    def slowly(*arguments: Any) -> Any:
        # Only once somebody has called it off.
        qtbot_wait.wait()
        return write(*arguments)

    from threading import Event

    qtbot_wait = Event()
    monkeypatch.setattr(intakes, "write", slowly)

    def call_off(dialog: ProgressDialog[object]) -> None:
        dialog.cancel_button.click()
        qtbot_wait.set()

    def begin(dialog: ContactsDialog) -> None:
        when_asked(ProgressDialog, call_off)
        take(dialog)
        assert dialog.steps.currentWidget() is dialog.people
        assert dialog.taken is None
        dialog.reject()

    done = walk([begin])
    window.contacting.show(vcards.ANDROID, None)
    assert done
    fitcheck.preferences  # noqa: B018
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    assert names(fitcheck) == []
    assert not fitcheck.contacts.can_take_back


def test_a_plan_that_is_no_longer_true_is_not_carried_out(
    window: MainWindow, fitcheck: FitCheck, walk: Walk
) -> None:
    ada = fitcheck.add_prospect(ADA)

    def change(dialog: ContactsDialog) -> None:
        fitcheck.edit_prospect(ada, Prospect("Ada Gump", "Elsewhere"))
        take(dialog)
        told = dialog.findChild(MessageWindow)
        assert told is not None
        assert "look at it again" in told.message.to_do
        told.close()
        dialog.reject()

    done = walk([change])
    window.contacting.show(
        vcards.crlf("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Gump\nORG:Gump Works\nEND:VCARD"), None
    )
    assert done
    assert fitcheck.prospect(ada).organisation == "Elsewhere"


def test_the_whole_import_is_taken_back_at_once(
    window: MainWindow, fitcheck: FitCheck, walk: Walk, when_asked: WhenAsked
) -> None:
    def undo(dialog: ContactsDialog) -> None:
        when_asked(ConfirmDialog, lambda asked: agree(asked))
        dialog.undo_button.click()

    done = walk([take, undo])
    window.contacting.show(vcards.ANDROID, None)
    assert done
    assert names(fitcheck) == []
    told = window.findChild(MessageWindow)
    assert told is not None
    assert told.message.kept == "2 removed, 0 put back."
    assert told.message.to_do == ""


def agree(dialog: QDialog) -> None:
    default = next(each for each in dialog.findChildren(QPushButton) if "back" in each.text())
    default.click()


def test_it_can_be_taken_back_later_from_the_menu(
    window: MainWindow, fitcheck: FitCheck, walk: Walk, when_asked: WhenAsked
) -> None:
    done = walk([take, close])
    window.contacting.show(vcards.ANDROID, None)
    assert done
    bo = id_of(fitcheck, "Bo")
    window.open_assessment(fitcheck.begin_assessment(bo, Form.EVENT))
    when_asked(ConfirmDialog, lambda dialog: dialog.reject())
    window.menus.undo_contacts.trigger()
    assert names(fitcheck) == ["Bo", "Jörg Grün"]
    when_asked(ConfirmDialog, lambda dialog: agree(dialog))
    window.menus.undo_contacts.trigger()
    assert names(fitcheck) == ["Bo"]
    told = window.findChild(MessageWindow)
    assert told is not None
    assert told.message.to_do == "1 stays, because something was done with them since: Bo."
    told.close()
    window.menus.undo_contacts.trigger()
    nothing = next(each for each in window.findChildren(MessageWindow) if each.isVisible())
    assert "no import of contacts to take back" in nothing.message.happened


def test_who_is_erased_is_forgotten_by_the_way_back(
    window: MainWindow, fitcheck: FitCheck, walk: Walk
) -> None:
    done = walk([take, close])
    window.contacting.show(vcards.crlf("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Gump\nEND:VCARD"), None)
    assert done
    window.let_go_of(id_of(fitcheck, "Ada Gump"))
    assert not fitcheck.contacts.can_take_back


def test_the_list_is_saved_where_one_says(
    window: MainWindow, tmp_path: Path, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "list.txt")

    def save(dialog: ContactsDialog) -> None:
        dialog.save_button.click()
        close(dialog)

    done = walk([take, save])
    window.contacting.show(vcards.ANDROID, None)
    assert done
    text = (tmp_path / "list.txt").read_text("utf-8")
    assert text.startswith("2 contacts in the file: 2 added, 0 merged, 0 left.\n")
    assert "Bo (line " in text


# Over a lock


def test_how_far_one_was_is_taken_up_again(
    window: MainWindow, fitcheck: FitCheck, tmp_path: Path, walk: Walk
) -> None:
    target = file(tmp_path, "Connections.csv", tables.LINKEDIN)
    drafts: list[dict[str, str]] = []

    def map_columns(dialog: ContactsDialog) -> None:
        choose_column(dialog.columns, 6, Column.MET_AT)
        drafts.append(dialog.draft())
        dialog.next_button.click()

    def leave_one(dialog: ContactsDialog) -> None:
        stand_on(dialog.people.table, 1)
        dialog.people.leave_button.click()
        dialog.people.source.setText("Ines")
        drafts.append(dialog.draft())
        dialog.reject()

    done = walk([map_columns, leave_one])
    window.contacting.read(target)
    assert done
    in_columns, in_people = drafts

    def still_mapped(dialog: ContactsDialog) -> None:
        assert dialog.steps.currentWidget() is dialog.columns
        assert dialog.columns.columns[6] is Column.MET_AT
        dialog.reject()

    done = walk([still_mapped])
    window.contacting.resume(in_columns)
    assert done

    def still_chosen(dialog: ContactsDialog) -> None:
        assert dialog.steps.currentWidget() is dialog.people
        assert dialog.people.model.choices[1] == Choice(Handling.LEAVE)
        assert dialog.people.source.text() == "Ines"
        assert dialog.back_button.isVisible()
        take(dialog)

    def over(dialog: ContactsDialog) -> None:
        assert dialog.draft() == {}
        close(dialog)

    done = walk([still_chosen, over])
    window.resume({"dialog": "contacts", **{f"dialog.{k}": v for k, v in in_people.items()}})
    assert done
    assert names(fitcheck) == ["Ada Gump"]
    target.write_bytes(tables.HUBSPOT)
    window.contacting.resume(in_people)
    target.unlink()
    window.contacting.resume(in_people)
    window.contacting.resume({})
    assert QApplication.activeModalWidget() is None


def test_only_choices_that_are_still_possible_are_taken_up() -> None:
    plan = incoming_contacts.plan()
    choices = list(plan.proposed)
    choices[1] = Choice(Handling.MERGE, 1, frozenset({"role"}))
    choices[2] = Choice(Handling.MERGE, 2)
    choices[3] = Choice(Handling.LEAVE)
    kept = choices_draft(plan, choices)
    assert choices_of(plan, kept) == tuple(choices)
    assert choices_of(plan, "") == plan.proposed
    gone = replace(plan, arrivals=tuple(replace(each, in_book=()) for each in plan.arrivals))
    assert choices_of(gone, kept) == (*plan.proposed[:3], choices[3], plan.proposed[4])
    joined = json.dumps({"3": ["join", 0, []], "4": ["join", 0, []], "9": ["leave", None, []]})
    assert choices_of(plan, joined) == plan.proposed, "Bo Else is like nobody"
    assert source_of(source_draft(None, b"BEGIN:VCARD")) == (None, b"BEGIN:VCARD")
    assert source_draft(None, b"x" * (PASTED_LIMIT + 1)) == {}
