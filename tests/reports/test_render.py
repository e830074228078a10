"""Both editions on both papers: what is in them, on what page, in which fonts, each time alike."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import Report
from fitcheck.errors import FitCheckError
from reports import verdict_words
from reports.pages import page_count, page_sizes
from reports.render import (
    MOST_LINES,
    TooLong,
    _fonts,
    _house_style,
    render,
    suggested_file_name,
)
from reports.standards import _srgb
from tests.reports import people
from tests.reports.conftest import everything_in, overprinted, text_of
from tests.reports.documents import MAKERS, quarter_sheet
from tests.reports.hostile_fields import planted

SIZES = {Paper.A4: (595.28, 841.89), Paper.LETTER: (612.0, 792.0)}


def _logo(colour: str = "#336699", media: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (120, 40), colour).save(out, media)
    return out.getvalue()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("edition", [people.private, people.prospects])
def test_pages_have_the_size_of_the_paper(
    paper: Paper, edition: Callable[[Assessment], Report], full: Assessment
) -> None:
    sizes = page_sizes(render(edition(full), paper))
    assert len(sizes) >= 2
    assert all(size == pytest.approx(SIZES[paper], abs=0.1) for size in sizes)


@pytest.mark.parametrize(
    ("outcome", "stance", "full"),
    list(itertools.product(Recommendation, Stance, [True, False])),
)
def test_every_outcome_and_stance_has_its_prospects_edition(
    outcome: Recommendation, stance: Stance, full: bool
) -> None:
    pdf = people.theirs(outcome, stance, full)
    assert "Petra Lindqvist" in text_of(pdf)
    assert page_count(pdf) <= 3
    assert overprinted(pdf) == []


@pytest.mark.parametrize("outcome", Recommendation)
def test_every_outcome_has_its_private_file(outcome: Recommendation) -> None:
    pdf = render(people.private(people.assessment(outcome, Stance.LEAD)), Paper.A4)
    text = text_of(pdf)
    assert "Petra Lindqvist" in text
    assert "policy, not science" in text
    assert f"Page 1 of {page_count(pdf)}" in text
    assert overprinted(pdf) == []


def test_the_private_file_holds_everything(full: Assessment) -> None:
    text = text_of(render(people.private(people.overridden(full)), Paper.A4))
    for part in (
        "FitCheck’s own recommendation was: Stage the work.",
        "sat through the whole talk",
        "Forty minutes at the gate. Every morning.",
        "The drivers are slow",
        "nobody owns the gate",
        "Slides nobody asked for",
        "They hide who decides. Suspected",
        "Nobody knows yet which of the three plans is late",
        "Asked, and they had to look it up.",
        "Don’t know yet",
        "B: how we get along",
        "Observed",
        "Workable 87%",
        f"bank {full.bank} and policy {full.policy}",
    ):
        assert part in text, part


def test_nothing_is_printed_on_top_of_anything(full: Assessment, bare: Assessment) -> None:
    for of in (full, bare, people.overridden(full)):
        for paper in Paper:
            assert overprinted(render(people.private(of), paper)) == []


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("facets", [0, 1, 10])
def test_the_two_views_lay_out_however_many_facets_there_are(paper: Paper, facets: int) -> None:
    of = people.seen_by_both(people.unfinished(people.assessment(full=False), 30), facets)
    assert len(people.judged(of).gaps) == facets
    pdf = render(people.private(of), paper)
    text = text_of(pdf)
    assert overprinted(pdf) == []
    assert ("Your view and theirs" in text) is (facets > 0)
    assert ("As they see it" in text) is (facets > 0)
    assert len(re.findall(r"you \d+%, they \d+%", text)) == facets


def test_the_private_file_says_how_firm_it_is_and_what_would_change_it(full: Assessment) -> None:
    text = text_of(render(people.private(full), Paper.A4))
    verdict = people.private(full).verdict
    assert verdict_words.asks_heading(verdict) in text
    assert "It clears a suspected deal-breaker, or confirms it." in text
    assert "What would change it" in text
    settled = replace(full, deal_breakers={"no-budget": DealBreakerState.CONFIRMED})
    done = text_of(render(people.private(settled), Paper.A4))
    assert "What would change it" not in done
    assert "What to ask next" not in done


def test_confidential_stands_on_every_page_of_the_private_file(full: Assessment) -> None:
    pdf = render(people.private(full), Paper.A4)
    assert text_of(pdf).count("Confidential: for my own use") == page_count(pdf)


def test_brakes_missing_and_confirmed_are_named() -> None:
    held = people.assessment(Recommendation.PROCEED, Stance.LEAD)
    assert "suspected deal-breaker" in text_of(render(people.private(held), Paper.A4))
    early = people.assessment(Recommendation.UNDECIDED, Stance.LEAD, full=False)
    early_text = text_of(render(people.private(early), Paper.A4))
    assert "more answers are needed on trust" in early_text
    assert "Not asked yet:" in early_text


def test_the_prospects_edition_opens_with_what_was_heard(full: Assessment) -> None:
    text = text_of(render(people.prospects(full), Paper.A4))
    heard = text.index("Your drivers wait forty minutes")
    assert heard < text.index("I recommend a small first stage.")
    for part in (
        "See where the forty minutes go",
        "At most £4,800",
        "Try one change on one ramp",
        "Waiting at the gate, average",
        "Petra Lindqvist, head of operations",
        "We look at software after stage two",
        "Tell me straight, once, with your reasons.",
        "3 December 2026",
        "I deliver on the day that I named.",
        "Place, date, signature",
    ):
        assert part in text, part


def test_what_was_not_confirmed_is_not_invented(full: Assessment) -> None:
    unconfirmed = replace(full, conversation=replace(full.conversation, confirmed_on=None))
    text = text_of(render(people.prospects(unconfirmed), Paper.A4))
    assert "Your drivers wait" not in text
    assert "Let us put it down here together" in text


def test_a_stage_that_nobody_wrote_is_proposed_by_stance() -> None:
    measured = people.assessment(Recommendation.STAGE, Stance.LEAD, full=False)
    taste = people.assessment(Recommendation.STAGE, Stance.CATER, full=False)
    assert "See where you stand today, in figures" in text_of(
        render(people.prospects(measured), Paper.A4)
    )
    assert "Find out what is right in your eyes" in text_of(
        render(people.prospects(taste), Paper.A4)
    )


def test_sections_without_content_disappear(bare: Assessment) -> None:
    text = text_of(render(people.prospects(bare, Profile()), Paper.A4))
    for heading in ("What I heard", "What I hold to with everyone", "You said:", "None"):
        assert heading not in text
    private = text_of(render(people.private(bare, Profile()), Paper.A4))
    for heading in ("The conversation", "Where they chose otherwise", "Deal-breakers", "None"):
        assert heading not in private


def test_only_plex_is_embedded(full: Assessment) -> None:
    for report in (people.private(full), people.prospects(full)):
        fonts = re.findall(
            rb"/BaseFont /[A-Z]{6}\+([^\s/]+)", everything_in(render(report, Paper.A4))
        )
        assert fonts
        assert all(font.startswith(b"IBM-Plex-") for font in fonts), fonts


def test_metadata(full: Assessment) -> None:
    with pypdfium2.PdfDocument(render(people.prospects(full), Paper.A4)) as document:
        found = document.get_metadata_dict(skip_empty=True)
    assert found["Title"] == "A first step together: Petra Lindqvist"
    assert found["Author"] == "Ines Marlow"
    assert found["Creator"] == "FitCheck"
    assert found["CreationDate"].startswith("D:20261121")
    assert found["ModDate"].startswith("D:20261121")


def test_tagged_with_language_and_ua_identifier(full: Assessment) -> None:
    for report in (people.private(full), people.prospects(full)):
        everything = everything_in(render(report, Paper.A4))
        assert b"/MarkInfo" in everything
        assert b"/StructTreeRoot" in everything
        assert b"/Lang (en)" in everything
        assert b"pdfuaid" in everything


@pytest.mark.parametrize("edition", [people.private, people.prospects])
def test_a_reader_shows_its_title_and_its_bookmarks(
    edition: Callable[[Assessment], Report], full: Assessment
) -> None:
    pdf = render(edition(full), Paper.A4)
    assert b"/DisplayDocTitle true" in everything_in(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert [title for level, title in marks if level == 0] == [
        "Petra Lindqvist" if edition is people.private else "A first step together"
    ]
    assert len([title for level, title in marks if level == 1]) >= 7
    assert all(marks[i + 1][0] - marks[i][0] <= 1 for i in range(len(marks) - 1)), marks


def test_same_input_same_bytes(full: Assessment, bare: Assessment) -> None:
    first = [render(people.private(full), Paper.A4), render(people.prospects(full), Paper.A4)]
    render(people.prospects(bare), Paper.LETTER)  # what was set in between changes nothing
    again = [render(people.private(full), Paper.A4), render(people.prospects(full), Paper.A4)]
    assert first == again


def test_same_bytes_in_another_process() -> None:
    """Whatever the order of its sets, the place on earth, the day, and the documents before."""
    code = (
        "import hashlib, sys; from fitcheck.domain.profile import Paper;"
        "from reports.render import render; from tests.reports import people;"
        "from tests.reports.test_letter import THEIRS, edition;"
        "of = people.assessment();"
        "made = [render(people.private(of), Paper.A4)] if sys.argv[1] == '1' else [];"
        "made += [render(edition(of, which), Paper.A4) for which in THEIRS];"
        "made += [render(people.private(of), Paper.A4)] if sys.argv[1] == '2' else [];"
        "print(sorted(hashlib.sha256(pdf).hexdigest() for pdf in made))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, seed],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


@pytest.mark.parametrize("media", ["PNG", "JPEG"])
def test_the_logo_is_drawn(media: str, bare: Assessment) -> None:
    with_logo = replace(people.PROFILE, logo=_logo(media=media))
    pdf = render(people.prospects(bare, with_logo), Paper.A4)
    assert b"/Subtype /Image" in everything_in(pdf)
    assert b"/Subtype /Image" not in everything_in(render(people.prospects(bare), Paper.A4))


def test_two_threads_may_ask_at_once(full: Assessment) -> None:
    expected = render(people.prospects(full), Paper.A4)
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(render(people.prospects(full), Paper.A4)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3


def test_an_unknown_language_is_refused(bare: Assessment) -> None:
    with pytest.raises(ValueError, match="no catalogue"):
        render(people.prospects(bare), Paper.A4, "xx")


def test_fonts_are_the_only_temporary_files() -> None:
    """WeasyPrint's folder holds fonts alone; it goes when the process ends."""
    code = (
        "import tempfile, pathlib; from fitcheck.domain.profile import Paper;"
        "from reports.render import render; from tests.reports import people;"
        "render(people.private(people.assessment()), Paper.A4);"
        "files = filter(pathlib.Path.is_file, pathlib.Path(tempfile.gettempdir()).rglob('*'));"
        "print([file.read_bytes()[:4] for file in files])"
    )
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TMPDIR": folder},
            cwd=Path(__file__).parents[2],
        )
        assert set(re.findall(r"b'[^']*'", done.stdout)) == {r"b'\x00\x01\x00\x00'"}
        assert list(Path(folder).iterdir()) == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Petra Lindqvist", "petra-lindqvist"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\con\u202e<>|?*\x00", "c-con"),
        ("שלום", "שלום"),
        ("???", ""),
        ("Ä" * 300, "ä" * 48),
    ],
)
def test_file_names_are_slugs(name: str, slug: str, bare: Assessment) -> None:
    named = replace(bare, prospect=replace(bare.prospect, name=name))
    lead = f"{slug}-" if slug else ""
    assert suggested_file_name(people.private(named)) == f"{lead}private-file-2026-11-21.pdf"
    theirs = suggested_file_name(people.prospects(named))
    assert theirs == f"{lead}a-first-step-together-2026-11-21.pdf"
    assert len(theirs.encode()) < 255


