"""The window's parts over a real, throw-away book; only the rendering of documents is faked."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.services import FitCheck
from tests.ui import looking
from tests.ui.looking import look_until
from ui.app import make_context
from ui.context import Context
from ui.main_window import MainWindow
from ui.theme import apply_theme, make_theme

TODAY = dt.date(2026, 11, 21)
# As `dev.py test` has it; so that a bare `python -m pytest` needs no screen either.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LONG = 30_000
"""Milliseconds for what comes at once where the machine isn't busy with other tests."""

WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What the offscreen platform says of dialogs with a least size, and of pop-ups.
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:  # noqa: ARG001
    """Nobody answers what is asked as the windows are closed: it would stand there for ever."""
    asked: list[str] = []

    def call_off() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            asked.append(dialog.windowTitle() or type(dialog).__name__)
            dialog.close()

    timer = QTimer()
    # A message that is open holds nobody up; only a question that waits is still there after this.
    timer.setInterval(LONG)
    timer.timeout.connect(call_off)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        _clear_the_screen()
    if asked:
        pytest.fail(f"asked as the windows were closed: {asked}")


def _clear_the_screen() -> None:
    """What a test has left would go in the middle of the next one, and take the activation along:
    the offscreen platform has no window manager that would pass it on."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


@pytest.fixture(autouse=True, scope="session")
def _look(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    qapp.setApplicationName("FitCheck")
    apply_theme(qapp, make_theme())


class PatientBot(QtBot):
    """Waits no longer than it must, but longer than pytest-qt does where the machine is busy."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONG) -> None:
        super().waitUntil(callback, timeout=timeout)

    @contextmanager
    def waitActive(  # type: ignore[override]
        self, widget: QWidget, *, timeout: int = LONG
    ) -> Iterator[None]:
        """Asked for again and again: a window that was there before may go only now, and take the
        activation along."""
        yield

        def active() -> bool:
            widget.activateWindow()
            return QTest.qWaitForWindowActive(widget, 1000)

        self.waitUntil(active, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = LONG) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001
    """pytest-qt's, with more patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _look_no_longer() -> Iterator[None]:
    yield
    looking.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the book lies."""
    return tmp_path / "book"


@pytest.fixture
def to_copy(empty: Path) -> Path:
    """The book that a test begins with: an empty one, unless its module has another."""
    return empty


@pytest.fixture
def fitcheck(to_copy: Path, folder: Path) -> Iterator[FitCheck]:
    """The use-cases over a copy of that book, on a fixed day."""
    shutil.copytree(to_copy, folder)
    opened = FitCheck.open(folder, lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def context(fitcheck: FitCheck) -> Iterator[Context]:
    """What a page is constructed with; documents are one empty sheet."""
    made = make_context(fitcheck, render_empty_sheet)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> MainWindow:
    """The whole window, shown and active."""
    window = MainWindow(context)
    window.resize(1280, 800)  # larger than the offscreen screen
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def render_empty_sheet(_report: Report, paper: Paper) -> bytes:
    """A document of one empty page of the paper's size."""
    width, height = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}[paper]
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


@pytest.fixture
def when_asked() -> WhenAsked:
    """Once a modal dialog of a kind is there, act on it; to be called before it comes."""

    def when(kind: type[QWidget], act: Callable[[Any], Any]) -> None:
        def acted() -> bool:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, kind):
                return False
            if not dialog.isActiveWindow():
                # A window of the test before may go only now, and take the activation with it;
                # the offscreen platform has no window manager to pass it on.
                dialog.activateWindow()
                return False
            try:
                act(dialog)
            except BaseException:
                # Or the dialog would stay, and the test with it.
                dialog.close()
                raise
            return True

        look_until(acted, kind.__name__)

    return when
