"""A small sign that something is being worked at, for what takes a second or two."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import space
from ui.widgets.busy_bar import BusyBar
from ui.widgets.fault_line import announce
from ui.widgets.labels import label


class Working(QWidget):
    """A bar and a word. It keeps its room while it is away, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        # A derivation can't say how far it is.
        self.bar = BusyBar()
        self.bar.setFixedWidth(space(28))
        self.word = label("", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.bar)
        layout.addWidget(self.word, 1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_busy(self, busy: bool, word: str = "") -> None:
        """Show it with what is being done, or take it away."""
        self.bar.setAccessibleName(word)
        self.word.setText(word if busy else "")
        self.setVisible(busy)
        if busy:
            announce(self, word)
