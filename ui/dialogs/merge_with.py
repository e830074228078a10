"""Whom of the book a contact is, where nothing that they have in common tells."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.theme import space
from ui.widgets.prospect_finder import ProspectFinder, Search
from ui.widgets.text import paragraph


class MergeWithDialog(QDialog):
    """Finds somebody by a part of the name."""

    def __init__(self, parent: QWidget | None, name: str, search: Search) -> None:
        super().__init__(parent)
        question = _("With whom is {name} to be merged?").format(name=name)
        self.setWindowTitle(_("Import contacts"))
        self.setAccessibleName(question)
        self.finder = ProspectFinder(search)
        self.cancel_button = QPushButton(_("Cancel"))
        self.merge_button = QPushButton(_("&Merge with them"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(paragraph(question, "heading"))
        layout.addWidget(self.finder)
        layout.addLayout(button_row(self, self.merge_button, self.cancel_button))
        self.merge_button.clicked.connect(self.accept)
        self.finder.chosen.connect(self._allow)
        self._allow()
        fit(self, space(120))
        self.finder.line.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, name: str, search: Search) -> int | None:
        """Whom: the prospect's id; ``None`` where nobody was chosen."""
        dialog = cls(parent, name, search)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.finder.prospect_id
        dialog.deleteLater()
        return chosen if accepted else None

    @Slot()
    def _allow(self) -> None:
        self.merge_button.setEnabled(self.finder.prospect_id is not None)
