"""How a line of the palette is drawn: the name, quiet beside it where it is, at the end its key.

It is measured from left to right, and each part is placed where it belongs in the language's own
direction; the painter turns what is aligned round by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.context import Context
from ui.palette.model import PaletteModel
from ui.theme import Theme, over, space

Index = QModelIndex | QPersistentModelIndex
Placed = Callable[[QRect], QRect]

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class LineDelegate(QStyledItemDelegate):
    """Draws in the theme that is in force then; what can't be done now is faint."""

    def __init__(self, model: PaletteModel, context: Context) -> None:
        super().__init__()
        self._model = model
        self._context = context

    @property
    def _theme(self) -> Theme:
        return self._context.theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height: int = option.fontMetrics.height()
        return QSize(space(50), height + space(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._theme, self._model.rows[index.row()]
        rect: QRect = option.rect
        faint = over(theme.text, theme.surface, 0.45)

        def placed(part: QRect) -> QRect:
            return QStyle.visualRect(option.direction, rect, part)

        painter.save()
        painter.setLayoutDirection(option.direction)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.accent_soft))
            mark = QRect(rect.left(), rect.top(), space(1), rect.height())
            painter.fillRect(placed(mark), QColor(theme.accent))
        room = rect.adjusted(space(4), 0, -space(4), 0)
        font = QFont(option.font)
        painter.setFont(font)
        if row.key:
            room.setRight(self._key(painter, room, placed, row.key, row.enabled) - space(3))
        if row.note:
            painter.setPen(QColor(theme.quiet if row.enabled else faint))
            room.setRight(self._note(painter, room, placed, row.note) - space(3))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if row.enabled else faint))
        taken = self._text(painter, room, placed, row.name)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.quiet if row.enabled else faint))
        self._text(painter, room.adjusted(taken + space(3), 0, 0, 0), placed, row.where)
        painter.restore()

    def _text(self, painter: QPainter, room: QRect, placed: Placed, text: str) -> int:
        """Draw as much of ``text`` as there is room for, and return how wide that is."""
        metrics = painter.fontMetrics()
        if room.width() < metrics.averageCharWidth() * 3:
            return 0
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(placed(room), _LEFT, shown)
        return metrics.horizontalAdvance(shown)

    def _note(self, painter: QPainter, room: QRect, placed: Placed, note: str) -> int:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, room.width() // 2)
        left = room.right() - metrics.horizontalAdvance(shown)
        part = QRect(left, room.top(), room.right() - left + 1, room.height())
        painter.drawText(placed(part), _LEFT, shown)
        return left

    def _key(self, painter: QPainter, room: QRect, placed: Placed, key: str, enabled: bool) -> int:
        """Draw the picture of a key at the end, and return where it begins."""
        theme, metrics = self._theme, painter.fontMetrics()
        width = metrics.horizontalAdvance(key) + space(3)
        height = metrics.height() + space(1)
        left = room.right() - width
        cap = QRectF(placed(QRect(left, room.top(), width, room.height())))
        cap = QRectF(cap.left(), room.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(cap, space(1), space(1))
        painter.setPen(QColor(theme.quiet if enabled else over(theme.text, theme.surface, 0.45)))
        painter.drawText(cap, _MIDDLE, key)
        return left
