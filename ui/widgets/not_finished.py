"""What stands where the totals would be, for as long as the questions are still being asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role
from ui.widgets.empty_state import EmptyState


class NotFinished(QWidget):
    """``back`` leads to the questions; ``finish`` ends them, and what waits is shown."""

    back = Signal()
    finish = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back_button = QPushButton(_("Back to the questions"))
        set_role(self.back_button, "primary")
        self.finish_button = QPushButton(_("Finish now"))
        self.back_button.clicked.connect(self.back)
        self.finish_button.clicked.connect(self.finish)
        layout = QVBoxLayout(self)
        layout.addWidget(
            EmptyState(
                _("Still asking"),
                _(
                    "Odds, map and documents wait until you finish the questions, because totals "
                    "sway the one who rates. Open questions may stay open, and you can come back."
                ),
                self.back_button,
                self.finish_button,
            )
        )

    def take_focus(self) -> None:
        self.back_button.setFocus()
