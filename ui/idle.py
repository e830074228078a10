"""Whether somebody is there: no input for a while, or a machine that has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

TICK = 1_000
"""Milliseconds between two looks at the clocks."""

AHEAD = 5.0
"""Seconds by which the wall clock may run ahead of the monotonic one between two looks: more is
a sleep (or a clock that was put forward, and then one unlock too many)."""

LATE = 30.0
"""Seconds between two looks that no work on this thread takes. On Windows the monotonic clock goes
on while the machine sleeps, so there a sleep shows as a look that comes far too late."""

_INPUT = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod),
        *(QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease),
        *(QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.NativeGesture),
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd),
        *(QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease),
    }
)
_SHOWING = frozenset({QEvent.Type.Expose, QEvent.Type.UpdateRequest, QEvent.Type.Paint})


class Watch(QObject):
    """Says when a protected book should lock by itself, once for each :meth:`start`.

    ``idle``: for ``limit()`` seconds (0: never) no window of the application had any input.
    ``woken``: the machine has slept. ``lock_asked``: Ctrl+L while a dialog keeps it from the
    window. Whoever hears one of them covers what is secret before it returns: the event that was
    on its way, be it a key or a paint, is then dropped. Where nothing is to be covered it calls
    :meth:`start` again, and the event goes its way.

    It goes on in a dialog's event loop. Both clocks are injected; they count seconds.
    """

    idle = Signal()
    woken = Signal()
    lock_asked = Signal()

    def __init__(
        self,
        limit: Callable[[], float],
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._monotonic = monotonic
        self._wall = wall
        self._watching = False
        self._input_at = self._looked_at = self._wall_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin, as if there had been input just now."""
        self._input_at = self._looked_at = self._monotonic()
        self._wall_at = self._wall()
        self._watching = True
        self._watch_windows()
        self._timer.start()

    def stop(self) -> None:
        """Say nothing from now on. May be repeated."""
        self._watching = False
        self._timer.stop()

    def quiet_for(self) -> float:
        """Seconds since the last input, or since :meth:`start`."""
        return self._monotonic() - self._input_at

    @Slot()
    def look(self) -> None:
        """Look at both clocks, and at whatever windows have come since the last look."""
        if not self._watching:
            return
        self._watch_windows()
        if self._has_slept():
            self._say(self.woken)
            return
        limit = self._limit()
        if limit > 0 and self._monotonic() - self._input_at >= limit:
            self._say(self.idle)

    def _has_slept(self) -> bool:
        monotonic, wall = self._monotonic(), self._wall()
        passed, passed_on_the_wall = monotonic - self._looked_at, wall - self._wall_at
        self._looked_at, self._wall_at = monotonic, wall
        return passed_on_the_wall - passed > AHEAD or passed > LATE

    def _say(self, signal: SignalInstance) -> None:
        self.stop()
        signal.emit()

    def _watch_windows(self) -> None:
        """Hear the events of every native window.

        Not of the whole application: Python would then be asked about every event of every widget.
        A window that has just come was brought by input elsewhere, so a look later is soon enough.
        """
        for window in QGuiApplication.topLevelWindows():
            # A filter that is there already is only moved to the front.
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._watching or event.type() not in _INPUT | _SHOWING:
            return False
        # Waking, the first key or paint may come before the timer does.
        if self._has_slept():
            self._say(self.woken)
            return not self._watching
        if event.type() in _INPUT:
            self._input_at = self._monotonic()
            if isinstance(event, QKeyEvent) and self._asks_to_lock(event):
                self._say(self.lock_asked)
                return not self._watching
        return False

    @staticmethod
    def _asks_to_lock(event: QKeyEvent) -> bool:
        return (
            event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_L
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and QApplication.activeModalWidget() is not None
        )
