"""Between the list and the rest of the window: nothing that is asked for is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.listed import SIZE
from fitcheck.first_look import FirstLook
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY, WhenAsked, render_empty_sheet
from tests.ui.layouts import left_behind
from ui.app import make_context
from ui.context import Context
from ui.dialogs.prospect import NewProspectDialog
from ui.first_list import first_list
from ui.main_window import MainWindow
from ui.meanwhile import REST, Meanwhile
from ui.theme import make_theme
from ui.widgets.prospect_table import ProspectTable

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Started:
    """A window in which the list stands and nothing else yet, over the book in ``folder``."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.look = FirstLook(folder)
        table = first_list(self.look, make_theme())
        assert table is not None
        self.table: ProspectTable = table
        self.window = MainWindow(None)
        qtbot.addWidget(self.window)
        self.window.show_frame()
        self.window.stand_where("")
        self.window.resize(1280, 800)  # larger than the offscreen screen
        self.window.show_list(table)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.meanwhile = Meanwhile(self.window, table)
        self._access = Access(folder, today=lambda: TODAY, first=self.look)
        self._context: Context | None = None

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def go_on(self) -> None:
        """Make the rest, as the session does, and let everything go its way."""
        self._context = make_context(self._access.open(), render_empty_sheet)
        self.window.open_book(self._context)
        self.meanwhile.hand_on()
        self.qtbot.waitUntil(lambda: not self.meanwhile.held)
        QApplication.processEvents()

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context.fitcheck.close()
        self.look.close()


@pytest.fixture
def names() -> list[str]:
    return ["Ada", "Ben", "Cleo", "Dora", "Ed"]


@pytest.fixture
def started(qtbot: QtBot, fitcheck: FitCheck, folder: Path, names: list[str]) -> Iterator[Started]:
    for name in reversed(names):
        fitcheck.add_prospect(Prospect(name))
    fitcheck.close()
    started = Started(qtbot, folder)
    yield started
    started.close()


def chosen(started: Started) -> str:
    row = started.table.current_row()
    assert row is not None
    return started.table.prospects.line(row).prospect.name


def test_the_list_is_gone_through_while_the_rest_is_made_and_is_the_one_that_stays(
    started: Started,
) -> None:
    assert chosen(started) == "Ada"
    started.press(Key.Key_Down)
    started.press(Key.Key_Down)
    assert chosen(started) == "Cleo", "at once"
    table = started.table
    row = table.viewport().mapTo(started.window, QPoint(40, table.rowViewportPosition(3) + 9))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(started.window.windowHandle(), left, pos=row)
    assert chosen(started) == "Dora"
    started.press(Key.Key_Home)
    started.press(Key.Key_Down)
    assert chosen(started) == "Ben"
    started.meanwhile.bring(["json"])
    started.go_on()
    assert started.window.prospects.table is table
    assert started.window.focusWidget() is table
    current = started.window.prospects.current()
    assert current is not None
    assert current.prospect.name == "Ben"
    assert started.window.prospects.details.isVisible()
    assert left_behind() == [], "in any layout that the list has left"


def test_what_needs_the_rest_is_held_and_then_done_in_its_order(started: Started) -> None:
    started.press(Key.Key_Down)
    started.press(Key.Key_F, CTRL)
    for key in (Key.Key_D, Key.Key_O):
        started.press(key)
    started.press(Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    started.press(Key.Key_Down)
    assert chosen(started) == "Ben", "what comes after it waits, too"
    brought: list[str] = []
    started.meanwhile.bring(iter_told(brought))
    assert brought == ["json"], "and no more pauses are made"
    started.go_on()
    assert started.window.prospects.search.text() == "do?", "which isn’t the key of the overview"


def test_what_is_typed_for_a_dialog_reaches_the_dialog(
    started: Started, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    started.press(Key.Key_N, CTRL)
    for key in (Key.Key_Z, Key.Key_O, Key.Key_E):
        started.press(key)
    typed: list[str] = []

    def read(dialog: NewProspectDialog) -> None:
        field = dialog.focusWidget()
        assert isinstance(field, QLineEdit)
        qtbot.waitUntil(lambda: len(field.text()) == 3)
        typed.append(field.text())
        dialog.reject()

    when_asked(NewProspectDialog, read)
    started.go_on()
    assert typed == ["zoe"]


def iter_told(brought: list[str]) -> Iterator[str]:
    for name in ("json", "base64"):
        brought.append(name)
        yield name


def test_a_double_click_opens_the_one_who_was_meant(started: Started) -> None:
    table = started.table
    row = table.viewport().mapTo(started.window, QPoint(40, table.rowViewportPosition(2) + 9))
    QTest.mouseDClick(started.window.windowHandle(), Qt.MouseButton.LeftButton, pos=row)
    started.go_on()
    assert started.window.page_name == "interview"
    assert started.window.interview is not None
    assert started.window.interview.assessment.prospect.name == "Cleo"


def test_a_menu_opens_by_its_letter(started: Started) -> None:
    window = started.window
    started.press(Key.Key_G, Qt.KeyboardModifier.AltModifier)
    started.go_on()
    active = window.menuBar().activeAction()
    assert active is not None
    assert active.text() == "&Go"
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_nothing_more_is_imported_once_the_window_is_closed(started: Started) -> None:
    brought: list[str] = []
    started.window.close()
    started.meanwhile.bring(iter_told(brought))
    assert brought == ["json"]
    assert started.window.closed
    started.look.close()


@pytest.mark.parametrize("names", [[f"Person {n:03}" for n in range(SIZE + 4)]])
def test_beyond_the_first_page_one_goes_once_it_can_be_read(started: Started) -> None:
    started.press(Key.Key_Down)
    assert chosen(started) == "Person 001"
    started.press(Key.Key_End)
    assert chosen(started) == "Person 001"
    started.go_on()
    assert chosen(started) == f"Person {SIZE + 3:03}"


def _filter(fitcheck: FitCheck) -> None:
    layout = json.dumps({"filters": {"phase": "all", "tag": "old"}})
    fitcheck.save_preferences(replace(fitcheck.preferences, list_layout=layout))


@pytest.mark.parametrize(
    "meanwhile",
    [_filter, lambda fitcheck: fitcheck.save_drafts({"page": "settings"})],
    ids=["filtered", "in the middle"],
)
def test_no_list_is_shown_where_one_sees_something_else(
    fitcheck: FitCheck, folder: Path, meanwhile: Callable[[FitCheck], None]
) -> None:
    fitcheck.close()
    look = FirstLook(folder)
    assert first_list(look, make_theme()) is None, "nobody is in the book"
    look.close()
    fitcheck = FitCheck.open(folder)
    fitcheck.add_prospect(Prospect("Ada"))
    fitcheck.close()
    look = FirstLook(folder)
    assert first_list(look, make_theme()) is not None
    look.close()
    fitcheck = FitCheck.open(folder)
    meanwhile(fitcheck)
    fitcheck.close()
    look = FirstLook(folder)
    assert first_list(look, make_theme()) is None
    look.close()


def test_what_is_imported_meanwhile_is_there() -> None:
    from importlib.util import find_spec

    assert all(find_spec(name) for name in REST)
