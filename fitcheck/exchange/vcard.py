"""The people in a vCard file (2.1, 3.0, 4.0), as phones, Outlook and Google write them.

What makes a file unreadable refuses it whole, with every fault; what is wrong with one card or one
property leaves that out, and says so. ``docs/decisions/0024-contacts-in.md`` has the reasons, also
for not using a library.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from fitcheck.domain.contact import (
    LINE_LIMIT,
    TEXT_LIMIT,
    Contact,
    Contacts,
    Found,
    Leavings,
    Place,
    WhyLeft,
    distinct,
    full_name,
    one_line,
    says_more,
    several_lines,
)
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.contact_values import as_email, as_link, as_phone, tags_among
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.text_input import narrow, too_many_lines, wide_charset
from fitcheck.exchange.vcard_lines import (
    DamagedValueError,
    Property,
    divided,
    properties,
    unescaped,
)
from fitcheck.i18n import _, thousands

LINES_LIMIT = 400_000
CARDS_LIMIT = 20_000
PROPERTIES_LIMIT = 1_000
"""What one card may hold at most."""
VALUES_LIMIT = 20
"""How many addresses, numbers, tags or links of one person are taken at most."""
NESTING_LIMIT = 5

_BEGINNING = re.compile(rb"(?im)^\s*BEGIN\s*:\s*VCARD\s*$")
_LOOKED_AT = 4_096
_TOLD_AFTER = 100

_MEDIA = {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"}
_BOOKKEEPING = {
    "PRODID", "REV", "UID", "SOURCE", "CLASS", "MAILER", "PROFILE", "NAME", "SORT-STRING",
    "CLIENTPIDMAP", "XML", "LANG", "X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABUID",
    "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
}  # fmt: skip
_PERSONS = {"", "INDIVIDUAL", "ORG"}
_NOBODY_SPEAKS = {"FAX", "PAGER", "MODEM", "BBS", "TLX", "TELEX"}
_SPOKEN = {"VOICE", "CELL", "PREF"}


def read_vcards(data: bytes, progress: Callable[[float], None] = lambda _done: None) -> Contacts:
    """The contacts in a file's bytes, and what of it was not taken.

    ``progress`` is told how much is done, 0 to 1, and may raise to stop it. Raises
    :class:`fitcheck.errors.InvalidInput` with every fault that makes the file unreadable.
    """
    if len(data) > SIZE_LIMIT:
        raise InvalidInput(
            [_fault(_("expected at most {most} bytes").format(most=thousands(SIZE_LIMIT)))]
        )
    in_utf8 = wide_charset(data)[0] != ""
    lines = narrow(data).splitlines()
    faults, left = [], Leavings()
    if len(lines) > LINES_LIMIT:
        faults.append(_fault(too_many_lines(LINES_LIMIT, len(lines))))
    found, guessed, cards = [], 0, 0
    for card in _cards(properties(lines[:LINES_LIMIT], in_utf8=in_utf8), left):
        cards += 1
        if cards % _TOLD_AFTER == 0:
            progress(card.line / len(lines))
        if card.deepest > NESTING_LIMIT:
            where = _("vCard, card {card}, line {line}").format(card=card.number, line=card.line)
            told = _("expected at most {most} cards in each other").format(most=NESTING_LIMIT)
            faults.append(Fault(where, told))
        elif cards <= CARDS_LIMIT:
            reader = _CardReader(card, left)
            contact = reader.contact()
            guessed += reader.guessed
            if contact is not None:
                found.append(Found(contact, card.place()))
    if not cards:
        faults.append(_fault(_("expected BEGIN:VCARD, the beginning of a card")))
    if cards > CARDS_LIMIT:
        told = _("expected at most {most} cards, found {found}")
        faults.append(_fault(told.format(most=thousands(CARDS_LIMIT), found=thousands(cards))))
    if faults:
        raise InvalidInput(faults)
    return Contacts(tuple(found), left.listed(), guessed)


def read_vcard_text(text: str) -> Contacts:
    """The same for text that was pasted, which may be indented."""
    return read_vcards(textwrap.dedent(text).encode("utf-8-sig", "replace"))


def is_vcard(data: bytes) -> bool:
    """Whether a file holds vCards, by its first lines rather than by its name."""
    return _BEGINNING.search(narrow(data[:_LOOKED_AT])) is not None


def _fault(expected: str) -> Fault:
    return Fault("vCard", expected)


@dataclass
class _Card:
    number: int
    line: int
    properties: list[Property] = field(default_factory=list, repr=False)
    unreadable: list[int] = field(default_factory=list)
    ended: bool = False
    deepest: int = 0

    def place(self, line: int | None = None) -> Place:
        return Place(self.number, self.line if line is None else line)


def _cards(found: Iterable[Property | int], left: Leavings) -> Iterator[_Card]:
    """The cards, those inside of others left out; what is outside of any goes to ``left``.

    A card without an end is ended by the next one.
    """
    card: _Card | None = None
    number = inside = 0
    after_agent = False
    for each in found:
        name = "" if isinstance(each, int) else each.name
        line = each if isinstance(each, int) else each.line
        beginning, end = _marks(each)
        if beginning and card is not None and after_agent:
            inside += 1
            card.deepest = max(card.deepest, inside)
        elif beginning:
            if card is not None:
                yield card
            number += 1
            card, inside = _Card(number, line), 0
        elif end and inside:
            inside -= 1
        elif end and card is not None:
            card.ended = True
            yield card
            card = None
        elif card is None:
            left.add(name, WhyLeft.OUTSIDE, Place(0, line))
        elif isinstance(each, int):
            if not inside:
                card.unreadable.append(line)
        elif not inside and len(card.properties) <= PROPERTIES_LIMIT:
            card.properties.append(each)
        after_agent = not isinstance(each, int) and name == "AGENT" and each.is_empty
    if card is not None:
        yield card


def _marks(each: Property | int) -> tuple[bool, bool]:
    """Whether it begins a card, and whether it ends one."""
    if isinstance(each, int) or each.name not in ("BEGIN", "END"):
        return False, False
    is_card = each.folds[0].strip().upper() == b"VCARD"
    return is_card and each.name == "BEGIN", is_card and each.name == "END"


_Reader: TypeAlias = Callable[[Property, str], str]


def _whole(each: Property, version: str) -> str:
    return unescaped(each.text(version), version)


def _whole_list(each: Property, version: str) -> str:
    """The members of a list, each on a line."""
    members = divided(each.text(version), ",;", version)
    return "\n".join(map(one_line, members))


def _organisation(each: Property, version: str) -> str:
    """The organisation and its units."""
    return ", ".join(filter(None, map(one_line, each.components(version))))


def _parts_of_name(each: Property, version: str) -> str:
    parts = [one_line(part) for part in each.components(version, lists=True)]
    family, given, additional, prefix, suffix = [*parts, "", "", "", "", ""][:5]
    return full_name(given, family, additional, prefix, suffix)


class _CardReader:
    """Takes one card apart; what isn't taken goes to ``left``."""

    def __init__(self, card: _Card, left: Leavings) -> None:
        self.guessed = 0
        self._card = card
        self._left = left
        self._by_name: dict[str, list[Property]] = {}
        for each in sorted(card.properties, key=lambda each: each.preference):
            self._by_name.setdefault(each.name, []).append(each)
        self._version = "3.0"
        self._version = self._first("VERSION") or self._version

    def contact(self) -> Contact | None:
        """Who is on the card; ``None`` where that is nobody."""
        kinds = {self._first(name).upper() for name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")}
        if kinds - _PERSONS:
            self._left.add("", WhyLeft.NO_PERSON, self._card.place())
            return None
        if len(self._card.properties) > PROPERTIES_LIMIT:
            self._left.add("", WhyLeft.TOO_MANY, self._card.place())
            return None
        emails = self._values("EMAIL", as_email, WhyLeft.NO_ADDRESS)
        organisation = self._first("ORG", _organisation)
        name = self._name() or self._first("NICKNAME") or organisation or next(iter(emails), "")
        if not name:
            self._left.add("", WhyLeft.NO_NAME, self._card.place())
            return None
        urls = self._values("URL", as_link, WhyLeft.NO_PLACE)
        profiles = self._values("X-SOCIALPROFILE", as_link, WhyLeft.NO_PLACE)
        contact = Contact(
            name=name,
            organisation=organisation,
            role=self._role(),
            emails=emails,
            phones=self._phones(),
            note=self._note(),
            tags=self._tags(),
            links=distinct([*urls, *profiles]),
        )
        self._leave_the_rest()
        return contact

    def _name(self) -> str:
        name = self._first("FN")
        if name:
            for each in self._taken("N"):
                if says_more(self._line(each, _parts_of_name), name):
                    self._leave(each, WhyLeft.ANOTHER_TAKEN)
        return name or self._first("N", _parts_of_name)

    def _role(self) -> str:
        title, *roles = self._first("TITLE"), *self._taken("ROLE")
        if not title:
            self._by_name["ROLE"] = roles
            return self._first("ROLE")
        for each in roles:
            if not each.is_empty:
                self._leave(each, WhyLeft.ANOTHER_TAKEN)
        return title

    def _phones(self) -> tuple[str, ...]:
        voices = []
        for each in self._by_name.get("TEL", ()):
            if each.types & _NOBODY_SPEAKS and not each.types & _SPOKEN:
                self._leave(each, WhyLeft.FAX)
            else:
                voices.append(each)
        self._by_name["TEL"] = voices
        return self._values("TEL", as_phone, WhyLeft.NO_NUMBER)

    def _note(self) -> str:
        notes = []
        for each in self._taken("NOTE"):
            note = several_lines(self._text(each, _whole) or "")
            if len(note) > TEXT_LIMIT:
                self._leave(each, WhyLeft.TOO_LONG)
            else:
                notes.append(note)
        return "\n".join(filter(None, notes))

    def _tags(self) -> tuple[str, ...]:
        tags: list[str] = []
        for each in self._taken("CATEGORIES"):
            text = self._text(each, _whole_list) or ""
            chosen, programs = tags_among(text.split("\n"))
            tags += chosen
            if programs:
                self._leave(each, WhyLeft.BOOKKEEPING)
        return self._counted("CATEGORIES", distinct(tags))

    def _values(
        self, name: str, read: Callable[[str], str | None], otherwise: WhyLeft
    ) -> tuple[str, ...]:
        """All values of a property that ``read`` takes, the preferred first."""
        values = []
        for each in self._taken(name):
            text = self._line(each, _whole)
            value = read(text) if text else None
            if value:
                values.append(value)
            elif text:
                self._leave(each, otherwise)
        return self._counted(name, distinct(values))

    def _counted(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        for _each in values[VALUES_LIMIT:]:
            self._left.add(name, WhyLeft.TOO_MANY, self._card.place())
        return values[:VALUES_LIMIT]

    def _first(self, name: str, read: _Reader = _whole) -> str:
        """The preferred value of a property; the others are left."""
        first = ""
        for each in self._taken(name):
            text = self._line(each, read)
            if text and first and text != first:
                self._leave(each, WhyLeft.ANOTHER_TAKEN)
            first = first or text
        return first

    def _taken(self, name: str) -> list[Property]:
        return self._by_name.pop(name, [])

    def _line(self, each: Property, read: _Reader) -> str:
        """A value of one line; "" where there is none that can be taken."""
        text = one_line(self._text(each, read) or "")
        if len(text) > LINE_LIMIT:
            self._leave(each, WhyLeft.TOO_LONG)
            return ""
        return text

    def _text(self, each: Property, read: _Reader) -> str | None:
        try:
            text = read(each, self._version)
        except DamagedValueError:
            self._leave(each, WhyLeft.DAMAGED)
            return None
        self.guessed += each.guessed
        return text

    def _leave(self, each: Property, why: WhyLeft) -> None:
        self._left.add(each.name, why, self._card.place(each.line))

    def _leave_the_rest(self) -> None:
        rest = [each for several in self._by_name.values() for each in several]
        for each in sorted(rest, key=lambda each: each.line):
            if each.name == "AGENT":
                self._leave(each, WhyLeft.NESTED)
            elif each.name in _MEDIA:
                self._leave(each, WhyLeft.MEDIA)
            elif each.name in _BOOKKEEPING:
                self._leave(each, WhyLeft.BOOKKEEPING)
            elif not each.is_empty:
                self._leave(each, WhyLeft.NO_PLACE)
        for line in self._card.unreadable:
            self._left.add("", WhyLeft.NO_PROPERTY, self._card.place(line))
        if not self._card.ended:
            self._left.add("", WhyLeft.NO_END, self._card.place())
