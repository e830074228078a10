"""vCards as programs write them, and a writer of each version after what is published of it.

The people are made up. What each exporter does was gathered from the formats (RFC 2426, RFC 6350,
vCard 2.1) and from what is known of the programs; none is a copy of a file of theirs.
"""

from __future__ import annotations

import quopri
from collections.abc import Iterable

from fitcheck.domain.contact import Contact


def crlf(text: str, charset: str = "utf-8") -> bytes:
    return text.strip("\n").replace("\n", "\r\n").encode(charset) + b"\r\n"


ANDROID = crlf("""
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=47=72=C3=BC=6E;=4A=C3=B6=72=67;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4A=C3=B6=72=67=20=47=72=C3=BC=
=6E
TEL;CELL;PREF:+49 171 7654321
TEL;WORK;FAX:+49 30 1234568
EMAIL;WORK:joerg@gruen.example
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=47=72=C3=BC=6E=20=26=20=53=C3=
=B6=68=6E=65
TITLE:Owner
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=65=74=0D=0A=74=77=69=63=65=
=20=C2=B7
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAw
 MEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8X
 GBYUGBIUFRT=

X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Joe;1;;;;;;;;;;;;;
BDAY:1970-02-03
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Bo;;;
FN:Bo
TEL;CELL:017112345
END:VCARD
""")

IPHONE = crlf("""
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.5//EN
N:Gump;Ada;May;Dr.;
FN:Dr. Ada May Gump
ORG:Gump\\, Wood & Walls;Sales;
TITLE:Head of sales
item1.EMAIL;type=INTERNET:ada@home.example
item1.X-ABLabel:_$!<Other>!$_
EMAIL;type=INTERNET;type=WORK;type=pref:ada@gump.example
TEL;type=CELL;type=VOICE:+1 (415) 555-2671
TEL;type=MAIN;type=pref:+1 415 555 0100
item2.ADR;type=WORK:;;5 Main St;Springfield;IL;62701;USA
item2.X-ABADR:us
item3.URL;type=pref:http\\://www.gump.example/ada
item3.X-ABLabel:_$!<HomePage>!$_
BDAY:1980-05-06
NOTE:Met her at the fair\\; she builds walls\\, and says:\\n“never again”
X-SOCIALPROFILE;type=linkedin;x-user=ada:http://www.linkedin.com/in/ada-gump
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=Main \\"Yard\\" 5:geo:40.5,22.9
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwM
 EAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIU
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.5//EN
N:;;;;
FN:Wall Works Ltd
ORG:Wall Works Ltd;
X-ABShowAs:COMPANY
TEL;type=WORK;type=VOICE;type=pref:+44 20 7946 0123
END:VCARD
""")

OUTLOOK = crlf(
    """
BEGIN:VCARD
VERSION:2.1
X-MS-SIGNATURE:YES
N;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jürgen;;Herr Dr.
FN;CHARSET=Windows-1252:Dr. Jürgen Müller
ORG;CHARSET=Windows-1252:Müller & Söhne GmbH;Einkauf
TITLE;CHARSET=Windows-1252:Geschäftsführer
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Erste Zeile=0D=0A=
Zweite Zeile mit =F6=0D=0A=

TEL;WORK;VOICE:+49 (30) 1234567
TEL;CELL;VOICE:0171 / 7654321
TEL;WORK;FAX:+49 (30) 1234568
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:;;Hauptstra=
=DFe 5;Berlin;;10115;Deutschland
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Hauptstra=DFe 5=0D=0A=
10115 Berlin
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
URL;WORK:http://www.mueller-soehne.example
EMAIL;PREF;INTERNET:juergen@mueller.example
X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U
 HRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL

X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="urn:cards.example" ver="1.0"/>
REV:20240102T030405Z
END:VCARD
""",
    "cp1252",
)

GOOGLE = crlf("""
BEGIN:VCARD
VERSION:3.0
FN:Zoë Brontë
N:Brontë;Zoë;;;
EMAIL;TYPE=INTERNET;TYPE=WORK:zoe@bronte.example
EMAIL;TYPE=INTERNET;TYPE=HOME:zoe@home.example
item1.TEL:+33 1 99 00 12 34
item1.X-ABLabel:
item2.ORG:Brontë SARL
item2.TITLE:Directrice
item3.URL:https\\://bronte.example
item3.X-ABLabel:PROFILE
CATEGORIES:myContacts,Clients\\, old,Fair 2024
PHOTO:https://photos.example/zoe.jpg
NOTE:
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
N:;;;;
item1.EMAIL;TYPE=INTERNET:no-name@mail.example
CATEGORIES:myContacts
END:VCARD
""")

