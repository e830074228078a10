"""What nobody caught is shown in full, once, and one goes on working."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, qWarning
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.crashes import Crash, Reports
from fitcheck.interview import SaveState
from fitcheck.services import FitCheck
from fitcheck.watching import Watch
from tests.ui import sessions
from tests.ui.sessions import CANARY, Desk, told_by_any_widget
from ui import app as composition
from ui.crashes import Crashes
from ui.dialogs.crash import CrashDialog, Standing, from_home
from ui.main_window import MainWindow

pytestmark = [
    pytest.mark.filterwarnings("ignore:This plugin"),
    # What this test raises in slots is meant.
    pytest.mark.qt_no_exception_capture,
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """A watch over a folder, in this process: without a look-out for faults outside Python."""
    (tmp_path / "book").mkdir()
    with Watch(tmp_path / "book") as made:
        yield made


@pytest.fixture
def crashes(watch: Watch) -> Iterator[Crashes]:
    made = Crashes(watch)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    (folder).mkdir(exist_ok=True)
    yield from sessions.desk(qtbot, qapp, folder)


NOTHING: dict[str, str] = {}


def raised(words: str = CANARY, kind: type[Exception] = RuntimeError) -> Exception:
    try:
        raise kind(words)
    except Exception as error:
        return error


def dialogs() -> list[CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and shown(w)]


def shown(widget: QWidget) -> bool:
    return widget.isVisible()


def gone(dialog: CrashDialog) -> None:
    dialog.accept()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.usefixtures("crashes")
def test_it_is_shown_in_full_and_says_nothing_that_was_typed(
    qtbot: QtBot, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    QTimer.singleShot(0, lambda: [NOTHING[CANARY]])
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    (report,) = Reports(watch.log.folder).all()
    assert dialog.report.toPlainText() == report.read_text() == dialog.crash.text
    assert dialog.report.isReadOnly()
    assert "KeyError" in dialog.crash.text
    assert "book=closed" in dialog.crash.text
    assert CANARY not in told_by_any_widget()
    assert CANARY not in "".join(capsys.readouterr())
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "never sent" in said
    # Nothing that would send it, by whatever name.
    assert [b.text().replace("&", "") for b in dialog.findChildren(QPushButton)] == [
        "Copy",
        "Save as…",
        "Show folder",
        "Delete",
        "Close",
    ]
    gone(dialog)


@pytest.mark.usefixtures("crashes")
def test_a_thread_s_fault_is_shown_too(qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: NOTHING[CANARY], name="fitcheck-job")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    assert "in thread fitcheck-job" in dialog.crash.text
    gone(dialog)


@pytest.mark.usefixtures("crashes")
def test_one_at_a_time_and_each_once(qtbot: QtBot, watch: Watch) -> None:
    for _again in range(3):
        for kind in (RuntimeError, LookupError):
            sys.excepthook(kind, raised(kind=kind), None)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (first,) = dialogs()
    assert "RuntimeError" in first.crash.text
    gone(first)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (second,) = dialogs()
    assert "LookupError" in second.crash.text
    gone(second)
    QApplication.processEvents()
    assert dialogs() == []
    assert len(Reports(watch.log.folder).all()) == 2


@pytest.mark.usefixtures("crashes")
def test_a_fault_in_painting_doesn_t_come_again_and_again(qtbot: QtBot, watch: Watch) -> None:
    class Broken(QWidget):
        painted = 0

        def paintEvent(self, event: Any) -> None:
            self.painted += 1
            raise RuntimeError(CANARY)

    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    gone(dialogs()[0])
    before = widget.painted
    widget.update()
    qtbot.waitUntil(lambda: widget.painted > before)
    QApplication.processEvents()
    assert dialogs() == []
    assert len(Reports(watch.log.folder).all()) == 1


@pytest.mark.usefixtures("crashes")
def test_a_fault_in_the_dialog_itself_ends_there(
    qtbot: QtBot, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(*_arguments: object) -> None:
        tried.append(1)
        raise RuntimeError(CANARY)

    monkeypatch.setattr(CrashDialog, "_lay_out", fail)
    sys.excepthook(LookupError, raised(kind=LookupError), None)
    qtbot.waitUntil(lambda: len(Reports(watch.log.folder).all()) == 2)
    for _turn in range(5):
        QApplication.processEvents()
    # The fault, and the one in telling it, which is tried once more and no more.
    assert len(tried) == 2
    assert len(Reports(watch.log.folder).all()) == 2
    assert dialogs() == []


def test_the_window_goes_on_and_its_text_stays(qtbot: QtBot, crashes: Crashes, desk: Desk) -> None:
    begun = desk.fill()
    window = desk.unlock()
    crashes.stand_on(desk.session)
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.set_note("my-ease", CANARY)
    qtbot.waitUntil(lambda: window.save_mark.state is SaveState.SAVED)
    QTimer.singleShot(0, window, lambda: [NOTHING[CANARY]])
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    assert dialog.parentWidget() is window
    assert Standing.SAVED.value in words(dialog)
    said = "Book: book=open protected=yes page=interview interview=saved"
    assert said in dialog.crash.text
    assert CANARY not in dialog.crash.text
    gone(dialog)
    assert window.interview.answer("my-ease").note == CANARY
    window.interview.set_note("my-ease", "on")
    qtbot.waitUntil(lambda: window.save_mark.state is SaveState.SAVED)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (SaveState.FAILED, Standing.UNSAVED),
        (SaveState.SAVING, Standing.UNSAVED),
        (SaveState.SAVED, Standing.SAVED),
        (None, Standing.SAVED),
    ],
)
def test_it_says_whether_everything_is_saved(
    qtbot: QtBot, crashes: Crashes, desk: Desk, state: SaveState | None, standing: Standing
) -> None:
    desk.fill()
    window = desk.unlock()
    crashes.stand_on(desk.session)
    window.save_mark.state = state
    sys.excepthook(RuntimeError, raised(), None)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert standing.value in words(dialogs()[0])
    gone(dialogs()[0])


def test_nothing_is_told_while_the_prospect_has_the_laptop(
    qtbot: QtBot, crashes: Crashes, desk: Desk
) -> None:
    """The report's own windows of files would be a way out of the form."""
    begun = desk.fill()
    window = desk.unlock()
    crashes.stand_on(desk.session)
    desk.session.opened.connect(crashes.tell_what_waits)
    window.hand_over_asked.emit(begun, "")
    del window
    qtbot.waitUntil(lambda: desk.session.window is None and desk.session.handing.under_way)
    sys.excepthook(RuntimeError, raised(), None)
    QApplication.processEvents()
    assert dialogs() == []
    desk.session.handing.end()
    desk.locked()
    QApplication.processEvents()
    assert dialogs() == []
    desk.unlock()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    gone(dialogs()[0])


