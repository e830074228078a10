"""What scrolls: a column whose height follows from the width that it is given."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.sizes import Sizes


class Column(QWidget):
    """Widgets under each other, for a scroll area.

    Text that wraps would otherwise ask for the height that it needs in the narrowest of columns,
    and the area would scroll where there is room enough.
    """

    def __init__(self, gap: int = 0) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def scrolling(inside: QWidget) -> QScrollArea:
    """``inside`` with scroll bars for as long as it is larger than its room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Let a dialog open as large as it was left, at first at this size; never past the screen."""
    Sizes.of_application().open_at(dialog, QSize(width, height))
