"""Prospects side by side, drawn: what is compared stays at the left, whatever is scrolled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fitcheck.i18n import _
from ui.context import Context
from ui.models.beside import BesideModel, Cell, Line, Role
from ui.theme import over, space

Index = QModelIndex | QPersistentModelIndex

_CAPTIONS = 58
_NAME_LINES = 3
_LEAST = 46
"""How wide a column is at least, in units of ``space``: four of them stand at 1280 pixels."""

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _text(
    painter: QPainter, rect: QRect, text: str, colour: str, bold: bool = False, flags: int = _WRAP
) -> None:
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, flags, text)


def _high(widget: QWidget, text: str, width: int, bold: bool = False) -> int:
    """How high a wrapped text is."""
    if not text:
        return 0
    font = QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height()


class _Cells(QStyledItemDelegate):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell | None = index.data(Role.CELL)
        whole: QRect = option.rect
        theme = self._context.theme
        painter.save()
        if cell is None:
            painter.fillRect(whole, QColor(theme.window))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, QColor(theme.accent_soft))
        painter.setPen(QColor(theme.hair))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        room = _inside(whole)
        high = painter.fontMetrics().height()
        if cell.share is not None:
            number = QRect(room.left(), room.top(), space(11), high)
            _text(painter, number, cell.text, theme.text)
            self._bar(painter, room.adjusted(space(12), 0, 0, 0), high, cell.share)
        elif cell.axis is not None:
            _text(painter, room, cell.text, theme.text)
            self._range(painter, room.adjusted(0, high + space(1), 0, 0), cell)
        else:
            _text(painter, room, cell.text, theme.text)
            if cell.more:
                below = _high(option.widget, cell.text, room.width())
                _text(painter, room.adjusted(0, below, 0, 0), cell.more, theme.quiet)
        painter.restore()

    def _bar(self, painter: QPainter, room: QRect, high: int, share: float) -> None:
        theme = self._context.theme
        top = room.top() + (high - space(2)) // 2
        whole = QRectF(room.left(), top, max(room.width(), 1), space(2))
        painter.fillRect(
            QRectF(whole.left(), top, share * whole.width(), space(2)), QColor(theme.accent)
        )
        painter.setPen(QColor(theme.edge))
        painter.drawRect(whole)

    def _range(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        """The range as a thick line from 0 to 100, which lie at the same places in each column."""
        assert cell.axis is not None
        theme, axis = self._context.theme, cell.axis
        left, wide, middle = room.left(), room.width() - 1, room.top() + space(1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(left, middle, left + wide, middle)
        for mark in (0.0, 0.5, 1.0):
            at = round(left + mark * wide)
            painter.drawLine(at, middle - space(1), at, middle + space(1))
        span = QRectF(
            left + axis.low * wide, middle - space(0.75), (axis.high - axis.low) * wide, space(1.5)
        )
        painter.fillRect(span, QColor(over(theme.accent, theme.surface, 0.6)))
        at = round(left + axis.score * wide)
        painter.setBrush(QColor(theme.accent))
        painter.setPen(QPen(QColor(theme.surface), 1))
        painter.drawEllipse(QRectF(at - space(1.1), middle - space(1.1), space(2.2), space(2.2)))


def _inside(rect: QRect) -> QRect:
    return rect.adjusted(space(2.5), space(1.75), -space(2.5), -space(1.75))


class _Captions(QHeaderView):
    """What is compared, wrapped; a line that differs is marked by a bar as well as in bold."""

    def __init__(self, context: Context) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._context = context
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("What is compared"))

    def sizeHint(self) -> QSize:
        return QSize(space(_CAPTIONS), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme, model = self._context.theme, self.model()
        down = Qt.Orientation.Vertical

        def said(role: int) -> object:
            return model.headerData(logical, down, role)

        caption = str(said(Qt.ItemDataRole.DisplayRole))
        painter.save()
        if said(Role.SECTION):
            painter.fillRect(rect, QColor(theme.window))
            room = _inside(rect).adjusted(0, space(2), 0, space(1.75))
            _text(painter, room, caption, theme.accent, bold=True)
        else:
            painter.fillRect(rect, QColor(theme.surface))
            differs = bool(said(Role.DIFFERS))
            if differs:
                mark = QRect(rect.left(), rect.top(), space(0.75), rect.height() - 1)
                painter.fillRect(mark, QColor(theme.accent))
            painter.setPen(QColor(theme.hair))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            room = _inside(rect)
            _text(painter, room, caption, theme.text, bold=differs)
            below = _high(self, caption, room.width(), bold=differs)
            _text(painter, room.adjusted(0, below, 0, 0), str(said(Role.MORE)), theme.quiet)
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()


class _Names(QHeaderView):
    """Who stands in the columns; a name of three lines is shown whole."""

    def __init__(self, context: Context) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setAccessibleName(_("Prospects"))

    def measure(self, names: tuple[str, ...], width: int) -> None:
        inside = _inside(QRect(0, 0, width, 0)).width()
        line = self.fontMetrics().height()
        high = max((_high(self, name, inside, bold=True) for name in names), default=line)
        self.setFixedHeight(min(max(high, line), _NAME_LINES * line) + space(3.5) + 1)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme = self._context.theme
        name = str(self.model().headerData(logical, Qt.Orientation.Horizontal))
        painter.save()
        painter.fillRect(rect, QColor(theme.surface))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = _inside(rect)
        # What is too long even for those is whole in the tool tip.
        most = _NAME_LINES * room.width() - space(20)
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        shown = QFontMetrics(bold).elidedText(name, Qt.TextElideMode.ElideRight, most)
        anywhere = _WRAP | int(Qt.TextFlag.TextWrapAnywhere) if " " not in shown else _WRAP
        _text(painter, room, shown, theme.text, bold=True, flags=anywhere)
        painter.restore()


class BesideTable(QTableView):
    """Arrows walk it; ``opened``, ``moved`` and ``removed`` are about the current column."""

    opened = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, context: Context, model: BesideModel) -> None:
        super().__init__()
        self._context, self._model = context, model
        self.setAccessibleName(_("Prospects side by side"))
        self.setModel(model)
        self._cells = _Cells(context)  # held here, because a view doesn't own its delegates
        self.setItemDelegate(self._cells)
        self.setVerticalHeader(_Captions(context))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        for set_mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            set_mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._names = _Names(context)
        self.setHorizontalHeader(self._names)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self.measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    @Slot()
    def measure(self) -> None:
        """Give each column its share of the room, and each line the height of its texts."""
        number = self._model.columnCount()
        if not number:
            return
        self.verticalHeader().setFixedWidth(space(_CAPTIONS))
        room = self.viewport().width()
        width = max(space(_LEAST), room // number)
        self._names.measure(self._model.names, width)
        for column in range(number):
            self.setColumnWidth(column, width)
        for row, line in enumerate(self._model.lines):
            self.setRowHeight(row, self._height(line, width))

    def _height(self, line: Line, width: int) -> int:
        padding = space(3.5) + 1
        captions = _inside(QRect(0, 0, space(_CAPTIONS), 0)).width()
        if line.section:
            return _high(self, line.caption, captions, bold=True) + padding + space(1.5)
        texts = _high(self, line.caption, captions, bold=bool(line.differs))
        high = [texts + _high(self, line.more, captions)]
        inside = _inside(QRect(0, 0, width, 0)).width()
        for cell in line.cells:
            drawn = space(4) if cell.axis is not None else 0
            more = _high(self, cell.more, inside)
            high.append(_high(self, cell.text, inside) + more + drawn)
        return max(high) + padding

    def current_column(self) -> int | None:
        index = self.currentIndex()
        return index.column() if index.isValid() else None

    def choose(self, column: int) -> None:
        """Stand in this column, in the line that is current or else the first."""
        row = max(self.currentIndex().row(), 0)
        self.setCurrentIndex(self._model.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column, key = self.current_column(), event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        keys: dict[int, Callable[[int], object]] = {
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
            Qt.Key.Key_Delete: self.removed.emit,
        }
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if column is not None and alt and key in steps:
            self.moved.emit(column, steps[Qt.Key(key)])
        elif column is not None and key in keys:
            keys[key](column)
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.column())
