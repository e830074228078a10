"""Pages as text, as bytes and as pictures."""

from __future__ import annotations

import os
import re
import zlib

import pypdfium2
import pytest

from fitcheck.domain.assessment import Assessment
from tests.reports import people

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def text_of(pdf: bytes) -> str:
    """The text of all pages, lines joined by spaces and soft hyphens taken out."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    joined = " ".join(pages).replace("\ufffe", "").replace("\u00ad", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", joined)


def overprinted(pdf: bytes) -> list[str]:
    """Texts that are printed on top of other texts, which no page should have."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(i) for i in range(text.count_rects())]
            for i, (left, bottom, right, top) in enumerate(boxes):
                for other in boxes[i + 1 :]:
                    wide = min(right, other[2]) - max(left, other[0])
                    high = min(top, other[3]) - max(bottom, other[1])
                    if wide > 2 and high > 2.5:
                        found.append(text.get_text_bounded(*other))
    return found


def everything_in(pdf: bytes) -> bytes:
    """The file's bytes with every compressed stream unpacked, and its strings decoded.

    UTF-16 strings (titles, bookmarks) appear in UTF-8 as well.
    """
    parts = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream[1]))
        except zlib.error:
            parts.append(stream[1])
    unpacked = b"\n".join(parts)
    for utf16 in re.finditer(rb"<(feff[0-9a-f]+)>", unpacked, re.IGNORECASE):
        parts.append(bytes.fromhex(utf16[1].decode()).decode("utf-16").encode())
    return b"\n".join(parts)


@pytest.fixture
def full() -> Assessment:
    return people.assessment()


@pytest.fixture
def bare() -> Assessment:
    return people.assessment(full=False)
