"""Files of contacts that no program writes: broken, cut, swapped, made of the formats' own words.

Whatever comes in is read or refused in words, and everybody found has what a contact must have.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

from fitcheck.domain.contact import LINE_LIMIT, TEXT_LIMIT, Contact, Contacts
from fitcheck.domain.duplicates import repeated
from fitcheck.errors import InvalidInput
from fitcheck.exchange.contact_columns import Column
from fitcheck.exchange.contact_table import read_table
from fitcheck.exchange.contacts_csv import contacts_in, preview, proposal
from fitcheck.exchange.vcard import VALUES_LIMIT, read_vcards
from tests.exchange import tables, vcards

Chance = random.Random

VCARDS = (
    vcards.ANDROID,
    vcards.IPHONE,
    vcards.OUTLOOK,
    vcards.GOOGLE,
    vcards.FOUR,
    vcards.JAPANESE,
    vcards.AGENT,
    vcards.IPHONE.decode().encode("utf-16"),
)
TABLES = (
    tables.GOOGLE,
    tables.GOOGLE_OLD,
    tables.HUBSPOT,
    tables.LINKEDIN,
    tables.OUTLOOK,
    tables.OUTLOOK_GERMAN,
    tables.OWN_GERMAN,
    tables.OUTLOOK_GERMAN.decode("cp1252").encode("utf-16"),
)

_VCARD_WORDS = (
    b"BEGIN:VCARD", b"END:VCARD", b"VERSION:", b"2.1", b"3.0", b"4.0", b"\r\n", b"\n", b"\r",
    b" ", b"\t", b"FN", b"N", b"ORG", b"TEL", b"EMAIL", b"NOTE", b"AGENT:", b"PHOTO", b":", b";",
    b",", b"=", b"\\", b"\\n", b'"', b"ENCODING=", b"QUOTED-PRINTABLE", b"BASE64", b"CHARSET=",
    b"UTF-8", b"SHIFT_JIS", b"UTF-16-LE", b"zlib", b"=C3=A4", b"=", b"TYPE=", b"PREF=1", b"item1.",
    b"Ada", b"\xc3", b"\xff\xfe", b"\x00", b"a@b.example", b"+49 30 1234567", b"\xf0\x9f\x99\x82",
    b"X-" + b"A" * 200, b"x" * 1_100,
)  # fmt: skip
_CSV_WORDS = (
    b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r\n", b"\r", b" ", b"Name", b"E-mail", b"Phone",
    b"Vorname", b"Notizen", b"sep=;", b"Ada", b"a@b.example", b"+49 30 1234567", b"=", b"'=1+1",
    b"\xfc", b"\xc3\xbc", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b" ::: ", b"* myContacts",
    b'"a\nb"', b"4.9E+11", b"x" * 1_100, b"," * 50,
)  # fmt: skip


READS = ("vcard.read_vcards", "contact_table.read_table")
"""The functions of the program by whose names a test knows that they are fuzzed here."""


def flipped(files: tuple[bytes, ...], _words: tuple[bytes, ...], chance: Chance) -> bytes:
    data = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 3, 10, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut_and_pasted(files: tuple[bytes, ...], _words: tuple[bytes, ...], chance: Chance) -> bytes:
    data, other = chance.choice(files), chance.choice(files)
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    at = chance.randrange(len(other))
    return chance.choice(
        (
            data[:start],
            data[start:],
            data[:start] + data[end:],
            data[:start] + other[at:],
            data[:start] + chance.randbytes(chance.randrange(200)) + data[start:],
        )
    )


def swapped(files: tuple[bytes, ...], words: tuple[bytes, ...], chance: Chance) -> bytes:
    """Lines in each other's place, some with a word put in."""
    lines = chance.choice(files).split(b"\n")
    for _ in range(chance.choice((1, 2, 5, 20))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        at = chance.randrange(len(lines[one]) + 1)
        lines[one] = lines[one][:at] + chance.choice(words) + lines[one][at:]
    return b"\n".join(lines)


def soup(_files: tuple[bytes, ...], words: tuple[bytes, ...], chance: Chance) -> bytes:
    """The words of the format in any order: what a parser has to keep its feet in."""
    return b"".join(chance.choices(words, k=chance.choice((5, 50, 400))))


def noise(_files: tuple[bytes, ...], words: tuple[bytes, ...], chance: Chance) -> bytes:
    return chance.choice((b"", words[0] + b"\n")) + chance.randbytes(chance.randrange(2_000))


MAKERS: dict[str, Callable[[tuple[bytes, ...], tuple[bytes, ...], Chance], bytes]] = {
    "flipped": flipped,
    "cut": cut_and_pasted,
    "swapped": swapped,
    "soup": soup,
    "noise": noise,
}
KINDS = tuple(MAKERS)
FORMATS = {"vcard": (VCARDS, _VCARD_WORDS), "csv": (TABLES, _CSV_WORDS)}


def inputs(form: str, kind: str, count: int) -> Iterator[bytes]:
    chance = Chance(f"{form} {kind}")
    for _ in range(count):
        yield MAKERS[kind](*FORMATS[form], chance)


def outcome(form: str, data: bytes) -> str:
    """How a file fared: whatever else than this it does fails the test."""
    read = read_vcards if form == "vcard" else partial(_read_csv, Chance(data))
    try:
        contacts = read(data)
    except InvalidInput as refused:
        return "refused" if 0 < len(str(refused)) < 1_000 else "refused at length"
    assert len(contacts.found) <= data.count(b"\n") + data.count(b"\r") + 1
    for found in contacts.found:
        check(found.contact)
    for each in contacts.left:
        assert len(each.what) <= 60
        assert each.places
        assert all(place.line > 0 for place in each.places)
    assert len(repeated(contacts.found)) == len(contacts.found)
    return ("read" if contacts.found else "nobody") + (", with leavings" if contacts.left else "")


POSSIBLE = {"read", "nobody", "read, with leavings", "nobody, with leavings", "refused"}


def _read_csv(chance: Chance, data: bytes) -> Contacts:
    table = read_table(data)
    columns = proposal(table)
    if chance.random() < 0.3:
        columns = tuple(chance.choice(list(Column)) for _column in columns)
    assert len(preview(table, columns)) <= 5
    return contacts_in(table, columns)


def check(contact: Contact) -> None:
    lines = [contact.name, contact.organisation, contact.role, contact.met_at]
    lines += [*contact.emails, *contact.phones, *contact.tags, *contact.links]
    assert contact.name
    for line in lines:
        # Two cells, each within the limit, may make one name.
        assert len(line) <= 5 * (LINE_LIMIT + 1)
        assert not any(ord(char) < 32 or "\ud800" <= char <= "\udfff" for char in line)
    assert len(contact.note) <= 2 * TEXT_LIMIT
    several = (contact.emails, contact.phones, contact.tags, contact.links)
    assert all(len(values) <= 2 * VALUES_LIMIT for values in several)
    contact.note.encode()
