"""Between the list and the rest of the window: what takes long is imported, a piece at a time.

Between two pieces the window is painted, and the list is gone through by keys and by the mouse.
Whatever else is asked for needs the rest: it is held, the rest is made without another pause, and
then it is done, in the order in which it was asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from fitcheck.domain.listed import SIZE
from ui.widgets.prospect_table import ProspectTable

REST = (
    "fitcheck.store.engine",
    "fitcheck.domain.book",
    "fitcheck.codec",
    "fitcheck.store.book",
    "fitcheck.services",
    "ui.session",
    "ui.pages.prospects",
    "ui.foreseeing",
    "ui.surroundings",
)
"""What is imported meanwhile, each with what it needs; a tenth of a second or two at most."""

_ASKED = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
}

_TWICE = QEvent.Type.MouseButtonDblClick

_WITH_OTHERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}
"""Keys that alone mean nothing; with another, that one says so."""

_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_WAYS = {*_STEPS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}


class Meanwhile(QObject):
    """Over a window in which the list stands, until :meth:`hand_on`."""

    def __init__(self, window: QMainWindow, table: ProspectTable) -> None:
        super().__init__(window)
        self._window = window
        self._table = table
        self._held: deque[QEvent] = deque()
        self._handle = window.windowHandle()
        # All that a person does comes by the window's handle, before any widget hears of it; only
        # a shortcut is looked for before that, unless who has the focus wants the key.
        self._handle.installEventFilter(self)
        table.installEventFilter(self)

    def bring(self, pieces: Iterable[str] = REST) -> None:
        """Import these modules, until something is asked for or the window is closed."""
        for name in pieces:
            QApplication.processEvents()
            if self.held or not self._window.isVisible():
                return
            import_module(name)

    @property
    def held(self) -> bool:
        """Whether something was asked for that is still to be done."""
        return bool(self._held)

    def hand_on(self) -> None:
        """Let everything go its way again, beginning with what was held."""
        self._handle.removeEventFilter(self)
        self._table.removeEventFilter(self)
        QTimer.singleShot(0, self, self._next)

    @Slot()
    def _next(self) -> None:
        if not self._held or not self._window.isVisible():
            self.deleteLater()
            return
        event = self._held.popleft()
        # Before this one is done: it may open a dialog, which the next ones are then meant for.
        QTimer.singleShot(0, self, self._next)
        if isinstance(event, QKeyEvent):
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                QCoreApplication.sendEvent(dialog.windowHandle(), event)
            elif self._is_wanted(event) or not self._do(event):
                QCoreApplication.sendEvent(self._handle, event)
            return
        if isinstance(event, QMouseEvent) and event.type() == _TWICE:
            # The list has been read anew since the first click, and has forgotten that.
            for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                QCoreApplication.sendEvent(self._handle, _as(kind, event))
        QCoreApplication.sendEvent(self._handle, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if watched is not self._handle or event.type() not in _ASKED:
            return False
        if isinstance(event, QKeyEvent) and event.key() in _WITH_OTHERS:
            return False
        if not self._held and self._is_of_list(event):
            return False
        self._held.append(event.clone())
        return True

    def _is_of_list(self, event: QEvent) -> bool:
        """Whether the list alone can do it."""
        if isinstance(event, QKeyEvent):
            if self._table.prospects.rowCount() <= SIZE:
                return event.key() in _WAYS
            # Beyond the first page nobody has been read yet.
            row = self._table.current_row()
            return event.key() in _STEPS and row is not None and row + 1 < SIZE
        if isinstance(event, QMouseEvent) and event.type() != _TWICE:
            lines = self._table.viewport()
            there = lines.mapFromGlobal(event.globalPosition().toPoint())
            return event.button() == Qt.MouseButton.LeftButton and lines.rect().contains(there)
        return False

    # A key that was held is past the place where shortcuts are looked for: this is that place.

    def _is_wanted(self, event: QKeyEvent) -> bool:
        """Whether who has the focus wants the key, whatever else it does in the window."""
        asked = QKeyEvent(
            QEvent.Type.ShortcutOverride, event.key(), event.modifiers(), event.text()
        )
        asked.ignore()
        focused = self._window.focusWidget()
        if focused is not None:
            QCoreApplication.sendEvent(focused, asked)
        return asked.isAccepted()

    def _do(self, event: QKeyEvent) -> bool:
        """Do what this key does anywhere in the window; whether it does something."""
        keys = [QKeySequence(event.keyCombination())]
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            keys.append(QKeySequence(event.key()))  # a question mark, say
        menus = self._window.menuBar()
        for menu in menus.actions():
            if QKeySequence.mnemonic(menu.text()) in keys:
                menus.setActiveAction(menu)
                return True
        for action in self._window.findChildren(QAction):
            everywhere = action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
            if everywhere and action.isEnabled() and set(keys) & set(action.shortcuts()):
                action.trigger()
                return True
        return False


def _as(kind: QEvent.Type, event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        kind,
        event.position(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
