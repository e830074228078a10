"""Where the inquiry's words are typed, and the lists that they end up in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _
from fitcheck.inquiry import Pile
from ui.theme import space
from ui.widgets.inquiry_words import pile_name
from ui.widgets.kept_field import KeptField
from ui.widgets.labels import label

_TURNING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class WordsField(KeptField):
    """The one field that everything is typed into.

    The page's own keys come through it, but for undo and redo while there is typing to undo.
    """

    def __init__(self) -> None:
        super().__init__(
            _("What they say"), lines=3, hint=_("What they say; a line for each point")
        )

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_the_pages(event)
        ):
            event.ignore()
            return True
        return super().event(event)

    def _is_the_pages(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.document().isUndoAvailable()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not self.document().isRedoAvailable()
        return event.key() in _TURNING and not event.modifiers()

    def _leaves(self, event: QKeyEvent) -> bool:
        return False  # every way out of it is a key of the page


class PileList(QListWidget):
    """The items of one pile. Enter edits one, Delete removes it; the page's keys act on it, too."""

    edited = Signal(int, str)

    def __init__(self, pile: Pile) -> None:
        super().__init__()
        self.pile = pile
        self.setAccessibleName(pile_name(pile))
        self.setAccessibleDescription(_("Enter edits an item, Delete removes it."))
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setMinimumHeight(space(24))
        self.itemChanged.connect(self._changed)

    @property
    def editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def texts(self) -> tuple[str, ...]:
        return tuple(self.item(row).text() for row in range(self.count()))

    def show_items(self, items: tuple[str, ...]) -> None:
        """Show these; the row that is chosen stays so, as far as there still is one."""
        if items == self.texts():
            return
        row, longer = self.currentRow(), len(items) > self.count()
        blocked = self.blockSignals(True)
        self.clear()
        for text in items:
            item = QListWidgetItem(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)
        self.blockSignals(blocked)
        # What has just been added lies at the end, and is what one would mend.
        self.setCurrentRow(len(items) - 1 if longer or row < 0 else min(row, len(items) - 1))
        self.scrollToItem(self.currentItem())
        if not self.hasFocus():
            self.clearSelection()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCurrentRow(max(self.currentRow(), 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.editing:
            # Where the keys act on the field, no item may look as if they acted on it.
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What its editor doesn't want comes here, too, and was not meant for the list.
        item = None if self.editing else self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editItem(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.edited.emit(self.currentRow(), "")
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _changed(self, item: QListWidgetItem) -> None:
        self.edited.emit(self.row(item), item.text())


class Piles(QWidget):
    """The three lists side by side. ``edited`` carries the pile, the row and the new text."""

    edited = Signal(Pile, int, str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        self.lists: dict[Pile, PileList] = {}
        for pile in Pile:
            column = QVBoxLayout()
            column.setSpacing(space(1))
            column.addWidget(label(pile_name(pile), "heading"))
            made = PileList(pile)
            made.edited.connect(lambda at, text, pile=pile: self.edited.emit(pile, at, text))
            column.addWidget(made, 1)
            row.addLayout(column, 1)
            self.lists[pile] = made

    def show_items(self, items: dict[Pile, tuple[str, ...]]) -> None:
        for pile, list_ in self.lists.items():
            list_.show_items(items[pile])

    @property
    def focused(self) -> PileList | None:
        """The list that has the focus, with an item to act on; ``None`` if none has."""
        for list_ in self.lists.values():
            if list_ is self.window().focusWidget() and list_.currentRow() >= 0:
                return list_
        return None

    @property
    def editing(self) -> bool:
        return any(list_.editing for list_ in self.lists.values())
