"""The people in a table, once somebody has agreed what each column holds.

The steps are those of the window: :func:`fitcheck.exchange.contact_table.read_table`, a proposal
(:func:`proposal`) that can be changed column by column, a :func:`preview`, and all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from fitcheck.domain.contact import (
    LINE_LIMIT,
    TEXT_LIMIT,
    Contact,
    Contacts,
    Found,
    Leavings,
    WhyLeft,
    distinct,
    full_name,
    one_line,
    says_more,
    several_lines,
)
from fitcheck.exchange.contact_columns import Column, proposed_columns
from fitcheck.exchange.contact_table import Row, Table
from fitcheck.exchange.contact_values import as_email, as_link, as_phone, tags_among

VALUES_LIMIT = 20
"""How many addresses, numbers, tags or links of one person are taken at most."""

Progress: TypeAlias = Callable[[float], None]

_LOOKED_AT = 50
_TOLD_AFTER = 100
_SHOWN = 5

_SEVERAL = re.compile(r"\s*:::\s*")
_SEVERAL_ADDRESSES = re.compile(r"\s*(?::::|[;,\n])\s*")
_SEVERAL_TAGS = re.compile(r"\s*(?::::|[;,|\n])\s*")
_FORMULA = re.compile(r'="(?P<text>[^"]*)"')
_NO_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")


def proposal(table: Table) -> tuple[Column, ...]:
    """What each column of the table may hold."""
    return proposed_columns(table.headings, [row.cells for row in table.rows[:_LOOKED_AT]])


def preview(table: Table, columns: Sequence[Column], rows: int = _SHOWN) -> tuple[Found, ...]:
    """Who is in the first rows, by these columns."""
    return _read(table.rows[:rows], table.headings, columns, Leavings())


def contacts_in(
    table: Table, columns: Sequence[Column], progress: Progress = lambda _done: None
) -> Contacts:
    """Everybody in the table, and what of it was not taken, by these columns.

    ``progress`` is told how much is done, 0 to 1, and may raise to stop it.
    """
    left = Leavings()
    for each in table.left:
        for place in each.places:
            left.add(each.what, each.why, place)
    found = _read(table.rows, table.headings, columns, left, progress)
    return Contacts(found, left.listed(), guessed=_guessed(table, columns))


def _guessed(table: Table, columns: Sequence[Column]) -> int:
    """How many of the cells that are taken have letters that were guessed."""
    if not table.guessed:
        return 0
    taken = [index for index, column in enumerate(columns) if column is not Column.LEFT_OUT]
    return sum(not row.cells[index].isascii() for row in table.rows for index in taken)


def _read(
    rows: Sequence[Row],
    headings: Sequence[str],
    columns: Sequence[Column],
    left: Leavings,
    progress: Progress = lambda _done: None,
) -> tuple[Found, ...]:
    if len(columns) != len(headings):
        raise ValueError("expected one choice for each column")
    found = []
    for done, row in enumerate(rows, start=1):
        if done % _TOLD_AFTER == 0:
            progress(done / len(rows))
        contact = _RowReader(row, headings, columns, left).contact()
        if contact is not None:
            found.append(Found(contact, row.place))
    return tuple(found)


class _RowReader:
    """Takes one row apart; what isn't taken goes to ``left``."""

    def __init__(
        self, row: Row, headings: Sequence[str], columns: Sequence[Column], left: Leavings
    ) -> None:
        self._row = row
        self._headings = headings
        self._left = left
        self._cells: dict[Column, list[tuple[str, str]]] = {}
        for heading, column, cell in zip(headings, columns, row.cells, strict=True):
            if text := several_lines(_unquoted(cell)):
                self._cells.setdefault(column, []).append((heading, text))

    def contact(self) -> Contact | None:
        """Who is in the row; ``None`` where that is nobody."""
        for heading, _text in self._cells.pop(Column.LEFT_OUT, ()):
            self._leave(heading, WhyLeft.NOT_CHOSEN)
        emails = self._values(Column.EMAIL, _SEVERAL_ADDRESSES, as_email, WhyLeft.NO_ADDRESS)
        company = self._first(Column.ORGANISATION)
        name = self._name() or company or next(iter(emails), "")
        if not name:
            self._leave("", WhyLeft.NO_NAME)
            return None
        department = self._first(Column.DEPARTMENT)
        return Contact(
            name=name,
            organisation=", ".join(filter(None, [company, department])),
            role=self._first(Column.ROLE),
            emails=emails,
            phones=self._values(Column.PHONE, _SEVERAL, as_phone, WhyLeft.NO_NUMBER),
            met_at=self._first(Column.MET_AT),
            note=self._note(),
            tags=self._tags(),
            links=self._values(Column.LINK, _SEVERAL, as_link, WhyLeft.NO_PLACE),
        )

    def _name(self) -> str:
        """The name out of its parts; where there are none, the name in one."""
        whole = self._first(Column.NAME)
        given, family = self._first(Column.GIVEN_NAME), self._first(Column.FAMILY_NAME)
        additional = self._first(Column.ADDITIONAL_NAME)
        prefix, suffix = self._first(Column.PREFIX), self._first(Column.SUFFIX)
        name = ""
        if given or family:
            name = full_name(given, family, additional, prefix, suffix)
        elif whole:
            name = full_name(whole, "", "", prefix, suffix)
        for column, text in (
            (Column.NAME, whole),
            (Column.ADDITIONAL_NAME, additional),
            (Column.PREFIX, prefix),
            (Column.SUFFIX, suffix),
        ):
            if says_more(text, name):
                self._leave(self._cells[column][0][0], WhyLeft.ANOTHER_TAKEN)
        return name

    def _first(self, column: Column) -> str:
        """The first cell of those taken for ``column``; the others are left."""
        first = ""
        for heading, text in self._cells.get(column, ()):
            line = one_line(text)
            if len(line) > LINE_LIMIT:
                self._leave(heading, WhyLeft.TOO_LONG)
            elif first and line != first:
                self._leave(heading, WhyLeft.ANOTHER_TAKEN)
            else:
                first = line
        return first

    def _note(self) -> str:
        """All cells taken for the note, one below the other."""
        notes: list[str] = []
        for heading, text in self._cells.get(Column.NOTE, ()):
            if len("\n".join([*notes, text])) > TEXT_LIMIT:
                self._leave(heading, WhyLeft.TOO_LONG)
            else:
                notes.append(text)
        return "\n".join(notes)

    def _tags(self) -> tuple[str, ...]:
        tags: list[str] = []
        for heading, text in self._cells.get(Column.TAGS, ()):
            chosen, programs = tags_among(_SEVERAL_TAGS.split(text))
            tags += self._short(heading, chosen)
            if programs:
                self._leave(heading, WhyLeft.BOOKKEEPING)
        return self._counted(Column.TAGS, distinct(tags))

    def _values(
        self,
        column: Column,
        several: re.Pattern[str],
        read: Callable[[str], str | None],
        otherwise: WhyLeft,
    ) -> tuple[str, ...]:
        """Everything taken for ``column`` that ``read`` takes, in the order of the columns."""
        values: list[str] = []
        for heading, text in self._cells.get(column, ()):
            for part in filter(None, several.split(text)):
                value = read(part)
                if value is None:
                    self._leave(heading, otherwise)
                else:
                    values += self._short(heading, [value])
        return self._counted(column, distinct(values))

    def _short(self, heading: str, values: Sequence[str]) -> Iterator[str]:
        for value in values:
            if len(value) > LINE_LIMIT:
                self._leave(heading, WhyLeft.TOO_LONG)
            else:
                yield value

    def _counted(self, column: Column, values: tuple[str, ...]) -> tuple[str, ...]:
        heading = self._cells[column][0][0] if values else ""
        for _value in values[VALUES_LIMIT:]:
            self._leave(heading, WhyLeft.TOO_MANY)
        return values[:VALUES_LIMIT]

    def _leave(self, heading: str, why: WhyLeft) -> None:
        self._left.add(heading, why, self._row.place)


def _unquoted(cell: str) -> str:
    """A cell without what keeps a spreadsheet from taking it for a number or a formula."""
    if formula := _FORMULA.fullmatch(cell.strip()):
        return formula["text"]
    return cell[1:] if _NO_FORMULA.match(cell) else cell
