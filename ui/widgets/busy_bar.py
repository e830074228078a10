"""A bar for what can't say how far it is, and that stands still."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QProgressBar

from ui.theme import space


class BusyBar(QProgressBar):
    """Striped while it has no range, as usual once it has one.

    Qt lets such a bar run to and fro without end, whatever the system says of motion, and Qt knows
    of no system that it wants less of it. What is being done stands beside the bar in words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 0)
        self.setTextVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > 0:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(ground, ground.height() / 2, ground.height() / 2)
        colours = self.palette()
        painter.fillPath(outline, colours.color(QPalette.ColorRole.Base))
        painter.setClipPath(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
        wide, high, left = space(2), ground.height(), ground.left() - ground.height()
        while left < ground.right():
            stripe = QPainterPath()
            stripe.moveTo(left, ground.bottom())
            stripe.lineTo(left + high, ground.top())
            stripe.lineTo(left + high + wide, ground.top())
            stripe.lineTo(left + wide, ground.bottom())
            painter.drawPath(stripe)
            left += 2 * wide
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colours.color(QPalette.ColorRole.Dark))
        painter.drawPath(outline)
        painter.end()
