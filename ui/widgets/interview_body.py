"""The parts of the interview's page and where they stand, whatever room there is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fitcheck.interview import Interview
from ui.tab_order import in_order
from ui.theme import Theme, space
from ui.widgets.ask_card import AskCard
from ui.widgets.asking import forming_sentence
from ui.widgets.column import Column, scrolling
from ui.widgets.conversation_panel import ConversationPanel
from ui.widgets.interview_bars import InterviewFoot, InterviewHead
from ui.widgets.kept_field import KeptField
from ui.widgets.outline import Outline, axis_legend
from ui.widgets.question_card import QuestionCard
from ui.widgets.standing import carried_here, outline, place_words, totals_shown
from ui.widgets.text import paragraph
from ui.widgets.totals_panel import PeekCard, TotalsPanel

# Widths in quarters of the text's height: the outline, what a question needs, the panel beside it.
_OUTLINE = 64
_QUESTION = 165
_PANEL = 82
_PANEL_WITH_TOTALS = 125
_LONGER = 20

_LOW = 130
"""The height, in the same measure, below which head and foot share one line."""


class InterviewBody(QWidget):
    """The outline, the question, and beside it what to ask next, the totals and the conversation.

    Where there is little room (a small screen, or large text) the outline goes first, then the
    panel moves under the question and scrolls with it, and the head goes down into the foot. The
    question and its five answers are the last to go out of sight. The text is never cut.
    """

    def __init__(self, theme: Theme, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._quiet = False
        self.head = InterviewHead(clock)
        self.foot = InterviewFoot()
        self.outline = Outline(theme)
        self.card = QuestionCard(theme)
        self.ask_card = AskCard()
        self.totals = TotalsPanel(theme)
        self.panel = ConversationPanel()
        self._left = QWidget()
        self._main = Column(gap=space(5))
        self._main.column.addWidget(self.card)
        self.card_area = scrolling(self._main)
        self.card_area.viewport().installEventFilter(self)
        self._side = Column(gap=space(3))
        self._side.column.setContentsMargins(0, 0, space(2), 0)
        self._side.column.addWidget(self.ask_card)
        self._side.column.addWidget(self.totals)
        self._side.column.addWidget(self.panel)
        self._side.column.addStretch(1)
        self.panel_area = scrolling(self._side)
        self._lay_out()
        self.peek_card = PeekCard(theme, self)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(space(5), space(3), space(5), space(3))
        column.setSpacing(space(3))
        column.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setSpacing(space(5))
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(space(1))
        left.addWidget(self.outline, 1)
        legend = paragraph(axis_legend(), "quiet")
        # Or it would ask for the height that it needs in the narrowest of columns.
        legend.setMinimumWidth(space(_OUTLINE))
        left.addWidget(legend)
        middle.addWidget(self._left)
        middle.addWidget(self.card_area, 1)
        middle.addWidget(self.panel_area)
        column.addLayout(middle, 1)
        self._bottom = QHBoxLayout()
        self._bottom.setSpacing(space(3))
        self._bottom.addWidget(self.foot, 1)
        column.addLayout(self._bottom)

    # Showing

    def show_interview(self, interview: Interview, today: dt.date, *, quiet: bool = False) -> None:
        """Show all of it as it stands now but for the totals; the focus stays where it is.

        With ``quiet`` only the question and the notes, until it is shown again without.
        """
        self._quiet = quiet
        question = interview.question
        answer = interview.answer(question.id)
        self.card.show_question(
            question,
            answer,
            interview.assessment.form,
            quiet=quiet,
            carried="" if quiet else carried_here(interview),
            place=place_words(interview),
        )
        self.card.fit(self.card_area.viewport().size())
        self.outline.show_lines(() if quiet else outline(interview))
        self.panel.show_interview(interview, today)
        self.head.show_interview(interview, quiet=quiet)
        self.foot.show_interview(interview, quiet=quiet)

    def show_totals(self, interview: Interview, *, preferred: bool, peeking: bool) -> None:
        """The totals in the panel, or over the page for as long as someone peeks, or nowhere."""
        allowed = totals_shown(finished=interview.finished, preferred=preferred, peeking=False)
        in_panel = allowed and not self._quiet
        over = peeking and not allowed and not self._quiet
        view = self.totals if in_panel else self.peek_card
        if in_panel or over:
            sentence = forming_sentence(interview)
            view.show_totals(interview.judgement, interview.policy, sentence)
        if not in_panel:
            self.totals.hide_totals()
        if over:
            self.panel_area.verticalScrollBar().setValue(0)
            self._place_peek()
        else:
            self.peek_card.clear()
        self.peek_card.setVisible(over)
        self._make_room()

    @Slot()
    def show_from_top(self) -> None:
        """Bring the question's first line into sight, unless one is writing further down."""
        if not isinstance(self.window().focusWidget(), KeptField):
            self.card_area.verticalScrollBar().setValue(0)

    @Slot(object)
    def show_field(self, field: QWidget) -> None:
        """Bring a field of the question into sight."""

        def show() -> None:
            # One that has just been opened has its place only once the layouts have run, each of
            # which gives the next one something to do.
            for _layout in range(3):
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            # All of it: left to itself, the area would show the cursor's line alone.
            top = field.mapTo(self._main, QPoint(0, 0)).y()
            for y in (top + field.height(), top):
                self.card_area.ensureVisible(0, y, 0, space(1))

        QTimer.singleShot(0, field, show)

    def place(self) -> dict[str, str]:
        """The field that is being typed in by its name, and where in it the cursor stands."""
        for name, field in self._fields().items():
            if field is self.window().focusWidget():
                return {"field": name, "cursor": str(field.textCursor().position())}
        return {}

    def stand_at(self, place: Mapping[str, str]) -> None:
        """Put the cursor back to where it stood, as far as there is such a field and place."""
        field = self._fields().get(place.get("field", ""))
        if field is None:
            return
        if field is self.card.note:
            self.card.open_note()
        elif field is self.card.quote:
            self.card.open_quote()
        field.setFocus()
        cursor = field.textCursor()
        position = place.get("cursor", "")
        end = len(field.toPlainText())
        cursor.setPosition(min(int(position), end) if position.isdecimal() else end)
        field.setTextCursor(cursor)

    def _fields(self) -> dict[str, KeptField]:
        card, panel = self.card, self.panel
        return {
            "note": card.note,
            "quote": card.quote,
            "words": panel.words,
            "heard": panel.heard,
            "presented": panel.presented,
            "now": panel.now,
            "next": panel.next_what,
        }

    def flush(self) -> None:
        """Have what is being typed anywhere kept now."""
        self.card.flush()
        self.panel.flush()

    def restyle(self, theme: Theme) -> None:
        self.outline.restyle(theme)
        self.card.restyle(theme)
        self.totals.restyle(theme)
        self.peek_card.restyle(theme)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(self.height() < space(_LOW))
        self._make_room()
        # By now the layout has given the question its new room.
        self.card.fit(self.card_area.viewport().size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.card_area.viewport() and event.type() == QEvent.Type.Resize:
            self.card.fit(self.card_area.viewport().size())
        return super().eventFilter(watched, event)

    def _set_low(self, low: bool) -> None:
        if low is self.head.compact:
            return
        if low:
            self._column.removeWidget(self.head)
            self._bottom.insertWidget(0, self.head)
        else:
            self._bottom.removeWidget(self.head)
            self._column.insertWidget(0, self.head)
        self.head.set_compact(low)
        self.foot.set_compact(low)
        aside, above = (2, 1) if low else (5, 3)
        self._column.setContentsMargins(space(aside), space(above), space(aside), space(above))
        self._column.setSpacing(space(above))
        self._set_tab_order()

    def _panel_width(self) -> int:
        """A little more than usual where a language has longer words."""
        usual = space(_PANEL_WITH_TOTALS if self.totals.shown else _PANEL)
        bar = self.panel_area.verticalScrollBar().sizeHint().width()
        return max(usual, min(self._side.minimumSizeHint().width() + bar, usual + space(_LONGER)))

    def _make_room(self) -> None:
        width = self.width()
        panel = self._panel_width()
        beside = width >= space(_QUESTION) + panel
        roomy = width >= space(_OUTLINE + _QUESTION) + panel
        self._left.setVisible(roomy and not self._quiet)
        self._left.setFixedWidth(space(_OUTLINE))
        self.panel_area.setFixedWidth(panel)
        if beside and self.panel_area.widget() is None:
            self._main.column.removeWidget(self._side)
            self.panel_area.setWidget(self._side)
            self._set_tab_order()
        elif not beside and self.panel_area.widget() is not None:
            self.panel_area.takeWidget()
            self._main.column.addWidget(self._side)
            self._set_tab_order()
        self.panel_area.setVisible(beside and not self._quiet)
        self._side.setHidden(self._quiet)
        if self.peek_card.isVisible():
            self._place_peek()

    def _set_tab_order(self) -> None:
        in_order(self.head, self._left, self.card, self._side, self.foot)

    def _place_peek(self) -> None:
        button = self.totals.peek_button
        below = button.mapTo(self, button.rect().bottomLeft()).y() + space(2)
        self.peek_card.lie_over(self.width() - space(5), below, self.height() - space(2))
