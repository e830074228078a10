"""A few pages look as they did when somebody last looked at them, give or take a font's version.

``python -m tests.reports.test_pictures`` takes them anew, to be looked at before they are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from fitcheck.domain.profile import Paper
from tests.reports.documents import pdf

FOLDER = Path(__file__).with_name("pictures")
DOTS_PER_INCH = 40
PAGES = {
    "private-stage-a4-1": ("private-stage", Paper.A4, 0),
    "private-proceed-a4-3": ("private-proceed", Paper.A4, 2),
    "prospect-stage-a4-1": ("prospect-stage", Paper.A4, 0),
    "prospect-stage-a4-2": ("prospect-stage", Paper.A4, 1),
    "prospect-undecided-letter-1": ("prospect-undecided", Paper.LETTER, 0),
    "decline-branded-letter-1": ("decline-branded", Paper.LETTER, 0),
    "card-four-up-a4-1": ("card-four-up", Paper.A4, 0),
    "person-a4-1": ("person", Paper.A4, 0),
    "erasure-a4-1": ("erasure", Paper.A4, 0),
    "recovery-a4-1": ("recovery", Paper.A4, 0),
}
NEAR = 48
"""How far a blurred dot may be from what it was, of 255."""

SHARE = 0.01
"""Of all dots, how many may be further: a line or two that break elsewhere are more."""


def picture(name: str) -> Image.Image:
    """The page in grey, as coarse as it is compared."""
    document, paper, page = PAGES[name]
    with pypdfium2.PdfDocument(pdf(document, paper)) as opened:
        found: Image.Image = opened[page].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    return found.convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ, each seen with its neighbours."""
    soft = (each.filter(ImageFilter.BoxBlur(1)) for each in (one, other))
    counts = ImageChops.difference(*soft).histogram()
    return sum(counts[NEAR:]) / sum(counts)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as kept:
        now = picture(name)
        assert now.size == kept.size
        assert differing(now, kept.convert("L")) < SHARE


def test_a_page_that_looks_different_is_told() -> None:
    """The control: a heading that moved by two lines is more than the tolerance."""
    page = picture("prospect-stage-a4-1")
    width, height = page.size
    moved = page.copy()
    moved.paste(page.crop((0, 60, width, height - 15)), (0, 75))
    assert differing(page, moved) > SHARE
    assert differing(page, picture("prospect-stage-a4-2")) > SHARE


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in PAGES:
        picture(each).save(FOLDER / f"{each}.png", optimize=True)
        print(FOLDER / f"{each}.png", file=sys.stderr)