FOUR = crlf("""
BEGIN:VCARD
VERSION:4.0
KIND:individual
FN;LANGUAGE=fr;PREF=2:Adèle Murs
FN;LANGUAGE=en;PREF=1:Adele Walls
N;SORT-AS="Walls,Adele":Walls;Adele,Anne;;Dr.;
EMAIL;PREF=2;TYPE=home:adele@home.example
EMAIL;PREF=1;TYPE=work:adele@walls.example
TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+33-1-9900-1235;ext=5
TEL;VALUE=uri;TYPE=fax:tel:+33-1-9900-1236
ORG;TYPE=work:Walls\\; and more;North
ROLE:Mason
CATEGORIES:builder,fair
GENDER:F
ANNIVERSARY:20090808T1430-0500
PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQYJKoZIhv
 AQEEBQAwdzELMAkGA1UEBhMCVVMxLDAqBgNVBAoTI05l
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
REV:20240102T030405Z
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:The team
MEMBER:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
""")

JAPANESE = crlf(
    """
BEGIN:VCARD
VERSION:2.1
N;CHARSET=SHIFT_JIS:山田;太郎
FN;CHARSET=SHIFT_JIS:山田 太郎
ORG;CHARSET=SHIFT_JIS:ソフト表
TEL;CELL:090-1234-5678
END:VCARD
""",
    "cp932",
)

AGENT = crlf("""
BEGIN:VCARD
VERSION:2.1
N:Gump;Ada
FN:Ada Gump
AGENT:
BEGIN:VCARD
VERSION:2.1
N:Aide;Bo
FN:Bo Aide
TEL:030 7654321
END:VCARD
TEL:030 1234567
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Else;Cy;;;
FN:Cy Else
AGENT:BEGIN:VCARD\\nFN:Di Aide\\nTEL:+1-919-555-1234\\nEMAIL\\;TYPE=INTERNET:
 di@aide.example\\nEND:VCARD\\n
EMAIL:cy@else.example
END:VCARD
""")


def written(contact: Contact, version: str, *, fold_at: int = 75, within: bool = False) -> bytes:
    """The contact as a card by the book of its version.

    Folded at ``fold_at`` bytes; ``within`` even inside a character, which 3.0 leaves open and
    programs do.
    """
    lines = list(_old(contact) if version == "2.1" else _new(contact, version))
    card = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]
    if version == "2.1":
        return b"".join(_softly_folded(line, fold_at) for line in card)
    return b"".join(_folded(line, fold_at, within) for line in card)


def _new(contact: Contact, version: str) -> Iterable[str]:
    yield f"FN:{_escaped(contact.name)}"
    yield f"N:{_escaped(contact.name)};;;;"
    if contact.organisation:
        yield f"ORG:{_escaped(contact.organisation)}"
    if contact.role:
        yield f"TITLE:{_escaped(contact.role)}"
    for index, email in enumerate(contact.emails):
        pref = {"4.0": f"PREF={index + 1}"}.get(version, "TYPE=pref" if index == 0 else "TYPE=work")
        yield f"EMAIL;{pref}:{_escaped(email)}"
    for phone in contact.phones:
        yield f"TEL;TYPE=voice:{_escaped(phone)}"
    if contact.note:
        yield f"NOTE:{_escaped(contact.note)}"
    if contact.tags:
        yield "CATEGORIES:" + ",".join(map(_escaped, contact.tags))
    for link in contact.links:
        yield f"URL:{link}"


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str, fold_at: int, within: bool) -> bytes:
    data = line.encode()
    parts = []
    while len(data) > fold_at:
        at = fold_at
        while not within and data[at] & 0xC0 == 0x80:
            at -= 1
        parts.append(data[:at])
        data = data[at:]
    return b"\r\n ".join([*parts, data]) + b"\r\n"


def _old(contact: Contact) -> Iterable[str]:
    yield _printable("N", contact.name, parts=True)
    yield _printable("FN", contact.name)
    if contact.organisation:
        yield _printable("ORG", contact.organisation, parts=True)
    if contact.role:
        yield _printable("TITLE", contact.role)
    for index, email in enumerate(contact.emails):
        yield f"EMAIL;INTERNET{'' if index else ';PREF'}:{email}"
    for phone in contact.phones:
        yield f"TEL;VOICE:{phone}"
    if contact.note:
        yield _printable("NOTE", contact.note.replace("\n", "\r\n"))
    for link in contact.links:
        yield f"URL:{link}"


def _printable(name: str, text: str, *, parts: bool = False) -> str:
    text = text.replace(";", "\\;") if parts else text
    encoded = quopri.encodestring(text.encode(), quotetabs=False).decode()
    # Without the breaks of its own.
    encoded = encoded.replace("=\r\n", "").replace("=\n", "").replace("\r\n", "=0D=0A")
    return f"{name};ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{encoded}"


def _softly_folded(line: str, fold_at: int) -> bytes:
    head, colon, value = line.partition(":")
    if "QUOTED-PRINTABLE" not in head:
        return line.encode() + b"\r\n"
    parts = [value[at : at + fold_at] for at in range(0, len(value), fold_at)]
    return (head + colon + "=\r\n".join(parts)).encode() + b"\r\n"
