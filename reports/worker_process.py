"""The program's side of the render worker: it starts the process, asks it, and ends it."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

import fitcheck
from fitcheck import RENDER_WORKER
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.errors import FitCheckError
from fitcheck.log import Event, note
from fitcheck.reduced import ReducedError
from reports.frames import MADE, WorkerDied, read_frame, write_frame


class RenderFaultError(ReducedError):
    """A fault of ours that was met in the worker: its class and where it was."""


def own_command() -> list[str]:
    """How this very program is started as a worker, from its sources or as a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RENDER_WORKER]
    # -P: a file that happens to lie in the folder one stands in is no part of the program.
    return [sys.executable, "-P", "-m", "fitcheck", RENDER_WORKER]


class WorkerProcess:
    """One worker, which loads what it needs from the moment that this is made.

    :meth:`render` serves one caller at a time; :meth:`end` may be called from any thread, and
    makes a ``render`` that is under way raise :class:`WorkerDied`.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._lock = Lock()
        self._ended = False
        # The worker may be ended at any moment, and what it has laid down goes with it.
        self._folder = tempfile.mkdtemp(prefix="fitcheck-worker-")
        try:
            self.process = subprocess.Popen(
                list(command or own_command()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(self._folder),
                close_fds=True,
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        note(Event.WORKER_STARTED)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def render(self, report: Report, paper: Paper, language: str) -> bytes:
        """The bytes of the PDF; waits for them.

        Raises :class:`WorkerDied`, :class:`fitcheck.errors.FitCheckError` with the words of what
        was raised in the worker, or :class:`RenderFaultError`.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            write_frame(self.process.stdin, pickle.dumps((report, paper, language)))
            answer = read_frame(self.process.stdout)
        except (OSError, ValueError):  # a broken pipe, or one that was closed by end()
            answer = None
        if not answer:
            self._note_its_end()
            raise WorkerDied
        if answer[:1] == MADE:
            return answer[1:]
        told = json.loads(answer[1:])
        if told["mendable"]:
            raise FitCheckError(told["message"])
        raise RenderFaultError(tuple(map(str, told["where"])))

    def _note_its_end(self) -> None:
        """Note that it is gone, unless :meth:`end` was called; negative is the signal's number."""
        if not self._ended:
            with suppress(subprocess.TimeoutExpired):
                note(Event.WORKER_DIED, status=self.process.wait(1))

    def end(self) -> None:
        """End it at once, with whatever it is doing and all that it holds. May be repeated."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was still to be sent can't be
                        pipe.close()
            shutil.rmtree(self._folder, ignore_errors=True)


def _environment(folder: str) -> dict[str, str]:
    """This process's own, with temporary files in ``folder`` and our packages to be found."""
    packages = str(Path(fitcheck.__file__).resolve().parents[1])
    path = os.pathsep.join(part for part in (packages, os.environ.get("PYTHONPATH")) if part)
    # Three names, for each system its own.
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
    return {**os.environ, **temporary, "PYTHONPATH": path}
