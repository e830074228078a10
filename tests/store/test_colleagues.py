"""The book of colleagues to refer to: kept over a restart, in the order of their names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fitcheck.domain.book import Colleague
from fitcheck.store.book import Book

ASA = Colleague("Åsa Lind", "asa@lind.example", "Pricing 🪷", dt.date(2026, 11, 20))
BEN = Colleague("ben Ode")
CY = Colleague("Cy", good_at="Boards")


def test_they_are_listed_by_name_whatever_its_case_and_outlive_a_restart(
    book: Book, folder: Path
) -> None:
    ids = [book.colleagues.add(each).result() for each in (CY, BEN, ASA, BEN)]
    assert len(set(ids)) == 4
    listed = {ids[1]: BEN, ids[3]: BEN, ids[0]: CY, ids[2]: ASA}
    assert list(book.colleagues.all().items()) == list(listed.items())
    book.close()
    again = Book.open(folder)
    assert again.colleagues.all() == listed
    again.close()


def test_editing_changes_the_one_and_consent_can_be_taken_back(book: Book) -> None:
    one, other = (book.colleagues.add(each).result() for each in (ASA, BEN))
    changed = Colleague("Åsa Lind", "new@lind.example")
    book.colleagues.edit(one, changed).result()
    assert book.colleagues.all() == {one: changed, other: BEN}


def test_removing_takes_the_one_and_its_number_is_nobody_elses(book: Book) -> None:
    one, other = (book.colleagues.add(each).result() for each in (ASA, BEN))
    book.referrals.remove_colleague(one).result()
    assert book.colleagues.all() == {other: BEN}
    with pytest.raises(KeyError):
        book.referrals.remove_colleague(one).result()
    with pytest.raises(KeyError):
        book.colleagues.edit(one, ASA).result()
    assert book.colleagues.all() == {other: BEN}
