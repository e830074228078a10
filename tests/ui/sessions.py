"""A session over a real protected book, with clocks that the test turns."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QMetaType, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from tests.store.conftest import FakeKeyring
from tests.ui.conftest import render_empty_sheet
from tests.ui.looking import look_until
from tests.ui.protected import PASSPHRASE, access_to
from ui.app import make_context
from ui.main_window import MainWindow
from ui.pages.unlock import UnlockPage
from ui.session import Session

CANARY = "Kanarienvogel"
"""A word that no text of the application holds."""


class Clocks:
    """Seconds, as the test would have them."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept = 0.0

    def monotonic(self) -> float:
        return 100.0 + self.passed

    def wall(self) -> float:
        return 1.8e9 + self.passed + self.slept


@cache
def _filled(protect: bool) -> tuple[Path, int]:
    """Such a book, made once and copied: to make and to protect one takes a third of a second."""
    place = Path(tempfile.mkdtemp(prefix="fitcheck-desk-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    fitcheck = access_to(place / "book", FakeKeyring()).open()
    prospect = Prospect(f"Ada {CANARY}", organisation=f"{CANARY} Ltd", email="ada@example.org")
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(prospect), Form.FULL)
    if protect:
        fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    return place / "book", begun


class Desk:
    """A session over the book in ``folder``, which holds one prospect in the midst of talking."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.clocks = Clocks()
        self.keyring = FakeKeyring()
        self.access = access_to(folder, self.keyring)
        self.session = Session(
            app,
            folder,
            self.access,
            open_window,
            monotonic=self.clocks.monotonic,
            wall=self.clocks.wall,
        )

    def fill(self, protect: bool = True) -> int:
        """Make the book; the id of its assessment."""
        made, begun = _filled(protect)
        shutil.copytree(made, self.folder, dirs_exist_ok=True)
        return begun

    def unlock(self) -> MainWindow:
        """Type the passphrase; the window, once it is there."""
        if self.session.window is None and self.session.front is None:
            self.session.start()
        self.qtbot.waitUntil(lambda: isinstance(self._page(), UnlockPage))
        page = self._page()
        page.passphrase.line.setText(PASSPHRASE)
        page.unlock_button.click()
        return self.opened()

    def opened(self) -> MainWindow:
        """The window, once it is there and active."""
        self.qtbot.waitUntil(lambda: self.session.window is not None, timeout=20_000)
        window = self.window

        def active() -> bool:
            if window.isActiveWindow() or _modal() is not None:
                return True
            # Asked for again: whatever window was there before may just have gone, and taken it.
            window.activateWindow()
            return False

        self.qtbot.waitUntil(active)
        return window

    def locked(self) -> None:
        """Wait until the book is closed and the passphrase asked for."""
        self.qtbot.waitUntil(lambda: self.session.window is None)
        assert isinstance(self._page(), UnlockPage)

    @property
    def window(self) -> MainWindow:
        assert self.session.window is not None
        return self.session.window

    def _page(self) -> Any:
        return self.session.front.page if self.session.front else None

    def sleep(self) -> None:
        """Let the machine have slept, and have it noticed."""
        self.clocks.slept += 3600
        self.session.watch.look()


def desk(qtbot: QtBot, app: QApplication, folder: Path) -> Iterator[Desk]:
    """What a fixture yields: a desk that is tidied up."""
    made = Desk(qtbot, app, folder)
    yield made
    made.session.close()


def open_window(fitcheck: FitCheck) -> MainWindow:
    window = MainWindow(make_context(fitcheck, render_empty_sheet))
    window.resize(1280, 800)  # larger than the offscreen screen
    return window


def when_there(kind: type[QWidget], act: Callable[[Any], Any]) -> None:
    """Once a window or pop-up of this kind is shown, act; to be called before it is opened."""

    def acted() -> bool:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible():
                try:
                    act(widget)
                except BaseException:
                    widget.close()  # or the test would wait for it for ever
                    raise
                return True
        return False

    look_until(acted, kind.__name__)


def _modal() -> QDialog | None:
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, QDialog) else None


def told_by_any_widget() -> str:
    """Every text of every widget and window that exists, shown or not, whatever holds it."""
    texts = [window.title() for window in QGuiApplication.allWindows()]
    for widget in QApplication.allWidgets():
        about = widget.metaObject()
        for number in range(about.propertyCount()):
            entry = about.property(number)
            if entry.metaType().id() == QMetaType.Type.QString.value:
                texts.append(str(entry.read(widget)))
        if isinstance(widget, QPlainTextEdit):
            texts.append(widget.toPlainText())
        if isinstance(widget, QAbstractItemView):
            texts += _items(widget)
    return "\n".join(texts)


def _items(view: QAbstractItemView) -> list[str]:
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return []
    root = view.rootIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    return [
        str(model.index(row, column, root).data(Qt.ItemDataRole.DisplayRole))
        for row in range(model.rowCount(root))
        for column in range(columns)
    ]
