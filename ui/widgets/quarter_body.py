"""The page of a quarter: its figures beside those of the quarter before, by event and by source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fitcheck.comparison_words import counts_cells, group_name, quarter_name
from fitcheck.domain.quarter import Counts, Group, Quarter
from fitcheck.domain.report import QuarterSheet
from fitcheck.i18n import _, current_language, thousands
from fitcheck.quarters import EARLIEST
from reports.pages import page_sizes
from reports.quarter_view import cell, fitting, grouped, headings, lead, notes, quarter_csv, totals
from ui import messages
from ui.context import Context
from ui.jobs import Job
from ui.outgoing import Document, Outgoing
from ui.press import Ticket
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.labels import label, plain_tool_tip
from ui.widgets.pdf_output import write_whole
from ui.widgets.text import paragraph
from ui.widgets.working import Working

_MOST = 40
"""Events or sources that are shown. The others are added up; what is saved as CSV has them all."""

_COUNT = 24
"""How wide a count is, in units of ``space``."""


class _Figures(QTableWidget):
    """Events or sources with their counts; the name takes what room is left."""

    def __init__(self, name: str) -> None:
        super().__init__(0, 6)
        self.setAccessibleName(name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(across.ResizeMode.Fixed)
        across.setSectionResizeMode(0, across.ResizeMode.Stretch)
        self.setHorizontalHeaderLabels([name, *headings()])
        for column in range(6):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            if column:
                self.setColumnWidth(column, space(_COUNT))

    def show_groups(self, groups: Sequence[Group]) -> None:
        self.setRowCount(len(groups))
        for row, group in enumerate(groups):
            name = " ".join(group_name(group.name).split())
            first = QTableWidgetItem(name)
            first.setToolTip(plain_tool_tip(name))
            self.setItem(row, 0, first)
            now, before = _numbers(group.now), _numbers(group.before)
            for column, (one, earlier) in enumerate(zip(now, before, strict=True), start=1):
                item = QTableWidgetItem(cell(one, earlier))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(len(groups)))
        edges = 2 * self.frameWidth() + space(1)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + edges)
        if groups:
            self.setCurrentCell(0, 0)


class QuarterBody(QWidget):
    """Counts in a job; what is printed and saved is what is shown. ``back`` leaves the page."""

    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.quarter = context.fitcheck.quarters.current
        self.sheet: QuarterSheet | None = None
        self._job: Job | None = None
        self._ticket: Ticket | None = None
        self.out = Outgoing(self)
        self.name = label("", "title")
        self.lead = label("", "quiet")
        self.before_button = QPushButton(_("Before"))
        self.before_button.setAccessibleName(_("The quarter before"))
        self.before_button.setToolTip(_("The quarter before (Alt+←)"))
        self.after_button = QPushButton(_("After"))
        self.after_button.setAccessibleName(_("The quarter after"))
        self.after_button.setToolTip(_("The quarter after (Alt+→)"))
        self.print_button = QPushButton(_("Pr&int…"))
        self.print_button.setToolTip("Ctrl+P")
        self.save_button = QPushButton(_("&Save as PDF…"))
        self.save_button.setToolTip("Ctrl+S")
        self.csv_button = QPushButton(_("Save as &CSV…"))
        self.csv_button.setToolTip("Ctrl+Shift+S")
        self.back_button = QPushButton(_("To the track record"))
        self.back_button.setToolTip("Esc")
        self.working = Working()
        self.counts: dict[str, tuple[QLabel, QLabel]] = {}
        self.tables = {name: _Figures(name) for name in (_("By event"), _("By source"))}
        self.nothing = paragraph(
            _("Nothing happened in this quarter or in the one before: nobody was added, decided "
              "about or referred."),
            "quiet",
        )  # fmt: skip
        self._lay_out()
        self._connect()

    # The parts

    def _lay_out(self) -> None:
        for button in (self.before_button, self.after_button, self.back_button):
            set_role(button, "plain")
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.name)
        titles.addWidget(self.lead)
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addLayout(titles)
        head.addStretch(1)
        for button in (self.before_button, self.after_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addSpacing(space(3))
        for button in (self.print_button, self.save_button, self.csv_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        inner = Column(space(3))
        column = inner.column
        column.setContentsMargins(0, 0, space(2), space(4))
        column.addWidget(self._totals())
        column.addWidget(self.nothing)
        for table in self.tables.values():
            column.addSpacing(space(1))
            column.addWidget(table)
        column.addSpacing(space(1))
        for text in notes():
            column.addWidget(paragraph(text, "quiet"))
        column.addStretch(1)
        area = scrolling(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.addWidget(self.working, 1)
        foot.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(3))
        layout.setSpacing(space(3))
        layout.addLayout(head)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        in_order(
            *(self.before_button, self.after_button, self.print_button, self.save_button),
            *(self.csv_button, *self.tables.values(), self.back_button),
        )

    def _totals(self) -> QWidget:
        """Five figures beside each other, with those of the quarter before below."""
        card = QFrame()
        set_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(space(6), space(4), space(6), space(4))
        grid.setVerticalSpacing(space(0.5))
        for column, heading in enumerate(headings()):
            now, before = label("", "title"), label("", "quiet")
            now.setAccessibleName(heading)
            grid.addWidget(label(heading, "heading"), 0, column)
            grid.addWidget(now, 1, column)
            grid.addWidget(before, 2, column)
            grid.setColumnStretch(column, 1)
            self.counts[heading] = now, before
        return card

    def _connect(self) -> None:
        self.before_button.clicked.connect(self.go_before)
        self.after_button.clicked.connect(self.go_after)
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save_sheet)
        self.csv_button.clicked.connect(self.save_csv)
        self.back_button.clicked.connect(self.back)

    # Which quarter

    def enter(self) -> None:
        self.show_quarter(self.quarter)
        self.before_button.setFocus()

    @Slot()
    def go_before(self) -> None:
        if self.quarter > EARLIEST:
            self.show_quarter(self.quarter.before)

    @Slot()
    def go_after(self) -> None:
        if self.quarter < self._context.fitcheck.quarters.current:
            self.show_quarter(self.quarter.after)

    def show_quarter(self, quarter: Quarter) -> None:
        """Count this quarter, and show it once that is done; until then what is shown stays."""
        self.drop()
        self.quarter = quarter
        self.name.setText(quarter_name(quarter))
        self.lead.setText(_("Counting…"))
        self._allow()
        fitcheck = self._context.fitcheck
        self.working.show_busy(True, _("Counting…"))
        self._job = self._context.jobs.run_job(
            lambda: fitcheck.quarters.sheet(quarter), self._show, self._failed
        )

    def drop(self) -> None:
        """Let go of what is being counted or made."""
        if self._job is not None:
            self._job.cancel()
        if self._ticket is not None:
            self._context.press.cancel(self._ticket)
        self._job = self._ticket = self.sheet = None
        self.working.show_busy(False)

    def _show(self, sheet: QuarterSheet) -> None:
        self._job, self.sheet = None, sheet
        self.working.show_busy(False)
        self.lead.setText(lead(sheet))
        for heading, now, before in totals(sheet):
            figure, earlier = self.counts[heading]
            figure.setText(thousands(now))
            earlier.setText(_("{number} the quarter before").format(number=thousands(before)))
        anything = False
        for heading, groups in grouped(sheet):
            self.tables[heading].show_groups(fitting(groups, _MOST))
            self.tables[heading].setVisible(bool(groups))
            anything = anything or bool(groups)
        self.nothing.setVisible(not anything)
        self._allow()

    def _failed(self, error: BaseException) -> None:
        self._job = self._ticket = None
        self.working.show_busy(False)
        if self.sheet is None:
            self.lead.setText(_("Not counted."))
        self._allow()
        happened = _("The page of the quarter could not be made.")
        kept = _("Nothing in your book was changed.")
        messages.tell(self.window(), messages.of_error(error, happened, kept))

    def _allow(self) -> None:
        there = self.sheet is not None and self._ticket is None
        for button in (self.print_button, self.save_button, self.csv_button):
            button.setEnabled(there)
        self.before_button.setEnabled(self.quarter > EARLIEST)
        self.after_button.setEnabled(self.quarter < self._context.fitcheck.quarters.current)

    # Onto paper, into a file

    @Slot()
    def print_sheet(self) -> None:
        """Make the page, ask for a printer, and print it."""
        self._make(self.out.print)

    @Slot()
    def save_sheet(self) -> None:
        """Make the page, ask where to, and save it."""
        self._make(lambda: self.out.save(_("Save the quarter")))

    def _make(self, then: Callable[[], object]) -> None:
        sheet, paper = self.sheet, self._context.fitcheck.preferences.paper
        if sheet is None or self._ticket is not None:
            return

        def made(pdf: bytes) -> None:
            self._ticket = None
            self.working.show_busy(False)
            self._allow()
            self.out.document = Document(
                sheet, paper, current_language(), pdf, len(page_sizes(pdf))
            )
            then()

        self.working.show_busy(True, _("Making the document…"))
        self._ticket = self._context.press.make(sheet, paper, made, self._failed)
        self._allow()

    @Slot()
    def save_csv(self) -> None:
        """Ask where to, and save the figures as a table."""
        if self.sheet is None:
            return
        quarter = self.sheet.now.quarter
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save the quarter as CSV"),
            f"FitCheck {quarter.year}-Q{quarter.number}.csv",
            _("Tables (*.csv)"),
        )
        if not chosen:
            return
        try:
            write_whole(Path(chosen), quarter_csv(self.sheet))
        except OSError as error:
            happened = _("The table was not saved as {path}.").format(path=chosen)
            kept = _("What was there before is as it was.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))


def _numbers(counts: Counts) -> tuple[int, ...]:
    return tuple(number for _heading, number in counts_cells(counts))
