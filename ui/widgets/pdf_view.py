"""The real pages of a PDF, one under the other, at any size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from fitcheck.i18n import _
from reports.pages import POINTS_PER_INCH, Hit, PageImage, page_images
from ui.jobs import Job, Jobs
from ui.theme import space
from ui.widgets.column import Column
from ui.widgets.pdf_output import as_image

_SCREEN_DPI = 96
_SMALLEST, _LARGEST, _STEP = 0.25, 4.0, 1.25
_KEPT = 4
"""Pictures of pages further away than this are dropped: a page at 400 % takes 60 MB."""


_FOUND, _CHOSEN = QColor("#ffe9a3"), QColor("#ffc266")
"""Laid over what was found, and over the place that one stands at, which is outlined as well."""


class Fit(StrEnum):
    """What the zoom follows."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


@dataclass(frozen=True)
class Pages:
    """A document and its pages' sizes in points."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]


class PageView(QWidget):
    """One page: its picture once there is one, at first a sheet of plain paper."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.drawn_for = 0.0
        self.marks: list[tuple[QRectF, bool]] = []
        """What was found, as parts of the page's width and height; whether one stands there."""
        self.setAccessibleName(_("Page {number} of {count}").format(number=number + 1, count=count))

    def show_image(self, image: QImage | None, scale: float) -> None:
        self.image = image
        self.drawn_for = scale
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self.image)
        # As with a marker: the text stays as black as it is.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for mark, chosen in self.marks:
            box = self.box_of(mark)
            painter.fillRect(box, _CHOSEN if chosen else _FOUND)
            if chosen:
                painter.setPen(QPen(QColor("#8a4b00"), 1.5))
                painter.drawRect(box)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        # Whole on all four sides at every scale.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().dark().color(), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def box_of(self, mark: QRectF) -> QRectF:
        """Where a mark lies on the page as large as it is now."""
        return QRectF(
            mark.x() * self.width(),
            mark.y() * self.height(),
            mark.width() * self.width(),
            mark.height() * self.height(),
        ).adjusted(-1, -1, 1, 1)


