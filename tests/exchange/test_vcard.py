"""vCards as real programs write them: everybody is found, and everything else is accounted for."""

from __future__ import annotations

import pytest

from fitcheck.domain.contact import TEXT_LIMIT, Contact, Contacts, WhyLeft
from fitcheck.errors import InvalidInput
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.vcard import (
    CARDS_LIMIT,
    LINES_LIMIT,
    NESTING_LIMIT,
    PROPERTIES_LIMIT,
    VALUES_LIMIT,
    is_vcard,
    read_vcard_text,
    read_vcards,
)
from tests.exchange.vcards import (
    AGENT,
    ANDROID,
    FOUR,
    GOOGLE,
    IPHONE,
    JAPANESE,
    OUTLOOK,
    crlf,
)


def people(data: bytes) -> list[Contact]:
    return [found.contact for found in read_vcards(data).found]


def card(*lines: str, version: str = "3.0") -> bytes:
    return crlf("\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]))


def left(contacts: Contacts) -> dict[tuple[str, str], list[int]]:
    """What was left and why, by lines."""
    return {(each.what, each.why): [at.line for at in each.places] for each in contacts.left}


def faults(data: bytes) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        read_vcards(data)
    return [str(fault) for fault in refused.value.faults]


def test_an_android_phones_cards_are_read() -> None:
    contacts = read_vcards(ANDROID)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Jörg Grün",
            "Grün & Söhne",
            "Owner",
            ("joerg@gruen.example",),
            ("+49 171 7654321",),
            note="Met\ntwice ·",
        ),
        Contact("Bo", phones=("017112345",)),
    ]
    assert [(at.place.number, at.place.line) for at in contacts.found] == [(1, 1), (2, 21)]
    assert left(contacts) == {
        ("TEL", WhyLeft.FAX): [7],
        ("PHOTO", WhyLeft.MEDIA): [14],
        ("X-ANDROID-CUSTOM", WhyLeft.NO_PLACE): [18],
        ("BDAY", WhyLeft.NO_PLACE): [19],
    }
    assert contacts.guessed == 0


def test_an_iphones_cards_are_read() -> None:
    contacts = read_vcards(IPHONE)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Dr. Ada May Gump",
            "Gump, Wood & Walls, Sales",
            "Head of sales",
            ("ada@gump.example", "ada@home.example"),
            ("+1 415 555 0100", "+1 (415) 555-2671"),
            note="Met her at the fair; she builds walls, and says:\n“never again”",
            links=("http://www.gump.example/ada", "http://www.linkedin.com/in/ada-gump"),
        ),
        Contact("Wall Works Ltd", "Wall Works Ltd", phones=("+44 20 7946 0123",)),
    ]
    assert left(contacts) == {
        ("PRODID", WhyLeft.BOOKKEEPING): [3, 26],
        ("X-ABLABEL", WhyLeft.BOOKKEEPING): [9, 16],
        ("ADR", WhyLeft.NO_PLACE): [13],
        ("X-ABADR", WhyLeft.BOOKKEEPING): [14],
        ("BDAY", WhyLeft.NO_PLACE): [17],
        ("X-APPLE-STRUCTURED-LOCATION", WhyLeft.NO_PLACE): [20],
        ("PHOTO", WhyLeft.MEDIA): [21],
        ("X-ABSHOWAS", WhyLeft.BOOKKEEPING): [30],
    }


def test_outlooks_card_is_read() -> None:
    contacts = read_vcards(OUTLOOK)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Dr. Jürgen Müller",
            "Müller & Söhne GmbH, Einkauf",
            "Geschäftsführer",
            ("juergen@mueller.example",),
            ("+49 (30) 1234567", "0171 / 7654321"),
            note="Erste Zeile\nZweite Zeile mit ö",
            links=("http://www.mueller-soehne.example",),
        )
    ]
    assert {what for what, _why in left(contacts)} == {
        "X-MS-SIGNATURE", "TEL", "ADR", "LABEL", "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
        "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "REV",
    }  # fmt: skip
    assert contacts.guessed == 0


def test_googles_cards_are_read() -> None:
    contacts = read_vcards(GOOGLE)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Zoë Brontë",
            "Brontë SARL",
            "Directrice",
            ("zoe@bronte.example", "zoe@home.example"),
            ("+33 1 99 00 12 34",),
            tags=("Clients, old", "Fair 2024"),
            links=("https://bronte.example",),
        ),
        Contact("no-name@mail.example", emails=("no-name@mail.example",)),
    ]
    assert left(contacts)["CATEGORIES", WhyLeft.BOOKKEEPING] == [13, 22]
    assert ("PHOTO", WhyLeft.MEDIA) in left(contacts)


