"""The line at the foot of the window: what is kept, and whether it is protected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenuBar, QPushButton, QVBoxLayout

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.labels import label, plain_tool_tip
from ui.widgets.save_mark import SaveMark

_BESIDE_MENUS = 80
"""What it is given beside the menus, in units of ``space``."""


class Foot(QFrame):
    """``protect_asked``: the book isn't protected, and the person would have it so.
    ``backups_asked``: something is said of the backups, and they are to be shown.
    """

    protect_asked = Signal()
    backups_asked = Signal()

    def __init__(self, demonstration: bool = False) -> None:
        super().__init__()
        self._demonstration = demonstration
        self._compact = False
        self.save_mark = SaveMark()
        self.not_protected = QPushButton(_("not protected"))
        self.not_protected.setAccessibleDescription(_("Protect the book with a passphrase"))
        self.not_protected.setToolTip(_("Protect the book with a passphrase"))
        set_role(self.not_protected, "plain")
        self.not_protected.clicked.connect(self.protect_asked)
        self.backup_note = QPushButton()
        set_role(self.backup_note, "plain")
        self.backup_note.hide()
        self.backup_note.clicked.connect(self.backups_asked)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(space(8), 0, space(8), space(2))
        row.setSpacing(space(4))
        if demonstration:
            row.addWidget(label(_("Demonstration book: nothing is kept"), "quiet"))
        row.addStretch(1)
        row.addWidget(self.save_mark)
        row.addWidget(self.backup_note)
        row.addWidget(self.not_protected)

    def stand(self, column: QVBoxLayout, menus: QMenuBar, *, beside_menus: bool) -> None:
        """Stand at the end of ``column``, or beside the menus, where every line is needed."""
        if beside_menus is self._compact or menus.isNativeMenuBar():
            return
        self._set_compact(beside_menus)
        if beside_menus:
            menus.setCornerWidget(self)
        else:
            menus.setCornerWidget(None)  # type: ignore[arg-type]  # Qt takes none
            column.addWidget(self)
        self.show()

    def _set_compact(self, compact: bool) -> None:
        """As one line of text, or with room around it."""
        for button in (self.backup_note, self.not_protected):
            set_role(button, "line" if compact else "plain")
        self._compact = compact
        aside, above, below = (2, 1, 0) if compact else (8, 0, 2)
        self._row.setContentsMargins(space(aside), space(above), space(aside), space(below))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        # The menu bar gives it what it asks for at first, whatever it says later.
        widest = QSize(space(_BESIDE_MENUS), 0) if self._compact else QSize()
        return super().sizeHint().expandedTo(widest)

    def show_protection(self, protected: bool) -> None:
        """Say quietly that the book isn't protected, where that is so and matters."""
        self.not_protected.setVisible(not protected and not self._demonstration)

    def show_backup_note(self, word: str, why: str) -> None:
        """Say quietly what is amiss with the backups; an empty word takes it away."""
        self.backup_note.setText(word)
        self.backup_note.setAccessibleDescription(why)
        self.backup_note.setToolTip(plain_tool_tip(why) if why else "")
        self.backup_note.setVisible(bool(word))
        self.updateGeometry()
