"""The whole book out of one window and into another; the list as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.pdf_attachment import assessment_bytes
from fitcheck.services import FitCheck
from fitcheck.whole_book import unlock
from tests.exchange.books import CHEAP, PASSPHRASE, exported, fill, opened
from tests.ui.conftest import WhenAsked
from tests.ui.test_importing import drop, mime
from ui.dialogs.incoming_book import IncomingBookDialog, TakenBookDialog
from ui.dialogs.known_prospect import KnownProspectDialog, To
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.whole_book import BookPassphraseDialog, ExportBookDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow


@pytest.fixture
def there(tmp_path: Path) -> Iterator[FitCheck]:
    """Another book, full."""
    fitcheck = opened(tmp_path / "there")
    fill(fitcheck)
    yield fitcheck
    fitcheck.close()


@pytest.fixture
def file(there: FitCheck, tmp_path: Path) -> Path:
    exported(there, tmp_path / "all.fitcheck", PASSPHRASE)
    return tmp_path / "all.fitcheck"


def choose(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """Let the next dialog of files choose that."""
    chosen = lambda *_arguments: (str(target), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)


def names(fitcheck: FitCheck) -> set[str]:
    return {line.prospect.name for line in fitcheck.prospects()}


def type_passphrase(dialog: BookPassphraseDialog, text: str = PASSPHRASE) -> None:
    dialog.passphrase.line.setText(text)
    dialog.confirm()


def said(dialog: TakenBookDialog | IncomingBookDialog | MessageWindow) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel))


def test_a_dropped_book_is_shown_and_taken_when_that_is_agreed_to(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    file: Path,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    mine = fitcheck.add_prospect(Prospect("Second", role="Head"))
    window.open_assessment(fitcheck.begin_assessment(mine, Form.FULL))
    window.show_page("settings")
    choose(monkeypatch, tmp_path / "list.txt")
    shown: list[str] = []

    def agree(dialog: IncomingBookDialog) -> None:
        (together,) = dialog.together.values()
        together.setChecked(True)
        shown.append(said(dialog))
        when_asked(TakenBookDialog, see)
        dialog.take_button.click()

    def see(dialog: TakenBookDialog) -> None:
        shown.append(said(dialog))
        dialog.save_button.click()
        dialog.close_button.click()

    def open_it(dialog: BookPassphraseDialog) -> None:
        when_asked(IncomingBookDialog, agree)
        type_passphrase(dialog)

    when_asked(BookPassphraseDialog, open_it)
    assert drop(window, mime(file))
    qtbot.waitUntil(lambda: len(shown) == 2)
    qtbot.waitUntil(lambda: (tmp_path / "list.txt").exists())
    assert "4 prospects are added." in shown[0]
    assert "3 prospects are added. 1 who is here is brought up to date." in shown[1]
    assert "Second: put together with Second" in (tmp_path / "list.txt").read_text("utf-8")
    assert len(names(fitcheck)) == 4
    assert window.page_name == "settings"
    assert window.interview is not None
    assert fitcheck.preferences.profile.name == "Ines"


def test_what_is_left_changes_nothing(
    window: MainWindow, fitcheck: FitCheck, file: Path, when_asked: WhenAsked
) -> None:
    left: list[bool] = []

    def leave(dialog: IncomingBookDialog) -> None:
        left.append(True)
        dialog.cancel_button.click()

    def open_it(dialog: BookPassphraseDialog) -> None:
        when_asked(IncomingBookDialog, leave)
        type_passphrase(dialog)

    when_asked(BookPassphraseDialog, open_it)
    window.exchanging.import_book(file)
    assert left
    assert names(fitcheck) == set()
    assert fitcheck.safekeeping.copies() == ()


def test_a_wrong_passphrase_is_told_in_the_dialog_which_stays(
    qtbot: QtBot, window: MainWindow, file: Path, when_asked: WhenAsked
) -> None:
    told: list[str] = []

    def try_it(dialog: BookPassphraseDialog) -> None:
        type_passphrase(dialog, "not it at all")
        qtbot.waitUntil(lambda: bool(dialog.fault.text()))
        told.append(dialog.fault.text())
        dialog.cancel_button.click()
        assert dialog.passphrase.text == ""

    when_asked(BookPassphraseDialog, try_it)
    window.exchanging.import_book(file)
    assert "isn’t the passphrase" in told[0]


def test_many_faults_are_listed_in_what_scrolls(
    qtbot: QtBot, window: MainWindow, there: FitCheck, tmp_path: Path, fitcheck: FitCheck
) -> None:
    plain = tmp_path / "all.jsonl"
    exported(there, plain)
    plain.write_bytes(plain.read_bytes().replace(b'"observed"', b'"guessed"'))
    window.importing.read(plain)
    found: list[MessageWindow] = []

    def there_is() -> bool:
        found[:] = window.findChildren(MessageWindow)
        return bool(found)

    qtbot.waitUntil(there_is)
    assert "faults in it" in found[0].message.to_do
    assert "line " in found[0].message.details
    assert names(fitcheck) == set()
    found[0].close()


def test_a_book_that_is_being_read_can_be_called_off(
    qtbot: QtBot,
    window: MainWindow,
    there: FitCheck,
    tmp_path: Path,
    fitcheck: FitCheck,
    when_asked: WhenAsked,
) -> None:
    book = exported(there, tmp_path / "all.jsonl")
    look = fitcheck.whole_book.look(book)
    called_off = Event()

    def cancel(dialog: ProgressDialog[object]) -> None:
        dialog.cancel_button.click()
        called_off.set()

    def take(report: object) -> object:
        # Only when it has been called off does it go on.
        called_off.wait(20)
        return fitcheck.whole_book.take(book, look, report=report)  # type: ignore[arg-type]

    when_asked(ProgressDialog, cancel)
    result = ProgressDialog.run(window, window.context.jobs, "Bringing it in", "…", take)
    assert result is None
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    fitcheck._book.settle()
    assert names(fitcheck) == set()


@pytest.mark.parametrize("to", [To.THEM, To.SOMEBODY_NEW])
def test_an_assessment_of_somebody_who_is_here_is_added_to_whom_one_says(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    when_asked: WhenAsked,
    tmp_path: Path,
    to: To,
) -> None:
    assessment = load_demo()[0]
    mine = fitcheck.add_prospect(Prospect(assessment.prospect.name.upper()))
    single = tmp_path / "one.json"
    single.write_bytes(assessment_bytes(assessment))
    when_asked(
        KnownProspectDialog,
        lambda dialog: (dialog.them if to is To.THEM else dialog.new).click(),
    )
    window.importing.read(single)
    qtbot.waitUntil(lambda: window.interview is not None)
    assert len(fitcheck.assessments(mine)) == (1 if to is To.THEM else 0)
    assert len(fitcheck.prospects()) == (1 if to is To.THEM else 2)
    window.importing.read(single)
    found: list[MessageWindow] = []

    def told() -> bool:
        found[:] = window.findChildren(MessageWindow)
        return bool(found)

    qtbot.waitUntil(told)
    assert found[0].message.happened == "This assessment is in your book already."
    found[0].close()
    assert len(fitcheck.prospects()) == (1 if to is To.THEM else 2)


def test_the_whole_book_is_exported_under_a_passphrase(
    window: MainWindow,
    fitcheck: FitCheck,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    fitcheck.add_assessment(load_demo()[0])
    choose(monkeypatch, tmp_path / "out.fitcheck")
    monkeypatch.setattr(
        type(fitcheck.whole_book).export, "__defaults__", (lambda _done: None, CHEAP)
    )

    def fill_in(dialog: ExportBookDialog) -> None:
        dialog.confirm()
        assert dialog.isVisible()
        for field in (dialog.fields.first, dialog.fields.second):
            field.line.setText(PASSPHRASE)
        dialog.confirm()

    when_asked(ExportBookDialog, fill_in)
    window.menus.export_book.trigger()
    (told,) = window.findChildren(MessageWindow)
    assert "exported" in told.message.happened
    told.close()
    assert unlock(tmp_path / "out.fitcheck", PASSPHRASE).key


def test_a_plain_export_is_warned_of(
    window: MainWindow, when_asked: WhenAsked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, tmp_path / "out.jsonl")
    warned: list[str] = []

    def tick(dialog: ExportBookDialog) -> None:
        dialog.plain.setChecked(True)
        warned.append(dialog.warning.text())
        assert not dialog.fields.isEnabled()
        dialog.confirm()

    when_asked(ExportBookDialog, tick)
    window.menus.export_book.trigger()
    assert "can read it" in warned[0]
    assert (tmp_path / "out.jsonl").read_bytes().startswith(b'{"format":"fitcheck/book"')
    for told in window.findChildren(MessageWindow):
        told.close()


def test_a_folder_that_isnt_there_is_told(
    window: MainWindow, when_asked: WhenAsked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, tmp_path / "nowhere" / "out.jsonl")

    def tick(dialog: ExportBookDialog) -> None:
        dialog.plain.setChecked(True)
        dialog.confirm()

    when_asked(ExportBookDialog, tick)
    window.menus.export_book.trigger()
    (told,) = window.findChildren(MessageWindow)
    assert told.message.happened == "The book was not exported."
    told.close()


def test_the_list_is_exported_as_it_is_shown(
    window: MainWindow, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for assessment in load_demo():
        fitcheck.add_assessment(assessment)
    window.prospects.enter()
    window.prospects.search.setText("e")
    window.prospects.refresh()
    window.prospects.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    model = window.prospects.model
    shown = [model.line(row).prospect.name for row in range(model.rowCount())]
    choose(monkeypatch, tmp_path / "list.csv")
    window.menus.export_list.trigger()
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["Name"] for row in csv.DictReader(stream)] == shown
    (told,) = window.findChildren(MessageWindow)
    assert "Anybody can read it." in told.message.kept
    told.close()
