"""The agenda as a list: what is to be done, by the day, a page at a time, under headings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from fitcheck.domain.follow_up import Entry, Standing
from reports.follow_up_words import section_text, spoken_text

Index = QModelIndex | QPersistentModelIndex
Row = Entry | Standing
"""A follow-up, or the heading of those that follow."""

PageOf = Callable[[Entry | None], tuple[Entry, ...]]


class AgendaModel(QAbstractListModel):
    """``more`` fetches the follow-ups behind one, until there are none."""

    def __init__(self, more: PageOf) -> None:
        super().__init__()
        self._more = more
        self._rows: list[Row] = []
        self._ended = True
        self._counts: dict[Standing, int] = {}
        self.today = dt.date.min

    def show_all(self, counts: dict[Standing, int], today: dt.date) -> None:
        """Begin anew, with so many under each heading; as many rows as before stay fetched."""
        before = len(self._rows)
        self.beginResetModel()
        self._counts, self.today, self._rows, self._ended = counts, today, [], False
        rows = self._fetched()
        while rows:
            self._rows += rows
            if len(self._rows) >= before:
                break
            rows = self._fetched()
        self.endResetModel()

    def show_nothing(self) -> None:
        """Hold nobody's follow-up until :meth:`show_all`."""
        self.beginResetModel()
        self._rows, self._counts, self._ended = [], {}, True
        self.endResetModel()

    def row(self, number: int) -> Row:
        return self._rows[number]

    def entry(self, number: int) -> Entry | None:
        """The follow-up of a row; ``None`` for a heading, or where there is no such row."""
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        return row if isinstance(row, Entry) else None

    def row_of(self, follow_up_id: int) -> int | None:
        """The row of a follow-up, as far as it was fetched."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Entry) and row.id == follow_up_id:
                return number
        return None

    def nearest(self, number: int) -> int | None:
        """The row of the follow-up that stands at ``number`` or next to it."""
        there = [at for at, row in enumerate(self._rows) if isinstance(row, Entry)]
        return min(there, key=lambda at: (abs(at - number), at), default=None)

    # What Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._ended

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._ended:
            return
        rows = self._fetched()
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Entry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, Entry):
                return spoken_text(row, self.today)
            return self.heading(row)
        return None

    def heading(self, standing: Standing) -> str:
        return section_text(standing, self._counts.get(standing, 0))

    def _fetched(self) -> list[Row]:
        """The next rows, with a heading wherever those of another standing begin."""
        last = next((row for row in reversed(self._rows) if isinstance(row, Entry)), None)
        page = self._more(last)
        self._ended = not page
        rows: list[Row] = []
        standing = last.follow_up.standing(self.today) if last else None
        for entry in page:
            now = entry.follow_up.standing(self.today)
            if now is not standing:
                rows.append(now)
                standing = now
            rows.append(entry)
        return rows