class PdfView(QScrollArea):
    """Shows a document. ``zoom`` 1.0 is its true size on a screen of 96 dots an inch.

    Pages are drawn in a job, those in sight first; until then the old picture is stretched.
    ``moved`` says which page is in sight (from nought) and the zoom.
    """

    moved = Signal(int, float)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        self._pages = Pages(b"", ())
        self._fit = Fit.WIDTH
        self._zoom = 1.0
        self._first = 0
        self.views: list[PageView] = []
        self._inside: Column | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages of the document"))
        self.setWidgetResizable(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def page(self) -> int:
        """The page in sight, from nought."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, sum(1 for view in self.views if view.y() <= line) - 1)

    @property
    def drawn(self) -> bool:
        """Whether every page in sight has been drawn at the zoom in force."""
        return bool(self.views) and not self._wanted()

    def show_pages(self, pages: Pages) -> None:
        """Show a document from its first page, or once from where :meth:`stand_at` said."""
        self.clear()
        self._pages = pages
        inside = Column(gap=space(4))
        inside.column.setContentsMargins(space(4), space(4), space(4), space(4))
        for number in range(len(pages.sizes)):
            view = PageView(number, len(pages.sizes))
            self.views.append(view)
            inside.column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._inside = inside
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._arrange()
        self.verticalScrollBar().setValue(0)
        first, self._first = self._first, 0
        if first:
            # The scroll bar learns of the pages' heights only with the next layout.
            QTimer.singleShot(0, self, lambda: self.go_to_page(first))

    def place(self) -> dict[str, str]:
        """The page in sight, and the zoom unless it follows the width."""
        place = {"page": str(self.page), "fit": self._fit.value}
        return place | ({"zoom": f"{self._zoom:.4f}"} if self._fit is Fit.NONE else {})

    def stand_at(self, place: Mapping[str, str]) -> None:
        """Show the next document as :meth:`place` says."""
        page = place.get("page", "")
        self._first = int(page) if page.isdecimal() else 0
        with suppress(ValueError):
            self._fit = Fit(place.get("fit", ""))
        with suppress(ValueError):
            self._zoom = min(max(float(place.get("zoom", "")), _SMALLEST), _LARGEST)
            self._fit = Fit.NONE

    def clear(self) -> None:
        """Show nothing, and let go of the document."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._pages = Pages(b"", ())
        self.views = []
        self._inside = None
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()

    # Moving about

    def go_to_page(self, number: int) -> None:
        """Bring the top of a page into sight; a number beyond the document's means its end."""
        if self.views:
            view = self.views[min(max(number, 0), len(self.views) - 1)]
            self.verticalScrollBar().setValue(view.y() - space(4))

    @Slot()
    def zoom_in(self) -> None:
        self._set_zoom(self._zoom * _STEP)

    @Slot()
    def zoom_out(self) -> None:
        self._set_zoom(self._zoom / _STEP)

    @Slot()
    def fit_width(self) -> None:
        """Make the pages as wide as the room, and keep them so."""
        self._set_fit(Fit.WIDTH)

    @Slot()
    def fit_page(self) -> None:
        """Have a whole page in sight, and keep it so."""
        self._set_fit(Fit.PAGE)

    def _set_fit(self, fit: Fit) -> None:
        page, self._fit = self.page, fit
        self._arrange()
        self.go_to_page(page)

    def _set_zoom(self, zoom: float) -> None:
        self._fit = Fit.NONE
        page = self.page
        self._zoom = min(max(zoom, _SMALLEST), _LARGEST)
        self._arrange()
        self.go_to_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.views) - 1,
        }
        number = keys.get(Qt.Key(event.key()))
        if number is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.go_to_page(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit is not Fit.NONE:
            self._arrange()
        else:
            self._draw()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    # What was found

    def show_hits(self, hits: Sequence[Hit], chosen: int) -> None:
        """Mark what was found, and bring the chosen one into sight."""
        marks: list[list[tuple[QRectF, bool]]] = [[] for _view in self.views]
        for number, hit in enumerate(hits):
            width, height = self._pages.sizes[hit.page]
            for left, top, right, low in hit.boxes:
                corner = left / width, top / height
                size = (right - left) / width, (low - top) / height
                marks[hit.page].append((QRectF(*corner, *size), number == chosen))
        for view, found in zip(self.views, marks, strict=True):
            view.marks = found
            view.update()
        if hits:
            self._bring_into_sight(self.views[hits[chosen].page])

    def _bring_into_sight(self, view: PageView) -> None:
        box = next((view.box_of(mark) for mark, chosen in view.marks if chosen), None)
        if box is not None:
            middle = view.pos() + box.center().toPoint()
            self.ensureVisible(
                middle.x(), middle.y(), self.viewport().width() // 3, self.viewport().height() // 3
            )

    # Drawing

    def _arrange(self) -> None:
        """Give every page its size, then draw those in sight."""
        if not self.views:
            return
        if self._fit is not Fit.NONE:
            widest = max(width for width, _height in self._pages.sizes)
            highest = max(height for _width, height in self._pages.sizes)
            bar = self.verticalScrollBar().sizeHint().width()
            room = (self.width() - bar - 2 * space(4) - 4) / widest
            if self._fit is Fit.PAGE:
                room = min(room, (self.height() - 2 * space(4) - 4) / highest)
            # Beyond half as large again a page is no easier to read, and less of it is in sight.
            self._zoom = min(max(room * POINTS_PER_INCH / _SCREEN_DPI, _SMALLEST), 1.5)
        pixels = self._zoom * _SCREEN_DPI / POINTS_PER_INCH
        for view, (width, height) in zip(self.views, self._pages.sizes, strict=True):
            view.setFixedSize(QSize(round(width * pixels), round(height * pixels)))
        if self._inside is not None:
            self._inside.column.activate()
            self._inside.adjustSize()
        self._draw()
        self.moved.emit(self.page, self._zoom)

    @Slot()
    def _scrolled(self) -> None:
        self._draw()
        self.moved.emit(self.page, self._zoom)

    def _scale(self) -> float:
        """Pixels a point, of the screen's own pixels."""
        return self._zoom * _SCREEN_DPI / POINTS_PER_INCH * self.devicePixelRatioF()

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        window = QRect(0, top, 1 << 20, self.viewport().height())
        rows = (QRect(0, view.y(), 1 << 20, view.height()) for view in self.views)
        return [number for number, row in enumerate(rows) if row.intersects(window)]

    def _wanted(self) -> list[int]:
        scale = self._scale()
        return [number for number in self._in_sight() if self.views[number].drawn_for != scale]

    def _draw(self) -> None:
        """Have the pages in sight drawn, if they aren't and nothing is being drawn already."""
        wanted = self._wanted()
        if not wanted or (self._job is not None and not self._job.over):
            return
        pdf, scale = self._pages.pdf, self._scale()

        def draw() -> list[PageImage]:
            return page_images(pdf, scale, wanted)

        def show(images: list[PageImage]) -> None:
            for number, image in zip(wanted, images, strict=True):
                self.views[number].show_image(as_image(image), scale)
            for number, view in enumerate(self.views):
                if abs(number - self.page) > _KEPT:
                    view.show_image(None, 0.0)
            self._draw()

        self._job = self._jobs.run_job(draw, show, self._not_drawn)

    def _not_drawn(self, error: BaseException) -> None:
        # A document that was just made and can't be drawn is a bug of ours; it must be heard of.
        raise error
