"""Tab's way through parts that came later than what they stand before.

Qt puts what is made, or given another parent, at the end of the way; so whoever shows such a part
says again in which order the parts are read.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def in_order(*parts: QWidget) -> None:
    """Have Tab go through the parts one after the other, through each as it went before."""
    way = [widget for part in parts for widget in _way_through(part)]
    for one, next_ in pairwise(way):
        QWidget.setTabOrder(one, next_)


def _way_through(part: QWidget) -> list[QWidget]:
    """``part`` and what is in it, in the order of the focus; Qt orders only what may have that."""
    way = [part]
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if part.isAncestorOf(widget):
            way.append(widget)
        widget = widget.nextInFocusChain()
    return [widget for widget in way if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
