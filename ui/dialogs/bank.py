"""A bank of questions that a file would bring: what it asks otherwise, before anything is taken."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.banks import IncomingBank
from fitcheck.i18n import _
from reports.bank_words import bank_name, change_lines, change_text, size_text
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.text import paragraph

_WIDTH = 180


class With(Enum):
    """What is done with the bank of a file."""

    USE = auto()
    KEEP = auto()


class IncomingBankDialog(QDialog):
    """``chosen`` is ``None`` until somebody has said, and where it is left."""

    def __init__(self, parent: QWidget | None, incoming: IncomingBank) -> None:
        super().__init__(parent)
        self.chosen: With | None = None
        name = bank_name(incoming.bank.reference)
        in_force = incoming.bank.reference == incoming.since
        title = _("{name} is in your book") if incoming.there else _("Bring in {name}?")
        title = title.format(name=name)
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(title)
        self.changes = QPlainTextEdit("\n".join(change_lines(incoming.changes)))
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setAccessibleName(_("What changes"))
        self.changes.setMinimumHeight(space(64))
        self.leave = QPushButton(_("Close") if in_force else _("Leave it"))
        self.keep = QPushButton(_("Bring it in &only"))
        self.use = QPushButton(_("&Use it") if incoming.there else _("Bring it in and &use it"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(paragraph(title, "heading"))
        for text in _told(incoming, in_force=in_force):
            layout.addWidget(paragraph(text))
        if incoming.changes.any:
            layout.addWidget(self.changes, 1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addStretch(1)
        shown = [self.leave]
        shown += [] if incoming.there else [self.keep]
        shown += [] if in_force else [self.use]
        for button in (self.leave, self.keep, self.use):
            button.setAutoDefault(False)
            row.addWidget(button)
            button.setVisible(button in shown)
        first = shown[-1]
        set_role(first, "primary")
        first.setDefault(True)
        layout.addLayout(row)
        self.leave.clicked.connect(self.reject)
        self.keep.clicked.connect(lambda: self._choose(With.KEEP))
        self.use.clicked.connect(lambda: self._choose(With.USE))
        fit(self, space(_WIDTH))
        first.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, incoming: IncomingBank) -> With | None:
        """What is to be done with it; ``None`` where it is left."""
        dialog = cls(parent, incoming)
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        return chosen

    def _choose(self, chosen: With) -> None:
        self.chosen = chosen
        self.accept()


def _told(incoming: IncomingBank, *, in_force: bool) -> list[str]:
    if in_force:
        return [_("It is the bank that new assessments begin with. There is nothing to bring in.")]
    size = _("It has {size}.").format(size=size_text(incoming.bank))
    since = _("Compared with {name}, now in force:").format(name=bank_name(incoming.since))
    if incoming.there:
        stays = _("Nothing has to be brought in. You can begin new assessments with it.")
    else:
        stays = _(
            "It stays in your book under this name and version for good. What was judged by "
            "other questions stays as it is."
        )
    return [f"{size} {stays}", f"{since}\n{change_text(incoming.changes)}"]
