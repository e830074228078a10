"""The program's own icons: one family of outlines, in whatever colour the theme gives them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fitcheck import packaged
from ui.theme import Theme, over

_SIZES = (16, 20, 24, 32, 48, 64, 128)


@lru_cache(maxsize=256)  # each is some fourteen pictures, and most are asked for many times
def icon(name: str, colour: str, faint: str = "") -> QIcon:
    """The icon ``name`` of ``resources/icons`` in ``colour``; ``faint`` where it is disabled."""
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint or colour)):
        for size in _SIZES:
            made.addPixmap(pixmap(name, ink, size), mode)
    return made


def nav_icon(name: str, theme: Theme) -> QIcon:
    """An icon for the sidebar: in the accent where it is chosen, faint where it is disabled."""
    # A copy: what is added below is none of the others' business.
    made = QIcon(icon(name, theme.text, over(theme.text, theme.surface, 0.45)))
    for size in _SIZES:
        made.addPixmap(pixmap(name, theme.accent, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` by ``size`` points, at ``ratio`` pixels a point."""
    text = packaged.read_text("icons", f"{name}.svg").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def program_icon() -> QIcon:
    """FitCheck's own icon."""
    return icon("fitcheck", "#ffffff")
