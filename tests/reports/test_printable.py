"""Emoji are named, nothing is a box, and what the bundled fonts have is left as it is."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from fitcheck import packaged
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from reports.printable import IN_OUR_FONTS, printable
from reports.render import render
from tests.reports import people
from tests.reports.conftest import text_of
from tests.reports.verapdf import Standard, faults


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("Größe, naïve, € 5, ½, →, “so”", "Größe, naïve, € 5, ½, →, “so”"),
        ("good ✓ bad ❌ ™", "good ✓ bad ❌ ™"),
        ("😀", "[grinning face]"),
        ("so 😀😀😀!", "so [grinning face ×3]!"),
        ("👩\u200d👩\u200d👧", "[woman ×2, girl]"),
        ("👍🏽 ⚠️", "[thumbs up sign] [warning sign]"),
        ("🇸🇪🇩🇪 🇸", "[flag SE, flag DE] [regional indicator symbol letter s]"),
        ("1\ufe0f\u20e3 ✓\ufe0f", "1 ✓"),
        ("ⓐ☎", "[circled latin small letter a, black telephone]"),
        ("\U0001fbfa", "[symbol]"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("\x00\x1b\ud800\ufdd0\ue000\U0010ffff", "\ufffd" * 6),
        ("\t\r\n", "\t\r\n"),
    ],
)
def test_text_is_printed_as_it_can_be(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_the_bundled_fonts_have_the_pictures_that_are_left_alone() -> None:
    for name in packaged.names("fonts"):
        if name.endswith(".ttf") and "Mono" not in name:
            font = TTFont(io.BytesIO(packaged.read_bytes("fonts", name)))
            assert set(map(ord, IN_OUR_FONTS)) <= set(font.getBestCmap())
            font.close()
    assert all(unicodedata.category(each) == "So" for each in IN_OUR_FONTS)


def test_a_document_with_emoji_conforms_and_says_what_they_are(full: Assessment) -> None:
    typed = "Great talk 😀👩\u200d👧 🇸🇪 ⚠️ ✅ \U0010ffff \u2028 \u202eabc\u202c"
    of = replace(full, prospect=replace(full.prospect, organisation=typed, in_their_words=typed))
    for report in (people.private(of), people.prospects(of)):
        pdf = render(report, Paper.A4)
        assert "[grinning face, woman, girl] [flag SE] [warning sign]" in text_of(pdf)
        assert faults(pdf, Standard.ARCHIVE) == faults(pdf, Standard.ACCESSIBLE) == []
