"""What nobody caught: heard of, kept as a report without a word of anybody's, and the rest goes on.

In processes of their own, since all of it is about what a whole process says and leaves behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fitcheck.crashes import KEEP, KEEP_DAYS, Reports, module_of, native_lines
from fitcheck.log import LOG_FILE
from fitcheck.watching import REPORTS

CANARY = "Kanarienvogel"
ROOT = Path(__file__).resolve().parents[2]

WATCHED = """
import gc, logging, sys, threading, warnings
from pathlib import Path
from fitcheck.watching import Watch
canary = sys.argv[2]

class Talkative(Exception):
    def __str__(self):
        return canary

def fail(*arguments):
    confided = {canary: canary}
    try:
        try:
            raise Talkative(canary, confided)
        except Talkative:
            confided[canary + canary + "x"]
    except KeyError as error:
        error.add_note(canary)
        raise ExceptionGroup(canary, [error, ValueError(canary)]) from error

with Watch(Path(sys.argv[1]), window=True) as watch:
%s
print("went on")
"""


def run(folder: Path, lines: str) -> subprocess.CompletedProcess[str]:
    """Run these lines in a watch over ``folder``."""
    body = "\n".join(f"    {line}" for line in lines.strip().splitlines())
    return subprocess.run(
        [sys.executable, "-c", WATCHED % body, str(folder), CANARY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(folder.parent)},
    )


def left(folder: Path) -> str:
    return "\n".join(
        f"{file.name}\n{file.read_text()}" for file in sorted(folder.rglob("*")) if file.is_file()
    )


WAYS = {
    "the hook": "try:\n    fail()\nexcept BaseException:\n    sys.excepthook(*sys.exc_info())",
    "caught at the end": "try:\n    fail()\nexcept Exception as error:\n    watch.crashed(error)",
    "a thread": "each = threading.Thread(target=fail, name=canary + ' of Bell')\n"
    "each.start()\neach.join()",
    "a destructor": "class Dying:\n    __del__ = fail\ndying = Dying()\ndel dying\ngc.collect()",
    "a warning": "warnings.warn(canary)",
    "a log": "logging.warning('%s', canary)\nlogging.getLogger(canary + ' ').error(canary)",
    "a log that fails": "logging.warning('%d', canary)",
    "a hook that fails": "watch.state = fail\ntry:\n    fail()\nexcept BaseException:\n"
    "    sys.excepthook(*sys.exc_info())",
    "telling fails": "watch.tell = fail\ntry:\n    fail()\nexcept BaseException:\n"
    "    sys.excepthook(*sys.exc_info())",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_word_of_it_is_left_anywhere(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "book"
    done = run(folder, WAYS[way])
    assert (done.returncode, done.stdout) == (0, "went on\n"), done.stderr
    assert CANARY not in done.stderr
    assert CANARY not in left(folder)
    log = (folder / "logs" / LOG_FILE).read_text()
    assert log.splitlines()[-1].endswith(" ended")
    assert len(log.splitlines()) >= 3, "it wasn't noted"


@pytest.mark.parametrize("way", ["the hook", "a thread", "caught at the end"])
def test_a_report_says_what_and_where_and_on_what(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "book"
    run(folder, WAYS[way])
    (report,) = Reports(folder / "logs").all()
    text = report.read_text()
    assert report.stat().st_mode & 0o077 == 0
    for said in ("ExceptionGroup", "member 2:", "ValueError", "KeyError", "__main__:20 in fail"):
        assert said in text
    assert "never sends it" in text
    assert f"Python: {sys.version_info.major}.{sys.version_info.minor}" in text
    assert "started window=yes" in text
    # No path, no user, no host.
    assert str(tmp_path) not in text
    assert "/" not in text
    for name in (os.uname().nodename, os.environ.get("USER", "")):
        assert not name or name not in text


def test_without_the_watch_every_word_would_be_told(tmp_path: Path) -> None:
    """The control: what Python does by itself."""
    untouched = WATCHED.replace("with Watch(Path(sys.argv[1]), window=True) as watch:", "if True:")
    done = subprocess.run(
        [sys.executable, "-c", untouched % "    fail()", str(tmp_path), CANARY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert CANARY in done.stderr


def test_the_same_fault_is_reported_once_and_many_faults_not_without_end(tmp_path: Path) -> None:
    again = "told = []\nwatch.tell = told.append\n"
    same = "for each in range(30):\n    try:\n        fail()\n    except Exception as error:\n"
    same += "        watch.crashed(error)\nassert len(told) == 1"
    run_ = run(tmp_path / "same", again + same)
    assert run_.returncode == 0, run_.stderr
    assert len(Reports(tmp_path / "same" / "logs").all()) == 1
    others = "for each in range(30):\n    kind = type(f'Error{each}', (Exception,), {})\n"
    others += f"    watch.crashed(kind())\nassert len(told) == {REPORTS}"
    run_ = run(tmp_path / "others", again + others)
    assert run_.returncode == 0, run_.stderr
    assert len(Reports(tmp_path / "others" / "logs").all()) == REPORTS


def test_what_fails_in_telling_a_fault_is_not_told_in_turn(tmp_path: Path) -> None:
    """Nor can it: it would never end."""
    lines = "def tell(crash):\n    told.append(crash)\n    sys.excepthook(*failing())\n"
    lines += "def failing():\n    try:\n        {}[canary]\n    except KeyError:\n"
    lines += "        return sys.exc_info()\n"
    lines += "told = []\nwatch.tell = tell\nsys.excepthook(*failing())\nassert len(told) == 1"
    done = run(tmp_path / "book", lines)
    assert done.returncode == 0, done.stderr


def test_ctrl_c_is_no_fault(tmp_path: Path) -> None:
    lines = "seen = []\nwatch.interrupted = lambda: seen.append(1)\n"
    lines += "sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(canary), None)\nassert seen"
    done = run(tmp_path / "book", lines)
    assert (done.returncode, done.stderr) == (0, "")
    assert Reports(tmp_path / "book" / "logs").all() == ()


def test_every_hook_is_put_back(tmp_path: Path) -> None:
    lines = "pass\nimport faulthandler\nassert not faulthandler.is_enabled()\n"
    body = WATCHED % "    pass"
    body += "assert sys.excepthook is sys.__excepthook__\n"
    body += "assert threading.excepthook is threading.__excepthook__\n"
    body += "assert sys.unraisablehook is sys.__unraisablehook__\n"
    body += "assert logging.raiseExceptions and not logging.getLogger().handlers\n" + lines
    done = subprocess.run(
        [sys.executable, "-c", body, str(tmp_path / "book"), CANARY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# Outside Python

DYING = "import faulthandler\nconfided = canary\nfaulthandler._sigsegv()"


def test_a_fault_outside_python_is_found_at_the_next_start_and_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    done = run(folder, DYING)
    assert done.returncode == -signal.SIGSEGV
    assert CANARY not in done.stderr
    assert CANARY not in left(folder)
    found = "print(watch.found.text if watch.found else 'nothing')"
    text = run(folder, found).stdout
    assert "outside Python" in text
    assert "Segmentation fault" in text
    assert "current thread, its last call first:" in text
    assert ":25 in <module>" in text
    # Its last events, not those of the start that found it.
    assert text.count("started window=yes") == 1
    assert CANARY not in text
    (report,) = Reports(folder / "logs").all()
    assert text == f"{report.read_text()}\nwent on\n"
    assert run(folder, found).stdout == "nothing\nwent on\n"
    assert len(Reports(folder / "logs").all()) == 1
    assert "crashed" in (folder / "logs" / LOG_FILE).read_text()


def test_a_run_that_was_killed_is_noted_and_nothing_is_told(tmp_path: Path) -> None:
    """A flat battery is no fault of FitCheck, and there is nothing to be read of it."""
    folder = tmp_path / "book"
    done = run(folder, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert done.returncode == -signal.SIGKILL
    assert run(folder, "assert watch.found is None").returncode == 0
    assert " cut_short\n" in (folder / "logs" / LOG_FILE).read_text()
    assert [file.name for file in (folder / "logs").iterdir()] == [LOG_FILE]


def test_a_run_that_goes_on_is_not_taken_for_one_that_crashed(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    body = "    print('there', flush=True)\n    sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", WATCHED % body, str(folder), CANARY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"there\n"
    (kept,) = (folder / "logs").glob("native-*")
    kept.write_text("Fatal Python error: Segmentation fault\n")
    assert run(folder, "assert watch.found is None").returncode == 0
    assert kept.exists()
    other.communicate(b"")
    assert not kept.exists()


PATHS = {
    "/home/Kanarienvogel/fitcheck/ui/pages/interview.py": "ui.pages.interview",
    "/home/Kanarienvogel/.venv/lib/python3.13/site-packages/sqlalchemy/engine/base.py": (
        "sqlalchemy.engine.base"
    ),
    "/usr/lib/python3.13/threading.py": "threading",
    "C:\\Users\\Kanarienvogel\\FitCheck\\_internal\\reports\\render.py": "reports.render",
    "/home/Kanarienvogel/odd one.py": "?",
    "<frozen runpy>": "?",
    "<string>": "<string>",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_file_becomes_a_module(path: str) -> None:
    assert module_of(path) == PATHS[path]


def test_only_what_faulthandler_writes_comes_over() -> None:
    found = f"""Fatal Python error: Segmentation fault

