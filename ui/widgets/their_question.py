"""One question of the prospect's form, as large as the screen allows without scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme, space
from ui.widgets.answer_list import AnswerList
from ui.widgets.column import Column
from ui.widgets.text import paragraph

_SIZES = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.92, 0.85, 0.78)
"""How large the answers may be beside the application's text, the largest first."""

_QUESTION = 1.4
"""How much larger the question is than its answers."""

_WIDEST = 300


def enlarged(times: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's type, so many times as large."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * times)
    font.setWeight(weight)
    return font


class _Area(QScrollArea):
    """Leaves every key to the page: the arrows turn it, and nothing is to be scrolled."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class TheirQuestion(QWidget):
    """``texts`` are all questions with their answers: each is shown in the size that fits all.

    Only where even the smallest size has no room does it scroll.
    """

    def __init__(self, theme: Theme, texts: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        super().__init__()
        self._texts = texts
        self._number = 0
        self.say = paragraph("", "")
        self.answers = AnswerList(theme)
        inner = Column(gap=space(3))
        inner.column.addStretch(1)
        inner.column.addWidget(self.say)
        inner.column.addWidget(self.answers)
        inner.column.addStretch(2)
        inner.setMaximumWidth(space(_WIDEST))
        across = QWidget()
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        whole = Column()
        whole.column.addWidget(across)
        self.area = _Area()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(whole)
        for part in (self.area.viewport(), whole):
            part.setAutoFillBackground(False)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.show_question(0)

    def show_question(self, number: int) -> None:
        """Show the question with that number, from its top, and none of its answers chosen."""
        self._number = number
        say, answers = self._texts[number]
        self.say.setText(say)
        self.answers.show_answers(say, answers, answers)
        self.area.verticalScrollBar().setValue(0)

    def fit(self) -> None:
        """Find the largest size in which no question needs to scroll."""
        room = self.area.viewport().size()
        if room.width() <= 0 or room.height() <= 0:
            return
        width = min(room.width(), space(_WIDEST))
        number = self._number
        level = self.answers.level
        for size in _SIZES:
            self._set_size(size)
            if self._highest(width) <= room.height():
                break
        self.show_question(number)
        self.answers.show_level(level)

    def _set_size(self, size: float) -> None:
        # Row by row: the style sheet keeps a row from following what holds it.
        for row in self.answers.rows:
            row.setFont(enlarged(size))
        self.say.setFont(enlarged(size * _QUESTION, QFont.Weight.Medium))

    def _highest(self, width: int) -> int:
        """What the highest of all questions needs at this width."""
        highest = 0
        layout = self.answers.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        across = width - margins.left() - margins.right()
        gaps = layout.spacing() * (len(self.answers.rows) - 1)
        for say, answers in self._texts:
            self.say.setText(say)
            self.answers.show_answers(say, answers, answers)
            rows = sum(row.heightForWidth(across) for row in self.answers.rows)
            needed = self.say.heightForWidth(width) + space(3) + rows + gaps
            highest = max(highest, needed + margins.top() + margins.bottom())
        return highest
