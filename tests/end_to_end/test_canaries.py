"""A canary typed into every field is in no file that is left behind, nor after a kill.

The application runs in a home of its own, with a render worker of its own. The book itself is the
positive control: there the canaries are, for whoever has the key. Then whoever they are about is
erased, and they are nowhere.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fitcheck.access import Access
from fitcheck.store.connection import DataKey, connect
from fitcheck.store.vault import Vault
from tests.end_to_end.traces import CANARY, canaries_in, canaries_under
from tests.end_to_end.typing_canaries import PASSPHRASE
from tests.store import conftest
from tests.store.conftest import CHEAP, FakeKeyring, key_of
from tests.store.pages import deciphered

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "tests.end_to_end.typing_canaries"
NOBODYS = ("bank", "colleague", "policy", "preference")
"""The tables that hold nothing of a prospect."""

place = conftest.place


@dataclass
class Home:
    """Where everything that the application leaves behind comes to lie."""

    folder: Path

    @property
    def book(self) -> Path:
        return self.folder / "share" / "FitCheck"

    def run(self, *options: str, kill: bool = False) -> dict[str, Any]:
        """What was typed, once the application has quit or was killed."""
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        here = {
            "HOME": self.folder,
            "XDG_DATA_HOME": self.folder / "share",
            "XDG_CONFIG_HOME": self.folder / "config",
            "XDG_CACHE_HOME": self.folder / "cache",
            "XDG_RUNTIME_DIR": self.folder / "tmp",
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.folder / "tmp"),
        }
        environment = {name: value for name, value in os.environ.items() if name != "FITCHECK_DATA"}
        child = subprocess.Popen(
            [sys.executable, "-m", PROGRAM, *options, "--end", "kill" if kill else "quit"],
            cwd=ROOT,
            env={
                **environment,
                **{name: str(path) for name, path in here.items()},
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        line = child.stdout.readline()
        if kill and line:
            child.send_signal(signal.SIGKILL)
        rest, errors = child.communicate()
        assert line, errors
        # Seen on standard error, they would be in the journal of a desktop.
        assert canaries_in((rest + errors).encode()) == set(), errors
        assert child.returncode == (-signal.SIGKILL if kill else 0), errors
        told: dict[str, Any] = json.loads(line)
        assert told["missed"] == [], "fields that no canary was typed into"
        assert told["refused"] == []
        return told


def data_key(book: Path, protected: bool) -> bytes:
    if not protected:
        return key_of(book).reveal()
    vault = Vault.unlock(book, PASSPHRASE, CHEAP)
    key = vault.data_key.reveal()
    vault.close()
    return key


def stores(book: Path) -> list[Path]:
    return [book / "book.db", *sorted(book.glob("backups/*/book.db"))]


def in_tables(store: Path, key: bytes, tables: tuple[str, ...]) -> set[str]:
    """The canaries in those tables of a book."""
    connection = connect(store, DataKey(key))
    try:
        rows = [row for name in tables for row in connection.execute(f"SELECT * FROM {name}")]
    finally:
        connection.close()
    return set(CANARY.findall(repr(rows)))


def look_everywhere(home: Home, told: dict[str, Any], protected: bool) -> int:
    """Nothing in any file, all in the book; how many files were searched."""
    found, files = canaries_under(home.folder)
    assert found == {}
    assert files >= 3
    kept = canaries_in(deciphered(home.book / "book.db", data_key(home.book, protected)))
    # Not all are meant to be kept: what is looked for, secrets, what a dialog called off.
    unkept = ("Passphrase", "passphrase", "Recovery", "PIN", "same once", "new one once")
    meant = {
        canary
        for canary, place in told["typed"].items()
        if any(page in place for page in ("PlanPage", "InterviewPage", "EditProspectDialog"))
        and "FindQuestion" not in place
    }
    assert meant - kept == set()
    secrets = {c for c, place in told["typed"].items() if any(word in place for word in unkept)}
    assert secrets & kept == {"zq0000"} & kept
    return files


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_no_canary_in_any_file_after_a_kill_nor_after_quitting_nor_after_erasing(
    place: Path,
    record_property: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = Home(place / "home")
    monkeypatch.setattr(tempfile, "tempdir", str(home.folder / "tmp"))
    told = home.run(kill=True)
    typed = len(told["typed"])
    assert typed > 100
    files = look_everywhere(home, told, protected=False)
    # Again over what the kill has left, protected now, and quit as one does.
    again = home.run("--protected", "--short")
    files += look_everywhere(home, again, protected=True)
    key = data_key(home.book, protected=True)
    assert len(stores(home.book)) == 2
    nobodys = in_tables(home.book / "book.db", key, NOBODYS)
    theirs = canaries_in(deciphered(home.book / "book.db", key)) - nobodys
    assert len(theirs) > 60
    erase_everybody(home)
    pages = 0
    for store in stores(home.book):
        left = deciphered(store, key)
        pages += len(left) // 4096
        assert canaries_in(left) & theirs == set()
        assert canaries_in(left) <= nobodys
    assert canaries_under(home.folder)[0] == {}
    record_property(
        "counted",
        f"{typed + len(again['typed'])} canaries typed, {files} files searched after a kill and a "
        f"quit; {len(theirs)} of people erased, {pages} deciphered pages searched",
    )


def erase_everybody(home: Home) -> None:
    fitcheck = Access(home.book, FakeKeyring(), cost=CHEAP).unlock(PASSPHRASE)
    try:
        prospects = fitcheck.prospects()
        assert len(prospects) >= 2
        for line in prospects:
            fitcheck.rights.erase(line.id)
    finally:
        fitcheck.close()


PLANTED = {
    "plain": b"... zq0042 ...",
    "utf-16": "zq0042".encode("utf-16-le"),
    "utf-16, odd": b"x" + "zq0042".encode("utf-16-be"),
    "base64": base64.b64encode(b"a zq0042 b"),
    "base64 in lines": base64.encodebytes(b"." * 51 + b"a zq0042 b"),
    "deflated": b"stream\n" + zlib.compress(b"(zq0042) Tj") + b"\nendstream",
    "gzip": gzip.compress(b"zq0042"),
}


@pytest.mark.parametrize("how", PLANTED)
def test_a_planted_file_is_found(tmp_path: Path, how: str) -> None:
    """The control of the search."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "file").write_bytes(PLANTED[how])
    (tmp_path / "cache" / "zq0007.pdf").touch()
    (tmp_path / "cache" / "other").write_bytes(b"zq00 42 zq004")
    assert canaries_under(tmp_path) == (
        {"cache/file": {"zq0042"}, "cache/zq0007.pdf": {"zq0007"}},
        3,
    )
