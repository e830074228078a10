"""What contacts add to what is known of a prospect, and what of them has no room beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fitcheck.domain.arrivals import Intake
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.domain.contact import TEXT_LIMIT, Contact, Place, as_prospect, distinct
from fitcheck.domain.duplicates import Merging, folded_email, merge_preview, same_phone

_NOTED = ("email", "phone")
"""Fields of which all that a contact has is kept: what has no room of its own, in the notes."""


@dataclass(frozen=True)
class Addition:
    """What is added to what is known; ``notes`` one by one, since some may be there already."""

    notes: tuple[str, ...] = field(default=(), repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    source: str = field(default="", repr=False)


@dataclass(frozen=True)
class Enriched:
    """What is known now, and the notes for which there was no room."""

    about: About
    unkept: tuple[str, ...] = field(default=(), repr=False)


def enriched(ours: About, more: Addition) -> Enriched:
    """``ours`` with what it doesn't say yet; nothing of it goes."""
    notes = ours.notes
    unkept = []
    for note in more.notes:
        if f"\n{note}\n" in f"\n{notes}\n":
            continue
        longer = f"{notes}\n{note}" if notes else note
        if len(longer) > TEXT_LIMIT:
            unkept.append(note)
        else:
            notes = longer
    about = About(
        source=ours.source or more.source,
        notes=notes,
        links=distinct((*ours.links, *more.links)),
        tags=distinct((*ours.tags, *more.tags)),
    )
    return Enriched(about, tuple(unkept))


def further(prospect: Prospect, contacts: Iterable[Contact]) -> tuple[list[str], list[str]]:
    """The addresses and the numbers of these contacts that aren't the prospect's own."""
    emails: dict[str, str] = {}
    phones: list[str] = []
    for contact in contacts:
        for email in contact.emails:
            if folded_email(email) != folded_email(prospect.email):
                emails.setdefault(folded_email(email), email)
        for phone in contact.phones:
            known = [prospect.phone, *phones]
            if not any(phone == one or same_phone(phone, one) for one in known):
                phones.append(phone)
    return list(emails.values()), phones


@dataclass(frozen=True)
class Unkept:
    """A field of a contact that says something else than what stands in the book in its place."""

    whose: str = field(repr=False)
    place: Place
    name: str
    """Of the field, as :data:`fitcheck.domain.duplicates.MERGED` has it."""
    ours: str = field(repr=False)
    theirs: str = field(repr=False)


def unkept(result: Intake) -> Iterator[Unkept]:
    """Every field of a contact that was taken in which ours stays, theirs being nowhere."""
    for each in result.added:
        yield from _unkept(as_prospect(each.contact), each.contacts, each.places)
    for changed in result.changed:
        yield from _unkept(changed.after, changed.contacts, changed.places)


def _unkept(
    after: Prospect, contacts: Iterable[Contact], places: Iterable[Place]
) -> Iterator[Unkept]:
    for contact, place in zip(contacts, places, strict=True):
        for its in merge_preview(after, contact):
            if its.merging is Merging.DIFFERS and its.name not in _NOTED:
                yield Unkept(after.name, place, its.name, its.ours, its.theirs)
