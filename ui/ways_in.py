"""What stands before the book: the window in its place, and the pages by which one gets in.

A cover, the welcome, the passphrase, or what can be done about a book that doesn't open: one at a
time, in one window, which goes as soon as the book is shown. The keyring is tried without a page,
unless it is slow.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from fitcheck.access import Access
from fitcheck.domain.profile import DEFAULT_ACCENT
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.rescue import AMISS, Rescue
from ui.context import Context
from ui.front_window import FrontWindow, take_place
from ui.guide.asking import help_in_front
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.messages import Message
from ui.theme import Theme, apply_theme, theme_for

KEYRING_PATIENCE = 500
"""Milliseconds after which the passphrase may be typed while the keyring still hasn't answered."""


class WaysIn(QObject):
    """``window`` is there while something stands before the book, in the look of ``theme``.

    ``begun`` is a window that was painted already, for the book (:meth:`take_begun`) or for what is
    asked before it.

    ``opened``: the book is open. ``welcomed``: the welcome of a new one is done. ``told``: this
    message, or none, is for when the book is shown; it comes before what leads there. ``failed``:
    it doesn't open, and nothing can be done about it here.
    """

    opened = Signal(object)
    welcomed = Signal()
    told = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        access: Access,
        jobs: Jobs,
        begun: MainWindow | FrontWindow | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.theme = theme_for(app, Look.SYSTEM)
        self._accent: str | None = DEFAULT_ACCENT
        """With which the system's look is followed; ``None`` where one was chosen."""
        self.window = begun if isinstance(begun, FrontWindow) else None
        self._begun = begun if isinstance(begun, MainWindow) else None
        self._app = app
        self._folder = folder
        self._access = access
        self._jobs = jobs
        self._keyring_jobs = Jobs(self)
        self._inside = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(KEYRING_PATIENCE)
        self._patience.timeout.connect(self._keyring_is_slow)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._restyle)
        hints.accessibility().contrastPreferenceChanged.connect(self._restyle)

    def look_as(self, context: Context) -> None:
        """Look as the book did from now on, and follow the system if that did."""
        preferences = context.fitcheck.preferences
        follows = preferences.look is Look.SYSTEM
        self.theme = context.theme
        self._accent = preferences.profile.accent if follows else None

    @Slot()
    def _restyle(self) -> None:
        """The system changed its look, while something stands before the book."""
        if self._accent is None or self.window is None:
            return
        self.theme = theme_for(self._app, Look.SYSTEM, self._accent)
        apply_theme(self._app, self.theme)
        # Of the pages' modules hardly a start needs one.
        redraw = getattr(self.window.page, "restyle", None)
        if redraw is not None:
            redraw(self.theme)

    def dress(self) -> None:
        """Put on the look in which it is asked, unless a window stands in its book's already."""
        if self._begun is None:
            apply_theme(self._app, self.theme)

    def take_begun(self) -> MainWindow | None:
        """The window that was painted without its book, if there is one, for the one who asks."""
        begun, self._begun = self._begun, None
        return begun

    def close(self) -> None:
        """Let go of everything. May be repeated."""
        if (begun := self.take_begun()) is not None:
            Shiboken.delete(begun)
        self._patience.stop()
        self._keyring_jobs.close()
        self.drop()

    # The ways

    def welcome(self, fitcheck: FitCheck) -> None:
        """Say what a new book is, and offer to protect it."""
        from ui.pages.welcome import WelcomePage  # once in a book's life

        page = WelcomePage(self.theme, self._jobs, fitcheck)
        page.done.connect(self.welcomed)
        self.show_page(page)

    def try_keyring(self) -> None:
        """Try the keyring; it may be slow, or ask to be unlocked itself."""
        self._keyring_jobs.run_job(
            self._access.unlock_by_keyring, self._keyring_answered, self._keyring_failed
        )
        self._patience.start()

    def _keyring_answered(self, fitcheck: FitCheck | None) -> None:
        if fitcheck is not None:
            self.opened.emit(fitcheck)
        elif not self._asking:
            self.ask_to_unlock()

    def _keyring_failed(self, error: BaseException) -> None:
        # Beside the passphrase's page it doesn't matter: that finds out for itself.
        if not self._asking and not self._inside:
            self.not_opened(error, self._rescued_by_keyring)

    def _rescued_by_keyring(self) -> Rescue:
        rescue = self._access.rescue_by_keyring()
        return rescue if rescue is not None else self._access.rescue()

    @Slot()
    def _keyring_is_slow(self) -> None:
        if not self._asking and not self._inside:
            self.ask_to_unlock()

    def ask_to_unlock(self) -> None:
        """Ask for the passphrase, or the recovery key."""
        from ui.pages.unlock import UnlockPage  # an open book doesn't need it

        page = UnlockPage(self.theme, self._jobs, self._access)
        page.unlocked.connect(self.opened)
        page.damaged.connect(self.not_opened)
        page.quit_asked.connect(self._quit)
        self.show_page(page)
        page.take_focus()

    @Slot(object)
    @Slot(object, object)
    def not_opened(self, error: BaseException, rescue: Callable[[], Rescue] | None = None) -> None:
        """Show what can be done about a book that doesn't open, if anything can."""
        if not isinstance(error, AMISS):
            self._patience.stop()
            self.failed.emit(error)
            return
        from ui.pages.rescue import RescuePage  # hardly any start needs it

        page = RescuePage(self._jobs, self._access, self._folder, error, rescue)
        page.opened.connect(self._rescued)
        page.lock_asked.connect(self._locked_again)
        page.quit_asked.connect(self._quit)
        self.show_page(page)
        page.take_focus()

    @Slot(object)
    def _locked_again(self, said: Message | None) -> None:
        self.told.emit(said)
        self.ask_to_unlock()

    @Slot(object, object)
    def _rescued(self, fitcheck: FitCheck, said: Message | None) -> None:
        self.told.emit(said)
        self.opened.emit(fitcheck)

    @Slot()
    def _quit(self) -> None:
        if self.window is not None:
            self.window.close()

    # The window

    @property
    def _asking(self) -> bool:
        """Whether there is a page already."""
        return self.window is not None and self.window.page is not None

    def show_page(self, page: QWidget, before: MainWindow | None = None) -> None:
        """Show a page; where there is no window yet, in the place of the one ``before``."""
        self._inside = False
        begun = self.take_begun()
        if begun is not None:
            apply_theme(self._app, self.theme)
        if self.window is None:
            self.window = FrontWindow()
            before = before or begun
            if before is not None:
                take_place(self.window, before)
        self.window.show_page(page)
        if not self.window.actions():
            help_in_front(self.window, _theme_of(weakref.ref(self)))
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if begun is not None:
            begun.hide()
            begun.deleteLater()

    @property
    def cover(self) -> FrontWindow:
        """The window, where there is one for certain."""
        assert self.window is not None
        return self.window

    def drop(self) -> None:
        """The book is shown: nothing stands before it any more."""
        self._inside = True
        if self.window is not None:
            # The page may be in the middle of saying that it is done.
            self.window.hide()
            self.window.deleteLater()
            self.window = None


def _theme_of(there: weakref.ref[WaysIn]) -> Callable[[], Theme]:
    """Tells the theme, and doesn't keep the ways in from going when they are let go of."""

    def theme() -> Theme:
        ways_in = there()
        assert ways_in is not None
        return ways_in.theme

    return theme
