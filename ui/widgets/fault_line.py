"""What is wrong, said right where it can be mended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_role, space
from ui.widgets.text import paragraph


def fault_line() -> QLabel:
    """A paragraph for :func:`tell`; it takes no room while there is nothing to say."""
    made = paragraph("", "warning")
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    # Can be selected, to be looked up or sent to someone.
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setMinimumWidth(space(10))
    made.hide()
    return made


def tell(line: QLabel, text: str, role: str = "warning") -> None:
    """Show ``text`` in ``line``, and have a screen reader say it; an empty one takes it away."""
    set_role(line, role)
    line.setText(text)
    line.setVisible(bool(text))
    if text:
        announce(line, text)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text`` now, wherever the focus is."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
