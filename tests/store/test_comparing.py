"""What a backup doesn't have is counted and named before anything is replaced by it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from fitcheck.store.comparing import Missing, inventory, missing
from fitcheck.store.errors import BackupStopped
from tests.store.conftest import key_of
from tests.store.later import later, put_bank, put_later
from tests.store.test_backups import NOON, Clock
from tests.store.test_schemas import SCHEMAS, copied

NOTHING = Missing(0, 0, 0, ())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(empty: Path, place: Path, clock: Clock) -> Iterator[Book]:
    shutil.copytree(empty, place / "old")
    book = Book.open(place / "old", clock)
    book.add_prospect(Prospect("Ada")).result()
    book.add_prospect(Prospect("Bea")).result()
    yield book
    book.close()


def test_a_fresh_backup_misses_nothing(book: Book) -> None:
    found = book.backups.look(book.backups.make(Reason.DAILY))
    assert found.missing == NOTHING
    assert found.missing.nothing


def test_who_came_who_changed_and_what_was_begun_is_missing(
    book: Book, clock: Clock, blank: Assessment
) -> None:
    copy = book.backups.make(Reason.DAILY)
    clock.now += dt.timedelta(hours=1)
    book.edit_prospect(1, Prospect("Ada Bell")).result()
    clock.now += dt.timedelta(hours=1)
    new = book.add_prospect(Prospect("Cleo")).result()
    book.add_assessment(new, blank)
    found = book.backups.look(copy).missing
    assert found == Missing(1, 1, 1, ("Cleo", "Ada Bell"))
    assert "Cleo" not in repr(found)
    assert not found.nothing


def test_what_came_of_them_since_is_counted(book: Book) -> None:
    put_later(book, 1, later())
    copy = book.backups.make(Reason.DAILY)
    assert book.backups.look(copy).missing == NOTHING
    put_later(book, 2, later(number=2))
    put_bank(book)
    found = book.backups.look(copy).missing
    assert found == Missing(0, 0, 0, (), follow_ups=2, outcomes=2, referrals=2, banks=1)
    assert not found.nothing


@pytest.mark.parametrize("kept_as", SCHEMAS, ids=lambda kept_as: kept_as.name)
def test_a_copy_of_every_schema_is_compared(kept_as: Path, place: Path) -> None:
    """An older one has nothing of what there was no table for."""
    folder = copied(kept_as, place / "copy", "open.key")
    newest = copied(SCHEMAS[-1], place / "book", "open.key")
    old = inventory(folder / "book.db", key_of(folder))
    now = inventory(newest / "book.db", key_of(newest))
    found = missing(now, old)
    assert found.beside == ((0, 0, 0, 0) if kept_as == SCHEMAS[-1] else (2, 2, 2, 1))


def test_whoever_was_erased_since_is_not_missed(book: Book, blank: Assessment) -> None:
    book.add_assessment(2, blank).result()
    copy = book.backups.make(Reason.DAILY)
    away = shutil.copytree(copy.folder, copy.folder.parent.parent / "away")
    book.people.erase(2, NOON.date())
    book.add_prospect(Prospect("Another")).result()
    shutil.rmtree(copy.folder)
    shutil.move(away, copy.folder)
    found = book.backups.look(copy).missing
    assert found is not None
    assert (found.prospects, found.names) == (1, ("Another",))


def test_a_damaged_backup_is_not_compared(book: Book) -> None:
    copy = book.backups.make(Reason.DAILY)
    copy.store.write_bytes(b"")
    found = book.backups.look(copy)
    assert (found.contents, found.missing) == (None, None)


def test_deleting_takes_one_and_no_other(book: Book) -> None:
    first, second = (book.backups.make(Reason.BY_HAND) for _ in range(2))
    book.backups.delete(first)
    assert book.backups.all() == (second,)
    assert [entry.name for entry in first.folder.parent.iterdir()] == [second.name]
    assert second.size == sum(file.stat().st_size for file in second.folder.iterdir()) > 4096
    assert replace(second, folder=first.folder).size == 0


def test_what_is_stopped_leaves_nothing_and_the_next_goes_ahead(book: Book) -> None:
    stop, heard = Event(), []

    def hear(done: float) -> None:
        heard.append(done)
        stop.set()

    with pytest.raises(BackupStopped):
        book.backups.make(Reason.BY_HAND, stop.is_set, hear)
    assert book.backups.all() == ()
    copy = book.backups.make(Reason.BY_HAND, progress=heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[-1] <= 1
    stop.set()
    for work in (book.backups.check, book.backups.newest_good):
        with pytest.raises(BackupStopped):
            work(stop.is_set)
    with pytest.raises(BackupStopped):
        book.backups.look(copy, stop.is_set)


def test_what_migrations_left_is_thinned_with_the_others(book: Book, clock: Clock) -> None:
    """One a day for a quarter of a year; none of them is of any use a second time."""
    clock.now = NOON
    first = book.backups.make(Reason.BY_HAND)
    for day in range(90):
        made = clock.now - dt.timedelta(days=day + 1)
        name = f"{made:%Y-%m-%dT%H%M%SZ}-schema-{1 + day % 4}"
        shutil.copytree(first.folder, first.folder.parent / name)
    clock.now += dt.timedelta(seconds=5)
    book.backups.make(Reason.DAILY)
    left = [copy for copy in book.backups.all() if copy.reason is Reason.MIGRATION]
    assert 12 < len(left) < 30
