"""The start, up to the list: a window at once, its list, and everything else after it.

Most of what a start takes is importing: the database, the pages, the use-cases. So the window is
painted first, with what stands in it whatever the book holds (:mod:`ui.frame`), and where and how
it stood the last time (:mod:`ui.first_sight`). Then the book is opened and its list is painted
(:mod:`ui.first_list`), and then all the rest follows on this thread, in pieces, between which the
list can be used (:mod:`ui.meanwhile`). (In a thread beside it, the same imports take half as long
again, and hold up both.)

Nothing that is imported here may be large; tests/ui/test_start.py says what mustn't be.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from fitcheck.i18n import speak
from fitcheck.look import Look
from ui.first_sight import FirstSight, first_sight
from ui.theme import apply_first, apply_theme, make_theme, theme_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from fitcheck.first_look import FirstLook
    from ui.front_window import FrontWindow
    from ui.main_window import MainWindow
    from ui.meanwhile import Meanwhile
    from ui.widgets.prospect_table import ProspectTable

SPAWNED = "FITCHECK_SPAWNED"
"""The variable of the environment that says when the process was begun, as ``time.time()``; the
log's figures count from there, and else from this module's being imported."""

PATIENCE = 1_000
"""Milliseconds after which it goes on unpainted: a window that is nowhere to be seen isn't."""

_BEGUN = time.time()


class Start:
    """Over the data in ``folder``; ``window`` is what was painted, if anything was.

    ``file`` is to be opened, and handed to a FitCheck that runs already.
    ``failed`` is what nobody caught while it was being painted, and ``said_by_qt`` of what kind and
    about what Qt said something meanwhile.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        demonstration: bool = False,
        file: Path | None = None,
    ) -> None:
        self.window: MainWindow | FrontWindow | None = None
        self.failed: list[BaseException] = []
        self.said_by_qt: list[tuple[QtMsgType, str | None]] = []
        self._app = app
        self._folder = folder
        self._demonstration = demonstration
        self._file = file
        self._painted = 0.0

    def paint(self) -> None:
        """Show the window that the start leads to, and return when it has been painted.

        A second start over the same book shows none: it only calls the first.
        """
        if not self._demonstration and _another_may_run(self._folder):
            from ui.instance import Doorbell

            if Doorbell(self._folder, file=self._file).ring():
                return
        if sys.platform == "darwin":  # elsewhere it is known without Qt, which takes longer
            from ui.speaking import of_window

            speak(of_window(self._folder))
        loop = QEventLoop()
        if self._demonstration or _opens_at_once(self._folder):
            from ui.main_window import MainWindow

            sight = first_sight(self._folder) or FirstSight()
            apply_first(self._app, make_theme(sight.accent, sight.dark, sight.strong))
            window = self.window = MainWindow(None, self._demonstration)
            window.show_frame(sight.sidebar)
            window.stand_where(sight.place)
            window.painted.connect(loop.quit)
        else:
            from ui.front_window import FrontWindow

            apply_first(self._app, theme_for(self._app, Look.SYSTEM))
            front = self.window = FrontWindow()
            front.painted.connect(loop.quit)
        QTimer.singleShot(PATIENCE, loop, loop.quit)
        before, sys.excepthook = sys.excepthook, self._uncaught
        qt_before = qInstallMessageHandler(self._said_by_qt)
        try:
            self.window.show()
            loop.exec()
        finally:
            sys.excepthook = before
            qInstallMessageHandler(qt_before)
        self._painted = time.time()

    def _uncaught(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        # The watch isn't there yet, and Python's own hook would print whatever the error says.
        self.failed.append(error.with_traceback(trace))

    def _said_by_qt(self, kind: QtMsgType, context: QMessageLogContext, _message: str) -> None:
        self.said_by_qt.append((kind, context.category))

    @property
    def given_up(self) -> bool:
        """Whether the window was closed before there was anything in it."""
        return self.window is not None and not self.window.isVisible()

    def give_up(self) -> None:
        """Something failed: what was shown is nothing to wait for."""
        if self.window is not None:
            self.window.hide()

    def let_go(self, whole: bool) -> None:
        """What is shown is the session's, to be deleted with all that it holds; ``whole``: it is
        the window, and all of it is there.
        """
        from fitcheck.log import Event, note

        self.window = None
        if whole:
            note(Event.WHOLE, whole_us=_after(time.time()))

    def look_first(self) -> FirstLook | None:
        """Open the book for the window that was painted for it, and read what it shows first.

        ``None`` where there is no such window, and where something is amiss: that is met again by
        what opens every other book, and told.
        """
        from fitcheck.errors import FitCheckError
        from fitcheck.first_look import FirstLook
        from ui.frame import Frame

        if self._demonstration or not isinstance(self.window, Frame):
            return None
        try:
            return FirstLook(self._folder)
        except (FitCheckError, OSError):
            return None

    def show_list(self, look: FirstLook) -> Meanwhile | None:
        """Paint the list of the book in that window; what stands by it while the rest is made.

        ``None`` where one sees something else first.
        """
        from fitcheck.errors import FitCheckError
        from ui.first_list import first_list
        from ui.main_window import MainWindow
        from ui.meanwhile import Meanwhile

        assert isinstance(self.window, MainWindow)
        preferences = look.preferences
        theme = theme_for(self._app, preferences.look, preferences.profile.accent)
        try:
            table = first_list(look, theme)
        except FitCheckError:
            return None
        if table is None:
            return None  # and the session puts on the look
        apply_theme(self._app, theme)
        self.window.show_list(table)
        meanwhile = Meanwhile(self.window, table)
        loop = QEventLoop()
        self.await_list(table, loop.quit)
        QTimer.singleShot(PATIENCE, loop, loop.quit)
        loop.exec()
        return meanwhile

    def await_list(self, table: ProspectTable, told: Callable[[], object] = lambda: None) -> None:
        """Note when the list of the book has been painted with somebody in it."""
        if self._painted:
            _ListPainted(table, self._painted, told)  # which the table keeps
            self._painted = 0.0  # a later one was not waited for


class _ListPainted(QObject):
    """Waits for the list to be painted with somebody in it."""

    def __init__(self, table: ProspectTable, painted: float, told: Callable[[], object]) -> None:
        super().__init__(table)
        self._painted = painted
        self._tell = told
        self._table = table
        self._table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._table.model().rowCount() > 0:
            self._table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self, self._told)
        return super().eventFilter(watched, event)

    def _told(self) -> None:
        from fitcheck.log import Event, note

        note(Event.LISTED, window_us=_after(self._painted), list_us=_after(time.time()))
        self._tell()
        self.deleteLater()


def _after(moment: float) -> int:
    """Microseconds from the beginning of the process."""
    begun = _BEGUN
    with suppress(ValueError):
        begun = float(os.environ.get(SPAWNED, ""))
    return int(1_000_000 * (moment - begun))


def _another_may_run(folder: Path) -> bool:
    """Whether a run is under way, or ended badly: each keeps a file while it goes on.

    Asking whoever may listen takes Qt's network, a tenth of what a first window may.
    """
    with suppress(OSError):
        return any(file.name.startswith("native-") for file in (folder / "logs").iterdir())
    return False


def _opens_at_once(folder: Path) -> bool:
    """Whether there is a book that asks for nothing, by the looks of its key.

    Reading it properly takes what reads all of the book's files. It is only looked at here, to
    guess which window will be wanted: the session reads it.
    """
    with suppress(OSError), (folder / "book.key").open("rb") as file:
        return b'"protection": "none"' in file.read(1_000)
    return False
