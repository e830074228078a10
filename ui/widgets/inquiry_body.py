"""The parts of the inquiry's page: one prompt, large, and nothing that a prospect shouldn't read.

No figure, no evidence, no facet, and not why a prompt is asked: the words of ``why`` are in the
guide, for whoever reads over the shoulder is the one they speak of.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fitcheck.i18n import _
from fitcheck.inquiry import Inquiry, Pile
from reports.words import bank_text
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.flow import FlowLayout
from ui.widgets.inquiry_fields import Piles, WordsField
from ui.widgets.inquiry_words import (
    PAUSE_KEY,
    PILE_KEYS,
    QUOTE_KEY,
    part_name,
    pile_name,
    time_words,
)
from ui.widgets.interview_bars import quiet_button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.text import keycap, paragraph, with_key


class PartsLine(QWidget):
    """The parts in their order with the time spent in each; the one that one is in stands out."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=space(6))
        self._blocks: dict[str, QWidget] = {}
        self.names: dict[str, QLabel] = {}
        self.times: dict[str, QLabel] = {}
        self._here = ""
        self._needed = 0

    def show_inquiry(self, inquiry: Inquiry) -> None:
        if tuple(self.names) != inquiry.parts:
            self._fill(inquiry.parts)
        self._here = inquiry.prompt.part
        for part in inquiry.parts:
            set_role(self.names[part], "asked-title" if part == self._here else "quiet")
            self.times[part].setText(time_words(inquiry.spent(part), inquiry.suggested(part)))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where they don't fit into a line, show the one part that one is in: the prompt counts."""
        alone = self.width() < self._needed
        for part, block in self._blocks.items():
            block.setVisible(not alone or part == self._here)

    def _fill(self, parts: tuple[str, ...]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for filled in (self._blocks, self.names, self.times):
            filled.clear()
        for part in parts:
            block = self._blocks[part] = QWidget()
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            self.names[part] = label(part_name(part), "asked-title")
            self.times[part] = label(time_words(0, 0), "quiet")
            column.addWidget(self.names[part])
            column.addWidget(self.times[part])
            # As wide as it is in bold, so that going on moves nothing.
            self.names[part].setMinimumWidth(self.names[part].sizeHint().width() + space(2))
            self._flow.addWidget(block)
        self._needed = self._flow.sizeHint().width()


class InquiryBody(QWidget):
    """Head, parts, prompt, field, the keys of what is said, the three lists, foot."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ElidedLabel(role="heading")
        self.clock = label("", "quiet")
        self.clock.setToolTip(_("Time altogether, of the time suggested"))
        self.undo_button = quiet_button(_("Undo"), _("Ctrl+Z"))
        self.redo_button = quiet_button(_("Redo"), _("Ctrl+Y or Ctrl+Shift+Z"))
        self.pause_button = quiet_button(_("Pause"), PAUSE_KEY)
        self.parts = PartsLine()
        self.say = paragraph(role="display")
        self.words = WordsField()
        self.put_buttons = {pile: quiet_button(pile_name(pile), role="") for pile in Pile}
        self.quote_button = quiet_button(_("To a question…"), role="")
        self.piles = Piles()
        self.back_button = quiet_button(_("Back"), _("Page Up"), role="")
        self.next_button = quiet_button(_("Next"), _("Page Down or Ctrl+Enter"), role="primary")
        self.said = ElidedLabel(role="quiet")
        self.leave_button = quiet_button(_("Back to the interview"), _("Esc"), role="")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(space(8), space(4), space(8), space(3))
        column.setSpacing(space(4))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self.name, 1)
        head.addWidget(self.clock)
        for button in (self.pause_button, self.undo_button, self.redo_button):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.parts)
        inside = self._inside = Column(gap=space(4))
        inside.column.setContentsMargins(2, 0, space(3), 2)
        inside.column.addWidget(self.say)
        inside.column.addWidget(self.words)
        row = QWidget()
        flow = FlowLayout(row, gap=space(4))
        for pile, button in self.put_buttons.items():
            flow.addWidget(with_key(PILE_KEYS[pile], button))
        flow.addWidget(with_key(QUOTE_KEY, self.quote_button))
        inside.column.addWidget(row)
        inside.column.addWidget(self.piles, 1)
        self.area = scrolling(inside)
        column.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addWidget(keycap("PgUp"))
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        foot.addWidget(keycap("PgDn"))
        foot.addSpacing(space(2))
        foot.addWidget(self.said, 1)
        foot.addWidget(keycap("Esc"))
        foot.addWidget(self.leave_button)
        column.addLayout(foot)

    def show_inquiry(self, inquiry: Inquiry, name: str) -> None:
        """Show all of it as it stands now; the focus stays where it is."""
        self.name.setText(name)
        self.say.setText(bank_text(inquiry.say))
        self._fit()
        self.words.show_text(inquiry.words)
        self.piles.show_items({pile: inquiry.items(pile) for pile in Pile})
        self.back_button.setEnabled(inquiry.number > 0)
        self.next_button.setEnabled(inquiry.number < len(inquiry.prompts) - 1)
        self.show_time(inquiry)

    def show_time(self, inquiry: Inquiry) -> None:
        self.parts.show_inquiry(inquiry)
        self.clock.setText(time_words(inquiry.spent(), inquiry.suggested()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the prompt a size smaller where the field beneath it would else be out of sight."""
        room = self.area.viewport().size()
        set_role(self.say, "display")
        if self._inside.column.totalHeightForWidth(room.width()) > room.height():
            set_role(self.say, "title")

    def show_paused(self, paused: bool) -> None:
        self.pause_button.setText(_("Go on") if paused else _("Pause"))

    def take_focus(self) -> None:
        """Put the cursor to the end of what is being typed, with the prompt in sight."""
        self.area.verticalScrollBar().setValue(0)
        self.words.setFocus()
        self.words.moveCursor(QTextCursor.MoveOperation.End)
