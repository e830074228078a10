"""A copy put in the place of the book: whole, and what was there is kept."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.store import key_on_disk, migrations, restoring
from fitcheck.store.backup import Copy, Reason, copies
from fitcheck.store.book import Book
from fitcheck.store.connection import connect
from fitcheck.store.errors import BackupUnusable, FolderNotWritable, NewerStore
from fitcheck.store.vault import Vault
from tests.store.conftest import CHEAP, PASSPHRASE, contents, key_of
from tests.store.test_backups import flip, names

# Each time in a child of its own, killed one step later than the one before.
KILLER = """
    import os, shutil, signal, sys
    from itertools import count
    from pathlib import Path
    from fitcheck.store.backup import copies
    from fitcheck.store.book import Book
    CALLS = {"close", "execute", "fsync", "mkdir", "open", "replace", "unlink", "write"}
    place = Path(sys.argv[1])
    for number in count(1):
        folder = place / str(number)
        shutil.copytree(place / "old", folder)
        child = os.fork()
        if child == 0:
            book = Book.open(folder)
            (copy,) = copies(folder)
            left = number
            def step(frame, event, call):
                global left
                if event == "c_call" and call.__name__ in CALLS:
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
            sys.setprofile(step)
            book.restore(copy)
            sys.setprofile(None)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
"""


@pytest.fixture
def book(empty: Path, place: Path) -> Iterator[Book]:
    """An open book in ``place/old``, with one prospect in its backup and two in itself."""
    shutil.copytree(empty, place / "old")
    book = Book.open(place / "old")
    book.add_prospect(Prospect("before")).result()
    book.backups.make(Reason.DAILY)
    book.add_prospect(Prospect("since")).result()
    yield book
    book.close()


@pytest.fixture
def old(place: Path) -> Path:
    return place / "old"


@pytest.fixture
def copy(book: Book) -> Copy:
    (copy,) = book.backups.all()
    return copy


def kept(folder: Path, reason: Reason) -> Copy:
    (found,) = (copy for copy in copies(folder) if copy.reason is reason)
    return found


def test_the_copy_is_the_book_and_the_book_a_copy(book: Book, copy: Copy, old: Path) -> None:
    book.restore(copy)
    assert names(old) == ["before"]
    assert names(kept(old, Reason.REPLACED).folder) == ["since", "before"]
    assert copy in copies(old), "it can be restored again"
    assert {entry.name for entry in old.iterdir()} == {"book.db", "book.key", "backups"}


def test_and_back_again(book: Book, copy: Copy, old: Path) -> None:
    book.restore(copy)
    again = Book.open(old)
    again.restore(kept(old, Reason.REPLACED))
    assert names(old) == ["since", "before"]


def test_the_passphrase_of_today_stays(book: Book, copy: Copy, old: Path) -> None:
    book.vault._cost = CHEAP
    book.vault.protect(PASSPHRASE)
    book.restore(copy)
    vault = Vault.unlock(old, PASSPHRASE, CHEAP)
    assert vault.protection.protected
    vault.close()


def test_a_damaged_one_is_refused_and_nothing_changes(book: Book, copy: Copy, old: Path) -> None:
    flip(copy.store, 9)
    before = contents(old)
    with pytest.raises(BackupUnusable, match=copy.name):
        book.restore(copy)
    before.pop("book.lock")
    assert contents(old) == before
    assert names(old) == ["since", "before"]


def test_one_that_has_gone_is_refused(book: Book, copy: Copy, old: Path) -> None:
    shutil.rmtree(copy.folder)
    with pytest.raises(BackupUnusable):
        book.restore(copy)
    assert names(old) == ["since", "before"]


def test_one_of_another_book_is_refused(book: Book, copy: Copy, old: Path, tmp_path: Path) -> None:
    Book.open(tmp_path / "another").close()
    shutil.copy(tmp_path / "another" / "book.db", copy.store)
    with pytest.raises(BackupUnusable):
        book.restore(copy)
    assert names(old) == ["since", "before"]


def test_one_of_a_newer_fitcheck_is_refused(book: Book, copy: Copy, old: Path) -> None:
    connection = connect(copy.store, key_of(old))
    connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    connection.close()
    with pytest.raises(NewerStore, match=copy.name):
        book.restore(copy)
    assert names(old) == ["since", "before"]


def test_a_damaged_book_is_kept_as_it_was_found(book: Book, copy: Copy, old: Path) -> None:
    book.vault.engine.dispose()
    flip(old / "book.db", 9)
    data = (old / "book.db").read_bytes()
    book.restore(copy)
    assert names(old) == ["before"]
    assert kept(old, Reason.DAMAGED).store.read_bytes() == data


def test_a_full_disk_changes_nothing(
    book: Book, copy: Copy, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "copy_private", full)
        with pytest.raises(FolderNotWritable, match="No space left"):
            book.restore(copy)
    assert names(old) == ["since", "before"]
    assert not (old / "book.db.restored").exists()


def test_what_a_crash_left_half_written_is_kept_with_its_journal(
    book: Book, old: Path, place: Path
) -> None:
    """The journal must not be played back into the restored book, and it belongs to the old."""
    book.close()
    connection = connect(old / "book.db", key_of(old))
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE prospect SET name = 'half', search = hex(randomblob(90000))")
    torn = place / "torn"
    shutil.copytree(old, torn)
    connection.execute("ROLLBACK")
    connection.close()
    assert (torn / "book.db-journal").exists()
    key = key_of(torn)
    (its,) = copies(torn)
    made = restoring.restore(
        torn, its, key, key_on_disk.read(torn), dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    )
    assert made.kept is not None
    assert (made.kept / "book.db-journal").exists()
    assert not (torn / "book.db-journal").exists()
    assert names(torn) == ["before"]
    # And back again: what the journal holds is played back into the copy of it.
    book = Book.open(torn)
    book.restore(kept(torn, Reason.REPLACED))
    assert names(torn) == ["since", "before"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
def test_killed_at_any_step_it_is_the_one_or_the_other_and_nothing_has_gone(
    place: Path, book: Book
) -> None:
    book.close()
    command = [sys.executable, "-c", textwrap.dedent(KILLER), str(place)]
    subprocess.run(command, check=True, timeout=300)
    images = sorted((p for p in place.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert len(images) > 40
    restored = []
    seen = set()
    for image in images:
        state = frozenset((Path(name).name, data) for name, (data, _) in contents(image).items())
        if state in seen:
            continue
        seen.add(state)
        has = names(image)
        assert has in (["since", "before"], ["before"])
        restored.append(has == ["before"])
        inside = {tuple(names(copy.folder)) for copy in copies(image)}
        assert ("before",) in inside
        if restored[-1]:
            assert ("since", "before") in inside, "the old one is kept before it is replaced"
    assert restored == sorted(restored), "it changes at one moment"
    assert set(restored) == {True, False}
