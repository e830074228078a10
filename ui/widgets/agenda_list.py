"""The agenda on the screen: the day, who, what for and why, under a heading for each part."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fitcheck.domain.follow_up import Entry, Standing
from fitcheck.follow_up_words import purpose_name
from fitcheck.i18n import _
from reports.follow_up_words import ahead_text, when_text
from ui.context import Context
from ui.models.agenda import AgendaModel
from ui.theme import space

Index = QModelIndex | QPersistentModelIndex

_DAY = 45
"""How wide the column of the days is, in units of ``space``."""


class AgendaDelegate(QStyledItemDelegate):
    """Two lines of three columns, or a heading; the chosen line is marked by a bar as well."""

    def __init__(self, context: Context, model: AgendaModel) -> None:
        super().__init__()
        self._context = context
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        theme = self._context.theme
        whole: QRect = option.rect
        painter.save()
        if isinstance(row, Standing):
            room = whole.adjusted(space(3), space(2), -space(3), 0)
            late = row is Standing.OVERDUE
            colour = theme.warning if late else theme.quiet
            _line(painter, room, self._model.heading(row), colour, bold=True)
            painter.restore()
            return
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(whole.left(), whole.top(), space(1), whole.height())
            painter.fillRect(bar, QColor(theme.accent))
        self._columns(painter, whole.adjusted(space(3), 0, -space(3), 0), row)
        painter.restore()

    def _columns(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        theme, today, follow_up = self._context.theme, self._model.today, entry.follow_up
        late = follow_up.standing(today) is Standing.OVERDUE
        day = min(space(_DAY), room.width() // 3)
        half = (room.width() - day) // 2
        height = painter.fontMetrics().height()
        top = room.center().y() - height - space(0.25)
        columns = (
            (when_text(follow_up, today), ahead_text(follow_up, today), 0, day, not late),
            (entry.name, entry.organisation, day, half, True),
            (purpose_name(follow_up.purpose), follow_up.reason, day + half, half, True),
        )
        for upper, lower, left, width, plain in columns:
            place = QRect(room.left() + left, top, width - space(3), height)
            _line(painter, place, upper, theme.text, bold=left == day)
            below = place.translated(0, height + space(0.5))
            _line(painter, below, lower, theme.quiet if plain else theme.warning)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height: int = option.fontMetrics.height()
        if isinstance(self._model.row(index.row()), Standing):
            return QSize(space(50), height + space(4))
        return QSize(space(50), 2 * height + space(5))


def _line(painter: QPainter, room: QRect, text: str, colour: str, bold: bool = False) -> None:
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    one_line = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(one_line, Qt.TextElideMode.ElideRight, room.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, int(flags), shown)


class AgendaList(QListView):
    """``opened`` asks for the prospect of a follow-up, ``chosen`` says that others are chosen."""

    opened = Signal()
    chosen = Signal()

    def __init__(self, context: Context, model: AgendaModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(_("Follow-ups"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Held here, because a view doesn't own its delegate.
        self._delegate = AgendaDelegate(context, model)
        self.setItemDelegate(self._delegate)
        self.doubleClicked.connect(self.opened)
        self.selectionModel().selectionChanged.connect(self._selected)

    def current(self) -> Entry | None:
        """The follow-up that the cursor stands at."""
        return self._model.entry(self.currentIndex().row())

    def entries(self) -> tuple[Entry, ...]:
        """Those that are chosen, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        found = (self._model.entry(row) for row in rows)
        return tuple(entry for entry in found if entry is not None)

    def choose(self, row: int) -> None:
        """Make ``row`` the current and only chosen one, and show it."""
        # Whichever keys are still held: with Ctrl, the view's own way would choose one more.
        way = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._model.index(row), way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the page's keys."""

    @Slot()
    def _selected(self) -> None:
        self.chosen.emit()
