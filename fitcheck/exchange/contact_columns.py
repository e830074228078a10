"""What a column of a table of contacts holds, told by its heading, in English or German.

Knows the headings of Google Contacts (old and new), HubSpot, LinkedIn and Outlook, and what people
write above columns of their own; where a heading says nothing, a look at the cells may. It is only
a proposal: a person looks at it and changes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from fitcheck.exchange.contact_values import as_email


class Column(StrEnum):
    """What the cells of a column are taken for."""

    LEFT_OUT = "left_out"
    NAME = "name"
    GIVEN_NAME = "given_name"
    ADDITIONAL_NAME = "additional_name"
    FAMILY_NAME = "family_name"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    ROLE = "role"
    EMAIL = "email"
    PHONE = "phone"
    MET_AT = "met_at"
    NOTE = "note"
    TAGS = "tags"
    LINK = "link"


_C = Column

# Headings as `_key` makes them, most of them of the programs above.
_HEADINGS: dict[str, Column] = {
    heading: column
    for column, headings in {
        _C.NAME: "name fullname displayname contactname contact person ansprechpartner "
        "ansprechpartnerin kontakt vollstandigername anzeigename kontaktname vorundnachname "
        "vornamenachname nachnamevorname namevorname fileas",
        _C.GIVEN_NAME: "firstname givenname forename vorname rufname",
        _C.ADDITIONAL_NAME: "middlename additionalname secondname weiterevornamen "
        "zweitervorname mittelname",
        _C.FAMILY_NAME: "lastname familyname surname nachname familienname zuname",
        _C.PREFIX: "nameprefix prefix honorific salutationtitle namenszusatz namensprafix "
        "akademischertitel titel",
        _C.SUFFIX: "namesuffix suffix namenssuffix",
        _C.ORGANISATION: "organization organisation organizationname organisationname "
        "organization1name company companyname associatedcompany primaryassociatedcompany employer "
        "firma firmenname unternehmen unternehmensname arbeitgeber betrieb institution",
        _C.DEPARTMENT: "department organizationdepartment organization1department abteilung",
        _C.ROLE: "jobtitle position role organizationtitle organization1title occupation funktion "
        "rolle berufsbezeichnung beruf stelle tatigkeit berufstitel title",
        _C.EMAIL: "email mail emailaddress mailaddress emailadresse mailadresse emailprivat "
        "emailgeschaftlich emailwork emailhome workemail homeemail additionalemailaddresses "
        "geschaftlicheemail privateemail",
        _C.PHONE: "phone telephone tel phonenumber telephonenumber mobile mobilephone "
        "mobilephonenumber cell cellphone businessphone homephone companymainphone primaryphone "
        "otherphone workphone directphone telefon telefonnummer tel telnr telefonnr handy "
        "handynummer mobil mobiltelefon mobilnummer rufnummer telefongeschaftlich telefonprivat "
        "telefonfirma hauptnummerfirma haupttelefon weiterestelefon durchwahl festnetz",
        _C.MET_AT: "metat met wherewemet event occasion meetingplace wheremet kennengelernt "
        "kennengelerntbei kennengelerntauf wokennengelernt getroffen getroffenbei getroffenauf "
        "anlass veranstaltung messe",
        _C.NOTE: "note notes comment comments remark remarks description about notiz notizen "
        "bemerkung bemerkungen kommentar kommentare anmerkung anmerkungen beschreibung",
        _C.TAGS: "tag tags label labels category categories keywords groupmembership group groups "
        "kategorie kategorien schlagwort schlagworte schlagworter stichworte gruppe gruppen",
        _C.LINK: "url link links website websiteurl webpage web homepage internet linkedin "
        "linkedinurl linkedinprofile profileurl webseite internetseite websiteadresse profil",
    }.items()
    for heading in headings.split()
}

# What only one program writes, any of them.
_EXPORTERS: tuple[tuple[str, tuple[set[str], ...]], ...] = (
    ("LinkedIn", ({"connectedon", "position"},)),
    ("HubSpot", ({"recordid", "leadstatus"}, {"recordid", "contactowner"})),
    ("Google Contacts", ({"fileas", "labels"}, {"yominame", "groupmembership"})),
    ("Outlook", ({"emailtype", "emaildisplayname"}, {"emailtyp", "anrede"})),
)

# Headings with a number in the middle: “E-mail 2 - Value”, “E-Mail 2: Adresse”, “Phone 3”.
_NUMBERED = (
    (re.compile(r"email\d+(?:value|address|adresse)?"), _C.EMAIL),
    (
        re.compile(
            r"(?:business|home|mobile|other)?(?:phone|telefon|handy)"
            r"(?:geschaftlich|privat|number)?\d+(?:value)?"
        ),
        _C.PHONE,
    ),
    (re.compile(r"organi[sz]ation\d+name"), _C.ORGANISATION),
    (re.compile(r"organi[sz]ation\d+title"), _C.ROLE),
    (re.compile(r"website\d+value"), _C.LINK),
)

# Parts of headings whose cells may look like an address or a number of the person, and aren't.
_NOT_THEIRS = re.compile(
    "fax|pager|telex|callback|owner|besitzer|assistent|assistant|spouse|manager|vorgesetzt|"
    "birth|geburt|date|datum|zip|plz|postal|postleitzahl|label|type|photo|amount|betrag"
)

_NAMES = {_C.NAME, _C.GIVEN_NAME, _C.FAMILY_NAME}
_NAMES_IF_ALONE = {"contact", "kontakt", "person", "fileas"}
_ENOUGH = 0.6
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def heading_of(text: str) -> Column | None:
    """What a heading says, ``None`` where it says nothing known."""
    key = _key(text)
    if key in _HEADINGS:
        return _HEADINGS[key]
    return next((column for pattern, column in _NUMBERED if pattern.fullmatch(key)), None)


def exporter_of(headings: Sequence[str]) -> str:
    """The program that writes such headings, by its name; "" where none is known by them."""
    keys = {_key(heading) for heading in headings}
    return next((name for name, signs in _EXPORTERS if any(each <= keys for each in signs)), "")


def _key(text: str) -> str:
    """A heading without case, accents, spaces and signs: “E-mail 1 - Value” is “email1value”."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def proposed_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """What each column may be, by its heading, or else by the cells of the first rows."""
    known = [heading_of(heading) for heading in headings]
    columns = [
        _by_cells(heading, [row[index] for row in rows]) if column is None else column
        for index, (heading, column) in enumerate(zip(headings, known, strict=True))
    ]
    keys = [_key(heading) for heading in headings]
    for index, key in enumerate(keys):
        # Outlook and others call the “Dr.” before a name a title, too.
        elsewhere = _C.ROLE in columns[:index] + columns[index + 1 :]
        if key == "title" and (elsewhere or _C.SUFFIX in columns):
            columns[index] = _C.PREFIX
        # In German, a name beside a first name is the family's.
        if key == "name" and _C.GIVEN_NAME in columns and _C.FAMILY_NAME not in columns:
            columns[index] = _C.FAMILY_NAME
        others = {*columns[:index], *columns[index + 1 :]}
        if key in _NAMES_IF_ALONE and others & _NAMES:
            columns[index] = _C.LEFT_OUT
    return tuple(columns) if _NAMES & {*columns} else _with_a_name(columns, known, rows)


def _by_cells(heading: str, cells: Sequence[str]) -> Column:
    """What the cells of a column without a known heading look like, if that is unmistakable."""
    filled = [cell for cell in cells if cell.strip()]
    if _NOT_THEIRS.search(_key(heading)):
        return _C.LEFT_OUT
    if filled and sum(as_email(cell) is not None for cell in filled) >= _ENOUGH * len(filled):
        return _C.EMAIL
    dialled = [cell for cell in filled if _looks_dialled(cell)]
    return _C.PHONE if filled and len(dialled) >= _ENOUGH * len(filled) else _C.LEFT_OUT


def _looks_dialled(cell: str) -> bool:
    """Whether it is a telephone number rather than an id, an amount or a date."""
    plain = cell.strip()
    return (
        re.fullmatch(r"(?:\+|00|\(0|0(?=\d*[ /-]))[\d\s()/.-]{5,25}", plain) is not None
        and _DATE.fullmatch(plain) is None
    )


def _with_a_name(
    columns: list[Column], known: Sequence[Column | None], rows: Sequence[Sequence[str]]
) -> tuple[Column, ...]:
    """The same, with the first unknown column of different words as the name."""
    for index, column in enumerate(known):
        cells = [row[index] for row in rows if row[index].strip()]
        worded = [cell for cell in cells if re.search(r"[^\W\d_]{2}", cell) and len(cell) < 100]
        if column is None and columns[index] is _C.LEFT_OUT and cells and worded == cells:
            [(_word, commonest)] = Counter(cells).most_common(1)
            if commonest == 1 or commonest < len(cells) / 2:
                return (*columns[:index], _C.NAME, *columns[index + 1 :])
    return tuple(columns)
