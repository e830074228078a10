"""From the start of the program to its end: the book in its window, and locked again. What stands
before it meanwhile is a matter of :mod:`ui.ways_in`.

Locking happens in two steps. At once, before anything else is painted, everything is covered and
every dialog called off. The book is closed and the window deleted only when control has come back
from those dialogs to where they were asked, which may be deep in a page: deleting the page under it
would be a crash, and what a dialog keeps on being closed still needs the open book.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from fitcheck.access import Access, State
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, current_language
from fitcheck.log import Event, note
from fitcheck.services import FitCheck
from fitcheck.store.backup import Copy
from ui import covering, messages
from ui.drafts import drafts_of
from ui.front_window import FrontWindow, NotLockedPage, take_place
from ui.handing_over import IDLE, HandingOver
from ui.idle import Watch
from ui.idle_work import IdleWork
from ui.instance import Doorbell
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.restoring import Restoring
from ui.speaking import print_as_here, speak_in
from ui.theme import apply_theme
from ui.ways_in import WaysIn

RETRY = 10_000
"""Milliseconds between two attempts to save what keeps the book from being locked."""


class Session(QObject):
    """The life of the program over the book that ``access`` leads to.

    ``open_window`` makes the window over an open book; ``fill`` (a demonstration) is given the new
    book first, and then nothing is ever asked. ``begun`` is a window that was painted already, for
    the book or for what is asked before it. With ``tour``, three cards follow on the welcome, once
    in a book's life. ``file`` is handed to a FitCheck that runs already; who made the session opens
    it otherwise. After :meth:`start` the event loop is to be run unless ``over``; then ``status``
    is the exit status, and :meth:`close` is to be called.
    """

    ended = Signal()
    """It is over, and the event loop is to be left."""
    opened = Signal()
    """The book is shown in its window."""
    locked = Signal()
    """The book is closed, and nothing of it is left in any widget."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        access: Access,
        open_window: Callable[[FitCheck], MainWindow],
        fill: Callable[[FitCheck], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        begun: MainWindow | FrontWindow | None = None,
        *,
        tour: bool = False,
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self.over = False
        self.status = 0
        self.window: MainWindow | None = None
        self._app = app
        self._access = access
        self._open_window = open_window
        self._fill = fill
        self._tour = tour
        self._fitcheck: FitCheck | None = None
        self._jobs = Jobs(self)
        self._drafts: dict[str, str] = {}
        self._locking = False
        self._language = ""
        self._was_open = False
        self.doorbell = Doorbell(folder, self, file=file)
        self.doorbell.rung.connect(self.come_forward)
        self.watch = Watch(self._limit, monotonic, wall, self)
        for signal in (self.watch.idle, self.watch.woken, self.watch.lock_asked):
            signal.connect(self._lock_by_itself)
        self.idle_work = IdleWork(self.watch.quiet_for, monotonic, self)
        self.ways_in = WaysIn(app, folder.absolute(), access, self._jobs, begun, self)
        self.ways_in.opened.connect(self._take)
        self.ways_in.welcomed.connect(self._welcomed)
        self.ways_in.failed.connect(self._trouble)
        self.handing = HandingOver(access, self)
        self.handing.back.connect(self.ways_in.ask_to_unlock)
        self.handing.opened.connect(self._take)
        self.handing.failed.connect(self.ways_in.not_opened)
        self.restoring = Restoring(self._jobs, self)
        self.restoring.over.connect(self._open_again)
        self.ways_in.told.connect(self.restoring.keep_told)
        self.clearing = covering.Clearing(self)
        self.clearing.cleared.connect(self._close_book)
        self._retry = self._once(RETRY, self._close_book)
        self._dropping = self._once(0, self._drop_book)

    # Beginning and end

    def start(self) -> None:
        """Open the book or ask for its passphrase; a second start only calls the first one."""
        if self._fill is None and (self.doorbell.ring() or not self.doorbell.listen()):
            self._end(0)
            return
        self.ways_in.dress()
        state = self._access.state
        if state is State.PROTECTED:
            self.ways_in.try_keyring()
            return
        try:
            fitcheck = self._access.open()
        except (FitCheckError, OSError) as error:
            self.ways_in.not_opened(error)
            return
        self._fitcheck = fitcheck
        if state is State.NEW:
            print_as_here(fitcheck)
        if self._fill is not None:
            self._fill(fitcheck)
        if self._fill is None and state is State.NEW:
            self.ways_in.welcome(fitcheck)
        else:
            self._take(fitcheck)

    @property
    def front(self) -> FrontWindow | None:
        """What stands before the book, or in its place."""
        return self.ways_in.window

    def close(self) -> None:
        """Let go of everything. May be repeated."""
        self.watch.stop()
        # A session that is closed shows nothing and closes nothing any more.
        for timer in (self._retry, self._dropping):
            timer.stop()
        self.idle_work.stop()
        self.clearing.stop()
        self.doorbell.close()
        self.handing.give_up()
        self.ways_in.close()
        self._jobs.close()
        window, fitcheck = self.window, self._fitcheck
        self.window = self._fitcheck = None
        # Both are closed by the window already, unless it was never reached or the system ends.
        if window is not None:
            window.context.close()
        if fitcheck is not None:
            fitcheck.close()
        if window is not None:
            Shiboken.delete(window)

    @property
    def may_tell(self) -> bool:
        """Whether something may be told over what is shown, which the prospect's form forbids."""
        return not self._locking and not self.handing.under_way

    @Slot()
    def come_forward(self) -> None:
        """Bring whatever window there is before all others: it was asked for by a second start."""
        dialog = QApplication.activeModalWidget()
        for window in (self.front or self.window, dialog):
            if window is None:
                continue
            if window.isMinimized():
                # And not showNormal: a form that fills the screen goes on filling it.
                window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    @Slot(object)
    def _trouble(self, error: BaseException) -> None:
        apply_theme(self._app, self.ways_in.theme)
        message = messages.of_error(error, _("FitCheck can't open your book."))
        messages.MessageWindow(message).exec()
        self._end(1)

    def _once(self, interval: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    def _end(self, status: int) -> None:
        self.over = True
        self.status = status
        self.ended.emit()

    # The book in its window

    @Slot()
    def _welcomed(self) -> None:
        if self._fitcheck is not None:
            self._take(self._fitcheck)
        if self._tour and self.window is not None:
            QTimer.singleShot(0, self.window, self.window.helping.show_tour)

    @Slot(object)
    def _take(self, fitcheck: FitCheck) -> None:
        """Show the book in its window, where it was left if it was locked."""
        if self.window is not None:
            fitcheck.close()
            return
        self._fitcheck = fitcheck
        drafts: dict[str, str] = {}
        with suppress(FitCheckError):
            # What can't be taken now stays where it is, for the next time.
            drafts = fitcheck.take_drafts()
        trouble = self.handing.take(fitcheck)
        window = self.window = self._open_window(fitcheck)
        window.lock_asked.connect(self.lock)
        window.hand_over_asked.connect(self.hand_over)
        window.restore_asked.connect(self.restore)
        window.language_asked.connect(self.speak)
        if self.front is not None and self._was_open:
            take_place(window, self.front)
        window.stand_at(drafts)
        window.show()
        window.activateWindow()
        self.ways_in.drop()
        self._was_open = True
        self.watch.start()
        if self._fill is None:
            window.keeping.follow(self.idle_work)
        QTimer.singleShot(0, window, lambda: window.resume(drafts))
        for said in (trouble, self.restoring.take_told()):
            if said is not None:
                messages.tell(window, said)
        note(Event.SHOWN)
        self.opened.emit()

    # Handing over

    @Slot(int, str)
    def hand_over(self, assessment_id: int, pin: str) -> None:
        """Cover and close the book as for a lock, and let the prospect's form fill the screen.

        Where a write fails it is not handed over: the person is told so, and goes on.
        """
        window, fitcheck = self.window, self._fitcheck
        if window is None or fitcheck is None or window.closed or self._locking:
            return
        try:
            self.handing.prepare(fitcheck, assessment_id, pin)
        except FitCheckError as error:
            self.handing.refused(window, error)
            return
        self._begin_to_lock(window)

    # A backup in the book's place

    @Slot(object)
    def restore(self, copy: Copy) -> None:
        """Cover and close the window as for a lock, and restore the backup in the meantime."""
        window = self.window
        if window is None or window.closed or self._locking:
            return
        self.restoring.prepare(copy)
        self._begin_to_lock(window)

    @Slot()
    def _open_again(self) -> None:
        """Open whatever book there is now, or ask for its passphrase."""
        if self._access.state is State.PROTECTED:
            self.ways_in.ask_to_unlock()
            return
        try:
            self._take(self._access.open())
        except (FitCheckError, OSError) as error:
            self.ways_in.not_opened(error)

    # Another language

    @Slot(str)
    def speak(self, code: str) -> None:
        """Cover the window as for a lock, and build it anew in that language: the book stays open.

        Where something can't be written, it goes on as it is; the next start speaks the language.
        """
        window = self.window
        if window is None or window.closed or self._locking or code == current_language():
            return
        self._language = code
        self._begin_to_lock(window)

    # Locking

    def _limit(self) -> float:
        if self.handing.under_way:
            return IDLE
        return 60.0 * self._fitcheck.preferences.lock_after if self._fitcheck else 0.0

    @Slot()
    def _lock_by_itself(self) -> None:
        self.handing.end()
        self.lock()
        if self.window is not None and not self.window.closed and not self._locking:
            self.watch.start()  # not protected, or not now: it may be the next time

    @Slot()
    def lock(self) -> None:
        """Cover everything now, and close the book as soon as its dialogs have gone.

        Nothing happens while the book isn't protected, or is locked or closed already. ``locked``
        says when it is done. Where a write fails, what is not on the disk would be lost with the
        key: then everything stays covered but the book stays open, the person is told so, and it
        is tried again. A passer-by could lift that cover, and that is the lesser harm: a full disk
        is rare, and what someone confided can't be asked for twice.
        """
        window, fitcheck = self.window, self._fitcheck
        if window is None or fitcheck is None or window.closed or self._locking:
            return
        if fitcheck.protection.protected:
            self._begin_to_lock(window)

    def _begin_to_lock(self, window: MainWindow) -> None:
        self._locking = True
        self.watch.stop()
        # What an input method still composes is typed, too.
        QGuiApplication.inputMethod().commit()
        self._drafts = {**window.place(), **drafts_of(covering.open_dialogs())}
        self.ways_in.look_as(window.context)
        self.ways_in.show_page(QWidget(), window)
        self.ways_in.cover.held = True
        window.hide()
        self.clearing.begin(self.ways_in.cover, window)

    @Slot()
    def _close_book(self) -> None:
        """The second step, which may be repeated until everything is on the disk."""
        window, fitcheck = self.window, self._fitcheck
        if window is None or fitcheck is None or not self._locking:
            return
        if covering.open_dialogs():
            # Asked by whoever heard that its first question was called off.
            self.clearing.begin(self.ways_in.cover, window)
            return
        if self.restoring.under_way:
            with suppress(FitCheckError):
                # What a damaged book doesn't take any more was to be replaced anyway.
                window.let_go()
            self._drop_book()
            return
        try:
            if not window.let_go():
                self._stay_covered(None)
                return
            if window.interview is not None:
                window.interview.retry()
            # All that was written before has been written, or has failed, when this returns.
            fitcheck.save_drafts(self._drafts)
        except FitCheckError as error:
            self._stay_covered(error)
            return
        failure = window.interview.failure if window.interview else None
        if failure is not None:
            self._stay_covered(failure)
            return
        window.keep_geometry()
        self._drop_book()

    @Slot()
    def _drop_book(self) -> None:
        """Delete all that holds something of the book, and close it."""
        window, fitcheck = self.window, self._fitcheck
        if window is None or fitcheck is None:
            return
        self._retry.stop()
        self.window = self._fitcheck = None
        self._drafts = {}
        window.context.close()
        Shiboken.delete(window)
        del window
        if self._language:
            self._speak_over(fitcheck)
            return
        if self.restoring.under_way:
            self.restoring.begin(fitcheck, self.ways_in.cover)
        else:
            fitcheck.close()
        del fitcheck
        covering.forget_what_was_copied()
        # Pages and their signals refer to each other in circles.
        gc.collect()
        self._locking = False
        self.ways_in.cover.held = False
        if self.handing.under_way:
            note(Event.HANDED_OVER)
            self.handing.show_form(self.ways_in.cover, self.ways_in.theme)
            self.watch.start()
        elif not self.restoring.under_way:
            note(Event.LOCKED)
            self.ways_in.ask_to_unlock()
        self.locked.emit()

    def _speak_over(self, fitcheck: FitCheck) -> None:
        speak_in(self._app, self._language)
        self._language = ""
        # Pages and their signals refer to each other in circles.
        gc.collect()
        self._locking = False
        self.ways_in.cover.held = False
        self._take(fitcheck)

    def _stay_covered(self, reason: BaseException | None) -> None:
        if self._language:
            self._language = ""
            self._uncover()
            return
        if self.handing.under_way and (window := self.window) is not None:
            self._uncover()
            self.handing.refused(window, reason or FitCheckError())
            return
        page = NotLockedPage(str(reason or ""))
        page.back.connect(self._uncover)
        page.lock_anyway.connect(self._lock_anyway)
        self.ways_in.show_page(page)
        page.take_focus()
        self._retry.start()

    @Slot()
    def _lock_anyway(self) -> None:
        # Later, for the page that asked is deleted by it.
        self._dropping.start()

    @Slot()
    def _uncover(self) -> None:
        """Go on without having locked, with every dialog and its text as it was."""
        window, fitcheck, drafts = self.window, self._fitcheck, self._drafts
        if window is None or fitcheck is None:
            return
        self._retry.stop()
        self._locking = False
        self._drafts = {}
        with suppress(FitCheckError):
            fitcheck.take_drafts()
        window.show()
        window.activateWindow()
        self.ways_in.drop()
        window.take_up()
        self.watch.start()
        QTimer.singleShot(0, window, lambda: window.resume(drafts))
