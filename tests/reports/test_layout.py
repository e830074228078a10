"""Pages break where a typesetter would break them, whatever was written, and count themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report, decline_letter
from reports.render import render
from reports.templating import apart, is_long
from tests.reports import people
from tests.reports.conftest import overprinted, text_of
from tests.reports.documents import LETTER, MAKERS, pdf, prospect

FOOT = 45
"""Points from the lower edge: below it stands what stands on every page."""

HEAD = 60
NAME = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwe Maria-Magdalena von und zu "
    "Hohenlohe-Schillingsfürst-Waldenburg"
)
STORY = "She told the story of the gate from the beginning, with every delay, and then again. "


def bodies(made: bytes) -> list[list[tuple[float, float]]]:
    """Page by page, the bottom and the top of every line of text between head and foot."""
    with pypdfium2.PdfDocument(made) as document:
        found = []
        for page in document:
            text, height = page.get_textpage(), page.get_height()
            boxes = [text.get_rect(i) for i in range(text.count_rects())]
            lines = [(bottom, top) for _left, bottom, _right, top in boxes]
            found.append([(b, t) for b, t in lines if b > FOOT and t < height - HEAD])
        return found


def lonely_headings(made: bytes) -> list[str]:
    """Headings under which nothing stands on their page."""
    pages = bodies(made)
    found = []
    with pypdfium2.PdfDocument(made) as document:
        for mark in document.get_toc():
            place = mark.get_dest()
            _mode, (_x, y, *_rest) = place.get_view()
            below = [line for line in pages[place.get_index()] if line[0] < y - 20]
            if not below:
                found.append(f"{mark.get_title()} on page {place.get_index() + 1}")
    return found


def much_is_written(paragraphs: str) -> Assessment:
    """An assessment with long names, a note of three thousand words, and long paragraphs."""
    of = prospect(Recommendation.STAGE)
    first, *rest = of.plan.stages
    referral = LETTER.referral
    assert referral
    return replace(
        of,
        prospect=replace(of.prospect, name=NAME, organisation=f"Gesellschaft für {NAME}"),
        conversation=replace(of.conversation, restatement=paragraphs),
        answers={**of.answers, "opener": replace(of.answers["opener"], note=STORY * 180)},
        plan=replace(
            of.plan,
            stages=(replace(first, deliverable=paragraphs), *rest),
            letter=replace(LETTER, referral=replace(referral, why=paragraphs)),
        ),
    )


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", [name for name in MAKERS if not name.startswith("card")])
def test_no_heading_stands_alone_and_pages_are_counted(name: str, paper: Paper) -> None:
    made = pdf(name, paper)
    assert lonely_headings(made) == []
    assert overprinted(made) == []
    if name != "recovery":
        pages = len(bodies(made))
        numbers = re.findall(r"Page (\d+) of (\d+)", text_of(made))
        assert numbers == [(str(i), str(pages)) for i in range(1, pages + 1)]


MADE: dict[str, Callable[[Assessment], Report]] = {
    "private": people.private,
    "prospect": people.prospects,
    "letter": lambda of: decline_letter(of, people.PROFILE),
}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", MADE)
def test_much_text_fills_pages_and_leaves_none_nearly_empty(name: str, paper: Paper) -> None:
    of = much_is_written("\n\n".join([STORY * 6] * 5))
    made = render(MADE[name](of), paper)
    assert lonely_headings(made) == []
    assert overprinted(made) == []
    # But for what a page's foot stands in the middle of.
    assert text_of(made).count("the story of the gate") > (200 if name == "private" else 55)
    *all_but_last, _last = bodies(made)
    assert [i for i, lines in enumerate(all_but_last) if len(lines) < 8] == []


def test_a_name_from_right_to_left_stays_in_its_place_among_other_words() -> None:
    assert apart("דוד כהן") == "\u2068דוד כהן\u2069"
    assert apart("David") == "David"
    of = prospect(Recommendation.STAGE)
    named = replace(of, prospect=replace(of.prospect, name="דוד כהן", organisation="מחסנים 12"))
    with pypdfium2.PdfDocument(render(people.prospects(named), Paper.A4)) as document:
        page = document[0].get_textpage()
        words = ["Prepared", "דוד", "November"]
        searches = [page.search(word).get_next() for word in words]
        lefts = [page.get_charbox(at[0])[0] for at in searches if at]
    assert len(lefts) == 3
    assert lefts == sorted(lefts)


def test_what_is_long_may_break() -> None:
    assert not is_long("word " * 200)
    assert is_long("word " * 300)
    assert is_long("line\n" * 16)
    assert is_long(["word " * 130, "word " * 130])
    assert not is_long([])