def test_the_date_is_the_assessments(bare: Assessment) -> None:
    later = replace(bare, date=dt.date(2027, 1, 2))
    assert "2 January 2027" in text_of(render(people.prospects(later), Paper.A4))


@pytest.mark.parametrize("text", ["word " * 20_000, "\n" * MOST_LINES])
def test_far_too_much_is_refused_in_words(text: str) -> None:
    of = planted(cycle([text])).assessment
    with pytest.raises(TooLong, match="hundreds of pages") as refused:
        render(people.private(of), Paper.A4)
    assert isinstance(refused.value, FitCheckError)
    assert "Nothing is lost" in str(refused.value)


def test_a_page_of_figures_is_named_by_what_it_is_about_and_by_its_day() -> None:
    """A quarter by itself, since there is one of it; the track record by the day it was made."""
    assert suggested_file_name(quarter_sheet(2)) == "quarter-2026-4.pdf"
    record = MAKERS["record-fitting"]()
    assert suggested_file_name(record) == "track-record-2026-11-21.pdf"


def test_same_bytes_where_fonts_and_style_are_read_anew(bare: Assessment) -> None:
    """They are read once, whoever renders first."""
    report = people.private(bare)
    before = render(report, Paper.A4)
    for kept in (_fonts, _house_style, _srgb):
        kept.cache_clear()
    assert render(report, Paper.A4) == before
