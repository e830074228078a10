"""The page of a quarter: one page on either paper, whose figures are those that were counted."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from fitcheck.comparison_words import counts_cells
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import QuarterSheet
from fitcheck.exchange.quarter_json import quarter_json
from reports.pages import page_sizes, page_texts
from reports.quarter_view import MOST, headings, lines, quarter_csv
from reports.render import render, suggested_file_name
from tests.reports import people
from tests.reports.documents import pdf, quarter_sheet


def texts(name: str, paper: Paper) -> str:
    """All that stands on the pages, as one line."""
    return " ".join(" ".join(page_texts(pdf(name, paper))).split())


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", ["quarter-small", "quarter-full"])
def test_it_is_one_page_however_much_there_is(name: str, paper: Paper) -> None:
    assert len(page_sizes(pdf(name, paper))) == 1


def test_it_is_one_page_whatever_the_letterhead() -> None:
    wordy = Profile("A name " * 40, "A business " * 40, "\n".join("1 Lark Rise" for _ in range(30)))
    assert len(page_sizes(render(quarter_sheet(60, wordy), Paper.LETTER))) == 1


@pytest.mark.parametrize(("name", "number"), [("quarter-small", 2), ("quarter-full", 60)])
def test_what_is_read_back_from_the_page_are_the_counts(name: str, number: int) -> None:
    sheet, said = quarter_sheet(number), texts(name, Paper.A4)
    assert "October to December 2026" in said
    assert "As of 21 November 2026; the quarter isn’t over yet." in said
    for page, named in ((sheet.now, "October to December 2026"), (sheet.before, "July")):
        numbers = " ".join(str(number) for _heading, number in counts_cells(page.total))
        assert re.search(rf"{named}[^0-9]*(2026)?[^0-9]*{numbers}", said), (named, numbers)
    for heading in headings():
        assert heading in said


def test_what_does_not_fit_is_added_up_and_nothing_is_lost() -> None:
    said, sheet = texts("quarter-full", Paper.A4), quarter_sheet(60)
    events = len(set(sheet.now.by_event) | set(sheet.before.by_event))
    assert events > MOST
    assert f"{events - MOST + 1} others" in said
    assert "Not written down" in said
    rows = re.findall(r"(\d+) \((\d+)\)", said)
    columns = len(headings())
    tables = [rows[: MOST * columns], rows[MOST * columns :]]
    for table in tables:
        assert len(table) == MOST * columns
        for column, (now, before) in enumerate(
            zip(counts_cells(sheet.now.total), counts_cells(sheet.before.total), strict=True)
        ):
            cells = table[column::columns]
            assert sum(int(one) for one, _earlier in cells) == now[1]
            assert sum(int(earlier) for _one, earlier in cells) == before[1]


def test_a_quarter_that_is_over_is_said_to_stand() -> None:
    sheet = replace(quarter_sheet(2), on=people.DATE.replace(year=2027))
    assert "isn’t over" not in "\n".join(lines(sheet))
    assert "As of 21 November 2027." in lines(sheet)


def test_its_lines_and_its_table_say_the_same() -> None:
    sheet = quarter_sheet(5)
    read = list(csv.reader(io.StringIO(quarter_csv(sheet).decode("utf-8-sig"))))
    assert read[0] == ["Quarter", "By", "Name", *headings()]
    now = {(row[1], row[2]): [int(cell) for cell in row[3:]] for row in read if row[0] == "2026-Q4"}
    assert now[("All", "")] == [number for _heading, number in counts_cells(sheet.now.total)]
    for by in ("Event", "Source"):
        counted = [numbers for (group, _name), numbers in now.items() if group == by]
        assert [sum(column) for column in zip(*counted, strict=True)] == now[("All", "")]
    assert {row[0] for row in read[1:]} == {"2026-Q4", "2026-Q3"}
    said = lines(sheet)
    assert said[0] == "The quarter in figures: October to December 2026"
    (total,) = (line for line in said if line.startswith("All"))
    before = [number for _heading, number in counts_cells(sheet.before.total)]
    assert total.split("\t")[1:] == [
        f"{one} ({earlier})" for one, earlier in zip(now[("All", "")], before, strict=True)
    ]


def test_nothing_in_a_quarter_leaves_the_tables_out() -> None:
    empty = quarter_sheet(0)
    assert "By event" not in lines(empty)
    assert quarter_json(empty)["quarter"]["by_event"] == []


def test_as_json_it_is_whole() -> None:
    made = quarter_json(quarter_sheet(5))
    assert made["format"] == "fitcheck/quarter"
    assert (made["quarter"]["first"], made["before"]["last"]) == ("2026-10-01", "2026-09-30")
    for part in ("quarter", "before"):
        for by in ("by_event", "by_source"):
            summed = sum(group["met"] for group in made[part][by])
            assert summed == made[part]["total"]["met"]


def test_its_file_is_named_by_the_quarter() -> None:
    assert suggested_file_name(quarter_sheet(0)) == "quarter-2026-4.pdf"


def test_it_names_no_prospect_and_keeps_names_out_of_a_log() -> None:
    sheet = quarter_sheet(5, Profile())
    assert isinstance(sheet, QuarterSheet)
    assert "Annual meeting" not in repr(sheet)
