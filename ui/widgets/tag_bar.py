"""The tags of whoever is chosen: each a chip to be taken away, and a field for one more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _, ngettext
from ui.theme import set_role, space
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel

_LONGEST = 60
"""Characters of a tag."""

_CHIPS = 24
"""Tags that are shown; one with more of them is found by typing it."""


class TagBar(QFrame):
    """``added`` and ``removed`` name a tag, ``closed`` says that one has done. Hidden at first."""

    added = Signal(str)
    removed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(_("Tags"))
        self.title = ElidedLabel("", "heading")
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Add a tag"))
        self.field.setAccessibleName(_("Add a tag"))
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedWidth(space(48))
        self.cross = QPushButton(_("Close"))
        set_role(self.cross, "plain")
        self.cross.setToolTip(_("Close (Esc)"))
        self._known = QStringListModel()
        completer = self._completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        # What was completed is in the field only after this.
        completer.activated.connect(self._completed, Qt.ConnectionType.QueuedConnection)
        self.chips: list[QPushButton] = []
        chips = QWidget()
        self._row = FlowLayout(chips, space(2))
        self._around = chips
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.title, 1)
        row.addWidget(self.field)
        row.addWidget(self.cross)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(2), space(3), space(2))
        layout.setSpacing(space(2))
        layout.addLayout(row)
        layout.addWidget(chips)
        self.field.returnPressed.connect(self._add)
        self.cross.clicked.connect(self.close_)
        self.field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it, with the cursor where a tag is typed."""
        self.show()
        self.field.setFocus()

    def show_tags(
        self, name: str, number: int, tags: Mapping[str, int], known: Mapping[str, int]
    ) -> None:
        """Show the ``tags`` of ``number`` prospects, or of the one of this ``name``.

        Each comes with how many of them have it; ``known`` are the tags of everybody.
        """
        title = ngettext("Tags of {name}", "Tags of {count} prospects", number)
        self.title.setText(title.format(name=name, count=number))
        self._known.setStringList([tag for tag in known if tags.get(tag, 0) < number])
        focused = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), None)
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for tag, have in list(tags.items())[:_CHIPS]:
            some = _("{tag} ({count} of {all})").format(tag=tag, count=have, all=number)
            caption = tag if have == number else some
            chip = QPushButton(f"{caption}  ✕".replace("&", "&&"))
            set_role(chip, "chip")
            chip.setCheckable(True)
            chip.setChecked(have == number)
            chip.setAccessibleName(_("Take away the tag: {tag}").format(tag=caption))
            chip.clicked.connect(partial(self.removed.emit, tag))
            chip.installEventFilter(self)
            self._row.addWidget(chip)
            self.chips.append(chip)
            chip.show()
        self._around.setVisible(bool(self.chips))
        if focused is not None:
            (self.chips[min(focused, len(self.chips) - 1)] if self.chips else self.field).setFocus()

    @Slot()
    def close_(self) -> None:
        """Put it away."""
        self.field.clear()
        self.hide()
        self.closed.emit()

    @Slot()
    def _add(self) -> None:
        text = self.field.text().strip()
        popup = self._completer.popup()
        if popup is not None and popup.isVisible() and popup.currentIndex().isValid():
            return  # the completer says it
        self.field.clear()
        if text:
            self.added.emit(text)

    @Slot(str)
    def _completed(self, text: str) -> None:
        self.field.clear()
        self.added.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close_()
            return True
        return super().eventFilter(watched, event)
