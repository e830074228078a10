"""Finding somebody of the book by typing a part of the name: a field and a short list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fitcheck.domain.listed import ProspectLine
from fitcheck.i18n import _
from ui.drafts import Draft
from ui.theme import space

Search = Callable[[str], tuple[ProspectLine, ...]]
"""The first few who match what was typed."""

_ID = Qt.ItemDataRole.UserRole
_LINES = 5
_STEPS = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}


class ProspectFinder(QWidget):
    """``chosen`` says that somebody else is chosen: :attr:`prospect_id`. Up and Down choose."""

    chosen = Signal()

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Whom it is about"))
        self.line.setPlaceholderText(_("Type a part of the name"))
        title = QLabel(_("&Who"))
        title.setBuddy(self.line)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Who matches"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setFixedHeight(_LINES * (self.fontMetrics().height() + space(3)) + space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1.5))
        for part in (title, self.line, self.found):
            layout.addWidget(part)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.found.currentRowChanged.connect(self.chosen)
        self._find()

    @property
    def prospect_id(self) -> int | None:
        # The stubs leave out that there may be none.
        item: QListWidgetItem | None = self.found.currentItem()
        return None if item is None else int(item.data(_ID))

    def draft(self) -> dict[str, str]:
        return {"search": self.line.text(), "who": str(self.prospect_id or "")}

    def show_draft(self, draft: Draft) -> None:
        self.line.setText(draft.get("search", ""))
        for row in range(self.found.count()):
            if str(self.found.item(row).data(_ID)) == draft.get("who"):
                self.found.setCurrentRow(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The arrows choose without leaving the field.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(event.key(), 0)
            if step:
                row = self.found.currentRow() + step
                self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _find(self) -> None:
        self.found.clear()
        for line in self._search(self.line.text().strip()):
            parts = (line.prospect.name, line.prospect.organisation)
            item = QListWidgetItem(" ".join(", ".join(p for p in parts if p).split()))
            item.setData(_ID, line.id)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + space(3)))
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)
        self.chosen.emit()
