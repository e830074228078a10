"""What a program that was killed left half-done goes when the book is opened, or erased from."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.store import erasing
from fitcheck.store.book import Book
from fitcheck.store.connection import connect
from fitcheck.store.erasing import erase_from, forget
from tests.store.conftest import contents, key_of

HALF_DONE = (
    "book.key.new",
    "book.db.new",
    "book.db.migrated",
    "book.db.migrated-journal",
    "book.db.restored",
    "book.db.checked",
    "book.examined/book.db",
)
DAY = dt.date(2026, 11, 22)


def test_what_is_half_done_goes_and_what_has_another_name_stays(book: Book, folder: Path) -> None:
    book.close()
    for name in (*HALF_DONE, "notes.txt", "book.db.mine"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"half")
    before = (folder / "book.db").read_bytes()
    Book.open(folder).close()
    assert {file.name for file in folder.iterdir()} == {
        "book.db", "book.key", "notes.txt", "book.db.mine",
    }  # fmt: skip
    assert (folder / "book.db").read_bytes() == before


@pytest.mark.parametrize("begun", [b"", bytes(512), b"\0" * 512 + b"an old page"])
def test_a_journal_that_had_not_come_to_the_point_goes(
    book: Book, folder: Path, begun: bytes
) -> None:
    book.add_prospect(Prospect("Ada")).result()
    book.close()
    before = contents(folder)
    (folder / "book.db-journal").write_bytes(begun)
    book = Book.open(folder)
    assert [line.prospect.name for line in book.prospects()] == ["Ada"]
    book.close()
    assert contents(folder) == before


def test_a_journal_that_had_is_played_back_before_it_goes(book: Book, folder: Path) -> None:
    book.add_prospect(Prospect("Ada")).result()
    book.close()
    connection = connect(folder / "book.db", key_of(folder))
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE prospect SET name = 'half', search = hex(randomblob(40000))")
    torn = folder.with_name("torn")
    shutil.copytree(folder, torn)
    connection.execute("ROLLBACK")
    connection.close()
    assert (torn / "book.db").read_bytes() != (folder / "book.db").read_bytes()
    book = Book.open(torn)
    assert {file.name for file in torn.iterdir()} == {"book.db", "book.key", "book.lock"}
    assert [line.prospect.name for line in book.prospects()] == ["Ada"]
    book.close()


def test_a_backup_from_which_somebody_was_half_erased_is_written_anew_the_next_time(
    book: Book, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by a kill: their rows were gone, so nobody was found, and what SQLite had left of them
    in unused parts of pages, and in a journal beside it, would have stayed for ever."""
    id_ = book.add_prospect(Prospect("Ada")).result()
    backup = folder.with_name("backup")
    backup.mkdir()
    shutil.copy(folder / "book.db", backup)
    uid = book._writer.write(lambda connection: forget(connection, id_, DAY)).result()
    book.close()
    rewritten: list[object] = []

    def power_fails(_connection: object) -> int:
        raise KeyboardInterrupt

    def rewrites(connection: object) -> int:
        rewritten.append(connection)
        return 1

    store, key = backup / "book.db", key_of(folder)
    monkeypatch.setattr(erasing, "_vacuum", power_fails)
    with pytest.raises(KeyboardInterrupt):
        erase_from(store, key, [uid])
    (backup / "book.db-journal").write_bytes(bytes(512) + b"an old page")
    monkeypatch.setattr(erasing, "_vacuum", rewrites)
    assert erase_from(store, key, [uid]) == 0
    assert len(rewritten) == 1
    assert {file.name for file in backup.iterdir()} == {"book.db"}
    before = contents(backup)
    assert erase_from(store, key, [uid]) == 0
    assert (len(rewritten), contents(backup)) == (1, before)
