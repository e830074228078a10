"""The book on the screen: lines that are chosen whole, opened by Enter or a double click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from fitcheck.i18n import _
from ui.context import Context
from ui.models.prospects import Column, ProspectModel
from ui.theme import space
from ui.widgets.prospect_delegates import OddsDelegate, PersonDelegate, PlainDelegate

_WIDTHS = {
    Column.MET_AT: 46,
    Column.FORM: 18,
    Column.PROGRESS: 27,
    Column.RECOMMENDATION: 45,
    Column.CHANGED: 31,
}

_LEAST_NAME = 62
"""How much of the width belongs to the names at least."""

_STAND_BACK = (Column.FORM, Column.MET_AT, Column.PROGRESS, Column.CHANGED)
"""The columns that give up their room where it is scarce, in this order."""


class ProspectTable(QTableView):
    """``opened`` names the prospect to open, ``chosen`` says that another line is current.

    Several can be chosen, by Shift or Ctrl with the arrows and Space, or by Ctrl+A: :meth:`rows`.
    """

    opened = Signal(int)
    chosen = Signal()

    def __init__(self, context: Context, model: ProspectModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(_("Prospects"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Held here, because a view doesn't own its delegates.
        self._delegates = {
            Column.WHO: PersonDelegate(context),
            Column.RECOMMENDATION: OddsDelegate(context),
        }
        self._plain = PlainDelegate(context)
        self.setItemDelegate(self._plain)
        for column, delegate in self._delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        self._headers()
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    def _headers(self) -> None:
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(space(14))
        across.setSortIndicator(Column.CHANGED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        across.setSectionResizeMode(Column.WHO, QHeaderView.ResizeMode.Stretch)
        self.measure()

    def measure(self) -> None:
        """Take every size from the text's once more."""
        height = 2 * self.fontMetrics().height() + space(5)
        self.verticalHeader().setDefaultSectionSize(height)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, space(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Before names grow short, what matters least stands back; the details say it all.
        room = event.size().width() - space(_LEAST_NAME) - sum(map(space, _WIDTHS.values()))
        for column in _STAND_BACK:
            self.setColumnHidden(column, room < 0)
            if room < 0:
                room += space(_WIDTHS[column])
        super().resizeEvent(event)

    def current_row(self) -> int | None:
        index = self.selectionModel().currentIndex()
        return index.row() if index.isValid() else None

    def rows(self) -> list[int]:
        """The rows that are chosen, from the top."""
        ranges: Any = self.selectionModel().selection()  # a list, which its stubs don't say
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def choose(self, row: int) -> None:
        """Make ``row`` the current line, and show it."""
        self.setCurrentIndex(self._model.index(row, Column.WHO))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.current_row()
            if row is not None:
                self.opened.emit(self._model.line(row).id)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.line(index.row()).id)

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _more: QItemSelection, _less: QItemSelection) -> None:
        self.chosen.emit()
