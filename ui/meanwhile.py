"""Between the list and the rest of the window: what takes long is imported, a piece at a time.

Between two pieces the window is painted, and the list is gone through by keys and by the mouse.
Whatever else is asked for needs the rest: it is held, the rest is made without another pause, and
then it is done, in the order in which it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from fitcheck.domain.listed import SIZE
from ui.widgets.prospect_table import ProspectTable

REST = (
    "fitcheck.store.engine",
    "fitcheck.store.book",
    "fitcheck.services",
    "ui.session",
    "ui.pages.prospects",
    "ui.menus",
    "ui.exchanging",
    "ui.contacting",
    "ui.foreseeing",
)
"""What is imported meanwhile, the largest first; each brings some of what follows it."""

_ASKED = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
}

_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_WAYS = {*_STEPS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}


class Meanwhile(QObject):
    """Over a window in which the list stands, until :meth:`hand_on`."""

    def __init__(self, window: QMainWindow, table: ProspectTable) -> None:
        super().__init__()
        self._window = window
        self._table = table
        self._held: list[QEvent] = []
        self._handle = window.windowHandle()
        # All that a person does comes by the window's handle, before any widget hears of it; only
        # a shortcut is looked for before that, unless who has the focus wants the key.
        self._handle.installEventFilter(self)
        table.installEventFilter(self)

    def bring(self, pieces: Iterable[str] = REST) -> None:
        """Import these modules, until something is asked for or the window is closed."""
        for name in pieces:
            QApplication.processEvents()
            if self._held or not self._window.isVisible():
                return
            import_module(name)

    def hand_on(self) -> None:
        """Let everything go its way again, beginning with what was held."""
        self._handle.removeEventFilter(self)
        self._table.removeEventFilter(self)
        held, self._held = self._held, []
        for event in held:
            if isinstance(event, QKeyEvent) and (action := self._action(event)) is not None:
                self._do(action)
            else:
                QCoreApplication.postEvent(self._handle, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if watched is not self._handle or event.type() not in _ASKED:
            return False
        if not self._held and self._is_of_list(event):
            return False
        self._held.append(event.clone())
        return True

    def _is_of_list(self, event: QEvent) -> bool:
        """Whether the list alone can do it."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyRelease:
                return True
            if self._table.prospects.rowCount() <= SIZE:
                return event.key() in _WAYS
            # Beyond the first page nobody has been read yet.
            row = self._table.current_row()
            return event.key() in _STEPS and row is not None and row + 1 < SIZE
        if isinstance(event, QMouseEvent) and event.type() != QEvent.Type.MouseButtonDblClick:
            lines = self._table.viewport()
            there = lines.mapFromGlobal(event.globalPosition().toPoint())
            return event.button() == Qt.MouseButton.LeftButton and lines.rect().contains(there)
        return False

    # A key that was held is past the place where shortcuts are looked for.

    def _action(self, event: QKeyEvent) -> QAction | None:
        """What can be done by this key."""
        if event.type() != QEvent.Type.KeyPress:
            return None
        key = QKeySequence(event.keyCombination())
        for action in self._window.findChildren(QAction):
            if action.isEnabled() and (key in action.shortcuts() or self._opens(key, action)):
                return action
        return None

    def _opens(self, key: QKeySequence, action: QAction) -> bool:
        menus = self._window.menuBar().actions()
        return action in menus and key == QKeySequence.mnemonic(action.text())

    def _do(self, action: QAction) -> None:
        if action in self._window.menuBar().actions():
            self._window.menuBar().setActiveAction(action)
        else:
            action.trigger()
