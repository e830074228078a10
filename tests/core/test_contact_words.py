"""What became of the contacts of a file, as a person reads it."""

from __future__ import annotations

from fitcheck.contact_words import (
    column_words,
    field_words,
    in_common,
    left_line,
    parts,
    sum_sentence,
    text_of,
    why_left,
)
from fitcheck.contacts import GAINED, Taken
from fitcheck.domain.arrivals import Choice, Handling, intake
from fitcheck.domain.arrived import unkept
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Found, Left, Place, WhyLeft
from fitcheck.domain.duplicates import MERGED, Likeness
from fitcheck.exchange.contact_columns import Column


def test_every_reason_likeness_and_column_has_words_of_its_own() -> None:
    for words in (
        [why_left(why) for why in WhyLeft],
        [in_common(likeness) for likeness in Likeness],
        [column_words(column) for column in Column],
    ):
        assert all(words)
        assert len({*words}) == len(words)
    assert all(why_left(why).endswith(".") for why in WhyLeft)


def test_what_was_left_is_said_on_one_line_with_its_place() -> None:
    places = tuple(Place(number, 10 * number) for number in range(1, 6))
    assert left_line(Left("PHOTO", WhyLeft.MEDIA, places[:1])) == (
        "PHOTO (line 10): Pictures, sounds and keys are not taken."
    )
    assert left_line(Left("", WhyLeft.NO_NAME, places[:3])) == (
        "line 10, line 20, line 30: It has no name, no organisation and no e-mail address."
    )
    assert left_line(Left("Fax", WhyLeft.NOT_CHOSEN, places[:4])) == (
        "Fax (line 10, line 20, line 30 and 1 more place): The column was not chosen."
    )
    assert left_line(Left("Fax", WhyLeft.NOT_CHOSEN, places)).count("2 more places") == 1


def test_the_final_list_names_everybody_and_everything() -> None:
    people = (
        Contact("Cy New", "New Inc"),
        Contact("Ada Gump", role="CEO", emails=("ada@gump.example",)),
        Contact("Cy New", "New Ltd"),
        Contact("Bo Else", "Bo Else"),
        Contact("Ada Gump"),
    )
    found = tuple(Found(each, Place(n, 10 * n)) for n, each in enumerate(people, 1))
    choices = [
        Choice(Handling.ADD),
        Choice(Handling.MERGE, 7),
        Choice(Handling.JOIN, 0),
        Choice(Handling.LEAVE),
        Choice(Handling.MERGE, 8),
    ]
    book = {7: Prospect("Ada Gump", "Gump Works", "Head"), 8: Prospect("ada gump")}
    result = intake(found, choices, book)
    left = (
        Left("", WhyLeft.NO_NAME, (Place(6, 60),)),
        Left("PHOTO", WhyLeft.MEDIA, (Place(1, 12),)),
    )
    taken = Taken(
        result,
        (found[3],),
        left,
        tuple(unkept(result)),
        (("Cy New", "n" * 90),),
        {7: ("notes", "tags")},
    )
    assert sum_sentence(taken) == "6 contacts in the file: 1 added, 3 merged, 2 left."
    assert text_of(taken).splitlines() == [
        "6 contacts in the file: 1 added, 3 merged, 2 left.",
        "",
        "Added",
        "  Cy New, New Inc (line 10, line 30)",
        "",
        "Merged with somebody in the book",
        "  Ada Gump, Gump Works (line 20): e-mail, notes, tags",
        "  ada gump (line 50)",
        "",
        "Left out by you",
        "  Bo Else (line 40)",
        "",
        "What is here stays",
        "  Cy New (line 30), organisation: “New Inc” stays, “New Ltd” was left",
        "  Ada Gump (line 20), role: “Head” stays, “CEO” was left",
        "",
        "Notes without room",
        f"  Cy New: {'n' * 79}…",
        "",
        "Not taken from the file",
        "  line 60: It has no name, no organisation and no e-mail address.",
        "  PHOTO (line 12): Pictures, sounds and keys are not taken.",
    ]
    assert len({field_words(name) for name in (*MERGED, *GAINED)}) == len(MERGED) + len(GAINED)
    nothing = Taken(intake((), [], {}), (), ())
    assert parts(nothing) == ()
    assert text_of(nothing) == "0 contacts in the file: 0 added, 0 merged, 0 left."
