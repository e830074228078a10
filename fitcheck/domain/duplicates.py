"""Whether a contact is somebody who is known already, and what merging the two would do.

Names are compared without case, accents, titles and order, numbers by their digits whichever way
the country is written. A likeness is a suggestion to a person who sees both: nothing is ever
overwritten unless they say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Found, as_contact, as_prospect, distinct

Key = TypeVar("Key", bound=Hashable)

MERGED = ("name", "organisation", "role", "email", "phone", "met_at")
"""The fields of a prospect that a merge goes through, in the order in which it shows them."""

_TITLES = frozenset("dr prof professor dipl ing mag mba phd msc bsc jr sr".split())
_LEGAL_FORMS = frozenset(
    "gmbh mbh ag kg ohg ug se ev ek gbr kgaa co company corp corporation inc llc llp ltd limited "
    "plc sa sarl srl bv nv ab as oy".split()
)
_LETTERS = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d"}
)
_WORD = re.compile(r"[^\W_]+")
_TWO_LETTERS = re.compile(r"(?<=[aou])e+")
_EXTENSION = re.compile(r"(?i)(?:;ext=|ext\.?|extension|x|#) ?\d+ ?$")
_NO_DIGITS = re.compile(r"\D+")
_SHORT_NUMBER = 6
# Countries with two digits; those with one are 1 and 7, and all others have three (ITU, E.164).
_TWO_DIGITS = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 "
    "65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)
_LOOKED_AT = 20


class Likeness(StrEnum):
    """In what a contact and somebody who is known are the same."""

    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_ORGANISATION = "name_and_organisation"
    NAME = "name"
    """The name alone: of two who work elsewhere, perhaps, or of one who moved."""


def folded(text: str) -> tuple[str, ...]:
    """The words of ``text`` without case and accents; “Müller”, “Mueller”, “Muller” are one."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).casefold().translate(_LETTERS)
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_TWO_LETTERS.sub("", word) for word in _WORD.findall(plain))


def folded_name(text: str) -> tuple[str, ...]:
    """A name’s words in no order (“Last, First”), without titles and initials."""
    words = folded(text)
    long = [word for word in words if len(word) > 1 and word not in _TITLES]
    return tuple(sorted(long if long else words))


def folded_organisation(text: str) -> tuple[str, ...]:
    """An organisation’s words in their order, without its legal form."""
    words = folded(text)
    return tuple(word for word in words if word not in _LEGAL_FORMS) or words


def folded_email(text: str) -> str:
    address = unicodedata.normalize("NFKC", text).strip().casefold()
    return re.sub(r"@googlemail\.com$", "@gmail.com", address)


def _dialled(text: str) -> tuple[bool, str]:
    """Whether a number begins with its country, and its digits without what is dialled for it."""
    # What is dialled later, behind the number, is another matter.
    text = _EXTENSION.sub("", text)
    start = text.lstrip(" (")
    abroad = start.startswith(("+", "00"))
    if abroad:
        text = text.replace("(0)", "")
    digits = _NO_DIGITS.sub("", text)
    if not digits.isascii():
        digits = "".join(str(unicodedata.digit(char)) for char in digits)
    # Neither the 00 for abroad nor the 0 before a town is part of the number.
    return abroad, digits if start.startswith("+") else digits.lstrip("0")


def _at_home(digits: str) -> str:
    """A number without its country, and without the 0 that Italy keeps behind it."""
    code = 1 if digits[0] in "17" else 2 if digits[:2] in _TWO_DIGITS else 3
    return digits[code:].lstrip("0")


