"""A book that doesn't open: what is wrong is told, and a backup takes its place."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fitcheck.access import Access
from fitcheck.access import State as Folder
from fitcheck.domain.assessment import Prospect
from fitcheck.store.backup import Reason, copies
from fitcheck.store.errors import (
    AlreadyOpen,
    KeyDamaged,
    KeyMissing,
    MistypedRecoveryKey,
    PassphraseNeeded,
    StoreMissing,
    WrongKeyOrDamaged,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.key_file import recovery_text
from fitcheck.store.rescue import State
from tests.store.conftest import PASSPHRASE, FakeKeyring, contents, names
from tests.store.test_backups import flip

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
def backed_up(access: Access, folder: Path, recovery: str) -> Path:
    """The folder of a closed, protected book with a backup, and a prospect more than in that."""
    assert recovery
    fitcheck = access.unlock(PASSPHRASE)
    fitcheck.safekeeping.back_up()
    fitcheck.add_prospect(Prospect("since"))
    fitcheck.close()
    return folder


def mangled(folder: Path) -> None:
    store = folder / "book.db"
    for page in range(store.stat().st_size // 4096):
        flip(store, page)


def test_a_whole_book_needs_none(access: Access, backed_up: Path) -> None:
    before = contents(backed_up)
    with access.rescue(PASSPHRASE) as rescue:
        finding = rescue.find()
    assert (finding.state, finding.offer, finding.missing_since) == (State.WHOLE, None, None)
    assert contents(backed_up) == before


@pytest.mark.parametrize(
    "harm",
    [
        mangled,
        lambda folder: flip(folder / "book.db", 9),
        lambda folder: (folder / "book.db").write_bytes(b""),
        lambda folder: (folder / "book.db").write_text("SQLite format 3, but not ours" * 999),
        lambda folder: os.truncate(folder / "book.db", 4096 * 7),
    ],
    ids=["every page", "a page", "emptied", "another file", "cut short"],
)
def test_damage_is_told_and_the_newest_backup_takes_its_place(
    access: Access, backed_up: Path, harm: Callable[[Path], object]
) -> None:
    harm(backed_up)
    data = (backed_up / "book.db").read_bytes()
    with access.rescue(PASSPHRASE) as rescue:
        finding = rescue.find()
        assert finding.state is State.DAMAGED
        assert finding.offer is not None
        assert finding.offer.contents is not None
        assert finding.offer.contents.names == ("Canary",)
        assert finding.missing_since == finding.offer.copy.made
        assert (backed_up / "book.db").read_bytes() == data, "nothing is changed by looking"
        kept = rescue.restore(finding.offer.copy, NOW).kept
    assert kept is not None
    assert kept.name == "2026-11-23T000000Z-damaged"
    assert (kept / "book.db").read_bytes() == data
    assert names(access.unlock(PASSPHRASE)) == ["Canary"]


def test_a_damaged_backup_is_passed_over(access: Access, backed_up: Path) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    newest = fitcheck.safekeeping.back_up()
    older = fitcheck.safekeeping.copies()[1]
    fitcheck.close()
    mangled(backed_up)
    flip(newest.store, 9)
    with access.rescue(PASSPHRASE) as rescue:
        assert newest in rescue.copies()
        offer = rescue.find().offer
    assert offer is not None
    assert offer.copy == older


def test_a_wrong_passphrase_is_not_taken_for_damage(access: Access, backed_up: Path) -> None:
    mangled(backed_up)
    before = contents(backed_up)
    with pytest.raises(WrongPassphrase), access.rescue("wrong passphrase"):
        pass
    with pytest.raises(PassphraseNeeded), access.rescue():
        pass
    assert contents(backed_up) == before
    with pytest.raises(WrongKeyOrDamaged, match="What you typed is right"):
        access.unlock(PASSPHRASE)


def test_without_a_backup_it_is_not_clear_whose_fault_it_is(
    access: Access, backed_up: Path
) -> None:
    mangled(backed_up)
    shutil.rmtree(backed_up / "backups")
    with access.rescue(PASSPHRASE) as rescue:
        finding = rescue.find()
    assert (finding.state, finding.offer, finding.missing_since) == (State.UNCLEAR, None, None)


def test_a_book_that_is_missing_is_restored(access: Access, backed_up: Path) -> None:
    (backed_up / "book.db").unlink()
    with pytest.raises(StoreMissing):
        access.unlock(PASSPHRASE)
    with access.rescue(PASSPHRASE) as rescue:
        finding = rescue.find()
        assert finding.state is State.MISSING
        assert finding.offer is not None
        assert finding.missing_since == finding.offer.copy.made, "nobody knows what there was"
        assert rescue.restore(finding.offer.copy, NOW).kept is None
    assert names(access.unlock(PASSPHRASE)) == ["Canary"]


@pytest.mark.parametrize(
    ("harm", "error"),
    [(Path.unlink, KeyMissing), (lambda file: file.write_bytes(b"{}"), KeyDamaged)],
    ids=["missing", "damaged"],
)
def test_a_lost_key_comes_from_the_backup(
    access: Access, backed_up: Path, harm: Callable[[Path], object], error: type[Exception]
) -> None:
    harm(backed_up / "book.key")
    with pytest.raises(error):
        access.open()
    with access.rescue(PASSPHRASE) as rescue:
        assert rescue.find().state is State.WHOLE
        rescue.restore_key()
    assert sorted(names(access.unlock(PASSPHRASE))) == ["Canary", "since"]


def test_book_and_key_both_lost_come_from_the_backup(access: Access, backed_up: Path) -> None:
    (backed_up / "book.key").unlink()
    mangled(backed_up)
    with access.rescue(PASSPHRASE) as rescue:
        finding = rescue.find()
        assert finding.offer is not None
        rescue.restore(finding.offer.copy, NOW)
    assert names(access.unlock(PASSPHRASE)) == ["Canary"]
    (damaged,) = (copy for copy in copies(backed_up) if copy.reason is Reason.DAMAGED)
    assert damaged.made == NOW


def test_without_any_key_nothing_can_be_done(access: Access, backed_up: Path) -> None:
    (backed_up / "book.key").unlink()
    next((backed_up / "backups").glob("*/book.key")).write_bytes(b"{}")
    with pytest.raises(KeyMissing), access.rescue(PASSPHRASE):
        pass


def test_nothing_saved_since_the_backup_is_missing_nothing(access: Access, backed_up: Path) -> None:
    mangled(backed_up)
    (copy,) = copies(backed_up)
    os.utime(backed_up / "book.db", (copy.made.timestamp() - 60,) * 2)
    with access.rescue(PASSPHRASE) as rescue:
        assert rescue.find().missing_since is None


def test_a_book_that_is_open_is_left_alone(access: Access, backed_up: Path) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    with pytest.raises(AlreadyOpen), access.rescue(PASSPHRASE):
        pass
    fitcheck.close()
    with access.rescue(PASSPHRASE), pytest.raises(AlreadyOpen):
        access.unlock(PASSPHRASE)
    assert backed_up.exists()


# The ways in, and what follows


def test_the_recovery_key_opens_it_as_well(access: Access, folder: Path, recovery: str) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    fitcheck.safekeeping.back_up()
    fitcheck.close()
    mangled(folder)
    with access.rescue(recovery_text=recovery) as rescue:
        assert rescue.find().state is State.DAMAGED
    with pytest.raises(MistypedRecoveryKey), access.rescue(recovery_text="0000"):
        pass
    other = recovery_text(bytes(20))
    with pytest.raises(WrongRecoveryKey), access.rescue(recovery_text=other):
        pass


def test_the_keyring_does_too(access: Access, backed_up: Path, keyring: FakeKeyring) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    fitcheck.remember_in_keyring()
    fitcheck.close()
    mangled(backed_up)
    rescue = access.rescue_by_keyring()
    assert rescue is not None
    assert rescue.find().state is State.DAMAGED
    rescue.close()
    keyring.works = False
    assert access.rescue_by_keyring() is None
    with access.rescue(PASSPHRASE):
        """It has let go of the folder."""


def test_what_was_restored_is_opened_by_the_same_key(access: Access, backed_up: Path) -> None:
    mangled(backed_up)
    rescue = access.rescue(PASSPHRASE)
    (copy,) = rescue.copies()
    rescue.restore(copy, NOW)
    assert names(access.reopen(rescue)) == ["Canary"]
    with pytest.raises(RuntimeError):
        rescue.let_go()


def test_any_backup_can_be_looked_into_and_compared_where_the_book_is_legible(
    access: Access, backed_up: Path
) -> None:
    (copy,) = copies(backed_up)
    with access.rescue(PASSPHRASE) as rescue:
        found = rescue.look(copy).missing
        assert found is not None
        assert (found.prospects, found.names) == (1, ("since",))
        mangled(backed_up)
        looked = rescue.look(copy)
    assert looked.contents is not None
    assert looked.missing is None, "nobody knows what there was"


def test_a_damaged_key_is_kept_beside_the_one_that_takes_its_place(
    access: Access, backed_up: Path
) -> None:
    key = backed_up / "book.key"
    whole = key.read_bytes()
    for number, ending in enumerate(("damaged", "damaged-2")):
        key.write_bytes(whole[: 40 + number])
        with access.rescue(PASSPHRASE) as rescue:
            assert rescue.find().key_lost
            kept = rescue.restore_key()
            assert not rescue.find().key_lost
        assert kept == backed_up / f"book.key.{ending}"
        assert kept.read_bytes() == whole[: 40 + number]
        assert key.read_bytes() == whole
    assert sorted(names(access.unlock(PASSPHRASE))) == ["Canary", "since"]


@pytest.mark.parametrize("lost", [("book.db",), ("book.db", "book.key")])
def test_where_there_are_backups_no_empty_book_is_begun(
    empty: Path, folder: Path, access: Access, lost: tuple[str, ...]
) -> None:
    """Without a passphrase, too: an empty book would hide that there is something to restore."""
    shutil.copytree(empty, folder)
    fitcheck = access.open()
    fitcheck.add_prospect(Prospect("Canary"))
    copy = fitcheck.safekeeping.back_up()
    fitcheck.close()
    for name in lost:
        (folder / name).unlink()
    before = contents(folder)
    assert access.state is Folder.UNPROTECTED
    with pytest.raises(StoreMissing, match="backups"):
        access.open()
    assert contents(folder) == before
    with access.rescue() as rescue:
        found = rescue.find()
        assert (found.state, found.key_lost) == (State.MISSING, "book.key" in lost)
        rescue.restore(copy, NOW)
    assert names(access.open()) == ["Canary"]
