"""Contacts on their way into the book: what is proposed, and that nobody gets lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.arrivals import Added, Changed, Choice, Handling, arrivals, intake
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Found, Place
from fitcheck.domain.duplicates import Acquaintances, acquaintances

ADA = Prospect("Ada Gump", "Gump Works", email="ada@gump.example")
BOOK = {7: ADA, 8: Prospect("Bo Else")}
PEOPLE = [
    Contact("Gump, Ada", role="Owner", emails=("ADA@gump.example",)),
    Contact("Cy New", "New Inc", phones=("030 1234567",)),
    Contact("Bo Else", "Elsewhere"),
    Contact("New, Cy", "New", emails=("cy@new.example",)),
]


def places(people: list[Contact]) -> list[Found]:
    return [Found(each, Place(number, 10 * number)) for number, each in enumerate(people, start=1)]


FOUND = places(PEOPLE)
ADD = Choice(Handling.ADD)
LEAVE = Choice(Handling.LEAVE)


def test_who_is_surely_known_is_merged_and_who_may_be_is_added_beside_them() -> None:
    plan = arrivals(FOUND, acquaintances(BOOK.items()))
    assert [each.proposed for each in plan] == [
        Choice(Handling.MERGE, 7),
        ADD,
        ADD,
        Choice(Handling.JOIN, 1),
    ]
    assert [match.key for match in plan[2].in_book] == [8]
    assert not plan[2].in_book[0].sure


def test_the_choices_come_to_who_is_new_and_who_is_changed() -> None:
    plan = arrivals(FOUND, acquaintances(BOOK.items()))
    result = intake(FOUND, [each.proposed for each in plan], BOOK)
    assert result.added == (
        Added(
            replace(PEOPLE[1], emails=("cy@new.example",)),
            (PEOPLE[1], PEOPLE[3]),
            (Place(2, 20), Place(4, 40)),
        ),
        Added(PEOPLE[2], (PEOPLE[2],), (Place(3, 30),)),
    )
    assert result.changed == (
        Changed(7, ADA, replace(ADA, role="Owner"), (PEOPLE[0],), (Place(1, 10),)),
    )
    assert result.left == ()


def test_several_contacts_can_be_merged_into_one_prospect() -> None:
    merge = Choice(Handling.MERGE, 7)
    result = intake(
        FOUND,
        [
            merge,
            Choice(Handling.JOIN, 0),
            replace(merge, theirs=frozenset({"organisation"})),
            LEAVE,
        ],
        BOOK,
    )
    (changed,) = result.changed
    assert changed.after == replace(
        ADA, role="Owner", phone="030 1234567", organisation="Elsewhere"
    )
    assert changed.contacts == tuple(PEOPLE[:3])
    assert result.left == (Place(4, 40),)


def test_who_is_joined_with_somebody_that_is_left_is_left_too() -> None:
    result = intake(FOUND, [LEAVE, Choice(Handling.JOIN, 0), Choice(Handling.JOIN, 1), ADD], BOOK)
    assert result.left == (Place(1, 10), Place(2, 20), Place(3, 30))
    assert len(result.added) == 1


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ([ADD], "one choice for each"),
        ([Choice(Handling.JOIN, 0), ADD, ADD, ADD], "contact 0: expected a contact before it"),
        ([ADD, Choice(Handling.JOIN), ADD, ADD], "contact 1: expected a contact before it"),
        ([ADD, ADD, Choice(Handling.MERGE, 99), ADD], "contact 2: expected a prospect"),
        ([ADD, ADD, Choice(Handling.MERGE), ADD], "contact 2: expected a prospect"),
    ],
)
def test_a_choice_into_nobody_is_refused(choices: list[Choice], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        intake(FOUND, choices, BOOK)


def test_what_a_change_holds_is_in_no_log() -> None:
    assert "Gump" not in repr(intake(FOUND, [Choice(Handling.MERGE, 7), ADD, ADD, ADD], BOOK))


def choices(count: int) -> st.SearchStrategy[list[Choice]]:
    def one(index: int) -> st.SearchStrategy[Choice]:
        possible = [st.just(ADD), st.just(LEAVE), st.sampled_from([7, 8]).map(_merge)]
        if index:
            possible.append(st.integers(0, index - 1).map(_join))
        return st.one_of(possible)

    return st.tuples(*map(one, range(count))).map(list)


def _merge(id_: int) -> Choice:
    return Choice(Handling.MERGE, id_)


def _join(index: int) -> Choice:
    return Choice(Handling.JOIN, index)


@given(st.lists(st.sampled_from(PEOPLE), max_size=6).flatmap(
    lambda people: st.tuples(st.just(places(people)), choices(len(people)))
))  # fmt: skip
def test_everybody_is_added_merged_or_left_and_never_twice(
    drawn: tuple[list[Found], list[Choice]],
) -> None:
    found, chosen = drawn
    result = intake(found, chosen, BOOK)
    ends = [place for new in result.added for place in new.places]
    ends += [place for changed in result.changed for place in changed.places]
    assert sorted([*ends, *result.left]) == [each.place for each in found]
    assert len(result.added) == chosen.count(ADD)


@given(st.lists(st.sampled_from(PEOPLE), max_size=6))
def test_what_is_proposed_can_always_be_done(people: list[Contact]) -> None:
    found = places(people)
    for book in (BOOK, {}):
        known = Acquaintances[int]() if not book else acquaintances(book.items())
        result = intake(found, [each.proposed for each in arrivals(found, known)], book)
        assert result.left == ()
