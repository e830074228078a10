"""Referrals are kept, with what came of them, whoever of the colleagues comes or goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import Colleague
from fitcheck.domain.referral import ReferralLine, Referred, Result
from fitcheck.referring import Referring
from fitcheck.services import FitCheck
from fitcheck.store.book import Book

RUTH = Colleague("Ruth Feldman", "ruth@feldman.example", "Boards", dt.date(2026, 10, 2))
DAY = dt.date(2026, 11, 3)
SENT = Referred("Ruth Feldman", DAY)
HEARD = Referred("Ruth Feldman", DAY, Result.WORKING, dt.date(2026, 12, 1), "Two days a week 🪷")


@pytest.fixture
def referring(book: Book) -> Referring:
    return Referring(book)


@pytest.fixture
def ada(book: Book) -> int:
    return book.add_prospect(Prospect("Ada Bell")).result()


@pytest.fixture
def ruth(book: Book) -> int:
    return book.colleagues.add(RUTH).result()


def test_a_referral_and_what_came_of_it_outlive_a_restart(
    book: Book, folder: Path, referring: Referring, ada: int, ruth: int
) -> None:
    first = referring.refer(ada, ruth, SENT)
    assert referring.to_colleague(ruth) == (ReferralLine(first, ada, "Ada Bell", ruth, SENT),)
    referring.change(first, ruth, HEARD)
    other = referring.refer(ada, None, Referred("Tom Reyes", dt.date(2026, 11, 4)))
    book.close()
    again = FitCheck.open(folder)
    newest, oldest = again.referring.of_prospect(ada)
    assert (newest.id, newest.referred.name, newest.colleague_id) == (other, "Tom Reyes", None)
    assert oldest == ReferralLine(first, ada, "Ada Bell", ruth, HEARD)
    assert again.referring.to_others() == (newest,)
    assert again.referring.counts() == {ruth: 1, None: 1}
    again.close()


def test_it_moves_the_prospect_up_the_list(
    book: Book, referring: Referring, ada: int, ruth: int
) -> None:
    book.add_prospect(Prospect("Ben Ode")).result()
    assert [line.prospect.name for line in book.prospects()] == ["Ben Ode", "Ada Bell"]
    referring.refer(ada, ruth, SENT)
    assert [line.prospect.name for line in book.prospects()] == ["Ada Bell", "Ben Ode"]


def test_a_removed_referral_comes_back_as_it_was(referring: Referring, ada: int, ruth: int) -> None:
    (kept, removed) = (referring.refer(ada, ruth, each) for each in (SENT, HEARD))
    line = next(each for each in referring.of_prospect(ada) if each.id == removed)
    referring.remove(removed)
    assert [each.id for each in referring.to_colleague(ruth)] == [kept]
    referring.put_back(line)
    assert [each.referred for each in referring.to_colleague(ruth)] == [HEARD, SENT]
    # And where the colleague has gone in the meantime, it still says to whom it was.
    (back, _kept) = referring.to_colleague(ruth)
    referring.remove(back.id)
    referring.remove_colleague(ruth)
    referring.put_back(back)
    assert {each.referred for each in referring.to_others()} == {SENT, HEARD}


def test_a_colleague_who_goes_leaves_the_referrals_and_takes_them_up_on_coming_back(
    book: Book, referring: Referring, ada: int, ruth: int
) -> None:
    theirs = referring.refer(ada, ruth, SENT)
    strange = referring.refer(ada, None, Referred("Ruth Feldman", DAY))
    gone = referring.refer(ada, ruth, HEARD)
    removed = referring.remove_colleague(ruth)
    assert "Ruth" not in repr(removed)
    assert book.colleagues.all() == {}
    assert {each.id for each in referring.to_others()} == {theirs, strange, gone}
    referring.remove(gone)
    back = referring.put_colleague_back(removed)
    assert book.colleagues.all() == {back: RUTH}
    assert [each.id for each in referring.to_colleague(back)] == [theirs]
    assert [each.id for each in referring.to_others()] == [strange]


def test_whether_it_is_noted_goes_by_the_name(referring: Referring, ada: int, ruth: int) -> None:
    assert referring.colleague_called("ruth  feldman ") == ruth
    assert referring.colleague_called("Tom Reyes") is None
    assert not referring.is_noted(ada, "Ruth Feldman")
    referring.refer(ada, None, SENT)
    assert referring.is_noted(ada, "RUTH FELDMAN")


def test_what_isnt_there_is_named_and_nothing_changes(
    book: Book, referring: Referring, ada: int, ruth: int
) -> None:
    referring.refer(ada, ruth, SENT)
    for attempt in (
        lambda: referring.refer(ada + 1, ruth, SENT),
        lambda: referring.change(99, ruth, HEARD),
        lambda: referring.remove(99),
        lambda: referring.remove_colleague(ruth + 1),
    ):
        with pytest.raises(KeyError):
            attempt()
    assert [each.referred for each in referring.to_colleague(ruth)] == [SENT]
    assert book.colleagues.all() == {ruth: RUTH}
