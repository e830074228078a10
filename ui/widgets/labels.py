"""Labels that show a person's text as text, in the looks of a role."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme import set_role


def label(text: str = "", role: str = "body", wrap: bool = False) -> QLabel:
    """A label of plain text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def titled(title: str, field: QWidget) -> QLabel:
    """The title of a field that leads to it by its letter, which a plain text wouldn't show."""
    made = QLabel(title)
    made.setBuddy(field)
    set_role(made, "quiet")
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    set_role(made, "rule")
    return made


class ElidedLabel(QLabel):
    """One line that ends in "…" where there is no room; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, rect.width())
        # Tool tips guess whether they are rich text; a person's words never are.
        self.setToolTip("" if shown == whole else plain_tool_tip(whole))
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            rect,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )


def plain_tool_tip(text: str) -> str:
    """``text`` so that a tool tip shows it as it stands."""
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(plain, escaped)
    return f"<qt>{text}</qt>"
