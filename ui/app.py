"""The composition root: the one place where the parts of the window are put together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from fitcheck import __version__
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.watching import Watch
from ui.collecting import Collector
from ui.crashes import Crashes
from ui.icons import icon, program_icon
from ui.speaking import of_window, speak_in, speak_qt
from ui.theme import apply_theme, is_dark, make_theme

if TYPE_CHECKING:
    from fitcheck.services import FitCheck
    from ui.context import Context
    from ui.main_window import MainWindow


def run(
    folder: Path,
    demonstration: bool = False,
    watch: Watch | None = None,
    bring_in: Path | None = None,
) -> int:
    """Open the book in ``folder`` in a window, and return the exit status when it is closed.

    A ``demonstration`` book is filled with the fictional prospects first. ``watch`` hears of what
    nobody caught; it is shown here. What is in the file ``bring_in`` is shown once it is open.
    """
    app = make_application(sys.argv)
    speak_in(app, of_window(folder))
    collector = Collector()
    crashes = Crashes(watch or Watch(folder))
    try:
        return _run(app, folder, demonstration, crashes, bring_in)
    except Exception as error:  # or there would be no window, and not a word why
        crashes.tell_at_the_end(error)
        return 1
    finally:
        crashes.close()
        collector.stop()
        icon.cache_clear()  # pictures mustn't outlive the application


def _run(
    app: QApplication,
    folder: Path,
    demonstration: bool,
    crashes: Crashes,
    bring_in: Path | None,
) -> int:
    from fitcheck.access import Access
    from ui.session import Session

    session = Session(
        app,
        folder,
        Access(folder),
        lambda fitcheck: make_window(app, fitcheck, demonstration),
        add_demonstration if demonstration else None,
    )
    if bring_in is not None:
        from ui.bringing_in import BringingIn  # few starts need it

        BringingIn(session, bring_in)
    try:
        session.start()
        if not session.over:
            crashes.stand_on(session)
            session.opened.connect(crashes.tell_what_waits)
            session.locked.connect(crashes.tell_what_waits)
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
    speak_qt(app)
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
