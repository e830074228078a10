"""The book as a table: a row for every prospect that matches, of which a few pages are held.

There is no proxy over it: finding, filtering and sorting are the store's, which has indexes for
them. What the book at 100,000 prospects costs is what the rows cost that are on the screen.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from fitcheck.domain.listed import Found, Page, ProspectLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from reports.list_words import odds
from reports.period_words import due_mark
from ui.models.columns import (
    HEADINGS,
    Column,
    Seen,
    cell_text,
    day_text,
    odds_sentence,
    spoken_text,
)
from ui.models.paging import Paging, Reader

__all__ = ["DUE_ROLE", "LINE_ROLE", "ODDS_ROLE", "Column", "ProspectModel", "day_text"]

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = Qt.ItemDataRole.UserRole
"""The :class:`ProspectLine` of a row."""
ODDS_ROLE = Qt.ItemDataRole.UserRole + 1
"""The odds good, workable, poor as a tuple, or ``None`` where they aren't to be seen."""
DUE_ROLE = Qt.ItemDataRole.UserRole + 2
"""That a decision is due or overdue, in a word; empty where nothing is."""

_NOT_SAID = {
    Qt.ItemDataRole.DisplayRole: "",
    Qt.ItemDataRole.AccessibleTextRole: "",
    DUE_ROLE: "",
}


class ProspectModel(QAbstractTableModel):
    """The rows of what was :class:`Found`, each read when it is first looked at.

    ``changed``: the book holds others than were counted, so that it is to be looked at again.
    ``failed``: a page couldn't be read; from then on none is tried until the next look.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._paging: Paging | None = None
        self._seen = Seen()
        self._resting = False

    def show_found(self, found: Found, read: Reader | None, seen: Seen) -> None:
        """Show these, whose other pages are to be had from ``read``, if from anywhere yet."""
        self.beginResetModel()
        self._paging = Paging(read or _nobody, found, self.changed.emit)
        self._seen = seen
        self._resting = read is None
        self.endResetModel()

    def grow(self, number: int) -> None:
        """There are so many in all, more than had been counted at first."""
        if self._paging is None or number <= self._paging.number:
            return
        self.beginInsertRows(QModelIndex(), self._paging.number, number - 1)
        self._paging.grow(number)
        self.endInsertRows()

    def rest(self) -> None:
        """Read no more: the book is about to be closed."""
        self._resting = True

    def line(self, row: int) -> ProspectLine:
        """The prospect of a row; raises ``IndexError`` where there is nobody any more."""
        line = self.line_at(row)
        if line is None:
            raise IndexError(row)
        return line

    def line_at(self, row: int) -> ProspectLine | None:
        """The same, without one where it can't be read, or they have gone."""
        if self._paging is None or not 0 <= row < self._paging.number:
            return None
        if self._resting:
            return self._paging.there(row)
        try:
            return self._paging.line(row)
        except FitCheckError as error:
            self._resting = True
            self.failed.emit(error)
            return None

    def row_of(self, prospect_id: int) -> int | None:
        """The row of a prospect, if it is among those that were read."""
        return None if self._paging is None else self._paging.held(prospect_id)

    @property
    def exact(self) -> bool:
        """Whether all of them have been counted."""
        return self._paging is None or self._paging.exact

    # What a cell is drawn from, without asking by way of an index and a role

    def text(self, line: ProspectLine, column: Column) -> str:
        """What a cell says."""
        return cell_text(line, column, self._seen)

    def odds(self, line: ProspectLine) -> tuple[float, float, float] | None:
        """The odds good, workable, poor; ``None`` where they aren't to be seen."""
        return odds(line.latest, self._seen.show_totals)

    def due(self, line: ProspectLine) -> str:
        """That a decision is due or overdue, in a word; empty where nothing is."""
        return due_mark(line.due, self._seen.today)

    # What Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self._paging is None else self._paging.number

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        line, column = self.line_at(index.row()), Column(index.column())
        if line is None:
            return _NOT_SAID.get(role)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(line, column, self._seen)
        if role == LINE_ROLE:
            return line
        if role == ODDS_ROLE:
            return self.odds(line)
        if role == DUE_ROLE:
            return self.due(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(line, column, self._seen)
        return spoken_text(line, column, self._seen)


def _nobody(*_asked: object, **_for: object) -> Page:
    return Page((), None, None, False)


_ROLES = {*_NOT_SAID, LINE_ROLE, ODDS_ROLE, Qt.ItemDataRole.ToolTipRole}


def _tip(line: ProspectLine, column: Column, seen: Seen) -> str | None:
    if column is Column.RECOMMENDATION:
        return odds_sentence(line, seen) or None
    if column is Column.TREND:
        return spoken_text(line, column, seen) or None
    return None
