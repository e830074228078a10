"""Who is known already: by address, number, name; and merging, which never overwrites by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Found, Place, as_contact
from fitcheck.domain.duplicates import (
    MERGED,
    Acquaintances,
    Likeness,
    MergedField,
    Merging,
    acquaintances,
    folded,
    folded_name,
    folded_organisation,
    joined,
    likenesses,
    merge_preview,
    merged,
    repeated,
    same_phone,
)

ADA = Contact(
    "Ada Müller",
    "Gump GmbH",
    emails=("ada@gump.example",),
    phones=("+49 30 1234567",),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg Müller", "JOERG MUELLER"),
        ("Jörg Müller", "Mueller, Joerg"),
        ("Jörg Müller", "Muller Jorg"),
        ("Jo\u0308rg Mu\u0308ller", "Jörg Müller"),
        ("Dr. Ada Gump", "Gump, Ada"),
        ("Prof. Dr. Ada M. Gump", "Ada Gump"),
        ("Søren Ångström", "Soren Angstrom"),
        ("Łukasz Đorđević", "Lukasz Dordevic"),
        ("Straße", "STRASSE"),
        ("山田 太郎", "太郎 山田"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Gump", "Ida Gump"), ("Ada Gump", "Ada"), ("A", "B"), ("Dr", "")]
)
def test_another_name_is_another(one: str, other: str) -> None:
    assert folded_name(one) != folded_name(other)


def test_a_legal_form_is_no_part_of_an_organisation() -> None:
    assert folded_organisation("Gump GmbH & Co. KG") == ("gump",)
    assert folded_organisation("AG") == ("ag",)
    assert folded_organisation("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 30 1234567", "030 1234567"),
        ("+49 30 1234567", "0049-30-1234567"),
        ("+49 (0)30 1234567", "030/1234567"),
        ("0049 (0)30 1234567", "+49301234567"),
        ("(030) 1234567", "030 1234567"),
        ("+1 (415) 555-2671", "415.555.2671"),
        ("+1 (415) 555-2671", "1-415-555-2671"),
        ("+39 06 1234567", "06 1234567"),
        ("+1 415 555 2671 ext. 5", "+1 415 555 2671 x12"),
        ("+٤٩ ٣٠ ١٢٣٤٥٦٧", "030 1234567"),
    ],
)
def test_a_number_is_the_same_with_and_without_its_country(one: str, other: str) -> None:
    assert same_phone(one, other)
    assert same_phone(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 30 1234567", "+43 30 1234567"),
        ("030 1234567", "030 1234568"),
        ("+49 30 1234567", "1234567"),
        ("+49 30 1234567", "040 1234567"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_another_number_is_another(one: str, other: str) -> None:
    assert not same_phone(one, other)
    assert not same_phone(other, one)


@pytest.mark.parametrize(
    ("other", "by"),
    [
        (Contact("Bo", emails=("x@y.example", " ADA@Gump.example")), (Likeness.EMAIL,)),
        (Contact("Bo", phones=("030 1234567",)), (Likeness.PHONE,)),
        (Contact("Mueller, Ada", "GUMP"), (Likeness.NAME_AND_ORGANISATION,)),
        (Contact("Ada Müller", "Gump GmbH, Sales"), (Likeness.NAME_AND_ORGANISATION,)),
        (Contact("Ada Müller"), (Likeness.NAME,)),
        (Contact("Ada Müller", "Elsewhere"), (Likeness.NAME,)),
        (Contact("Bo Müller", "Gump GmbH", emails=("bo@gump.example",)), ()),
        (ADA, (Likeness.EMAIL, Likeness.PHONE, Likeness.NAME_AND_ORGANISATION)),
    ],
)
def test_people_are_alike_in_what_they_have_in_common(
    other: Contact, by: tuple[Likeness, ...]
) -> None:
    assert likenesses(ADA, other) == by
    assert likenesses(other, ADA) == by


def test_two_addresses_of_one_post_box_are_one() -> None:
    one = Contact("A", emails=("a.b@googlemail.com",))
    assert likenesses(one, Contact("B", emails=("A.B@gmail.com",))) == (Likeness.EMAIL,)


def test_nobody_is_like_somebody_for_having_nothing() -> None:
    assert likenesses(Contact("…"), Contact("!")) == ()


def test_only_the_name_with_something_else_is_sure() -> None:
    known = acquaintances(
        [
            (1, Prospect("Bo Gump", "Gump GmbH", email="ada@gump.example")),
            (2, Prospect("Ada Müller", "Elsewhere")),
            (3, Prospect("Ada Müller", "Gump", phone="030 1234567")),
            (4, Prospect("Cy Else", email="c@y.example")),
        ]
    )
    matches = known.matches(ADA)
    assert [(match.key, match.sure) for match in matches] == [(3, True), (1, False), (2, False)]
    assert matches[0].by == (Likeness.PHONE, Likeness.NAME_AND_ORGANISATION)


def test_a_number_that_ends_alike_is_another() -> None:
    known = acquaintances([(1, Prospect("Bo Else", phone="+49 40 1234567"))])
    assert known.matches(ADA) == ()


def test_of_a_hundred_at_one_telephone_a_few_are_looked_at_and_the_namesake_found() -> None:
    known = Acquaintances[int]()
    for number in range(100):
        known.add(number, Contact(f"Person{number} Gump", phones=("030 1234567",)))
    found = known.matches(Contact("Gump, Person77", phones=("+49 30 1234567",)))
    assert found[0].key == 77
    assert found[0].sure
    assert len(found) < 30


def test_whoever_is_in_a_file_twice_is_found_there() -> None:
    again = replace(ADA, name="Mueller, Ada", emails=())
    people = [Contact("…"), ADA, Contact("Bo Else"), again]
    found = [Found(each, Place(number, number)) for number, each in enumerate(people, start=1)]
    assert [[match.key for match in matches] for matches in repeated(found)] == [[], [], [], [1]]


OURS = Prospect(
    "Ada Müller",
    organisation="Gump GmbH",
    role="",
    email="ada@gump.example",
    phone="030 1234567",
    in_their_words="Too slow",
)
THEIRS = Contact(
    "ada  müller",
    "Else AG",
    role="Owner",
    emails=("new@gump.example", "Ada@Gump.example"),
    phones=("+49 30 1234567",),
)


def test_a_merge_says_for_each_field_what_it_does() -> None:
    by_name = {each.name: each.merging for each in merge_preview(OURS, THEIRS)}
    assert by_name == {
        "name": Merging.STAYS,
        "organisation": Merging.DIFFERS,
        "role": Merging.FILLS,
        "email": Merging.STAYS,
        "phone": Merging.STAYS,
        "met_at": Merging.STAYS,
    }
    assert repr(MergedField("name", "Ada", "Bo", Merging.DIFFERS)).count("Ada") == 0


def test_the_words_of_a_number_need_not_be_many() -> None:
    assert merge_preview(replace(OURS, phone="110"), replace(THEIRS, phones=("110",)))[4] == (
        MergedField("phone", "110", "110", Merging.STAYS)
    )


def test_a_merge_fills_gaps_and_overwrites_nothing_unasked() -> None:
    assert merged(OURS, THEIRS) == replace(OURS, role="Owner")


def test_a_merge_takes_theirs_where_the_user_says_so() -> None:
    assert merged(OURS, THEIRS, {"organisation", "name"}) == replace(
        OURS, role="Owner", organisation="Else AG"
    )


WORDS = st.text("abAB äöüß-.,éł", max_size=8)
PROSPECTS = st.builds(
    Prospect,
    name=WORDS,
    organisation=WORDS,
    role=WORDS,
    email=st.sampled_from(["", "a@b.example", "A@B.example", "c@d.example"]),
    phone=st.sampled_from(["", "030 1234567", "+49 30 1234567", "110"]),
    met_at=WORDS,
    in_their_words=WORDS,
)


@given(PROSPECTS, PROSPECTS)
def test_nothing_that_was_written_is_ever_lost_by_a_merge(ours: Prospect, theirs: Prospect) -> None:
    result = merged(ours, as_contact(theirs))
    for name in (*MERGED, "in_their_words"):
        before = getattr(ours, name)
        assert getattr(result, name) == before or not before.strip()
    assert merged(result, as_contact(theirs)) == result


@given(PROSPECTS, PROSPECTS)
def test_likeness_is_mutual_and_whoever_is_alike_is_found(one: Prospect, other: Prospect) -> None:
    by = likenesses(as_contact(one), as_contact(other))
    assert by == likenesses(as_contact(other), as_contact(one))
    found = acquaintances([("other", other)]).matches(as_contact(one))
    assert [match.by for match in found] == ([by] if by else [])


@given(WORDS)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    words = folded(text)
    assert folded(" ".join(words)) == words


def test_two_cards_of_one_person_are_joined() -> None:
    first = Contact("Ada", "", "Owner", ("a@b.example",), (), "Fair", "One", ("hot",), ())
    second = Contact(
        "ADA", "Works", "Boss", ("A@b.example", "c@d.example"), ("030 1",), "", "Two", ("Hot",)
    )
    assert joined(first, second) == Contact(
        "Ada",
        "Works",
        "Owner",
        ("a@b.example", "c@d.example"),
        ("030 1",),
        "Fair",
        "One\nTwo",
        ("hot",),
        (),
    )
    assert joined(first, replace(second, note="One")).note == "One"
