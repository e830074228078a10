"""What someone who neither sees nor uses a mouse meets: every control's name, and Tab's way."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QWidget


def controls(root: QWidget) -> list[QWidget]:
    """The visible widgets that the keyboard or a click can stand on."""
    found = []
    for widget in root.findChildren(QWidget):
        # A calendar and the like are Qt's own insides, spoken as parts of what they belong to.
        if widget.objectName().startswith("qt_") or widget.window() is not root.window():
            continue
        reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        if reached and widget.isVisible() and widget.isEnabled():
            found.append(widget)
    return found


def name_of(widget: QWidget) -> str:
    """What a screen reader says when it comes to ``widget``."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def path_of(widget: QWidget) -> str:
    """Where a control stands, from its window down."""
    steps = [f"{type(widget).__name__} “{name_of(widget)}”"]
    above = widget.parentWidget()
    while above is not None:
        steps.append(above.objectName() or type(above).__name__)
        above = above.parentWidget()
    return " > ".join(reversed(steps))


def nameless(root: QWidget) -> list[str]:
    """The controls that a screen reader has no name for."""
    return [f"no name: {path_of(widget)}" for widget in controls(root) if not name_of(widget)]


def stops(root: QWidget) -> list[QWidget]:
    """The controls that Tab has to come by."""
    by_tab = [each for each in controls(root) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return list(dict.fromkeys(_stop_of(each) for each in by_tab))


def _stop_of(widget: QWidget) -> QWidget:
    """Choices of which one holds are one stop, the one that holds; the arrows lead to the rest."""
    if not isinstance(widget, QAbstractButton):
        return widget
    group: QButtonGroup | None = widget.group()  # the stubs leave out that there may be none
    if group is not None and group.exclusive():
        members = group.buttons()
    elif widget.autoExclusive() and (parent := widget.parentWidget()) is not None:
        of_parent = parent.findChildren(
            QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        members = [each for each in of_parent if each.autoExclusive()]
    else:
        return widget
    here = [each for each in members if each.isVisible() and each.isEnabled()]
    return next((each for each in here if each.isChecked()), here[0])


def astray(root: QWidget) -> list[str]:
    """What is wrong with Tab's way around the window of ``root``, and with its way back."""
    wanted = stops(root)
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    there = _walk(wanted, Qt.Key.Key_Tab)
    back = _walk(wanted, Qt.Key.Key_Backtab)
    wrong = [f"Tab doesn’t lead to {path_of(each)}" for each in wanted if each not in there]
    wrong += [f"Tab is caught at {path_of(each)}" for each in there if there.count(each) > 1]
    if there[1:] != back[:0:-1]:
        wrong.append(f"back otherwise: {_names(there)}; {_names(back)}")
    start = _begin(there)
    way = there[start:] + there[:start]
    wrong += [
        f"from {path_of(one)} Tab goes back to {path_of(next_)}"
        for one, next_ in pairwise(way)
        if _before(next_, one)
    ]
    return wrong


def _names(way: list[QWidget]) -> str:
    return ", ".join(name_of(each) for each in way)


def _walk(wanted: list[QWidget], key: Qt.Key) -> list[QWidget]:
    """The stops in the order in which ``key`` comes by, once around."""
    way = [wanted[0]]
    # A group of answers is one stop that may pass the focus to the answer that is chosen.
    for _step in range(2 * len(wanted) + 2):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, key)
        focused: QWidget | None = QApplication.focusWidget()
        stop = None if focused is None else _stop_of(focused)
        while stop is not None and stop not in wanted:
            stop = stop.parentWidget()
        if stop is None:
            raise AssertionError(f"no stop: {path_of(focused) if focused else 'nothing'}")
        if stop is wanted[0] and len(way) > 1:
            return way
        if stop is not way[-1]:
            way.append(stop)
    return way


def _begin(way: list[QWidget]) -> int:
    """Where the way around begins: the one place where it may jump back to the top."""
    jumps = [at for at in range(len(way)) if _before(way[at], way[at - 1])]
    return jumps[0] if jumps else 0


def _before(one: QWidget, other: QWidget) -> bool:
    """Whether ``one`` would be read before ``other``: above it in the same column, or left of it.

    Compared are the parts of the page that hold them, next to each other in what holds both; so a
    column at the side is read to its end, wherever the next one begins.
    """
    mine, theirs = _lineage(one), _lineage(other)
    shared = 0
    while shared < min(len(mine), len(theirs)) and mine[shared] is theirs[shared]:
        shared += 1
    if shared in (0, len(mine), len(theirs)):
        return False  # one holds the other
    here, there = _place(mine[shared]), _place(theirs[shared])
    level = here.bottom() > there.top() and there.bottom() > here.top()
    if level:
        return here.right() <= there.left()
    return here.bottom() <= there.top() and here.left() <= there.right()


def _lineage(widget: QWidget) -> list[QWidget]:
    """The widgets that hold ``widget``, the window first, and itself."""
    line = [widget]
    while not line[-1].isWindow() and (above := line[-1].parentWidget()) is not None:
        line.append(above)
    return line[::-1]


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
