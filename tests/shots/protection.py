"""The pictures of what protects the book: locked, welcome, the dialogs, the settings' section."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fitcheck.access import Access
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import RecoverySheet
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.errors import MistypedRecoveryKey, WrongPassphrase
from fitcheck.store.key_file import Cost, recovery_text
from tests.shots.camera import TODAY, Camera, settle, wait
from ui.app import make_window
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.front_window import FrontWindow
from ui.jobs import Jobs
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage
from ui.theme import apply_theme, theme_of
from ui.widgets.fault_line import tell

SIZE = (1280, 800)
CHEAP = Cost(1, 8192)
RECOVERY_KEY = recovery_text(bytes(range(30, 50)))
PASSPHRASE = "seven quiet mornings"
SHEET = RecoverySheet(RECOVERY_KEY, TODAY)


class _Keyring:
    """One that is there and never asked."""

    def there(self) -> bool:
        return True

    def get(self, _book: str) -> str | None:
        return None

    def set(self, _book: str, _secret: str) -> bool:
        return False

    def delete(self, _book: str) -> None:
        return


@contextmanager
def _access() -> Iterator[Access]:
    with tempfile.TemporaryDirectory(prefix="fitcheck-shots-") as folder:
        yield Access(Path(folder) / "FitCheck", _Keyring(), lambda: TODAY, CHEAP)


@contextmanager
def _front(page: QWidget) -> Iterator[FrontWindow]:
    front = FrontWindow()
    front.resize(*SIZE)
    front.show_page(page)
    front.show()
    front.activateWindow()
    settle()
    yield front
    front.hide()
    front.deleteLater()
    settle()


def protection_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """All of them in one look."""
    theme = theme_of(look)
    apply_theme(app, theme)
    jobs = Jobs()

    def named(name: str) -> str:
        return f"{name}-{look.value}"

    with _access() as access:
        fitcheck = access.open()
        welcome = WelcomePage(theme, jobs, fitcheck)
        # The folder of this run is nothing to show.
        welcome.place.setText("~/.local/share/FitCheck")
        with _front(welcome) as front:
            camera.take(front, named("welcome"))
        _dialogs(camera, named, fitcheck, jobs)
        fitcheck.protect(PASSPHRASE)
        fitcheck.close()
        _locked(camera, named, UnlockPage(theme, jobs, access))
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.save_preferences(replace(fitcheck.preferences, look=look))
        _settings(app, camera, named("settings-protected"), fitcheck)
        fitcheck.close()
    jobs.close()


def _locked(camera: Camera, named: Callable[[str], str], page: UnlockPage) -> None:
    with _front(page) as front:
        page.take_focus()
        camera.take(front, named("unlock"))
        page.passphrase.line.setText(PASSPHRASE)
        tell(page.fault, str(WrongPassphrase()))
        page.passphrase.refuse()
        page.passphrase.caps_hint.show()
        camera.take(front, named("unlock-wrong"))
        page.to_recovery.click()
        QTest.keyClicks(page.recovery_key.line, RECOVERY_KEY)
        tell(page.fault, str(MistypedRecoveryKey()))
        page.recovery_key.refuse()
        camera.take(front, named("unlock-recovery"))
        page._show_way(page._renewing)
        page.working.show_busy(True, "Trying the key…")
        camera.take(front, named("unlock-renewal"))


def _dialogs(camera: Camera, named: Callable[[str], str], fitcheck: FitCheck, jobs: Jobs) -> None:
    parent = QWidget()
    protect = ProtectDialog(parent, fitcheck, jobs)
    change = ChangePassphraseDialog(parent, fitcheck, jobs)
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (protect, "protect"),
        (change, "change-passphrase"),
        (RecoveryKeyDialog(parent, SHEET, Paper.A4, jobs), "recovery-key"),
    )
    for dialog, name in dialogs:
        dialog.show()
        dialog.activateWindow()
        settle()
        if dialog is protect:
            protect.passphrase.first.line.setText(PASSPHRASE)
            protect.passphrase.second.line.setText("seven quiet morning")
            protect.confirm()
        camera.take(dialog, named(name))
        dialog.done(0)
        dialog.deleteLater()
    parent.deleteLater()
    settle()


def _settings(app: QApplication, camera: Camera, name: str, fitcheck: FitCheck) -> None:
    window = make_window(app, fitcheck)
    window.resize(*SIZE)
    window.show()
    window.show_page("settings")
    settle()
    section = window.settings.protection
    wait(lambda: section.remember.isEnabled(), "the keyring")
    window.settings.scroll_area.ensureWidgetVisible(section)
    camera.take(window, name)
    window.context.close()
    window.hide()
    window.deleteLater()
    settle()
