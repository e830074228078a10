"""The keyboard at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.column import open_at, scrolling
from ui.widgets.labels import label
from ui.widgets.text import keycap

Group = tuple[str, list[tuple[str, tuple[str, ...]]]]
"""A title, and under it what is done with the keys that do it."""


def keys_of(title: str, actions: Iterable[QAction]) -> Group:
    """A group of the actions that have a key; the digits, one after the other, are one line."""
    rows: dict[str, list[str]] = {}
    for action in actions:
        keys = [_native(keys) for keys in action.shortcuts()]
        if not keys:
            continue
        name = action.text().replace("&", "").removesuffix("…")
        rows.setdefault(_("Choose an answer") if name.isdigit() else name, []).extend(keys)
    return title, [(name, tuple(keys)) for name, keys in rows.items()]


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


_MOST_COLUMNS = 3
_WIDEST = 0.9
"""How much of the screen's width the columns may take."""


class KeysDialog(QDialog):
    """Every action with its key, group by group; stays open beside the work.

    In as many columns as the screen has room for; the arrows scroll through what is below.
    """

    def __init__(self, parent: QWidget, groups: list[Group]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard overview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(_("Keyboard overview"), "title"))
        inside = self._laid_out([group for group in groups if group[1]])
        self.area = scrolling(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Keyboard overview"))
        layout.addWidget(self.area, 1)
        close = QPushButton(_("Close"))
        set_role(close, "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        around = self.sizeHint() - self.area.sizeHint()
        bar = self.area.verticalScrollBar().sizeHint().width()
        whole = inside.sizeHint() + around + QSize(bar + space(2), space(2))
        open_at(self, whole.width(), whole.height())

    def _laid_out(self, groups: list[Group]) -> QWidget:
        most = self.screen().availableSize().width() * _WIDEST
        for columns in range(_MOST_COLUMNS, 1, -1):
            inside = _columns(groups, columns)
            if inside.sizeHint().width() <= most:
                return inside
            inside.deleteLater()
        return _columns(groups, 1)


def _columns(groups: list[Group], count: int) -> QWidget:
    inside = QWidget()
    columns = QHBoxLayout(inside)
    columns.setContentsMargins(0, 0, space(3), 0)
    columns.setSpacing(space(12))
    share = sum(len(rows) + 2 for _title, rows in groups) / count
    grid = _Column(columns)
    for title, rows in groups:
        # A new column where this one would grow past its share.
        if grid.filled and grid.filled + len(rows) / 2 > share:
            grid = _Column(columns)
        grid.add(title, rows)
    return inside


class _Column:
    """Groups one under the other, with their keys in line."""

    def __init__(self, columns: QHBoxLayout) -> None:
        self.filled = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(6))
        self._grid.setVerticalSpacing(space(1))
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout()
        column.addLayout(self._grid)
        column.addStretch(1)
        columns.addLayout(column)

    def add(self, title: str, rows: list[tuple[str, tuple[str, ...]]]) -> None:
        if self.filled:
            self._grid.setRowMinimumHeight(self.filled, space(4))
            self.filled += 1
        self._grid.addWidget(label(title, "heading"), self.filled, 0, 1, 2)
        for number, (what, keys) in enumerate(rows, start=self.filled + 1):
            self._grid.addWidget(label(what), number, 0)
            caps = QHBoxLayout()
            caps.setSpacing(space(1))
            for key in keys:
                caps.addWidget(keycap(key))
            caps.addStretch(1)
            self._grid.addLayout(caps, number, 1)
        self.filled += len(rows) + 1
