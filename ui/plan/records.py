"""Entries of several fields each: stages, measures, expectations, risks, advice not taken.

One kind of card for all of them, so that whoever has written a stage knows how to write a risk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.plan import MOST_ROWS
from fitcheck.i18n import _
from ui.plan.fields import Editor, TextEditor
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label

_NARROW = 130
"""Where an entry is narrower, in units of ``space``, its fields stand under each other."""


@dataclass(frozen=True)
class Part:
    """A field of an entry: the name in its type, its caption, and what makes its editor.

    ``share`` is how much of its line's width it takes.
    """

    name: str
    caption: str
    make: Callable[[str], Editor]
    share: int = 1


@dataclass(frozen=True)
class Kind:
    """What entries of a kind are made of.

    ``lines`` are the parts as they stand; ``needed`` the names of those without which there is
    no entry, and ``missing`` says so. ``title`` names one by its number.
    """

    make: Callable[..., Any]
    lines: tuple[tuple[Part, ...], ...]
    needed: tuple[str, ...]
    missing: str
    title: Callable[[int], str]
    add: str


class Card(QFrame):
    """One entry. What lacks something that is needed is shown, but kept as it was before."""

    kept = Signal()
    left = Signal()
    rearranged = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self._complete: Any = None
        set_role(self, "card")
        self.title = label("", "quiet")
        self.up, self.down = _small(_("Up")), _small(_("Down"))
        self.remove = _small(_("Remove"))
        self.parts: dict[str, Editor] = {}
        self.fault = fault_line()
        self._lines: list[QBoxLayout] = []
        self._lay_out()
        self.up.clicked.connect(lambda: self.move_asked.emit(-1))
        self.down.clicked.connect(lambda: self.move_asked.emit(1))
        self.remove.clicked.connect(self.remove_asked)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(4), space(3))
        layout.setSpacing(space(2))
        head = QHBoxLayout()
        head.setSpacing(space(1))
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        layout.addLayout(head)
        for line in self._kind.lines:
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(space(3))
            for part in line:
                editor = part.make(part.caption)
                editor.kept.connect(self._kept)
                editor.left.connect(self.left)
                editor.rearranged.connect(self._rearranged)
                self.parts[part.name] = editor
                row.addWidget(_captioned(part.caption, editor), part.share)
            self._lines.append(row)
            layout.addLayout(row)
        layout.addWidget(self.fault)

    def value(self) -> Any:
        """The entry, as it was when nothing was lacking; ``None`` if there is none."""
        values = {name: editor.value() for name, editor in self.parts.items()}
        if all(values[name] for name in self._kind.needed):
            self._complete = self._kind.make(**values)
        elif self.blank:
            self._complete = None
        return self._complete

    @property
    def blank(self) -> bool:
        """Whether no text stands in it."""
        texts = (part for part in self.parts.values() if isinstance(part, TextEditor))
        return not any(part.value() for part in texts)

    def show_value(self, value: Any) -> None:
        if value == self.value():
            return
        self._complete = value
        for name, editor in self.parts.items():
            editor.show_value(getattr(value, name))
        self.say_missing()

    def show_number(self, number: int, count: int) -> None:
        title = self._kind.title(number)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)
        for button in (self.up, self.down, self.remove):
            button.setAccessibleName(f"{button.text()}: {title}")
        for part in (part for line in self._kind.lines for part in line):
            self.parts[part.name].entrance().setAccessibleName(f"{title}, {part.caption}")

    def make_room(self, width: int) -> None:
        direction = QBoxLayout.Direction
        beside = width >= space(_NARROW)
        for row in self._lines:
            row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def flush(self) -> None:
        for editor in self.parts.values():
            editor.flush()

    def say_missing(self) -> None:
        """Say what is needed still, as soon as there is something to lose."""
        values = {name: editor.value() for name, editor in self.parts.items()}
        lacking = not self.blank and not all(values[name] for name in self._kind.needed)
        said = self._kind.missing if lacking else ""
        if self.fault.text() != said:
            tell(self.fault, said)

    @Slot()
    def _rearranged(self) -> None:
        in_order(self.up, self.down, self.remove, *self.parts.values())
        self.rearranged.emit()

    @Slot()
    def _kept(self) -> None:
        self.say_missing()
        self.kept.emit()


class Records(Editor):
    """All entries of a kind, and the button that adds one."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self.cards: list[Card] = []
        self.add_button = QPushButton(kind.add)
        self.add_button.clicked.connect(self.add)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(self._cards)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        layout.addLayout(row)

    def value(self) -> tuple[Any, ...]:
        return tuple(value for card in self.cards if (value := card.value()) is not None)

    def show_value(self, value: tuple[Any, ...]) -> None:
        if value == self.value():
            return
        # What has just been begun and lacks something isn't anywhere else.
        begun = [card for card in self.cards if card.value() is None and not card.blank]
        standing = [card for card in self.cards if card not in begun]
        for card in standing[len(value) :]:
            self._drop(card)
        for at, each in enumerate(value):
            card = standing[at] if at < len(standing) else self._insert(at)
            card.show_value(each)
        self._number()

    def flush(self) -> None:
        for card in list(self.cards):
            card.flush()

    def entrance(self) -> QWidget:
        return (
            next(iter(self.cards[0].parts.values())).entrance() if self.cards else self.add_button
        )

    def make_room(self, width: int) -> None:
        """Put what stands side by side under each other where ``width`` is too little for it."""
        for card in self.cards:
            card.make_room(width)

    @Slot()
    def add(self) -> None:
        """Add an empty one at the end, to be written."""
        card = self._insert(len(self.cards))
        self._number()
        next(iter(card.parts.values())).entrance().setFocus()

    def _insert(self, at: int) -> Card:
        card = Card(self._kind)
        card.make_room(self.width())
        card.kept.connect(self.kept)
        card.left.connect(self.left)
        card.rearranged.connect(self.rearranged)
        card.remove_asked.connect(lambda: self._remove(card))
        card.move_asked.connect(lambda by: self._move(card, by))
        self.cards.insert(at, card)
        self._cards.insertWidget(at, card)
        card.show()  # at once: the focus is on its way to it
        return card

    def _number(self) -> None:
        for number, card in enumerate(self.cards, start=1):
            card.show_number(number, len(self.cards))
        self.add_button.setEnabled(len(self.cards) < MOST_ROWS)
        in_order(*self.cards, self.add_button)
        self.rearranged.emit()

    def _drop(self, card: Card) -> None:
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _remove(self, card: Card) -> None:
        card.flush()
        at = self.cards.index(card)
        self._drop(card)
        self._number()
        (
            self.cards[min(at, len(self.cards) - 1)].remove if self.cards else self.add_button
        ).setFocus()
        self.kept.emit()

    def _move(self, card: Card, by: int) -> None:
        card.flush()
        at = self.cards.index(card)
        self.cards.insert(at + by, self.cards.pop(at))
        self._cards.removeWidget(card)
        self._cards.insertWidget(at + by, card)
        self._number()
        button = card.up if by < 0 else card.down
        (button if button.isEnabled() else card.remove).setFocus()
        self.kept.emit()


def _small(text: str) -> QPushButton:
    made = QPushButton(text)
    set_role(made, "plain")
    return made


def _captioned(caption: str, editor: Editor) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(0.5))
    layout.addWidget(label(caption, "quiet"))
    layout.addWidget(editor)
    layout.addStretch(1)
    return part
