"""The passphrase of a whole book's file: chosen on its way out, asked for on its way in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.whole_book import BookFile, unlock
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.jobs import Job, Jobs
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label
from ui.widgets.passphrase import NewPassphrase, PassphraseField
from ui.widgets.text import paragraph
from ui.widgets.working import Working

_WIDTH = 150


def _layout(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(space(8), space(7), space(8), space(6))
    layout.setSpacing(space(4))
    return layout


class ExportBookDialog(QDialog):
    """Asks for the passphrase of the file twice, or for none, with what that means.

    ``passphrase`` is what was chosen: ``None`` for a file that anybody can read.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        title = _("Export the whole book")
        self.setWindowTitle(title)
        self.passphrase: str | None = None
        self.fields = NewPassphrase(_("&Passphrase of the file"))
        self.plain = QCheckBox(_("&Without a passphrase, as plain JSON"))
        self.warning = fault_line()
        self.accept_button = QPushButton(_("&Choose where to…"))
        self.cancel_button = QPushButton(_("Cancel"))
        layout = _layout(self)
        layout.addWidget(label(title, "title"))
        layout.addWidget(
            paragraph(
                _(
                    "Everything in the book goes into one file: every prospect with every answer, "
                    "note and step, your policies, colleagues and brand. You can bring it into "
                    "FitCheck on another computer, where nothing that is there is overwritten."
                )
            )
        )
        layout.addWidget(self.fields)
        layout.addWidget(
            paragraph(
                _(
                    "The file has a passphrase of its own. Without it nobody can open the file, "
                    "and there is no recovery key to it."
                ),
                "quiet",
            )
        )
        layout.addWidget(self.plain)
        layout.addWidget(self.warning)
        layout.addStretch(1)
        layout.addLayout(button_row(self, self.accept_button, self.cancel_button))
        self.accept_button.clicked.connect(self.confirm)
        self.fields.returned.connect(self.confirm)
        self.fields.checked.connect(self.grow)
        self.plain.toggled.connect(self._plain_toggled)
        self.fields.setFocus()
        self.grow()

    @classmethod
    def ask(cls, parent: QWidget | None) -> tuple[bool, str | None]:
        """Whether to go ahead, and the passphrase, if there is to be one."""
        dialog = cls(parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        passphrase, dialog.passphrase = dialog.passphrase, None
        dialog.deleteLater()
        return accepted, passphrase

    @Slot()
    def confirm(self) -> None:
        """Go ahead, if there is a passphrase or none is wanted."""
        if self.plain.isChecked():
            self.accept()
        elif self.fields.check():
            self.passphrase = self.fields.text
            self.accept()

    @Slot()
    def grow(self) -> None:
        """Be as high as the text needs now."""
        fit(self, max(space(_WIDTH), self.width()))

    @Slot(bool)
    def _plain_toggled(self, plain: bool) -> None:
        self.fields.setEnabled(not plain)
        tell(
            self.warning,
            _(
                "Whoever gets this file can read it: every note, every quote and every name. Keep "
                "it nowhere that others can reach, and delete it when you are done."
            )
            if plain
            else "",
        )
        self.grow()

    def done(self, result: int) -> None:
        self.fields.wipe()
        super().done(result)


class BookPassphraseDialog(QDialog):
    """Asks for the passphrase of a file and tries it, until it is the right one."""

    def __init__(self, parent: QWidget | None, jobs: Jobs, file: Path) -> None:
        super().__init__(parent)
        self.book: BookFile | None = None
        self._jobs = jobs
        self._file = file
        self._job: Job | None = None
        title = _("A whole book")
        self.setWindowTitle(title)
        self.passphrase = PassphraseField(_("&Passphrase of the file"))
        self.fault = fault_line()
        self.working = Working()
        self.accept_button = QPushButton(_("&Open the file"))
        self.cancel_button = QPushButton(_("Cancel"))
        layout = _layout(self)
        layout.addWidget(label(title, "title"))
        layout.addWidget(
            paragraph(
                _(
                    "{file} is locked by the passphrase that was chosen when it was made. Opening "
                    "it changes nothing: you are shown first what would come of it."
                ).format(file=file.name)
            )
        )
        layout.addWidget(self.passphrase)
        layout.addWidget(self.fault)
        layout.addStretch(1)
        row = button_row(self, self.accept_button, self.cancel_button)
        row.insertWidget(0, self.working, 1)
        layout.addLayout(row)
        self.accept_button.clicked.connect(self.confirm)
        self.passphrase.edited.connect(lambda: tell(self.fault, ""))
        self.passphrase.setFocus()
        fit(self, space(_WIDTH))

    @classmethod
    def ask(cls, parent: QWidget | None, jobs: Jobs, file: Path) -> BookFile | None:
        """The file, ready to be read; ``None`` where it was given up."""
        dialog = cls(parent, jobs, file)
        dialog.exec()
        book, dialog.book = dialog.book, None
        dialog.deleteLater()
        return book

    @Slot()
    def confirm(self) -> None:
        """Try what was typed."""
        if self._job is not None:
            return
        typed, file = self.passphrase.text, self._file
        self._set_busy(True)
        self._job = self._jobs.run_job(lambda: unlock(file, typed), self._opened, self._failed)

    def _opened(self, book: BookFile) -> None:
        self._job = None
        self.book = book
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self._set_busy(False)
        known = isinstance(error, FitCheckError | OSError)
        said = str(error) if known else _("The file can’t be opened.")
        tell(self.fault, said)
        self.passphrase.refuse(said)
        fit(self, max(space(_WIDTH), self.width()))

    def _set_busy(self, busy: bool) -> None:
        tell(self.fault, "")
        self.working.show_busy(busy, _("Opening…"))
        self.accept_button.setEnabled(not busy)
        self.passphrase.set_busy(busy)

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
        self.passphrase.wipe()
        super().done(result)
