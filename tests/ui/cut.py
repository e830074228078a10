"""What is cut: texts that have less room than they need, and parts that stick out sideways."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QMenu,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from ui.widgets.labels import ElidedLabel


def cut(root: QWidget) -> Iterator[str]:
    """Every text in ``root`` that isn't whole. What can be scrolled to, up or down, is."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QScrollArea) and (inside := widget.widget()) is not None:
            over = inside.width() - widget.viewport().width()
            if over > 0:
                yield f"{_name(widget)} scrolls sideways by {over}"
        text = _text(widget)
        if text and isinstance(widget, QLabel) and widget.wordWrap():
            need = widget.heightForWidth(widget.width())
            if widget.height() < need:
                yield f"{_name(widget)} is {widget.height()} high and needs {need}: {text!r}"
        elif text and not isinstance(widget, ElidedLabel):
            need = widget.minimumSizeHint().width()
            if widget.width() < need:
                yield f"{_name(widget)} is {widget.width()} wide and needs {need}: {text!r}"
        parent = widget.parentWidget()
        if parent is not None and text and not widget.isWindow():
            left, right = widget.x(), widget.x() + widget.width() - parent.width()
            if left < 0 or right > 0:
                yield f"{_name(widget)} sticks out by {max(-left, right)}: {text!r}"


def texts(root: QWidget) -> Iterator[str]:
    """What labels and buttons say that are shown."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and (text := _text(widget)):
            yield text


def marked_twice(root: QWidget) -> Iterator[str]:
    """Each letter that leads to two places where both are shown: Alt with it goes to neither."""
    shown = [each for each in root.findChildren(QWidget) if each.isVisible()]
    bars = [each for each in shown if isinstance(each, QMenuBar)]
    menus = [[action.text() for action in menu.actions()] for menu in root.findChildren(QMenu)]
    here = [action.text() for bar in bars for action in bar.actions()]
    for widget in shown:
        if isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            here.append(_text(widget))
    for group in (here, *menus):
        letters: dict[str, str] = {}
        for text in group:
            mark = QKeySequence.mnemonic(text).toString()
            other = letters.setdefault(mark, text)
            if mark and other != text:
                yield f"{mark} marks {other!r} and {text!r}"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    if isinstance(widget, QAbstractButton | QPushButton | QCheckBox | QRadioButton):
        return widget.text()
    return ""


def _name(widget: QWidget) -> str:
    names = list[str]()
    at: QWidget | None = widget
    while at is not None and len(names) < 3:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " in ".join(names)
