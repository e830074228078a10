"""Tab's way through parts that came later than what they stand before.

Qt puts what is made, or given another parent, at the end of the way; so whoever shows such a part
says again in which order the parts are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def in_order(*parts: QWidget) -> None:
    """Have Tab go through the parts one after the other, through each as it went before."""
    for one, next_ in pairwise(_way_through(parts)):
        QWidget.setTabOrder(one, next_)


def at_the_end(*parts: QWidget) -> None:
    """Have Tab come to these last, whatever has been added to their window since."""
    way = _way_through(parts)
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


def _way_through(parts: tuple[QWidget, ...]) -> list[QWidget]:
    """What can have the focus in each of the parts, the parts too, in the order it gets it."""
    wanted = [
        {each for each in (part, *part.findChildren(QWidget)) if _takes_focus(each)}
        for part in parts
    ]
    # Qt's chain goes through the whole window: it is walked once for all the parts, and no further
    # than there is need. What isn't in its window yet has a chain of its own.
    left = {*parts}.union(*wanted)
    places: dict[QWidget, int] = {}
    for part in parts:
        for widget in _chain(part) if part in left else ():
            if widget in left:
                left.remove(widget)
                places[widget] = len(places)
                if not left:
                    break
    # From the part on, and round to what stands before it.
    return [
        widget
        for part, some in zip(parts, wanted, strict=True)
        for widget in sorted(
            some & places.keys(), key=lambda each: (places[each] < places[part], places[each])
        )
    ]


def _chain(first: QWidget) -> Iterator[QWidget]:
    """Everything in its window, in the order in which it may get the focus, from ``first`` on."""
    widget: QWidget | None = first
    while widget is not None:
        yield widget
        widget = widget.nextInFocusChain()
        if widget is first:
            break


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
