"""The windows of a whole book on its way out and in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog

from fitcheck.domain.incoming_book import Choices
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle
from tests.ui.incoming import INCOMING
from ui.dialogs.incoming_book import IncomingBookDialog, TakenBookDialog
from ui.dialogs.known_prospect import KnownProspectDialog
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.whole_book import BookPassphraseDialog, ExportBookDialog
from ui.main_window import MainWindow


def exchange_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """Each dialog, as it is first seen."""
    plain = ExportBookDialog(window)
    plain.plain.setChecked(True)
    jobs = window.context.jobs
    working: ProgressDialog[None] = ProgressDialog(
        window,
        jobs,
        "Bringing the book in",
        "A backup is made first. Until all of it is in, nothing is changed.",
        lambda _report: None,
    )
    working.bar.setValue(40)
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (ExportBookDialog(window), "export-book"),
        (plain, "export-book-plain"),
        (BookPassphraseDialog(window, jobs, Path("all.fitcheck")), "import-book-passphrase"),
        (working, "import-book-working"),
        (IncomingBookDialog(window, INCOMING), "import-book"),
        (TakenBookDialog(window, INCOMING, Choices(), print), "import-book-taken"),
        (
            KnownProspectDialog(window, "Ada Bell", "Ada Bell", "21 November 2026"),
            "import-known-prospect",
        ),
    )
    for dialog, name in dialogs:
        dialog.show()
        camera.take(dialog, f"{name}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    settle()
