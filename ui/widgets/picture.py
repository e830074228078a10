"""An icon by itself, as crisp as the screen that it is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel


class Picture(QLabel):
    """An icon of ``size`` points, drawn anew where it comes to a screen of another scale."""

    def __init__(self, size: int, icon: QIcon | None = None) -> None:
        super().__init__()
        self._size = QSize(size, size)
        self._icon = QIcon()
        if icon is not None:
            self.show_icon(icon)

    def show_icon(self, icon: QIcon) -> None:
        self._icon = icon
        self.setPixmap(icon.pixmap(self._size, self.devicePixelRatioF()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.show_icon(self._icon)
        return super().event(event)
