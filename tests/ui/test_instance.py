"""A second start calls the first window, locked or not, and ends; its file is opened there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import sessions
from tests.ui.sessions import Desk, when_there
from ui import instance, messages
from ui.bringing_in import BringingIn
from ui.dialogs.prospect import NewProspectDialog
from ui.importing import FileImport
from ui.instance import Doorbell

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000
"""Milliseconds that a second start may take on a busy machine."""


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def start_again(qtbot: QtBot, folder: Path) -> Iterator[Callable[..., int]]:
    """Start FitCheck over the same folder in a process of its own; its exit status."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*file: str) -> int:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        }
        arguments = [sys.executable, "-m", "fitcheck", "--data", str(folder), *file]
        process = subprocess.Popen(arguments, env=environment, cwd=ROOT)
        started.append(process)
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE)
        return process.returncode

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_second_start_raises_the_open_window_and_ends(
    desk: Desk, start_again: Callable[..., int], folder: Path
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


def test_so_does_a_locked_one_and_opens_its_file_when_it_is_unlocked(
    desk: Desk, start_again: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(FileImport, "read", lambda _self, file: read.append(file))
    BringingIn(desk.session, None)
    desk.fill()
    desk.unlock()
    desk.session.lock()
    desk.locked()
    front = desk.session.front
    assert front is not None
    front.showMinimized()
    with desk.qtbot.waitSignal(desk.session.doorbell.rung, timeout=PATIENCE):
        assert start_again("other.fitcheck") == 0
    assert not front.isMinimized()
    assert desk.session.window is None
    assert not read
    desk.unlock()
    desk.qtbot.waitUntil(lambda: read == [ROOT / "other.fitcheck"])


def test_a_file_waits_until_a_dialog_is_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(FileImport, "read", lambda _self, file: read.append(file))
    bringing = BringingIn(desk.session, None)
    desk.fill(protect=False)
    desk.session.start()
    window = desk.opened()
    file = ROOT / "other.fitcheck"

    def bring(dialog: NewProspectDialog) -> None:
        bringing.bring(file)
        QApplication.processEvents()
        assert not read
        dialog.reject()

    when_there(NewProspectDialog, bring)
    window.prospects.acts.new_prospect()
    desk.qtbot.waitUntil(lambda: read == [file])
    QApplication.processEvents()
    assert read == [file]


def test_the_dialog_that_waits_comes_forward_with_its_window(desk: Desk) -> None:
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
    window.prospects.acts.new_prospect()
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


def test_nothing_but_a_question_or_a_whole_path_is_answered(bell: Doorbell, qtbot: QtBot) -> None:
    assert bell.listen()
    hostile = (
        b"open sesame, and everything with it\n" * 1000,
        b"x" * (instance.LONGEST + 1),  # a line without an end
        _open(b"a" * instance.LONGEST),
        _open(b"relative.fitcheck"),
        _open(b"/one\0two"),
        _open(b""),
        b"open /plain\n",
        b"open 2f6\n",
        b"open \xff\n",
        b"\n",
    )
    for line in hostile:
        with qtbot.assertNotEmitted(bell.rung), qtbot.assertNotEmitted(bell.brought):
            visitor = _write(bell, line)
            qtbot.waitUntil(partial(_is_shown_the_door, visitor))
        assert visitor.readAll().isEmpty(), line[:20]


def test_a_path_that_comes_in_pieces_is_one_path(bell: Doorbell, qtbot: QtBot) -> None:
    assert bell.listen()
    path = f"{os.sep}Büro\n{os.sep}a b.fitcheck".encode()
    line = _open(path)
    with qtbot.assertNotEmitted(bell.rung):
        visitor = _write(bell, line[:9])
        QApplication.processEvents()
    with qtbot.waitSignal(bell.brought) as brought:
        visitor.write(line[9:])
        visitor.flush()
    assert brought.args == [Path(os.fsdecode(path))]


def test_only_the_same_user_is_let_in_and_told(
    bell: Doorbell, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    assert bell.listen()
    assert os.lstat(bell._server.fullServerName()).st_mode & 0o077 == 0
    someone_else = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: someone_else)
    with qtbot.assertNotEmitted(bell.rung):
        assert not bell.ring()
        QApplication.processEvents()


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


def _is_shown_the_door(visitor: QLocalSocket) -> bool:
    return visitor.state() == QLocalSocket.LocalSocketState.UnconnectedState


def _open(path: bytes) -> bytes:
    return b"open " + path.hex().encode() + b"\n"


def _write(bell: Doorbell, text: bytes) -> QLocalSocket:
    visitor = QLocalSocket(bell)
    visitor.connectToServer(bell.name)
    assert visitor.waitForConnected(1000)
    visitor.write(text)
    visitor.flush()
    return visitor
