"""The recovery key, shown once: to be printed, saved or written down, and then no more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import RecoverySheet, Report
from fitcheck.i18n import _, current_language
from fitcheck.services import FitCheck
from reports import words
from reports.recovery_view import lines_of
from ui.dialogs.document import DocumentDialog, Told
from ui.dialogs.fitting import fit
from ui.jobs import Jobs
from ui.theme import set_role, space
from ui.widgets.fault_line import tell
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_WIDTH = 165


def show_recovery_key(
    parent: QWidget | None, recovery_key: str, fitcheck: FitCheck, jobs: Jobs
) -> bool:
    """Show a new recovery key; whether it was said to be in a safe place (a lock says nothing)."""
    sheet = RecoverySheet(recovery_key, fitcheck.today())
    return RecoveryKeyDialog.ask(parent, sheet, fitcheck.preferences.paper, jobs)


def _render(document: Report, paper: Paper) -> bytes:
    # Imported here, in the job's thread, because it takes long.
    from reports.render import render

    return render(document, paper, current_language())


class RecoveryKeyDialog(DocumentDialog):
    """Shows the key until the person says that it is in a safe place.

    Escape and the window's own button do nothing before that. :meth:`done` closes it all the
    same, as a lock does. However it is closed, no part of it holds the key afterwards.
    """

    def __init__(
        self, parent: QWidget | None, sheet: RecoverySheet, paper: Paper, jobs: Jobs
    ) -> None:
        told = Told(
            making=_("Making the page…"),
            save_title=_("Save the recovery key"),
            saved=_(
                "Saved as {name}. Print it or move it to a stick, and delete it here: beside "
                "the book it protects nothing."
            ),
            not_saved=_("The page was not saved."),
            printed=_("Sent to the printer. Look at the page before you close this."),
            not_printed=_("The page was not printed."),
            kept=_("The key is on the screen still: you can also write it down."),
        )
        super().__init__(parent, told, jobs, _render, _WIDTH)
        self._sheet: RecoverySheet | None = sheet
        self._paper = paper
        self.setWindowTitle(_("Your recovery key"))
        self.key = label("", "key")
        self.put_away = QCheckBox(_("I have put it where I will &find it"))
        self.close_button = QPushButton(_("&Close"))
        self._lay_out(sheet)
        self._show_key(sheet)
        self.put_away.toggled.connect(self._put_away_toggled)
        self.close_button.clicked.connect(self.accept)
        fit(self, space(_WIDTH))
        self.print_button.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, sheet: RecoverySheet, paper: Paper, jobs: Jobs) -> bool:
        """Show the key; whether the person said that it is in a safe place."""
        dialog = cls(parent, sheet, paper, jobs)
        put_away = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return put_away

    # The parts

    def _lay_out(self, sheet: RecoverySheet) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(_("Your recovery key"), "title"))
        layout.addWidget(
            paragraph(
                _(
                    "It opens the book when the passphrase is lost. It is shown this once. "
                    "Without passphrase and recovery key nobody can open the book, not even we "
                    "who made FitCheck."
                )
            )
        )
        card = QFrame()
        set_role(card, "selected-card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(space(5), space(5), space(5), space(5))
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inside.addWidget(self.key)
        layout.addWidget(card)
        made = _("Made on {date}. Earlier recovery keys open nothing any more.")
        layout.addWidget(paragraph(made.format(date=words.date_text(sheet.date)), "quiet"))
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addWidget(self.language)
        row.addWidget(self.working, 1)
        layout.addLayout(row)
        layout.addWidget(self.told)
        layout.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(space(3))
        foot.addWidget(self.put_away, 1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        set_role(self.close_button, "primary")
        self.close_button.setEnabled(False)
        for button in (self.print_button, self.save_button):
            button.setAutoDefault(True)

    def _show_key(self, sheet: RecoverySheet) -> None:
        lines = lines_of(sheet.recovery_key)
        self.key.setText("\n".join("   ".join(line) for line in lines))
        # Character by character, as it is written down.
        spelt = ", ".join(" ".join(group) for line in lines for group in line)
        self.key.setAccessibleName(_("Recovery key: {key}").format(key=spelt))

    # What is printed or saved

    def document(self) -> RecoverySheet | None:
        return self._sheet

    def paper(self) -> Paper:
        return self._paper

    # Closing

    @Slot(bool)
    def _put_away_toggled(self, put_away: bool) -> None:
        self.close_button.setEnabled(put_away)
        self.close_button.setDefault(put_away)

    def reject(self) -> None:
        if self.put_away.isChecked():
            self.accept()
            return
        tell(self.told, _("Put the key away first, and say so below: it isn’t shown again."))
        self.settle()

    def done(self, result: int) -> None:
        self._sheet = None
        self.key.clear()
        self.key.setAccessibleName("")
        super().done(result)
