"""The local book of colleagues as a list: who, what they are good at, and whether they agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fitcheck.domain.book import Colleague
from fitcheck.i18n import _
from fitcheck.referral_words import count_text
from ui.context import Context
from ui.theme import space
from ui.widgets.labels import plain_tool_tip

_ROW = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """A line of the list. Without ``id`` it is one that has just been begun; ``others`` are all
    who aren't in the book and to whom somebody was referred all the same."""

    id: int | None
    colleague: Colleague = field(repr=False)
    referrals: int = 0
    others: bool = False

    @property
    def name(self) -> str:
        if self.others:
            return _("People outside of this book")
        return self.colleague.name or _("A new colleague")

    @property
    def asked(self) -> str:
        """The mark of those who haven't agreed to be named."""
        if self.others or self.id is None or self.colleague.consent_on is not None:
            return ""
        return _("No consent noted")

    @property
    def text(self) -> str:
        """All of it in one line, for whoever doesn't see it."""
        good_at = " ".join(self.colleague.good_at.split())
        parts = (self.name, good_at, self.asked, count_text(self.referrals))
        return " · ".join(part for part in parts if part)

    def matches(self, search: str) -> bool:
        """Whether each word of ``search`` is somewhere in it."""
        of = self.colleague
        said = f"{self.name} {of.contact} {of.good_at} {self.asked}".casefold()
        return all(word in said for word in search.casefold().split())


class _Delegate(QStyledItemDelegate):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme, row = self._context.theme, index.data(_ROW)
        self.initStyleOption(option, index)
        option.text = ""
        style: QStyle = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        whole: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(whole.left(), whole.top(), space(1), whole.height())
            painter.fillRect(bar, QColor(theme.accent))
        room = whole.adjusted(space(3), space(2), -space(3), -space(2))
        height = painter.fontMetrics().height()
        line = QRect(room.left(), room.top(), room.width(), height)
        self._text(painter, line, row.name, theme.text, bold=True)
        line.translate(0, height + space(0.5))
        good_at = " ".join(row.colleague.good_at.split())
        if good_at:
            self._text(painter, line, good_at, theme.quiet)
            line.translate(0, height + space(0.5))
        if row.asked:
            self._text(painter, line, row.asked, theme.warning, bold=True)
            beyond = painter.fontMetrics().horizontalAdvance(row.asked) + space(3)
            line.setLeft(line.left() + beyond)
        self._text(painter, line, count_text(row.referrals), theme.quiet)
        painter.restore()

    def _text(
        self, painter: QPainter, rect: QRect, text: str, colour: str, bold: bool = False
    ) -> None:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, int(flags), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, height = index.data(_ROW), option.fontMetrics.height()
        lines = 1 + bool(row.colleague.good_at.strip()) + bool(row.asked or row.referrals)
        return QSize(space(40), lines * height + (lines - 1) * space(0.5) + space(4))


class ColleagueList(QListWidget):
    """``chosen`` says that another one is current; ``opened`` and ``removed`` are the keys'."""

    chosen = Signal()
    opened = Signal()
    removed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName(_("Colleagues"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._delegate = _Delegate(context)  # held here, because a view doesn't own its delegates
        self.setItemDelegate(self._delegate)
        self.currentItemChanged.connect(self.chosen)
        self.itemDoubleClicked.connect(self.opened)

    def show_rows(self, rows: list[Row], search: str, current: int | None) -> None:
        """Show those that match, with the one of the id ``current`` chosen if it is among them."""
        blocked = self.blockSignals(True)
        self.clear()
        for row in rows:
            if not row.matches(search):
                continue
            item = QListWidgetItem(self)
            _fill(item, row)
            if row.id == current and not row.others:
                self.setCurrentItem(item)
        if self.count() and self.currentRow() < 0:
            self.setCurrentRow(0)
        self.blockSignals(blocked)

    def current(self) -> Row | None:
        item: QListWidgetItem | None = self.currentItem()  # the stubs leave out None
        return None if item is None else item.data(_ROW)

    def rows(self) -> list[Row]:
        return [self.item(at).data(_ROW) for at in range(self.count())]

    def refresh(
        self, colleagues: Mapping[int, Colleague], counts: Mapping[int | None, int]
    ) -> None:
        """Let each line say what is kept now; nobody moves while one is typing."""
        for at in range(self.count()):
            item = self.item(at)
            row: Row = item.data(_ROW)
            if row.id is not None and row.id in colleagues:
                _fill(item, Row(row.id, colleagues[row.id], counts.get(row.id, 0)))
            elif row.others:
                _fill(item, Row(None, row.colleague, counts.get(None, 0), others=True))
        self.scheduleDelayedItemsLayout()

    def became(self, colleague_id: int, colleague: Colleague) -> None:
        """The one that has just been begun is in the book now."""
        for at in range(self.count()):
            row: Row = self.item(at).data(_ROW)
            if row.id is None and not row.others:
                _fill(self.item(at), Row(colleague_id, colleague))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.current() is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif self.current() is not None and key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def _fill(item: QListWidgetItem, row: Row) -> None:
    item.setData(_ROW, row)
    # What a screen reader says; the delegate draws it otherwise.
    item.setText(row.text)
    item.setToolTip(plain_tool_tip(row.text))