def test_cards_of_version_4_are_read() -> None:
    contacts = read_vcards(FOUR)
    assert [found.contact for found in contacts.found] == [
        Contact(
            "Adele Walls",
            "Walls; and more, North",
            "Mason",
            ("adele@walls.example", "adele@home.example"),
            ("+33-1-9900-1235 ext. 5",),
            tags=("builder", "fair"),
        )
    ]
    assert left(contacts) == {
        ("FN", WhyLeft.ANOTHER_TAKEN): [4],
        ("N", WhyLeft.ANOTHER_TAKEN): [6],
        ("TEL", WhyLeft.FAX): [10],
        ("GENDER", WhyLeft.NO_PLACE): [14],
        ("ANNIVERSARY", WhyLeft.NO_PLACE): [15],
        ("PHOTO", WhyLeft.MEDIA): [16],
        ("UID", WhyLeft.BOOKKEEPING): [18],
        ("REV", WhyLeft.BOOKKEEPING): [19],
        ("", WhyLeft.NO_PERSON): [21],
    }


def test_a_japanese_phones_card_is_read() -> None:
    assert people(JAPANESE) == [
        Contact("山田 太郎", "ソフト表", phones=("090-1234-5678",)),
    ]


def test_a_card_inside_a_card_is_somebody_else() -> None:
    contacts = read_vcards(AGENT)
    assert [found.contact for found in contacts.found] == [
        Contact("Ada Gump", phones=("030 1234567",)),
        Contact("Cy Else", emails=("cy@else.example",)),
    ]
    assert left(contacts) == {("AGENT", WhyLeft.NESTED): [5, 18]}


JOERG = card("N:Müller;Jörg;;;", "FN:Jörg Müller", "ORG:Grün")


@pytest.mark.parametrize(
    "data",
    [
        JOERG,
        b"\xef\xbb\xbf" + JOERG,
        JOERG.decode().encode("utf-16"),
        JOERG.decode().encode("utf-16-le"),
        JOERG.decode().encode("utf-16-be"),
        JOERG.decode().encode("utf-32"),
        JOERG.replace(b"\r\n", b"\n"),
        JOERG.replace(b"\r\n", b"\r"),
        JOERG.replace(b"\r\n", b"\r\r\n"),
        JOERG.replace(b"\r\n", b"\n", 2),
        JOERG.replace(b"J\xc3\xb6rg M", b"J\xc3\r\n \xb6rg M"),
        JOERG.replace(b"\nFN", b"\nfn").replace(b"\nN", b"\nn").replace(b"VCARD", b"vCard"),
        b"\r\n\r\n" + JOERG + b"\r\n\r\n",
        JOERG.replace(b"FN:", b"item1.FN : "),
        card("N:Müller;Jörg;;;", "ORG:Grün"),
        card("N:Müller;Jörg;;;", "FN:", "ORG:Grün"),
        card("FN;ENCODING=b:SsO2cmcgTcO8bGxlcg==", "ORG:Grün"),
        card("FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:J=F6rg M=FCller", "ORG:Grün", version="2.1"),
        card("FN;charset=utf-8;encoding=q:J=C3=B6rg M=C3=BCller", "ORG:Grün", version="2.1"),
        card("FN;ENCODING=QUOTED-PRINTABLE:J=C3=", "=B6rg M=C3=BCller", "ORG:Grün", version="2.1"),
        card("FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg ", "=4D=C3=BCller", "ORG:Grün", version="2.1"),
        card("FN:Jörg", " Müller", "ORG:Grün", version="2.1"),
        # Written again by an editor that didn't know what it says inside.
        b"\xef\xbb\xbf" + JOERG.replace(b"FN:", b"FN;CHARSET=WINDOWS-1252:"),
    ],
)
def test_a_card_reads_the_same_however_it_is_written(data: bytes) -> None:
    contacts = read_vcards(data)
    assert [found.contact for found in contacts.found] == [Contact("Jörg Müller", "Grün")]
    assert contacts.guessed == 0


@pytest.mark.parametrize(
    "data",
    [
        JOERG.decode().encode("cp1252"),
        card("FN;ENCODING=QUOTED-PRINTABLE:J=F6rg M=FCller", "ORG:Gr", version="2.1"),
        card("FN;CHARSET=X-UNKNOWN:@", "ORG:Gr").replace(b"@", b"J\xf6rg M\xfcller"),
        card("FN;CHARSET=unicode_escape:@", "ORG:Gr").replace(b"@", b"J\xf6rg M\xfcller"),
        card("FN;CHARSET=SHIFT_JIS:@", "ORG:Gr").replace(b"@", b"J\xf6rg M\xfcller"),
    ],
)
def test_letters_in_an_undeclared_alphabet_are_read_as_windows_and_counted(data: bytes) -> None:
    contacts = read_vcards(data)
    assert contacts.found[0].contact.name == "Jörg Müller"
    assert contacts.guessed > 0


