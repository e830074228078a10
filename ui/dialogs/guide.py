"""The guide in a window: its contents and a search at the left, a page at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fitcheck import guide
from fitcheck.guide import Place
from fitcheck.i18n import _, ngettext
from ui.guide.sheet import GuideSheet
from ui.theme import Theme, set_role, space
from ui.widgets.column import open_at
from ui.widgets.labels import label

_Index = QModelIndex | QPersistentModelIndex
_PAGE = Qt.ItemDataRole.UserRole


class _Wrapped(QStyledItemDelegate):
    """A title that nearly fits gets its second line: Qt forgets the style's padding beside it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - space(4))
        return super().sizeHint(narrower, index)


class GuideDialog(QDialog):
    """Stays beside the work; where a dialog waits for an answer, it lies over that one."""

    def __init__(self, parent: QWidget | None, theme: Theme, place: Place) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Guide – FitCheck"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Words to look for in the guide"))
        self.field.setPlaceholderText(_("Search the guide"))
        self.field.setToolTip(_("Search the guide (Ctrl+F)"))
        self.field.setClearButtonEnabled(True)
        self.pages = QListWidget()
        self.pages.setAccessibleName(_("Contents"))
        self.pages.setWordWrap(True)
        self.pages.setItemDelegate(_Wrapped(self.pages))
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = label("", "quiet")
        self.sheet = GuideSheet(theme)
        self.back_button = self._button("‹", _("Back"), "Alt+Left", self.sheet.go_back)
        self.on_button = self._button("›", _("Forward"), "Alt+Right", self.sheet.go_on)
        self.places = label("", "quiet")
        self.previous_button = self._button(
            _("Previous"), _("Previous place found"), "Shift+F3", self.sheet.previous_place
        )
        self.next_button = self._button(
            _("Next"), _("Next place found"), "F3", self.sheet.next_place
        )
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.sheet.next_place)
        self.pages.currentItemChanged.connect(self._chosen)
        self.sheet.turned.connect(self._turned)
        self.sheet.found.connect(self._found)
        self._list(guide.contents())
        self.sheet.go_to(place)
        self._key("Ctrl+F", self._look)
        open_at(self, space(270), space(180))
        self.sheet.setFocus()

    def go_to(self, place: Place) -> None:
        """Show another page, and come forward."""
        self.field.clear()
        self.sheet.go_to(place)
        self.show()
        self.raise_()
        self.activateWindow()

    def restyle(self, theme: Theme) -> None:
        """Wear another look."""
        self.sheet.restyle(theme)

    # The parts

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(space(2))
        for part in (self.field, self.pages, self.count):
            left.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(space(1))
        head.addWidget(self.back_button)
        head.addWidget(self.on_button)
        head.addStretch(1)
        head.addWidget(self.places)
        head.addWidget(self.previous_button)
        head.addWidget(self.next_button)
        right = QVBoxLayout()
        right.setSpacing(space(2))
        right.addLayout(head)
        right.addWidget(self.sheet, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(space(4), space(4), space(4), space(4))
        columns.setSpacing(space(4))
        columns.addLayout(left)
        columns.addLayout(right, 1)
        for part in (self.field, self.pages):
            part.setFixedWidth(space(66))
        self.setTabOrder(self.field, self.pages)
        for before, after in (
            (self.pages, self.back_button),
            (self.back_button, self.on_button),
            (self.on_button, self.previous_button),
            (self.previous_button, self.next_button),
            (self.next_button, self.sheet),
        ):
            self.setTabOrder(before, after)

    def _button(self, text: str, name: str, key: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        set_role(button, "plain")
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{name} ({shown})")
        button.clicked.connect(slot)
        self._key(key, button.click)
        return button

    def _key(self, key: str, slot: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)

    # Contents and search

    def _list(self, found: Collection[str]) -> None:
        titles = guide.contents()
        self.pages.blockSignals(True)
        self.pages.clear()
        for page in titles:
            if page in found:
                item = QListWidgetItem(titles[page])
                item.setData(_PAGE, page)
                self.pages.addItem(item)
        self.pages.blockSignals(False)
        self._turned(self.sheet.page)

    @Slot()
    def _look(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    @Slot(str)
    def _search(self, typed: str) -> None:
        wanted = typed.strip()
        if not wanted:
            self._list(guide.contents())
            self.count.setText("")
        else:
            found = guide.search(wanted)
            self._list(found)
            self.count.setText(
                ngettext("{count} page", "{count} pages", len(found)).format(count=len(found))
            )
            if found and self.sheet.page not in found:
                self.sheet.go_to(Place(next(iter(found))))
        self.sheet.look_for(wanted)

    @Slot()
    def _chosen(self) -> None:
        item: QListWidgetItem | None = self.pages.currentItem()  # the stubs leave out None
        if item is not None and item.data(_PAGE) != self.sheet.page:
            self.sheet.go_to(Place(item.data(_PAGE)))

    @Slot(str)
    def _turned(self, page: str) -> None:
        self.pages.blockSignals(True)
        self.pages.setCurrentRow(-1)
        for row in range(self.pages.count()):
            if self.pages.item(row).data(_PAGE) == page:
                self.pages.setCurrentRow(row)
        self.pages.blockSignals(False)
        self.back_button.setEnabled(self.sheet.may_go_back)
        self.on_button.setEnabled(self.sheet.may_go_on)

    @Slot(int, int)
    def _found(self, number: int, count: int) -> None:
        for button in (self.previous_button, self.next_button):
            button.setVisible(count > 0)
        text = _("{number} of {count}").format(number=number, count=count) if count else ""
        if not count and self.field.text().strip():
            text = _("Not found")
        self.places.setText(text)
