"""One of a few: each choice says in a line what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import set_role, space
from ui.widgets.text import paragraph

T = TypeVar("T")

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class _Card(QFrame):
    """A choice's card: a click anywhere on it chooses."""

    def __init__(self, caption: str, meaning: str) -> None:
        super().__init__()
        self.radio = QRadioButton(caption)
        self.radio.setAccessibleName(caption.replace("&", ""))
        self.radio.setAccessibleDescription(meaning)
        set_role(self, "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(2), space(3), space(2.5))
        layout.setSpacing(space(0.5))
        layout.addWidget(self.radio)
        if meaning:
            text = paragraph(meaning, "quiet")
            text.setContentsMargins(space(8), 0, 0, 0)
            layout.addWidget(text)
        layout.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()


_ACROSS = 3
"""Cards side by side at most: further ones stand below, or long captions would be cut."""


class _Signals(QObject):
    chosen = Signal(object)


class DescribedChoice(QWidget, Generic[T]):
    """Cards with a value each, side by side or one under the other.

    ``signals.chosen`` says what a person chose; :meth:`show_value` is not choosing.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[T, str, str]],
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
    ) -> None:
        super().__init__()
        # Held apart, since a generic class can't declare signals of its own.
        self.signals = _Signals(self)
        self.setAccessibleName(name)
        self._values = [value for value, _caption, _meaning in choices]
        self._group = QButtonGroup(self)
        self._cards: list[_Card] = []
        beside = orientation is Qt.Orientation.Horizontal
        across = min(len(choices), _ACROSS) if beside else 1
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2.5))
        for number, (_value, caption, meaning) in enumerate(choices):
            card = _Card(caption, meaning)
            self._group.addButton(card.radio, number)
            self._cards.append(card)
            layout.addWidget(card, number // across, number % across)
            layout.setRowStretch(number // across, 1)
            layout.setColumnStretch(number % across, 1)
        self._group.idToggled.connect(self._toggled)
        self._group.idClicked.connect(self._clicked)
        self.show_value(self._values[0])

    @property
    def value(self) -> T:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def show_value(self, value: T) -> None:
        """Mark ``value`` as what stands."""
        self._cards[self._values.index(value)].radio.setChecked(True)

    def radio(self, value: T) -> QRadioButton:
        return self._cards[self._values.index(value)].radio

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows across the way in which the cards lie come here: they choose as well, for who
        # hears the choices doesn't see how they lie.
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        radio = self._cards[(self._group.checkedId() + by) % len(self._cards)].radio
        radio.setFocus(Qt.FocusReason.OtherFocusReason)
        radio.click()

    @Slot(int, bool)
    def _toggled(self, number: int, chosen: bool) -> None:
        set_role(self._cards[number], "selected-card" if chosen else "card")

    @Slot(int)
    def _clicked(self, number: int) -> None:
        # Clicked, by mouse or key; setChecked() from the program doesn't get here.
        self.signals.chosen.emit(self._values[number])
