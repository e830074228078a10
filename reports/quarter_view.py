"""A quarter in words: what its page on paper gets, its lines of text, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fitcheck.comparison_words import COUNTS, counts_cells, group_name, quarter_name
from fitcheck.domain.quarter import NOTHING, Counts, Group, Quarter, groups
from fitcheck.domain.report import QuarterSheet
from fitcheck.i18n import _, ngettext
from reports import words
from reports.list_csv import table_csv

MOST = 7
"""Groups that a table on paper has at most, for the page to be one; the others are added up."""


def title() -> str:
    return _("The quarter in figures")


def file_title(quarter: Quarter) -> str:
    """What the file is named after."""
    return _("Quarter {year} {number}").format(year=quarter.year, number=quarter.number)


def context(sheet: QuarterSheet) -> dict[str, Any]:
    """The context of ``quarter.html``, all words in the language in force."""
    return {
        "title": title(),
        "date": sheet.on,
        "name": quarter_name(sheet.now.quarter),
        "before": quarter_name(sheet.before.quarter),
        "lead": lead(sheet),
        "totals": totals(sheet),
        "headings": headings(),
        "tables": [
            (heading, [_row(each) for each in fitting(found, MOST)])
            for heading, found in grouped(sheet)
        ],
        "notes": notes(),
    }


def lead(sheet: QuarterSheet) -> str:
    """As of when, and that a quarter which isn't over may still change."""
    text = _("As of {date}.").format(date=words.date_text(sheet.on))
    if sheet.on <= sheet.now.quarter.last:
        text = _("As of {date}; the quarter isn’t over yet.").format(date=words.date_text(sheet.on))
    return text


def totals(sheet: QuarterSheet) -> list[tuple[str, int, int]]:
    """Each count by its heading: this quarter's, and that of the quarter before."""
    before = counts_cells(sheet.before.total)
    return [
        (heading, number, earlier)
        for (heading, number), (_heading, earlier) in zip(
            counts_cells(sheet.now.total), before, strict=True
        )
    ]


def headings() -> list[str]:
    return [_(heading) for heading in COUNTS.values()]


def grouped(sheet: QuarterSheet) -> list[tuple[str, tuple[Group, ...]]]:
    """Every group by event and by source, each under its heading."""
    return [
        (_("By event"), groups(sheet.now.by_event, sheet.before.by_event)),
        (_("By source"), groups(sheet.now.by_source, sheet.before.by_source)),
    ]


def cell(now: int, before: int) -> str:
    """A count with that of the quarter before in brackets."""
    return _("{now} ({before})").format(now=now, before=before)


def notes() -> tuple[str, ...]:
    """How it was counted."""
    return (
        _("In brackets: the quarter before."),
        _(
            "Met are those who were added in the quarter. A decision counts in the quarter in "
            "which it was taken, if it still stood at its end; won means that you decided to "
            "proceed. Whoever was referred was mostly declined too, and counts as both."
        ),
    )


def lines(sheet: QuarterSheet) -> list[str]:
    """The page as lines of plain text."""
    named = quarter_name(sheet.now.quarter)
    made = [f"{title()}: {named}", lead(sheet), ""]
    made += ["\t".join(("", *headings()))]
    made += ["\t".join((_("All"), *(cell(now, before) for _h, now, before in totals(sheet))))]
    for heading, found in grouped(sheet):
        if found:
            made += ["", heading]
            made += ["\t".join(_row(each)) for each in found]
    return [*made, "", *notes()]


def quarter_csv(sheet: QuarterSheet) -> bytes:
    """A line for each quarter and each group in it, without anything added up."""
    first = (_("Quarter"), _("By"), _("Name"))
    return table_csv((*first, *headings()), _csv_rows(sheet))


def _csv_rows(sheet: QuarterSheet) -> Iterator[tuple[str, ...]]:
    for page in (sheet.now, sheet.before):
        quarter = f"{page.quarter.year}-Q{page.quarter.number}"
        yield quarter, _("All"), "", *_numbers(page.total)
        for by, found in ((_("Event"), page.by_event), (_("Source"), page.by_source)):
            for name, counts in found.items():
                yield quarter, by, group_name(name), *_numbers(counts)


def _numbers(counts: Counts) -> tuple[str, ...]:
    return tuple(str(number) for _heading, number in counts_cells(counts))


def _row(group: Group) -> tuple[str, ...]:
    pairs = zip(counts_cells(group.now), counts_cells(group.before), strict=True)
    name = " ".join(group_name(group.name).split())
    return name, *(cell(now, before) for (_h, now), (_g, before) in pairs)


def fitting(found: Sequence[Group], most: int) -> list[Group]:
    """So many at most: all the others as one, before those of whom nothing is written down."""
    named = [each for each in found if each.name]
    rest = [each for each in found if not each.name]
    if len(named) + len(rest) <= most:
        return [*named, *rest]
    kept = most - 1 - len(rest)
    others = named[kept:]
    count = len(others)
    name = ngettext("{count} other", "{count} others", count).format(count=count)
    now, before = (
        sum(each, NOTHING) for each in zip(*((g.now, g.before) for g in others), strict=True)
    )
    return [*named[:kept], Group(name, now, before), *rest]
