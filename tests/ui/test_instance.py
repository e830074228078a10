"""A second start calls the first window, locked or not, and ends; what is left over is no bar."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import sessions
from tests.ui.sessions import Desk, when_there
from ui import instance, messages
from ui.instance import Doorbell

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000
"""Milliseconds that a second start may take on a busy machine."""


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def start_again(qtbot: QtBot, folder: Path) -> Iterator[Callable[[], int]]:
    """Start FitCheck over the same folder in a process of its own; its exit status."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> int:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        }
        arguments = [sys.executable, "-m", "fitcheck", "--data", str(folder)]
        process = subprocess.Popen(arguments, env=environment, cwd=ROOT)
        started.append(process)
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE)
        return process.returncode

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_second_start_raises_the_open_window_and_ends(
    desk: Desk, start_again: Callable[[], int], folder: Path
) -> None:
    desk.fill(protect=False)
    desk.session.start()
    window = desk.opened()
    window.showMinimized()
    before = (folder / "book.key").read_bytes()
    with desk.qtbot.waitSignal(desk.session.doorbell.rung, timeout=PATIENCE):
        assert start_again() == 0
    desk.qtbot.waitUntil(lambda: window.isActiveWindow())
    assert not window.isMinimized()
    assert (folder / "book.key").read_bytes() == before


def test_so_does_a_locked_one(desk: Desk, start_again: Callable[[], int]) -> None:
    desk.fill()
    desk.unlock()
    desk.session.lock()
    desk.locked()
    front = desk.session.front
    assert front is not None
    front.showMinimized()
    with desk.qtbot.waitSignal(desk.session.doorbell.rung, timeout=PATIENCE):
        assert start_again() == 0
    assert not front.isMinimized()
    assert desk.session.window is None


def test_the_dialog_that_waits_comes_forward_with_its_window(desk: Desk) -> None:
    from ui.dialogs.prospect import NewProspectDialog

    desk.fill(protect=False)
    desk.session.start()
    window = desk.opened()
    active: list[bool] = []

    def call(dialog: NewProspectDialog) -> None:
        desk.session.come_forward()
        desk.qtbot.waitUntil(dialog.isActiveWindow)
        active.append(True)
        dialog.reject()

    when_there(NewProspectDialog, call)
    window.prospects.new_prospect()
    assert active == [True]


def test_where_nobody_answers_the_stores_lock_decides(desk: Desk) -> None:
    desk.fill(protect=False)
    holder = desk.access.open()  # holds the book, and listens for nobody
    seen: list[str] = []

    def read(told: messages.MessageWindow) -> None:
        seen.append(told.message.to_do)
        told.accept()

    when_there(messages.MessageWindow, read)
    desk.session.start()
    holder.close()
    assert desk.session.over
    assert desk.session.status == 1
    assert "open already" in seen[0]


# The bell alone


@pytest.fixture
def bell(qapp: QApplication, folder: Path) -> Iterator[Doorbell]:
    made = Doorbell(folder, qapp)
    yield made
    made.close()


def test_nobody_there_is_known_at_once(bell: Doorbell) -> None:
    assert not bell.ring()


def test_a_socket_that_a_killed_process_left_is_no_bar(
    bell: Doorbell, folder: Path, qtbot: QtBot
) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ui.instance import Doorbell\n"
        "app = QCoreApplication([]); bell = Doorbell(Path(sys.argv[1]))\n"
        "assert bell.listen(); os._exit(9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=False)
    assert done.returncode == 9
    assert not bell.ring()
    assert bell.listen()
    with qtbot.waitSignal(bell.rung):
        _write(bell, b"raise\n")


def test_one_that_hangs_is_not_waited_for(bell: Doorbell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "PATIENCE", 20)
    # It listens, but this thread is busy ringing, so nobody answers.
    hung = QLocalServer()
    assert hung.listen(bell.name)
    assert not bell.ring()
    hung.close()


def test_nothing_but_the_question_is_answered(bell: Doorbell, qtbot: QtBot) -> None:
    assert bell.listen()
    with qtbot.assertNotEmitted(bell.rung):
        visitor = _write(bell, b"open sesame, and everything with it\n" * 1000)
        qtbot.waitUntil(lambda: visitor.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert visitor.readAll().isEmpty()


@pytest.mark.usefixtures("qapp")
def test_the_name_is_the_folders_and_says_nothing(folder: Path) -> None:
    folder.mkdir()
    link = folder.with_name("link")
    link.symlink_to(folder)
    names = [Doorbell(path).name for path in (folder, folder / ".." / folder.name, link)]
    assert len(set(names)) == 1
    assert str(folder.name) not in names[0]
    assert Doorbell(folder.parent).name != names[0]


def test_a_closed_bell_is_not_heard(bell: Doorbell) -> None:
    assert bell.listen()
    bell.close()
    bell.close()
    assert not bell.ring()


def _write(bell: Doorbell, text: bytes) -> QLocalSocket:
    visitor = QLocalSocket(bell)
    visitor.connectToServer(bell.name)
    assert visitor.waitForConnected(1000)
    visitor.write(text)
    visitor.flush()
    return visitor
