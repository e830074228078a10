"""A person as an address book writes them, what of a file was taken, and what was left and why.

A contact holds more than a prospect does: every address and number, for telling whether the person
is in the book already, and the note, tags and links, for whoever has a place for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.assessment import Prospect

LINE_LIMIT = 1_000
"""The length of what stands on one line (a name, an address) at most, in characters."""

TEXT_LIMIT = 50_000
"""The length of a note at most, in characters."""

_SALUTATIONS = frozenset("mr mrs ms miss mister herr frau fräulein hr fr".split())
"""Forms of address: how to write to somebody, and no part of their name."""


@dataclass(frozen=True)
class Contact:
    """What is taken of one card or row; only ``name`` is required.

    The first of ``emails`` and of ``phones`` is the one that the file prefers.
    """

    name: str = field(repr=False)
    organisation: str = field(default="", repr=False)
    role: str = field(default="", repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    met_at: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)

    @property
    def email(self) -> str:
        return next(iter(self.emails), "")

    @property
    def phone(self) -> str:
        return next(iter(self.phones), "")


def as_prospect(contact: Contact) -> Prospect:
    """The prospect that this contact is, as far as a prospect has a place for it."""
    return Prospect(
        name=contact.name,
        organisation=contact.organisation,
        role=contact.role,
        email=contact.email,
        phone=contact.phone,
        met_at=contact.met_at,
    )


def as_contact(prospect: Prospect) -> Contact:
    """The prospect as a contact, to be compared with those of a file."""
    return Contact(
        name=prospect.name,
        organisation=prospect.organisation,
        role=prospect.role,
        emails=(prospect.email,) if prospect.email else (),
        phones=(prospect.phone,) if prospect.phone else (),
        met_at=prospect.met_at,
    )


def full_name(
    given: str, family: str, additional: str = "", prefix: str = "", suffix: str = ""
) -> str:
    """A name out of its parts, in the order in which it is said; a mere “Mr” is no part of it."""
    titles = [word for word in prefix.split() if word.strip(".").casefold() not in _SALUTATIONS]
    return " ".join(filter(None, [*titles, given, additional, family, suffix]))


def says_more(name: str, than: str) -> bool:
    """Whether ``name`` has a word that isn't in the other one, forms of address apart."""
    words = {word.strip(".,").casefold() for word in name.split()}
    return not words <= {word.strip(".,").casefold() for word in than.split()} | _SALUTATIONS


class WhyLeft(StrEnum):
    """Why something of a file was not taken."""

    # One value of a card or row, or a column
    NO_PLACE = "no_place"
    """FitCheck has no place for such a thing: an address, a birthday."""
    MEDIA = "media"
    """A picture, a sound or a key; it was not even decoded."""
    BOOKKEEPING = "bookkeeping"
    """It says something about the file or the program, and nothing about the person."""
    ANOTHER_TAKEN = "another_taken"
    """There is room for one, and another one was taken."""
    NO_ADDRESS = "no_address"
    """An e-mail address that is none."""
    NO_NUMBER = "no_number"
    """A telephone number that is none, or that a spreadsheet has rounded."""
    FAX = "fax"
    """A number at which nobody speaks."""
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    """It can't be decoded."""
    NOT_CHOSEN = "not_chosen"
    """A column that the mapping leaves out."""

    # A line, a row or a whole card
    NO_PROPERTY = "no_property"
    """A line inside a card that says nothing in the card’s format."""
    OUTSIDE = "outside"
    """A line outside of any card, or above the headings of a table."""
    NO_NAME = "no_name"
    """A card or row that names nobody."""
    NO_PERSON = "no_person"
    """The card of a group, a place or a device."""
    NESTED = "nested"
    """The card of somebody else inside a card."""
    TOO_MANY = "too_many"
    """More than any real card has: of one kind (only the first are taken), or in the whole card."""
    CELLS = "cells"
    """A row with more cells than there are columns."""
    QUOTES = "quotes"
    """A row whose quotation marks don’t fit together."""

    # A warning: it was taken
    NO_END = "no_end"
    """The card breaks off; what was there was taken, and something may be missing."""


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file: the number of the card or row from 1 (0: outside of any), and the line."""

    number: int
    line: int


@dataclass(frozen=True)
class Left:
    """One kind of thing that was not taken, why, and every place where it was.

    ``what`` is the name of a property or the heading of a column, "" for a whole card or row.
    """

    what: str = field(repr=False)
    why: WhyLeft
    places: tuple[Place, ...]


_WHOLE = frozenset(
    {WhyLeft.NO_NAME, WhyLeft.NO_PERSON, WhyLeft.TOO_MANY, WhyLeft.CELLS, WhyLeft.QUOTES}
)


def left_whole(left: Iterable[Left]) -> int:
    """How many whole cards or rows are among what was left."""
    return sum(len(each.places) for each in left if not each.what and each.why in _WHOLE)


@dataclass(frozen=True)
class Found:
    """A contact, and where in the file it begins."""

    contact: Contact
    place: Place


@dataclass(frozen=True)
class Contacts:
    """What a file of contacts came to.

    Nothing is dropped silently: what is not in ``found`` is in ``left``. ``guessed`` says how many
    texts are in another alphabet than the file says, or didn't say, and were read as windows-1252:
    a person should look at those letters.
    """

    found: tuple[Found, ...]
    left: tuple[Left, ...]
    guessed: int = 0


class Leavings:
    """Collects what is left while a file is read."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, WhyLeft], list[Place]] = {}

    def add(self, what: str, why: WhyLeft, place: Place) -> None:
        self._places.setdefault((what, why), []).append(place)

    def listed(self) -> tuple[Left, ...]:
        """All of it, in the order in which each kind came up first."""
        return tuple(Left(what, why, tuple(places)) for (what, why), places in self._places.items())


def one_line(text: str) -> str:
    """``text`` on one line, without what can't be seen."""
    return " ".join(_visible(text).split())


def several_lines(text: str) -> str:
    """``text`` with plain line ends, without what can't be seen."""
    lines = _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


_UNSEEN = {code: " " for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_UNSEEN |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}") | {0xFEFF: ""}


def _visible(text: str) -> str:
    # What can be printed has nothing of the table in it.
    return text if text.isprintable() else text.translate(_UNSEEN)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that aren't empty, each once whatever its case, in their order."""
    first: dict[str, str] = {}
    for text in texts:
        if text:
            first.setdefault(text.casefold(), text)
    return tuple(first.values())
