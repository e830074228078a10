"""The settings' section on backups: when the last one was made, and the way to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from fitcheck.store.backup import KEPT
from ui import backup_words as words
from ui.context import Context
from ui.theme import space
from ui.widgets.key_tip import name_key
from ui.widgets.text import paragraph


class BackupsSection(QWidget):
    """``asked``: the backups are to be shown."""

    asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.last = paragraph()
        self.button = QPushButton(_("Bac&kups…"))
        self.button.setToolTip(_("See what is in each, make one, restore one"))
        name_key(self.button, "Ctrl+B")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.last)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self.asked)

    def populate(self) -> None:
        """Show what is so now."""
        fitcheck = self._context.fitcheck
        made = [c for c in fitcheck.safekeeping.copies() if c.reason not in KEPT]
        if made:
            moment = words.moment_text(made[0].made, fitcheck.today())
            self.last.setText(_("The last backup: {moment}.").format(moment=moment))
        else:
            self.last.setText(_("There is no backup yet. The first is made in a quiet moment."))
