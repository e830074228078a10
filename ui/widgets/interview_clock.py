"""A quiet clock: for how long the page has been in hand, in whole minutes."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from fitcheck.i18n import _
from ui.theme import set_role
from ui.widgets.standing import minutes_words

_EVERY = 5_000  # milliseconds; the clock shows whole minutes


class QuietClock(QLabel):
    """Ticks while it is shown, and counts from the last :meth:`restart`."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, "quiet")
        self.setToolTip(_("Time since this page was opened"))
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._tick)

    def restart(self) -> None:
        self._since = time.monotonic()
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        self.setText(minutes_words(time.monotonic() - self._since))
