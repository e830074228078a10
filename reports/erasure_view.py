"""What the template of an erasure's proof gets; it can name nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.i18n import _, ngettext
from reports import words

_SHORT = 8
"""Characters of the tombstone that tell one proof from another in the name of its file."""


def title() -> str:
    """The heading of the proof, and its title in the file."""
    return _("Somebody was erased")


def file_title(erasure: Erasure) -> str:
    """What the file is named after."""
    return _("Erasure {number}").format(number=erasure.tombstone[:_SHORT])


def context(erasure: Erasure) -> dict[str, Any]:
    """The context of ``erasure.html``, all words in the language in force."""
    return {
        "title": title(),
        "date": erasure.at.date(),
        "lead": lead(erasure),
        "outcome": outcome(erasure),
        "number": _("The number that is left of them: {number}").format(number=erasure.tombstone),
        "places": [(place.place, pages(place), found(place)) for place in erasure.places],
        "beyond": beyond(),
    }


def lines(erasure: Erasure) -> list[str]:
    """The proof as lines of plain text."""
    return [
        lead(erasure),
        outcome(erasure),
        *("\t".join((place.place, pages(place), found(place))) for place in erasure.places),
        *beyond(),
    ]


def lead(erasure: Erasure) -> str:
    """When, and how it was looked for."""
    at = erasure.at.astimezone(dt.UTC)
    return ngettext(
        "On {moment} UTC all that FitCheck kept about one person was erased. Before that, what it "
        "kept was cut into {count} short piece. After it, every place below was searched for it.",
        "On {moment} UTC all that FitCheck kept about one person was erased. Before that, what it "
        "kept was cut into {count} short pieces. After it, every place below was searched for "
        "each of them.",
        erasure.texts,
    ).format(moment=words.when_text(at.date(), at.time()), count=erasure.texts)


def outcome(erasure: Erasure) -> str:
    """What came of it in one sentence."""
    if erasure.nothing_found:
        return _("Nothing of them was found.")
    unread = sum(not place.readable for place in erasure.places)
    if any(place.found for place in erasure.places):
        said = _(
            "Some of the same words still stand in entries about others, or in a file beside the "
            "book. They may be a coincidence, or speak of this person."
        )
    else:
        said = _("Nothing of them was found in what could be read.")
    if not unread:
        return said
    more = ngettext(
        "{count} file could not be read, and may still hold something of them.",
        "{count} files could not be read, and may still hold something of them.",
        unread,
    ).format(count=unread)
    return f"{said} {more}"


def pages(place: Searched) -> str:
    """How many pages a book has, all of them written anew."""
    return str(place.pages) if place.pages else "–"


def found(place: Searched) -> str:
    """What was found in a place."""
    if not place.readable:
        return _("could not be read")
    if not place.found:
        return _("nothing")
    return _("the same words in: {where}").format(
        where=", ".join(dict.fromkeys(map(_table_name, place.found)))
    )


def _table_name(name: str) -> str:
    """What a table of the book is called outside of it; of a file, its name."""
    names = {
        "prospect": _("another prospect’s contact"),
        "answer": _("another prospect’s answers"),
        "event": _("another prospect’s changes"),
        "field": _("another prospect’s conversation or plan"),
        "assessment": _("another prospect’s assessment"),
        "period_step": _("another prospect’s dates"),
        "about": _("what you noted about another prospect"),
        "tag": _("another prospect’s tags"),
        "follow_up": _("another prospect’s follow-ups"),
        "follow_up_move": _("another prospect’s follow-ups"),
        "outcome": _("another prospect’s outcome"),
        "referral": _("another prospect’s referral"),
        "bank": _("your own questions"),
        "line": _("the order of the list"),
        "said": _("the words for the search"),
        "said_index": _("the words for the search"),
        "colleague": _("your colleagues"),
        "policy": _("your policy"),
        "preference": _("your settings"),
    }
    return names.get(name, name)


def beyond() -> tuple[str, ...]:
    """What no search of this program reaches."""
    return (
        _("Documents that were saved elsewhere, mailed or printed: delete those yourself."),
        _("Copies of the book’s folder in other places, on a stick or in a backup of your own."),
        _(
            "What a disk keeps for a while of files that were replaced. Of the book these are "
            "encrypted pages, which only its key can read."
        ),
    )