def test_escapes_are_read_as_each_version_has_them() -> None:
    lines = ("FN:a\\, b\\; c\\: d\\\\e\\nf", "NOTE:C:\\new\\;x")
    assert [(each.name, each.note) for each in people(card(*lines))] == [
        ("a, b; c: d\\e f", "C:\new;x")
    ]
    assert [(each.name, each.note) for each in people(card(*lines, version="2.1"))] == [
        ("a, b; c: d\\\\e\\nf", "C:\\new;x")
    ]


def test_a_name_is_put_together_from_its_parts() -> None:
    assert people(card("N:van der Berg\\, Jr.;Ada,Anne;May;Dr.;MBA"))[0].name == (
        "Dr. Ada Anne May van der Berg, Jr. MBA"
    )
    parts = "N;ENCODING=QUOTED-PRINTABLE:Gump=3B Co\\;x;A=C3=AFda;;;"
    assert people(card(parts, version="2.1"))[0].name == "Aïda Gump; Co;x"


def test_a_card_without_a_name_takes_the_next_best_one() -> None:
    assert people(card("NICKNAME:Addie", "ORG:Gump")) == [Contact("Addie", "Gump")]
    assert people(card("ORG:Gump;North")) == [Contact("Gump, North", "Gump, North")]
    assert people(card("EMAIL:a@b.example")) == [Contact("a@b.example", emails=("a@b.example",))]
    contacts = read_vcards(card("TEL:030 123456") + card("FN:Ada", "NICKNAME:A"))
    assert [found.contact.name for found in contacts.found] == ["Ada"]
    assert left(contacts) == {
        ("", WhyLeft.NO_NAME): [1],
        ("NICKNAME", WhyLeft.NO_PLACE): [8],
    }


def test_what_is_written_twice_is_taken_once_and_said() -> None:
    contacts = read_vcards(
        card("FN:Ada", "FN:Ada", "FN:Aida", "TITLE:Owner", "ROLE:Mason", "ORG:One", "ORG:Two")
    )
    assert contacts.found[0].contact == Contact("Ada", "One", "Owner")
    assert left(contacts) == {
        ("ORG", WhyLeft.ANOTHER_TAKEN): [9],
        ("FN", WhyLeft.ANOTHER_TAKEN): [5],
        ("ROLE", WhyLeft.ANOTHER_TAKEN): [7],
    }


def test_a_card_that_breaks_off_is_taken_and_named() -> None:
    whole = card("FN:Ada")
    contacts = read_vcards(whole.replace(b"END:VCARD\r\n", b"") * 2)
    assert [found.contact.name for found in contacts.found] == ["Ada", "Ada"]
    assert left(contacts) == {("", WhyLeft.NO_END): [1, 4]}


def test_a_soft_line_break_does_not_swallow_the_end() -> None:
    broken = card("FN:Ada", "NOTE;ENCODING=QUOTED-PRINTABLE:never ends=", version="2.1")
    assert [each.note for each in people(broken + card("FN:Bo"))] == ["never ends", ""]


def test_lines_that_say_nothing_are_named_with_their_place() -> None:
    contacts = read_vcards(b"Hello\r\n" + card("FN:Ada", "no colon here", "!!:odd") + b"Bye: Bo")
    assert people(card("FN:Ada")) == [found.contact for found in contacts.found]
    assert left(contacts) == {
        ("", WhyLeft.OUTSIDE): [1],
        ("", WhyLeft.NO_PROPERTY): [5, 6],
        ("BYE", WhyLeft.OUTSIDE): [8],
    }


def test_one_bad_card_costs_that_card_alone() -> None:
    contacts = read_vcards(card("FN:Ada") + card(";;;") + card("FN:Cy"))
    assert [(found.contact.name, found.place.number) for found in contacts.found] == [
        ("Ada", 1),
        ("Cy", 3),
    ]
    assert left(contacts) == {("", WhyLeft.NO_NAME): [5]}


def test_a_value_that_is_none_costs_that_value_alone() -> None:
    contacts = read_vcards(
        card(
            "FN:Ada",
            "EMAIL:at home",
            "EMAIL;TYPE=X400:/o=Corp/cn=ada",
            "TEL:ask",
            "TEL:4.91512E+11",
            "URL:see above",
            "TITLE;ENCODING=BASE64:!!!",
            "NOTE;ENCODING=UUENCODE:abc",
            f"ORG:{'x' * 1_001}",
            f"NOTE:{'x' * (TEXT_LIMIT + 1)}",
        )
    )
    assert [found.contact for found in contacts.found] == [Contact("Ada")]
    assert left(contacts) == {
        ("EMAIL", WhyLeft.NO_ADDRESS): [4, 5],
        ("TEL", WhyLeft.NO_NUMBER): [6, 7],
        ("URL", WhyLeft.NO_PLACE): [8],
        ("TITLE", WhyLeft.DAMAGED): [9],
        ("NOTE", WhyLeft.DAMAGED): [10],
        ("ORG", WhyLeft.TOO_LONG): [11],
        ("NOTE", WhyLeft.TOO_LONG): [12],
    }


