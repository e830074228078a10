"""Keys pressed where they go, as by a person; and the clock on that person's wall."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_PLAIN = Qt.KeyboardModifier.NoModifier


class Seconds:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def focused() -> QWidget:
    """Where the keys go."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
    """Press one key after the other, each where the focus is by then."""
    for key in keys:
        QTest.keyClick(focused(), key, modifier)


def press_in(widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
    """The same in the window of ``widget``, active or not; ``widget`` where none has the focus."""
    for key in keys:
        inside: QWidget | None = widget.window().focusWidget()
        QTest.keyClick(widget if inside is None else inside, key, modifier)


def type_(text: str) -> None:
    """Type where the focus is; a line break is Return."""
    for character in text:
        if character == "\n":
            press(Qt.Key.Key_Return)
        elif character.isupper():
            QTest.keyClicks(focused(), character, Qt.KeyboardModifier.ShiftModifier)
        else:
            QTest.keyClicks(focused(), character)
