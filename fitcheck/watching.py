"""What nobody caught: the hooks of Python that hear of it, and what is made of it.

Python's own hooks print an exception with its words, which may be a person's. While a
:class:`Watch` is entered, whatever is uncaught is reduced (:mod:`fitcheck.reduced`), noted, kept
as a crash report and told; so are warnings, the logs of libraries, and faults outside Python, which
are found at the next start.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import faulthandler
import json
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, BinaryIO, TextIO

from fitcheck.crashes import Crash, Reports, native_report, python_report
from fitcheck.log import LOGS, Event, Field, Log, keep, note
from fitcheck.reduced import Known, Reduced, known, reduced

REPORTS = 5
"""Of one run at most; what comes after them is only noted."""

_NATIVE = "native-*.txt"


class Watch:
    """Watches over a run on the data in ``folder``; to be entered with ``with``.

    ``window``: the folder is made if need be, the log is written there, and faults outside Python
    are looked out for.
    ``tell`` is called with each report, on whichever thread; ``state`` says how things stand, and
    ``interrupted`` is called on Ctrl+C.
    """

    def __init__(self, folder: Path, window: bool = False) -> None:
        self.folder = folder
        # A command for a script changes nothing in the folder that it wasn't asked to.
        self.log = Log(folder / LOGS, kept=window)
        self.reports = Reports(folder / LOGS)
        self.tell: Callable[[Crash], object] = lambda _crash: None
        self.state: Callable[[], Mapping[str, Field]] = dict
        self.interrupted: Callable[[], object] = lambda: None
        self.found: Crash | None = None
        """What was found of the run before, to be told once."""
        self._window = window
        self._native: BinaryIO | None = None
        self._signatures: set[tuple[object, ...]] = set()
        self._busy = threading.local()
        self._hooks: list[tuple[Any, str, Any, Any]] = []
        self._handler = LibraryLogs()
        self._log_before: Log | None = None

    def __enter__(self) -> Watch:
        self._log_before = keep(self.log)
        if self._window:
            with contextlib.suppress(OSError):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.log.folder.mkdir(mode=0o700, exist_ok=True)
        self._hook(sys, "excepthook", self._uncaught)
        self._hook(threading, "excepthook", self._uncaught_in_thread)
        self._hook(sys, "unraisablehook", self._unraisable)
        self._hook(warnings, "showwarning", self._warned)
        # Or what fails in logging would be printed, with what was to be logged.
        self._hook(logging, "raiseExceptions", False)
        logging.getLogger().addHandler(self._handler)
        if self._window:
            self._look_back()
            self._look_out()
        self.log.note(Event.STARTED, window=self._window)
        if self._window:
            self.reports.thin()
        return self

    def __exit__(self, *_of_error: object) -> None:
        self.log.note(Event.ENDED)
        self._look_no_more()
        logging.getLogger().removeHandler(self._handler)
        for module, name, ours, before in reversed(self._hooks):
            if getattr(module, name) is ours:
                setattr(module, name, before)
        self._hooks = []
        keep(self._log_before)

    def _hook(self, module: Any, name: str, ours: Any) -> None:
        self._hooks.append((module, name, ours, getattr(module, name)))
        setattr(module, name, ours)

    # Python

    def crashed(self, error: BaseException, thread: str = "MainThread") -> Crash | None:
        """Note, keep and tell what nobody caught; never raises.

        ``None`` for what was told in this run already, for too many, and for what was raised in
        here, or in what tells it: that would never end.
        """
        if getattr(self._busy, "now", False):
            return None
        self._busy.now = True
        try:
            return self._crashed(reduced(error), thread)
        except Exception:  # there is nobody left to be told
            return None
        finally:
            self._busy.now = False

    def _crashed(self, error: Reduced, thread: str) -> Crash | None:
        self.log.note(Event.UNCAUGHT, error=error)
        _print_all("", *error.lines())
        if error.signature in self._signatures or len(self._signatures) >= REPORTS:
            return None
        self._signatures.add(error.signature)
        now = dt.datetime.now(dt.UTC)
        try:
            state = self.state()
        except Exception:  # it stands so badly that it can't be asked
            state = {}
        text = python_report(error, thread, state, self.log.last(), now)
        crash = Crash(text, self.reports.save(text, now))
        self.tell(crash)
        return crash

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.interrupted()
        else:
            self.crashed(error.with_traceback(trace), threading.current_thread().name)

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        error, thread = arguments.exc_value, arguments.thread
        if error is not None and not isinstance(error, SystemExit):
            self.crashed(error, thread.name if thread is not None else "")

    def _unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            self.log.note(Event.UNRAISABLE, error=arguments.exc_value)

    def _warned(
        self,
        _message: Warning | str,
        category: type[Warning],
        _filename: str,
        lineno: int,
        _file: TextIO | None = None,
        _line: str | None = None,
    ) -> None:
        self.log.note(Event.WARNING, kind=known(category.__name__), line=lineno)

    # Outside Python

    def _look_back(self) -> None:
        """Find what runs that didn't come to their end have left, and clear it away."""
        for file in sorted(self.log.folder.glob(_NATIVE)):
            with contextlib.suppress(OSError):
                if not _left_behind(file):
                    continue  # another start's, which goes on
                when = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
                found = file.read_text("utf-8", "replace")
                last = self.log.tail()
                # Before anything is made of it: what fails there must not come again.
                file.unlink()
                self.log.note(Event.CRASHED if found else Event.CUT_SHORT)
                if found:
                    text = native_report(found, last, when)
                    self.found = Crash(text, self.reports.save(text, when), before=True)

    @property
    def _native_file(self) -> Path:
        return self.log.folder / f"native-{os.getpid()}.txt"

    def _look_out(self) -> None:
        with contextlib.suppress(OSError):
            file = self._native_file
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._native = os.fdopen(descriptor, "wb", buffering=0)
            _hold(self._native)
            faulthandler.enable(self._native)

    def _look_no_more(self) -> None:
        if self._native is not None:
            faulthandler.disable()
            file, self._native = self._native, None
            file.close()
            with contextlib.suppress(OSError):
                self._native_file.unlink()


class LibraryLogs(logging.Handler):
    """What libraries log, without what they log it of."""

    def emit(self, record: logging.LogRecord) -> None:
        template = json.dumps(record.msg[:120]) if _is_constant(record) else "?"
        note(
            Event.LIBRARY,
            logger=known(record.name),
            level=record.levelno,
            # A constant of the code, as was just seen.
            says=Known(template),
        )


def _is_constant(record: logging.LogRecord) -> bool:
    """Whether the template of a message stands in the very function that logs it.

    One that was put together at run time may hold anything.
    """
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename == record.pathname and code.co_name == record.funcName:
            return type(record.msg) is str and record.msg in code.co_consts
        frame = frame.f_back
    return False


def _print_all(*lines: str) -> None:
    """To whoever started the program in a terminal; on Windows there may be nothing to print to."""
    with contextlib.suppress(Exception):
        if sys.stderr is not None:
            print(*lines, sep="\n", file=sys.stderr, flush=True)


# A file is held by its process with the system's own lock, which goes with the process: on Windows
# an open file can't be removed, which says the same.

if sys.platform == "win32":  # pragma: no cover

    def _hold(file: BinaryIO) -> None:
        """It is held by being open."""

    def _left_behind(file: Path) -> bool:
        renamed = file.with_suffix(".left")
        file.replace(renamed)  # fails while it is open
        renamed.replace(file)
        return True

else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _left_behind(file: Path) -> bool:
        with file.open("rb") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
