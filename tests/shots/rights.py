"""Pictures of what a person can ask for: their data, erasing them, and who has been kept long."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QDialog

from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle
from ui.dialogs.erase import EraseDialog
from ui.dialogs.erased import ErasedDialog
from ui.dialogs.kept import KeptDialog
from ui.dialogs.prospect import EditProspectDialog
from ui.main_window import MainWindow

_DAY = dt.date(2024, 10, 3)


def rights_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """All of them in one look, over a book with prospects in it."""
    context = window.context
    fitcheck, page = context.fitcheck, window.prospects
    window.show_page("prospects")
    (first, second, third, *_others) = fitcheck.prospects()
    for line in (second, third):
        fitcheck.rights.keep_until(line.id, _DAY)
    page.rights.look()
    page.refresh()
    camera.take(window, f"prospects-kept-{look.value}")
    asked = fitcheck.rights.to_be_asked()
    kept = fitcheck.rights.kept(first.id)
    for line in (second, third):
        fitcheck.rights.keep_until(line.id, None)
    erase = EraseDialog(window, context, first.id)
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (erase, "erase"),
        (ErasedDialog(window, context, _erasure(readable=True)), "erased"),
        (ErasedDialog(window, context, _erasure(readable=False)), "erased-unread"),
        (KeptDialog(window, context, asked), "kept"),
        (EditProspectDialog(window, first.prospect, kept), "edit-prospect"),
        (EditProspectDialog(window, second.prospect, asked[0]), "edit-prospect-day"),
    )
    for dialog, name in dialogs:
        dialog.show()
        dialog.activateWindow()
        settle()
        if dialog is erase:
            erase.typed.setText(first.prospect.name)
        camera.take(dialog, f"{name}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    settle()


def _erasure(readable: bool) -> Erasure:
    backups = "backups/2026-11-21T093000Z-erasure"
    return Erasure(
        dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC),
        "8e6276719ecf60058e99f99fc0ef7f3e",
        223,
        (
            Searched(f"{backups}/book.db", 29),
            Searched(f"{backups}/book.key", 0),
            Searched("backups/2026-02-01T120000Z-daily/book.db", 29 * readable, (), readable),
            Searched("book.db", 29),
            Searched("book.key", 0),
            Searched("logs/fitcheck.log", 0),
        ),
    )
