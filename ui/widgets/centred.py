"""A page with one column in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ui.theme import space
from ui.widgets.column import Column, scrolling


def centred(inside: QWidget, width: int) -> QScrollArea:
    """``inside``, at most ``width`` wide, a little above the middle; it scrolls in a small room."""
    inside.setMaximumWidth(width)
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(space(6), space(4), space(6), space(4))
    across.addStretch(1)
    # Far more than the rest, so that it is as wide as it may be.
    across.addWidget(inside, 100)
    across.addStretch(1)
    whole = Column()
    whole.column.addStretch(2)
    whole.column.addWidget(row)
    whole.column.addStretch(3)
    area = scrolling(whole)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
