"""What happened to the contacts of a file, in words: for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fitcheck.contacts import Taken
from fitcheck.domain.arrivals import Changed
from fitcheck.domain.arrived import Unkept
from fitcheck.domain.contact import Left, Place, WhyLeft
from fitcheck.domain.duplicates import MERGED, Likeness
from fitcheck.exchange.contact_columns import Column
from fitcheck.i18n import N_, _, ngettext, thousands

_WHY = {
    WhyLeft.NO_PLACE: N_("FitCheck has no place for it."),
    WhyLeft.MEDIA: N_("Pictures, sounds and keys are not taken."),
    WhyLeft.BOOKKEEPING: N_("It is about the file or the program, not about the person."),
    WhyLeft.ANOTHER_TAKEN: N_("There is room for one, and another one was taken."),
    WhyLeft.NO_ADDRESS: N_("It is not an e-mail address."),
    WhyLeft.NO_NUMBER: N_(
        "It is not a telephone number, or a spreadsheet has rounded it and lost its digits."
    ),
    WhyLeft.FAX: N_("Nobody speaks at this number: it is for faxes or the like."),
    WhyLeft.TOO_LONG: N_("It is too long."),
    WhyLeft.DAMAGED: N_("It is damaged and can’t be read."),
    WhyLeft.NOT_CHOSEN: N_("The column was not chosen."),
    WhyLeft.NO_PROPERTY: N_("The line says nothing that belongs on a card."),
    WhyLeft.OUTSIDE: N_("The line is outside of the cards, or above the table."),
    WhyLeft.NO_NAME: N_("It has no name, no organisation and no e-mail address."),
    WhyLeft.NO_PERSON: N_("It is the card of a group, a place or a device."),
    WhyLeft.NESTED: N_("It is somebody else’s card inside this one."),
    WhyLeft.TOO_MANY: N_("There is more of it than can be taken."),
    WhyLeft.CELLS: N_("The row has more cells than there are columns."),
    WhyLeft.QUOTES: N_("The quotation marks of the row don’t fit together."),
    WhyLeft.NO_END: N_("The card breaks off. What was there was taken."),
}

_IN_COMMON = {
    Likeness.EMAIL: N_("the same e-mail address"),
    Likeness.PHONE: N_("the same telephone number"),
    Likeness.NAME_AND_ORGANISATION: N_("the same name and organisation"),
    Likeness.NAME: N_("the same name"),
}

_COLUMNS = {
    Column.LEFT_OUT: N_("Leave out"),
    Column.NAME: N_("Name"),
    Column.GIVEN_NAME: N_("First name"),
    Column.ADDITIONAL_NAME: N_("Further names"),
    Column.FAMILY_NAME: N_("Last name"),
    Column.PREFIX: N_("Title before the name"),
    Column.SUFFIX: N_("Title behind the name"),
    Column.ORGANISATION: N_("Organisation"),
    Column.DEPARTMENT: N_("Department"),
    Column.ROLE: N_("Role"),
    Column.EMAIL: N_("E-mail"),
    Column.PHONE: N_("Phone"),
    Column.MET_AT: N_("Where you met"),
    Column.NOTE: N_("Note"),
    Column.TAGS: N_("Tags"),
    Column.LINK: N_("Link"),
}

_FIELDS = {
    "name": N_("name"),
    "organisation": N_("organisation"),
    "role": N_("role"),
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "met_at": N_("where you met"),
    "notes": N_("notes"),
    "tags": N_("tags"),
    "links": N_("links"),
}

_SHOWN = 3
_LONGEST = 80


def why_left(why: WhyLeft) -> str:
    """Why something was not taken, as a sentence."""
    return _(_WHY[why])


def in_common(likeness: Likeness) -> str:
    """In what two people are the same."""
    return _(_IN_COMMON[likeness])


def column_words(column: Column) -> str:
    """What a column is taken for."""
    return _(_COLUMNS[column])


def field_words(name: str) -> str:
    """A field of a prospect, within a sentence."""
    return _(_FIELDS[name])


def left_line(left: Left) -> str:
    """One kind of thing that was not taken, on one line: what, where, and why."""
    shown = ", ".join(map(_place, left.places[:_SHOWN]))
    more = len(left.places) - _SHOWN
    if more > 0:
        shown = ngettext(
            "{places} and {count} more place", "{places} and {count} more places", more
        ).format(places=shown, count=thousands(more))
    if not left.what:
        return _("{places}: {why}").format(places=shown, why=why_left(left.why))
    return _("{what} ({places}): {why}").format(
        what=left.what, places=shown, why=why_left(left.why)
    )


def _place(place: Place) -> str:
    return _("line {line}").format(line=place.line)


# What came of an import, or would


@dataclass(frozen=True)
class Part:
    """A heading, and a line for each thing under it."""

    heading: str
    lines: tuple[str, ...] = field(repr=False)


def sum_sentence(taken: Taken) -> str:
    """How many contacts there are, and what becomes of them: the three make the whole."""
    total = taken.added + taken.merged + taken.not_taken
    return ngettext(
        "{total} contact in the file: {added} added, {merged} merged, {left} left.",
        "{total} contacts in the file: {added} added, {merged} merged, {left} left.",
        total,
    ).format(
        total=thousands(total),
        added=thousands(taken.added),
        merged=thousands(taken.merged),
        left=thousands(taken.not_taken),
    )


def parts(taken: Taken) -> tuple[Part, ...]:
    """Everything, under headings; whatever has no line is left out."""
    result = taken.intake
    found: tuple[tuple[str, Iterable[str]], ...] = (
        (
            _("Added"),
            (
                _who(each.contact.name, each.contact.organisation, each.places)
                for each in result.added
            ),
        ),
        (
            _("Merged with somebody in the book"),
            (_merged_line(each, taken.gained.get(each.id, ())) for each in result.changed),
        ),
        (
            _("Left out by you"),
            (_who(f.contact.name, f.contact.organisation, (f.place,)) for f in taken.left_out),
        ),
        (_("What is here stays"), map(_unkept_line, taken.unkept)),
        (
            _("Notes without room"),
            (f"{whose}: {_shortened(note)}" for whose, note in taken.too_long),
        ),
        (_("Not taken from the file"), map(left_line, taken.left)),
    )
    made = (Part(heading, tuple(lines)) for heading, lines in found)
    return tuple(part for part in made if part.lines)


def text_of(taken: Taken) -> str:
    """All of it, to be printed or saved."""

    def lines() -> Iterator[str]:
        yield sum_sentence(taken)
        for part in parts(taken):
            yield ""
            yield part.heading
            yield from (f"  {line}" for line in part.lines)

    return "\n".join(lines())


def _who(name: str, organisation: str, places: Sequence[Place]) -> str:
    who = f"{name}, {organisation}" if organisation and organisation != name else name
    return f"{who} ({', '.join(map(_place, places))})"


def _merged_line(each: Changed, gained: Sequence[str]) -> str:
    changed = (n for n in MERGED if getattr(each.before, n) != getattr(each.after, n))
    new = [field_words(name) for name in (*changed, *gained)]
    who = _who(each.before.name, each.before.organisation, each.places)
    if not new:
        return who
    return _("{who}: {fields}").format(who=who, fields=", ".join(new))


def _unkept_line(each: Unkept) -> str:
    return _("{who} ({place}), {field}: “{ours}” stays, “{theirs}” was left").format(
        who=each.whose,
        place=_place(each.place),
        field=field_words(each.name),
        ours=_shortened(each.ours),
        theirs=_shortened(each.theirs),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
