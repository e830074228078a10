"""What happened to the contacts of a file, in words: for the window and the command line alike."""

from __future__ import annotations

from fitcheck.domain.contact import Left, Place, WhyLeft
from fitcheck.domain.duplicates import Likeness
from fitcheck.exchange.contact_columns import Column
from fitcheck.i18n import N_, _, ngettext

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

_SHOWN = 3


def why_left(why: WhyLeft) -> str:
    """Why something was not taken, as a sentence."""
    return _(_WHY[why])


def in_common(likeness: Likeness) -> str:
    """In what two people are the same."""
    return _(_IN_COMMON[likeness])


def column_words(column: Column) -> str:
    """What a column is taken for."""
    return _(_COLUMNS[column])


def left_line(left: Left) -> str:
    """One kind of thing that was not taken, on one line: what, where, and why."""
    shown = ", ".join(map(_place, left.places[:_SHOWN]))
    more = len(left.places) - _SHOWN
    if more > 0:
        shown = ngettext(
            "{places} and {count} more place", "{places} and {count} more places", more
        ).format(places=shown, count=f"{more:,}")
    if not left.what:
        return _("{places}: {why}").format(places=shown, why=why_left(left.why))
    return _("{what} ({places}): {why}").format(
        what=left.what, places=shown, why=why_left(left.why)
    )


def _place(place: Place) -> str:
    return _("line {line}").format(line=place.line)
