"""The marks of one engagement: when, the four of them, and words of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.outcome import Occasion, Sign, match_of
from fitcheck.i18n import _
from reports.record_words import (
    decided_sentence,
    marked_sentence,
    occasion_name,
    outcome_rule,
    sign_name,
)
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.column import Column
from ui.widgets.labels import label
from ui.widgets.text import paragraph, with_key


@dataclass(frozen=True)
class Marks:
    """What is chosen of somebody."""

    occasion: Occasion
    signs: frozenset[Sign] = frozenset()
    words: str = ""


def kept_marks(engagement: Engagement, occasion: Occasion) -> Marks:
    """The marks to begin with: those that count already where one marks again."""
    mine = [each for each in engagement.outcomes if each.occasion is occasion]
    return Marks(occasion, mine[-1].signs, mine[-1].words) if mine else Marks(occasion)


class MarksForm(Column):
    """``edited``: something else is chosen; ``occasion_asked``: another occasion is wanted;
    ``keep_asked``: what is chosen is to be kept.
    """

    edited = Signal()
    occasion_asked = Signal(str)
    keep_asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=space(3))
        self._showing = False
        self.name = label("", "title", wrap=True)
        self.decided = paragraph()
        self.earlier = paragraph(role="quiet")
        self.occasions = {
            occasion: Chip(occasion_name(occasion), _("Key: {key}").format(key="O"))
            for occasion in Occasion
        }
        self.boxes = {sign: QCheckBox(sign_name(sign)) for sign in Sign}
        self.rule = paragraph(role="heading")
        self.words = QPlainTextEdit()
        self.keep_button = QPushButton(_("Keep these marks"))
        self._lay_out()
        for occasion, chip in self.occasions.items():
            chip.clicked.connect(lambda _on=False, of=occasion: self.occasion_asked.emit(of.value))
        for box in self.boxes.values():
            box.toggled.connect(self._edited)
        self.words.textChanged.connect(self._edited)
        self.keep_button.clicked.connect(self.keep_asked)

    def _lay_out(self) -> None:
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("In your own words"))
        self.words.setPlaceholderText(_("In your own words: what came of it? (W)"))
        self.words.setMinimumHeight(space(18))
        self.words.setMaximumHeight(space(30))
        set_role(self.keep_button, "primary")
        self.keep_button.setToolTip(_("Ctrl+Enter"))
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(space(6), space(5), space(6), space(5))
        inside.setSpacing(space(2.5))
        inside.addWidget(self.name)
        inside.addWidget(self.decided)
        inside.addWidget(self.earlier)
        when = QHBoxLayout()
        when.setSpacing(space(2))
        for chip in self.occasions.values():
            when.addWidget(chip)
        when.addStretch(1)
        inside.addLayout(when)
        inside.addWidget(label(_("What can be observed?"), "heading"))
        for number, box in enumerate(self.boxes.values(), start=1):
            row = QHBoxLayout()
            row.addWidget(with_key(str(number), box))
            row.addStretch(1)
            inside.addLayout(row)
        inside.addWidget(self.rule)
        inside.addWidget(self.words)
        keeping = QHBoxLayout()
        keeping.addStretch(1)
        keeping.addWidget(self.keep_button)
        self.column.addWidget(card)
        self.column.addLayout(keeping)
        self.column.addStretch(1)

    def show_engagement(self, engagement: Engagement) -> None:
        """Show whose marks these are, and what was marked of them before."""
        self.name.setText(engagement.name)
        self.decided.setText(decided_sentence(engagement))
        before = [f"{marked_sentence(each)} {each.words}".strip() for each in engagement.outcomes]
        self.earlier.setText("\n".join(before))
        self.earlier.setVisible(bool(before))

    def clear(self) -> None:
        """Show nobody."""
        for line in (self.name, self.decided, self.earlier):
            line.clear()
        self.show_marks(Marks(Occasion.END))

    def show_marks(self, marks: Marks) -> None:
        """Choose these, which is not editing them."""
        self._showing = True
        for occasion, chip in self.occasions.items():
            chip.show_chosen(occasion is marks.occasion)
        for sign, box in self.boxes.items():
            box.setChecked(sign in marks.signs)
        self.words.setPlainText(marks.words)
        self._showing = False
        self._show_rule()

    def marks(self) -> Marks:
        """What is chosen now."""
        chosen = next(each for each, chip in self.occasions.items() if chip.isChecked())
        signs = frozenset(sign for sign, box in self.boxes.items() if box.isChecked())
        return Marks(chosen, signs, self.words.toPlainText())

    def toggle(self, number: int) -> None:
        """Set or clear the mark of that number, from 0."""
        box = list(self.boxes.values())[number]
        box.setFocus()
        box.toggle()

    def take_focus(self) -> None:
        next(iter(self.boxes.values())).setFocus()

    @Slot()
    def _edited(self) -> None:
        if not self._showing:
            self._show_rule()
            self.edited.emit()

    def _show_rule(self) -> None:
        signs = self.marks().signs
        self.rule.setText(outcome_rule(len(signs), match_of(signs)))
