"""What stands where a document will be, for as long as it is being made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import space
from ui.widgets.busy_bar import BusyBar
from ui.widgets.labels import label


class Making(QWidget):
    """``cancelled``: nobody wants it any more."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Laying a document out is one step that can't say how far it is.
        self.progress = BusyBar()
        self.progress.setAccessibleName(_("Making the document"))
        self.progress.setFixedWidth(space(80))
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        inner = QVBoxLayout()
        inner.setSpacing(space(3))
        inner.addWidget(label(_("Making the document…"), "heading"))
        inner.addWidget(self.progress)
        inner.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(inner)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def take_focus(self) -> None:
        self.cancel_button.setFocus()
