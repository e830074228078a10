"""Protecting the book with a passphrase, and changing the passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.store.errors import WrongPassphrase
from ui import messages
from ui.dialogs.fitting import fit
from ui.dialogs.recovery_key import show_recovery_key
from ui.jobs import Job, Jobs
from ui.theme import set_role, space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label
from ui.widgets.passphrase import NewPassphrase, PassphraseField
from ui.widgets.text import paragraph
from ui.widgets.working import Working

_WIDTH = 150


def nobody_else() -> str:
    """What must be known before there is a passphrase, in one sentence."""
    return _(
        "Without the passphrase and without the recovery key nobody can open the book, not even "
        "we who made FitCheck."
    )


class _PassphraseDialog(QDialog):
    """Fields, what is wrong with them, and a job that takes a second.

    While that runs, the dialog can't be called off: what it does can't be either. :meth:`done`
    closes it all the same, as a lock does, and empties the fields.
    """

    def __init__(
        self, parent: QWidget | None, jobs: Jobs, title: str, action: str, *parts: QWidget
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self.setWindowTitle(title)
        self.fault = fault_line()
        self.working = Working()
        self.accept_button = QPushButton(action)
        set_role(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.confirm)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(title, "title"))
        for part in (*parts, self.fault):
            layout.addWidget(part)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.working, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.accept_button)
        layout.addLayout(row)
        fit(self, space(_WIDTH))

    @Slot()
    def confirm(self) -> None:
        """Check the fields and begin, or say what is wrong with them."""
        raise NotImplementedError

    def wipe(self) -> None:
        """Forget what was typed."""
        raise NotImplementedError

    def run(
        self, operation: Callable[[], object], success: Callable[[object], None], word: str
    ) -> None:
        """Do it in a job; ``success`` is for its result, a failure is told in the dialog."""

        def succeed(result: object) -> None:
            self._set_busy(False)
            success(result)

        def fail(error: BaseException) -> None:
            self._set_busy(False)
            self.failed(error)

        self._set_busy(True, word)
        self._job = self._jobs.run_job(operation, succeed, fail)

    def failed(self, error: BaseException) -> None:
        """Say what went wrong; the dialog stays."""
        happened = _("The book’s protection was not changed.")
        if isinstance(error, FitCheckError):
            self.say(self.fault, str(error))
        else:
            messages.tell(self, messages.of_error(error, happened))

    def say(self, line: QLabel, text: str) -> None:
        """Say it in ``line``, and make room for it."""
        tell(line, text)
        self.grow()

    @Slot()
    def grow(self) -> None:
        """Be as high as the text needs now."""
        fit(self, max(space(_WIDTH), self.width()))

    def _set_busy(self, busy: bool, word: str = "") -> None:
        if busy:
            tell(self.fault, "")
        else:
            self._job = None
        self.working.show_busy(busy, word)
        self.accept_button.setEnabled(not busy)
        self.cancel_button.setEnabled(not busy)
        self.set_fields_busy(busy)

    def set_fields_busy(self, busy: bool) -> None:
        """Keep the fields as they are meanwhile."""
        raise NotImplementedError

    def reject(self) -> None:
        if self._job is None:
            super().reject()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
            self._set_busy(False)
        self.wipe()
        super().done(result)


class ProtectDialog(_PassphraseDialog):
    """Asks for a passphrase twice and protects the book; ``recovery_key`` is what came of it."""

    def __init__(self, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs) -> None:
        self._fitcheck = fitcheck
        self.recovery_key = ""
        self.passphrase = NewPassphrase()
        super().__init__(
            parent,
            jobs,
            _("Protect this book"),
            _("P&rotect it"),
            paragraph(
                _(
                    "A passphrase is asked for whenever FitCheck starts, and after a pause. Then "
                    "you are given a recovery key, to be kept on paper."
                )
            ),
            self.passphrase,
            paragraph(nobody_else(), "quiet"),
        )
        self.passphrase.checked.connect(self.grow)
        self.passphrase.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs) -> bool:
        """Protect the book and show its recovery key; whether both was done."""
        dialog = cls(parent, fitcheck, jobs)
        protected = dialog.exec() == QDialog.DialogCode.Accepted
        recovery_key, dialog.recovery_key = dialog.recovery_key, ""
        dialog.deleteLater()
        return protected and show_recovery_key(parent, recovery_key, fitcheck, jobs)

    @Slot()
    def confirm(self) -> None:
        if self._job is not None or not self.passphrase.check():
            return
        typed = self.passphrase.text
        self.run(lambda: self._fitcheck.protect(typed), self._protected, _("Protecting…"))

    def _protected(self, recovery_key: object) -> None:
        self.recovery_key = str(recovery_key)
        self.accept()

    def wipe(self) -> None:
        self.passphrase.wipe()

    def set_fields_busy(self, busy: bool) -> None:
        self.passphrase.set_busy(busy)


class ChangePassphraseDialog(_PassphraseDialog):
    """Asks for the passphrase in force, and twice for the new one."""

    def __init__(self, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs) -> None:
        self._fitcheck = fitcheck
        self.current = PassphraseField(_("&Current passphrase"))
        self.passphrase = NewPassphrase(_("&New passphrase"), _("The new one &once more"))
        self.current_fault = fault_line()
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self.current)
        column.addWidget(self.current_fault)
        column.addSpacing(space(2))
        column.addWidget(self.passphrase)
        super().__init__(
            parent,
            jobs,
            _("Change the passphrase"),
            _("C&hange it"),
            fields,
            paragraph(
                _(
                    "Recovery key and keyring go on opening the book. A copy of the folder that "
                    "somebody has already made still opens with the old passphrase."
                ),
                "quiet",
            ),
        )
        self.current.edited.connect(self._current_edited)
        self.current.returned.connect(self.passphrase.setFocus)
        self.passphrase.checked.connect(self.grow)
        self.current.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, fitcheck: FitCheck, jobs: Jobs) -> bool:
        """Change the passphrase; whether that was done."""
        dialog = cls(parent, fitcheck, jobs)
        changed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return changed

    @Slot()
    def confirm(self) -> None:
        if self._job is not None:
            return
        if not self.current.text:
            self._refuse_current(_("Please type the passphrase that is in force now."))
            return
        if not self.passphrase.check():
            return
        current, new = self.current.text, self.passphrase.text
        self.run(
            lambda: self._fitcheck.change_passphrase(current, new),
            lambda _nothing: self.accept(),
            _("Changing it…"),
        )

    def failed(self, error: BaseException) -> None:
        if isinstance(error, WrongPassphrase):
            self._refuse_current(str(error))
        else:
            super().failed(error)

    def _refuse_current(self, fault: str) -> None:
        self.say(self.current_fault, fault)
        self.current.refuse(fault)

    @Slot()
    def _current_edited(self) -> None:
        tell(self.current_fault, "")

    def wipe(self) -> None:
        self.current.wipe()
        self.passphrase.wipe()
        tell(self.current_fault, "")

    def set_fields_busy(self, busy: bool) -> None:
        self.current.set_busy(busy)
        self.passphrase.set_busy(busy)
