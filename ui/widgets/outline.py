"""All questions of the form at a glance: where one is, what is answered, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fitcheck.domain.bank import Axis
from fitcheck.i18n import _
from reports.words import axis_name
from ui.theme import Theme
from ui.widgets.labels import plain_tool_tip
from ui.widgets.standing import OutlineLine, State

_LINE = Qt.ItemDataRole.UserRole
_NAVIGATION = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)


def axis_initial(axis: Axis) -> str:
    """One letter for an axis, explained by :func:`axis_legend`."""
    return axis_name(axis)[:1]


def axis_legend() -> str:
    """What the letters at the right of the outline stand for."""
    return _("{c} chemistry · {t} trust · {n} nature of the problem").format(
        c=axis_initial(Axis.CHEMISTRY), t=axis_initial(Axis.TRUST), n=axis_initial(Axis.NATURE)
    )


class _LinePainter(QStyledItemDelegate):
    """Draws one line: the state as a shape, the number, the facet, a dot for a note, the axis."""

    def __init__(self, parent: QListWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, round(QFontMetrics(option.font).height() * 1.5))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: OutlineLine = index.data(_LINE)
        theme = self.theme
        rect = QRect(option.rect)
        state = option.state
        font = QFont(option.font)
        em = QFontMetrics(font).height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.here or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.focus), theme.ring))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)
        centre = QPointF(rect.left() + em * 0.75, rect.center().y() + 0.5)
        _paint_state(painter, theme, line.state, centre, em * 0.26)
        if line.carried:
            _paint_carried(painter, theme, centre, em * 0.26)
        font.setWeight(QFont.Weight.DemiBold if line.here else QFont.Weight.Normal)
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.quiet))
        number = QRect(rect.left() + round(em * 1.15), rect.top(), round(em * 1.25), rect.height())
        painter.drawText(number, int(middle | Qt.AlignmentFlag.AlignRight), str(line.number))
        initial = QRect(rect.right() - round(em * 1.1), rect.top(), round(em * 0.9), rect.height())
        painter.drawText(
            initial, int(middle | Qt.AlignmentFlag.AlignHCenter), axis_initial(line.axis)
        )
        left = number.right() + round(em * 0.5)
        right = initial.left() - round(em * 0.6)
        painter.setPen(QColor(theme.accent if line.here else theme.text))
        name = QFontMetrics(font).elidedText(line.facet, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(
            QRect(left, rect.top(), right - left, rect.height()),
            int(middle | Qt.AlignmentFlag.AlignLeft),
            name,
        )
        if line.noted:
            _paint_note(painter, theme, QPointF(right + em * 0.3, centre.y()), em * 0.2)
        painter.restore()


def _paint_state(
    painter: QPainter, theme: Theme, state: State, centre: QPointF, radius: float
) -> None:
    """A shape for each state, so that colour is never needed to tell them apart."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.edge), 1.3))
    if state is State.ANSWERED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(centre, radius, radius)
    elif state is State.UNKNOWN:
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(QColor(theme.edge))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(box, 90 * 16, 180 * 16)
    elif state is State.NOT_APPLICABLE:
        painter.drawLine(centre - QPointF(radius, 0), centre + QPointF(radius, 0))
    else:
        painter.drawEllipse(centre, radius, radius)


def _paint_carried(painter: QPainter, theme: Theme, centre: QPointF, radius: float) -> None:
    """A ring around it, cut free: the answer is from another day."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.surface), radius * 0.45))
    painter.drawEllipse(centre, radius * 0.72, radius * 0.72)
    painter.setPen(QPen(QColor(theme.edge), 1.3))
    painter.drawEllipse(centre, radius, radius)


def _paint_note(painter: QPainter, theme: Theme, centre: QPointF, size: float) -> None:
    """A small sheet of paper."""
    painter.setPen(QPen(QColor(theme.quiet), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, right = centre.x() - size * 0.8, centre.x() + size * 0.8
    top, bottom = centre.y() - size, centre.y() + size
    fold = size * 0.7
    corners = [(left, top), (right - fold, top), (right, top + fold), (right, bottom)]
    corners.append((left, bottom))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


class Outline(QListWidget):
    """The questions in form order; ``picked`` carries the id of the one to go to."""

    picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._painter = _LinePainter(self, theme)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("All questions"))
        self.itemClicked.connect(self._picked)
        self.itemActivated.connect(self._picked)

    def show_lines(self, lines: Sequence[OutlineLine]) -> None:
        """Show the questions as they stand, and bring the one in hand into view."""
        blocked = self.blockSignals(True)
        while self.count() > len(lines):
            self.takeItem(self.count() - 1)
        while self.count() < len(lines):
            self.addItem(QListWidgetItem())
        for row, line in enumerate(lines):
            item = self.item(row)
            if item.data(_LINE) == line:
                continue  # only what has changed is painted again
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            standing = ", ".join(filter(None, (line.state_words, line.carried)))
            tip = f"{axis_name(line.axis)}, {standing}\n{line.say}"
            item.setToolTip(plain_tool_tip(tip))
            if line.here:
                self._bring_into_view(item)
                self.setCurrentItem(item)
        self.blockSignals(blocked)

    def _bring_into_view(self, item: QListWidgetItem) -> None:
        """To the middle, where it can't be seen: what comes after it is seen then, too, and the
        next ones are painted without scrolling."""
        if not self.viewport().rect().contains(self.visualItemRect(item)):
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        # A list lays all of its rows out anew, and paints them, for any change of one; these
        # are all of a height, and what changed is a row's own.
        QAbstractItemView.dataChanged(self, first, last, roles)

    def line(self, row: int) -> OutlineLine:
        """The line that is shown in ``row``."""
        shown: OutlineLine = self.item(row).data(_LINE)
        return shown

    def restyle(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A list searches for what is typed; here letters are the page's keys.
        if event.key() in _NAVIGATION:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @Slot(QListWidgetItem)
    def _picked(self, item: QListWidgetItem) -> None:
        line: OutlineLine = item.data(_LINE)
        self.picked.emit(line.id)
