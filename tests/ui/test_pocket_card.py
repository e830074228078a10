"""The pocket card from the menu: chosen, saved and printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet
from reports.render import render
from ui.context import Context
from ui.dialogs import document as offering
from ui.dialogs.pocket_card import PocketCardDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.press import InThisProcess, Press

SLOW = 60_000


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> PocketCardDialog:
    dialog = PocketCardDialog(None, replace(context, press=Press(lambda: InThisProcess(render))))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def test_the_menu_offers_it_and_escape_closes_it(
    window: MainWindow, when_asked: Callable[..., None]
) -> None:
    seen: list[CardSheet] = []

    def look(dialog: PocketCardDialog) -> None:
        seen.append(dialog.sheet.value)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(PocketCardDialog, look)
    window.menus.card.trigger()
    assert seen == [CardSheet.A6]


@pytest.mark.parametrize("sheet", CardSheet)
def test_it_is_saved_on_the_chosen_sheet(
    qtbot: QtBot,
    dialog: PocketCardDialog,
    sheet: CardSheet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposed: list[str] = []
    file = tmp_path / "card.pdf"

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.sheet.radio(sheet).click()
    dialog.save_button.click()
    qtbot.waitUntil(dialog.told.isVisible, timeout=SLOW)
    assert dialog.told.text() == "Saved as card.pdf."
    assert proposed == [f"pocket-card-{sheet.value}.pdf"]
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        width = round(document[0].get_width())
        assert (len(document), width) == (2, 298 if sheet is CardSheet.A6 else 595)


def test_both_sides_are_printed_on_the_cards_own_size(
    qtbot: QtBot, dialog: PocketCardDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def choose(_parent: QWidget, paper: Paper, pages: int, size: object) -> QPrinter:
        asked.append((paper, pages, size))
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A6))
        return printer

    monkeypatch.setattr(offering, "choose_printer", choose)
    dialog.print_button.click()
    qtbot.waitUntil(dialog.told.isVisible, timeout=SLOW)
    assert dialog.told.text() == "Sent to the printer."
    assert asked == [(Paper.A4, 2, QPageSize.PageSizeId.A6)]
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        assert [round(page.get_width()) for page in document] == [297, 297]


def test_a_folder_that_refuses_is_told(
    qtbot: QtBot, dialog: PocketCardDialog, tmp_path: Path
) -> None:
    dialog.save_to(tmp_path / "missing" / "card.pdf")
    qtbot.waitUntil(lambda: bool(dialog.findChildren(MessageWindow)), timeout=SLOW)
    told = dialog.findChildren(MessageWindow)[0]
    assert told.message.happened == "The card was not saved."
    told.accept()
    assert dialog.save_button.isEnabled()


def test_every_control_has_a_name(dialog: PocketCardDialog) -> None:
    assert all(button.text() for button in dialog.findChildren(QAbstractButton))
    assert dialog.sheet.accessibleName()
