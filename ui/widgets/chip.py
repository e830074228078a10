"""A chip: one of a few choices in a row, marked by a tick as well as by its colour."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui.theme import set_role

_TICK = "✓ "


class Chip(QPushButton):
    """A choice. A click asks for it; only :meth:`show_chosen` marks it.

    It isn't focused by a click, so that a mouse never takes the keys away from the answers.
    """

    def __init__(self, caption: str, meaning: str = "") -> None:
        super().__init__(caption)
        self._caption = caption
        set_role(self, "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(meaning)
        self.setAccessibleName(caption)
        self.setAccessibleDescription(meaning)

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as chosen, or not."""
        self.setChecked(chosen)
        self.setText(f"{_TICK}{self._caption}" if chosen else self._caption)

    def nextCheckState(self) -> None:
        """What is chosen is the assessment's to say, not the click's."""

    def sizeHint(self) -> QSize:
        # With room for the tick throughout, so that choosing moves nothing.
        hint = super().sizeHint()
        if not self.isChecked():
            hint.setWidth(hint.width() + self.fontMetrics().horizontalAdvance(_TICK))
        return hint