Thread 0x00007f24 [fitcheck-writer] (most recent call first):
  File "/usr/lib/python3.13/threading.py", line 359 in wait
Current thread 0x00007f25 (most recent call first):
  File "/home/{CANARY}/ui/app.py", line 12 in run
  File "/home/{CANARY}/ui/app.py", line 12 in run {CANARY}
{CANARY}
Extension modules: {CANARY}._bits (total: 1)
"""
    assert list(native_lines(found)) == [
        "Segmentation fault",
        "thread, its last call first:",
        "  threading:359 in wait",
        "current thread, its last call first:",
        "  ui.app:12 in run",
    ]


# The reports that are kept


def test_old_reports_go_and_so_do_many(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    reports = Reports(folder)
    folder.mkdir()
    other = folder / "crash-by-hand.txt"
    other.write_text("mine")
    now = time.time()
    for number in range(KEEP + 5):
        file = folder / f"crash-202611{number + 1:02}T080000Z-1.txt"
        file.write_text("x")
    reports.thin(now)
    assert len(reports.all()) == KEEP
    assert reports.all()[-1].name == f"crash-202611{KEEP + 5}T080000Z-1.txt"
    for file in reports.all()[:3]:
        os.utime(file, (now, now - (KEEP_DAYS + 1) * 86_400))
    reports.thin(now)
    assert len(reports.all()) == KEEP - 3
    assert other.exists()


# The program itself


def test_the_command_line_tells_a_fault_without_a_word_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    program = f"""
import sys
import fitcheck.cli_book
def lines(folder):
    raise RuntimeError({CANARY!r})
fitcheck.cli_book.assessment_lines = lines
from fitcheck.__main__ import main
sys.exit(main(["--data", sys.argv[1], "list"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (report,) = Reports(folder / "logs").all()
    assert CANARY not in done.stderr
    assert CANARY not in left(folder)
    assert "RuntimeError" in done.stderr
    assert str(report) in done.stderr.replace("\n", " ")
    assert "never sent" in done.stderr


def test_the_log_and_the_reports_are_shown_on_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    command = [sys.executable, "-m", "fitcheck", "--data", str(folder), "log"]
    nothing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert nothing.startswith("There is no log yet")
    assert not folder.exists()
    run(folder, WAYS["the hook"])
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (report,) = Reports(folder / "logs").all()
    assert shown.startswith(f"The log: {folder / 'logs' / LOG_FILE}\nA crash report: {report}\n\n")
    assert "uncaught error=ExceptionGroup@__main__:20#fail" in shown
    # Looking changes nothing.
    assert "window=no" not in left(folder)
