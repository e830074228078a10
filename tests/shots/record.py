"""Pictures of the track record: nothing yet, too early, odds that are right, odds too sure."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fitcheck.domain.policy import Action
from fitcheck.domain.record import Record
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.book import Book
from tests.domain.records import early, fitting, too_sure
from tests.shots.camera import TODAY, Camera, settle
from tests.store.engaged import engaged, forecast, put
from ui.app import make_window
from ui.main_window import MainWindow

_SIZE = (1280, 720)
_DUE = (
    ("Ingrid Solberg", 371, Action.PROCEED),
    ("Tomás Correia", 204, Action.STAGE),
    ("Harriet Vane-Templeton", 93, Action.STAGE),
)


@contextmanager
def _window(app: QApplication, look: Look, record: Record | None) -> Iterator[MainWindow]:
    with tempfile.TemporaryDirectory(prefix="fitcheck-shots-") as folder:
        book = Book.open(Path(folder))
        for name, days, action in _DUE if record else ():
            day = TODAY - dt.timedelta(days=days)
            engaged(book, name, day, forecast(0.6, day), action)
        for number in range(record.declined if record else 0):
            engaged(book, f"Declined {number}", TODAY, None, Action.DECLINE)
        put(book, record.engagements if record else ())
        fitcheck = FitCheck(book, lambda: TODAY)
        fitcheck.save_preferences(replace(fitcheck.preferences, look=look))
        window = make_window(app, fitcheck)
        window.resize(*_SIZE)
        window.show()
        window.due_marks.look()
        window.show_page("record")
        settle()
        try:
            yield window
        finally:
            window.context.close()
            window.hide()
            window.deleteLater()
            settle()
            fitcheck.close()


def record_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """All of them in one look."""
    with _window(app, look, None) as window:
        camera.take(window, f"record-empty-{look.value}")
    for name, make in (("early", early), ("fitting", fitting), ("too-sure", too_sure)):
        with _window(app, look, make()) as window:
            page = window.record
            if name == "fitting":
                page.marking.toggle(0)
                page.marking.toggle(3)
                page.marking.form.words.setPlainText("Paid on the day, and wants the second stage.")
                camera.take(window, f"record-mark-{look.value}")
                page.marking.keep()
                camera.take(window, f"record-marked-{look.value}")
                page.marking.undo()
            page.show_face("record")
            camera.take(window, f"record-{name}-{look.value}")
            assert page.sheet is not None
            camera.take(page.sheet, f"record-{name}-whole-{look.value}")
            if name != "too-sure":
                page.show_face("cases")
                camera.take(window, f"record-{name}-list-{look.value}")
