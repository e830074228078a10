"""A long computation in the idle time of the window: a slice, then back to the event loop.

Not in a thread: Python's threads take turns of 5 ms, and painting would wait for them. The next key
gives a computation up; a zero timer runs only when nothing else is waiting.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fitcheck.domain.steps import Steps

SLICE = 0.004
"""Seconds of computing at most, plus one step, before the event loop has its turn."""


class IdleSteps(QObject):
    """Runs one computation at a time; ``done`` carries what it came to.

    A computation that is given up says nothing. What goes wrong in one is raised in the event loop,
    where the application's hook shows it (:class:`fitcheck.watching.Watch`); it is over by then.
    """

    done = Signal(object)

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._steps: Steps[object] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    @property
    def running(self) -> bool:
        return self._steps is not None

    def run(self, steps: Steps[object]) -> None:
        """Run ``steps`` from the next idle moment on, in place of what was running."""
        self.cancel()
        self._steps = steps
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is running; may be called at any time."""
        self._timer.stop()
        steps, self._steps = self._steps, None
        if steps is not None:
            steps.close()

    @Slot()
    def _slice(self) -> None:
        steps = self._steps
        if steps is None:
            return
        until = self._clock() + SLICE
        try:
            while self._clock() < until:
                next(steps)
        except StopIteration as end:
            self.cancel()
            self.done.emit(end.value)
        except BaseException:
            self.cancel()
            raise
