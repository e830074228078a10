"""What FitCheck notes of its own doings: a small vocabulary of events, nothing that was typed.

A log that could hold any text would hold a person's sooner or later. So there is no way to log a
text here: an event is one of :class:`Event`, and its fields are numbers, members of our own
enumerations, exceptions (of which the class and the place remain) and names out of the code.

It lies in ``logs/`` beside the book, at most :data:`KEPT` files of :data:`SIZE` bytes. A log that
can't be written is none: nothing else may fail for its sake.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections import Counter, deque
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from pathlib import Path
from threading import RLock

from fitcheck.reduced import UNKNOWN, Known, Reduced, known, reduced

LOGS = "logs"
LOG_FILE = "fitcheck.log"
SIZE = 256_000
KEPT = 3
LAST = 40
"""Events that a crash report shows."""
REPEATS = 5
"""How often a run notes the same thing of those that others say (:data:`OF_OTHERS`)."""


class Event(StrEnum):
    """All that is ever noted."""

    STARTED = "started"
    ENDED = "ended"
    CUT_SHORT = "cut_short"
    """Found at a start: the last run ended without a word (a power cut, or it was killed)."""
    CRASHED = "crashed"
    """Found at a start: the last run was ended by a fault outside Python."""
    OPENED = "opened"
    CLOSED = "closed"
    SHOWN = "shown"
    """Its window is there."""
    LISTED = "listed"
    """The list stands in it: when the window and the list were painted, in microseconds."""
    WHOLE = "whole"
    """All the rest is there, too: when, in microseconds."""
    LOCKED = "locked"
    HANDED_OVER = "handed_over"
    WRITE_FAILED = "write_failed"
    BACKUP_MADE = "backup_made"
    BACKUP_FAILED = "backup_failed"
    RESTORED = "restored"
    ERASED = "erased"
    WORKER_STARTED = "worker_started"
    WORKER_DIED = "worker_died"
    FAULT = "fault"
    """A fault of ours that was caught, and told in a message."""
    UNCAUGHT = "uncaught"
    UNRAISABLE = "unraisable"
    LIBRARY = "library"
    WARNING = "warning"
    QT = "qt"


OF_OTHERS = frozenset({Event.UNRAISABLE, Event.LIBRARY, Event.WARNING, Event.QT, Event.UNCAUGHT})

Field = bool | int | float | Enum | BaseException | Reduced | Known


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Log:
    """The log in ``folder``; it is made with the first event, or never if it is not ``kept``."""

    def __init__(
        self, folder: Path, now: Callable[[], dt.datetime] = _utc_now, kept: bool = True
    ) -> None:
        self.folder = folder
        self._kept = kept
        self._now = now
        self._lock = RLock()
        self._noting = False
        self._last: deque[str] = deque(maxlen=LAST)
        self._repeats: Counter[str] = Counter()

    @property
    def file(self) -> Path:
        return self.folder / LOG_FILE

    def note(self, event: Event, /, **fields: Field) -> None:
        """Note an event; never raises, and does nothing while it is noting one already."""
        with self._lock:
            # Called again by a destructor that runs in the midst of it, for one.
            if self._noting:
                return
            self._noting = True
            try:
                said = " ".join([event.value, *(f"{known(k)}={_said(fields[k])}" for k in fields)])
                if event in OF_OTHERS:
                    self._repeats[said] += 1
                    if self._repeats[said] > REPEATS:
                        return
                line = f"{stamp(self._now())} {said}"
                self._last.append(line)
                if self._kept:
                    with contextlib.suppress(OSError):
                        self._write(line)
            finally:
                self._noting = False

    def last(self) -> tuple[str, ...]:
        """The newest events of this run, oldest first, whether they could be written or not."""
        with self._lock:
            return tuple(self._last)

    def tail(self, count: int = LAST) -> tuple[str, ...]:
        """The newest lines of the file, oldest first; those of earlier runs too."""
        lines: list[str] = []
        for file in (self.file, self._older(1)):
            if len(lines) < count:
                with contextlib.suppress(OSError):
                    lines = [*file.read_text("utf-8", "replace").splitlines(), *lines]
        return tuple(lines[-count:])

    def _write(self, line: str) -> None:
        data = f"{line}\n".encode()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if self.file.stat().st_size + len(data) > SIZE:
                self._turn()
        # Opened for each line: the folder may be moved, and no other program's handle is needed.
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)

    def _turn(self) -> None:
        for number in range(KEPT - 1, 0, -1):
            newer = self._older(number - 1) if number > 1 else self.file
            with contextlib.suppress(FileNotFoundError):
                newer.replace(self._older(number))

    def _older(self, number: int) -> Path:
        return self.folder / f"{LOG_FILE}.{number}"


def stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(value: object) -> str:
    """What is written for a field. Anything that mypy would have refused is a question mark."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return f"{value:.3g}"
    if isinstance(value, Enum):
        return known(value.value if isinstance(value.value, str) else value.name)
    if isinstance(value, BaseException):
        value = reduced(value)
    if isinstance(value, Reduced):
        return f"{value.kind}@{value.where or UNKNOWN}".replace(" in ", "#")
    return value if isinstance(value, Known) else UNKNOWN


_current: Log | None = None


def keep(log: Log | None) -> Log | None:
    """Have :func:`note` write to this log from now on, or to none; the one until now."""
    global _current
    before, _current = _current, log
    return before


def current() -> Log | None:
    """The log of this program, if it keeps one."""
    return _current


def note(event: Event, /, **fields: Field) -> None:
    """Note an event in the log of this program, if it keeps one."""
    if _current is not None:
        _current.note(event, **fields)


def state_line(state: Mapping[str, Field]) -> str:
    """Fields in a line, as they are written of an event."""
    return " ".join(f"{known(name)}={_said(value)}" for name, value in state.items())
