"""Tables of contacts: found out how they are written, mapped, and everything accounted for."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.domain.contact import LINE_LIMIT, TEXT_LIMIT, Contact, Contacts, WhyLeft, one_line
from fitcheck.errors import InvalidInput
from fitcheck.exchange.contact_columns import Column, exporter_of, heading_of
from fitcheck.exchange.contact_table import (
    CELL_LINES_LIMIT,
    COLUMNS_LIMIT,
    LINES_LIMIT,
    ROWS_LIMIT,
    read_table,
)
from fitcheck.exchange.contacts_csv import VALUES_LIMIT, contacts_in, preview, proposal
from fitcheck.exchange.json_input import SIZE_LIMIT
from tests.exchange.tables import (
    GOOGLE,
    GOOGLE_OLD,
    HUBSPOT,
    LINKEDIN,
    OUTLOOK,
    OUTLOOK_GERMAN,
    OWN_GERMAN,
)


def read(data: bytes | str) -> Contacts:
    table = read_table(data.encode() if isinstance(data, str) else data)
    return contacts_in(table, proposal(table))


def people(data: bytes | str) -> list[Contact]:
    return [found.contact for found in read(data).found]


def left(contacts: Contacts) -> dict[tuple[str, str], list[int]]:
    """What was left and why, by lines."""
    return {(each.what, each.why): [at.line for at in each.places] for each in contacts.left}


def faults(data: bytes) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        read_table(data)
    return [str(fault) for fault in refused.value.faults]


def test_googles_table_is_read() -> None:
    contacts = read(GOOGLE)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Dr. Zoë May Brontë",
            "Brontë SARL, Ventes",
            "Directrice",
            ("zoe@bronte.example", "zoe@home.example"),
            ("+33 1 99 00 12 34", "+33 6 99 00 12 34"),
            note='Met at the fair; "never again", she said.\nCall in May.',
            tags=("Clients", "Fair 2024"),
            links=("https://bronte.example",),
        ),
        Contact("Wall Works", "Wall Works", phones=("+44 20 7946 0123",)),
        Contact("alone@mail.example", emails=("alone@mail.example",)),
    ]
    assert [(at.place.number, at.place.line) for at in contacts.found] == [(1, 2), (2, 4), (3, 5)]
    assert left(contacts) == {
        ("Birthday", WhyLeft.NOT_CHOSEN): [2],
        ("Photo", WhyLeft.NOT_CHOSEN): [2],
        ("E-mail 1 - Label", WhyLeft.NOT_CHOSEN): [2, 5],
        ("E-mail 2 - Label", WhyLeft.NOT_CHOSEN): [2],
        ("Phone 1 - Label", WhyLeft.NOT_CHOSEN): [2, 4],
        ("Website 1 - Label", WhyLeft.NOT_CHOSEN): [2],
        ("Labels", WhyLeft.BOOKKEEPING): [2, 4, 5],
    }


def test_googles_old_table_is_read() -> None:
    assert people(GOOGLE_OLD) == [
        Contact(
            "Jörg Grün",
            "Grün & Söhne",
            "Inhaber",
            ("joerg@gruen.example",),
            ("+49 171 7654321", "030 1234567"),
            note="Owner of two shops",
            tags=("Kunden",),
        )
    ]


def test_hubspots_table_is_read() -> None:
    contacts = read(HUBSPOT)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Ada Gump",
            "Gump, Wood & Walls",
            "Head of sales",
            ("ada@gump.example",),
            ("+1 415-555-2671",),
        ),
        Contact("Bo", emails=("bo@gump.example",)),
    ]
    assert {what for what, _why in left(contacts)} == {
        "Record ID", "Contact owner", "Lead Status", "Marketing contact status", "Create Date"
    }  # fmt: skip


def test_linkedins_table_is_read_below_its_notes() -> None:
    contacts = read(LINKEDIN)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Ada Gump",
            "Gump & Co",
            "Head of sales",
            links=("https://www.linkedin.com/in/ada-gump",),
        ),
        Contact(
            "Bo Else, MBA",
            "Else, Inc.",
            emails=("bo@else.example",),
            links=("https://www.linkedin.com/in/bo-else",),
        ),
    ]
    assert left(contacts) == {
        ("", WhyLeft.OUTSIDE): [1, 2],
        ("Connected On", WhyLeft.NOT_CHOSEN): [5, 6],
    }


def test_outlooks_table_is_read() -> None:
    contacts = read(OUTLOOK)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Dr. Ada Gump",
            "Gump Works, Sales",
            "Head of sales",
            ("ada@gump.example",),
            ("+1 415 555 0100", "+1 415 555 2671"),
            note="Line one\nLine two",
            tags=("Fair", "Hot"),
            links=("www.gump.example",),
        ),
        Contact("Bo Else Jr.", emails=("bo@else.example",), phones=("030 1234567",)),
    ]
    assert ("Business Fax", WhyLeft.NOT_CHOSEN) in left(contacts)


def test_outlooks_german_table_is_read() -> None:
    contacts = read(OUTLOOK_GERMAN)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Jürgen Müller",
            "Müller & Söhne GmbH, Einkauf",
            "Geschäftsführer",
            ("juergen@mueller.example", "jm@home.example"),
            ("+49 (30) 1234567", "+49 (30) 1234569", "0171 7654321"),
            note="Erste Zeile\nZweite Zeile",
            tags=("Messe", "Wichtig"),
            links=("http://www.mueller.example",),
        )
    ]
    assert contacts.guessed > 0
    assert {what for what, _why in left(contacts)} == {
        "Anrede", "Straße geschäftlich", "Fax geschäftlich", "E-Mail-Typ", "Geburtstag"
    }  # fmt: skip


def test_a_table_of_ones_own_is_read() -> None:
    contacts = read(OWN_GERMAN)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Grün, Jörg",
            "Grün & Söhne",
            "Inhaber",
            ("joerg@gruen.example",),
            ("+49 30 1234567",),
            "Messe Köln",
            "Will bald anfangen",
            ("warm", "Messe"),
        ),
        Contact("Ada Gump", emails=("ada@gump.example",), phones=("0301234568",)),
        Contact("Rita Rund"),
    ]
    assert left(contacts) == {
        ("Ort", WhyLeft.NOT_CHOSEN): [3, 6],
        ("Telefon", WhyLeft.NO_NUMBER): [5],
        ("", WhyLeft.NO_NAME): [6],
    }


SMALL = "Name,Email,Note\nJörg Grün,j@g.example,Zoë\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_letters_and_delimiters_are_found_out(delimiter: str, charset: str) -> None:
    table = read_table(SMALL.replace(",", delimiter).encode(charset))
    assert table.delimiter == delimiter
    assert not table.guessed
    assert contacts_in(table, proposal(table)).found[0].contact == Contact(
        "Jörg Grün", emails=("j@g.example",), note="Zoë"
    )


def test_letters_of_windows_are_read_and_counted() -> None:
    table = read_table(SMALL.encode("cp1252"))
    assert (table.charset, table.guessed) == ("windows-1252", True)
    everything = contacts_in(table, proposal(table))
    assert everything.guessed == 2
    assert everything.found[0].contact.name == "Jörg Grün"
    without_note = contacts_in(table, [Column.NAME, Column.EMAIL, Column.LEFT_OUT])
    assert without_note.guessed == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like_also_in_cells(end: str) -> None:
    data = end.join(['"Name","Note"', '"Ada","one', 'two"', '"Bo",""', ""])
    assert people(data) == [Contact("Ada", note="one\ntwo"), Contact("Bo")]


def test_a_delimiter_may_be_given() -> None:
    table = read_table(b"Name;Note\nAda;a,b\n", ";")
    assert table.headings == ("Name", "Note")


def test_a_table_without_headings_is_read_by_its_cells() -> None:
    data = (
        "Ada Gump,1999-01-02,ada@gump.example,+49 30 1234567\n"
        "Bo Else,,bo@else.example,030 1234568\n"
    )
    table = read_table(data.encode())
    assert table.headings == ("", "", "", "")
    assert proposal(table) == (Column.NAME, Column.LEFT_OUT, Column.EMAIL, Column.PHONE)
    assert [found.place.number for found in read(data).found] == [1, 2]


def test_whether_there_are_headings_may_be_given() -> None:
    data = b"Ada Gump;Gump Works\nBo Else;Else Inc\n"
    assert read_table(data).headings == ("Ada Gump", "Gump Works")
    table = read_table(data, headings=False)
    assert (table.headings, len(table.rows)) == (("", ""), 2)
    assert proposal(table) == (Column.NAME, Column.LEFT_OUT)
    data = b"ada@gump.example;2024\nbo@else.example;2025\n"
    assert len(read_table(data).rows) == 2
    assert read_table(data, headings=True).headings == ("ada@gump.example", "2024")


def test_columns_with_headings_that_say_nothing_are_told_by_their_cells() -> None:
    data = (
        "Kunde;Seit;Status;Erreichbar;Post;PLZ\n"
        "Ada Gump;01.02.2024;neu;030 1234567;a@b.example;01234\n"
        "Bo Else;02.02.2024;neu;+49 30 1234568;b@b.example;01235\n"
    )
    assert proposal(read_table(data.encode())) == (
        Column.NAME,
        Column.LEFT_OUT,
        Column.LEFT_OUT,
        Column.PHONE,
        Column.EMAIL,
        Column.LEFT_OUT,
    )


def test_a_table_in_which_nothing_is_known_proposes_nothing() -> None:
    table = read_table(b"A,B\n1,2\n3,4\n")
    assert proposal(table) == (Column.LEFT_OUT, Column.LEFT_OUT)
    assert left(contacts_in(table, proposal(table)))["", WhyLeft.NO_NAME] == [2, 3]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("Title,First Name,Suffix", (Column.PREFIX, Column.GIVEN_NAME, Column.SUFFIX)),
        ("Title,Name,Position", (Column.PREFIX, Column.NAME, Column.ROLE)),
        ("Title,Name,Email", (Column.ROLE, Column.NAME, Column.EMAIL)),
        ("Vorname,Name", (Column.GIVEN_NAME, Column.FAMILY_NAME)),
        ("Name,Kontakt,Tel.", (Column.NAME, Column.LEFT_OUT, Column.PHONE)),
        ("Kontakt,Mobil-Nr.,E-Mail 2", (Column.NAME, Column.LEFT_OUT, Column.EMAIL)),
    ],
)
def test_a_heading_is_understood_among_the_others(
    headings: str, columns: tuple[Column, ...]
) -> None:
    assert proposal(read_table(f"{headings}\n1,2,3\n".encode())) == columns


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("E-Mail 2: Adresse", Column.EMAIL),
        ("e_mail address", Column.EMAIL),
        ("Organization 1 - Title", Column.ROLE),
        ("Organisation 2 - Name", Column.ORGANISATION),
        ("Business Phone 2", Column.PHONE),
        ("Telefon (geschäftlich) 2", Column.PHONE),
        ("Phone 3 - Value", Column.PHONE),
        ("Website 1 - Value", Column.LINK),
        ("WO KENNENGELERNT?", Column.MET_AT),
        ("Schlagwörter", Column.TAGS),
        ("Lifecycle Stage", None),
        ("", None),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str, column: Column | None) -> None:
    assert heading_of(heading) is column


def test_the_columns_can_be_changed_and_the_first_rows_looked_at() -> None:
    data = "One,Two\n" + "".join(f"Person {number},Fair\n" for number in range(8))
    table = read_table(data.encode())
    shown = preview(table, [Column.NAME, Column.MET_AT])
    assert [found.contact for found in shown] == [
        Contact(f"Person {number}", met_at="Fair") for number in range(5)
    ]
    assert len(preview(table, [Column.NAME, Column.NOTE], 3)) == 3
    assert contacts_in(table, [Column.NOTE, Column.NAME]).found[0].contact == Contact(
        "Fair", note="Person 0"
    )
    with pytest.raises(ValueError, match="one choice for each column"):
        preview(table, [Column.NAME])


def test_reading_says_how_far_it_is_and_can_be_stopped() -> None:
    table = read_table(b"Name\n" + b"Ada\n" * 1_000)
    told: list[float] = []
    contacts_in(table, [Column.NAME], told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1

    class StoppedError(Exception):
        pass

    def stop(_done: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        contacts_in(table, [Column.NAME], stop)


def test_a_row_that_cannot_be_read_is_named_and_costs_that_row_alone() -> None:
    data = (
        "Name,Note,Email\n"
        'Ada,"said "no" and\n'
        'left, angry","a@b.example"\n'
        "Bo,one,b@b.example\n"
        "Cy,one,two,three\n"
        "Di,one,\n"
        "Ed\n"
        'Flo,5" wide,f@b.example,,\n'
        '"Gus,lost\n'
        "Hal,one,h@b.example\n"
    )
    contacts = read(data)
    assert [found.contact.name for found in contacts.found] == ["Bo", "Di", "Ed", "Flo", "Hal"]
    assert contacts.found[3].contact.note == '5" wide'
    assert left(contacts) == {
        ("", WhyLeft.QUOTES): [2, 3, 9],
        ("", WhyLeft.CELLS): [5],
    }


def test_a_quotation_mark_that_nobody_closes_takes_no_rows_with_it() -> None:
    rows = "".join(f"Person {number},x\n" for number in range(2 * CELL_LINES_LIMIT))
    contacts = read(f'Name,Note\nAda,"open\n{rows}')
    assert len(contacts.found) == 2 * CELL_LINES_LIMIT
    assert left(contacts) == {("", WhyLeft.QUOTES): [2]}


def test_a_cell_that_is_not_what_its_column_is_costs_that_cell_alone() -> None:
    contacts = read(
        "Name,Email,Email 2,Phone,Firma,Company,Website,Tags,Notes\n"
        f"Ada,at work,a@b.example; c@d.example,ask,One,Two,see above,{'t' * 1_001},n\n"
        f"{'x' * (LINE_LIMIT + 1)},e@f.example,,,,,,,{'y' * (TEXT_LIMIT + 1)}\n"
    )
    assert [found.contact for found in contacts.found] == [
        Contact("Ada", "One", emails=("a@b.example", "c@d.example"), note="n"),
        Contact("e@f.example", emails=("e@f.example",)),
    ]
    assert left(contacts) == {
        ("Email", WhyLeft.NO_ADDRESS): [2],
        ("Company", WhyLeft.ANOTHER_TAKEN): [2],
        ("Phone", WhyLeft.NO_NUMBER): [2],
        ("Tags", WhyLeft.TOO_LONG): [2],
        ("Website", WhyLeft.NO_PLACE): [2],
        ("Name", WhyLeft.TOO_LONG): [3],
        ("Notes", WhyLeft.TOO_LONG): [3],
    }


def test_of_too_many_addresses_the_first_are_taken() -> None:
    addresses = ";".join(f"a{number}@b.example" for number in range(VALUES_LIMIT + 1))
    contacts = read(f'Name,Email\nAda,"{addresses}"\n')
    assert len(contacts.found[0].contact.emails) == VALUES_LIMIT
    assert left(contacts) == {("Email", WhyLeft.TOO_MANY): [2]}


def test_what_makes_a_file_unreadable_refuses_it() -> None:
    empty = "CSV: expected a table with headings and a row for each person"
    assert faults(b"") == [empty]
    assert faults(b'\n \n"open') == [empty]
    assert faults(b"a,b\n\0\0\0c") == ["CSV: expected a table as text (CSV), found something else"]
    assert faults(b" " * (SIZE_LIMIT + 1)) == ["CSV: expected at most 10,000,000 bytes"]
    assert faults(b"\n" * LINES_LIMIT) == ["CSV: expected at most 400,000 lines, found 400,001"]
    columns = b"," * COLUMNS_LIMIT
    assert faults(b"Name" + columns + b"\n" + b"Ada\n" * (ROWS_LIMIT + 1)) == [
        "CSV: expected at most 500 columns, found 501",
        "CSV: expected at most 50,000 rows, found 50,001",
    ]


def test_what_is_read_is_in_no_log() -> None:
    table = read_table(OUTLOOK)
    assert "Gump" not in repr((table, read(OUTLOOK)))


CELLS = st.text(
    st.characters(codec="utf-8") | st.sampled_from('",;\t\n|'),
    max_size=20,
)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(CELLS.map(one_line).filter(bool), CELLS), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_pythons_writer_writes_is_read_back(
    rows: list[tuple[str, str]], delimiter: str, end: str, quoted: bool
) -> None:
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        delimiter=delimiter,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    cleaned = [(f"#{name}", one_line(note)) for name, note in rows]
    writer.writerows([("Name", "Met at"), *cleaned])
    table = read_table(stream.getvalue().encode(), delimiter)
    contacts = contacts_in(table, proposal(table))
    assert [(each.contact.name, each.contact.met_at) for each in contacts.found] == cleaned
    assert contacts.left == ()


@pytest.mark.parametrize(
    ("data", "program"),
    [
        (GOOGLE, "Google Contacts"),
        (GOOGLE_OLD, "Google Contacts"),
        (HUBSPOT, "HubSpot"),
        (LINKEDIN, "LinkedIn"),
        (OUTLOOK, "Outlook"),
        (OUTLOOK_GERMAN, "Outlook"),
        (OWN_GERMAN, ""),
    ],
)
def test_the_program_that_wrote_a_table_is_told_by_its_headings(data: bytes, program: str) -> None:
    assert exporter_of(read_table(data).headings) == program
