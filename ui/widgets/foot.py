"""The line at the foot of the window: what is kept, and whether it is protected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.labels import label
from ui.widgets.save_mark import SaveMark


class Foot(QFrame):
    """``protect_asked``: the book isn't protected, and the person would have it so."""

    protect_asked = Signal()

    def __init__(self, demonstration: bool = False) -> None:
        super().__init__()
        self._demonstration = demonstration
        self.save_mark = SaveMark()
        self.not_protected = QPushButton(_("not protected"))
        self.not_protected.setAccessibleDescription(_("Protect the book with a passphrase"))
        self.not_protected.setToolTip(_("Protect the book with a passphrase"))
        set_role(self.not_protected, "plain")
        self.not_protected.clicked.connect(self.protect_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(8), 0, space(8), space(2))
        row.setSpacing(space(4))
        if demonstration:
            row.addWidget(label(_("Demonstration book: nothing is kept"), "quiet"))
        row.addStretch(1)
        row.addWidget(self.save_mark)
        row.addWidget(self.not_protected)

    def show_protection(self, protected: bool) -> None:
        """Say quietly that the book isn't protected, where that is so and matters."""
        self.not_protected.setVisible(not protected and not self._demonstration)
