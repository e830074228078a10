"""Which columns the list has, where they stand, how wide they are, and what it is sorted by."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from fitcheck.i18n import _
from ui.models.columns import HEADINGS, NEWEST_FIRST, Column
from ui.theme import space

_WIDTHS = {
    Column.ORGANISATION: 40.0,
    Column.MET_AT: 42.0,
    Column.TAGS: 44.0,
    Column.FORM: 18.0,
    Column.PROGRESS: 26.0,
    Column.RECOMMENDATION: 45.0,
    Column.TREND: 26.0,
    Column.ASSESSED: 29.0,
    Column.DUE: 29.0,
    Column.CHANGED: 29.0,
}
"""In units of :func:`space`; the first column takes what the others leave."""

_LEAST_NAME = 62
"""How much of the width belongs to the names at least."""

_LEAST, _STEP, _WIDEST = 14.0, 6.0, 200.0

_ON_REQUEST = (Column.ORGANISATION, Column.ASSESSED, Column.DUE)
"""The columns that are shown only where somebody wants them: the first one says the same."""

_STAND_BACK = (
    Column.FORM,
    Column.PROGRESS,
    Column.MET_AT,
    Column.TAGS,
    Column.CHANGED,
    Column.TREND,
)
"""The columns that give up their room where it is scarce, in this order."""

_FIRST = (Column.CHANGED, Qt.SortOrder.DescendingOrder)


class ListLayout(QObject):
    """``sorted_anew``: it is to be sorted by :attr:`column` in :attr:`order`.

    What somebody chose to see stays, and scrolls where there is no room; what nobody said a word
    about stands back where names would grow short.
    """

    sorted_anew = Signal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._wanted: set[Column] = set()
        self._unwanted: set[Column] = set()
        self._widths = dict(_WIDTHS)
        self._measuring = False
        self.column, self.order = _FIRST
        across = self._across
        across.setSectionsMovable(True)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(self.column, self.order)
        across.setSectionResizeMode(Column.WHO, QHeaderView.ResizeMode.Stretch)
        across.sortIndicatorChanged.connect(self._sorted)
        across.sectionResized.connect(self._resized)
        self.measure()

    @property
    def _across(self) -> QHeaderView:
        # Asked for each time: what Python holds of it doesn't outlive all that Qt does to it.
        return self._table.horizontalHeader()

    # Sizes

    def measure(self) -> None:
        """Take every width from the text's once more."""
        self._measuring = True
        for column, width in self._widths.items():
            self._across.resizeSection(column, space(width))
        self._measuring = False

    def fit(self, across: int) -> None:
        """Show what there is room for in ``across`` pixels."""
        shown = [column for column in _WIDTHS if not self._rests(column)]
        room = across - space(_LEAST_NAME) - sum(space(self._widths[each]) for each in shown)
        back = set()
        for column in _STAND_BACK:
            if room < 0 and column in shown and column not in self._wanted:
                back.add(column)
                room += space(self._widths[column])
        self._measuring = True
        for column in _WIDTHS:
            hidden = column in back or self._rests(column)
            if self._table.isColumnHidden(column) is not hidden:
                self._table.setColumnHidden(column, hidden)
                self._across.resizeSection(column, space(self._widths[column]))
        self._measuring = False
        # Where too much was chosen, it is scrolled rather than squeezed.
        stretch = room >= 0
        mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
        if self._across.sectionResizeMode(Column.WHO) is not mode:
            self._across.setSectionResizeMode(Column.WHO, mode)
        if not stretch:
            self._across.resizeSection(Column.WHO, space(_LEAST_NAME))

    def _rests(self, column: Column) -> bool:
        if column in self._wanted:
            return False
        return column in self._unwanted or column in _ON_REQUEST

    def _fit_again(self) -> None:
        self.fit(self._table.viewport().width())

    def _resized(self, section: int, _before: int, now: int) -> None:
        column = Column(section)
        if column in self._widths and now and not self._measuring:
            self._widths[column] = min(_WIDEST, max(_LEAST, now / space(1)))

    # Choosing

    def show_column(self, column: Column, shown: bool) -> None:
        """Show a column, or don't, from now on."""
        self._wanted.discard(column)
        self._unwanted.discard(column)
        (self._wanted if shown else self._unwanted).add(column)
        self._fit_again()

    def move(self, column: Column, by: int) -> None:
        """Move a column by one that is shown, to the left or to the right."""
        at = self._across.visualIndex(column)
        to = at + by
        while 0 <= to < len(Column) and self._table.isColumnHidden(self._across.logicalIndex(to)):
            to += by
        if 0 <= to < len(Column):
            self._across.moveSection(at, to)

    def widen(self, column: Column, by: float) -> None:
        """Make a column wider or narrower."""
        self._widths[column] = min(_WIDEST, max(_LEAST, self._widths[column] + by))
        self.measure()
        self._fit_again()

    def reset(self) -> None:
        """Let everything be as it was at first, but for the order of the prospects."""
        self._wanted, self._unwanted = set(), set()
        self._widths = dict(_WIDTHS)
        for column in Column:
            self._across.moveSection(self._across.visualIndex(column), column)
        self.measure()
        self._fit_again()

    def sort_by(self, column: Column, order: Qt.SortOrder) -> None:
        """Sort by a column; the heading is marked."""
        self._across.setSortIndicator(column, order)

    def _sorted(self, section: int, order: Qt.SortOrder) -> None:
        column = Column(section)
        if column is not self.column and column in NEWEST_FIRST:
            # Whoever clicks “Changed” wants to see what has.
            order = Qt.SortOrder.DescendingOrder
            self._mark(column, order)
        self.column, self.order = column, order
        self.sorted_anew.emit()

    def _mark(self, column: Column, order: Qt.SortOrder) -> None:
        silent = self._across.blockSignals(True)
        self._across.setSortIndicator(column, order)
        self._across.blockSignals(silent)
        self._across.viewport().update()

    # By keys

    def fill_sorts(self, menu: QMenu) -> None:
        """Offer every order."""
        menu.clear()
        for column in Column:
            action = menu.addAction(_(HEADINGS[column]))
            action.setCheckable(True)
            action.setChecked(column is self.column)
            order = (
                Qt.SortOrder.DescendingOrder
                if column in NEWEST_FIRST
                else Qt.SortOrder.AscendingOrder
            )
            action.triggered.connect(
                lambda _checked=False, column=column, order=order: self.sort_by(column, order)
            )
        menu.addSeparator()
        other = menu.addAction(_("&The other way round"))
        turned = (
            Qt.SortOrder.AscendingOrder
            if self.order is Qt.SortOrder.DescendingOrder
            else Qt.SortOrder.DescendingOrder
        )
        other.triggered.connect(lambda: self.sort_by(self.column, turned))

    def fill_columns(self, menu: QMenu) -> None:
        """Offer what can be done to each column."""
        menu.clear()
        for at in range(len(Column)):
            column = Column(self._across.logicalIndex(at))
            one = menu.addMenu(_(HEADINGS[column]))
            seen = not self._table.isColumnHidden(column)
            if column is not Column.WHO:
                shown = one.addAction(_("&Show"))
                shown.setCheckable(True)
                shown.setChecked(seen)
                shown.toggled.connect(lambda on, column=column: self.show_column(column, on))
            doings: list[tuple[str, Callable[[], object]]] = [
                (_("Move to the &left"), partial(self.move, column, -1)),
                (_("Move to the &right"), partial(self.move, column, 1)),
            ]
            if column is not Column.WHO:
                doings += [
                    (_("&Wider"), partial(self.widen, column, _STEP)),
                    (_("&Narrower"), partial(self.widen, column, -_STEP)),
                ]
            for caption, doing in doings:
                action = one.addAction(caption)
                action.setEnabled(seen)
                action.triggered.connect(lambda _checked=False, doing=doing: doing())
        menu.addSeparator()
        menu.addAction(_("As at &first")).triggered.connect(self.reset)

    # Kept

    def values(self) -> dict[str, Any]:
        """What :meth:`restore` takes."""
        order = [Column(self._across.logicalIndex(at)) for at in range(len(Column))]
        return {
            "order": [column.name for column in order],
            "shown": sorted(column.name for column in self._wanted),
            "hidden": sorted(column.name for column in self._unwanted),
            "widths": {
                column.name: round(width, 1)
                for column, width in self._widths.items()
                if width != _WIDTHS[column]
            },
            "sort": self.column.name,
            "descending": self.order is Qt.SortOrder.DescendingOrder,
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Lay it out as it was kept, as far as that still means something."""
        self._wanted = set(_columns(values.get("shown"))) - {Column.WHO}
        self._unwanted = set(_columns(values.get("hidden"))) - {Column.WHO} - self._wanted
        widths = values.get("widths")
        for name, width in widths.items() if isinstance(widths, dict) else ():
            (column,) = _columns([name]) or (None,)
            if column in self._widths and isinstance(width, int | float):
                self._widths[column] = min(_WIDEST, max(_LEAST, float(width)))
        for to, column in enumerate(_columns(values.get("order"))):
            self._across.moveSection(self._across.visualIndex(column), to)
        for column in _columns([values.get("sort")]):
            descending = values.get("descending") is True
            self.column = column
            self.order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._mark(self.column, self.order)
        self.measure()
        self._fit_again()


def _columns(names: Any) -> list[Column]:
    found = []
    for name in names if isinstance(names, list) else ():
        with suppress(KeyError, TypeError):
            column = Column[name]
            if column not in found:
                found.append(column)
    return found


def kept_values(text: str) -> dict[str, Any]:
    """What was kept as a text; nothing where that is no longer understood."""
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
