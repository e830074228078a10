"""The backups: what there is, what is in each, one more; one to take the book's place."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.store.backup import BACKUPS, KEPT, Copy, Reason
from ui import backup_words as words
from ui import messages
from ui.dialogs.confirm import ConfirmDialog
from ui.jobs import Job, Jobs, Task
from ui.theme import set_role, space
from ui.widgets.backup_browser import BackupBrowser
from ui.widgets.column import Column, open_at
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.text import paragraph
from ui.widgets.working import Working

_COPIED = 0.6
"""From here on it is verified, and can't say how far it is."""


class BackupsDialog(QDialog):
    """``chosen`` is the backup that somebody wants in the book's place, and has said so twice;
    ``told`` is what went wrong before it was opened.

    Closing it, as a lock does, stops what it is doing.
    """

    def __init__(
        self, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs, told: str = ""
    ) -> None:
        super().__init__(parent)
        self._fitcheck = fitcheck
        self._keeping = fitcheck.safekeeping
        self._jobs = jobs
        self._job: Job | None = None
        self._stopped = Event()
        self.chosen: Copy | None = None
        self.setWindowTitle(_("Backups"))
        self.browser = BackupBrowser(jobs, self._keeping.look_into, fitcheck.today())
        self.nothing = paragraph(
            _(
                "There is no backup yet. FitCheck makes one of its own accord on every day on "
                "which something was changed; you can make the first one now."
            )
        )
        self._room = QWidget()
        self.told = fault_line()
        self.working = Working()
        self.stop_button = QPushButton(_("&Stop"))
        self.make_button = QPushButton(_("&Back up now"))
        self.folder_button = QPushButton(_("Show the &folder"))
        self.delete_button = QPushButton(_("&Delete it…"))
        self.restore_button = QPushButton(_("&Restore it…"))
        self.close_button = QPushButton(_("Close"))
        self._lay_out()
        self._connect()
        self.show_copies()
        tell(self.told, told)
        open_at(self, space(265), space(185))

    @classmethod
    def ask(
        cls, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs, told: str = ""
    ) -> Copy | None:
        """Show the backups, and what was ``told`` of them; the one to be restored, if one is."""
        dialog = cls(parent, fitcheck, jobs, told)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen if accepted else None
        dialog.deleteLater()
        return chosen

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(7), space(6), space(7), space(6))
        layout.setSpacing(space(3))
        head, foot = Column(space(2)), Column()
        head.column.addWidget(paragraph(_("Backups"), "title"))
        head.column.addWidget(
            paragraph(
                _(
                    "Each is a copy of the whole book, encrypted as the book is. They lie beside "
                    "it: copy the folder to another disk now and then."
                ),
                "quiet",
            )
        )
        head.column.addWidget(self.nothing)
        foot.column.addWidget(self.told)
        layout.addWidget(head)
        layout.addWidget(self.browser, 1)
        layout.addWidget(self._room, 1)
        layout.addWidget(foot)
        busy = QHBoxLayout()
        busy.addWidget(self.working, 1)
        busy.addWidget(self.stop_button)
        layout.addLayout(busy)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.make_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        for button in (self.delete_button, self.restore_button, self.close_button):
            row.addWidget(button)
        layout.addLayout(row)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        set_role(self.delete_button, "danger")
        policy = self.stop_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.stop_button.setSizePolicy(policy)
        self.stop_button.hide()

    def _connect(self) -> None:
        self.browser.changed.connect(self._show_buttons)
        self.make_button.clicked.connect(self.make)
        self.stop_button.clicked.connect(self.stop)
        self.folder_button.clicked.connect(self.show_folder)
        self.delete_button.clicked.connect(self.delete)
        self.restore_button.clicked.connect(self.restore)
        self.close_button.clicked.connect(self.reject)

    def show_copies(self, choose: str = "") -> None:
        """Show what there is now."""
        copies = self._keeping.copies()
        self.browser.show_copies(copies, choose)
        self.browser.setVisible(bool(copies))
        for instead in (self.nothing, self._room):
            instead.setVisible(not copies)
        set_role(self.make_button, "primary" if not copies else "")
        (self.browser.list if copies else self.make_button).setFocus()

    @Slot()
    def _show_buttons(self) -> None:
        copy, found, busy = self.browser.copy_chosen, self.browser.preview, self._job is not None
        usable = found is not None and found.contents is not None
        deletable = copy is not None and (copy.reason in KEPT or (found and not usable))
        self.make_button.setEnabled(not busy)
        self.restore_button.setEnabled(usable and not busy)
        self.delete_button.setVisible(bool(deletable))
        self.delete_button.setEnabled(not busy)

    # One more

    @Slot()
    def make(self) -> None:
        """Make a backup now."""
        if self._job is not None:
            return
        self.browser.stop()
        self._stopped = stopped = Event()

        def operation(task: Task) -> Copy:
            return self._keeping.back_up(stopped=stopped.is_set, progress=task.report)

        self._set_busy(True, _("Copying the book…"))
        self._job = self._jobs.run_job(operation, self._made, self._not_made, self._progressed)
        self._show_buttons()
        self.stop_button.setFocus()

    def _progressed(self, done: float) -> None:
        if done >= _COPIED:
            self.working.show_busy(True, _("Reading the copy from end to end…"))
            self.working.bar.setRange(0, 0)
        else:
            self.working.bar.setRange(0, 100)
            self.working.bar.setValue(round(100 * done))

    def _made(self, copy: Copy) -> None:
        self._set_busy(False)
        self.browser.forget()
        self.show_copies(copy.name)
        tell(self.told, _("The backup is made, and it is whole."), "quiet")

    def _not_made(self, error: BaseException) -> None:
        self._set_busy(False)
        self._failed(error, _("No backup was made."), _("Your book and every backup are there."))

    @Slot()
    def stop(self) -> None:
        """Stop the backup that is being made."""
        if self._job is None:
            return
        self._stopped.set()
        self._job.cancel()
        self._set_busy(False)
        tell(self.told, _("Stopped: no backup was made."), "quiet")
        self.make_button.setFocus()

    def _set_busy(self, busy: bool, word: str = "") -> None:
        if busy:
            tell(self.told, "")
            self.working.bar.setRange(0, 100)
            self.working.bar.setValue(0)
        else:
            self._job = None
        self.working.show_busy(busy, word)
        self.stop_button.setVisible(busy)
        self._show_buttons()

    # What is there

    @Slot()
    def show_folder(self) -> None:
        """Show where they lie, in the system's own window."""
        folder: Path = self._fitcheck.folder / BACKUPS
        if not folder.is_dir():
            folder = self._fitcheck.folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            tell(self.told, _("They lie in {folder}.").format(folder=folder), "quiet")

    @Slot()
    def delete(self) -> None:
        """Delete what only a person may delete, when that is confirmed."""
        copy = self.browser.copy_chosen
        if copy is None:
            return
        moment = words.moment_text(copy.made, self._fitcheck.today())
        sure = ConfirmDialog.ask(
            self,
            _("Delete this copy of your book?"),
            _(
                "{reason}: {moment}. It goes from this computer, and nothing brings it back. "
                "Your book and the other backups stay."
            ).format(reason=words.reason_text(copy.reason), moment=moment),
            _("Delete it"),
        )
        if sure and self.isVisible():
            self._set_busy(True, _("Deleting it…"))
            self.stop_button.hide()
            self._job = self._jobs.run_job(
                lambda: self._keeping.delete(copy), self._deleted, self._not_deleted
            )
            self._show_buttons()

    def _deleted(self, _nothing: None) -> None:
        self._set_busy(False)
        self.show_copies()
        tell(self.told, _("It was deleted."), "quiet")

    def _not_deleted(self, error: BaseException) -> None:
        self._set_busy(False)
        self.show_copies()
        self._failed(error, _("It could not be deleted."), "")

    @Slot()
    def restore(self) -> None:
        """Take the chosen backup, when somebody has read what would be gone and still wants it."""
        found, today = self.browser.preview, self._fitcheck.today()
        if found is None or found.contents is None:
            return
        kept = _(
            "The book as it is now is kept: it is called “{name}” in this list, and can be "
            "restored in turn."
        ).format(name=words.reason_text(Reason.REPLACED))
        then = (
            _("Then your passphrase is asked for, the one that you have now.")
            if self._fitcheck.protection.protected
            else ""
        )
        lines = [*words.would_be_missing(found, today), kept, then]
        sure = ConfirmDialog.ask(
            self,
            _("Restore the backup: {moment}?").format(
                moment=words.moment_text(found.copy.made, today)
            ),
            " ".join(line for line in lines if line),
            _("Restore it"),
        )
        if sure and self.isVisible():
            self.chosen = found.copy
            self.accept()

    def _failed(self, error: BaseException, happened: str, kept: str) -> None:
        if isinstance(error, FitCheckError):
            tell(self.told, f"{happened} {error}")
        else:
            messages.tell(self, messages.of_error(error, happened, kept))

    def done(self, result: int) -> None:
        self.browser.stop()
        self._stopped.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)
