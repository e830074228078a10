"""Nothing is dropped silently: what is on a card and in a row is taken, or listed as left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.domain.contact import Contact, Contacts, one_line, several_lines
from fitcheck.exchange.contact_columns import Column
from fitcheck.exchange.contact_table import read_table
from fitcheck.exchange.contacts_csv import contacts_in
from fitcheck.exchange.vcard import read_vcards
from tests.exchange.vcards import crlf, written
from tests.reports.hostile import HOSTILE

NAMES = (
    "FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "TEL;TYPE=FAX", "NOTE", "URL",
    "CATEGORIES", "ADR", "BDAY", "PHOTO", "AGENT", "REV", "X-SOCIALPROFILE", "X-OTHER", "item1.FN",
    "EMAIL;PREF=1", "NOTE;ENCODING=QUOTED-PRINTABLE", "TITLE;ENCODING=BASE64",
    "ORG;CHARSET=ISO-8859-1", "UID", "KEY", "LABEL", "GENDER", "item2.X-ABLABEL",
)  # fmt: skip


def everything(contact: Contact) -> str:
    return "\n".join(str(getattr(contact, each.name)) for each in fields(contact))


def lines_left(contacts: Contacts) -> set[int]:
    return {place.line for each in contacts.left for place in each.places}


def mark(number: int) -> str:
    """A word that is an address, a number and a link, too, and occurs once."""
    return f"77{number:04d}@v.example"


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from(NAMES), max_size=12), min_size=1, max_size=3),
    st.sampled_from(["2.1", "3.0", "4.0"]),
)
def test_each_property_of_a_card_is_taken_or_listed(cards: list[list[str]], version: str) -> None:
    lines: list[str] = []
    at: dict[int, int] = {}
    for names in cards:
        begins = len(lines) + 1
        lines += ["BEGIN:VCARD", f"VERSION:{version}"]
        for name in names:
            lines.append(f"{name}:{mark(len(lines))}")
            at[len(lines)] = begins
        lines.append("END:VCARD")
    contacts = read_vcards(crlf("\n".join(lines)))
    left = lines_left(contacts)
    taken = {found.place.line: everything(found.contact) for found in contacts.found}
    for line, begins in at.items():
        if begins in taken:
            assert mark(line - 1) in taken[begins] or line in left, lines[line - 1]
        else:
            assert begins in left, "a card that isn't taken is listed"


CELLS = st.sampled_from(["", "mark", "word", "30 1234", "Mr."])


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(list(Column)), min_size=1, max_size=10).flatmap(
        lambda columns: st.tuples(
            st.just(columns),
            st.lists(
                st.lists(CELLS, min_size=len(columns), max_size=len(columns)),
                min_size=1,
                max_size=3,
            ),
        )
    )
)
def test_each_cell_of_a_row_is_taken_or_listed(
    drawn: tuple[list[Column], list[list[str]]],
) -> None:
    columns, rows = drawn
    number = 0
    cells: list[list[str]] = []
    for row in rows:
        cells.append([])
        for cell in row:
            number += 1
            cells[-1].append(mark(number) if cell == "mark" else cell and f"{cell}{number}")
    headings = [f"Column {index}" for index in range(len(columns))]
    contacts = contacts_in(read_table(as_csv([headings, *cells]), ",", headings=True), columns)
    taken = {found.place.line: everything(found.contact) for found in contacts.found}
    listed = {(each.what, place.line) for each in contacts.left for place in each.places}
    for line, written_cells in enumerate(cells, start=2):
        for heading, cell in zip(headings, written_cells, strict=True):
            if cell:
                assert (
                    cell in taken.get(line, "") or (heading, line) in listed or ("", line) in listed
                )


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_hostile_texts_come_through_a_card_as_texts(version: str) -> None:
    people = [Contact(one_line(f"#{text}"), note=several_lines(f"{text}#")) for text in HOSTILE]
    people = [each for each in people if len(each.name) < 1_000]
    contacts = read_vcards(b"".join(written(each, version) for each in people))
    assert [found.contact for found in contacts.found] == people
    assert len(people) > 100
    assert contacts.left == ()


def test_hostile_texts_come_through_a_table_as_texts() -> None:
    people = [Contact(one_line(f"#{text}"), note=several_lines(f"{text}#")) for text in HOSTILE]
    people = [each for each in people if len(each.name) < 1_000]
    rows = [("Name", "Note"), *((each.name, each.note) for each in people)]
    table = read_table(as_csv(rows))
    contacts = contacts_in(table, [Column.NAME, Column.NOTE])
    assert [found.contact.name for found in contacts.found] == [each.name for each in people]
    assert contacts.left == ()
