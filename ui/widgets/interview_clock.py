"""A quiet clock: how long an interview has taken, all sittings together, in whole minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel

from fitcheck.i18n import _
from fitcheck.interview import Interview
from ui.theme import set_role
from ui.widgets.standing import minutes_words

_TICK = 5_000
"""Milliseconds between two looks at the clock, which shows whole minutes."""

_LONGEST = 60.0
"""Seconds that one look counts at most: where it was longer, the computer had been asleep."""

_UNWRITTEN = 20.0
"""Seconds after which the time is written: that much of it a power cut can take."""


class QuietClock(QLabel):
    """Counts from :meth:`go` to :meth:`stop`, for the interview that :meth:`take` hands over.

    An interview that is finished takes no more time. ``clock`` counts seconds; it is injected so
    that tests own the time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, "quiet")
        self.setToolTip(_("Time with the questions and the inquiry, all sittings together"))
        self._clock = clock
        self._interview: Interview | None = None
        # Since when time is counted; ``None`` while it isn't.
        self._since: float | None = None
        self._unwritten = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.tick)

    def take(self, interview: Interview | None) -> None:
        """Count for another interview from the next :meth:`go` on."""
        self.stop()
        self._interview = interview
        self._show()

    def go(self) -> None:
        """Count, if it isn't counted already."""
        if self._interview is not None and self._since is None:
            self._since = self._clock()
            self._timer.start()
        self._show()

    def stop(self) -> None:
        """Count no more, and have what was counted written."""
        self.pause()
        # Less than a second isn't kept: nothing to write for.
        self._write(1.0)

    def pause(self) -> None:
        """Count no more; what was counted is written with the next thing that is."""
        self._count()
        self._since = None
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Look at the clock."""
        self._count()
        self._write(_UNWRITTEN)
        self._show()

    def _count(self) -> None:
        if self._interview is None or self._since is None:
            return
        now = self._clock()
        passed, self._since = min(now - self._since, _LONGEST), now
        if not self._interview.finished:
            self._interview.spend(passed)
            self._unwritten += passed

    def _write(self, least: float) -> None:
        # What the disk has refused already is not asked for again for the sake of the time.
        if self._interview is None or self._interview.failure or self._unwritten < least:
            return
        self._unwritten = 0.0
        self._interview.save_place()

    def _show(self) -> None:
        self.setText(minutes_words(self._interview.spent if self._interview else 0.0))
