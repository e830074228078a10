"""What contacts add to what is known: nothing goes, nothing comes twice, nothing gets lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.arrivals import Choice, Handling, intake
from fitcheck.domain.arrived import Addition, Enriched, Unkept, enriched, further, unkept
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.domain.contact import (
    TEXT_LIMIT,
    Contact,
    Found,
    Left,
    Place,
    WhyLeft,
    as_prospect,
    left_whole,
)

ADA = Prospect("Ada Gump", "Gump Works", "Head", "ada@gump.example", "030 1234567")
OURS = About("A friend", "Met in May.\nLikes tea.", ("https://gump.example",), ("Fair",))


def test_what_is_new_is_added_and_nothing_goes() -> None:
    more = Addition(("Two shops.",), ("https://ada.example",), ("hot", "FAIR"), "contacts")
    assert enriched(OURS, more).about == About(
        "A friend",
        "Met in May.\nLikes tea.\nTwo shops.",
        ("https://gump.example", "https://ada.example"),
        ("Fair", "hot"),
    )
    assert enriched(About(), more).about == About(
        "contacts", "Two shops.", ("https://ada.example",), ("hot", "FAIR")
    )


def test_a_part_of_a_line_is_not_the_line() -> None:
    assert enriched(OURS, Addition(("Likes tea",))).about.notes.endswith("Likes tea.\nLikes tea")
    assert enriched(OURS, Addition(("Likes tea.",))).about == OURS


def test_a_note_without_room_is_named_and_the_others_are_kept() -> None:
    long = "x" * (TEXT_LIMIT - len(OURS.notes))
    result = enriched(OURS, Addition((long, "short")))
    assert result == Enriched(replace(OURS, notes=f"{OURS.notes}\nshort"), (long,))


TEXTS = st.lists(st.text("ab\n", min_size=1, max_size=4).map(str.strip).filter(bool), max_size=4)


@given(TEXTS, TEXTS)
def test_adding_again_changes_nothing(first: list[str], second: list[str]) -> None:
    more = Addition(tuple(second), tuple(second), tuple(second), "x")
    once = enriched(About(notes="\n".join(first), links=tuple(dict.fromkeys(first))), more).about
    assert enriched(once, more).about == once
    for note in second:
        assert f"\n{note}\n" in f"\n{once.notes}\n"


def test_addresses_and_numbers_that_have_no_room_of_their_own() -> None:
    contacts = [
        Contact("Ada", emails=("ADA@gump.example", "a@home.example"), phones=("+49 30 1234567",)),
        Contact("Ada", emails=("A@home.example",), phones=("0171 7654321", "+49 171 7654321")),
    ]
    assert further(ADA, contacts) == (["a@home.example"], ["0171 7654321"])
    assert further(Prospect("Ada"), contacts[:1]) == (
        ["ADA@gump.example", "a@home.example"],
        ["+49 30 1234567"],
    )


def test_fields_in_which_ours_stays_are_listed_with_both() -> None:
    people = [
        Contact("Ada Gump", role="CEO", emails=("other@gump.example",)),
        Contact("Cy New", "New Inc"),
        Contact("Cy New", "New Ltd"),
    ]
    found = [Found(each, Place(number, 10 * number)) for number, each in enumerate(people, 1)]
    merge, add = Choice(Handling.MERGE, 7), Choice(Handling.ADD)
    result = intake(found, [merge, add, Choice(Handling.JOIN, 1)], {7: ADA})
    assert list(unkept(result)) == [
        Unkept("Cy New", Place(3, 30), "organisation", "New Inc", "New Ltd"),
        Unkept("Ada Gump", Place(1, 10), "role", "Head", "CEO"),
    ]
    theirs = replace(merge, theirs=frozenset({"role"}))
    assert list(unkept(intake(found[:1], [theirs], {7: ADA}))) == []
    assert as_prospect(people[1]).organisation == "New Inc"


def test_whole_cards_and_rows_are_told_from_what_is_left_of_one() -> None:
    places = (Place(1, 1), Place(2, 5))
    left = [
        Left("", WhyLeft.NO_NAME, places),
        Left("", WhyLeft.QUOTES, places[:1]),
        Left("PHOTO", WhyLeft.MEDIA, places),
        Left("TEL", WhyLeft.TOO_MANY, places),
        Left("", WhyLeft.NO_END, places),
        Left("", WhyLeft.OUTSIDE, places),
    ]
    assert left_whole(left) == 3
