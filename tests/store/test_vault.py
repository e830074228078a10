"""Opening: what is made, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.errors import FitCheckError
from fitcheck.store import key_on_disk, migrations, opening
from fitcheck.store.book import Book
from fitcheck.store.connection import cipher_version, connect
from fitcheck.store.engine import writing
from fitcheck.store.errors import (
    DiskRefused,
    FolderNotWritable,
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    NewerStore,
    StoreError,
    StoreMissing,
    WrongKeyOrDamaged,
)
from tests.store.conftest import contents, key_of

posix = os.name == "posix"


@pytest.fixture
def kept(book: Book, folder: Path) -> Path:
    """The folder of a book with a prospect in it, closed."""
    book.add_prospect(Prospect("Canary")).result()
    book.close()
    return folder


@pytest.fixture
def other_key(tmp_path: Path) -> Path:
    """A good key, to some other book."""
    (tmp_path / "other").mkdir()
    key_on_disk.find_or_make(tmp_path / "other")
    return tmp_path / "other" / "book.key"


def refused(folder: Path, capfd: pytest.CaptureFixture[str], error: type[StoreError]) -> str:
    """The text of the error with which opening ``folder`` is refused, changing nothing."""
    before = contents(folder)
    with pytest.raises(error) as caught:
        Book.open(folder)
    assert contents(folder) == before
    output = capfd.readouterr()
    assert (output.out, output.err) == ("", ""), "SQLCipher's log is none of the user's business"
    text = str(caught.value)
    assert str(folder) in text
    assert isinstance(caught.value, FitCheckError)
    return text


def raw(folder: Path) -> Any:
    """A driver's connection to the book, keyed."""
    return connect(folder / "book.db", key_of(folder), 1.0)


def with_hot_journal(kept: Path, copy: Path) -> Path:
    """A copy of the book as a power cut leaves it: half of a transaction, and its journal."""
    connection = raw(kept)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {migrations.VERSION}")  # takes page one along
    connection.execute("UPDATE prospect SET name = 'half', search = 'half'")
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
        "INSERT INTO preference SELECT 'half' || i, hex(randomblob(200)) FROM n"
    )
    shutil.copytree(kept, copy)
    connection.execute("ROLLBACK")
    connection.close()
    journal = (copy / "book.db-journal").read_bytes()
    assert journal[:8] == bytes.fromhex("d9d505f920a163d7"), "the journal is synced, so it is hot"
    assert (copy / "book.db").read_bytes() != (kept / "book.db").read_bytes()
    return copy


