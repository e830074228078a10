"""Taking from the screen, and from what others can fetch, whatever shows something of the book."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import Shiboken

DIALOGS_PATIENCE = 2_000
"""Milliseconds for the dialogs that were called off to go. They go at once; one that doesn't (a
system's own dialog that won't be closed) must not keep the book open."""


def open_dialogs() -> list[QDialog]:
    """Every dialog that is shown, be it ours, Qt's (files, colours, printing) or a message."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]


def take_away_all_but(*kept: QWidget) -> None:
    """Close every other window of the application: dialogs, menus, lists, tool tips, messages.

    A dialog is closed as if it had been called off; whoever asked it finds that when control
    returns there, and not before.
    """
    QToolTip.hideText()
    for widget in QApplication.topLevelWidgets():
        if widget in kept:
            continue
        if widget.inherits("QTipLabel"):
            # It would linger for a while, with the text that it showed.
            widget.close()
            widget.deleteLater()
        elif isinstance(widget, QDialog):
            if widget.isVisible():
                widget.done(QDialog.DialogCode.Rejected)
        elif widget.isVisible():
            widget.close()
        if widget.isVisible():
            widget.hide()


class Clearing(QObject):
    """Takes everything away that lies over a window, and says when it has gone.

    Whoever asked a dialog deletes it when control is back there, or Qt does on closing; so once
    all are deleted, nobody stands in the middle of asking any more.
    """

    cleared = Signal()
    """From the event loop, and never before :meth:`begin` has returned."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leaving: set[int] = set()
        self.late = QTimer(self)
        self.late.setSingleShot(True)
        self.late.setInterval(DIALOGS_PATIENCE)
        self.late.timeout.connect(self._go_without_them)

    def begin(self, *kept: QWidget) -> None:
        """Take away all but these windows."""
        dialogs = open_dialogs()
        self._leaving = {id(dialog) for dialog in dialogs}
        for dialog in dialogs:
            self._watch(dialog)
        take_away_all_but(*kept)
        if dialogs:
            self.late.start()
        else:
            QTimer.singleShot(0, self, self.cleared.emit)

    def stop(self) -> None:
        """Wait for nothing any more. May be repeated."""
        self.late.stop()

    def _watch(self, dialog: QDialog) -> None:
        name = id(dialog)

        def gone() -> None:
            self._leaving.discard(name)
            if not self._leaving and self.late.isActive():
                self.late.stop()
                QTimer.singleShot(0, self, self.cleared.emit)

        dialog.destroyed.connect(gone)

    @Slot()
    def _go_without_them(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and id(widget) in self._leaving:
                # One of Qt's own may live on the stack of whoever asked it: not to be deleted.
                widget.setParent(None)
                if Shiboken.createdByPython(widget):
                    widget.deleteLater()
        self._leaving = set()
        self.cleared.emit()


def forget_what_was_copied() -> None:
    """Clear the clipboard where FitCheck filled it, and Qt's store of pictures."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    if clipboard.supportsFindBuffer() and clipboard.ownsFindBuffer():
        clipboard.clear(QClipboard.Mode.FindBuffer)
    QPixmapCache.clear()
