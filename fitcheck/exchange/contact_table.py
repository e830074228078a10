"""A table of contacts as a spreadsheet or a program exports it: comma, semicolon or tab, whatever
alphabet, with line breaks in its cells and perhaps a few words above its headings.

Python's ``csv`` reads the cells. Around it, what divides them, where the headings are and how the
letters are written is found out, and a row whose quotation marks don't fit costs that row alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from fitcheck.domain.contact import Leavings, Left, Place, WhyLeft, one_line
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.contact_columns import heading_of
from fitcheck.exchange.contact_values import as_email
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.text_input import as_windows, too_many_lines, wide_charset
from fitcheck.i18n import _, thousands

ROWS_LIMIT = 50_000
LINES_LIMIT = 400_000
COLUMNS_LIMIT = 500
CELL_LINES_LIMIT = 500
"""How many lines one row may go over; more is a quotation mark that nobody closed."""

DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 30
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Row:
    """One row below the headings: its number from 1, the line where it begins, its cells."""

    place: Place
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Table:
    """What a file holds. ``headings`` are "" where the file has none; each row has as many cells.

    ``left`` are the rows that could not be read, and the lines above the headings.
    """

    charset: str
    guessed: bool
    delimiter: str
    headings: tuple[str, ...] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    left: tuple[Left, ...]


def read_table(data: bytes, delimiter: str = "", *, headings: bool | None = None) -> Table:
    """The table in a file's bytes; its delimiter, and whether there are ``headings``, are found
    out unless they are given.

    Raises :class:`fitcheck.errors.InvalidInput` with every fault that makes the file unreadable.
    """
    if len(data) > SIZE_LIMIT:
        raise InvalidInput(
            [_fault(_("expected at most {most} bytes").format(most=thousands(SIZE_LIMIT)))]
        )
    text, charset, guessed = _letters(data)
    if text.count("\0"):
        raise InvalidInput([_fault(_("expected a table as text (CSV), found something else"))])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > LINES_LIMIT:
        raise InvalidInput([_fault(too_many_lines(LINES_LIMIT, len(lines)))])
    first = 0
    if lines[0][:4].casefold() == "sep=" and len(lines[0].strip('"')) == 5:
        # How Excel is told what divides the cells.
        first, delimiter = 1, delimiter or lines[0][4]
    delimiter = delimiter or _likeliest_delimiter(lines[first:])
    records = list(_records(lines, first, delimiter))
    at = -1 if headings is False else _headings_at(records, sure=headings is True)
    return _table(records, at, charset, guessed, delimiter)


def _fault(expected: str) -> Fault:
    return Fault("CSV", expected)


def _letters(data: bytes) -> tuple[str, str, bool]:
    """The text, how it is written, and whether that was guessed."""
    charset, mark = wide_charset(data)
    if charset not in ("", "utf-8"):
        return data[mark:].decode(charset, "replace"), charset, False
    try:
        return data[mark:].decode(), "utf-8", False
    except UnicodeDecodeError:
        return as_windows(data[mark:]), "windows-1252", True


_Record: TypeAlias = tuple[int, list[str] | None]
"""The line (from 1) where a row begins, and its cells; ``None`` where its quotes don't fit."""


def _records(lines: list[str], first: int, delimiter: str) -> Iterator[_Record]:
    """The rows that aren't blank. Where one can't be read, the next line begins another."""
    source = _Source(lines, first)
    after_broken = False
    while source.begins < len(lines):
        try:
            for cells in csv.reader(source.fed(), delimiter=delimiter, strict=True):
                # What is left of a broken row begins where nobody knows, and ends in a quote.
                after_broken = after_broken and any('"' in cell for cell in cells)
                if any(cell.strip() for cell in cells):
                    yield source.begins + 1, None if after_broken else cells
                source.begins = source.fed_to
        except csv.Error:
            yield source.begins + 1, None
            after_broken = True
            source.begins += 1


@dataclass
class _Source:
    """Feeds lines to a reader; ``begins`` is where its row begins, ``fed_to`` the next line."""

    lines: list[str]
    begins: int
    fed_to: int = 0

    def fed(self) -> Iterator[str]:
        self.fed_to = self.begins
        while self.fed_to < len(self.lines) and self.fed_to - self.begins < CELL_LINES_LIMIT:
            self.fed_to += 1
            yield self.lines[self.fed_to - 1] + "\n"


def _likeliest_delimiter(lines: list[str]) -> str:
    """What divides the first rows into the same number of cells, with headings that are known."""

    def score(delimiter: str) -> tuple[int, int, int]:
        rows = []
        for _line, cells in _records(lines[: 10 * _LOOKED_AT], 0, delimiter):
            if cells is not None:
                rows.append(cells)
            if len(rows) >= _LOOKED_AT:
                break
        known = max((_known(cells) for cells in rows), default=0)
        widths = [len(cells) for cells in rows]
        widest = max(widths, default=1)
        return known, widths.count(widest) if widest > 1 else 0, widest

    return max(DELIMITERS, key=score)


def _known(cells: list[str]) -> int:
    return sum(heading_of(cell) is not None for cell in cells if len(cell) <= _LONGEST_HEADING)


def _table(records: list[_Record], at: int, charset: str, guessed: bool, delimiter: str) -> Table:
    """The table whose headings are the row ``at``, -1 where it has none."""
    left = Leavings()
    above, below = records[: max(at, 0)], records[at + 1 :]
    for line, _cells in above:
        left.add("", WhyLeft.OUTSIDE, Place(0, line))
    found = [cells for _line, cells in records if cells is not None]
    if not found:
        raise InvalidInput([_fault(_("expected a table with headings and a row for each person"))])
    headings = records[at][1] or [] if at >= 0 else []
    width = len(headings) or max(map(len, found))
    faults = []
    if width > COLUMNS_LIMIT:
        told = _("expected at most {most} columns, found {found}")
        faults.append(_fault(told.format(most=thousands(COLUMNS_LIMIT), found=thousands(width))))
    if len(below) > ROWS_LIMIT:
        told = _("expected at most {most} rows, found {found}")
        faults.append(_fault(told.format(most=thousands(ROWS_LIMIT), found=thousands(len(below)))))
    if faults:
        raise InvalidInput(faults)
    rows = []
    for number, (line, cells) in enumerate(below, start=1):
        place = Place(number, line)
        if cells is None:
            left.add("", WhyLeft.QUOTES, place)
        elif any(cell.strip() for cell in cells[width:]):
            left.add("", WhyLeft.CELLS, place)
        else:
            rows.append(Row(place, (*cells[:width], *[""] * (width - len(cells)))))
    return Table(
        charset=charset,
        guessed=guessed,
        delimiter=delimiter,
        headings=tuple(one_line(cell)[:_LONGEST_HEADING] for cell in headings) or ("",) * width,
        rows=tuple(rows),
        left=left.listed(),
    )


def _headings_at(records: list[_Record], *, sure: bool) -> int:
    """Which of the first rows has the headings; -1 where the first row is a person already.

    ``sure``: there are some.
    """
    best, most = 0, 0
    for index, (_line, cells) in enumerate(records[:_LOOKED_AT]):
        known = _known(cells) if cells is not None else 0
        # One word alone is found in the words above a table, too.
        if known > most and (known > 1 or len(cells or ()) == 1):
            best, most = index, known
    if most == 0:
        first = next((cells for _line, cells in records if cells is not None), [])
        return -1 if not sure and any(as_email(cell) for cell in first) else 0
    return best
