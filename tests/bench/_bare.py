"""A bare PySide6 window, as small as one can write it: what a start is measured against.

Prints the milliseconds from the moment in ``FITCHECK_SPAWNED`` to its having been painted.
"""

import os
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, painted)


def painted() -> None:
    print(1000 * (time.time() - float(os.environ["FITCHECK_SPAWNED"])), flush=True)
    app.quit()


app = QApplication([])
window = Bare()
window.resize(1280, 800)
window.show()
app.exec()
