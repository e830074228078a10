"""The list as a table: read back whole by a reader of CSV, and nothing in it is a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import AssessmentLine, ProspectLine, Summary
from fitcheck.domain.policy import Action
from reports.list_csv import FORMULA, harmless, headings, list_csv
from tests.reports.hostile import HOSTILE

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
SUMMARY = Summary(Recommendation.STAGE, False, 0.125, 0.5, 0.375, 30, 36)
LATEST = AssessmentLine(7, TODAY, Form.FULL, True, SUMMARY)
LINE = ProspectLine(1, Prospect("Ada"), NOON, LATEST, TODAY)

# What makes a cell begin, for some program in some country.
BEGINNINGS = ("", ";", ",", "\t", "\n", "\r\n", "|", '";"', " ; ", '","', "x\n '")
FORMULAS = tuple(
    f"{beginning}{sign}HYPERLINK(1)" for beginning in BEGINNINGS for sign in sorted(FORMULA)
)
NAMES = (*HOSTILE, *FORMULAS)


def table(*lines: ProspectLine, show_totals: bool = False) -> list[dict[str, str]]:
    data = list_csv(lines, TODAY, show_totals=show_totals)
    assert data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, strict=True))


def formulas(cells: list[str], separator: str) -> list[str]:
    """The cells that a program takes for formulas which splits at ``separator``."""
    parts = [part for cell in cells for line in cell.splitlines() for part in line.split(separator)]
    return [part for part in parts if part.strip(" '\"")[:1] in FORMULA and "'" not in part]


def told(text: str) -> str:
    """What is left of a text when the apostrophes are gone, and what no file can hold."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("'", "").replace("\0", "\N{REPLACEMENT CHARACTER}")


def test_every_column_is_read_back() -> None:
    who = Prospect(
        "Zoë “Å”, PhD", 'She said "no"', "Head\nof Works", "z@example.org", "070", "Fair"
    )
    (row,) = table(replace(LINE, prospect=who))
    assert list(row) == list(headings())
    assert list(row.values()) == [
        *(who.name, who.organisation, who.role, who.email, who.phone, who.met_at),
        *("2026-11-22", "Full", "30", "36", "Stage the work", "13", "50", "37"),
        *("Due today", "", "2026-11-22", "2026-11-21"),
    ]


def test_the_lines_end_as_the_standard_has_it_and_every_cell_is_quoted() -> None:
    data = list_csv([LINE], TODAY, show_totals=False).decode("utf-8-sig")
    assert data.count("\r\n") == data.count("\n") == 2
    assert all(line.startswith('"') and line.endswith('"') for line in data.splitlines())


def test_what_was_decided_and_what_is_not_begun() -> None:
    decided, new = table(
        replace(LINE, decided=Action.DECLINE, until=None), replace(LINE, latest=None, until=None)
    )
    assert (decided["Phase"], decided["Decided"], decided["Decide by"]) == ("Closed", "Decline", "")
    assert (new["Phase"], new["Recommendation"], new["Form"]) == ("Open", "No assessment yet", "")


def test_totals_of_an_unfinished_interview_stay_out_unless_they_are_shown_on_the_screen() -> None:
    going_on = replace(LINE, latest=replace(LATEST, finished=False))
    assert table(going_on)[0]["Good match (%)"] == ""
    assert table(going_on)[0]["Recommendation"] == "In progress"
    assert table(going_on, show_totals=True)[0]["Good match (%)"] == "13"


def test_hostile_names_come_back_and_none_is_a_formula(
    record_property: Callable[[str, object], None],
) -> None:
    places = [each.name for each in fields(Prospect) if each.name != "in_their_words"]
    lines = [replace(LINE, prospect=Prospect(**dict.fromkeys(places, name))) for name in NAMES]
    rows = table(*lines)
    assert len(rows) == len(NAMES) >= 500
    for name, row in zip(NAMES, rows, strict=True):
        cells = list(row.values())
        assert {told(cell) for cell in cells[: len(places)]} == {told(name)}
        for separator in ",;\t|":
            assert formulas(cells, separator) == []
    record_property("counted", f"{len(NAMES)} hostile names × {len(places)} columns of the CSV")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("1+1", "1+1"),
        (" =1", " '=1"),
        ("a;=1", "a;'=1"),
        ("a\t=1", "a\t'=1"),
        ("\t=1", "'\t'=1"),
        ('a,"@SUM(1)', "a,\"'@SUM(1)"),
        ("＝1", "'＝1"),
        ("Anne-Marie", "Anne-Marie"),
        ("a, b", "a, b"),
    ],
)
def test_an_apostrophe_goes_where_a_formula_would_begin_and_nowhere_else(
    text: str, safe: str
) -> None:
    assert harmless(text) == safe
