"""What the head of a document will look like, while the profile is being written."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fitcheck.domain.profile import Profile
from fitcheck.i18n import _
from reports.colours import legible
from ui.theme import space

_PAPER = "#ffffff"


class Letterhead(QWidget):
    """The upper part of a sheet: logo, name, accent, and how one can be reached."""

    def __init__(self) -> None:
        super().__init__()
        self._profile = Profile()
        self._logo = QImage()
        self.setAccessibleName(_("Preview of your letterhead"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(space(80), space(56))

    def show_profile(self, profile: Profile) -> None:
        """Show the head as this profile makes it."""
        if profile.logo != self._profile.logo:
            self._logo = QImage.fromData(profile.logo)
        self._profile = profile
        self.setAccessibleDescription(", ".join(filter(None, (profile.name, profile.business))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self.palette().dark().color(), 1))
        painter.setBrush(QColor(_PAPER))
        painter.drawRect(sheet)
        inner = sheet.adjusted(space(6), space(5), -space(6), 0)
        accent = QColor(legible(self._profile.accent, _PAPER))
        right = inner.right()
        if not self._logo.isNull():
            right -= self._draw_logo(painter, inner) + space(3)
        room = QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())
        self._draw_words(painter, room, accent)
        self._draw_text(painter, inner, accent)

    def _draw_logo(self, painter: QPainter, inner: QRectF) -> float:
        size = self._logo.size()
        size.scale(space(30), space(12), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(inner.right() - size.width(), inner.top(), size.width(), size.height())
        painter.drawImage(place, self._logo)
        return size.width()

    def _draw_words(self, painter: QPainter, room: QRectF, accent: QColor) -> None:
        profile = self._profile
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setPen(accent)
        y = self._row(painter, font, room, room.top(), profile.business or profile.name or "…")
        font = QFont(self.font())
        painter.setPen(QColor("#3a3f3d"))
        if profile.business and profile.name:
            y = self._row(painter, font, room, y, profile.name)
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        painter.setPen(QColor("#5c625f"))
        reach = " · ".join(filter(None, (profile.email, profile.phone, profile.website)))
        address = ", ".join(profile.address.split("\n"))
        for text in filter(None, (reach, address)):
            y = self._row(painter, font, room, y, text)

    def _row(self, painter: QPainter, font: QFont, room: QRectF, y: float, text: str) -> float:
        painter.setFont(font)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(QPointF(room.left(), y + metrics.ascent()), shown)
        return y + metrics.lineSpacing()

    def _draw_text(self, painter: QPainter, inner: QRectF, accent: QColor) -> None:
        """A rule in the accent, and grey lines that stand for what is printed below."""
        y = inner.top() + space(25)
        painter.fillRect(QRectF(inner.left(), y, inner.width(), max(2, space(0.5))), accent)
        y += space(5)
        painter.fillRect(QRectF(inner.left(), y, inner.width() * 0.42, space(2)), accent)
        for share in (0.96, 0.99, 0.9, 0.97, 0.6):
            y += space(4)
            line = QRectF(inner.left(), y, inner.width() * share, space(1))
            if line.bottom() < self.height() - space(2):
                painter.fillRect(line, QColor("#dfe1df"))
