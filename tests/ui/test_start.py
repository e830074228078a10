"""The start: a window painted before anything large is imported, and the book opened in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from ui.first_sight import FILE, LIMIT, FirstSight, first_sight, keep_first_sight

LARGE = {
    *("sqlalchemy", "alembic", "weasyprint", "jinja2", "numpy"),
    *("attr", "attrs", "cattr", "cattrs", "jsonschema", "pikepdf", "sqlcipher3", "nacl", "asyncio"),
    *("fitcheck.cli_parsers", "fitcheck.services", "ui.session", "PySide6.QtNetwork"),
}
"""What nothing may import before the first paint; most of it is imported for the list."""

NOT_FOR_THE_LIST = (LARGE - {"sqlcipher3"}) | {
    *("fitcheck.access", "fitcheck.codec", "fitcheck.store.engine", "fitcheck.store.tables"),
    *("fitcheck.domain.bank", "fitcheck.domain.judgement", "fitcheck.domain.policy"),
    *("fitcheck.domain.book", "fitcheck.domain.plan", "fitcheck.domain.report", "reports.words"),
    *("ui.context", "ui.jobs", "ui.menus", "ui.messages", "ui.pages", "ui.press", "ui.session"),
    *("ui.widgets.prospect_details", "ui.widgets.sidebar", "concurrent.futures", "ssl", "email"),
}
"""What is imported only once the list has been painted."""

STARTED = """
import gc, json, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import ui.starting
from fitcheck.__main__ import main

large, not_for_the_list = map(set, json.loads(sys.argv[2]))
told = {}
paint = ui.starting.Start.paint
show_list = ui.starting.Start.show_list

def painted(start):
    paint(start)
    told["at first paint"] = sorted(large & set(sys.modules))
    told["first"] = type(start.window).__name__
    told["visible"] = start.window.isVisible()
    told["window"] = id(start.window)
    told["size"] = [start.window.width(), start.window.height()]
    told["ground"] = start.window.palette().window().color().name()
    timer.start(10)

def listed(start, look):
    meanwhile = show_list(start, look)
    told["at the list"] = sorted(not_for_the_list & set(sys.modules))
    told["listed"] = id(start.window.table)
    told["first rows"] = start.window.table.prospects.rowCount()
    with open(f"{sys.argv[1]}/logs/fitcheck.log") as log:
        told["noted"] = "listed window_us=" in log.read()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(start.window.windowHandle(), key)
    if "close at the list" in sys.argv:
        start.window.close()
    return meanwhile

def look():
    if "ui.session" not in sys.modules:
        return
    from ui.main_window import MainWindow
    from ui.pages.unlock import UnlockPage
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for window in shown:
        if isinstance(window, MainWindow):
            if not hasattr(window, "context"):
                return
            told["rows"] = window.prospects.model.rowCount()
            told["same"] = id(window) == told["window"]
            told["table"] = id(window.prospects.table)
            told["row"] = window.prospects.table.current_row()
            if "lock" in sys.argv:
                sys.argv.remove("lock")
                window.context.fitcheck.protect("correct horse battery staple")
                window.lock_asked.emit()
                return
        elif not window.findChildren(UnlockPage):
            continue
        else:
            from fitcheck.domain.listed import ProspectLine
            gc.unfreeze()
            gc.collect()
            told["held"] = [o.id for o in gc.get_objects() if isinstance(o, ProspectLine)]
        told["shown"] = len(shown)
        timer.stop()
        window.close()

ui.starting.Start.paint = painted
ui.starting.Start.show_list = listed
timer = QTimer()
timer.timeout.connect(look)
status = main(["--data", sys.argv[1]])
print(json.dumps(told))
sys.exit(status)
"""


def started(folder: Path, *then: str) -> dict[str, Any]:
    """What a run of the program tells of its start, in a process of its own."""
    modules = [sorted(LARGE), sorted(NOT_FOR_THE_LIST)]
    done = subprocess.run(
        # The application isn't made before the program makes it; the timer waits for that.
        [sys.executable, "-c", STARTED, str(folder), json.dumps(modules), *then],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "FITCHECK_SPAWNED": "0"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def make_book(folder: Path) -> None:
    fitcheck = FitCheck.open(folder)
    for number in range(3):
        fitcheck.add_prospect(Prospect(f"Somebody {number}"))
    fitcheck.save_preferences(replace(fitcheck.preferences, look=Look.DARK))
    fitcheck.close()


def test_the_window_is_painted_before_anything_large_is_imported_and_then_filled(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "book"
    make_book(folder)
    told = started(folder)
    assert told["at first paint"] == []
    assert told["visible"]
    assert told["rows"] == 3
    assert told["same"], "the book is opened in the window that was painted"
    assert told["shown"] == 1

    # Then the list is, before anything is imported that it doesn't need, and it is the list.
    assert told["noted"]
    assert told["at the list"] == []
    assert told["first rows"] == 3
    assert told["listed"] == told["table"], "the page is made around it"
    assert told["row"] == 1, "whoever was gone to by keys meanwhile is still chosen"

    # Where and how it stood is kept, and seen at the first paint of the next start.
    kept = first_sight(folder)
    assert kept is not None
    assert kept.dark
    assert kept.sidebar > 0
    assert kept.place
    again = started(folder, "close at the list")
    assert again["ground"] != told["ground"]
    assert again["at first paint"] == []
    assert again["first rows"] == 3
    assert "rows" not in again, "nothing more is made once it is closed"
    log = (folder / "logs" / "fitcheck.log").read_text()
    assert "uncaught" not in log
    assert log.endswith(" ended\n")

    # Once it is protected nothing of it stands in the clear, and once it is locked nobody of the
    # list is left in memory, whoever has held it while it started.
    closed = started(folder, "lock")
    assert closed["held"] == []
    assert not (folder / FILE).exists()
    locked = started(folder)
    assert locked["first"] == "FrontWindow"
    assert locked["at first paint"] == []
    assert "rows" not in locked


def test_what_was_kept_is_read_and_anything_else_counts_for_nothing(tmp_path: Path) -> None:
    kept = FirstSight("AbC=", True, "#112233", 190)
    strong = replace(kept, strong=True)
    assert first_sight(tmp_path) is None
    for written, read in (
        (str(kept).encode(), kept),
        (str(strong).encode(), strong),
        (b"", FirstSight()),
        (b"\xff\xfe\x00", FirstSight()),
        (b"ground\nsidebar many\nplace", FirstSight()),
        (b"sidebar 9999999\n", FirstSight(sidebar=1_000)),
        (b"x" * (LIMIT + 1), None),
    ):
        (tmp_path / FILE).write_bytes(written)
        assert first_sight(tmp_path) == read


def test_nothing_fails_where_it_can_t_be_kept(tmp_path: Path) -> None:
    fitcheck = FitCheck.open(tmp_path / "book")
    (tmp_path / "book" / FILE).mkdir()
    keep_first_sight(fitcheck, dark=False, sidebar=0)
    assert (tmp_path / "book" / FILE).is_dir()
    fitcheck.close()


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ([], (None, False)),
        (["demo"], (None, True)),
        (["--data", "x"], (Path("x"), False)),
        (["--data", "x", "demo"], (Path("x"), True)),
        (["--data", "--help"], None),
        (["--version"], None),
        (["list"], None),
        (["--data", "x", "list"], None),
    ],
)
def test_a_window_is_known_without_the_command_line_s_parser(given: list[str], asked: Any) -> None:
    from fitcheck.__main__ import _window_asked

    assert _window_asked(given) == asked
