"""A PDF's pages as pictures, for preview, print and tests. Knows no Qt.

Why pypdfium2 and not QtPdf: ``docs/decisions/0002-preview-engine.md``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe to call from two threads at once, whichever document they hold."""

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """A page as pixels: rows from the top without padding, four bytes each: B, G, R, X.

    It is the order of ``QImage.Format.Format_RGB32``; ``stride`` is the bytes of a row.
    """

    width: int
    height: int
    pixels: bytes

    @property
    def stride(self) -> int:
        return self.width * 4


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Each page's width and height in points (72 an inch)."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_count(pdf: bytes) -> int:
    """How many pages the document has."""
    return len(page_sizes(pdf))


def page_images(
    pdf: bytes, scale: float = 1.0, pages: Iterable[int] | None = None
) -> list[PageImage]:
    """The pages drawn on white, ``scale`` pixels a point: 2.0 is 144 dots an inch.

    ``pages`` chooses some of them, counted from nought, in that order; all without it.
    """
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        wanted = range(len(document)) if pages is None else pages
        images = []
        for number in wanted:
            page = document[number]
            bitmap = page.render(scale=scale, force_bitmap_format=_BGRX)
            # Four bytes a pixel need no padding, so a row is as long as its pixels.
            assert bitmap.stride == bitmap.width * 4
            images.append(PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer)))
            bitmap.close()
            page.close()
        return images


_BGRX = 3
"""``FPDFBitmap_BGRx`` of PDFium's public header ``fpdfview.h``."""


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it was set."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


@dataclass(frozen=True)
class Hit:
    """Where a text was found: the page from nought, and a box for each line that it stands on.

    A box is left, top, right and bottom in points from the page's upper left corner.
    """

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


def find_text(pdf: bytes, wanted: str, most: int = 1000) -> list[Hit]:
    """Where ``wanted`` stands, in upper or lower case, from the first page on."""
    import pypdfium2

    hits: list[Hit] = []
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            height = page.get_height()
            searcher = text.search(wanted)
            while len(hits) < most and (found := searcher.get_next()):
                rects = map(text.get_rect, range(text.count_rects(*found)))
                boxes = tuple((x, height - top, end, height - low) for x, low, end, top in rects)
                hits.append(Hit(number, boxes))
    return hits
