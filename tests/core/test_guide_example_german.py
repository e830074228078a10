"""The German page “Wie FitCheck urteilt” shows the program's figures and words, as the English one.

The English page is held against the program (test_guide_example.py), and this one against the
English: the figures of its tables cell by cell (test_guide_editions.py), its sums here. Its words
are held against what the program says in German.
"""

from __future__ import annotations

import re

from fitcheck.i18n import _, language
from reports.lines import verdict_lines
from tests.core.guide_figures import BANK, EXAMPLE, POLICY, VERDICT, expected_tables
from tests.core.guide_page import GUIDE, sums, tables

IDS = {question.id for question in BANK.questions}
PAGE = re.sub(
    r"(?<=\d),(?=\d)",  # its figures as the English page writes them
    ".",
    (GUIDE / "de" / "how-fitcheck-judges.md").read_text(encoding="utf-8"),
)


def test_every_sum_is_the_english_one() -> None:
    for (_name, ours), (name, theirs) in zip(sums(), sums(PAGE), strict=True):
        assert theirs == ours, name


def test_what_the_program_says_stands_in_the_tables_as_it_says_it_in_german() -> None:
    at = list(tables())
    count = 0
    for name, rows in expected_tables().items():
        printed = list(tables(PAGE).values())[at.index(name.replace("`", ""))]
        for row, cells in zip(rows, printed.rows, strict=True):
            for value, cell in zip(row, cells, strict=True):
                with language("de"):
                    said = _(value) if isinstance(value, str) and value else ""
                if said not in ("", value) and value not in IDS:
                    assert cell.casefold() == said.casefold(), (name, cell)
                    count += 1
    assert count > 40


def test_what_the_page_quotes_is_what_the_program_says() -> None:
    with language("de"):
        said = [line.strip() for line in verdict_lines(EXAMPLE, BANK, POLICY, VERDICT)]
    said = [re.sub(r"(?<=\d),(?=\d)", ".", line) for line in said]
    quoted = [line.removeprefix("> ").rstrip("\\") for line in re.findall(r"^> .+$", PAGE, re.M)]
    assert quoted
    assert [line for line in quoted if line not in said] == []
