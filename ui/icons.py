"""The program's own icons: one family of outlines, in whatever colour the theme gives them."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fitcheck import packaged
from ui.theme import Theme, over

_SIZES = (16, 20, 24, 32, 48, 64, 128)

_NAV_SIZES = _SIZES[:5]
"""In the sidebar none is larger than text, on the finest of screens."""


@lru_cache(maxsize=256)  # each is several pictures, and most are asked for many times
def icon(name: str, colour: str, faint: str = "") -> QIcon:
    """The icon ``name`` of ``resources/icons`` in ``colour``; ``faint`` where it is disabled."""
    made = QIcon()
    normal, disabled = QIcon.Mode.Normal, QIcon.Mode.Disabled
    if faint and faint != colour:
        _add(made, name, colour, _SIZES, (normal,))
        _add(made, name, faint, _SIZES, (disabled,))
    else:
        _add(made, name, colour, _SIZES, (normal, disabled))
    return made


def nav_icon(name: str, theme: Theme) -> QIcon:
    """An icon for the sidebar: in the accent where it is chosen, faint where it is disabled."""
    made = QIcon()
    normal, disabled = QIcon.Mode.Normal, QIcon.Mode.Disabled
    _add(made, name, theme.text, _NAV_SIZES, (normal,))
    _add(made, name, over(theme.text, theme.surface, 0.45), _NAV_SIZES, (disabled,))
    _add(made, name, theme.accent, _NAV_SIZES, (normal,), QIcon.State.On)
    return made


def _add(
    made: QIcon,
    name: str,
    colour: str,
    sizes: tuple[int, ...],
    modes: tuple[QIcon.Mode, ...],
    state: QIcon.State = QIcon.State.Off,
) -> None:
    renderer = _renderer(name, colour)
    for size in sizes:
        picture = _drawn(renderer, size)
        for mode in modes:
            made.addPixmap(picture, mode, state)


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` by ``size`` points, at ``ratio`` pixels a point."""
    made = _drawn(_renderer(name, colour), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    return made


def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = _outline(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))


@cache
def _outline(name: str) -> str:
    return packaged.read_text("icons", f"{name}.svg")


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    made = QPixmap(QSize(size, size))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def program_icon() -> QIcon:
    """FitCheck's own icon."""
    return icon("fitcheck", "#ffffff")
