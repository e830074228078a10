"""The track record as one sheet: made anew whenever something about it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.record import Record
from fitcheck.domain.track_record import CLAIMS_FROM, Figures
from fitcheck.i18n import _
from reports import record_words, words
from reports.record_chart import murphy_chart, murphy_text, reliability_chart, reliability_text
from ui.theme import Theme, space
from ui.widgets.change_list import SentenceList
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.column import Column
from ui.widgets.text import paragraph
from ui.widgets.verdict_parts import section

_ROOMY = 290
"""How wide the sheet must be, in units of ``space``, for two columns."""


class RecordSheetView(Column):
    """What is found, how sure that is, and what it can't say."""

    def __init__(self, record: Record, theme: Theme) -> None:
        super().__init__(gap=space(5))
        self.column.setContentsMargins(space(8), space(3), space(8), space(6))
        self._theme = theme
        self._rows: list[QBoxLayout] = []
        self.tables: list[QTableWidget] = []
        track = record.track
        self.sentence = paragraph(record_words.finding_sentence(track), "display")
        self.meaning = paragraph(record_words.finding_meaning(track))
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.meaning)
        if track.figures is None:
            counted = _("{outcomes}, of {needed} that are needed.").format(
                outcomes=record_words.outcomes_text(track), needed=CLAIMS_FROM
            )
            self.column.addWidget(paragraph(counted, "heading"))
        else:
            self._show_figures(record, track.figures)
        self.cautions = SentenceList(_("What this can’t say"), list(record_words.cautions(record)))
        self.column.addWidget(self.cautions)
        self.column.addStretch(1)

    def make_room(self, width: int) -> None:
        """Two columns where there is room for them."""
        beside = width >= space(_ROOMY)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(across if beside else down)

    def _show_figures(self, record: Record, figures: Figures) -> None:
        track = record.track
        counted = f"{record_words.outcomes_text(track)}."
        self.column.addWidget(
            paragraph(" ".join((counted, *record_words.brier_sentences(figures))))
        )
        diagram = ChartView(widest=space(130))
        colours = chart_colours(self._theme, self._theme.window)
        diagram.show_chart(
            reliability_chart(figures, colours),
            record_words.diagram_title(),
            reliability_text(figures),
        )
        points = _together(
            self._table(
                record_words.diagram_title(),
                record_words.diagram_headings(),
                map(record_words.diagram_row, figures.diagram),
            ),
            paragraph(record_words.diagram_note(), "quiet"),
        )
        self._section(record_words.diagram_title(), diagram, points)
        bars = ChartView(widest=space(130))
        bars.show_chart(
            murphy_chart(figures, colours), _("What the score is made of"), murphy_text(figures)
        )
        meanings = [
            paragraph(f"{name}. {meaning}")
            for name, _value, meaning in record_words.murphy_rows(figures)
        ]
        rest = paragraph(record_words.murphy_sentence(figures), "quiet")
        self._section(_("What the score is made of"), bars, _together(*meanings, rest))
        advised = _("Who had advised what, and what came of it")
        self.column.addWidget(
            section(
                advised,
                _together(
                    self._table(
                        advised,
                        record_words.adviser_headings(),
                        (record_words.adviser_row(*each) for each in record_words.advisers(track)),
                    ),
                    paragraph(record_words.advisers_note(), "quiet"),
                ),
            )
        )
        axes = self._table(
            _("By axis"),
            record_words.telling_headings(_("By axis")),
            (
                record_words.telling_row(words.axis_name(axis), each)
                for axis, each in track.axes.items()
            ),
        )
        evidence = self._table(
            _("By evidence"),
            record_words.telling_headings(_("By evidence")),
            (
                record_words.telling_row(words.evidence_name(tag), each)
                for tag, each in track.evidence.items()
            ),
        )
        self._section(_("What told the good from the others"), _together(axes), _together(evidence))
        self.column.addWidget(paragraph(record_words.telling_note(), "quiet"))

    def _section(self, title: str, left: QWidget, right: QWidget) -> None:
        inside = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(8))
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self._rows.append(row)
        self.column.addWidget(section(title, inside))

    def _table(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> QTableWidget:
        """A small table that shows all of itself."""
        found = list(rows)
        table = QTableWidget(len(found), len(headings))
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels(list(headings))
        for down, row in enumerate(found):
            for across, text in enumerate(row):
                table.setItem(down, across, QTableWidgetItem(text))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setCornerButtonEnabled(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        down_header, across_header = table.verticalHeader(), table.horizontalHeader()
        down_header.hide()
        height = self.fontMetrics().height() + space(4)
        down_header.setDefaultSectionSize(height)
        across_header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        across_header.setHighlightSections(False)
        across_header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across_header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight(len(found) * height + across_header.sizeHint().height() + space(2))
        self.tables.append(table)
        return table


def _together(*parts: QWidget) -> QWidget:
    """Parts under each other, as high as they need to be."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(2))
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return made
