"""How the cells of the book are drawn that hold more than a word."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fitcheck.domain.listed import ProspectLine
from ui.models.columns import Column
from ui.models.prospects import ProspectModel
from ui.theme import Theme, over, space

Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, int, int, int, bool, float]
"""Whose cell in which column, how large, and how it is drawn."""

_Size = tuple[int, int, float]


_PICTURES = 160
"""Cells that are kept as pictures by each delegate: a screen of them, and what is scrolled by."""

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class _Type:
    """A font with its measures, which take as long to ask for as a line takes to draw."""

    def __init__(self, font: QFont, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        self.font = QFont(font)
        self.font.setWeight(weight)
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height()


class _Delegate(QStyledItemDelegate):
    """Draws a cell in a few strokes of its own, and keeps it as a picture.

    What a style sheet would draw of it, and what the view would ask of the model for that, took
    most of the time in which the list is repainted. The line below each cell and the ground of a
    chosen one are those of every list.
    """

    def __init__(self, theme: Theme, model: ProspectModel) -> None:
        super().__init__()
        self.theme = theme
        self._model = model
        self._pictures: dict[_Key, tuple[ProspectLine, QPixmap]] = {}
        self._look: tuple[Theme, str] | None = None
        self._gap = 0
        self._plain = self._bold = _Type(QFont())
        self._ground, self._chosen, self._rule = QColor(), QColor(), QColor()
        # What shows nothing any more is painted over: to be given new memory takes longer.
        self._spare: dict[_Size, list[QPixmap]] = {}
        model.modelReset.connect(self._spare_all)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        line = self._model.line_at(index.row())
        if line is None:
            return
        look = (self.theme, option.font.key())
        if look != self._look:
            self._take_over(look, option.font)
        ratio = painter.device().devicePixelRatioF()
        key = (line.id, index.column(), rect.width(), rect.height(), chosen, ratio)
        kept = self._pictures.get(key)
        if kept is None or kept[0] is not line:
            if len(self._pictures) >= _PICTURES:
                self._pictures.pop(next(iter(self._pictures)))
            kept = self._pictures[key] = (line, self._picture(key, line))
        painter.drawPixmap(rect.topLeft(), kept[1])

    @Slot()
    def _spare_all(self) -> None:
        self._spare.clear()
        for key, (_line, picture) in self._pictures.items():
            _id, _column, width, height, _chosen, ratio = key
            self._spare.setdefault((width, height, ratio), []).append(picture)
        self._pictures.clear()

    def _take_over(self, look: tuple[Theme, str], font: QFont) -> None:
        self._look = look
        self._pictures.clear()
        self._plain, self._bold = _Type(font), _Type(font, QFont.Weight.DemiBold)
        theme = look[0]
        self._gap = space(1)
        self._ground, self._chosen = QColor(theme.surface), QColor(theme.accent_soft)
        self._rule = QColor(theme.hair)

    def _picture(self, key: _Key, line: ProspectLine) -> QPixmap:
        _id, column, width, height, chosen, ratio = key
        spare = self._spare.get((width, height, ratio))
        if spare:
            picture = spare.pop()
        else:
            picture = QPixmap(round(width * ratio), round(height * ratio))
            picture.setDevicePixelRatio(ratio)
        picture.fill(self._chosen if chosen else self._ground)
        painter = QPainter(picture)
        painter.fillRect(0, height - 1, width, 1, self._rule)
        room = QRect(3 * self._gap, 0, width - 5 * self._gap, height)
        self._draw(painter, room, line, Column(column), chosen)
        painter.end()
        return picture

    def _draw(
        self, painter: QPainter, room: QRect, line: ProspectLine, column: Column, chosen: bool
    ) -> None:
        """Draw what the cell says where there is ``room``."""
        raise NotImplementedError

    def _line(
        self, painter: QPainter, rect: QRect, text: str, colour: str, bold: bool = False
    ) -> None:
        kind = self._bold if bold else self._plain
        painter.setFont(kind.font)
        painter.setPen(QColor(colour))
        metrics = kind.metrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _MIDDLE, shown)


class PersonDelegate(_Delegate):
    """Name above organisation; the chosen line is marked by a bar as well as by its colour."""

    def _draw(
        self, painter: QPainter, room: QRect, line: ProspectLine, column: Column, chosen: bool
    ) -> None:
        theme, prospect = self.theme, line.prospect
        if chosen:
            painter.fillRect(0, 0, self._gap, room.height(), QColor(theme.accent))
        second = ", ".join(part for part in (prospect.role, prospect.organisation) if part)
        due = self._model.due(line)
        if not (second or due):
            self._line(painter, room, prospect.name, theme.text, bold=True)
            return
        height = self._plain.height
        top = room.center().y() - height
        above = QRect(room.left(), top, room.width(), height)
        self._line(painter, above, prospect.name, theme.text, bold=True)
        below = QRect(room.left(), top + height + space(0.5), room.width(), height)
        if due:
            # In words, and before what one may do without where there is no room for both.
            self._line(painter, below, due, theme.warning, bold=True)
            beyond = self._bold.metrics.horizontalAdvance(due) + space(2)
            below.setLeft(below.left() + beyond)
        self._line(painter, below, second, theme.quiet)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height: int = option.fontMetrics.height()
        return QSize(space(50), 2 * height + space(4))


class PlainDelegate(_Delegate):
    """One quiet line; never marked by the frame of a current cell, since lines are chosen whole."""

    def _draw(
        self, painter: QPainter, room: QRect, line: ProspectLine, column: Column, chosen: bool
    ) -> None:
        self._line(painter, room, self._model.text(line, column), self.theme.text)


@lru_cache(4)
def _brushes(theme: Theme) -> tuple[QBrush, QBrush, QBrush]:
    """Of the odds good, workable and poor."""
    return (
        QBrush(QColor(theme.accent)),
        QBrush(QColor(over(theme.accent, theme.surface, 0.35))),
        QBrush(QColor(theme.quiet), Qt.BrushStyle.BDiagPattern),
    )


class OddsDelegate(_Delegate):
    """The recommendation in words above a bar of the odds.

    As in the charts, the three differ in shade and pattern, not in colour: good is full, workable
    pale, poor hatched.
    """

    def _draw(
        self, painter: QPainter, room: QRect, line: ProspectLine, column: Column, chosen: bool
    ) -> None:
        theme = self.theme
        text, odds = self._model.text(line, column), self._model.odds(line)
        if odds is None:
            self._line(painter, room, text, theme.quiet)
            return
        height = self._plain.height
        bar = space(2)
        top = room.center().y() - (height + space(1) + bar) // 2
        self._line(painter, QRect(room.left(), top, room.width(), height), text, theme.text)
        whole = QRectF(room.left(), top + height + space(1), min(room.width(), space(34)), bar)
        left = whole.left()
        for share, brush in zip(odds, _brushes(theme), strict=True):
            across = share * whole.width()
            painter.fillRect(QRectF(left, whole.top(), across, bar), brush)
            left += across
        painter.setPen(QColor(theme.edge))
        painter.drawRect(whole)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(space(38), space(10))
