"""A strip above the foot of the window for what has to be known and stops nothing.

Not a dialog: somebody may be in the middle of a talk, and the next key is meant for the interview.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import set_role, space
from ui.widgets.fault_line import announce
from ui.widgets.text import paragraph


class Banner(QWidget):
    """A line that says what is the matter, one that says more, and buttons. Hidden at first."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.what = paragraph()
        self.more = paragraph("", "quiet")
        for part in (self.what, self.more):
            # Can be selected, to be looked up or sent to someone.
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        strip = QFrame()
        set_role(strip, "banner")
        row = QHBoxLayout(strip)
        row.setContentsMargins(space(4), space(2), space(3), space(2))
        row.setSpacing(space(3))
        texts = QVBoxLayout()
        texts.setSpacing(space(1))
        texts.addWidget(self.what)
        texts.addWidget(self.more)
        row.addLayout(texts, 1)
        for button in buttons:
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        around = QVBoxLayout(self)
        around.setContentsMargins(space(8), space(1), space(8), space(1))
        around.addWidget(strip)
        self.hide()

    def say(self, what: str, more: str = "") -> None:
        """Show this, and have a screen reader say it, unless it is what is shown already."""
        known = not self.isHidden() and self.what.text() == what
        self.what.setText(what)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.show()
        if not known:
            announce(self, f"{what} {more}".strip())
