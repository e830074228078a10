"""What each column of a table holds: proposed, changed by a person, and seen in the first rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from fitcheck.contact_words import column_words
from fitcheck.domain.contact import Found
from fitcheck.exchange.contact_columns import Column, exporter_of
from fitcheck.exchange.contact_table import Table
from fitcheck.exchange.contacts_csv import preview, proposal
from fitcheck.i18n import _, quoted
from ui.contacts.step import Step
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label, titled
from ui.widgets.text import paragraph
from ui.widgets.unwheeled import unwheeled

_SAMPLES = 3
_LOOKED_AT = 30
_DOUBTFUL = 5
_NAMING = {Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME, Column.ORGANISATION, Column.EMAIL}


class ColumnsStep(Step):
    """``headings_asked`` wants the table read again, with or without headings.

    ``changed``: another column is taken for something.
    """

    headings_asked = Signal(bool)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None
        self.columns: tuple[Column, ...] = ()
        self.said = paragraph()
        self.doubt = fault_line()
        self.fault = fault_line()
        self.table = plain_table(_("Columns of the file"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.taken_for = QComboBox()
        for column in Column:
            self.taken_for.addItem(column_words(column), column)
        unwheeled(self.taken_for)
        title = titled(_("The chosen column &holds"), self.taken_for)
        self.taken_for.setAccessibleName(_("The chosen column holds"))
        self.headings = QCheckBox(_("The first &row is headings"))
        self.preview = plain_table(_("The first people"))
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(title)
        row.addWidget(self.taken_for)
        row.addStretch(1)
        row.addWidget(self.headings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2.5))
        layout.addWidget(self.said)
        layout.addWidget(self.doubt)
        layout.addWidget(self.table, 3)
        layout.addLayout(row)
        layout.addWidget(self.fault)
        layout.addWidget(label(_("The first people"), "heading"))
        layout.addWidget(self.preview, 2)
        self.table.itemSelectionChanged.connect(self._show_choice)
        self.taken_for.activated.connect(self._choose)
        self.headings.clicked.connect(self.headings_asked)

    @property
    def shown(self) -> Table:
        """The table that is shown."""
        assert self._table is not None
        return self._table

    @property
    def ready(self) -> bool:
        """Whether anybody can be found by these columns."""
        return bool(_NAMING & {*self.columns})

    def show_table(self, table: Table) -> None:
        """Show what is proposed for a table."""
        self._table = table
        self.headings.setChecked(any(table.headings))
        self.said.setText(_words_of(table))
        tell(self.doubt, _doubt(table))
        self.show_columns(proposal(table))
        self.table.setCurrentCell(0, 0)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show that these are taken for that."""
        table = self._table
        if table is None or len(columns) != len(table.headings):
            return
        self.columns = tuple(columns)
        fill(
            self.table,
            (_("In the file"), _("In the first rows"), _("Holds")),
            [
                (
                    heading or _("Column {number}").format(number=number),
                    _samples([row.cells[number - 1] for row in table.rows[:_LOOKED_AT]]),
                    column_words(column),
                )
                for number, (heading, column) in enumerate(
                    zip(table.headings, columns, strict=True), start=1
                )
            ],
            stretched=1,
            widest=60,
        )
        self._show_preview()

    def _show_preview(self) -> None:
        assert self._table is not None
        people = preview(self._table, self.columns) if self.ready else ()
        names = (_("Name"), _("Organisation"), _("Role"), _("E-mail"), _("Phone"), _("More"))
        fill(self.preview, names, list(map(_previewed, people)), stretched=5)
        tell(
            self.fault,
            ""
            if self.ready
            else _("No column holds a name, an organisation or an e-mail address yet."),
        )
        self.changed.emit()

    def _chosen(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    @Slot()
    def _show_choice(self) -> None:
        chosen = self._chosen()
        if chosen and chosen[0] < len(self.columns):
            self.taken_for.setCurrentIndex(list(Column).index(self.columns[chosen[0]]))

    @Slot(int)
    def _choose(self, index: int) -> None:
        column = list(Column)[index]
        rows = self._chosen()
        columns = list(self.columns)
        for row in rows:
            columns[row] = column
            self.table.setItem(row, 2, QTableWidgetItem(column_words(column)))
        self.columns = tuple(columns)
        self._show_preview()


def plain_table(name: str) -> QTableWidget:
    """A table to be read and chosen from, whole lines at a time."""
    made = QTableWidget()
    made.setAccessibleName(name)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setCornerButtonEnabled(False)
    made.verticalHeader().hide()
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return made


def fill(
    table: QTableWidget,
    headings: Sequence[str],
    lines: Sequence[Sequence[str]],
    stretched: int,
    widest: int = 45,
) -> None:
    """Let a table show these lines; the column ``stretched`` takes the room that is left.

    The others have at most ``widest``, in units of ``space``.
    """
    kept = max(0, table.currentRow())
    table.clear()
    table.setColumnCount(len(headings))
    table.setRowCount(len(lines))
    table.setHorizontalHeaderLabels(list(headings))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.setItem(row, column, QTableWidgetItem(" ".join(text.split())))
    across = table.horizontalHeader()
    across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    across.setHighlightSections(False)
    table.resizeColumnsToContents()
    for column in range(len(headings)):
        table.setColumnWidth(column, min(table.columnWidth(column), space(widest)))
    across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    across.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    if lines:
        table.setCurrentCell(min(kept, len(lines) - 1), 0)


def _words_of(table: Table) -> str:
    exporter = exporter_of(table.headings)
    known = _("This is an export of {program}.").format(program=exporter) + " " if exporter else ""
    return known + _(
        "Look whether each column is taken for what it holds. Whatever is left out is listed at "
        "the end."
    )


def _doubt(table: Table) -> str:
    """What to look at where the letters were guessed."""
    if not table.guessed:
        return ""
    cells = (cell for row in table.rows for cell in row.cells if not cell.isascii())
    words = dict.fromkeys(word for cell in cells for word in cell.split() if not word.isascii())
    shown = ", ".join(quoted(word[:30]) for word in list(words)[:_DOUBTFUL])
    return _(
        "The file doesn’t say how its letters are written; they were read as {charset}. Are these "
        "right? {words}"
    ).format(charset=table.charset, words=shown)


def _samples(cells: Sequence[str]) -> str:
    filled = dict.fromkeys(cell.strip() for cell in cells if cell.strip())
    return " · ".join(cell[:60] for cell in list(filled)[:_SAMPLES])


def _previewed(found: Found) -> tuple[str, ...]:
    contact = found.contact
    more = (*contact.tags, contact.met_at, *contact.links, contact.note)
    return (
        contact.name,
        contact.organisation,
        contact.role,
        ", ".join(contact.emails),
        ", ".join(contact.phones),
        " · ".join(filter(None, more)),
    )