@dataclass(frozen=True)
class _Numbers:
    """Telephone numbers as they are compared, those that are too short for it left out."""

    whole: frozenset[str] = field(repr=False)
    national: frozenset[str] = field(repr=False)
    at_home: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, phones: Iterable[str]) -> _Numbers:
        dialled = [_dialled(phone) for phone in phones]
        long = [(abroad, digits) for abroad, digits in dialled if len(digits) >= _SHORT_NUMBER]
        homes = (_at_home(digits) for abroad, digits in long if abroad)
        return cls(
            frozenset(digits for _abroad, digits in long),
            frozenset(digits for abroad, digits in long if not abroad),
            frozenset(home for home in homes if len(home) >= _SHORT_NUMBER),
        )

    def meets(self, other: _Numbers) -> bool:
        """Whether one number of each is the same."""
        return bool(
            self.whole & other.whole
            or self.national & other.at_home
            or self.at_home & other.national
        )


def same_phone(one: str, other: str) -> bool:
    """Whether both reach the same telephone, “+49 30 …” and “030 …” for example.

    Where one leaves out its country, the other may have any: it isn't known where the book is.
    """
    return _Numbers.of([one]).meets(_Numbers.of([other]))


@dataclass(frozen=True)
class _Traits:
    """What a contact is compared by, folded once."""

    name: tuple[str, ...] = field(repr=False)
    organisation: tuple[str, ...] = field(repr=False)
    emails: frozenset[str] = field(repr=False)
    numbers: _Numbers = field(repr=False)

    @classmethod
    def of(cls, contact: Contact) -> _Traits:
        return cls(
            folded_name(contact.name),
            folded_organisation(contact.organisation),
            frozenset(map(folded_email, contact.emails)),
            _Numbers.of(contact.phones),
        )

    def single(self) -> Iterable[tuple[str, ...]]:
        """Those of which two who are alike have at least one in common."""
        if self.name:
            yield ("name", *self.name)
        for email in self.emails:
            yield ("email", email)
        for digits in self.numbers.whole:
            yield ("phone", digits[-_SHORT_NUMBER:])

    def likenesses(self, other: _Traits) -> tuple[Likeness, ...]:
        found = []
        if self.emails & other.emails:
            found.append(Likeness.EMAIL)
        if self.numbers.meets(other.numbers):
            found.append(Likeness.PHONE)
        if self.name and self.name == other.name:
            same = self._has_organisation_of(other)
            found.append(Likeness.NAME_AND_ORGANISATION if same else Likeness.NAME)
        return tuple(found)

    def _has_organisation_of(self, other: _Traits) -> bool:
        """Whether it is the same, one perhaps with a department behind it."""
        shorter = min(len(self.organisation), len(other.organisation))
        return shorter > 0 and self.organisation[:shorter] == other.organisation[:shorter]


def likenesses(one: Contact, other: Contact) -> tuple[Likeness, ...]:
    """In what the two are the same, the most telling first; () where they are in nothing."""
    return _Traits.of(one).likenesses(_Traits.of(other))


@dataclass(frozen=True)
class Match(Generic[Key]):
    """Somebody who is known and in what they are like the contact."""

    key: Key
    by: tuple[Likeness, ...]
    same_name: bool

    @property
    def sure(self) -> bool:
        """Whether merging may be offered as the first choice.

        Colleagues share a telephone and a post box (info@…), and namesakes a name: it takes the
        name and something else.
        """
        return self.same_name and self.by != (Likeness.NAME,)


