"""The render worker as a process: what it loads, what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet, pocket_card
from fitcheck.errors import FitCheckError
from fitcheck.log import Log, keep
from fitcheck.reduced import reduced
from reports.frames import FAILED, WorkerDied, read_frame, write_frame
from reports.render import render
from reports.worker_process import RenderFaultError, WorkerProcess, own_command
from tests.reports import people

PATIENCE = 60.0
CARD = pocket_card(people.BANK, CardSheet.A6)

ENTRY = "from fitcheck.__main__ import main; import sys; sys.exit(main(['render-worker']))"
NOT_TO_BE_HAD = """
import sys
REFUSED = {"PySide6", "shiboken6", "sqlalchemy", "sqlcipher3", "sqlite3", "alembic", "keyring"}
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in REFUSED or name.startswith(("fitcheck.store", "ui")):
            raise ImportError(f"{name} is not to be had here")
sys.meta_path.insert(0, Absent())
"""
TALKING = """
import logging, warnings
import reports.render
made = reports.render.render
def talking(*arguments):
    print("confided")
    warnings.warn("confided")
    logging.getLogger("weasyprint").error("confided")
    logging.error("confided")
    return made(*arguments)
reports.render.render = talking
"""
FAILING = """
import reports.render
from fitcheck.errors import FitCheckError
def failing(report, paper, language="en"):
    raise (FitCheckError if paper == "a4" else ValueError)("no ink")
reports.render.render = failing
"""
PARENT = """
import sys
from reports.worker_process import WorkerProcess
worker = WorkerProcess()
print(worker.process.pid, worker._folder, flush=True)
sys.stdin.read()
"""


def wait(done: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    pause = 0.001
    while not done():
        assert time.monotonic() < limit, f"waited in vain until {what}"
        time.sleep(pause)
        pause = min(pause * 2, 0.05)


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    made = WorkerProcess()
    yield made
    made.end()


def with_(preparation: str) -> list[str]:
    return [sys.executable, "-c", f"{preparation}\n{ENTRY}"]


def test_it_makes_the_same_bytes_as_this_process(worker: WorkerProcess) -> None:
    report = people.private(people.assessment())
    assert worker.render(report, Paper.LETTER, "en") == render(report, Paper.LETTER)
    assert worker.render(CARD, Paper.A4, "en") == render(CARD, Paper.A4)


def test_it_needs_neither_a_window_nor_a_store() -> None:
    worker = WorkerProcess(with_(NOT_TO_BE_HAD))
    try:
        report = people.prospects(people.assessment())
        assert worker.render(report, Paper.A4, "en").startswith(b"%PDF")
    finally:
        worker.end()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_program_itself_started_as_the_worker_loads_neither(worker: WorkerProcess) -> None:
    worker.render(people.private(people.assessment()), Paper.A4, "en")
    mapped = Path(f"/proc/{worker.process.pid}/maps").read_text()
    assert "pango" in mapped
    assert [name for name in ("Qt6", "shiboken", "sqlcipher", "sqlite") if name in mapped] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_inherits_no_open_file(tmp_path: Path) -> None:
    with (tmp_path / "confided").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        worker = WorkerProcess()
        try:
            worker.render(CARD, Paper.A4, "en")
            folder = Path(f"/proc/{worker.process.pid}/fd")
            open_ = [str(each.readlink()) for each in folder.iterdir()]
        finally:
            worker.end()
    assert len([name for name in open_ if name.startswith("pipe:")]) == 2
    assert {name for name in open_ if not name.startswith("pipe:")} == {"/dev/null"}


def test_whatever_is_said_while_rendering_goes_nowhere_and_spoils_no_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    worker = WorkerProcess(with_(TALKING))
    try:
        assert worker.render(CARD, Paper.A4, "en") == render(CARD, Paper.A4)
    finally:
        worker.end()
    assert capfd.readouterr() == ("", "")


def test_a_fault_comes_back_without_its_words_and_the_worker_goes_on() -> None:
    worker = WorkerProcess(with_(FAILING))
    try:
        with pytest.raises(RenderFaultError, match=r"^ValueError$") as fault:
            worker.render(CARD, Paper.LETTER, "en")
        # Where it was, and none of its words: they may be of whoever the document is about.
        told = "\n".join(reduced(fault.value).lines())
        assert "in failing" in told
        assert "no ink" not in told
        with pytest.raises(FitCheckError, match=r"^no ink$"):
            worker.render(CARD, Paper.A4, "en")
        assert worker.alive
    finally:
        worker.end()


def test_a_request_that_is_none_is_an_error_too(worker: WorkerProcess) -> None:
    assert worker.process.stdin is not None
    assert worker.process.stdout is not None
    write_frame(worker.process.stdin, b"no pickle")
    answer = read_frame(worker.process.stdout)
    assert answer is not None
    assert answer.startswith(FAILED)
    assert worker.render(CARD, Paper.A4, "en").startswith(b"%PDF")


def test_ending_it_leaves_no_process_and_no_file(worker: WorkerProcess) -> None:
    worker.render(CARD, Paper.A4, "en")
    folder = Path(worker._folder)
    assert folder.is_dir()
    worker.end()
    worker.end()
    assert not worker.alive
    assert not folder.exists()
    with pytest.raises(WorkerDied):
        worker.render(CARD, Paper.A4, "en")


def test_killed_it_is_found_to_have_died_and_noted(worker: WorkerProcess, tmp_path: Path) -> None:
    log = Log(tmp_path)
    before = keep(log)
    try:
        worker.process.kill()
        with pytest.raises(WorkerDied):
            worker.render(people.private(people.assessment()), Paper.A4, "en")
        worker.end()
    finally:
        keep(before)
    (noted,) = log.last()
    assert noted.endswith(f" worker_died status=-{int(signal.SIGKILL)}")


@pytest.mark.parametrize("how", ["its input ends", "its parent is killed"])
def test_it_ends_with_the_program_that_started_it_and_takes_its_files_with_it(how: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    number, folder = parent.stdout.readline().split(maxsplit=1)
    if how == "its parent is killed":
        parent.kill()
    parent.communicate()
    wait(lambda: not _there(int(number)), "the worker is gone")
    assert not Path(folder.strip()).exists()


def _there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # Where nobody reaps what lost its parent, a process that has ended is still listed.
    status = Path(f"/proc/{number}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def test_ctrl_c_in_the_terminal_is_not_for_the_worker(worker: WorkerProcess) -> None:
    worker.render(CARD, Paper.A4, "en")
    worker.process.send_signal(signal.SIGINT)
    assert worker.render(CARD, Paper.LETTER, "en").startswith(b"%PDF")


def test_it_is_started_from_its_sources_and_as_a_frozen_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert own_command()[1:] == ["-P", "-m", "fitcheck", "render-worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable, "render-worker"]


def test_a_worker_that_can_t_be_started_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OSError, match="nowhere"):
        WorkerProcess([str(tmp_path / "nowhere")])
    assert list(tmp_path.iterdir()) == []


def test_what_is_cut_short_is_no_frame(tmp_path: Path) -> None:
    file = tmp_path / "frames"
    with file.open("wb") as stream:
        write_frame(stream, b"P", b"whole")
        write_frame(stream, b"cut short")
    file.write_bytes(file.read_bytes()[:-1])
    with file.open("rb") as stream:
        assert read_frame(stream) == b"Pwhole"
        assert read_frame(stream) is None
        assert read_frame(stream) is None
