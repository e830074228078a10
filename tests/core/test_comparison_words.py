"""The words for quarters, lines and columns: one for each that there is."""

from __future__ import annotations

from dataclasses import fields

from fitcheck import comparison_words as words
from fitcheck.domain.beside import About
from fitcheck.domain.line import PointKind, Way
from fitcheck.domain.quarter import Counts, Quarter


def test_each_has_words_of_its_own() -> None:
    assert len(set(map(words.about_name, About))) == len(About)
    assert len(set(map(words.point_name, PointKind))) == len(PointKind)
    assert len(set(map(words.way_sentence, Way))) == len(Way)
    assert [words.quarter_name(Quarter(2026, number)) for number in (1, 2, 3, 4)] == [
        "January to March 2026",
        "April to June 2026",
        "July to September 2026",
        "October to December 2026",
    ]


def test_every_count_has_its_heading() -> None:
    assert list(words.COUNTS) == [field.name for field in fields(Counts)]
    assert words.counts_cells(Counts(5, 1, 2, 1, 1)) == (
        ("Met", 5),
        ("Staged", 1),
        ("Declined", 2),
        ("Won", 1),
        ("Referred", 1),
    )


def test_what_nobody_wrote_down_is_said_to_be_so() -> None:
    assert [words.group_name(name) for name in ("Fair", "")] == ["Fair", "Not written down"]
