"""Contacts: a name out of its parts, what stays visible of a text, what is listed as left."""

from __future__ import annotations

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import (
    Contact,
    Leavings,
    Left,
    Place,
    WhyLeft,
    as_contact,
    as_prospect,
    distinct,
    full_name,
    one_line,
    says_more,
    several_lines,
)


def test_a_contact_becomes_a_prospect_with_what_the_file_prefers() -> None:
    contact = Contact(
        "Ada Gump",
        organisation="Gump Works",
        role="Owner",
        emails=("ada@gump.example", "a@home.example"),
        phones=("+49 30 1234567", "0171 7654321"),
        met_at="Fair",
        note="Likes walls",
        tags=("hot",),
    )
    assert as_prospect(contact) == Prospect(
        "Ada Gump", "Gump Works", "Owner", "ada@gump.example", "+49 30 1234567", "Fair"
    )


def test_a_prospect_is_compared_as_a_contact() -> None:
    assert as_contact(Prospect("Ada")) == Contact("Ada")
    there = Prospect("Ada", "Works", "Owner", "a@b.example", "030 123456", "Fair", "words")
    assert as_prospect(as_contact(there)) == Prospect(
        "Ada", "Works", "Owner", "a@b.example", "030 123456", "Fair"
    )


def test_what_a_contact_holds_is_in_no_log() -> None:
    contact = Contact("Secret", "Secret", "Secret", ("s@e.example",), ("123456",), note="Secret")
    assert repr(contact) == "Contact()"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Ada", "Gump"), "Ada Gump"),
        (("", "Gump"), "Gump"),
        (("Ada", ""), "Ada"),
        (("", ""), ""),
        (("Ada", "Gump", "May", "Prof. Dr.", "MBA"), "Prof. Dr. Ada May Gump MBA"),
        (("Ada", "Gump", "", "Frau Dr.", ""), "Dr. Ada Gump"),
        (("Ada", "Gump", "", "Mrs.", ""), "Ada Gump"),
    ],
)
def test_a_name_is_put_together_as_it_is_said(parts: tuple[str, ...], name: str) -> None:
    assert full_name(*parts) == name


@pytest.mark.parametrize(
    ("name", "than", "more"),
    [
        ("Gump, Ada", "Dr. Ada May Gump", False),
        ("Frau Ada Gump", "Ada GUMP", False),
        ("Dr. Ada Gump", "Ada Gump", True),
        ("Aida Gump", "Ada Gump", True),
        ("", "Ada", False),
    ],
)
def test_a_name_may_say_more_than_another(name: str, than: str, more: bool) -> None:
    assert says_more(name, than) is more


def test_what_cannot_be_seen_does_not_come_in() -> None:
    assert one_line("\ufeffAda\x00\x1b \n\t Gump\x85") == "Ada Gump"
    assert one_line("half \ud83d pair") == "half \N{REPLACEMENT CHARACTER} pair"
    assert several_lines("one  \r\ntwo\rthree\x07\n\n") == "one\ntwo\nthree"


def test_each_thing_is_kept_once_whatever_its_case() -> None:
    assert distinct(["Hot", "", "cold", "hot", "COLD"]) == ("Hot", "cold")


def test_what_is_left_is_listed_by_kind_with_each_place() -> None:
    left = Leavings()
    left.add("PHOTO", WhyLeft.MEDIA, Place(1, 4))
    left.add("BDAY", WhyLeft.NO_PLACE, Place(1, 5))
    left.add("PHOTO", WhyLeft.MEDIA, Place(2, 14))
    assert left.listed() == (
        Left("PHOTO", WhyLeft.MEDIA, (Place(1, 4), Place(2, 14))),
        Left("BDAY", WhyLeft.NO_PLACE, (Place(1, 5),)),
    )