def test_parameters_that_no_program_writes_hold_nothing_up() -> None:
    contacts = read_vcards(
        card(
            "FN:Ada",
            f'TEL;TYPE="{"," * 5_000}:030 123456',
            "TEL; CELL :030 1234567",
            "X-FOO BAR:1",
            "X_QQ.ID:2",
            f"PHOTO;ENCODING=b:{'QUJD' * 18}",
            *[" " + "QUJD" * 18] * 10_000,
        )
    )
    assert [found.contact for found in contacts.found] == [
        Contact("Ada", phones=("030 123456", "030 1234567"))
    ]
    assert [each.what for each in contacts.left] == ["X-FOO BAR", "ID", "PHOTO"]


def test_pictures_are_never_decoded() -> None:
    contacts = read_vcards(card("FN:Ada", "PHOTO;ENCODING=b:!not base64!", "LOGO:x", "KEY:y"))
    assert {each.why for each in contacts.left} == {WhyLeft.MEDIA}


def test_a_card_with_more_than_any_has_is_left() -> None:
    data = card("FN:Ada", *["X-A:1"] * PROPERTIES_LIMIT) + card("FN:Bo")
    contacts = read_vcards(data)
    assert [found.contact.name for found in contacts.found] == ["Bo"]
    assert left(contacts) == {("", WhyLeft.TOO_MANY): [1]}


def test_of_too_many_addresses_the_first_are_taken() -> None:
    data = card("FN:Ada", *(f"EMAIL:a{number}@b.example" for number in range(VALUES_LIMIT + 2)))
    contacts = read_vcards(data)
    assert len(contacts.found[0].contact.emails) == VALUES_LIMIT
    assert left(contacts) == {("EMAIL", WhyLeft.TOO_MANY): [1, 1]}


def test_every_fault_that_makes_a_file_unreadable_is_named_at_once() -> None:
    deep = b"BEGIN:VCARD\r\nAGENT:\r\n" * (NESTING_LIMIT + 2)
    cards = card("FN:Ada") * (CARDS_LIMIT + 1)
    assert faults(deep + cards + b"\n" * (LINES_LIMIT - 80_000)) == [
        "vCard: expected at most 400,000 lines, found 400,018",
        "vCard, card 1, line 1: expected at most 5 cards in each other",
        "vCard: expected at most 20,000 cards, found 20,001",
    ]


def test_a_card_inside_that_never_ends_swallows_no_other() -> None:
    data = card("FN:Ada", "AGENT:").replace(b"END:VCARD", b"BEGIN:VCARD") + card("FN:Bo")
    assert [each.name for each in people(data)] == ["Ada", "Bo"]


def test_what_is_no_vcard_or_too_large_is_refused() -> None:
    assert faults(b"") == ["vCard: expected BEGIN:VCARD, the beginning of a card"]
    assert faults(b"\x89PNG\r\n\x1a\n\0\0") == faults(b"")
    assert faults(b" " * (SIZE_LIMIT + 1)) == ["vCard: expected at most 10,000,000 bytes"]


def test_reading_says_how_far_it_is_and_can_be_stopped() -> None:
    told: list[float] = []
    read_vcards(card("FN:Ada") * 1_000, told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1

    class StoppedError(Exception):
        pass

    def stop(_done: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_vcards(card("FN:Ada") * 1_000, stop)


def test_what_was_pasted_is_read_also_indented_and_whatever_it_says_of_its_letters() -> None:
    text = OUTLOOK.decode("cp1252").replace("\r\n", "\n")
    assert read_vcard_text(text).found == read_vcards(OUTLOOK).found
    indented = "".join(f"    {line}\n" for line in text.splitlines())
    assert read_vcard_text(indented).found == read_vcards(OUTLOOK).found
    assert read_vcard_text("BEGIN:VCARD\nFN:A\ud83d\nEND:VCARD").found[0].contact.name == "A?"


@pytest.mark.parametrize("data", [ANDROID, b"\xef\xbb\xbf\r\n begin : vcard\r\n", JOERG])
def test_a_vcard_is_told_by_its_beginning(data: bytes) -> None:
    assert is_vcard(data)
    assert is_vcard(data.decode().encode("utf-16"))
    assert not is_vcard(data[10:] if data is JOERG else b"Name,Note\nAda,BEGIN:VCARD\n")


def test_what_is_read_is_in_no_log() -> None:
    contacts = read_vcards(IPHONE)
    assert "Gump" not in repr(contacts)
    assert "ada" not in repr(contacts)
