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


def at_the_end(*parts: QWidget) -> None:
    """Have Tab come to these last, whatever has been added to their window since."""
    way = [widget for part in parts for widget in _way_through(part)]
    if not way:
        return
    last = way[0].window().previousInFocusChain()
    # Qt puts nothing after what never has the focus itself, such as a label.
    while last is not None and (last in way or not _takes_focus(last)) and not last.isWindow():
        last = last.previousInFocusChain()
    for widget in way:
        if last is not None:
            QWidget.setTabOrder(last, widget)
        last = widget


def _way_through(part: QWidget) -> list[QWidget]:
    """What in ``part`` can have the focus, ``part`` too, in the order in which it gets it."""
    # Qt's chain goes through the whole window: it is walked no further than there is need.
    left = {each for each in [part, *part.findChildren(QWidget)] if _takes_focus(each)}
    way = []
    widget: QWidget | None = part
    while left and widget is not None:
        if widget in left:
            left.remove(widget)
            way.append(widget)
        widget = widget.nextInFocusChain()
        if widget is part:
            break
    return way


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
