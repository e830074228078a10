"""The page of a quarter: counted beside the quarter before, walked by keys, printed and saved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Referred
from fitcheck.services import FitCheck
from fitcheck.store.errors import StoreError
from tests.ui.conftest import TODAY
from ui.context import Context
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.pages.quarter import QuarterPage
from ui.widgets.quarter_body import QuarterBody

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def fill(fitcheck: FitCheck) -> None:
    """Three who were met this quarter: one is declined and was referred, one won."""
    for name, event, action in (
        ("Ada", "Fair", Action.DECLINE),
        ("Bea", "Fair", Action.PROCEED),
        ("Cy", "", None),
    ):
        id_ = fitcheck.add_prospect(Prospect(name, met_at=event))
        if action is not None:
            fitcheck.decide(id_, action, "because")
    fitcheck.referring.refer(1, None, Referred("Ruth", dt.date(2026, 9, 30)))
    fitcheck.referring.refer(1, None, Referred("Ruth", TODAY))


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> QuarterPage:
    page = QuarterPage(context)
    qtbot.addWidget(page)
    page.resize(1000, 650)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def counted(qtbot: QtBot, body: QuarterBody) -> list[tuple[str, str]]:
    """The figures with those of the quarter before, once they are counted."""
    qtbot.waitUntil(lambda: body.sheet is not None)
    return [(now.text(), before.text().split()[0]) for now, before in body.counts.values()]


def rows(body: QuarterBody, name: str) -> list[list[str]]:
    table = body.tables[name]
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        found.append([item.text() for item in items if item is not None])
    return found


def test_this_quarter_stands_there_and_keys_lead_to_the_ones_before(
    page: QuarterPage, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    fill(fitcheck)
    page.enter()
    body = page.body
    figures = counted(qtbot, body)
    assert body.name.text() == "October to December 2026"
    assert "the quarter isn’t over yet" in body.lead.text()
    assert figures == [("3", "0"), ("0", "0"), ("1", "0"), ("1", "0"), ("1", "1")]
    assert rows(body, "By event") == [
        ["Fair", "2 (0)", "0 (0)", "1 (0)", "1 (0)", "1 (1)"],
        ["Not written down", "1 (0)", "0 (0)", "0 (0)", "0 (0)", "0 (0)"],
    ]
    assert not body.after_button.isEnabled()
    QTest.keyClick(page, K.Key_Right, ALT)  # what has not begun can't be counted
    assert body.name.text() == "October to December 2026"
    QTest.keyClick(page, K.Key_Left, ALT)
    assert body.name.text() == "July to September 2026"
    assert counted(qtbot, body)[4] == ("1", "0")
    assert "isn’t over" not in body.lead.text()
    kept = page.place()
    QTest.keyClick(page, K.Key_Left, ALT)
    assert counted(qtbot, body) == [("0", "0")] * 5
    assert not body.nothing.isHidden()
    assert body.tables["By event"].isHidden()
    page.stand_at(kept)
    page.enter()
    assert body.name.text() == "July to September 2026"
    QTest.keyClick(page, K.Key_Right, ALT)
    assert counted(qtbot, body)[0] == ("3", "0")


def test_it_is_saved_as_a_document_and_as_a_table_by_keys(
    page: QuarterPage,
    fitcheck: FitCheck,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(fitcheck)
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str, *_rest: Any) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.enter()
    QTest.keyClick(page, K.Key_S, CONTROL)  # there is nothing yet
    counted(qtbot, page.body)
    QTest.keyClick(page, K.Key_S, CONTROL)
    assert not page.body.save_button.isEnabled()
    qtbot.waitUntil(lambda: len(proposed) == 1)
    QTest.keyClick(page, K.Key_S, CONTROL | SHIFT)
    assert proposed == ["quarter-2026-4.pdf", "FitCheck 2026-Q4.csv"]
    assert (tmp_path / proposed[0]).read_bytes().startswith(b"%PDF")
    assert '"2026-Q4","Event","Fair","2"' in (tmp_path / proposed[1]).read_text("utf-8-sig")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(tmp_path / "no/x"), ""))
    QTest.keyClick(page, K.Key_S, CONTROL | SHIFT)
    (told,) = page.findChildren(MessageWindow)
    assert "was not saved" in told.message.happened


def test_what_cannot_be_read_is_said(
    page: QuarterPage, fitcheck: FitCheck, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_quarter: object) -> None:
        raise StoreError("The book is damaged.")

    monkeypatch.setattr(fitcheck.quarters, "sheet", refuse)
    page.enter()
    qtbot.waitUntil(lambda: bool(page.findChildren(MessageWindow)))
    assert page.body.lead.text() == "Not counted."
    assert not page.body.print_button.isEnabled()
    assert page.leave()


def test_it_is_reached_by_a_key_and_left_to_the_track_record(
    window: MainWindow, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    fill(fitcheck)
    QTest.keyClick(window, K.Key_Q, CONTROL | SHIFT)
    assert window.page_name == "quarter"
    page = window.pages["quarter"]
    assert isinstance(page, QuarterPage)
    counted(qtbot, page.body)
    QTest.keyClick(page, K.Key_Escape)
    assert window.page_name == "record"
