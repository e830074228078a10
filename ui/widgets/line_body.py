"""The parts of a prospect's line: the chart, the table beside it in words, and what changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.line import Years
from fitcheck.domain.moved import Moved, moved
from fitcheck.i18n import N_, _
from reports.line_chart import line_chart
from reports.line_words import (
    Row,
    headings,
    pile_lines,
    summary_text,
    table_rows,
    unfinished_text,
    way_lines,
    years_text,
)
from reports.moved_words import moved_lines
from reports.words import date_text
from ui.theme import Theme, set_role, space
from ui.widgets.change_list import SentenceList
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.column import Column, scrolling
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_tip import name_key
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.text import paragraph

_ROWS = 7
"""As many rows of the table are seen at once."""

_SHOWN = 8

NO_CHART = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

BUTTONS = {
    "open_prospect": (N_("Show the prospect"), "P"),
    "agenda": (N_("Follow-ups"), "Ctrl+6"),
    "check_up": (N_("Check up"), "C"),
    "again": (N_("Assess again"), "A"),
}


class PointTable(QTableWidget):
    """``opened`` asks for the assessment of the current row."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(headings()))
        self.setAccessibleName(_("Every point of the line"))
        self.setHorizontalHeaderLabels(list(headings()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.itemDoubleClicked.connect(self.opened)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate((date_text(row.on), row.what, row.said, *row.scores)):
                item = QTableWidgetItem(text)
                item.setToolTip("")
                self.setItem(number, column, item)
        height = self.fontMetrics().height() + space(4)
        self.verticalHeader().setDefaultSectionSize(height)
        shown = min(max(len(rows), 1), _ROWS)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + shown * height + 2 * self.frameWidth() + space(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the page's keys."""


class LineBody(QWidget):
    """``buttons`` are by the names of what they do; the page connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.years: Years | None = None
        self.rows: tuple[Row, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        self.name = ElidedLabel("", "title")
        self.summary = label("", "quiet")
        self.chart = ChartView(widest=space(280))
        self.table = PointTable()
        self.unfinished = paragraph(role="quiet")
        self.changed: QWidget | None = None
        self.first_button = QPushButton(_("Assess again"))
        self.list_button = QPushButton(_("To the prospects"))
        name_key(self.first_button, "A")
        name_key(self.list_button, "Esc")
        for first in (self.first_button, self.list_button):
            set_role(first, "primary")
        for name, (caption, key) in BUTTONS.items():
            button = self.buttons[name] = QPushButton(_(caption))
            button.setToolTip(f"{_(caption)} ({key})")
        set_role(self.buttons["again"], "primary")
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self.name, 1)
        head.addWidget(self.summary, 0, Qt.AlignmentFlag.AlignBottom)
        for button in self.buttons.values():
            head.addWidget(button)
        inside = Column(space(4))
        inside.column.setContentsMargins(0, 0, space(3), space(3))
        for part in (self.chart, self.unfinished, self.table):
            inside.column.addWidget(part)
        inside.column.addWidget(
            paragraph(
                _("Choose a row to read what changed since the one before, two to compare those."),
                "quiet",
            )
        )
        inside.column.addStretch(1)
        self.inside = inside
        self.area = scrolling(inside)
        empty = EmptyState(
            _("No line yet"),
            _(
                "Here stands how chemistry, trust and the nature of the problem moved over the "
                "years, with what was decided and each check-up. The line begins with the first "
                "assessment that is finished."
            ),
            self.first_button,
        )
        nobody = EmptyState(
            _("Nobody is chosen"),
            _("A line is about one prospect: choose somebody in the list, then “Over the years”."),
            self.list_button,
        )
        self.views = QStackedWidget()
        for view in (self.area, empty, nobody):
            self.views.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(3))
        layout.setSpacing(space(4))
        layout.addLayout(head)
        layout.addWidget(self.views, 1)

    def show_years(self, years: Years, theme: Theme) -> None:
        """Show this line, its newest point chosen."""
        self.years = years
        self.name.setText(years.name)
        self.summary.setText(summary_text(years))
        hidden = unfinished_text(years)
        self.unfinished.setText(hidden)
        self.unfinished.setVisible(bool(hidden))
        self.views.setCurrentIndex(0 if years.points else 1)
        for name, button in self.buttons.items():
            button.setVisible(bool(years.points) or name not in ("again", "check_up"))
        self.rows = table_rows(years)
        self.restyle(theme)
        self.table.blockSignals(True)
        self.table.clearSelection()
        self.table.show_rows(self.rows)
        newest = [number for number, row in enumerate(self.rows) if row.point is not None]
        if newest:
            self.table.selectRow(newest[-1])
        self.table.blockSignals(False)
        self._show_changed()

    def show_nobody(self) -> None:
        """Show no line, and keep nothing of the last one."""
        self.years, self.rows = None, ()
        self.name.setText(_("Over the years"))
        self.summary.setText("")
        self.table.show_rows(())
        self.chart.show_chart(NO_CHART, _("Over the years"), "")
        self.views.setCurrentIndex(2)
        for button in self.buttons.values():
            button.hide()
        self._show_changed()

    def restyle(self, theme: Theme) -> None:
        """Draw the chart in the theme's colours."""
        if self.years is not None and self.years.points:
            svg = line_chart(self.years, chart_colours(theme, theme.window))
            self.chart.show_chart(svg, _("Over the years"), years_text(self.years))

    def take_focus(self) -> None:
        (self.table, self.first_button, self.list_button)[self.views.currentIndex()].setFocus()

    def current_assessment(self) -> int | None:
        """The assessment of the current row; ``None`` where that is a decision."""
        row = self.table.currentRow()
        point = self.rows[row].point if 0 <= row < len(self.rows) else None
        return None if point is None or self.years is None else self.years.ids[point]

    def chosen_points(self) -> tuple[int, ...]:
        """The numbers of the points whose rows are chosen, oldest first."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        points = (self.rows[row].point for row in rows)
        return tuple(sorted(point for point in points if point is not None))

    def _show_changed(self) -> None:
        """Say in words what changed between the two points that are chosen."""
        if self.changed is not None:
            self.changed.hide()
            self.changed.setParent(None)
            self.changed.deleteLater()
            self.changed = None
        chosen = self.chosen_points()
        if self.years is None or not chosen:
            return
        points = self.years.points
        last = points[chosen[-1]]
        what: Moved | None = last.moved
        if len(chosen) > 1:
            what = moved(points[chosen[0]].judged, last.judged)
        self.changed = _Changed(what, pile_lines(last))
        self.inside.column.insertWidget(self.inside.column.count() - 1, self.changed)


class _Changed(QWidget):
    """What moved, in sentences, and what the inquiry came to."""

    def __init__(self, what: Moved | None, piles: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        if what is None:
            layout.addWidget(paragraph(_("This is where the line begins."), "quiet"))
        else:
            lines = moved_lines(what)
            layout.addWidget(label(lines.heading, "heading"))
            for sentence in (*lines.sentences, *way_lines(what)):
                layout.addWidget(paragraph(sentence))
            for heading, found in (
                (lines.answers_heading, lines.answers),
                (lines.deal_breakers_heading, lines.deal_breakers),
            ):
                if found:
                    layout.addWidget(SentenceList(heading, list(found), _SHOWN))
        for heading, items in piles:
            layout.addWidget(SentenceList(heading, list(items), _SHOWN))