class TestMaking:
    def test_a_book_is_two_files(self, kept: Path) -> None:
        assert {file.name for file in kept.iterdir()} == {"book.db", "book.key"}

    def test_parents_are_made(self, tmp_path: Path) -> None:
        Book.open(tmp_path / "a" / "b").close()
        assert (tmp_path / "a" / "b" / "book.db").is_file()

    def test_a_relative_folder_stays_where_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        book = Book.open(Path("data"))
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        monkeypatch.chdir(elsewhere)
        book.add_prospect(Prospect("a")).result()
        book.close()
        assert list(elsewhere.iterdir()) == []

    @pytest.mark.parametrize("name", ["Bücher und “mehr”", "a?b=c#d%41", "-x"])
    def test_folders_may_have_any_name(self, tmp_path: Path, name: str) -> None:
        for _ in range(2):
            Book.open(tmp_path / name).close()
        assert {file.name for file in (tmp_path / name).iterdir()} == {"book.db", "book.key"}

    @pytest.mark.parametrize("mask", [0o000, 0o077])
    def test_only_the_owner_may_look(self, folder: Path, mask: int) -> None:
        old = os.umask(mask)
        try:
            book = Book.open(folder)
            with writing(book._engine).begin() as connection:
                connection.exec_driver_sql("DELETE FROM preference")
                connection.exec_driver_sql("INSERT INTO preference VALUES ('a', '1')")
                files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
            book.close()
        finally:
            os.umask(old)
        if posix:
            assert files == {
                "book.db": 0o600,
                "book.key": 0o600,
                "book.db-journal": 0o600,
                "book.lock": 0o600,
            }
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_the_key_is_random_versioned_and_says_that_it_is_open(self, tmp_path: Path) -> None:
        written = []
        for name in ("a", "b"):
            Book.open(tmp_path / name).close()
            written.append(json.loads((tmp_path / name / "book.key").read_text()))
        for name in ("data_key", "book", "check"):
            assert written[0].pop(name) != written[1].pop(name)
        assert written[0] == {"format": "fitcheck-key", "version": 1, "protection": "none"}

    def test_settings_of_every_connection(self, book: Book) -> None:
        with book._engine.connect() as one, book._engine.connect() as two:
            for connection in (one, two):

                def pragma(name: str, connection: Any = connection) -> Any:
                    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

                assert pragma("journal_mode") == "delete"
                assert pragma("synchronous") == 3
                assert pragma("foreign_keys") == 1
                assert pragma("secure_delete") == 1
                assert pragma("recursive_triggers") == 1
                assert pragma("temp_store") == 2
                assert pragma("cipher_page_size") == "4096"
                assert pragma("application_id") == opening.APPLICATION_ID
                assert pragma("user_version") == migrations.VERSION

    def test_what_a_crash_while_making_leaves_is_no_obstacle(self, kept: Path) -> None:
        key = (kept / "book.key").read_bytes()
        (kept / "book.db").rename(kept / "book.db.new")
        (kept / "book.db.new-journal").write_bytes(b"left over")
        (kept / "book.key.new").write_bytes(b"left over")
        book = Book.open(kept)
        assert book.prospects() == ()
        book.close()
        assert (kept / "book.key").read_bytes() == key, "a key is never replaced"
        (kept / "book.db").unlink()
        (kept / "book.key").unlink()
        Book.open(kept).close()
        assert {file.name for file in kept.iterdir()} == {"book.db", "book.key"}

    def test_no_room_to_make_one(self, folder: Path) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
        try:
            with pytest.raises(DiskRefused, match=str(folder)):
                Book.open(folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert not (folder / "book.db").exists(), "there is no half of a book"
        key = (folder / "book.key").read_bytes()
        Book.open(folder).close()
        assert {file.name for file in folder.iterdir()} == {"book.db", "book.key"}
        assert (folder / "book.key").read_bytes() == key


class TestRefusals:
    Capture = pytest.CaptureFixture[str]

    def test_a_missing_key_is_never_made_anew(self, kept: Path, capfd: Capture) -> None:
        (kept / "book.key").unlink()
        assert "left as it is" in refused(kept, capfd, KeyMissing)

    @pytest.mark.parametrize(
        "damage",
        [
            b"",
            b"\x00\xff",
            b"[" * 100_000,
            b"[]",
            b"null",
            b"{}",
            b'{"format": "something else"}',
            b'{"format": "fitcheck-key", "version": "one"}',
            b'{"format": "fitcheck-key", "version": 1}',
            b'{"format": "fitcheck-key", "version": 1, "data_key": 5}',
            b'{"format": "fitcheck-key", "version": 1, "data_key": "xyz"}',
            b'{"format": "fitcheck-key", "version": 1, "data_key": "00"}',
        ],
    )
    @pytest.mark.parametrize("without_book", [False, True])
    def test_a_damaged_key(
        self, kept: Path, capfd: Capture, damage: bytes, without_book: bool
    ) -> None:
        (kept / "book.key").write_bytes(damage)
        if without_book:
            (kept / "book.db").unlink()
        assert "Nothing was changed" in refused(kept, capfd, KeyDamaged)

    def test_a_key_that_cannot_be_read(self, kept: Path, capfd: Capture) -> None:
        (kept / "book.key").unlink()
        (kept / "book.key").mkdir()
        refused(kept, capfd, DiskRefused)

    def test_a_newer_key(self, kept: Path, capfd: Capture) -> None:
        (kept / "book.key").write_text('{"format": "fitcheck-key", "version": 2}')
        assert "newer" in refused(kept, capfd, NewerStore)

    def test_a_wrong_key(self, kept: Path, other_key: Path, capfd: Capture) -> None:
        shutil.copy(other_key, kept)
        assert "book.key belongs to another book" in refused(kept, capfd, WrongKeyOrDamaged)

    def test_a_wrong_key_to_an_interrupted_write(
        self, kept: Path, other_key: Path, tmp_path: Path, capfd: Capture
    ) -> None:
        torn = with_hot_journal(kept, tmp_path / "torn")
        shutil.copy(other_key, torn)
        refused(torn, capfd, WrongKeyOrDamaged)
        shutil.copy(kept / "book.key", torn)
        book = Book.open(torn)
        assert [line.prospect.name for line in book.prospects()] == ["Canary"]
        book.close()
        assert {file.name for file in torn.iterdir()} == {"book.db", "book.key"}

    def test_a_torn_first_page_is_mended_from_the_journal(self, kept: Path, tmp_path: Path) -> None:
        torn = with_hot_journal(kept, tmp_path / "torn")
        with (torn / "book.db").open("r+b") as file:
            file.seek(512)
            file.write(os.urandom(2048))
        book = Book.open(torn)
        assert [line.prospect.name for line in book.prospects()] == ["Canary"]
        book.close()

    @pytest.mark.parametrize(
        "damage",
        [
            lambda _book: b"",
            lambda book: book[:1000],
            lambda book: b"%PDF-1.7\n" + book[9:],
            lambda book: os.urandom(len(book)),
            lambda book: book[:700] + bytes([book[700] ^ 1]) + book[701:],
        ],
        ids=["empty", "cut", "other header", "noise", "one bit"],
    )
    def test_a_damaged_book(
        self, kept: Path, capfd: Capture, damage: Callable[[bytes], bytes]
    ) -> None:
        store = kept / "book.db"
        store.write_bytes(damage(store.read_bytes()))
        refused(kept, capfd, WrongKeyOrDamaged)

    def test_damage_that_is_met_later(self, kept: Path, capfd: Capture) -> None:
        store = kept / "book.db"
        connection = raw(kept)
        # All but the schema's own pages, which are read when the book is opened.
        roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")
        pages = [page for (page,) in roots.fetchall()]
        connection.close()
        data = bytearray(store.read_bytes())
        for page in pages:
            data[4096 * (page - 1) + 100] ^= 1
        store.write_bytes(data)
        book = Book.open(kept)
        with pytest.raises(WrongKeyOrDamaged):
            book.prospects()
        assert isinstance(book.add_prospect(Prospect("a")).exception(), WrongKeyOrDamaged)
        book.close()
        assert store.read_bytes() == data
        assert capfd.readouterr().err == ""

    def test_a_newer_book(self, kept: Path, capfd: Capture) -> None:
        connection = raw(kept)
        connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
        connection.close()
        assert "newer" in refused(kept, capfd, NewerStore)

    @pytest.mark.parametrize("keyed", [False, True])
    def test_a_foreign_plain_database(self, folder: Path, capfd: Capture, keyed: bool) -> None:
        folder.mkdir()
        if keyed:
            key_on_disk.find_or_make(folder)
        connection = sqlite3.connect(folder / "book.db")
        connection.execute("CREATE TABLE theirs (a)")
        connection.close()
        refused(folder, capfd, ForeignFile if keyed else KeyMissing)

    def test_a_foreign_book_under_our_key(self, kept: Path, capfd: Capture) -> None:
        connection = raw(kept)
        connection.execute("PRAGMA application_id = 1")
        connection.close()
        refused(kept, capfd, ForeignFile)

    def test_a_book_that_is_a_folder(self, kept: Path, capfd: Capture) -> None:
        (kept / "book.db").unlink()
        (kept / "book.db").mkdir()
        refused(kept, capfd, DiskRefused)

    def test_a_book_that_went_without_its_journal(
        self, kept: Path, tmp_path: Path, capfd: Capture
    ) -> None:
        torn = with_hot_journal(kept, tmp_path / "torn")
        (torn / "book.db").unlink()
        refused(torn, capfd, StoreMissing)

    def test_a_file_in_the_folder_s_place(self, tmp_path: Path, capfd: Capture) -> None:
        (tmp_path / "file").write_text("mine")
        for folder in (tmp_path / "file", tmp_path / "file" / "below"):
            with pytest.raises(FolderNotWritable, match=str(folder)):
                Book.open(folder)
        assert contents(tmp_path)["file"][0] == b"mine"
        assert capfd.readouterr().err == ""

    @pytest.mark.parametrize("locked", ["folder", "book.db", "book.key", "empty folder"])
    def test_what_may_not_be_written(self, locked: str) -> None:
        """In a child that gives up root's rights, which no permission holds back."""
        child = """
            import os, sys
            from pathlib import Path
            from fitcheck.store.book import Book
            from fitcheck.store.errors import FolderNotWritable
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            try:
                Book.open(Path(sys.argv[1]))
            except FolderNotWritable as error:
                print(error)
        """
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "data"
            if locked == "empty folder":
                folder.mkdir()
            else:
                Book.open(folder).close()
            if os.geteuid() == 0:
                for path in (Path(place), folder, *folder.iterdir()):
                    os.chown(path, 65534, 65534)
            target = folder / locked if locked.startswith("book") else folder
            mode = target.stat().st_mode
            target.chmod(0o500 if target.is_dir() else 0o400)
            before = contents(folder)
            result = subprocess.run(
                [sys.executable, "-c", textwrap.dedent(child), str(folder)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert (result.returncode, result.stderr) == (0, "")
            assert "Permission denied" in result.stdout
            assert contents(folder) == before
            target.chmod(mode)


def test_no_error_names_the_key(kept: Path, other_key: Path) -> None:
    key = key_of(other_key.parent).reveal().hex()
    shutil.copy(other_key, kept)
    with pytest.raises(WrongKeyOrDamaged) as caught:
        Book.open(kept)
    error: BaseException | None = caught.value
    while error is not None:
        assert key not in repr(error)
        error = error.__cause__ or error.__context__


def test_the_version_of_the_cipher_is_told() -> None:
    assert re.fullmatch(r"4(\.\d+)+", cipher_version())
