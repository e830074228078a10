"""Acting on a window once it comes. Whoever waits for one gives up at the end of the test.

One that went on would act on the next test's window, before that test has seen it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 3000
"""How often, every 10 ms, it is looked."""


class _Test:
    number = 0


def end() -> None:
    """Look for nothing any more of what the test waited for."""
    _Test.number += 1


def look_until(done: Callable[[], bool], what: str) -> None:
    """Call ``done`` from the event loop until it says so; ``what`` is what is looked for.

    Where it never comes but another dialog keeps the test, that is closed.
    """
    number = _Test.number

    def look(tries: int = 0) -> None:
        if number != _Test.number or done():
            return
        if tries < PATIENCE:
            QTimer.singleShot(10, lambda: look(tries + 1))
            return
        dialog: QWidget | None = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()
            raise AssertionError(f"waited in vain for {what}")

    QTimer.singleShot(0, look)
