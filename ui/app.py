"""The composition root: the one place where the parts of the window are put together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from fitcheck import __version__
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.i18n import _, current_language
from ui import messages
from ui.collecting import Collector
from ui.icons import icon, program_icon
from ui.theme import apply_theme, is_dark, make_theme

if TYPE_CHECKING:
    from fitcheck.services import FitCheck
    from ui.context import Context
    from ui.main_window import MainWindow


def run(folder: Path, demonstration: bool = False) -> int:
    """Open the book in ``folder`` in a window, and return the exit status when it is closed.

    A ``demonstration`` book is filled with the fictional prospects first.
    """
    app = make_application(sys.argv)
    collector = Collector()
    hook = sys.excepthook
    sys.excepthook = BugReporter()
    try:
        return _run(app, folder, demonstration)
    finally:
        sys.excepthook = hook
        collector.stop()
        icon.cache_clear()  # pictures mustn't outlive the application


def _run(app: QApplication, folder: Path, demonstration: bool) -> int:
    from fitcheck.access import Access
    from ui.session import Session

    session = Session(
        app,
        folder,
        Access(folder),
        lambda fitcheck: make_window(app, fitcheck, demonstration),
        add_demonstration if demonstration else None,
    )
    try:
        session.start()
        if not session.over:
            session.ended.connect(app.quit)
            app.exec()
        return session.status
    finally:
        session.close()


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application with its names, icon and a first look; whatever is shown next looks right."""
    app = QApplication.instance() or QApplication(list(arguments))
    assert isinstance(app, QApplication)
    app.setApplicationName("FitCheck")
    app.setApplicationDisplayName("FitCheck")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("fitcheck")
    app.setWindowIcon(program_icon())
    _speak_qt(app)
    return app


def make_window(app: QApplication, fitcheck: FitCheck, demonstration: bool = False) -> MainWindow:
    """The window over an open book, in the look that its preferences ask for."""
    from ui.main_window import MainWindow

    preferences = fitcheck.preferences
    theme = make_theme(preferences.profile.accent, is_dark(app, preferences.look))
    apply_theme(app, theme)
    return MainWindow(make_context(fitcheck), demonstration)


def make_context(
    fitcheck: FitCheck, render: Callable[[Report, Paper], bytes] | None = None
) -> Context:
    """What every page is handed. Tests give a ``render`` that stands for the worker process."""
    from ui.context import Context
    from ui.jobs import Jobs
    from ui.press import InThisProcess, Press

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    preferences = fitcheck.preferences
    theme = make_theme(preferences.profile.accent, is_dark(app, preferences.look))
    press = Press() if render is None else Press(lambda: InThisProcess(render))
    return Context(fitcheck, theme, Jobs(), press)


def add_demonstration(fitcheck: FitCheck) -> None:
    """Put the eight fictional prospects into an empty book."""
    from fitcheck.exchange.demo import load_demo

    if not fitcheck.prospects():
        for assessment in load_demo():
            fitcheck.add_assessment(assessment)


def _speak_qt(app: QApplication) -> None:
    """Let Qt's own words (in its colour and file dialogs) follow the language in force."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(current_language()), "qtbase", "_", folder):
        app.installTranslator(translator)


class BugReporter:
    """An exception hook that shows a fault of ours and lets the program go on."""

    def __init__(self) -> None:
        self.shown: messages.MessageWindow | None = None

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        # One at a time: a fault in painting would otherwise open a window a frame.
        if self.shown is not None:
            return
        message = messages.of_error(
            error.with_traceback(trace),
            _("Something went wrong in FitCheck."),
            _("Everything that was shown as saved is kept, and you can go on working."),
        )
        window = messages.tell(QApplication.activeWindow(), message)
        self.shown = window
        window.finished.connect(self._closed)

    def _closed(self) -> None:
        self.shown = None
