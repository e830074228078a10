"""Backups of a book that is open: made, verified, thinned, looked into, restored."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.store import backups, checking, live_copy
from fitcheck.store.backup import Copy, Reason, copies
from fitcheck.store.book import Book
from fitcheck.store.connection import connect
from fitcheck.store.errors import (
    BackupStopped,
    BookDamaged,
    FolderNotWritable,
)
from fitcheck.store.previewing import OpenedBy
from fitcheck.store.vault import Vault
from tests.store.conftest import CHEAP, PASSPHRASE, contents, key_of

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dated(empty: Path, folder: Path, clock: Clock) -> Iterator[Book]:
    """An open book whose clock is ``clock``, with a prospect in it."""
    shutil.copytree(empty, folder)
    book = Book.open(folder, clock)
    book.add_prospect(Prospect("Canary")).result()
    yield book
    book.close()


def names(folder: Path) -> list[str]:
    """The prospects of the unprotected book in ``folder``."""
    book = Book.open(folder)
    found = [line.prospect.name for line in book.prospects()]
    book.close()
    return found


def flip(store: Path, page: int) -> None:
    data = bytearray(store.read_bytes())
    data[4096 * page + 100] ^= 1
    store.write_bytes(data)


class TestMaking:
    def test_a_copy_opens_by_itself_and_says_when_and_why(self, dated: Book, folder: Path) -> None:
        copy = dated.backups.make(Reason.BY_HAND)
        assert copy == Copy(folder / "backups" / "2026-11-22T120000Z-by-hand", NOON, Reason.BY_HAND)
        assert {file.name for file in copy.folder.iterdir()} == {"book.db", "book.key"}
        assert names(copy.folder) == ["Canary"]
        assert dated.prospects(), "the book goes on"

    @pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
    def test_only_its_owner_can_read_it(self, dated: Book) -> None:
        folder = dated.backups.make(Reason.DAILY).folder
        assert {f.name: f.stat().st_mode & 0o777 for f in (folder, *folder.iterdir())} == {
            folder.name: 0o700,
            "book.db": 0o600,
            "book.key": 0o600,
        }

    def test_it_holds_what_was_asked_to_be_written_before(self, dated: Book) -> None:
        dated.add_prospect(Prospect("just now"))
        copy = dated.backups.make(Reason.IMPORT)
        assert set(names(copy.folder)) == {"just now", "Canary"}

    def test_two_in_a_second_are_two(self, dated: Book) -> None:
        made = [dated.backups.make(Reason.DAILY) for _ in range(2)]
        assert len({copy.name for copy in made}) == 2
        assert set(dated.backups.all()) == set(made)

    def test_nothing_in_it_can_be_read_without_the_key(self, dated: Book) -> None:
        copy = dated.backups.make(Reason.DAILY)
        assert b"Canary" not in copy.store.read_bytes()
        assert not copy.store.read_bytes().startswith(b"SQLite format 3")

    def test_writes_while_it_is_made_are_in_time_and_it_still_ends(
        self, dated: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each page is followed by a write, so that it would begin again for ever."""
        monkeypatch.setattr(live_copy, "PAGES", 1)
        written = 0

        def writes() -> bool:
            nonlocal written
            if written < 50:
                dated.add_prospect(Prospect(f"number {written}")).result()
                written += 1
            return False

        monkeypatch.setattr(dated.backups._closing, "is_set", writes)
        copy = dated.backups.make(Reason.DAILY)
        assert written > live_copy.RESTARTS
        inside = names(copy.folder)
        assert inside[-1] == "Canary"
        assert len(dated.prospects()) == written + 1

    def test_a_passphrase_that_is_set_meanwhile_is_its_own_too(
        self, dated: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:

        def looks(*arguments: object) -> object:
            dated.vault._cost = CHEAP
            dated.vault.protect(PASSPHRASE)
            return checking.look_into(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(backups, "look_into", looks)
        copy = dated.backups.make(Reason.DAILY)
        Vault.unlock(copy.folder, PASSPHRASE, CHEAP).close()

    def test_a_damaged_page_is_found_and_leaves_no_copy(self, dated: Book, folder: Path) -> None:
        older = dated.backups.make(Reason.DAILY)
        dated.vault.engine.dispose()
        pages = (folder / "book.db").stat().st_size // 4096
        for page in range(pages):
            flip(folder / "book.db", page)
            with pytest.raises(BookDamaged):
                dated.backups.make(Reason.DAILY)
            with pytest.raises(BookDamaged):
                dated.backups.check()
            flip(folder / "book.db", page)
        assert dated.backups.all() == (older,)
        assert [entry.name for entry in (folder / "backups").iterdir()] == [older.name]
        assert not (folder / "book.db.checked").exists()
        assert dated.backups.check().prospects == 1

    def test_closing_stops_it_and_leaves_nothing(
        self, dated: Book, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dated.backups, "_settle", dated.backups._closing.set)
        with pytest.raises(BackupStopped):
            dated.backups.make(Reason.DAILY)
        dated.close()
        with pytest.raises(BackupStopped):
            dated.backups.check()
        assert list((folder / "backups").iterdir()) == []
        assert names(folder) == ["Canary"]

    def test_a_full_disk_leaves_no_half_of_one(
        self, dated: Book, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backups, "copy_live", full)
        with pytest.raises(FolderNotWritable, match="No space left"):
            dated.backups.make(Reason.DAILY)
        assert list((folder / "backups").iterdir()) == []


class TestChecking:
    def test_a_whole_book_says_what_is_in_it_and_nothing_is_left(
        self, dated: Book, folder: Path, whole: Assessment, clock: Clock
    ) -> None:
        prospect = dated.add_prospect(whole.prospect).result()
        clock.now += dt.timedelta(hours=1)
        dated.add_assessment(prospect, whole).result()
        found = dated.backups.check()
        assert (found.prospects, found.assessments) == (2, 1)
        assert found.newest_change == clock.now
        assert found.names == (whole.prospect.name, "Canary")
        assert "Canary" not in repr(found)
        assert not (folder / "book.db.checked").exists()

    def test_a_reference_that_leads_nowhere_is_damage(self, dated: Book, folder: Path) -> None:
        connection = connect(folder / "book.db", key_of(folder))
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO deal_breaker VALUES (99, 'unlawful', 'cleared')")
        connection.close()
        with pytest.raises(BookDamaged):
            dated.backups.check()


class TestDue:
    def test_once_a_day(self, dated: Book, clock: Clock) -> None:
        clock.now = dt.datetime.now(dt.UTC)
        assert dated.backups.due()
        dated.backups.make(Reason.DAILY)
        assert not dated.backups.due()

    def test_not_again_when_nothing_changed(self, dated: Book, folder: Path, clock: Clock) -> None:
        dated.backups.make(Reason.DAILY)
        store = folder / "book.db"
        clock.now += dt.timedelta(days=3)
        os.utime(store, (NOON.timestamp() - 1,) * 2)
        assert not dated.backups.due()
        os.utime(store, (NOON.timestamp() + 1,) * 2)
        assert dated.backups.due()

    def test_a_copy_from_the_future_does_not_count(self, dated: Book, clock: Clock) -> None:
        clock.now += dt.timedelta(days=9000)
        dated.backups.make(Reason.DAILY)
        clock.now = NOON
        assert dated.backups.due()


class TestThinning:
    def test_what_is_superseded_goes_and_nothing_else(
        self, dated: Book, folder: Path, clock: Clock
    ) -> None:
        mine = folder / "backups" / "my own"
        mine.mkdir(parents=True)
        for name in ("2026-01-01T120000Z-damaged", "2026-01-01T110000Z-replaced"):
            (folder / "backups" / name).mkdir()
        for hour in range(4):
            clock.now = NOON - dt.timedelta(days=9, hours=hour)
            dated.backups.make(Reason.DAILY)
        clock.now = NOON
        newest = dated.backups.make(Reason.BY_HAND)
        left = [entry.name for entry in sorted((folder / "backups").iterdir())]
        assert left == [
            "2026-01-01T110000Z-replaced",
            "2026-01-01T120000Z-damaged",
            "2026-11-13T120000Z-daily",
            newest.name,
            "my own",
        ]

    def test_what_cannot_be_a_moment_is_no_copy(self, folder: Path) -> None:
        for name in ("2026-13-01T120000Z-daily", "2026-11-01T120000Z-why", "x", "a.new"):
            (folder / "backups" / name).mkdir(parents=True)
        assert copies(folder) == ()
        assert copies(folder / "nowhere") == ()


class TestLooking:
    def test_what_is_in_one_and_what_opens_it(self, dated: Book) -> None:
        copy = dated.backups.make(Reason.DAILY)
        before = contents(copy.folder)
        seen = dated.backups.look(copy)
        assert contents(copy.folder) == before
        assert seen.contents is not None
        assert (seen.contents.prospects, seen.opened_by) == (1, OpenedBy.ANYBODY)

    def test_by_which_passphrase(self, dated: Book) -> None:
        copy = dated.backups.make(Reason.DAILY)
        dated.vault._cost = CHEAP
        dated.vault.protect(PASSPHRASE)
        assert dated.backups.look(copy).opened_by is OpenedBy.PRESENT
        key = copy.key_file.read_bytes()
        dated.vault.change_passphrase(PASSPHRASE, "another passphrase")
        copy.key_file.write_bytes(key)
        assert dated.backups.look(copy).opened_by is OpenedBy.EARLIER
        copy.key_file.write_bytes(b"{}")
        assert dated.backups.look(copy).opened_by is OpenedBy.UNKNOWN
        assert dated.backups.look(copy).contents is not None

    @pytest.mark.parametrize(
        "harm",
        [
            lambda store: flip(store, 0),
            lambda store: flip(store, 9),
            lambda store: store.write_bytes(store.read_bytes()[:-4096]),
            lambda store: store.write_bytes(b""),
            Path.unlink,
        ],
        ids=["first page", "a page", "cut short", "emptied", "gone"],
    )
    def test_a_damaged_one_is_told(self, dated: Book, harm: Callable[[Path], object]) -> None:
        copy = dated.backups.make(Reason.DAILY)
        harm(copy.store)
        assert dated.backups.look(copy).contents is None
