"""The first start: what FitCheck is, where the book lies, and whether to protect it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from ui import messages
from ui.dialogs.protection import nobody_else
from ui.dialogs.recovery_key import show_recovery_key
from ui.icons import icon, program_icon
from ui.jobs import Job, Jobs
from ui.theme import Theme, set_role, space
from ui.widgets.centred import centred
from ui.widgets.column import Column
from ui.widgets.fault_line import tell
from ui.widgets.labels import label
from ui.widgets.passphrase import NewPassphrase
from ui.widgets.picture import Picture
from ui.widgets.text import paragraph
from ui.widgets.working import Working

WIDTH = 150
"""Of the column in the middle, in units of ``space``."""


class WelcomePage(QWidget):
    """Offers a passphrase for a book that has just been begun.

    ``done`` says, once, that the person has protected it and put the recovery key away, or that
    they would rather not now.
    """

    done = Signal()

    def __init__(self, theme: Theme, jobs: Jobs, fitcheck: FitCheck) -> None:
        super().__init__()
        self._jobs = jobs
        self._fitcheck = fitcheck
        self._job: Job | None = None
        self._said_done = False
        self.passphrase = NewPassphrase()
        self.protect_button = QPushButton(_("&Protect the book"))
        set_role(self.protect_button, "primary")
        self.not_now = QPushButton(_("&Not now"))
        self.working = Working()
        self._lock = Picture(space(5))
        self._lay_out()
        self.restyle(theme)
        self.protect_button.clicked.connect(self.protect)
        self.passphrase.returned.connect(self.protect)
        self.not_now.clicked.connect(self._finish)

    def _lay_out(self) -> None:
        inner = Column(space(3))
        column = inner.column
        column.addWidget(Picture(space(12), program_icon()))
        column.addSpacing(space(1))
        column.addWidget(paragraph(_("Welcome to FitCheck"), "title"))
        column.addWidget(
            paragraph(
                _(
                    "FitCheck helps you find out, before you say yes, whether you and a prospect "
                    "should work together. What you write about people stays on this computer: "
                    "FitCheck never opens a network connection. It lies in one folder, your book:"
                )
            )
        )
        self.place = paragraph(shown_folder(self._fitcheck.folder), "quiet")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.place)
        column.addSpacing(space(2))
        column.addWidget(self._card())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, space(WIDTH)))

    def _card(self) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space(6), space(5), space(6), space(5))
        layout.setSpacing(space(3))
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(self._lock)
        head.addWidget(label(_("Protect it with a passphrase"), "heading"))
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(
            paragraph(
                _(
                    "Otherwise whoever gets at this computer, or at a copy of the folder, can read "
                    "what you wrote. You will be given a recovery key for the day on which the "
                    "passphrase is forgotten."
                )
            )
        )
        layout.addWidget(self.passphrase)
        layout.addWidget(paragraph(nobody_else(), "quiet"))
        row = QHBoxLayout()
        row.setSpacing(space(3))
        width = max(button.sizeHint().width() for button in (self.protect_button, self.not_now))
        for button in (self.protect_button, self.not_now):
            button.setAutoDefault(True)
            button.setMinimumWidth(width)
            row.addWidget(button)
        row.addWidget(self.working, 1)
        layout.addLayout(row)
        layout.addWidget(
            paragraph(_("You can do it later too: Settings, Protection."), "quiet"),
        )
        return card

    def restyle(self, theme: Theme) -> None:
        """Redraw what the style sheet doesn't reach."""
        self._lock.show_icon(icon("lock", theme.accent))

    def take_focus(self) -> None:
        """Lead the keys to the passphrase."""
        self.passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.take_focus()

    @Slot()
    def protect(self) -> None:
        """Protect the book with what is typed, or say what is wrong with it."""
        if self._job is not None or not self.passphrase.check():
            return
        typed = self.passphrase.text
        self._set_busy(True)
        self._job = self._jobs.run_job(
            lambda: self._fitcheck.protect(typed), self._protected, self._not_protected
        )

    def _protected(self, recovery_key: str) -> None:
        self._set_busy(False)
        self.passphrase.wipe()
        # False: a lock has closed it, and whoever locked goes on from there.
        if show_recovery_key(self, recovery_key, self._fitcheck, self._jobs):
            self._finish()

    def _not_protected(self, error: BaseException) -> None:
        self._set_busy(False)
        if isinstance(error, FitCheckError):
            tell(self.passphrase.fault, str(error))
        else:
            happened = _("The book was not protected.")
            messages.tell(self, messages.of_error(error, happened))

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._job = None
        self.working.show_busy(busy, _("Protecting…"))
        self.passphrase.set_busy(busy)
        self.protect_button.setEnabled(not busy)
        self.not_now.setEnabled(not busy)

    @Slot()
    def _finish(self) -> None:
        self.passphrase.wipe()
        if not self._said_done:
            self._said_done = True
            self.done.emit()


def shown_folder(folder: Path) -> str:
    """A folder as its system writes it, from the person's own place on where it lies there."""
    try:
        return QDir.toNativeSeparators(f"~/{folder.relative_to(Path.home()).as_posix()}")
    except (ValueError, RuntimeError):
        return QDir.toNativeSeparators(str(folder))
