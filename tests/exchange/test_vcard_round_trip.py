"""A vCard by the book of its version is read back as what was written, wherever it is folded."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.domain.contact import Contact, distinct, one_line, several_lines
from fitcheck.exchange.vcard import read_vcards
from tests.exchange.vcards import written

LETTERS = st.characters(codec="utf-8") | st.sampled_from(list("\\;,:=\"'äöüßé\n\t n山🙂"))
TEXTS = st.text(LETTERS, max_size=60)
LINES = TEXTS.map(one_line)
NAMES = LINES.filter(bool)
EMAILS = st.from_regex(r"[a-z0-9.+\-äö]{1,12}@[a-z0-9\-äö]{1,12}\.example", fullmatch=True)
PHONES = st.from_regex(r"\+?[0-9]{3}[0-9 ()/\-]{3,12}[0-9]", fullmatch=True)
LINKS = st.from_regex(r"https://[a-z]{1,10}\.example/[a-zA-Z0-9?&=_%\-]{0,60}", fullmatch=True)
TAGS = LINES.map(lambda text: f"#{text}" if text else "")
CONTACTS = st.builds(
    Contact,
    name=NAMES,
    organisation=LINES,
    role=LINES,
    emails=st.lists(EMAILS, max_size=4).map(distinct),
    phones=st.lists(PHONES.map(one_line), max_size=4).map(distinct),
    note=TEXTS.map(several_lines),
    tags=st.lists(TAGS, max_size=4).map(distinct),
    links=st.lists(LINKS, max_size=3).map(distinct),
)
FOLDS = st.integers(min_value=20, max_value=76)

# In 2.1 a backslash can't be written before what it would escape.
_SAYS_ESCAPED = re.compile(r"\\(?=[;,:]|$)", re.MULTILINE)


def plain(text: str) -> str:
    return _SAYS_ESCAPED.sub("/", text)


@settings(max_examples=100)
@given(st.lists(CONTACTS, min_size=1, max_size=3), st.sampled_from(["3.0", "4.0"]), FOLDS)
def test_cards_of_3_and_4_are_read_back(
    contacts: list[Contact], version: str, fold_at: int
) -> None:
    data = b"".join(written(each, version, fold_at=fold_at) for each in contacts)
    result = read_vcards(data)
    assert [found.contact for found in result.found] == contacts
    assert (result.left, result.guessed) == ((), 0)


@settings(max_examples=60)
@given(CONTACTS, FOLDS)
def test_a_card_folded_inside_its_characters_is_read_back(contact: Contact, fold_at: int) -> None:
    result = read_vcards(written(contact, "3.0", fold_at=fold_at, within=True))
    assert [found.contact for found in result.found] == [contact]
    assert result.guessed == 0


@settings(max_examples=100)
@given(CONTACTS, FOLDS)
def test_a_card_of_2_1_is_read_back(contact: Contact, fold_at: int) -> None:
    contact = replace(
        contact,
        name=plain(contact.name),
        organisation=plain(contact.organisation),
        role=plain(contact.role),
        note=plain(contact.note),
        tags=(),
    )
    result = read_vcards(written(contact, "2.1", fold_at=fold_at))
    assert [found.contact for found in result.found] == [contact]
    assert (result.left, result.guessed) == ((), 0)
