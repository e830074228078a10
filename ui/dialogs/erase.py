"""Erasing a prospect: what goes, that there is no way back, and their name to be typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from fitcheck.domain.erasure import Erasure, same_name
from fitcheck.i18n import _, ngettext
from ui import messages
from ui.context import Context
from ui.dialogs.fitting import fit
from ui.giving import choose_folder, give
from ui.jobs import Job
from ui.theme import set_role, space
from ui.widgets.change_list import pointed
from ui.widgets.text import paragraph
from ui.widgets.working import Working


class EraseDialog(QDialog):
    """Erases at once when it is told to; ``erasure`` is what shows that they are gone.

    ``let_go`` is called just before, so that nothing of theirs stays open.
    """

    def __init__(
        self,
        parent: Widget | None,
        context: Context,
        prospect_id: int,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._prospect_id = prospect_id
        self._let_go = let_go
        self._name = context.fitcheck.prospect(prospect_id).name
        self._job: Job | None = None
        self.erasure: Erasure | None = None
        self.typed = QLineEdit()
        self.working = Working()
        self.give_button = QPushButton(_("&Give them their data first…"))
        self.erase_button = QPushButton(_("&Erase"))
        self.cancel_button = QPushButton(_("Cancel"))
        self.setWindowTitle(_("Erase"))
        self._lay_out()
        self.typed.textChanged.connect(self._changed)
        self.give_button.clicked.connect(self._give)
        self.erase_button.clicked.connect(self.erase)
        self.cancel_button.clicked.connect(self.reject)
        self._changed()
        fit(self, space(150))
        self.typed.setFocus()

    @classmethod
    def ask(
        cls,
        parent: Widget | None,
        context: Context,
        prospect_id: int,
        let_go: Callable[[], None],
    ) -> Erasure | None:
        """Erase a prospect if that is wanted; ``None`` where they were not erased."""
        dialog = cls(parent, context, prospect_id, let_go)
        dialog.exec()
        dialog.deleteLater()
        return dialog.erasure

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(_("Erase {name}?").format(name=self._name), "title"))
        layout.addWidget(paragraph(_("What goes:")))
        for sentence in self._what_goes():
            layout.addWidget(pointed(sentence))
        layout.addWidget(paragraph(_("There is no way back, for you or for anybody else.")))
        layout.addWidget(
            paragraph(
                _(
                    "Documents that you saved, mailed or printed, and copies of the book’s folder "
                    "in other places, can’t be reached from here: delete those yourself."
                ),
                "quiet",
            )
        )
        first = QHBoxLayout()
        first.addWidget(self.give_button)
        first.addStretch(1)
        layout.addLayout(first)
        self.typed.setAccessibleName(_("Their name"))
        title = QLabel(_("To erase them, type their &name:"))
        title.setBuddy(self.typed)
        layout.addSpacing(space(1))
        layout.addWidget(title)
        layout.addWidget(self.typed)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.working, 1)
        for button in (self.erase_button, self.cancel_button):
            row.addWidget(button)
        for button in (self.erase_button, self.give_button):
            button.setAutoDefault(False)
        set_role(self.erase_button, "danger")
        set_role(self.cancel_button, "primary")
        self.cancel_button.setDefault(True)
        layout.addLayout(row)

    def _what_goes(self) -> list[str]:
        fitcheck = self._context.fitcheck
        assessments = len(fitcheck.assessments(self._prospect_id))
        backups = len(fitcheck.safekeeping.copies())
        goes = [_("Their contact, and the dates of your talks.")]
        if assessments:
            goes.append(
                ngettext(
                    "{count} assessment with every answer, note and quote, its plan and all that "
                    "was changed in it.",
                    "{count} assessments with every answer, note and quote, their plans and all "
                    "that was changed in them.",
                    assessments,
                ).format(count=assessments)
            )
        goes.append(
            ngettext(
                "The same from {count} backup, and from the one that is made just before. "
                "Everybody else stays in them.",
                "The same from {count} backups, and from the one that is made just before. "
                "Everybody else stays in them.",
                backups,
            ).format(count=backups)
            if backups
            else _("The same from the backup that is made just before. Everybody else stays in it.")
        )
        return goes

    @Slot()
    def _changed(self) -> None:
        typed = same_name(self.typed.text(), self._name)
        self.erase_button.setEnabled(typed and self._job is None)

    @Slot()
    def _give(self) -> None:
        folder = choose_folder(self)
        if folder is not None:
            self.give_button.setEnabled(False)
            give(self, self._context, self._prospect_id, folder, self._given)

    def _given(self) -> None:
        self.give_button.setEnabled(self._job is None)

    @Slot()
    def erase(self) -> None:
        """Erase them now."""
        if not self.erase_button.isEnabled():
            return
        self._let_go()
        fitcheck, prospect_id = self._context.fitcheck, self._prospect_id
        self._job = self._context.jobs.run_job(
            lambda: fitcheck.rights.erase(prospect_id), self._erased, self._failed
        )
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._job is not None
        for widget in (self.typed, self.give_button, self.cancel_button):
            widget.setEnabled(not busy)
        self.working.show_busy(busy, _("Erasing, and looking for what is left…"))
        self._changed()

    def _erased(self, erasure: Erasure) -> None:
        self._job = None
        self.erasure = erasure
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self._show_busy()
        if there := self._still_there():
            happened, kept = _("Nobody was erased."), _("Everything is as it was.")
        else:
            happened = _("They are erased from the list, but not yet from every page and backup.")
            kept = _("FitCheck finishes that the next time that it has nothing else to do.")
        messages.tell(self.parentWidget(), messages.of_error(error, happened, kept))
        if not there:
            self.done(QDialog.DialogCode.Rejected)

    def _still_there(self) -> bool:
        try:
            self._context.fitcheck.prospect(self._prospect_id)
        except KeyError:
            return False
        return True

    def reject(self) -> None:
        # What has begun is seen to its end. A lock comes by done(), and the job goes on.
        if self._job is None:
            super().reject()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()  # nobody is here to be told; it is done all the same
            self._job = None
        super().done(result)
