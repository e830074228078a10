"""Shows a chart (SVG text) crisply at any size and scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports.charts import ChartColours
from ui.theme import Theme


def chart_colours(theme: Theme, ground: str) -> ChartColours:
    """The colours of a chart that lies on ``ground`` in this look."""
    if theme.strong:
        return ChartColours.contrast(theme.accent, ground)
    make = ChartColours.dark if theme.dark else ChartColours.light
    return make(theme.accent, ground)


class ChartView(QWidget):
    """A picture of a chart, as wide as it is given room for, its proportions kept.

    The caller says in words what the chart shows: :meth:`show_chart` takes its name and the
    description that a screen reader reads instead of the picture.
    """

    def __init__(self, widest: int = 16777215) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)
        self._widest = widest
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, svg: str, name: str, description: str) -> None:
        """Draw ``svg``; an SVG that can't be read is a bug of ours and raises ``ValueError``."""
        before = self._renderer.defaultSize()
        if not self._renderer.load(QByteArray(svg.encode())):
            raise ValueError("not a readable SVG")
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        if self._renderer.defaultSize() != before:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._renderer.defaultSize()
        if size.width() <= 0:
            return 0
        return round(min(width, self._widest) * size.height() / size.width())

    def sizeHint(self) -> QSize:
        width = min(self._renderer.defaultSize().width(), self._widest)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        natural = self._renderer.defaultSize()
        if natural.isEmpty():
            return
        size = QSize(min(self.width(), self._widest), self.height())
        fitted = natural.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(0, 0, fitted.width(), fitted.height()))
        painter.end()
