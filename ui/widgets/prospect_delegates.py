"""How the cells of the book are drawn that hold more than a word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.context import Context
from ui.models.prospects import DUE_ROLE, LINE_ROLE, ODDS_ROLE
from ui.theme import over, space

Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Draw the cell without its text, and return where the text goes."""
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        style: QStyle = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        rect: QRect = option.rect
        return rect.adjusted(space(3), 0, -space(2), 0)

    def _line(
        self, painter: QPainter, rect: QRect, text: str, colour: str, bold: bool = False
    ) -> None:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, int(flags), shown)


class PersonDelegate(_Delegate):
    """Name above organisation; the chosen line is marked by a bar as well as by its colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme = self._context.theme
        room = self._ground(painter, option, index)
        line = index.data(LINE_ROLE)
        if line is None:
            painter.restore()
            return
        prospect = line.prospect
        if option.state & QStyle.StateFlag.State_Selected:
            whole: QRect = option.rect
            bar = QRect(whole.left(), whole.top(), space(1), whole.height())
            painter.fillRect(bar, QColor(theme.accent))
        second = ", ".join(part for part in (prospect.role, prospect.organisation) if part)
        due = index.data(DUE_ROLE)
        height = painter.fontMetrics().height()
        if second or due:
            top = room.center().y() - height
            self._line(
                painter,
                QRect(room.left(), top, room.width(), height),
                prospect.name,
                theme.text,
                bold=True,
            )
            below = QRect(room.left(), top + height + space(0.5), room.width(), height)
            if due:
                # In words, and before what one may do without where there is no room for both.
                self._line(painter, below, due, theme.warning, bold=True)
                beyond = painter.fontMetrics().horizontalAdvance(due) + space(2)
                below.setLeft(below.left() + beyond)
            self._line(painter, below, second, theme.quiet)
        else:
            self._line(painter, room, prospect.name, theme.text, bold=True)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height: int = option.fontMetrics.height()
        return QSize(space(50), 2 * height + space(4))


class PlainDelegate(_Delegate):
    """One quiet line; never marked by the frame of a current cell, since lines are chosen whole."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        room = self._ground(painter, option, index)
        self._line(painter, room, index.data(), self._context.theme.text)
        painter.restore()


class OddsDelegate(_Delegate):
    """The recommendation in words above a bar of the odds.

    As in the charts, the three differ in shade and pattern, not in colour: good is full, workable
    pale, poor hatched.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme = self._context.theme
        room = self._ground(painter, option, index)
        odds = index.data(ODDS_ROLE)
        if odds is None:
            self._line(painter, room, index.data(), theme.quiet)
            painter.restore()
            return
        height = painter.fontMetrics().height()
        bar = space(2)
        top = room.center().y() - (height + space(1) + bar) // 2
        self._line(painter, QRect(room.left(), top, room.width(), height), index.data(), theme.text)
        whole = QRectF(room.left(), top + height + space(1), min(room.width(), space(34)), bar)
        left = whole.left()
        brushes = (
            QBrush(QColor(theme.accent)),
            QBrush(QColor(over(theme.accent, theme.surface, 0.35))),
            QBrush(QColor(theme.quiet), Qt.BrushStyle.BDiagPattern),
        )
        for share, brush in zip(odds, brushes, strict=True):
            across = share * whole.width()
            painter.fillRect(QRectF(left, whole.top(), across, bar), brush)
            left += across
        painter.setPen(QColor(theme.edge))
        painter.drawRect(whole)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(space(38), space(10))
