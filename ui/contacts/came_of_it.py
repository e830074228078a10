"""What came of an import, to be read, copied, saved and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from fitcheck.contact_words import Part, parts, sum_sentence, text_of
from fitcheck.contacts import Taken
from fitcheck.i18n import ngettext, thousands
from ui.contacts.step import Step
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_SHOWN = 200
"""Lines under a heading at most: nobody reads more, and the saved list has all."""


class CameOfIt(Step):
    """Every contact of a file under what became of it, and everything that was left."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.sum = paragraph()
        self.area = scrolling(Column())
        # So that the keys scroll it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2.5))
        layout.addWidget(self.sum)
        layout.addWidget(self.area, 1)

    def show_taken(self, taken: Taken, name: str) -> None:
        """Show what came of a file; ``name`` is what a screen reader calls it."""
        self.text = text_of(taken)
        self.sum.setText(sum_sentence(taken))
        self.area.setAccessibleName(name)
        inside = Column(space(2.5))
        for part in parts(taken):
            _add_part(inside, part)
        inside.column.addStretch(1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)

    @Slot()
    def copy(self) -> None:
        """Put the whole list onto the clipboard."""
        QGuiApplication.clipboard().setText(self.text)


def _add_part(inside: Column, part: Part) -> None:
    inside.column.addWidget(label(part.heading, "heading"))
    card = QFrame()
    set_role(card, "card")
    lines = QVBoxLayout(card)
    lines.setContentsMargins(space(4), space(2.5), space(4), space(2.5))
    lines.setSpacing(space(1))
    for line in part.lines[:_SHOWN]:
        lines.addWidget(paragraph(line))
    if (more := len(part.lines) - _SHOWN) > 0:
        words = ngettext("and {count} more", "and {count} more", more).format(count=thousands(more))
        lines.addWidget(paragraph(words, "quiet"))
    inside.column.addWidget(card)
