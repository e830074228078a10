"""The pocket card: both sides whole on every sheet, and nothing on it about anybody."""

from __future__ import annotations

import getpass
import platform
import re
from dataclasses import fields
from pathlib import Path

import pypdfium2
import pytest

from fitcheck.domain.bank import Axis, Form
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import CardSheet, PocketCard, pocket_card
from fitcheck.library import load_bank
from reports.pages import page_sizes
from reports.render import render, suggested_file_name
from tests.reports.conftest import everything_in, overprinted, text_of

BANK = load_bank()
SHEETS = [(sheet, paper) for sheet in CardSheet for paper in Paper]
EDGE = 9
"""Points at the edge of a card that most printers leave white."""


def card(sheet: CardSheet) -> PocketCard:
    return pocket_card(BANK, sheet)


def cells(sheet: CardSheet, width: float, height: float) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every card on a page."""
    if sheet is CardSheet.A6:
        return [(0, 0, width, height)]
    x, y = width / 2, height / 2
    return [(0, y, x, height), (x, y, width, height), (0, 0, x, y), (x, 0, width, y)]


def test_it_holds_the_core_of_the_event_form_two_an_axis() -> None:
    questions = card(CardSheet.A6).questions
    assert questions == BANK.form(Form.EVENT)[:6]
    assert sorted(question.axis for question in questions) == sorted([*Axis, *Axis])


@pytest.mark.parametrize(("sheet", "paper"), SHEETS)
def test_two_sides_on_which_every_card_is_whole(sheet: CardSheet, paper: Paper) -> None:
    made = card(sheet)
    pdf = render(made, paper)
    size = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}[paper]
    expected = (298, 420) if sheet is CardSheet.A6 else size
    sizes = page_sizes(pdf)
    assert [(round(width), round(height)) for width, height in sizes] == [expected] * 2
    assert overprinted(pdf) == []
    with pypdfium2.PdfDocument(pdf) as document:
        for page, questions in zip(document, (made.questions[:3], made.questions[3:]), strict=True):
            text = page.get_textpage()
            for left, bottom, right, top in cells(sheet, *page.get_size()):
                # What lies well inside the card holds all of the text of one side.
                inside = text.get_text_bounded(left + EDGE, bottom + EDGE, right - EDGE, top - EDGE)
                said = re.sub(r"\s+", " ", inside)
                for question in questions:
                    assert said.count(question.say) == 1
                    for short in question.short:
                        assert short in said
            ink = [text.get_rect(i) for i in range(text.count_rects())]
            width, height = page.get_size()
            assert min(rect[0] for rect in ink) > EDGE
            assert min(rect[1] for rect in ink) > EDGE
            assert max(rect[2] for rect in ink) < width - EDGE
            assert max(rect[3] for rect in ink) < height - EDGE


@pytest.mark.parametrize(("sheet", "boxes"), [(CardSheet.A6, 15), (CardSheet.FOUR_UP, 60)])
def test_a_box_to_tick_stands_before_every_answer(sheet: CardSheet, boxes: int) -> None:
    with pypdfium2.PdfDocument(render(card(sheet), Paper.A4)) as document:
        for page in document:
            text = page.get_textpage().get_text_range()
            digits = re.findall(r"^([1-5]) ?\D", text, re.MULTILINE)
            assert len(digits) >= boxes


@pytest.mark.parametrize(("sheet", "paper"), SHEETS)
def test_the_same_card_gives_the_same_bytes_and_is_tagged(sheet: CardSheet, paper: Paper) -> None:
    pdf = render(card(sheet), paper)
    assert render(card(sheet), paper) == pdf
    everything = everything_in(pdf)
    assert b"/StructTreeRoot" in everything
    assert b"pdfuaid" in everything
    assert b"/Lang" in everything


def test_nothing_on_it_is_about_anybody() -> None:
    assert [field.name for field in fields(PocketCard)] == ["questions", "sheet"]
    assert PocketCard.profile == Profile()
    pdf = render(card(CardSheet.FOUR_UP), Paper.A4)
    assert "Write no name on it." in text_of(pdf)
    everything = everything_in(pdf)
    for name in (str(Path.home()), getpass.getuser(), platform.node()):
        assert not name or not re.search(rb"\b" + re.escape(name.encode()) + rb"\b", everything)
    for facet in BANK.facets:
        assert facet.name not in text_of(pdf), "the axes and facets are the consultant's"


def test_the_file_is_named_after_the_card_and_its_sheet() -> None:
    assert suggested_file_name(card(CardSheet.A6)) == "pocket-card-a6.pdf"
    assert suggested_file_name(card(CardSheet.FOUR_UP)) == "pocket-card-four-up.pdf"
