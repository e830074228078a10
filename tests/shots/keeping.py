"""The pictures of what keeps the book safe: the backups, and a book that doesn't open."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fitcheck.access import Access
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.backup import copies
from fitcheck.store.errors import KeyMissing, WrongKeyOrDamaged
from tests.shots.camera import TODAY, Camera, settle, wait
from tests.shots.protection import _access, _front
from ui.dialogs.backups import BackupsDialog
from ui.jobs import Jobs
from ui.pages.rescue import RescuePage
from ui.theme import apply_theme, theme_of

PASSPHRASE = "seven quiet mornings"
_MADE = (
    (0, 9, "daily"),
    (1, 18, "daily"),
    (1, 11, "by-hand"),
    (3, 17, "daily"),
    (9, 12, "schema-4"),
    (16, 8, "replaced"),
    (40, 16, "daily"),
)


def _laden(fitcheck: FitCheck) -> None:
    """A book with backups of several days; the newest lacks what was done today."""
    demo = load_demo()
    for assessment in demo[:3]:
        fitcheck.add_assessment(assessment)
    older = fitcheck.safekeeping.back_up().folder
    for assessment in demo[3:6]:
        fitcheck.add_assessment(assessment)
    made = fitcheck.safekeeping.back_up().folder
    for days, hour, ending in _MADE:
        moment = dt.datetime.combine(TODAY - dt.timedelta(days=days), dt.time(hour, 20), dt.UTC)
        source = older if days > 2 else made
        shutil.copytree(source, made.parent / f"{moment:%Y-%m-%dT%H%M%SZ}-{ending}")
    shutil.rmtree(older)
    shutil.rmtree(made)
    for assessment in demo[6:]:
        fitcheck.add_assessment(assessment)


def keeping_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """All of them in one look."""
    theme = theme_of(look)
    apply_theme(app, theme)
    jobs = Jobs()
    with _access() as access:
        fitcheck = access.open()
        empty = BackupsDialog(None, fitcheck, jobs)
        empty.show()
        camera.take(empty, f"backups-empty-{look.value}")
        empty.done(0)
        _laden(fitcheck)
        dialog = BackupsDialog(None, fitcheck, jobs)
        dialog.show()
        dialog.activateWindow()
        dialog.browser.list.setCurrentRow(3)
        wait(lambda: dialog.browser.preview is not None, "a preview")
        camera.take(dialog, f"backups-{look.value}")
        dialog._set_busy(True, "Copying the book…")
        dialog._progressed(0.4)
        camera.take(dialog, f"backups-busy-{look.value}")
        dialog._set_busy(False)
        dialog.done(0)
        fitcheck.protect(PASSPHRASE)
        fitcheck.close()
        _rescues(camera, look, access, jobs)
    jobs.close()
    settle()


def _rescues(camera: Camera, look: Look, access: Access, jobs: Jobs) -> None:
    folder = access._folder
    store, key = folder / "book.db", folder / "book.key"
    shown = Path("~/.local/share/FitCheck")
    (folder / "aside").write_bytes(key.read_bytes())
    key.unlink()
    asking = _page(access, jobs, KeyMissing(shown / "book.key"), shown)
    wait(asking.secret.go_button.isEnabled, "the key")
    _take(camera, asking, f"rescue-key-{look.value}")
    key.write_bytes((folder / "aside").read_bytes())
    store.write_bytes(bytes(reversed(store.read_bytes())))
    damaged = _page(access, jobs, WrongKeyOrDamaged(shown / "book.db"), shown)
    wait(lambda: damaged.browser.preview is not None, "what is wrong")
    _take(camera, damaged, f"rescue-damaged-{look.value}")
    for copy in copies(folder):
        copy.store.write_bytes(b"")
    nothing = _page(access, jobs, WrongKeyOrDamaged(shown / "book.db"), shown)
    wait(nothing.again_button.isEnabled, "that there is nothing")
    wait(lambda: nothing._finding is not None, "that there is nothing")
    _take(camera, nothing, f"rescue-nothing-{look.value}")


def _page(access: Access, jobs: Jobs, error: Exception, shown: Path) -> RescuePage:
    """``shown`` is named in place of the folder of this run, which is nothing to show."""
    lost = isinstance(error, KeyMissing)
    make = access.rescue if lost else lambda: access.rescue(PASSPHRASE)
    return RescuePage(jobs, access, shown, error, make, lambda: TODAY)


def _take(camera: Camera, page: RescuePage, name: str) -> None:
    with _front(page) as front:
        page.take_focus()
        camera.take(front, name)
