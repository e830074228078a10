"""Taking pictures of windows and pages, once everything in them has settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL.Image import Dither, Image, Resampling, frombuffer
from PIL.Image import new as new_image
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.i18n import SOURCE_LANGUAGE, current_language

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 21)
PATIENCE = 60_000
"""Milliseconds to wait for a document at most."""

PAGES_ACROSS = 4

GUIDE = {
    "prospects-light": "list.png",
    "interview-light": "interview.png",
    "verdict-stage-light": "verdict.png",
    "plan-stage-light": "plan.png",
    "report-prospect-light": "documents.png",
    "their-form-question-light": "their-form.png",
    "inquiry-light": "inquiry.png",
    "agenda-light": "follow-ups.png",
    "line-light": "over-the-years.png",
    "beside-light": "side-by-side.png",
    "record-fitting-light": "track-record.png",
    "protect-light": "protect.png",
    "contacts-people-light": "contacts.png",
    "palette-mixed-light": "palette.png",
}
"""What the guide shows, under which name."""

GUIDE_FOLDER = ROOT / "docs" / "guide"
_WIDEST = 900
"""Pixels across of a picture of the guide, where a line is hardly longer."""
_COLOURS = (32, 24, 16)
"""Few enough for a small file; a window has hardly more of them. The next where it isn't small."""
_HEAVIEST = 80_000
"""Bytes of a picture of the guide."""

README = {"interview-light": "interview.png", "prospect-edition-1": "report.png"}


class Camera:
    """Writes pictures to where they belong, and says so; with ``guide``, those of the guide only.

    Those go to the guide's folder wherever the others go.
    """

    def __init__(self, out: Path | None, *, guide: bool = False) -> None:
        self._out = out
        self._guide = guide

    def path(self, name: str) -> Path:
        """Where it belongs; what isn't English has a folder of its own."""
        if current_language() != SOURCE_LANGUAGE:
            return (self._out or ROOT / "shots") / current_language() / f"{name}.png"
        if self._out is not None:
            return self._out / f"{name}.png"
        if name in README:
            return ROOT / "docs" / "pictures" / README[name]
        return ROOT / "shots" / f"{name}.png"

    def take(self, widget: QWidget, name: str) -> None:
        settle()
        if self._guide and name not in GUIDE:
            return
        picture = widget.grab().toImage()
        if not self._guide:
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not picture.save(str(path)):
                raise SystemExit(f"{path} could not be written")
            print(path)
        folder = guide_folder(current_language())
        if name in GUIDE and folder.is_dir() and (self._guide or self._out is None):
            path = folder / "pictures" / GUIDE[name]
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_small(picture))
            print(path)

    def take_pages(self, pdf: bytes, name: str) -> None:
        """All pages of a document in one picture."""
        import pypdfium2

        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [page.render(scale=1.2).to_pil() for page in document]
        _on_one_sheet(pages).save(path)
        print(path)

    def take_page(self, pdf: bytes, name: str) -> None:
        """The first page of a document."""
        import pypdfium2

        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        document = pypdfium2.PdfDocument(pdf)
        document[0].render(scale=1.6).to_pil().save(path)
        document.close()
        print(path)


def guide_folder(code: str) -> Path:
    """Where the guide of a language lies, if it has one."""
    return GUIDE_FOLDER if code == SOURCE_LANGUAGE else GUIDE_FOLDER / code


def render_document(report: Report, paper: Paper) -> bytes:
    """The document in the language that is spoken now."""
    from reports.render import render

    return render(report, paper, current_language())


def _small(picture: QImage) -> bytes:
    """The picture of a window in few colours, and no wider than a page of the guide, as PNG."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = (whole.width(), whole.height())
    data = bytes(whole.constBits())
    made = frombuffer("RGB", size, data, "raw", "RGB", whole.bytesPerLine(), 1)
    if made.width > _WIDEST:
        made = made.resize((_WIDEST, round(made.height * _WIDEST / made.width)), Resampling.LANCZOS)
    packed = BytesIO()
    for colours in _COLOURS:
        packed = BytesIO()
        made.quantize(colours, dither=Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= _HEAVIEST:
            break
    return packed.getvalue()


def _on_one_sheet(pages: list[Image]) -> Image:
    """Pages beside each other and in rows, on a ground on which their edges are seen."""
    wide, high = (max(getattr(page, side) for page in pages) for side in ("width", "height"))
    across = min(len(pages), PAGES_ACROSS)
    down = -(-len(pages) // PAGES_ACROSS)
    gap = 12
    sheet = new_image("RGB", (across * (wide + gap) + gap, down * (high + gap) + gap), "#7d8488")
    for i, page in enumerate(pages):
        row, column = divmod(i, PAGES_ACROSS)
        sheet.paste(page, (gap + column * (wide + gap), gap + row * (high + gap)))
    return sheet


def settle() -> None:
    """Let everything that is due be done: layouts, posted events, what a job delivers."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


def wait(done: Callable[[], bool], what: str) -> None:
    """Run the event loop until ``done``."""
    limit = QDeadlineTimer(PATIENCE)
    while not done():
        if limit.hasExpired():
            raise SystemExit(f"waited in vain for {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
