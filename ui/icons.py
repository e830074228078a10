"""The program's own icons: one family of outlines, in whatever colour the theme gives them.

Each is handed to Qt as a drawing, not as pictures: it is drawn when it is first shown, for the size
and the scale of the screen that it is shown on, and is therefore crisp on every one.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from fitcheck import packaged
from ui.drawings import Drawings
from ui.theme import Theme


@lru_cache(maxsize=256)
def icon(name: str, colour: str, faint: str = "") -> QIcon:
    """The icon ``name`` of ``resources/icons`` in ``colour``; ``faint`` where it is disabled."""
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint or colour)):
        made.addFile(_drawn(name, ink), QSize(), mode)
    return made


def nav_icon(name: str, theme: Theme) -> QIcon:
    """An icon for the sidebar: in the accent where it is chosen, faint where it is disabled."""
    # A copy: what is added below is none of the others' business.
    made = QIcon(icon(name, theme.text, theme.faint))
    made.addFile(_drawn(name, theme.accent), QSize(), QIcon.Mode.Normal, QIcon.State.On)
    return made


def program_icon() -> QIcon:
    """FitCheck's own icon."""
    return icon("fitcheck", "#ffffff")


def _drawn(name: str, colour: str) -> str:
    svg = packaged.read_text("icons", f"{name}.svg").replace("currentColor", colour)
    return str(Drawings.of_application().file(name, colour, svg))
