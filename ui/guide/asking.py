"""F1: the guide at the page that belongs to what is shown, also over a dialog that waits."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fitcheck.guide import Place

if TYPE_CHECKING:
    from ui.dialogs.guide import GuideDialog
    from ui.front_window import FrontWindow
    from ui.main_window import MainWindow
    from ui.theme import Theme

KEY = "F1"
GUIDE = "guide"
"""What the guide's window is called among the others."""


def show_guide(over: QWidget, theme: Theme, place: Place) -> GuideDialog:
    """Show a page of the guide over a window; the guide that is there already turns to it."""
    from ui.dialogs.guide import GuideDialog  # few starts need it

    there = over.findChild(GuideDialog, GUIDE, Qt.FindChildOption.FindDirectChildrenOnly)
    if there is not None and there.isVisible():
        there.go_to(place)
        return there
    shown = GuideDialog(over, theme, place)
    shown.setObjectName(GUIDE)
    if isinstance(over, QDialog) and over.isModal():
        # Or the dialog that waits would keep every key from it.
        shown.setWindowModality(Qt.WindowModality.WindowModal)
    shown.show()
    return shown


def help_in_front(front: FrontWindow, theme: Callable[[], Theme]) -> None:
    """The key before the book is open; never on the prospect's own form, nor on a mere cover."""
    # Not held by its own action, or it would outlive the moment at which the session drops it.
    there = weakref.ref(front)

    def ask() -> None:
        from ui.guide.topics import WIDGETS, place_of

        shown = there()
        if shown is not None and type(shown.page).__name__ in WIDGETS:
            show_guide(shown, theme(), place_of(shown.page))

    _add_key(front, ask)


class HelpKey(QObject):
    """The key in the window, and in every dialog over it once the focus comes there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.menus.guide.triggered.connect(self.open)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._came)

    @Slot()
    def open(self) -> None:
        """Show what belongs to the page. Not while the prospect reads along."""
        from ui.guide.topics import place_of

        if not self._window.hushed():
            show_guide(self._window, self._window.context.theme, place_of(self._window))

    def restyle(self) -> None:
        """The look has changed: an open guide has to follow."""
        from ui.dialogs.guide import GuideDialog

        for shown in self._window.findChildren(GuideDialog):
            shown.restyle(self._window.context.theme)

    @Slot("QWidget*", "QWidget*")
    def _came(self, _before: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if (
            isinstance(dialog, QDialog)
            and dialog.objectName() != GUIDE
            and dialog.findChild(QAction, KEY) is None
            and self._is_over_the_window(dialog)
        ):
            _add_key(dialog, lambda: self._open_over(dialog))

    def _is_over_the_window(self, dialog: QWidget) -> bool:
        below: QWidget | None = dialog
        while below is not None and below is not self._window:
            below = below.parentWidget()
        return below is self._window

    def _open_over(self, dialog: QDialog) -> None:
        from ui.guide.topics import place_of

        show_guide(dialog, self._window.context.theme, place_of(dialog))


def _add_key(window: QWidget, ask: Callable[[], object]) -> None:
    action = QAction(window)
    action.setObjectName(KEY)
    action.setShortcut(QKeySequence(KEY))
    action.triggered.connect(ask)
    window.addAction(action)
