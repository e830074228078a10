"""A strip above the foot of the window for what has to be known and stops nothing.

Not a dialog: somebody may be in the middle of a talk, and the next key is meant for the interview.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import set_role, space
from ui.widgets.fault_line import announce


class WrappingText(QLabel):
    """Wraps, and is as high as it needs to be at the width that it has.

    Qt's least height is the one at the least width: it would make the whole window taller.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        # Before, its width is a guess of Qt's.
        self._laid_out = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Can be selected, to be looked up or sent to someone.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFixedHeight(self.fontMetrics().height())
        set_role(self, role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out = True
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def hasHeightForWidth(self) -> bool:
        # To the layout its height is fixed; asked for other widths it would add room for those.
        return False

    def _fit(self) -> None:
        if self._laid_out:
            self.setMinimumHeight(0)  # what Qt says is never less than this
            self.setFixedHeight(max(0, self.heightForWidth(self.width())))


class Banner(QWidget):
    """A line that says what is the matter, one that says more, and buttons. Hidden at first."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.what = WrappingText("body")
        self.more = WrappingText("quiet")
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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
