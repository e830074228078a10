"""The composition root: the one place where the parts of the window are put together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from fitcheck import __version__
from ui.theme import apply_theme, theme_for

# The window is painted before all that is only wanted then is imported: see ui/starting.py.
if TYPE_CHECKING:
    from fitcheck.domain.profile import Paper
    from fitcheck.domain.report import Report
    from fitcheck.first_look import FirstLook
    from fitcheck.services import FitCheck
    from fitcheck.watching import Watch
    from ui.collecting import Collector
    from ui.context import Context
    from ui.crashes import Crashes
    from ui.main_window import MainWindow
    from ui.session import Session
    from ui.starting import Start


def paint_first(
    folder: Path, demonstration: bool = False, bring_in: Path | None = None
) -> Callable[[Watch], int]:
    """Paint the window that the book in ``folder`` will be opened in; :func:`run` from there on."""
    from ui.starting import Start

    start = Start(name_application(sys.argv), folder, demonstration, bring_in)
    start.paint()
    return partial(run, folder, demonstration, start=start, bring_in=bring_in)


def run(
    folder: Path,
    demonstration: bool = False,
    watch: Watch | None = None,
    start: Start | None = None,
    bring_in: Path | None = None,
) -> int:
    """Open the book in ``folder`` in a window, and return the exit status when it is closed.

    A ``demonstration`` book is filled with the fictional prospects first. ``watch`` hears of what
    nobody caught; it is shown here. ``start`` has painted the window, if it is there already.
    What is in the file ``bring_in`` is shown once the book is open, in the window that is open
    already if there is one.
    """
    from fitcheck.i18n import current_language
    from fitcheck.watching import Watch
    from ui.collecting import Collector
    from ui.crashes import Crashes
    from ui.icons import icon
    from ui.speaking import of_window, speak_in

    app = make_application(sys.argv)
    # What was chosen lies beside one's own book, not beside the demonstration's.
    speak_in(app, current_language() if demonstration else of_window(folder))
    collector = Collector()
    watch = watch or Watch(folder)
    crashes = Crashes(watch)
    try:
        if start is not None:
            crashes.take_over(start.said_by_qt, start.failed)
        return _run(app, folder, demonstration, crashes, collector, start, bring_in)
    except Exception as error:  # or there would be no window, and not a word why
        if start is not None:
            start.give_up()
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
    collector: Collector,
    start: Start | None,
    bring_in: Path | None,
) -> int:
    """First the list of the book, where a window was painted for it, then all the rest."""
    with ExitStack() as stack:
        first, meanwhile = None, None
        if start is not None and not start.given_up:
            first = start.look_first()
        if start is not None and first is not None:
            stack.callback(first.close)
            meanwhile = start.show_list(first)
            if meanwhile is not None:
                meanwhile.bring()
        if start is not None and start.given_up:
            return 0
        session = _session(app, folder, demonstration, start, first, bring_in)
        stack.callback(session.close)
        session.start()
        if meanwhile is not None and session.window is not None:
            meanwhile.hand_on()
        # Whoever still held the list would hold it over a lock.
        meanwhile = None
        if start is not None:
            start.let_go(whole=session.window is not None)
        if not session.over:
            crashes.stand_on(session)
            session.opened.connect(crashes.tell_what_waits)
            session.locked.connect(crashes.tell_what_waits)
            session.ended.connect(app.quit)
            collector.start()
            app.exec()
        return session.status


def _session(
    app: QApplication,
    folder: Path,
    demonstration: bool,
    start: Start | None,
    first: FirstLook | None,
    bring_in: Path | None,
) -> Session:
    from fitcheck.access import Access
    from ui.bringing_in import BringingIn
    from ui.first_sight import keep_first_sight
    from ui.session import Session

    def open_window(fitcheck: FitCheck) -> MainWindow:
        begun = session.ways_in.take_begun()
        window = make_window(app, fitcheck, demonstration, begun)

        def keep() -> None:
            theme = window.context.theme
            keep_first_sight(fitcheck, theme.dark, window.sidebar.width(), theme.strong)

        if not demonstration:
            window.placed.connect(keep)
            if fitcheck.protection.protected:
                keep()  # which takes away what a crash after it was protected has left
        if start is not None:
            start.await_list(window.prospects.table)
        return window

    session = Session(
        app,
        folder,
        Access(folder, first=first),
        open_window,
        add_demonstration if demonstration else None,
        begun=None if start is None else start.window,
        tour=True,
        file=bring_in,
    )
    BringingIn(session, bring_in)
    return session


def name_application(arguments: Sequence[str]) -> QApplication:
    """The application with its names."""
    app = QApplication.instance() or QApplication(list(arguments))
    assert isinstance(app, QApplication)
    app.setApplicationName("FitCheck")
    app.setApplicationDisplayName("FitCheck")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("fitcheck")
    return app


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application with its names, icon and a first look; whatever is shown next looks right."""
    from ui.icons import program_icon
    from ui.speaking import speak_qt

    app = name_application(arguments)
    app.setWindowIcon(program_icon())
    speak_qt(app)
    return app


def make_window(
    app: QApplication,
    fitcheck: FitCheck,
    demonstration: bool = False,
    begun: MainWindow | None = None,
) -> MainWindow:
    """The window over an open book, in the look that its preferences ask for.

    It is the one that was ``begun`` without the book, or a new one.
    """
    from ui.main_window import MainWindow

    preferences = fitcheck.preferences
    theme = theme_for(app, preferences.look, preferences.profile.accent)
    if begun is None or begun.table is None or begun.table.theme != theme:
        apply_theme(app, theme)
    if begun is None:
        return MainWindow(make_context(fitcheck), demonstration)
    begun.open_book(make_context(fitcheck))
    return begun


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
    theme = theme_for(app, preferences.look, preferences.profile.accent)
    press = Press() if render is None else Press(lambda: InThisProcess(render))
    return Context(fitcheck, theme, Jobs(), press)


def add_demonstration(fitcheck: FitCheck) -> None:
    """Put the eight fictional prospects into an empty book."""
    from fitcheck.exchange.demo import load_demo

    if not fitcheck.prospects():
        for assessment in load_demo():
            fitcheck.add_assessment(assessment)
