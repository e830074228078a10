"""What is done for the book while nobody is at the keys: finish erasing, back up, check.

On a thread of its own, and once a day at most. Locking or closing stops it at once: it is asked to
stop before the book is closed, and nothing of it is left over.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from fitcheck.services import FitCheck
from fitcheck.store.backup import Reason
from fitcheck.store.errors import BackupStopped, BookDamaged
from fitcheck.store.previewing import Preview
from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TICK = 5_000
"""Milliseconds between two looks whether it is quiet."""

QUIET = 30.0
"""Seconds without a key or the mouse after which nobody is held up."""

QUIET_ASKING = 120.0
"""The same while somebody is being asked: then silence means listening, and the next key comes."""

RETRY = 3600.0
"""Seconds until what failed is tried again."""


@dataclass(frozen=True)
class Found:
    """``damage``: what is wrong with the book, and ``offer``, the newest backup that is whole."""

    damage: BookDamaged | None = None
    offer: Preview | None = None


class IdleWork(QObject):
    """Looks after one window's book at a time.

    ``done``: all is well, and there is a backup of what there was to be backed up. ``damaged``
    carries what was found. ``failed`` carries why it couldn't be done; it is tried again.
    """

    done = Signal()
    damaged = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        quiet_for: Callable[[], float],
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._quiet_for = quiet_for
        self._monotonic = monotonic
        self._window: MainWindow | None = None
        self._jobs: Jobs | None = None
        self._job: Job | None = None
        self._stopped = Event()
        self._done_on: dt.date | None = None
        self._not_before = monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)

    def begin(self, window: MainWindow) -> None:
        """Look after the book of this window, until its context is closed."""
        self.stop()
        self._window = window
        self._jobs = Jobs(self)
        self._stopped = Event()
        window.context.ending.append(self.stop)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Stop at once what is under way, and begin nothing more. May be repeated."""
        self._timer.stop()
        self._window = self._job = None
        self._stopped.set()
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.close()
            jobs.deleteLater()

    @property
    def working(self) -> bool:
        return self._job is not None

    @Slot()
    def look(self) -> None:
        """Begin, if it is quiet and there is anything to be done."""
        window, jobs = self._window, self._jobs
        if window is None or jobs is None or window.closed or self._job is not None:
            return
        fitcheck = window.context.fitcheck
        if self._done_on == fitcheck.today() or self._monotonic() < self._not_before:
            return
        if not self._is_quiet(window):
            return
        stopped = self._stopped.is_set
        self._job = jobs.run_job(lambda: _work(fitcheck, stopped), self._worked, self._not_worked)

    def _is_quiet(self, window: MainWindow) -> bool:
        asking = window.page_name in ("interview", "inquiry")
        return (
            self._quiet_for() >= (QUIET_ASKING if asking else QUIET)
            and QApplication.activeModalWidget() is None
            and not window.context.busy
        )

    def _worked(self, found: Found) -> None:
        self._job = None
        if self._window is None:
            return
        self._done_on = self._window.context.fitcheck.today()
        if found.damage is None:
            self.done.emit()
        else:
            self.damaged.emit(found)

    def _not_worked(self, error: BaseException) -> None:
        self._job = None
        self._not_before = self._monotonic() + RETRY
        if not isinstance(error, BackupStopped):
            self.failed.emit(error)


def _work(fitcheck: FitCheck, stopped: Callable[[], bool]) -> Found:
    """All of it, on the worker's thread. A backup reads the whole book, and so is its check."""
    keeping = fitcheck.safekeeping
    fitcheck.rights.finish_erasing()
    try:
        if keeping.due():
            keeping.back_up(Reason.DAILY, stopped)
        else:
            keeping.check(stopped)
    except BookDamaged as damage:
        return Found(damage, keeping.newest_good(stopped))
    return Found()
