"""Contacts on their way into the book: what is proposed for each, and what the choices come to.

A plan is made, a person looks at it and changes it, and only then does the store write, all of it
in one go: prospects that are new, and prospects that are not as they were. So nothing here asks or
writes, and the list of what was taken, merged and left is known before anything is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Found, Place
from fitcheck.domain.duplicates import Acquaintances, Match, joined, merged, repeated


class Handling(StrEnum):
    """What is done with a contact."""

    ADD = "add"
    MERGE = "merge"
    """Into a prospect of the book."""
    JOIN = "join"
    """With a contact before it in the file, which is the same person."""
    LEAVE = "leave"


@dataclass(frozen=True)
class Choice:
    """What is done with one contact. ``into`` is a prospect's id or the index of a contact before
    it; ``theirs`` are the fields in which a merge takes the contact's words in place of ours.
    """

    handling: Handling
    into: int | None = None
    theirs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrival:
    """One contact, whom it may be, and what is proposed; the most likely of each stand first."""

    found: Found
    in_book: tuple[Match[int], ...]
    in_file: tuple[Match[int], ...]
    proposed: Choice


def arrivals(found: Iterable[Found], book: Acquaintances[int]) -> tuple[Arrival, ...]:
    """Each contact with what is proposed for it.

    Only who is surely known is merged or joined without being asked; whoever may be somebody is
    added, and shown beside them.
    """
    found = tuple(found)
    result = []
    for each, in_file in zip(found, repeated(found), strict=True):
        in_book = book.matches(each.contact)
        if in_book and in_book[0].sure:
            proposed = Choice(Handling.MERGE, in_book[0].key)
        elif in_file and in_file[0].sure:
            proposed = Choice(Handling.JOIN, in_file[0].key)
        else:
            proposed = Choice(Handling.ADD)
        result.append(Arrival(each, in_book, in_file, proposed))
    return tuple(result)


@dataclass(frozen=True)
class Added:
    """A new prospect, and what of the file it comes from.

    Where ``contacts`` are several, ``contact`` is the first with its gaps filled by the others; in
    what these differ, :func:`fitcheck.domain.duplicates.merge_preview` tells.
    """

    contact: Contact
    contacts: tuple[Contact, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Changed:
    """A prospect of the book before and after; the same where the file had nothing new.

    ``contacts`` are those that were merged into it, for their notes, tags and links.
    """

    id: int
    before: Prospect = field(repr=False)
    after: Prospect = field(repr=False)
    contacts: tuple[Contact, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Intake:
    """What the choices come to: everybody of the file is in exactly one of the three."""

    added: tuple[Added, ...]
    changed: tuple[Changed, ...]
    left: tuple[Place, ...]


def intake(
    found: Sequence[Found], choices: Sequence[Choice], book: Mapping[int, Prospect]
) -> Intake:
    """What the choices, one for each contact, come to; ``book`` has the prospects merged into.

    Whoever is joined with a contact that is left, is left as well. Raises ``ValueError`` for a
    choice into nobody.
    """
    added: dict[int, Added] = {}
    changed: dict[int, Changed] = {}
    left: list[Place] = []
    # Where each contact of the file has gone, for those that are joined with it.
    gone: list[Choice] = []
    if len(choices) != len(found):
        raise ValueError("expected one choice for each contact")
    for index, (each, choice) in enumerate(zip(found, choices, strict=True)):
        target = choice
        if choice.handling is Handling.JOIN:
            if choice.into is None or not 0 <= choice.into < index:
                raise ValueError(f"contact {index}: expected a contact before it to be joined with")
            target = gone[choice.into]
        match target.handling:
            case Handling.ADD:
                joins = choice.handling is Handling.JOIN
                at = target.into if joins and target.into is not None else index
                before = added.get(at)
                if before is None:
                    added[at] = Added(each.contact, (each.contact,), (each.place,))
                else:
                    contact = joined(before.contact, each.contact)
                    contacts = (*before.contacts, each.contact)
                    added[at] = Added(contact, contacts, (*before.places, each.place))
                target = Choice(Handling.ADD, at)
            case Handling.MERGE:
                if target.into is None or target.into not in book:
                    raise ValueError(f"contact {index}: expected a prospect to be merged into")
                changed[target.into] = _merged(
                    changed.get(target.into), target.into, book[target.into], each, choice.theirs
                )
            case _:
                left.append(each.place)
        gone.append(target)
    return Intake(tuple(added.values()), tuple(changed.values()), tuple(left))


def _merged(
    earlier: Changed | None, id_: int, before: Prospect, found: Found, theirs: frozenset[str]
) -> Changed:
    if earlier is None:
        earlier = Changed(id_, before, before, (), ())
    return Changed(
        id_,
        before,
        merged(earlier.after, found.contact, theirs),
        (*earlier.contacts, found.contact),
        (*earlier.places, found.place),
    )
