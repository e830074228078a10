"""Taking from the screen, and from what others can fetch, whatever shows something of the book."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


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
