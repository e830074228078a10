"""What was just done to prospects, with the way back: nobody is asked about what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.aloud import announce
from ui.theme import set_role, space
from ui.widgets.labels import label

T = TypeVar("T")

_KEPT = 20
"""How many are kept to be undone."""


@dataclass(frozen=True)
class Done:
    """Something that was done, as a sentence. What undoes it returns what does it again."""

    text: str = field(repr=False)
    undo: Callable[[], Callable[[], object]] = field(repr=False)


class UndoStrip(QFrame):
    """Hidden until there is something to undo; ``changed`` says that something was undone."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(_("What was done last"))
        self.text: QLabel = label("", "body")
        self.button = QPushButton(_("Undo"))
        self.again = QPushButton(_("Redo"))
        self.cross = QPushButton("✕")
        for button, role in ((self.button, ""), (self.again, ""), (self.cross, "cross")):
            set_role(button, role or "plain")
            button.setAutoDefault(False)
        self.button.setToolTip(_("Undo (Ctrl+Z)"))
        self.again.setToolTip(_("Redo (Ctrl+Y)"))
        self.cross.setAccessibleName(_("Hide this line"))
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), space(1), space(2), space(1))
        row.setSpacing(space(2))
        row.addWidget(self.text, 1)
        for button in (self.button, self.again, self.cross):
            row.addWidget(button)
        self.button.clicked.connect(self.undo)
        self.again.clicked.connect(self.redo)
        self.cross.clicked.connect(self.hide)
        self._done: list[Done] = []
        self._undone: list[tuple[Done, Callable[[], object]]] = []
        self.hide()

    def offer(self, done: Done) -> None:
        """Say what was done, and offer to undo it."""
        self._done = [*self._done[-_KEPT + 1 :], done]
        self._undone = []
        self._say(done.text)

    def forget(self) -> None:
        """Keep nothing of what was done."""
        self._done, self._undone = [], []
        self.text.clear()
        self.hide()

    @Slot()
    def undo(self) -> None:
        """Undo the last of what was done."""
        if not self._done:
            return
        done = self._done[-1]
        redo = self._try(done.undo)
        if redo is not None:
            self._done.pop()
            self._undone.append((done, redo))
            self._say(_("Undone: {what}").format(what=done.text))
            self.changed.emit()

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        if not self._undone:
            return
        done, redo = self._undone[-1]
        if self._try(lambda: (redo(),)) is not None:
            self._undone.pop()
            self._done.append(done)
            self._say(done.text)
            self.changed.emit()

    def _try(self, doing: Callable[[], T]) -> T | None:
        try:
            return doing()
        except FitCheckError as error:
            kept = _("Everything else in your book is as it was.")
            window = messages.of_error(error, _("It was not changed."), kept)
            messages.tell(self.window(), window)
            return None

    def _say(self, text: str) -> None:
        self.text.setText(text)
        # Whoever has the focus here must not lose it with the button.
        focused = self.button.hasFocus() or self.again.hasFocus()
        self.button.setVisible(bool(self._done))
        self.again.setVisible(bool(self._undone))
        if focused:
            (self.button if self._done else self.again).setFocus()
        self.show()
        announce(self, text)
