"""An assessment of somebody who probably is in the book already: to whom it is to be added."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.text import paragraph


class To(StrEnum):
    """Whose the assessment becomes."""

    THEM = "them"
    SOMEBODY_NEW = "somebody new"


class KnownProspectDialog(QDialog):
    """``chosen`` is ``None`` until somebody has said."""

    def __init__(self, parent: QWidget | None, name: str, here: str, date: str) -> None:
        super().__init__(parent)
        self.chosen: To | None = None
        question = _("Is {name} the one who is in your book?").format(name=name)
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(question)
        self.them = QPushButton(_("&Add it to {name}").format(name=here.replace("&", "&&")))
        self.new = QPushButton(_("Add somebody &new"))
        self.leave = QPushButton(_("Leave it"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(paragraph(question, "heading"))
        layout.addWidget(
            paragraph(
                _(
                    "The file holds the assessment of {date}, with every answer and note. "
                    "Somebody of the same name or email is in your book: {here}. Nothing that is "
                    "there is changed."
                ).format(date=date, here=here)
            )
        )
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addStretch(1)
        for button in (self.leave, self.new, self.them):
            button.setAutoDefault(False)
            row.addWidget(button)
        set_role(self.them, "primary")
        self.them.setDefault(True)
        layout.addLayout(row)
        self.leave.clicked.connect(self.reject)
        self.them.clicked.connect(lambda: self._choose(To.THEM))
        self.new.clicked.connect(lambda: self._choose(To.SOMEBODY_NEW))
        fit(self, space(140))
        self.them.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, name: str, here: str, date: str) -> To | None:
        """Whose it becomes; ``None`` where it is left."""
        dialog = cls(parent, name, here, date)
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        return chosen

    def _choose(self, chosen: To) -> None:
        self.chosen = chosen
        self.accept()
