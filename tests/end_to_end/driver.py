"""The whole job by keys: from Ctrl+N to a saved prospect's edition, in the real window.

Run as a program (``python driver.py --data DIR --out PDF --picture PNG``) it opens FitCheck on
whatever screen there is and does the job there; the test under Xvfb does that.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fitcheck.domain.bank import DISAGREEMENT
from fitcheck.domain.report import Edition
from ui.dialogs.prospect import NewProspectDialog
from ui.main_window import MainWindow
from ui.pages.report import ReportPage

NAME = "Ada Bell"
ORGANISATION = "Bell Foundry"
WORDS = "Tell me plainly, then sleep on it with me."
PATIENCE = 60.0
"""Seconds to wait for anything at most; making the document is what takes longest."""

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
W = TypeVar("W", bound=QWidget)


def wait(done: Callable[[], bool], what: str) -> None:
    """Run the event loop until ``done``."""
    limit = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > limit:
            raise AssertionError(f"waited in vain until {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the keys go: at the widget in focus."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "no window takes the keys"
    QTest.keyClick(target, key, modifier)


def write(text: str) -> None:
    """Type ``text`` at the widget in focus."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing takes the keys"
    QTest.keyClicks(target, text)


def tab_to(widget: QWidget) -> None:
    """Walk by Tab until ``widget`` has the focus."""
    for _ in range(60):
        if widget.hasFocus():
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab doesn't lead to {widget.accessibleName() or widget}")


def when_asked(kind: type[W], act: Callable[[W], None]) -> list[BaseException]:
    """Once such a dialog takes the keys, ``act`` on it; the list holds what went wrong then."""
    failed: list[BaseException] = []
    limit = time.monotonic() + PATIENCE

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isActiveWindow():
            try:
                act(dialog)
            except BaseException as error:
                failed.append(error)
                dialog.close()
        elif time.monotonic() < limit:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return failed


def check(failed: list[BaseException]) -> None:
    if failed:
        raise failed[0]


def take_the_keys(window: QWidget) -> None:
    """Do what a window manager does when a dialog goes: there is none on these screens."""
    window.activateWindow()
    wait(window.isActiveWindow, "the window takes the keys")


def new_prospect(window: MainWindow) -> None:
    """Ctrl+N, who it is, Enter."""

    def fill(_dialog: NewProspectDialog) -> None:
        write(NAME)
        press(Qt.Key.Key_Tab)
        write(ORGANISATION)
        press(Qt.Key.Key_Return)

    failed = when_asked(NewProspectDialog, fill)
    press(Qt.Key.Key_N, CONTROL)
    check(failed)
    take_the_keys(window)


def answer_all(window: MainWindow) -> None:
    """A high answer to each question, Enter to go on; their own words on the disagreement."""
    interview = window.interview
    assert interview is not None
    for number in range(len(interview.questions)):
        question = interview.question
        press(Qt.Key.Key_4 if number % 3 else Qt.Key.Key_5)
        if question.id == DISAGREEMENT:
            press(Qt.Key.Key_Q)
            write(WORDS)
            press(Qt.Key.Key_Escape)
        assert interview.answer(question.id).level is not None, question.id
        press(Qt.Key.Key_Return)
    assert len(interview.assessment.answers) == len(interview.questions)
    wait(lambda: window.save_mark.text() == "saved", "everything is saved")


def save_edition(window: MainWindow, out: Path) -> None:
    """The prospect's edition, by Tab and Space, and Ctrl+S."""
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    wait(lambda: not window.context.busy, "the private file is made")
    tab_to(page.chips[Edition.PROSPECT])
    press(Qt.Key.Key_Space)
    wait(lambda: page.save_button.isEnabled(), "the prospect's edition is made")

    def name_file(_dialog: QFileDialog) -> None:
        press(Qt.Key.Key_A, CONTROL)
        write(str(out))
        press(Qt.Key.Key_Return)

    failed = when_asked(QFileDialog, name_file)
    press(Qt.Key.Key_S, CONTROL)
    check(failed)
    take_the_keys(window)


def whole_job(window: MainWindow, out: Path, picture: Path | None = None) -> None:
    """Everything from an empty book to the file in hand."""
    take_the_keys(window)
    new_prospect(window)
    assert window.page_name == "interview"
    # What to agree on beforehand has been said.
    press(Qt.Key.Key_Return)
    answer_all(window)
    press(Qt.Key.Key_Return, CONTROL)
    # The gut feels nothing in particular.
    press(Qt.Key.Key_Return)
    wait(lambda: window.page_name == "verdict", "the verdict is shown")
    press(Qt.Key.Key_P)
    assert window.page_name == "plan"
    press(Qt.Key.Key_R)
    assert window.page_name == "report"
    save_edition(window, out)
    if picture is not None:
        # What the screen shows, not what the widgets would draw.
        screen = window.screen()
        screen.grabWindow(window.winId()).save(str(picture))
    assert out.exists(), "the file was not saved"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "out", "picture"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    from fitcheck.services import FitCheck
    from ui.app import make_application, make_window

    app = make_application(["fitcheck"])
    window = make_window(app, FitCheck.open(options.data))
    window.resize(1280, 800)
    window.show()
    whole_job(window, options.out, options.picture)
    print(f"platform {app.platformName()}")
    return 0 if window.close() else 1


if __name__ == "__main__":
    sys.exit(main())
