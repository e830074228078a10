"""Choosing one prospect of a book of any size: a search, and the first who match it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fitcheck.domain.listed import Query
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from ui.theme import space

_ID = Qt.ItemDataRole.UserRole
_ROWS = 4


class _Search(QLineEdit):
    """Down and Up walk the list below, from where one types."""

    def __init__(self, below: QListWidget) -> None:
        super().__init__()
        self._below = below
        self.setPlaceholderText(_("Search for a prospect"))
        self.setAccessibleName(_("Search for a prospect"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if step := steps.get(Qt.Key(event.key())):
            row = self._below.currentRow() + step
            self._below.setCurrentRow(min(max(row, 0), self._below.count() - 1))
        else:
            super().keyPressEvent(event)


class ProspectPicker(QWidget):
    """``chosen`` says that it is another one now, or nobody."""

    chosen = Signal()

    def __init__(self, fitcheck: FitCheck) -> None:
        super().__init__()
        self._fitcheck = fitcheck
        self.list = QListWidget()
        self.list.setAccessibleName(_("Prospects found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search = _Search(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self._row = QSize(0, self.fontMetrics().lineSpacing() + space(2))
        high = _ROWS * self._row.height() + 2 * self.list.frameWidth() + space(1)
        self.list.setFixedHeight(high)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._find)
        self.list.currentItemChanged.connect(self.chosen)
        self._find()

    @property
    def prospect_id(self) -> int | None:
        item: QListWidgetItem | None = self.list.currentItem()  # the stubs leave out None
        return None if item is None else int(item.data(_ID))

    def choose(self, prospect_id: int) -> None:
        """Choose them, if they are among those found."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == prospect_id:
                self.list.setCurrentRow(row)

    @Slot()
    def _find(self) -> None:
        kept = self.prospect_id
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for line in self._fitcheck.listing.page(Query(search=self.search.text().strip())).lines:
            person = line.prospect
            parts = (person.name, person.role, person.organisation)
            item = QListWidgetItem(", ".join(part for part in parts if part))
            item.setData(_ID, line.id)
            item.setSizeHint(self._row)
            self.list.addItem(item)
        if kept is not None:
            self.choose(kept)
        # Of a few that were looked for the first is meant; of everybody nobody is.
        if self.list.currentRow() < 0 and self.search.text().strip() and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self.chosen.emit()
