"""A PDF's pages as pictures."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from reports.pages import page_count, page_images, page_sizes
from reports.render import render
from tests.reports import people


@pytest.fixture
def pdf(bare: Assessment) -> bytes:
    return render(people.prospects(bare), Paper.A4)


def test_pictures_have_the_pages_size_times_the_scale(pdf: bytes) -> None:
    images = page_images(pdf, 0.5)
    assert len(images) == page_count(pdf) == len(page_sizes(pdf))
    for image in images:
        assert (image.width, image.height) == (298, 421)
        assert image.stride == 298 * 4
        assert len(image.pixels) == image.stride * image.height


def test_paper_is_white_and_ink_is_dark_and_colours_are_in_their_order(pdf: bytes) -> None:
    (image,) = page_images(pdf, 1.0, pages=[0])
    assert image.pixels[:3] == b"\xff\xff\xff"
    quads = {image.pixels[i : i + 3] for i in range(0, len(image.pixels), 4)}
    assert min(map(sum, quads)) < 150
    blue, green, red = min(quads, key=lambda quad: quad[2] - quad[1])
    assert green > red  # the accent is a dark green
    assert blue > red


def test_some_pages_in_any_order(pdf: bytes) -> None:
    every = page_images(pdf, 0.25)
    assert page_images(pdf, 0.25, pages=[1, 0]) == [every[1], every[0]]
    assert page_images(pdf, 0.25, pages=[]) == []


def test_words_and_charts_come_without_the_printing_press() -> None:
    """The window imports these at its start; Jinja and WeasyPrint wait until they are needed."""
    code = (
        "import sys; import reports.words, reports.prospect_words, reports.charts, reports.pages;"
        "import reports.render;"
        "print(sorted({'jinja2', 'jsonschema', 'pikepdf', 'weasyprint', 'pypdfium2', 'PIL'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
