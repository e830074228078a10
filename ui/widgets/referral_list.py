"""Referrals under each other: who was sent to whom, when, and what came of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from fitcheck.domain.referral import ReferralLine
from fitcheck.i18n import _
from fitcheck.referral_words import result_text
from ui.models.prospects import day_text
from ui.theme import space
from ui.widgets.labels import plain_tool_tip

_LINE = Qt.ItemDataRole.UserRole
_MOST = 6
"""How many are shown at once; then it scrolls."""


class ReferralList(QListWidget):
    """Enter or a double click opens one, Delete removes it.

    ``by_colleague``: it belongs to one prospect, and says to whom they were sent; otherwise to a
    colleague, and says who was sent to them. ``names_both`` says both.
    """

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, *, by_colleague: bool = False) -> None:
        super().__init__()
        self._by_colleague = by_colleague
        self.names_both = False
        self.setAccessibleName(_("Referrals"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setToolTip(_("Enter: what came of it. Delete: remove it."))
        self.itemDoubleClicked.connect(self._open)

    def show_lines(self, lines: tuple[ReferralLine, ...]) -> None:
        """Show these; the one that was current stays so."""
        kept = self.current()
        self.clear()
        for line in lines:
            text = "\n".join(self._texts(line))
            item = QListWidgetItem(text)
            item.setData(_LINE, line)
            item.setToolTip(plain_tool_tip(text))
            self.addItem(item)
            if kept is not None and kept.id == line.id:
                self.setCurrentItem(item)
        if lines and self.currentRow() < 0:
            self.setCurrentRow(0)
        rows = min(max(len(lines), 1), _MOST)
        height = self.sizeHintForRow(0) if lines else 0
        self.setFixedHeight(rows * height + 2 * self.frameWidth() + space(1))
        self.setVisible(bool(lines))

    def current(self) -> ReferralLine | None:
        item: QListWidgetItem | None = self.currentItem()  # the stubs leave out None
        return None if item is None else item.data(_LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif line is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(line)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_LINE))

    def _texts(self, line: ReferralLine) -> tuple[str, str]:
        referred = line.referred
        whose = referred.name if self._by_colleague else line.prospect
        if self.names_both:
            whose = _("{prospect} to {colleague}").format(
                prospect=line.prospect, colleague=referred.name
            )
        first = f"{_day(referred.day)} · {whose}"
        heard = _day(referred.result_on) if referred.result_on else ""
        words = " ".join(referred.words.split())
        return first, " · ".join(
            part for part in (result_text(referred.result, heard), words) if part
        )


def _day(day: dt.date) -> str:
    return day_text(QDate(day.year, day.month, day.day))
