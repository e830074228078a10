"""A protected book: every way in, what each refusal says, and what lies on the disk."""

from __future__ import annotations

import datetime as dt
import gc
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import types
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from fitcheck.access import Access, State
from fitcheck.domain.assessment import Prospect
from fitcheck.errors import InvalidInput
from fitcheck.services import FitCheck
from fitcheck.settings import Preferences
from fitcheck.store import backup, key_file, key_on_disk
from fitcheck.store.book import DRAFTS, Book
from fitcheck.store.connection import connect
from fitcheck.store.errors import (
    AlreadyOpen,
    FolderNotWritable,
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    MistypedRecoveryKey,
    NewerStore,
    NoKeyring,
    PassphraseNeeded,
    PassphraseTooShort,
    StoreError,
    StoreMissing,
    WrongKeyOrDamaged,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.migrations import VERSION
from fitcheck.store.system_keyring import SystemKeyring
from fitcheck.store.vault import Protection, Vault
from tests.store.conftest import CHEAP, FakeKeyring, contents

PASSPHRASE = "correct horse battery"


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def access(folder: Path, keyring: FakeKeyring) -> Access:
    return Access(folder, keyring, cost=CHEAP)


@pytest.fixture
def recovery(empty: Path, folder: Path, access: Access) -> str:
    """The recovery key of a closed, protected book with a prospect in it."""
    shutil.copytree(empty, folder)
    fitcheck = access.open()
    fitcheck.add_prospect(Prospect("Canary"))
    text = fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    return text


def names(fitcheck: FitCheck | None) -> list[str]:
    """The prospects of a book, which is closed."""
    assert fitcheck is not None
    found = [line.prospect.name for line in fitcheck.prospects()]
    fitcheck.close()
    return found


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passphrases of which a key is derived from now on."""
    derived: list[str] = []
    derive = key_file._derive

    def counting(passphrase: str, *rest: Any) -> bytes:
        derived.append(passphrase)
        return derive(passphrase, *rest)

    monkeypatch.setattr(key_file, "_derive", counting)
    return derived


class TestWaysIn:
    def test_the_state_of_a_folder(self, folder: Path, access: Access) -> None:
        states = [access.state]
        assert not folder.exists(), "asking leaves no trace"
        fitcheck = access.open()
        states.append(access.state)
        assert fitcheck.protection == Protection(protected=False, keyring=False)
        fitcheck.protect(PASSPHRASE)
        assert fitcheck.protection == Protection(protected=True, keyring=False)
        fitcheck.close()
        states.append(access.state)
        assert states == [State.NEW, State.UNPROTECTED, State.PROTECTED]
        for name in ("book.db", "book.key"):
            other = folder.parent / name
            other.mkdir()
            shutil.copy(folder / name, other)
        assert Access(folder.parent / "book.db").state is State.UNPROTECTED, "open() says why not"
        assert Access(folder.parent / "book.key").state is State.PROTECTED

    def test_the_passphrase(self, access: Access, recovery: str) -> None:
        assert names(access.unlock(PASSPHRASE)) == ["Canary"]

    def test_the_recovery_key(self, access: Access, recovery: str) -> None:
        assert names(access.recover(recovery.lower().replace("-", " "))) == ["Canary"]

    def test_the_keyring(self, access: Access, recovery: str, keyring: FakeKeyring) -> None:
        assert access.unlock_by_keyring() is None
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.remember_in_keyring()
        assert fitcheck.protection == Protection(protected=True, keyring=True)
        fitcheck.close()
        assert names(access.unlock_by_keyring()) == ["Canary"]
        assert names(access.unlock(PASSPHRASE)) == ["Canary"]
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.forget_keyring()
        assert fitcheck.protection == Protection(protected=True, keyring=False)
        fitcheck.close()
        assert keyring.kept == {}
        assert access.unlock_by_keyring() is None

    def test_an_unprotected_book_has_no_use_for_the_keyring(
        self, folder: Path, access: Access
    ) -> None:
        assert access.unlock_by_keyring() is None
        assert not folder.exists()
        fitcheck = access.open()
        with pytest.raises(RuntimeError):
            fitcheck.remember_in_keyring()
        with pytest.raises(RuntimeError):
            fitcheck.new_recovery_key()
        fitcheck.close()
        assert access.unlock_by_keyring() is None
        assert names(access.unlock("whatever it may be")) == []
        fitcheck = access.recover(key_file.recovery_text(bytes(20)))
        with pytest.raises(RuntimeError):
            fitcheck.set_passphrase_after_recovery(PASSPHRASE)
        fitcheck.close()

    def test_without_a_way_in(self, folder: Path, access: Access, recovery: str) -> None:
        before = contents(folder)
        with pytest.raises(PassphraseNeeded, match=str(folder)):
            access.open()
        with pytest.raises(PassphraseNeeded):
            Book.open(folder)
        assert contents(folder) == before


class TestAfterTheKeyringVanished:
    @pytest.mark.parametrize(
        "vanish",
        [
            lambda keyring: keyring.kept.clear(),
            lambda keyring: setattr(keyring, "works", False),
            lambda keyring: keyring.kept.update(dict.fromkeys(keyring.kept, "not ours")),
            lambda keyring: keyring.kept.update(dict.fromkeys(keyring.kept, "00" * 32)),
            lambda keyring: keyring.kept.update(dict.fromkeys(keyring.kept, "00")),
        ],
        ids=["emptied", "unreachable", "no secret", "another secret", "a short secret"],
    )
    def test_the_other_ways_are_open(
        self,
        folder: Path,
        access: Access,
        recovery: str,
        keyring: FakeKeyring,
        vanish: Callable[[FakeKeyring], None],
    ) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.remember_in_keyring()
        fitcheck.close()
        vanish(keyring)
        before = contents(folder)
        assert access.unlock_by_keyring() is None
        assert contents(folder) == before
        assert names(access.unlock(PASSPHRASE)) == ["Canary"]
        fitcheck = access.recover(recovery)
        fitcheck.set_passphrase_after_recovery("a new passphrase")
        fitcheck.forget_keyring()
        fitcheck.close()
        assert names(access.unlock("a new passphrase")) == ["Canary"]

    def test_one_that_refuses_is_told(
        self, access: Access, recovery: str, keyring: FakeKeyring
    ) -> None:
        keyring.works = False
        fitcheck = access.unlock(PASSPHRASE)
        with pytest.raises(NoKeyring):
            fitcheck.remember_in_keyring()
        assert fitcheck.protection == Protection(protected=True, keyring=False)
        fitcheck.close()

    @pytest.mark.parametrize("backend", ["missing", "fails", "null", "works"])
    def test_the_system_s_own(self, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
        module = types.ModuleType("keyring")
        kept: dict[tuple[str, str], str] = {}

        def refuse(*_arguments: str) -> None:
            raise OSError("no bus")

        def put(service: str, book: str, secret: str) -> None:
            if backend == "works":
                kept[service, book] = secret

        for name, works in {
            "get_password": lambda *key: kept.get(key),
            "set_password": put,
            "delete_password": lambda *key: kept.pop(key),
        }.items():
            setattr(module, name, refuse if backend == "fails" else works)
        priorities = {"fails": 0.0, "null": -1.0, "works": 5.0}
        chosen = types.SimpleNamespace(priority=priorities.get(backend))
        monkeypatch.setattr(module, "get_keyring", lambda: chosen, raising=False)
        monkeypatch.setitem(sys.modules, "keyring", None if backend == "missing" else module)
        keyring = SystemKeyring()
        assert keyring.there() == (backend == "works")
        assert keyring.get("book") is None
        assert keyring.set("book", "secret") == (backend == "works")
        assert keyring.get("book") == ("secret" if backend == "works" else None)
        for _ in range(2):
            keyring.delete("book")
        assert keyring.get("book") is None


class TestRefusals:
    """Each told apart, each with nothing changed."""

    @pytest.fixture
    def refused(
        self, folder: Path, access: Access, recovery: str, capfd: pytest.CaptureFixture[str]
    ) -> Callable[[type[StoreError], Callable[[], object]], str]:
        def check(error: type[StoreError], attempt: Callable[[], object]) -> str:
            before = contents(folder)
            with pytest.raises(StoreError) as caught:
                attempt()
            assert type(caught.value) is error
            assert contents(folder) == before
            assert capfd.readouterr() == ("", "")
            chain: BaseException | None = caught.value
            while chain is not None:
                for secret in (PASSPHRASE, recovery, "wrong passphrase"):
                    assert secret not in repr(chain)
                chain = chain.__cause__ or chain.__context__
            return str(caught.value)

        return check

    Refused = Callable[[type[StoreError], Callable[[], object]], str]

    def test_a_wrong_passphrase(self, access: Access, refused: Refused) -> None:
        text = refused(WrongPassphrase, lambda: access.unlock("wrong passphrase"))
        assert "Nothing was changed" in text
        assert "recovery key" in text
        assert names(access.unlock(PASSPHRASE)) == ["Canary"], "and the next try may be right"

    def test_a_wrong_passphrase_to_a_damaged_book(
        self, folder: Path, access: Access, refused: Refused
    ) -> None:
        (folder / "book.db").write_bytes(os.urandom(8192))
        refused(WrongPassphrase, lambda: access.unlock("wrong passphrase"))

    @pytest.mark.parametrize("way", ["passphrase", "recovery key", "keyring"])
    @pytest.mark.parametrize("amiss", ["one bit", "noise", "empty", "another book"])
    def test_what_was_typed_is_right_but_the_book_is_damaged(
        self,
        folder: Path,
        access: Access,
        recovery: str,
        refused: Refused,
        tmp_path: Path,
        way: str,
        amiss: str,
    ) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.remember_in_keyring()
        fitcheck.close()
        store = folder / "book.db"
        data = bytearray(store.read_bytes())
        data[700] ^= 1
        Book.open(tmp_path / "other").close()
        store.write_bytes(
            {
                "one bit": bytes(data),
                "noise": os.urandom(len(data)),
                "empty": b"",
                "another book": (tmp_path / "other" / "book.db").read_bytes(),
            }[amiss]
        )
        ways: dict[str, Callable[[], object]] = {
            "passphrase": lambda: access.unlock(PASSPHRASE),
            "recovery key": lambda: access.recover(recovery),
            "keyring": access.unlock_by_keyring,
        }
        text = refused(WrongKeyOrDamaged, ways[way])
        assert "What you typed is right" in text
        assert str(store) in text

    def test_another_book_s_recovery_key(self, access: Access, refused: Refused) -> None:
        other = key_file.recovery_text(secrets.token_bytes(20))
        assert "isn't the one of this book" in refused(
            WrongRecoveryKey, lambda: access.recover(other)
        )

    def test_a_mistyped_recovery_key(self, access: Access, recovery: str, refused: Refused) -> None:
        slip = ("1" if recovery[0] == "0" else "0") + recovery[1:]
        for typed in (slip, recovery[:-1], "", PASSPHRASE):
            text = refused(MistypedRecoveryKey, lambda typed=typed: access.recover(typed))  # type: ignore[misc]
            assert "nine groups of four" in text

    def test_a_newer_book(self, folder: Path, access: Access, refused: Refused) -> None:
        vault = Vault.unlock(folder, PASSPHRASE)
        connection = connect(folder / "book.db", vault._data_key)
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.close()
        vault.close()
        assert "newer" in refused(NewerStore, lambda: access.unlock(PASSPHRASE))

    def test_a_foreign_file(self, folder: Path, access: Access, refused: Refused) -> None:
        (folder / "book.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
        refused(ForeignFile, lambda: access.unlock(PASSPHRASE))

    def test_a_missing_key(self, folder: Path, access: Access, refused: Refused) -> None:
        (folder / "book.key").unlink()
        refused(KeyMissing, lambda: access.unlock(PASSPHRASE))
        refused(KeyMissing, access.open)

    def test_a_damaged_key(self, folder: Path, access: Access, refused: Refused) -> None:
        key = folder / "book.key"
        key.write_text(key.read_text().replace("argon2id", "argon2ie"))
        refused(KeyDamaged, lambda: access.unlock(PASSPHRASE))
        assert access.state is State.UNPROTECTED
        refused(KeyDamaged, access.open)

    def test_a_book_that_has_gone(self, folder: Path, access: Access, refused: Refused) -> None:
        (folder / "book.db").unlink()
        text = refused(StoreMissing, lambda: access.unlock(PASSPHRASE))
        assert "no new book was begun" in text
        assert "move book.key away" in text

    def test_a_folder_that_cannot_be_written(
        self, access: Access, refused: Refused, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Refused by the system itself: test_vault.py, in a child without root's rights."""

        def refuse(*_arguments: object, **_more: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
        refused(FolderNotWritable, lambda: access.unlock(PASSPHRASE))

    def test_a_second_instance(self, folder: Path, access: Access, recovery: str) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        before = contents(folder)
        attempts: list[Callable[[], object]] = [
            lambda: access.unlock(PASSPHRASE),
            lambda: access.unlock("wrong passphrase"),
            access.open,
        ]
        for attempt in attempts:
            with pytest.raises(AlreadyOpen, match=str(folder)):
                attempt()
        assert contents(folder) == before
        assert names(fitcheck) == ["Canary"]
        assert names(access.unlock(PASSPHRASE)) == ["Canary"]

    def test_damage_met_while_opening_lets_go_of_the_book(
        self, folder: Path, access: Access, recovery: str
    ) -> None:
        store = folder / "book.db"
        data = bytearray(store.read_bytes())
        for page in range(1, len(data) // 4096):
            data[4096 * page + 100] ^= 1
        store.write_bytes(data)
        for _ in range(2):
            with pytest.raises(WrongKeyOrDamaged):
                access.unlock(PASSPHRASE)


class TestChanging:
    def test_the_passphrase_without_touching_the_book(
        self, folder: Path, access: Access, recovery: str
    ) -> None:
        before = (folder / "book.db").read_bytes(), (folder / "book.db").stat().st_mtime_ns
        fitcheck = access.unlock(PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            fitcheck.change_passphrase("wrong passphrase", "a new passphrase")
        fitcheck.change_passphrase(PASSPHRASE, "a new passphrase")
        fitcheck.close()
        after = (folder / "book.db").read_bytes(), (folder / "book.db").stat().st_mtime_ns
        assert after == before
        with pytest.raises(WrongPassphrase):
            access.unlock(PASSPHRASE)
        assert names(access.unlock("a new passphrase")) == ["Canary"]
        assert names(access.recover(recovery)) == ["Canary"]

    def test_a_short_passphrase_is_refused_everywhere(
        self, folder: Path, access: Access, recovery: str
    ) -> None:
        before = contents(folder)
        fitcheck = access.recover(recovery)
        attempts: list[Callable[[], None]] = [
            lambda: fitcheck.change_passphrase(PASSPHRASE, "1234567"),
            lambda: fitcheck.set_passphrase_after_recovery("u\u0308" * 7),
        ]
        for attempt in attempts:
            with pytest.raises(PassphraseTooShort, match=r"at least 8 characters; this has 7") as e:
                attempt()
            assert isinstance(e.value, InvalidInput)
        fitcheck.close()
        assert contents(folder) == before
        fitcheck = access.recover(recovery)
        fitcheck.set_passphrase_after_recovery("12345678")
        fitcheck.close()

    def test_an_unprotected_book_needs_a_long_one_too(self, folder: Path, access: Access) -> None:
        fitcheck = access.open()
        with pytest.raises(PassphraseTooShort):
            fitcheck.protect("1234567")
        assert not fitcheck.protection.protected
        fitcheck.protect("12345678")
        with pytest.raises(RuntimeError, match="change the passphrase"):
            fitcheck.protect("12345678")
        fitcheck.close()

    def test_a_new_passphrase_without_the_old_one_only_after_recovery_and_once(
        self, access: Access, recovery: str
    ) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        with pytest.raises(RuntimeError):
            fitcheck.set_passphrase_after_recovery("a new passphrase")
        fitcheck.close()
        fitcheck = access.recover(recovery)
        fitcheck.set_passphrase_after_recovery("a new passphrase")
        with pytest.raises(RuntimeError):
            fitcheck.set_passphrase_after_recovery("a newer passphrase")
        fitcheck.close()
        assert names(access.unlock("a new passphrase")) == ["Canary"]
        assert names(access.recover(recovery)) == ["Canary"], "the printed page stays good"

    def test_the_recovery_key(self, access: Access, recovery: str) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        new = fitcheck.new_recovery_key()
        fitcheck.close()
        with pytest.raises(WrongRecoveryKey):
            access.recover(recovery)
        assert names(access.recover(new)) == ["Canary"]

    @pytest.mark.parametrize("call", ["fsync", "replace"])
    def test_a_key_file_that_could_not_be_written_is_the_old_one(
        self,
        folder: Path,
        access: Access,
        recovery: str,
        monkeypatch: pytest.MonkeyPatch,
        call: str,
    ) -> None:
        def fail(*_arguments: object) -> None:
            raise OSError(28, "No space left on device")

        old = (folder / "book.key").read_bytes()
        fitcheck = access.unlock(PASSPHRASE)
        with monkeypatch.context() as patch:
            patch.setattr(os if call == "fsync" else Path, call, fail)
            with pytest.raises(FolderNotWritable, match="No space left"):
                fitcheck.change_passphrase(PASSPHRASE, "a new passphrase")
        assert (folder / "book.key").read_bytes() == old
        fitcheck.change_passphrase(PASSPHRASE, "a new passphrase")
        fitcheck.close()
        assert names(access.unlock("a new passphrase")) == ["Canary"]

    def test_permissions_are_kept(self, folder: Path, access: Access, recovery: str) -> None:
        old = os.umask(0)
        try:
            fitcheck = access.unlock(PASSPHRASE)
            fitcheck.change_passphrase(PASSPHRASE, "a new passphrase")
            fitcheck.close()
        finally:
            os.umask(old)
        if os.name == "posix":
            assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
        assert {file.name for file in folder.iterdir()} == {"book.db", "book.key"}

    def test_backups_follow(self, folder: Path, access: Access) -> None:
        """Or the key would lie open in them after the book has been protected."""
        access.open().close()
        copy = folder / "backups" / "one"
        copy.mkdir(parents=True)
        shutil.copy(folder / "book.key", copy)
        other = folder / "backups" / "another book's"
        other.mkdir()
        key_on_disk.find_or_make(other)
        (folder / "backups" / "damaged").mkdir()
        (folder / "backups" / "damaged" / "book.key").write_bytes(b"{}")
        fitcheck = access.open()
        data_key = fitcheck._book.vault._data_key.reveal()
        assert data_key.hex() in (copy / "book.key").read_text()
        theirs = contents(other)
        fitcheck.protect(PASSPHRASE)
        assert (copy / "book.key").read_bytes() == (folder / "book.key").read_bytes()
        # What could not be written then, or what was put back since, is done when it is opened.
        (copy / "book.key").write_bytes(
            key_file.KeyFile(key_on_disk.read(folder).book, open_key=data_key).to_bytes()
        )
        fitcheck.close()
        access.unlock(PASSPHRASE).close()
        assert (copy / "book.key").read_bytes() == (folder / "book.key").read_bytes()
        assert contents(other) == theirs


class TestDerivations:
    def test_one_opens_the_book_for_every_thread(
        self, access: Access, recovery: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        derived = counted(monkeypatch)
        fitcheck = access.unlock(PASSPHRASE)
        barrier = threading.Barrier(5)
        found: list[int] = []

        def read() -> None:
            with fitcheck._book._engine.connect() as connection:
                barrier.wait()  # five connections at once
                connection.exec_driver_sql("SELECT count(*) FROM prospect").scalar()
            for _ in range(5):
                found.append(len(fitcheck.prospects()))

        threads = [threading.Thread(target=read) for _ in range(5)]
        for thread in threads:
            thread.start()
        fitcheck.add_prospect(Prospect("b"))
        for thread in threads:
            thread.join()
        fitcheck.close()
        assert len(found) == 25
        assert derived == [PASSPHRASE]

    def test_what_else_derives(
        self, access: Access, recovery: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        derived = counted(monkeypatch)
        fitcheck = access.recover(recovery)
        fitcheck.remember_in_keyring()
        fitcheck.new_recovery_key()
        fitcheck.close()
        names(access.unlock_by_keyring())
        assert derived == []
        fitcheck = access.unlock(PASSPHRASE)
        fitcheck.change_passphrase(PASSPHRASE, "a new passphrase")
        fitcheck.close()
        assert derived == [PASSPHRASE, PASSPHRASE, "a new passphrase"]

    def test_the_chosen_cost_is_what_a_book_is_protected_by(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = []

        def no_derivation(_passphrase: str, _salt: bytes, cost: key_file.Cost) -> bytes:
            seen.append(cost)
            return bytes(32)

        monkeypatch.setattr(key_file, "_derive", no_derivation)
        fitcheck = FitCheck.open(folder)
        fitcheck.protect(PASSPHRASE)
        fitcheck.close()
        assert seen == [key_file.Cost(3, 256 << 20)]


class TestDropped:
    def reachable(self, start: object) -> Iterator[object]:
        """Every object that hangs on ``start``; not what merely belongs to the program."""
        seen, waiting = {id(start)}, [start]
        globals_ = {id(getattr(module, "__dict__", None)) for module in [*sys.modules.values()]}
        while waiting:
            yield (found := waiting.pop())
            for next_ in gc.get_referents(found):
                if id(next_) in seen | globals_ or isinstance(next_, type | types.ModuleType):
                    continue
                seen.add(id(next_))
                waiting.append(next_)

    def holding(self, start: object, key: bytes) -> list[object]:
        return [
            found
            for found in self.reachable(start)
            if (isinstance(found, bytes | bytearray) and key in found)
            or (isinstance(found, str) and key.hex() in found)
        ]

    def test_the_data_key_goes_when_the_book_is_closed(self, access: Access, recovery: str) -> None:
        fitcheck = access.unlock(PASSPHRASE)
        vault = fitcheck._book.vault
        key, engine = vault._data_key.reveal(), vault.engine
        assert self.holding(fitcheck, key), "the search finds it while it is there"
        assert self.holding(engine, key)
        fitcheck.close()
        assert self.holding(fitcheck, key) == []
        assert all(found is not engine.pool for found in self.reachable(fitcheck))
        assert self.holding(engine, key) == [], "even for whoever kept the engine"
        with pytest.raises(RuntimeError, match="closed"):
            engine.connect()
        for attempt in (
            fitcheck.prospects,
            fitcheck.new_recovery_key,
            lambda: fitcheck.protection,
            lambda: fitcheck.change_passphrase(PASSPHRASE, "a new passphrase"),
        ):
            with pytest.raises(RuntimeError, match="closed"):
                attempt()
        fitcheck.close()

    def test_so_does_an_open_one(self, folder: Path, access: Access) -> None:
        fitcheck = access.open()
        key = fitcheck._book.vault._data_key.reveal()
        assert self.holding(fitcheck, key)
        fitcheck.close()
        assert self.holding(fitcheck, key) == []


class TestDrafts:
    def test_unsaved_typing_is_given_back_once(self, access: Access, recovery: str) -> None:
        drafts = {"note/ease": "half a sen", "quote/ease": "“we al\ud83d", "": "ü\x00"}
        fitcheck = access.unlock(PASSPHRASE)
        assert fitcheck.take_drafts() == {}
        fitcheck.save_drafts({"older": "text"})
        fitcheck.save_drafts(drafts)
        fitcheck.close()
        fitcheck = access.unlock(PASSPHRASE)
        assert fitcheck.preferences == Preferences()
        fitcheck.save_preferences(Preferences(show_totals=True))
        assert fitcheck.take_drafts() == {**drafts, "quote/ease": "“we al\ufffd"}
        assert fitcheck.take_drafts() == {}
        fitcheck.save_drafts(drafts)
        fitcheck.save_drafts({})
        assert fitcheck.take_drafts() == {}
        fitcheck.close()
        assert DRAFTS not in {field.name for field in fields(Preferences)}


# Works in a protected book, over and over, with the canary in every place, and says where it is.
CHILD = f"""
    import sys
    from pathlib import Path
    from nacl import pwhash
    from fitcheck.access import Access
    from fitcheck.domain.assessment import Prospect
    from fitcheck.store.key_file import Cost
    canary = sys.argv[2]
    access = Access(Path(sys.argv[1]), cost=Cost(1, 8192))
    fitcheck = access.unlock({PASSPHRASE!r})
    print("open", flush=True)
    for number in range(10_000):
        prospect = Prospect(*[f"{{canary}} {{number}}"] * 7)
        fitcheck.add_prospect(prospect)
        fitcheck.save_drafts({{canary: canary * 400}})
        fitcheck.change_passphrase({PASSPHRASE!r}, {PASSPHRASE!r})
        print(number, flush=True)
"""


def test_no_file_holds_a_word_of_it_before_or_after_a_kill(
    folder: Path, access: Access, recovery: str, keyring: FakeKeyring
) -> None:
    canary = "canary in the coal mine"
    fitcheck = access.unlock(PASSPHRASE)
    data_key = fitcheck._book.vault._data_key.reveal()
    fitcheck.remember_in_keyring()
    fitcheck.close()
    backup.back_up(folder, 1, dt.datetime.now(dt.UTC))
    (secret,) = keyring.kept.values()
    recovery_key = key_file.parse_recovery_text(recovery)
    secrets_ = [data_key, bytes.fromhex(secret), recovery_key]
    words = [canary, PASSPHRASE, recovery, recovery.replace("-", ""), "Canary"]
    words += [form for key in secrets_ for form in (key.hex(), key.hex().upper())]
    needles = secrets_ + [
        word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]

    def readable() -> list[str]:
        return [
            file.name
            for file in folder.rglob("*")
            if file.is_file() and any(needle in file.read_bytes() for needle in needles)
        ]

    assert readable() == []
    for round_ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(CHILD), str(folder), canary],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        for _ in range(2 + round_):
            assert child.stdout.readline()
        assert readable() == [], "while it is at work"
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert child.returncode == -signal.SIGKILL
        assert readable() == []
        assert (folder / "book.lock").exists(), "which no longer means anything"
        assert canary in names(access.unlock(PASSPHRASE))[0]
        assert readable() == []
    # The negative control.
    (folder / "plain").write_text(f"... {canary} ...", encoding="utf-16")
    assert readable() == ["plain"]
