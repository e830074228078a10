"""What is derived how often, what is dropped when, and what no file ever holds."""

from __future__ import annotations

import datetime as dt
import gc
import signal
import subprocess
import sys
import textwrap
import threading
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.services import FitCheck
from fitcheck.store import backup, key_file
from tests.store.conftest import PASSPHRASE, FakeKeyring, names


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passphrases of which a key is derived from now on."""
    derived: list[str] = []
    derive = key_file._derive

    def counting(passphrase: str, *rest: Any) -> bytes:
        derived.append(passphrase)
        return derive(passphrase, *rest)

    monkeypatch.setattr(key_file, "_derive", counting)
    return derived


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
