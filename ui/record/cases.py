"""The list of outcomes with the odds of their days, sorted by any column."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from fitcheck.domain.forecast import Engagement, Forecast
from fitcheck.domain.policy import Match
from fitcheck.i18n import _
from reports import words
from reports.record_words import advice_cells, came_out, no_odds_sentence, odds_cells
from ui.theme import space

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NAME = 0
    DECIDED = 1
    DECISION = 2
    ODDS = 3
    MODEL = 4
    GUT = 5
    CAME = 6
    MARKED = 7


class CasesModel(QAbstractTableModel):
    """A row for each engagement whose outcome is known."""

    def __init__(self) -> None:
        super().__init__()
        self.engagements: list[Engagement] = []
        self._sorted_by = (Column.DECIDED, Qt.SortOrder.DescendingOrder)
        self._headings = {
            Column.NAME: _("Name"),
            Column.DECIDED: _("Decided on"),
            Column.DECISION: _("Decision"),
            Column.ODDS: _("Good, workable, poor"),
            Column.MODEL: _("Recommended"),
            Column.GUT: _("Gut feeling"),
            Column.CAME: _("Came out"),
            Column.MARKED: _("Marked on"),
        }

    def show_engagements(self, found: tuple[Engagement, ...]) -> None:
        self.beginResetModel()
        self.engagements = list(found)
        self._order()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.engagements)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        engagement, column = self.engagements[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(engagement, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            # Nothing that a person wrote: a tool tip would take it for markup.
            return no_odds_sentence(engagement) or None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sorted_by = (Column(column), order)
        self._order()
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted_by
        falling = order is Qt.SortOrder.DescendingOrder
        self.engagements.sort(key=lambda each: _key(each, column), reverse=falling)


def cell(engagement: Engagement, column: Column) -> str:
    """What stands in a cell."""
    outcome = engagement.outcome
    match column:
        case Column.NAME:
            return engagement.name
        case Column.DECIDED:
            return _day(engagement.decided_on)
        case Column.DECISION:
            return words.action_name(engagement.final)
        case Column.ODDS:
            return " · ".join(filter(None, odds_cells(engagement))) or _("not known")
        case Column.MODEL:
            return advice_cells(engagement)[0]
        case Column.GUT:
            return advice_cells(engagement)[1]
        case Column.CAME:
            return came_out(outcome.match) if outcome else ""
        case Column.MARKED:
            return _day(outcome.on) if outcome else ""


def _key(engagement: Engagement, column: Column) -> tuple[Any, ...]:
    outcome, said = engagement.outcome, engagement.forecast
    then = (engagement.decided_on, engagement.step_id)
    match column:
        case Column.DECIDED:
            return then
        case Column.ODDS:
            return (said.odds[Match.GOOD] if isinstance(said, Forecast) else -1.0, *then)
        case Column.CAME:
            return (len(outcome.signs) if outcome else -1, *then)
        case Column.MARKED:
            return (outcome.on if outcome else engagement.decided_on, *then)
        case _:
            return (cell(engagement, column).casefold(), *then)


def _day(day: Any) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


class CasesTable(QTableView):
    """``opened`` names the prospect whose outcome is to be marked again."""

    opened = Signal(int)

    def __init__(self, model: CasesModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(_("Outcomes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + space(5))
        across = self.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        across.setSortIndicator(Column.DECIDED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._open(index)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.engagements[index.row()].prospect_id)
