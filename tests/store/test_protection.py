"""Protecting a book and changing how: what is written, and what an accident leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from fitcheck.access import Access
from fitcheck.errors import InvalidInput
from fitcheck.settings import Preferences
from fitcheck.store import key_file, key_on_disk
from fitcheck.store.aside import DRAFTS
from fitcheck.store.errors import (
    FolderNotWritable,
    PassphraseTooShort,
    WrongPassphrase,
    WrongRecoveryKey,
)
from tests.store.conftest import CHEAP, PASSPHRASE, contents, names

# Changes the passphrase again and again, each time in a child that is killed one call later.
CHANGER = f"""
    import os, shutil, signal, sys
    from pathlib import Path
    from fitcheck.store.key_file import Cost
    from fitcheck.store.vault import Vault
    folder = Path(sys.argv[1])
    CALLS = {{"close", "fsync", "open", "replace", "unlink", "write"}}
    for number in range(1, 1000):
        image = folder.with_name(f"killed-{{number:03}}")
        shutil.copytree(folder, image)
        child = os.fork()
        if child == 0:
            left = number
            def step(frame, event, call):
                global left
                if event == "c_call" and call.__name__ in CALLS:
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
            vault = Vault.unlock(image, {PASSPHRASE!r}, Cost(1, 8192))
            sys.setprofile(step)
            vault.change_passphrase({PASSPHRASE!r}, "a new passphrase")
            sys.setprofile(None)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
"""


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

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
    def test_killed_at_any_step_of_it_one_passphrase_opens_the_book(
        self, folder: Path, access: Access, recovery: str
    ) -> None:
        """A copy in ``backups/`` is written too, so that can be half a step behind."""
        copy = folder / "backups" / "one"
        copy.mkdir(parents=True)
        shutil.copy(folder / "book.key", copy)
        command = [sys.executable, "-c", textwrap.dedent(CHANGER), str(folder)]
        subprocess.run(command, check=True, timeout=60)
        opened = []
        for image in sorted(folder.parent.glob("killed-*")):
            other = Access(image, cost=CHEAP)
            try:
                names(other.unlock(PASSPHRASE))
                opened.append("old")
            except WrongPassphrase:
                assert names(other.unlock("a new passphrase")) == ["Canary"]
                opened.append("new")
            copied = (image / "backups" / "one" / "book.key").read_bytes()
            assert copied == (image / "book.key").read_bytes(), "opening lets it follow"
            assert names(other.recover(recovery)) == ["Canary"]
        assert opened == sorted(opened, reverse=True)
        assert set(opened) == {"old", "new"}

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
