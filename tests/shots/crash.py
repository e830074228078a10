"""The dialog that shows a crash report, with one as it would be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fitcheck.crashes import Crash, python_report
from fitcheck.log import Field
from fitcheck.reduced import Known, Place, Reduced
from ui.dialogs.crash import CrashDialog, Standing

_MOMENT = dt.datetime(2026, 11, 21, 8, 30, 12, tzinfo=dt.UTC)
_PLACES = (
    ("ui.pages.interview", 214, "InterviewPage._answer"),
    ("fitcheck.interview", 311, "Interview.set_value"),
    ("fitcheck.interview", 412, "Interview._change"),
    ("fitcheck.changes", 77, "changed"),
)
_EVENTS = ("started window=yes", "opened protected=yes", "shown", "worker_started", "locked")


def crash_dialog(parent: QWidget) -> CrashDialog:
    places = tuple(Place(Known(m), Known(f), line) for m, line, f in _PLACES)
    state: dict[str, Field] = {"book": Known("open"), "protected": True, "page": Known("interview")}
    last = [f"2026-11-21T08:2{number}:04Z {said}" for number, said in enumerate(_EVENTS)]
    text = python_report(
        Reduced(Known("KeyError"), places=places), "MainThread", state, last, _MOMENT
    )
    file = Path.home() / ".local/share/FitCheck/logs/crash-20261121T083012Z-1.txt"
    return CrashDialog(parent, Crash(text, file), Standing.UNSAVED)
