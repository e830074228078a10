"""Crash reports: what is in one, and where they are kept.

A report is written for whoever mends the fault, and holds nothing that was typed: versions, the
system, how the book stood, the places in the program and the last events of the log. It lies on
this computer and goes nowhere by itself.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import locale
import os
import platform
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fitcheck import __version__
from fitcheck.log import Field, stamp, state_line
from fitcheck.reduced import Known, Reduced, known

KEEP = 10
KEEP_DAYS = 90
NATIVE_LINES = 200
"""Of what is left of a fault outside Python."""

_NAME = re.compile(r"crash-[0-9]{8}T[0-9]{6}Z-[0-9]+\.txt")
_HEAD = "FitCheck crash report. Kept on this computer only: FitCheck never sends it."


@dataclass(frozen=True)
class Crash:
    """A report. ``file`` is where it is kept, ``None`` where that couldn't be.

    ``before``: it is of a run that this one follows, and whose book this one has opened again.
    """

    text: str
    file: Path | None
    before: bool = False


class Reports:
    """The reports in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Path, ...]:
        """Every report, oldest first."""
        try:
            found = [file for file in self.folder.iterdir() if _NAME.fullmatch(file.name)]
        except OSError:
            return ()
        return tuple(sorted(found, key=_order))

    def save(self, text: str, now: dt.datetime) -> Path | None:
        """Keep a report, and let old ones go; ``None`` if there is no writing here."""
        moment = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            for number in range(1, 100):
                file = self.folder / f"crash-{moment}-{number}.txt"
                with contextlib.suppress(FileExistsError):
                    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                    break
            else:
                return None
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(text.encode())
        except OSError:
            return None
        self.thin(now.timestamp())
        return file

    def thin(self, now: float | None = None) -> None:
        """Let those go that are older than :data:`KEEP_DAYS`, or more than :data:`KEEP`."""
        limit = (time.time() if now is None else now) - KEEP_DAYS * 86_400
        there = self.all()
        for place, file in enumerate(there):
            with contextlib.suppress(OSError):
                if place < len(there) - KEEP or file.stat().st_mtime < limit:
                    file.unlink()


def _order(file: Path) -> tuple[str, int]:
    moment, _dash, number = file.stem.removeprefix("crash-").partition("-")
    return moment, int(number)


# What is in one


def python_report(
    error: Reduced, thread: str, state: Mapping[str, Field], last: Sequence[str], now: dt.datetime
) -> str:
    """The report of an exception that nobody caught, in a thread of this name."""
    return _report(now, state, f"Python, in thread {known(thread)}", error.lines(), last)


def native_report(found: str, last: Sequence[str], when: dt.datetime) -> str:
    """The report of a fault outside Python, out of what `faulthandler` left."""
    return _report(when, {}, "outside Python", native_lines(found), last)


def _report(
    now: dt.datetime,
    state: Mapping[str, Field],
    where: str,
    what: Iterator[str],
    last: Sequence[str],
) -> str:
    lines = [_HEAD, "", f"When: {stamp(now)}"]
    lines += [f"{name}: {value}" for name, value in versions()]
    if state:
        lines.append(f"Book: {state_line(state)}")
    lines += ["", f"What happened ({where})", *(f"  {line}" for line in what)]
    lines += ["", "The last events", *(f"  {line}" for line in last)]
    return "\n".join(lines) + "\n"


def versions() -> Iterator[tuple[str, str]]:
    """What was running, and on what; neither a path nor the name of a computer or a person."""
    built = "stand-alone" if getattr(sys, "frozen", False) else "from its sources"
    yield "FitCheck", f"{__version__}, {built}"
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()})"
    # Not imported for this: the core knows no Qt, and the command line has none.
    qt = sys.modules.get("PySide6")
    if qt is not None:
        screen = os.environ.get("QT_QPA_PLATFORM", "")
        yield "Qt", f"{qt.__version__} {known(screen) if screen else ''}".strip()
    # Of the kernel no more than its version: its name may be one of somebody's own.
    release = re.match(r"[0-9.]*", platform.release())
    yield "System", f"{platform.system()} {release[0] if release else ''} {platform.machine()}"
    yield "Locale", known((locale.getlocale()[0] or "C").replace(" ", "_"))


# What faulthandler leaves: only lines of the forms that it is known to write come over.

_FATAL = re.compile(r"(?:Fatal Python error|Windows fatal exception): ([A-Za-z0-9 _:.-]{1,80})")
_THREAD = re.compile(
    r"(Current thread|Thread) 0x[0-9a-f]+ (?:\[[\w. -]{1,40}\] )?\(most recent call first\):"
)
_FRAME = re.compile(r'  File "(.{1,400})", line ([0-9]{1,7}) in ([\w<>.-]{1,100})', re.ASCII)
_ROOTS = ("fitcheck", "reports", "resources", "ui", "devtools", "tests")


def native_lines(found: str) -> Iterator[str]:
    """The lines of a report out of faulthandler's; files become modules, the rest is left out."""
    for line in found.splitlines()[:NATIVE_LINES]:
        if fatal := _FATAL.fullmatch(line):
            yield fatal[1]
        elif thread := _THREAD.fullmatch(line):
            yield f"{thread[1].lower()}, its last call first:"
        elif frame := _FRAME.fullmatch(line):
            yield f"  {module_of(frame[1])}:{frame[2]} in {frame[3]}"


def module_of(path: str) -> Known:
    """A file of code as a module: what comes before its package may name a person."""
    parts = re.split(r"[\\/]", path.removesuffix(".py"))
    for index, part in enumerate(parts):
        if part == "site-packages" or re.fullmatch(r"python3\.\d+", part):
            inner = parts[index + 1 :]
            if inner and inner[0] != "site-packages":
                return known(".".join(inner))
    own = next((i for i in reversed(range(len(parts))) if parts[i] in _ROOTS), len(parts) - 1)
    return known(".".join(parts[own:]))
