"""Python's garbage collector, on the window's thread alone.

Python looks for garbage on whichever thread happens to allocate. A cycle that holds a widget is
then deleted on the thread of the store's writer or of the press, where Qt forbids it: that ended
the program now and then. With a window, Python's own runs are therefore switched off, and a timer
makes them where they do no harm.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY = 500
"""Milliseconds from one look to the next."""


class Collector(QObject):
    """Collects garbage from a timer, as often as Python itself would have, once it is started.

    What is there at the first look stays until the end (modules, classes, the first window), and
    is passed over from then on: that keeps a look far below the length of a frame.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._frozen = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on; what is there now is what stays."""
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation of which there is enough."""
        if not self._frozen:
            self._frozen = True
            gc.freeze()
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        generations = [number for number, (count, limit) in enumerate(due) if count > limit]
        if generations:
            gc.collect(generations[-1])

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.enable()
