"""A protected book: every way in, also after the keyring vanished."""

from __future__ import annotations

import shutil
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from fitcheck.access import Access, State
from fitcheck.store import key_file
from fitcheck.store.book import Book
from fitcheck.store.errors import (
    NoKeyring,
    PassphraseNeeded,
)
from fitcheck.store.system_keyring import SystemKeyring
from fitcheck.store.vault import Protection
from tests.store.conftest import PASSPHRASE, FakeKeyring, contents, names


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
            # As keyring's own: "null" and "fail" have a priority that isn't above 0.
            "get_keyring": lambda: types.SimpleNamespace(priority=5 if backend == "works" else -1),
        }.items():
            setattr(module, name, refuse if backend == "fails" else works)
        monkeypatch.setitem(sys.modules, "keyring", None if backend == "missing" else module)
        keyring = SystemKeyring()
        assert keyring.there() == (backend == "works")
        assert keyring.get("book") is None
        assert keyring.set("book", "secret") == (backend == "works")
        assert keyring.get("book") == ("secret" if backend == "works" else None)
        for _ in range(2):
            keyring.delete("book")
        assert keyring.get("book") is None
