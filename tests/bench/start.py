"""The start: from a process being begun to its window, its list and all the rest, in bare windows.

Run by ``python3 dev.py bench start [--runs N] [--cold-runs N]``. FitCheck, over an unprotected book
of fifty prospects, and a bare PySide6 window (:mod:`tests.bench._bare`) are started by turns; a
figure is the median of the turns' ratios. Both tell by themselves when they have been painted, the
same way: at the event loop's first turn after the paint. FitCheck tells it in its log.

"cold": the files of Python, of the libraries, of FitCheck and of the book are dropped from the
system's cache before each start, as far as no other process has them mapped. "built": the program
that ``python3 dev.py build`` made, in ``dist/``. "screen": on a screen of Xvfb, where it is there,
and not offscreen. Nothing here asserts a time: these machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench._figures import hand, ratios

ROOT = Path(__file__).resolve().parents[2]
BARE = Path(__file__).with_name("_bare.py")
BUILT = ROOT / "dist" / "FitCheck" / ("FitCheck.exe" if sys.platform == "win32" else "FitCheck")
PROSPECTS = 50
RUNS = 15
COLD_RUNS = 5
PATIENCE = 60.0
"""Seconds after which a start is taken to have failed."""

_TOLD = re.compile(
    r" listed window_us=(\d+) list_us=(\d+)$.* whole whole_us=(\d+)\s*$", re.MULTILINE | re.DOTALL
)


@dataclass
class Taken:
    """Milliseconds, turn by turn."""

    bare: list[float] = field(default_factory=list)
    window: list[float] = field(default_factory=list)
    list_: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def make_book(folder: Path) -> None:
    from fitcheck.store.book import Book
    from tests.bench.book import fill

    book = Book.open(folder)
    fill(book, PROSPECTS)
    book.close()


def start_bare() -> float:
    command = [sys.executable, "-P", str(BARE)]
    done = subprocess.run(
        command, env=_environment(), check=True, timeout=PATIENCE, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


def start_fitcheck(command: list[str], folder: Path) -> tuple[float, float, float]:
    """To the window, to the list, and until all of it is there."""
    log = folder / "logs" / "fitcheck.log"
    with suppress(FileNotFoundError):
        log.unlink()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [*command, "--data", str(folder)], cwd=ROOT, env=_environment(), stderr=quiet
    ) as program:
        told = None
        until = time.monotonic() + PATIENCE
        while told is None and program.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
            with suppress(FileNotFoundError):
                told = _TOLD.search(log.read_text("utf-8"))
        program.send_signal(signal.SIGINT)  # which it takes for the wish to end
        try:
            program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            program.kill()
        if told is None:
            raise RuntimeError("It ended, or went on for long, and never showed the list.")
    return int(told[1]) / 1000, int(told[2]) / 1000, int(told[3]) / 1000


def _environment() -> dict[str, str]:
    return {**os.environ, "FITCHECK_SPAWNED": repr(time.time())}


def by_turns(
    command: list[str], folder: Path, runs: int, dropped: Iterable[Path] | None = None
) -> Taken:
    """Start both, one after the other."""
    taken = Taken()
    files = None if dropped is None else [file for place in dropped for file in files_in(place)]
    if files is None:
        start_bare()
    start_fitcheck(command, folder)  # its first start keeps how its window stands
    for _run in range(runs):
        if files is not None:
            drop(files)
        taken.bare.append(start_bare())
        if files is not None:
            drop(files)
        window, list_, whole = start_fitcheck(command, folder)
        taken.window.append(window)
        taken.list_.append(list_)
        taken.whole.append(whole)
    return taken


def told(name: str, taken: Taken) -> None:
    """Print what it took, and hand over how often a bare window's time that is."""
    middle = statistics.median
    print(
        f"{name:16}bare {middle(taken.bare):7.0f} ms  window {middle(taken.window):7.0f} ms  "
        f"list {middle(taken.list_):7.0f} ms",
        end="  ",
    )
    prefix = "start" if name == "warm" else f"start.{name.replace(', ', '.')}"
    window = hand(f"{prefix}.window_over_bare", ratios(taken.window, taken.bare))
    list_ = hand(f"{prefix}.list_over_bare", ratios(taken.list_, taken.bare))
    whole = hand(f"{prefix}.whole_over_bare", ratios(taken.whole, taken.bare))
    print(
        f"window {window:.2f}, list {list_:.2f}, whole {whole:.2f} times a bare window", flush=True
    )


# Cold


def files_in(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for folder, _folders, names in os.walk(place):
        yield from (Path(folder) / name for name in names)


def drop(files: list[Path]) -> None:
    """Have the system forget what it has read of these files."""
    for file in files:
        with suppress(OSError):
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def of_python() -> list[Path]:
    """Python itself, the libraries, and FitCheck from its source."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {Path(sysconfig.get_path(name)) for name in names}
    return [
        Path(sys.executable).resolve(),
        *folders,
        *(ROOT / name for name in ("fitcheck", "ui", "reports", "resources")),
    ]


# A screen


@contextmanager
def screen() -> Iterator[bool]:
    """A screen of Xvfb, on which is shown what is started meanwhile; ``False`` without Xvfb."""
    program = shutil.which("Xvfb")
    if program is None:
        yield False
        return
    reading, writing = os.pipe()
    quiet = subprocess.DEVNULL
    options = ["-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    before = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
    with subprocess.Popen([program, *options], pass_fds=[writing], stderr=quiet) as server:
        os.close(writing)
        with os.fdopen(reading) as lines:
            number = lines.readline().strip()
        os.environ |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        try:
            yield bool(number)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
            server.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench start")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--cold-runs", type=int, default=COLD_RUNS)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # It makes every import three to four times as slow.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    source = [sys.executable, "-P", "-m", "fitcheck"]
    built = [str(BUILT)]
    with tempfile.TemporaryDirectory(prefix="fitcheck-bench-") as place:
        folder = Path(place) / "data"
        make_book(folder)
        told("warm", by_turns(source, folder, options.runs))
        if BUILT.exists():
            told("built", by_turns(built, folder, options.runs))
        else:
            print("built: not there (`python3 dev.py build` makes it)")
        with screen() as there:
            if there:
                told("screen", by_turns(source, folder, options.runs))
                if BUILT.exists():
                    told("built, screen", by_turns(built, folder, options.runs))
            else:
                print("screen: there is no Xvfb")
        if not hasattr(os, "posix_fadvise"):
            print("cold: this system can't be asked to forget what it has read")
        elif options.cold_runs:
            dropped = [*of_python(), folder]
            told("cold", by_turns(source, folder, options.cold_runs, dropped))
            if BUILT.exists():
                dropped = [*of_python(), BUILT.parent, folder]
                told("built, cold", by_turns(built, folder, options.cold_runs, dropped))


if __name__ == "__main__":
    main()