class Acquaintances(Generic[Key]):
    """Those who are known, found by what they are like, in a time that doesn't grow with them.

    Of those who have one thing in common (a hundred colleagues at one telephone) only the first
    few are looked at: nobody reads more, and who has a name or an address in common is found by it.
    """

    def __init__(self) -> None:
        self._known: dict[Key, _Traits] = {}
        self._by_trait: dict[tuple[str, ...], list[Key]] = {}

    def add(self, key: Key, contact: Contact) -> None:
        self._add(key, _Traits.of(contact))

    def _add(self, key: Key, traits: _Traits) -> None:
        self._known[key] = traits
        for trait in traits.single():
            keys = self._by_trait.setdefault(trait, [])
            if len(keys) < _LOOKED_AT:
                keys.append(key)

    def matches(self, contact: Contact) -> tuple[Match[Key], ...]:
        """Who of them the contact may be: the sure ones first, then by how telling it is."""
        return self._matches(_Traits.of(contact))

    def meet(self, key: Key, contact: Contact) -> tuple[Match[Key], ...]:
        """Who of them the contact may be; from now on it is one of them."""
        traits = _Traits.of(contact)
        found = self._matches(traits)
        self._add(key, traits)
        return found

    def _matches(self, traits: _Traits) -> tuple[Match[Key], ...]:
        candidates = dict.fromkeys(
            key for trait in traits.single() for key in self._by_trait.get(trait, ())
        )
        found = []
        for key in candidates:
            known = self._known[key]
            if by := traits.likenesses(known):
                found.append(Match(key, by, bool(traits.name) and known.name == traits.name))
        telling = list(Likeness)
        return tuple(sorted(found, key=lambda each: (not each.sure, telling.index(each.by[0]))))


def acquaintances(prospects: Iterable[tuple[Key, Prospect]]) -> Acquaintances[Key]:
    """The prospects of a book by their ids."""
    known = Acquaintances[Key]()
    for key, prospect in prospects:
        known.add(key, as_contact(prospect))
    return known


def repeated(found: Iterable[Found]) -> tuple[tuple[Match[int], ...], ...]:
    """For each contact of a file, whom of those before it in the file it may be (their indexes)."""
    known = Acquaintances[int]()
    return tuple(known.meet(index, each.contact) for index, each in enumerate(found))


class Merging(StrEnum):
    """What merging does to one field."""

    STAYS = "stays"
    """There is nothing new."""
    FILLS = "fills"
    """Ours is empty: theirs fills the gap."""
    DIFFERS = "differs"
    """Both say something else: ours is kept unless the user takes theirs."""


@dataclass(frozen=True)
class MergedField:
    """One field before a merge."""

    name: str
    ours: str = field(repr=False)
    theirs: str = field(repr=False)
    merging: Merging


def merge_preview(ours: Prospect, contact: Contact) -> tuple[MergedField, ...]:
    """What merging would do to each field of :data:`MERGED`."""
    theirs = as_prospect(contact)
    fields = []
    for name in MERGED:
        mine, new = getattr(ours, name), getattr(theirs, name)
        if not new or _says_the_same(name, mine, new, contact):
            merging = Merging.STAYS
        else:
            merging = Merging.DIFFERS if mine.strip() else Merging.FILLS
        fields.append(MergedField(name, mine, new, merging))
    return tuple(fields)


def _says_the_same(name: str, ours: str, theirs: str, contact: Contact) -> bool:
    match name:
        case "email":
            return folded_email(ours) in {folded_email(email) for email in contact.emails}
        case "phone":
            return any(ours == phone or same_phone(ours, phone) for phone in contact.phones)
        case _:
            return ours.casefold().split() == theirs.casefold().split()


def merged(ours: Prospect, contact: Contact, theirs: Iterable[str] = frozenset()) -> Prospect:
    """``ours`` with its gaps filled, and with the contact’s words in the fields ``theirs``."""
    taken = set(theirs)
    values = {
        each.name: each.theirs
        for each in merge_preview(ours, contact)
        if each.merging is Merging.FILLS or (each.merging is Merging.DIFFERS and each.name in taken)
    }
    return replace(ours, **values)


def joined(first: Contact, second: Contact) -> Contact:
    """Two contacts of a file that are one person: the first, its gaps filled by the second."""
    notes = [first.note, *([second.note] if second.note not in first.note else [])]
    return Contact(
        name=first.name,
        organisation=first.organisation or second.organisation,
        role=first.role or second.role,
        emails=distinct((*first.emails, *second.emails)),
        phones=distinct((*first.phones, *second.phones)),
        met_at=first.met_at or second.met_at,
        note="\n".join(filter(None, notes)),
        tags=distinct((*first.tags, *second.tags)),
        links=distinct((*first.links, *second.links)),
    )
