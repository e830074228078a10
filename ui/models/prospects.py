"""The book as a table: a line for every prospect that matches."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from fitcheck.domain.book import AssessmentLine, ProspectLine
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import Match
from fitcheck.i18n import N_, _
from reports import words
from reports.list_words import form_text, odds, recommendation_text
from reports.period_words import due_mark, due_text

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    WHO = 0
    MET_AT = 1
    FORM = 2
    PROGRESS = 3
    RECOMMENDATION = 4
    CHANGED = 5


LINE_ROLE = Qt.ItemDataRole.UserRole
"""The :class:`ProspectLine` of a row."""
ODDS_ROLE = Qt.ItemDataRole.UserRole + 1
"""The odds good, workable, poor as a tuple, or ``None`` where they aren't to be seen."""
DUE_ROLE = Qt.ItemDataRole.UserRole + 2
"""That a decision is due or overdue, in a word; empty where nothing is."""

_HEADINGS = {
    Column.WHO: N_("Prospect"),
    Column.MET_AT: N_("Met at"),
    Column.FORM: N_("Form"),
    Column.PROGRESS: N_("Answered"),
    Column.RECOMMENDATION: N_("Recommendation"),
    Column.CHANGED: N_("Changed"),
}

_ORDER = (
    Recommendation.PROCEED,
    Recommendation.STAGE,
    Recommendation.DECLINE,
    Recommendation.UNDECIDED,
)


class ProspectModel(QAbstractTableModel):
    """Rows are :class:`ProspectLine` values; sorting is by the chosen column, ties by change."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ProspectLine] = []
        self._show_totals = False
        self._today = dt.date.min
        self._column = Column.CHANGED
        self._order = Qt.SortOrder.DescendingOrder

    def show_lines(
        self,
        lines: tuple[ProspectLine, ...],
        show_totals: bool = False,
        today: dt.date = dt.date.min,
    ) -> None:
        """Show these prospects, which come most recently changed first, as due by ``today``."""
        self.beginResetModel()
        self._lines = list(lines)
        self._show_totals = show_totals
        self._today = today
        self._arrange()
        self.endResetModel()

    def line(self, row: int) -> ProspectLine:
        return self._lines[row]

    def row_of(self, prospect_id: int) -> int | None:
        """The row of a prospect, or ``None`` where it isn't among those shown."""
        return next((i for i, line in enumerate(self._lines) if line.id == prospect_id), None)

    # What Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == LINE_ROLE:
            return line
        if role == ODDS_ROLE:
            return odds(line.latest, self._show_totals)
        if role == DUE_ROLE:
            return due_mark(line.until, self._today)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.RECOMMENDATION:
            return self._odds_sentence(line) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, column)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        lines = [(self._lines[index.row()], index.column()) for index in before]
        self._column, self._order = Column(column), order
        self._arrange()
        rows = {id(line): row for row, line in enumerate(self._lines)}
        after = [self.index(rows[id(line)], at) for line, at in lines]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # Inside

    def _text(self, line: ProspectLine, column: Column) -> str:
        latest = line.latest
        match column:
            case Column.WHO:
                return line.prospect.name
            case Column.MET_AT:
                return line.prospect.met_at
            case Column.FORM:
                return form_text(latest.form) if latest else ""
            case Column.PROGRESS:
                return _progress(latest)
            case Column.RECOMMENDATION:
                if line.decided is not None:
                    return _("Decided: {action}").format(action=words.action_name(line.decided))
                return recommendation_text(latest, self._show_totals)
            case Column.CHANGED:
                return short_date(line)

    def _spoken(self, line: ProspectLine, column: Column) -> str:
        """What a screen reader says: the first cell stands for the whole line."""
        if column is Column.RECOMMENDATION and (sentence := self._odds_sentence(line)):
            return f"{self._text(line, column)}. {sentence}"
        if column is Column.WHO:
            due = due_text(line.until, self._today)
            parts = (line.prospect.name, line.prospect.organisation, line.prospect.role, due)
            return ", ".join(part for part in parts if part)
        return self._text(line, column)

    def _odds_sentence(self, line: ProspectLine) -> str:
        shown = odds(line.latest, self._show_totals)
        return words.odds_sentence(dict(zip(Match, shown, strict=True))) if shown else ""

    def _arrange(self) -> None:
        collator = QCollator()
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

        def key(line: ProspectLine) -> Any:
            match self._column:
                case Column.PROGRESS:
                    summary = line.latest.summary if line.latest else None
                    return summary.answered / max(1, summary.asked) if summary else -1.0
                case Column.RECOMMENDATION:
                    return self._rank(line)
                case Column.CHANGED:
                    return line.changed
                case _:
                    return collator.sortKey(self._text(line, self._column))

        descending = self._order is Qt.SortOrder.DescendingOrder
        self._lines.sort(key=lambda line: line.changed, reverse=True)
        self._lines.sort(key=key, reverse=descending)

    def _rank(self, line: ProspectLine) -> tuple[int, float]:
        """Proceed first, then the rest in the order of their good odds; the hidden last."""
        latest = line.latest
        shown = odds(latest, self._show_totals)
        good = -shown[0] if shown else 0.0
        if line.decided is not None:
            return _ORDER.index(Recommendation(line.decided.value)), good
        if shown is None or latest is None or latest.summary is None:
            return len(_ORDER), 0.0
        return _ORDER.index(latest.summary.recommendation), good


def _progress(latest: AssessmentLine | None) -> str:
    if latest is None or latest.summary is None:
        return ""
    summary = latest.summary
    return _("{answered} of {asked}").format(answered=summary.answered, asked=summary.asked)


def short_date(line: ProspectLine) -> str:
    """The day of the last change, here, as the system writes dates."""
    here = QDateTime.fromSecsSinceEpoch(int(line.changed.timestamp())).date()
    return day_text(here)


def day_text(day: QDate) -> str:
    """A date as the system writes it in short."""
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
