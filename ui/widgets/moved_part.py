"""What moved since the last assessment, as a part of the verdict's sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from fitcheck.domain.moved import Moved
from reports.moved_chart import moved_chart
from reports.moved_words import axes_text, moved_lines
from ui.theme import Theme, space
from ui.widgets.change_list import SentenceList
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.labels import label, rule
from ui.widgets.text import paragraph

_SHOWN = 6
"""As many changed answers are shown at first."""


class MovedPart(QWidget):
    """The axes then and now, the recommendation, and which answers and deal-breakers changed."""

    def __init__(self, moved: Moved, theme: Theme) -> None:
        super().__init__()
        lines = moved_lines(moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(rule())
        layout.addWidget(label(lines.heading, "title"))
        for sentence in lines.sentences:
            layout.addWidget(paragraph(sentence))
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(space(8))
        self.chart = ChartView(widest=space(150))
        spoken = axes_text(moved)
        colours = chart_colours(theme, theme.window)
        self.chart.show_chart(moved_chart(moved, colours), lines.heading, spoken)
        self.row.addWidget(self.chart, 1)
        beside = QVBoxLayout()
        beside.setSpacing(space(3))
        for heading, found in (
            (lines.answers_heading, lines.answers),
            (lines.deal_breakers_heading, lines.deal_breakers),
        ):
            if found:
                beside.addWidget(SentenceList(heading, list(found), _SHOWN))
        beside.addWidget(paragraph(spoken, "quiet"))
        beside.addStretch(1)
        self.row.addLayout(beside, 1)
        layout.addLayout(self.row)
