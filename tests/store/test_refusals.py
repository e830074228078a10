"""A protected book that does not open: each reason told apart, nothing changed."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

import nacl.exceptions
import pytest

from fitcheck.access import Access, State
from fitcheck.store import key_file
from fitcheck.store.book import Book
from fitcheck.store.connection import connect
from fitcheck.store.errors import (
    AlreadyOpen,
    FolderNotWritable,
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    MistypedRecoveryKey,
    NewerStore,
    StoreError,
    StoreMissing,
    TooLittleMemory,
    WrongKeyOrDamaged,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.migrations import VERSION
from fitcheck.store.vault import Vault
from tests.store.conftest import PASSPHRASE, contents, names


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

    def test_too_little_memory_is_no_wrong_passphrase(
        self, access: Access, refused: Refused, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def kdf(*_arguments: object, **_more: object) -> bytes:
            raise nacl.exceptions.RuntimeError("Unexpected failure in key derivation")

        monkeypatch.setattr("nacl.pwhash.argon2id.kdf", kdf)
        text = refused(TooLittleMemory, lambda: access.unlock(PASSPHRASE))
        assert "may well be right" in text

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
