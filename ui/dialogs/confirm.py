"""A question with a way back: the safe answer is the one that Enter and Escape give."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.text import paragraph


class ConfirmDialog(QDialog):
    """What would happen, and the two ways on."""

    def __init__(self, parent: QWidget | None, question: str, text: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(question)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(paragraph(question, "heading"))
        layout.addWidget(paragraph(text))
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addStretch(1)
        self.do_it = QPushButton(action)
        self.do_it.setAutoDefault(False)
        set_role(self.do_it, "danger")
        self.do_it.clicked.connect(self.accept)
        self.leave_it = QPushButton(_("Go back"))
        self.leave_it.setDefault(True)
        set_role(self.leave_it, "primary")
        self.leave_it.clicked.connect(self.reject)
        row.addWidget(self.do_it)
        row.addWidget(self.leave_it)
        layout.addLayout(row)
        fit(self, space(120))
        self.leave_it.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, question: str, text: str, action: str) -> bool:
        """Whether to go ahead with ``action``."""
        dialog = cls(parent, question, text, action)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted
