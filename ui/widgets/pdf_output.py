"""A document leaves the window: into a file, whole or not at all, or onto paper."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from fitcheck.domain.profile import Paper
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from reports.pages import POINTS_PER_INCH, PageImage, page_images, page_sizes

_FINEST = 600
"""Dots an inch at most: more can't be seen and costs hundreds of megabytes a page."""


_SHEETS = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


class PrinterError(FitCheckError):
    """The printer, or the system's print service, didn't take the document."""


def choose_file(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where to save a PDF, proposing ``name`` in the documents' folder."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = QStandardPaths.writableLocation(documents) or str(Path.home())
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, title, str(Path(folder) / name), _("PDF documents (*.pdf)")
    )
    return Path(chosen) if chosen else None


def choose_printer(
    parent: QWidget, paper: Paper, pages: int, size: QPageSize.PageSizeId | None = None
) -> QPrinter | None:
    """Ask for a printer, set to that paper (or to another ``size``) and so many pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SHEETS[paper] if size is None else size))
    printer.setFromTo(1, pages)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that there is the old file or the new one, never half of one.

    Raises ``OSError``; then ``path`` is as it was and nothing else is left behind.
    """
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name[:40]}-", suffix=".part", delete=False
    ) as stream:
        part = Path(stream.name)
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            stream.close()
            part.unlink(missing_ok=True)
            raise
    try:
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def as_image(page: PageImage) -> QImage:
    """The picture of a page as Qt draws it; it owns its pixels."""
    image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return image.copy()


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Print the pages that the printer was set to, each drawn at the printer's own resolution.

    Raises :class:`PrinterError` where the printer takes none.
    """
    count = len(page_sizes(pdf))
    first = max(1, printer.fromPage()) if printer.fromPage() else 1
    last = min(count, printer.toPage()) if printer.toPage() else count
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError(_("The printer didn’t take the document. Is it switched on?"))
    try:
        dots = min(printer.resolution(), _FINEST)
        for number in range(first - 1, last):
            if number > first - 1 and not printer.newPage():
                raise PrinterError(_("The printer stopped in the middle of the document."))
            image = as_image(page_images(pdf, dots / POINTS_PER_INCH, [number])[0])
            painter.drawImage(_place(image, printer), image)
    finally:
        painter.end()


def _place(image: QImage, printer: QPrinter) -> QRectF:
    """Where the page goes: its margins are its own, so it covers the whole sheet."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    printable = printer.pageRect(QPrinter.Unit.DevicePixel)
    size = image.size().toSizeF()
    factor = min(paper.width() / size.width(), paper.height() / size.height())
    size *= factor
    left = (paper.width() - size.width()) / 2 - printable.left()
    top = (paper.height() - size.height()) / 2 - printable.top()
    return QRectF(left, top, size.width(), size.height())
