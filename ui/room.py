"""How large the window opens the first time: as it is meant, as far as the screen has room.

It is part of the first paint (decision 32), and imports nothing that this wouldn't have anyway.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

MEANT = (1280, 800)

FRAME = (16, 44)
"""What a system's frame and title take at most; they are known only once they are there."""


def open_within(window: QWidget) -> None:
    """Give ``window`` its first size, of which all can be seen within its frame."""
    room = window.screen().availableSize()
    wide, high = room.width() - FRAME[0], room.height() - FRAME[1]
    window.resize(min(MEANT[0], wide), min(MEANT[1], high))