def test_what_was_found_of_the_run_before_is_told_when_there_is_something_to_stand_on(
    qtbot: QtBot, watch: Watch, crashes: Crashes, desk: Desk
) -> None:
    watch.found = Crash("a report of then", None, before=True)
    desk.fill()
    desk.unlock()
    crashes.stand_on(desk.session)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    assert dialog.report.toPlainText() == "a report of then"
    assert Standing.BEFORE.value in words(dialog)
    assert "stopped without a word" in words(dialog)
    gone(dialog)
    crashes.stand_on(desk.session)
    QApplication.processEvents()
    assert dialogs() == []


def test_a_start_that_fails_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, when_asked: Callable[..., None]
) -> None:
    def fail(_session: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("ui.session.Session.start", fail)
    seen: list[str] = []

    def read(dialog: CrashDialog) -> None:
        seen.append(dialog.crash.text)
        dialog.accept()

    when_asked(CrashDialog, read)
    folder.mkdir()
    assert composition.run(folder) == 1
    assert "RuntimeError" in seen[0]
    assert CANARY not in seen[0]


@pytest.mark.usefixtures("crashes")
def test_what_qt_says_is_noted_without_its_words(
    watch: Watch, capfd: pytest.CaptureFixture[str]
) -> None:
    qWarning(f"QSomething: no such {CANARY}")
    said = "\n".join(watch.log.last())
    assert "qt level=warning about=default" in said
    assert CANARY not in said
    assert CANARY not in "".join(capfd.readouterr())


def words(dialog: CrashDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> CrashDialog:
    file = tmp_path / "crash-20261122T083000Z-1.txt"
    file.write_text("the report")
    made = CrashDialog(None, Crash("the report", file), Standing.NO_BOOK)
    qtbot.addWidget(made)
    return made


def test_it_can_be_copied_saved_shown_and_deleted(
    dialog: CrashDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "the report"
    elsewhere = tmp_path / "elsewhere.txt"
    chosen = iter([str(elsewhere), "", str(tmp_path / "none" / "x.txt")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (next(chosen), ""))
    for said in ("Saved as", "Saved as", "not saved there: No such file"):
        dialog.save_button.click()
        assert said in dialog.told.text()
    assert elsewhere.read_text() == "the report"
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.folder_button.click()
    assert opened == [str(tmp_path)]
    file = dialog.crash.file
    assert file is not None
    assert file.exists()
    dialog.delete_button.click()
    assert not file.exists()
    assert dialog.told.text() == "The report is deleted."
    assert not dialog.delete_button.isEnabled()


def test_one_that_couldn_t_be_saved_can_still_be_copied(qtbot: QtBot) -> None:
    made = CrashDialog(None, Crash("the report", None), Standing.NO_BOOK)
    qtbot.addWidget(made)
    assert "could not be saved" in made.told.text()
    assert not made.folder_button.isEnabled()
    assert not made.delete_button.isEnabled()
    made._delete()
    made._show_folder()


def test_the_home_folder_is_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert from_home(tmp_path / "a" / "b.txt") == str(Path("~/a/b.txt"))
    assert from_home(Path("/elsewhere/b.txt")) == "/elsewhere/b.txt"


def test_help_leads_to_where_the_log_lies(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.menus.log.trigger()
    (folder / "logs").mkdir()
    window.menus.log.trigger()
    assert opened == [str(folder), str(folder / "logs")]


RUNNING = """
import sys
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from fitcheck.__main__ import main
from ui.app import make_application
from ui.dialogs.crash import CrashDialog
from ui.main_window import MainWindow
app = make_application(["fitcheck"])
canary, told = sys.argv[2], []

def turn():
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for window in shown:
        if isinstance(window, CrashDialog):
            told.append(window.crash.text)
            window.accept()
            return
    for window in shown:
        if isinstance(window, MainWindow) and told:
            timer.stop()
            window.close()
        elif isinstance(window, MainWindow):
            qWarning(canary)
            {}[canary]

timer = QTimer()
timer.timeout.connect(turn)
timer.start(20)
status = main(["--data", sys.argv[1]])
assert len(told) == 1 and canary not in told[0] and "KeyError" in told[0]
sys.exit(status)
"""


def test_the_program_itself_says_nothing_of_it_anywhere(folder: Path) -> None:
    FitCheck.open(folder).close()
    done = subprocess.run(
        [sys.executable, "-c", RUNNING, str(folder), CANARY],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert "KeyError" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    for file in folder.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file
    log = (folder / "logs" / "fitcheck.log").read_text()
    events = [line.split()[1] for line in log.splitlines()]
    assert events[0] == "started"
    assert events[-2:] == ["closed", "ended"]
    assert {"opened", "shown", "uncaught", "qt"} <= set(events)
