"""A crash report, shown in full. It lies on this computer, and goes where one takes it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.crashes import Crash
from fitcheck.errors import reason
from fitcheck.i18n import N_, _
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.labels import label
from ui.widgets.pdf_output import write_whole
from ui.widgets.text import paragraph

_WIDTH = 190
_HEIGHT = 75


class Standing(Enum):
    """What became of what was typed."""

    SAVED = N_("Everything that you have written is saved, and you can go on working.")
    UNSAVED = N_(
        "Your last change isn’t saved yet. It is on the screen still, and everything that was "
        "shown as saved is kept."
    )
    BEFORE = N_("Everything that was shown as saved is kept, and your book is open as it was.")
    NO_BOOK = N_("Everything that was shown as saved is kept.")


class CrashDialog(QDialog):
    """One report, with what can be done with it."""

    def __init__(self, parent: QWidget | None, crash: Crash, standing: Standing) -> None:
        super().__init__(parent)
        self.crash = crash
        happened = (
            _("FitCheck stopped without a word the last time.")
            if crash.before
            else _("Something went wrong in FitCheck.")
        )
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(happened)
        self.report = QPlainTextEdit(crash.text)
        self.told = label("", "quiet", wrap=True)
        self.copy_button = QPushButton(_("&Copy"))
        self.save_button = QPushButton(_("&Save as…"))
        self.folder_button = QPushButton(_("Show &folder"))
        self.delete_button = QPushButton(_("&Delete"))
        self.close_button = QPushButton(_("Close"))
        self._lay_out(happened, standing)
        self._connect()
        fit(self, space(_WIDTH))
        self.close_button.setFocus()

    @classmethod
    def tell(cls, parent: QWidget | None, crash: Crash, standing: Standing) -> CrashDialog:
        """Show it, and return at once; it goes when it is closed."""
        dialog = cls(parent, crash, standing)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _lay_out(self, happened: str, standing: Standing) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(happened, "heading"))
        layout.addWidget(paragraph(_(standing.value)))
        layout.addWidget(
            paragraph(
                _(
                    "This is a fault of FitCheck, not yours. Below is the whole report: the "
                    "versions, the places in the program and what it did last, and nothing that "
                    "anybody typed. It is never sent: to have the fault mended, pass it on "
                    "yourself."
                )
            )
        )
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName(_("The whole report"))
        self.report.setMinimumHeight(space(_HEIGHT))
        layout.addWidget(self.report, 1)
        self._tell(_where(self.crash.file))
        layout.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for button in (
            self.copy_button,
            self.save_button,
            self.folder_button,
            self.delete_button,
        ):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        set_role(self.close_button, "primary")
        self.close_button.setDefault(True)
        row.addWidget(self.close_button)
        layout.addLayout(row)
        kept = self.crash.file is not None
        self.folder_button.setEnabled(kept)
        self.delete_button.setEnabled(kept)

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.folder_button.clicked.connect(self._show_folder)
        self.delete_button.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.accept)

    def _tell(self, words: str) -> None:
        self.told.setText(words)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.crash.text)
        self._tell(_("The report is copied."))

    @Slot()
    def _save(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents) or str(Path.home())
        name = self.crash.file.name if self.crash.file else "fitcheck-crash.txt"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the report"), str(Path(folder) / name), _("Text (*.txt)")
        )
        if not chosen:
            return
        try:
            write_whole(Path(chosen), self.crash.text.encode())
        except OSError as error:
            self._tell(_("The report was not saved there: {problem}").format(problem=reason(error)))
        else:
            self._tell(_("Saved as {file}.").format(file=from_home(Path(chosen))))

    @Slot()
    def _show_folder(self) -> None:
        if self.crash.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.crash.file.parent)))

    @Slot()
    def _delete(self) -> None:
        if self.crash.file is None:
            return
        try:
            self.crash.file.unlink(missing_ok=True)
        except OSError as error:
            self._tell(_("The report was not deleted: {problem}").format(problem=reason(error)))
            return
        self.delete_button.setEnabled(False)
        self.close_button.setFocus()
        self._tell(_("The report is deleted."))


def _where(file: Path | None) -> str:
    if file is None:
        return _("It could not be saved: copy it if you want to keep it.")
    return _("It is saved as {file}.").format(file=from_home(file))


def from_home(file: Path) -> str:
    """A path as it may be shown to others: the home folder, and so its owner, is a tilde."""
    try:
        return str(Path("~") / file.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(file)
