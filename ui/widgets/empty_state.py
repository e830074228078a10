"""What stands where there is nothing to show yet: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import space
from ui.widgets.text import paragraph


class EmptyState(QWidget):
    """A heading, a few sentences and the buttons that lead on, in the middle of the room."""

    def __init__(self, heading: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(space(4))
        layout.addStretch(2)
        self.heading = paragraph(heading, "title")
        self.text = paragraph(text, "body")
        for part in (self.heading, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # Wrapping text asks for the height that it needs at its least width.
            part.setMinimumWidth(space(110))
            part.setMaximumWidth(space(150))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, 8)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addSpacing(space(4))
        row = QHBoxLayout()
        row.setSpacing(space(4))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
