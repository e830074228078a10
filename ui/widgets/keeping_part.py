"""Until when the chosen prospect is kept, and what they can ask for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.flow import FlowLayout
from ui.widgets.key_tip import name_key
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class KeepingPart(QWidget):
    """``give_asked``: they are to be given all that is kept; ``erase_asked``: it is to go."""

    give_asked = Signal()
    erase_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = paragraph("", "quiet")
        self.give_button = QPushButton(_("Give them their data…"))
        self.give_button.setToolTip(_("All that you keep about them, as PDF and JSON"))
        name_key(self.give_button, "Ctrl+Shift+G")
        self.erase_button = QPushButton(_("Erase…"))
        self.erase_button.setToolTip(_("From the book and from every backup"))
        name_key(self.erase_button, "Ctrl+Shift+Del")
        set_role(self.erase_button, "danger")
        self.give_button.clicked.connect(self.give_asked)
        self.erase_button.clicked.connect(self.erase_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(label(_("What you keep"), "heading"))
        layout.addWidget(self.line)
        layout.addSpacing(space(1))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=space(2))
        flow.addWidget(self.give_button)
        flow.addWidget(self.erase_button)
        layout.addWidget(buttons)

    def show_sentence(self, text: str) -> None:
        """Say until when they are kept."""
        self.line.setText(text)

    def set_busy(self, busy: bool) -> None:
        """Their data is being written: it isn't asked for twice."""
        self.give_button.setEnabled(not busy)
