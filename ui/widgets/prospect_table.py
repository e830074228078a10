"""The book on the screen: lines that are chosen whole, opened by Enter or a double click."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from fitcheck.i18n import _
from ui.models.prospects import Column, ProspectModel
from ui.theme import Theme, space
from ui.widgets.list_layout import ListLayout
from ui.widgets.prospect_delegates import OddsDelegate, PersonDelegate, PlainDelegate


class ProspectTable(QTableView):
    """``opened`` names the prospect to open, ``chosen`` says that another line is current.

    Several can be chosen, by Shift or Ctrl with the arrows and Space, or by Ctrl+A: :meth:`ranges`.
    """

    opened = Signal(int)
    chosen = Signal()

    def __init__(self, theme: Theme, model: ProspectModel) -> None:
        super().__init__()
        self.theme = theme
        self.prospects = self._model = model
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
            Column.WHO: PersonDelegate(theme, model),
            Column.RECOMMENDATION: OddsDelegate(theme, model),
        }
        self._plain = PlainDelegate(theme, model)
        self.setItemDelegate(self._plain)
        for column, delegate in self._delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        self._headers()
        self.layout_ = ListLayout(self)
        self.measure()
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

    def measure(self) -> None:
        """Take every size from the text's once more."""
        height = 2 * self.fontMetrics().height() + space(5)
        self.verticalHeader().setDefaultSectionSize(height)
        self.layout_.measure()

    def restyle(self, theme: Theme) -> None:
        """Put on another look."""
        self.theme = theme
        for delegate in (self._plain, *self._delegates.values()):
            delegate.theme = theme
        self.measure()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Before names grow short, what matters least stands back; the details say it all.
        self.layout_.fit(event.size().width())
        super().resizeEvent(event)

    def current_row(self) -> int | None:
        index = self.selectionModel().currentIndex()
        return index.row() if index.isValid() else None

    def ranges(self) -> list[range]:
        """The rows that are chosen, from the top."""
        chosen: Any = self.selectionModel().selection()  # a list, which its stubs don't say
        found = {(each.top(), each.bottom() + 1) for each in chosen}
        return [range(*each) for each in sorted(found)]

    def number_chosen(self) -> int:
        """How many rows are chosen."""
        return sum(map(len, self.ranges()))

    def choose(self, row: int) -> None:
        """Make ``row`` the current line, and show it."""
        self.setCurrentIndex(self._model.index(row, Column.WHO))

    def choose_all(self, rows: Iterable[int], current: int | None) -> None:
        """Choose these rows, the current one among them."""
        chosen = QItemSelection()
        for row in rows:
            index = self._model.index(row, Column.WHO)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        if current is not None:
            index = self._model.index(current, Column.WHO)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.current_row()
            line = None if row is None else self._model.line_at(row)
            if line is not None:
                self.opened.emit(line.id)
            return
        last = self._model.rowCount() - 1
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if not shift:
                # Lines are chosen whole, so that these lead to the ends of the list.
                self.choose(0 if event.key() == Qt.Key.Key_Home else last)
                return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        line = self._model.line_at(index.row())
        if line is not None:
            self.opened.emit(line.id)

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _more: QItemSelection, _less: QItemSelection) -> None:
        self.chosen.emit()
