"""``fitcheck backup`` and ``fitcheck check``: as a script would use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.services import FitCheck
from fitcheck.store.backup import Reason, copies
from tests.core.test_cli_import import command
from tests.store.conftest import CHEAP, PASSPHRASE, FakeKeyring, contents, names
from tests.store.test_backups import flip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a closed book with one prospect."""
    fitcheck = FitCheck.open(tmp_path / "book")
    fitcheck.add_prospect(Prospect("Ada"))
    fitcheck.close()
    return tmp_path / "book"


def test_a_backup_is_made_and_listed(folder: Path) -> None:
    done = command(folder, "backup")
    assert (done.returncode, done.stderr) == (0, b"")
    (copy,) = copies(folder)
    assert done.stdout.decode().strip() == str(copy.folder)
    assert copy.reason is Reason.BY_HAND
    (line,) = command(folder, "backup", "--list").stdout.decode().splitlines()
    assert line.split("\t")[:3] == [copy.name, "prospects: 1", "assessments: 0"]
    flip(copy.store, 9)
    (line,) = command(folder, "backup", "--list").stdout.decode().splitlines()
    assert line.split("\t") == [copy.name, "can’t be used"]
    assert "Ada" not in line
    assert copies(folder) == (copy,)


def test_a_whole_book_passes_the_check(folder: Path) -> None:
    before = contents(folder)
    done = command(folder, "check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().strip() == (
        "The book is whole. Prospects: 1. Assessments: 0. Backups: 0."
    )
    assert contents(folder) == before


@pytest.mark.parametrize("page", [0, 9], ids=["it does not open", "it opens"])
@pytest.mark.parametrize("protected", [True, False])
def test_a_damaged_one_fails_it_and_the_backup_is_named(
    folder: Path, page: int, protected: bool
) -> None:
    fitcheck = Access(folder, FakeKeyring(), cost=CHEAP).open()
    passphrase = PASSPHRASE if protected else None
    if passphrase:
        fitcheck.protect(passphrase)
    fitcheck.safekeeping.back_up()
    fitcheck.add_prospect(Prospect("since"))
    fitcheck.close()
    flip(folder / "book.db", page)
    before = contents(folder)
    done = command(folder, "check", passphrase=passphrase)
    assert (done.returncode, done.stdout) == (2, b"")
    damaged, offer, missing = done.stderr.decode().splitlines()
    assert damaged.startswith("The book is damaged: ")
    assert "passphrase is not the reason" in damaged
    (copy,) = copies(folder)
    assert offer.startswith(f"The newest backup that is whole: {copy.name}\tprospects: 1")
    assert missing.startswith("What was saved after ")
    assert contents(folder) == before


def test_without_a_backup_that_is_said(folder: Path) -> None:
    flip(folder / "book.db", 9)
    done = command(folder, "check")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[1] == "There is no backup that is whole."


def test_a_wrong_passphrase_is_no_damage(folder: Path) -> None:
    fitcheck = Access(folder, FakeKeyring(), cost=CHEAP).open()
    fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    done = command(folder, "check", passphrase="wrong passphrase")
    assert done.returncode == 2
    assert "That isn't the passphrase of this book." in done.stderr.decode()
    assert "damaged" not in done.stderr.decode()


def test_a_lost_key_is_named(folder: Path) -> None:
    command(folder, "backup")
    (folder / "book.key").unlink()
    done = command(folder, "check")
    assert done.returncode == 2
    assert "The key to this book is missing" in done.stderr.decode()


@pytest.mark.parametrize(
    ("harm", "unknown"), [(lambda _store: None, 0), (lambda store: flip(store, 0), 1)]
)
def test_a_backup_is_restored_and_the_book_kept(
    folder: Path, harm: Callable[[Path], object], unknown: int
) -> None:
    assert command(folder, "backup").returncode == 0
    (copy,) = copies(folder)
    fitcheck = FitCheck.open(folder)
    fitcheck.add_prospect(Prospect("since"))
    fitcheck.close()
    harm(folder / "book.db")
    done = command(folder, "backup", "--restore", copy.name)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second, *said = done.stdout.decode().splitlines()
    assert first == f"The book is what it was in {copy.name}."
    (kept,) = set(copies(folder)) - {copy}
    assert second == f"The book until now is kept: {kept.name}"
    assert len(said) == unknown, "whom it had erased, a damaged book can't say"
    assert names(FitCheck.open(folder)) == ["Ada"]


def test_a_backup_that_there_is_not_is_not_restored(folder: Path) -> None:
    before = contents(folder)
    done = command(folder, "backup", "--restore", "../book")
    assert done.returncode == 2
    assert "There is no backup ../book" in done.stderr.decode()
    assert contents(folder) == before
