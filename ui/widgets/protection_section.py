"""The settings' section on what protects the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import show_recovery_key
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.text import paragraph

LONGEST_WAIT = 240
"""Minutes after which a book that nobody uses locks at the latest, if it does."""


class ProtectionSection(QWidget):
    """Offers a passphrase; or, where there is one, what can be done about it.

    ``changed`` says that the book is protected now and wasn't before.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.protect_button = QPushButton(_("Pr&otect this book…"))
        self.change_button = QPushButton(_("Change the pa&ssphrase…"))
        self.new_key_button = QPushButton(_("New recovery &key…"))
        self.remember = QCheckBox(_("&Remember on this computer"))
        self.remember_note = paragraph("", "quiet")
        self.lock_after = QSpinBox()
        self.told = fault_line()
        self._unprotected = self._make_unprotected()
        self._protected = self._make_protected()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self._unprotected)
        layout.addWidget(self._protected)
        layout.addWidget(self.told)
        self.protect_button.clicked.connect(self._protect)
        self.change_button.clicked.connect(self._change_passphrase)
        self.new_key_button.clicked.connect(self._new_recovery_key)
        self.remember.clicked.connect(self._remember_clicked)
        self.lock_after.valueChanged.connect(self._lock_after_chosen)

    # The parts

    def _make_unprotected(self) -> QWidget:
        part = QWidget()
        column = _column(part)
        column.addWidget(
            paragraph(
                _(
                    "This book is not protected: whoever gets at this computer, or at a copy of "
                    "the folder, can read it."
                )
            )
        )
        column.addWidget(_left(self.protect_button))
        return part

    def _make_protected(self) -> QWidget:
        part = QWidget()
        column = _column(part)
        column.addWidget(
            paragraph(
                _("This book is protected: a passphrase or the recovery key is needed to open it.")
            )
        )
        column.addWidget(_left(self.change_button, self.new_key_button))
        column.addSpacing(space(1))
        column.addWidget(_left(self.remember))
        column.addWidget(self.remember_note)
        column.addSpacing(space(1))
        self.lock_after.setRange(0, LONGEST_WAIT)
        # A style sheet's padding doesn't reach the text of a field with arrows.
        self.lock_after.lineEdit().setTextMargins(space(2), 0, 0, 0)
        self.lock_after.setMinimumWidth(space(26))
        self.lock_after.setSpecialValueText(_("never"))
        self.lock_after.setAccessibleName(_("Lock after so many minutes without input"))
        before = QLabel(_("Lock aft&er"))
        before.setBuddy(self.lock_after)
        column.addWidget(_left(before, self.lock_after, QLabel(_("minutes without input"))))
        return part

    def populate(self) -> None:
        """Show what is so now; that is not changing it."""
        protection = self.context.fitcheck.protection
        tell(self.told, "")
        self._unprotected.setVisible(not protection.protected)
        self._protected.setVisible(protection.protected)
        with QSignalBlocker(self.lock_after):
            self.lock_after.setValue(self.context.fitcheck.preferences.lock_after)
        self._show_remembered(protection.keyring)
        if protection.protected and not protection.keyring:
            # Not known yet, and may take a while: the keyring is another program.
            self._show_keyring(False, _("Looking for this system’s keyring…"))
            self._run(self.context.fitcheck.keyring_there, self._looked_for_keyring)

    def _show_remembered(self, remembered: bool) -> None:
        with QSignalBlocker(self.remember):
            self.remember.setChecked(remembered)
        self._show_keyring(True, keyring_note())

    def _show_keyring(self, enabled: bool, note: str) -> None:
        self.remember.setEnabled(enabled)
        self.remember.setAccessibleDescription(note)
        self.remember_note.setText(note)

    def _looked_for_keyring(self, there: object) -> None:
        if there:
            self._show_remembered(self.context.fitcheck.protection.keyring)
        else:
            self._show_keyring(
                False,
                _(
                    "This system has no keyring that FitCheck can use, so the passphrase is asked "
                    "for at each start."
                ),
            )

    # What can be done

    @Slot()
    def _protect(self) -> None:
        if ProtectDialog.ask(self.window(), self.context.fitcheck, self.context.jobs):
            self.populate()
            self.changed.emit()
            self.change_button.setFocus()

    @Slot()
    def _change_passphrase(self) -> None:
        if ChangePassphraseDialog.ask(self.window(), self.context.fitcheck, self.context.jobs):
            self._say(_("The passphrase was changed."))

    @Slot()
    def _new_recovery_key(self) -> None:
        if ConfirmDialog.ask(
            self.window(),
            _("Make a new recovery key?"),
            _(
                "It takes the place of the one that you have: that page opens the book no more "
                "and can be destroyed."
            ),
            _("Make a new one"),
        ):
            self._run(self.context.fitcheck.new_recovery_key, self._show_new_key)

    def _show_new_key(self, recovery_key: object) -> None:
        fitcheck, jobs = self.context.fitcheck, self.context.jobs
        if show_recovery_key(self.window(), str(recovery_key), fitcheck, jobs):
            self._say(_("The new recovery key is in force. Destroy the old page."))

    @Slot(bool)
    def _remember_clicked(self, wanted: bool) -> None:
        fitcheck = self.context.fitcheck
        word = _("Asking this system’s keyring…") if wanted else _("Forgetting it…")
        self._show_keyring(False, word)

        def finish(_nothing: object) -> None:
            self._show_remembered(fitcheck.protection.keyring)
            self._say(
                _("From the next start on, this computer opens the book by itself.")
                if wanted
                else _("Forgotten: the passphrase is asked for at each start.")
            )
            self.remember.setFocus()

        def refused(error: BaseException) -> None:
            self._show_remembered(fitcheck.protection.keyring)
            self._failed(error)
            self.remember.setFocus()

        change = fitcheck.remember_in_keyring if wanted else fitcheck.forget_keyring
        self._run(change, finish, refused)

    @Slot(int)
    def _lock_after_chosen(self, minutes: int) -> None:
        fitcheck = self.context.fitcheck
        try:
            fitcheck.save_preferences(replace(fitcheck.preferences, lock_after=minutes))
        except FitCheckError as error:
            self._failed(error)

    # Jobs, and what came of them

    def _run(
        self,
        operation: Callable[[], object],
        success: Callable[[object], None],
        failure: Callable[[BaseException], None] | None = None,
    ) -> None:
        self.context.jobs.run_job(operation, success, failure or self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, FitCheckError):
            tell(self.told, str(error))
        else:
            happened = _("The book’s protection was not changed.")
            messages.tell(self.window(), messages.of_error(error, happened))

    def _say(self, text: str) -> None:
        tell(self.told, text, "quiet")


def keyring_note() -> str:
    """What remembering means, told plainly."""
    return _(
        "The book then opens without the passphrase for whoever has logged in to this computer as "
        "you: it is as safe as your log-in. Passphrase and recovery key go on opening it."
    )


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(space(2))
    return column


def _left(*widgets: QWidget) -> QWidget:
    """Controls side by side, as wide as they need to be."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(2))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return row
