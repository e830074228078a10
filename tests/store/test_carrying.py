"""An older backup takes the book's place: whoever was erased stays erased, sealed answers open."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from fitcheck.store import migrations, sealed
from fitcheck.store.backup import Copy, Reason, copies
from fitcheck.store.book import Book
from fitcheck.store.erasing import tombstones
from fitcheck.store.errors import AnswersUnreadable
from fitcheck.store.restoring import Restored
from tests.store.conftest import key_of
from tests.store.pages import deciphered
from tests.store.test_backups import flip
from tests.store.test_schemas import SCHEMAS, copied

DAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
CANARY = "quetzalcoatlus"


@pytest.fixture
def old(place: Path) -> Path:
    return place / "old"


@pytest.fixture
def fitcheck(empty: Path, old: Path) -> Iterator[FitCheck]:
    """An open book with two people in it."""
    shutil.copytree(empty, old)
    opened = FitCheck.open(old, lambda: DAY)
    opened.add_prospect(Prospect(CANARY))
    opened.add_prospect(Prospect("stays"))
    yield opened
    opened.close()


def brought_back(fitcheck: FitCheck, folder: Path) -> Path:
    """A backup that was elsewhere while somebody was erased, and is put back afterwards."""
    copy = fitcheck.safekeeping.back_up()
    away = folder.parent / "away"
    shutil.move(copy.folder, away)
    person = next(e.id for e in fitcheck.prospects() if e.prospect.name == CANARY)
    assert fitcheck.rights.erase(person).nothing_found
    shutil.move(away, copy.folder)
    return copy.folder


def mangle(folder: Path) -> None:
    store = folder / "book.db"
    for page in range(store.stat().st_size // 4096):
        flip(store, page)


def copy_in(folder: Path) -> Copy:
    (found,) = (copy for copy in copies(folder) if copy.reason is Reason.BY_HAND)
    return found


def names(folder: Path) -> list[str]:
    opened = FitCheck.open(folder, lambda: DAY)
    found = sorted(line.prospect.name for line in opened.prospects())
    opened.close()
    return found


def erased_in(folder: Path) -> int:
    book = Book.open(folder)
    with book.vault.engine.begin() as connection:
        found = tombstones(connection)
    book.close()
    return len(found)


def test_whoever_was_erased_is_not_back(fitcheck: FitCheck, old: Path) -> None:
    backup = brought_back(fitcheck, old)
    key = key_of(old).reveal()
    assert CANARY.encode() in deciphered(backup / "book.db", key)
    restored = fitcheck.safekeeping.restore(copy_in(old))
    assert (restored.erased, restored.all_known) == (1, True)
    assert CANARY.encode() not in deciphered(old / "book.db", key)
    assert names(old) == ["stays"]
    assert erased_in(old) == 1, "and it is known for the next time"


def test_nor_after_a_rescue_from_a_damaged_book_as_far_as_any_backup_knows(
    fitcheck: FitCheck, old: Path
) -> None:
    brought_back(fitcheck, old)
    newer = fitcheck.safekeeping.back_up(Reason.DAILY)
    fitcheck.close()
    mangle(old)
    with Access(old).rescue() as rescue:
        assert rescue.find().offer is not None
        restored = rescue.restore(copy_in(old), NOW)
    assert (restored.erased, restored.all_known) == (1, False)
    assert names(old) == ["stays"]
    assert newer.folder.exists()


def test_what_nobody_knows_any_more_is_said(fitcheck: FitCheck, old: Path) -> None:
    brought_back(fitcheck, old)
    fitcheck.close()
    mangle(old)
    with Access(old).rescue() as rescue:
        restored = rescue.restore(copy_in(old), NOW)
    assert (restored.erased, restored.all_known) == (0, False)
    assert names(old) == [CANARY, "stays"], "there is no way to know"


def test_damage_elsewhere_in_the_book_leaves_its_tombstones_legible(
    fitcheck: FitCheck, old: Path
) -> None:
    """Each page is damaged in turn: nobody comes back, or it is said that somebody may have."""
    brought_back(fitcheck, old)
    fitcheck.close()
    whole = (old / "book.db").read_bytes()
    known = 0
    for page in range(len(whole) // 4096):
        (old / "book.db").write_bytes(whole)
        flip(old / "book.db", page)
        with Access(old).rescue() as rescue:
            restored = rescue.restore(copy_in(old), NOW)
        known += restored.all_known
        assert restored.erased == restored.all_known
        assert names(old) == ["stays"] if restored.all_known else [CANARY, "stays"]
        shutil.rmtree(restored.kept or old)
    assert known > 10


@pytest.mark.parametrize("kept_as", SCHEMAS[:-1], ids=lambda path: path.name)
def test_one_of_an_older_schema_is_brought_up_to_date_and_forgets_them(
    kept_as: Path, place: Path
) -> None:
    old = copied(kept_as, place / "old", "open.key")
    backup = old / "backups" / "2026-11-20T000000Z-by-hand"
    backup.mkdir(parents=True)
    for name in ("book.db", "book.key"):
        shutil.copy(old / name, backup)
    away = place / "away"
    shutil.move(backup, away)
    fitcheck = FitCheck.open(old, lambda: DAY)  # which leaves a copy of that schema
    everybody = fitcheck.prospects()
    fitcheck.rights.erase(everybody[0].id)
    shutil.move(away, backup)
    restored = fitcheck.safekeeping.restore(copy_in(old))
    assert (restored.erased, restored.all_known) == (1, True)
    again = FitCheck.open(old, lambda: DAY)
    assert {e.id for e in again.prospects()} == {e.id for e in everybody[1:]}
    assert again.safekeeping.check().version == migrations.VERSION
    again.close()
    (kept,) = (copy for copy in copies(old) if copy.reason is Reason.REPLACED)
    assert erased_in(old) == erased_in(kept.folder) > 0, "what was known is known again"


def test_the_book_that_was_there_forgets_too_once_it_has_become_a_copy(
    fitcheck: FitCheck, old: Path
) -> None:
    fitcheck.safekeeping.back_up()
    fitcheck.safekeeping.restore(copy_in(old))
    again = FitCheck.open(old, lambda: DAY)
    person = next(e.id for e in again.prospects() if e.prospect.name == CANARY)
    erasure = again.rights.erase(person)
    again.close()
    assert erasure.nothing_found
    key = key_of(old).reveal()
    for copy in copies(old):
        assert CANARY.encode() not in deciphered(copy.store, key), copy.name
    assert {copy.reason for copy in copies(old)} == {
        Reason.BY_HAND,
        Reason.ERASURE,
        Reason.REPLACED,
    }


def test_a_damaged_one_proves_nothing_until_it_is_deleted(fitcheck: FitCheck, old: Path) -> None:
    fitcheck.safekeeping.back_up()
    fitcheck.close()
    pages = (old / "book.db").stat().st_size // 4096
    flip(old / "book.db", pages - 1)
    with Access(old).rescue() as rescue:
        kept = rescue.restore(copy_in(old), NOW).kept
    assert kept is not None
    again = FitCheck.open(old, lambda: DAY)
    ids = {e.prospect.name: e.id for e in again.prospects()}
    erasure = again.rights.erase(ids[CANARY])
    unread = [place.place for place in erasure.places if not place.readable]
    assert unread == [f"backups/{kept.name}/book.db"]
    assert not erasure.nothing_found
    (damaged,) = (copy for copy in copies(old) if copy.reason is Reason.DAMAGED)
    again.safekeeping.delete(damaged)
    assert not kept.exists()
    assert again.rights.erase(ids["stays"]).nothing_found
    again.close()


# Answers that were sealed while the book was closed


def answered(fitcheck: FitCheck, person: str) -> int:
    """Hand over a form; the book is closed, and an answer lies beside it."""
    id_ = next(e.id for e in fitcheck.prospects() if e.prospect.name == person)
    begun = fitcheck.begin_assessment(id_, Form.FULL)
    form = fitcheck.their_forms.hand_over(begun)
    fitcheck.close()
    form.keep(form.questions[0].id, 3).result()
    form.close()
    return begun


def restored_by_hand(old: Path, which: Reason = Reason.BY_HAND) -> Restored:
    (copy,) = (copy for copy in copies(old) if copy.reason is which)
    with Access(old).rescue() as rescue:
        return rescue.restore(copy, NOW)


def test_a_backup_that_knows_the_assessment_takes_the_answers(
    fitcheck: FitCheck, old: Path
) -> None:
    id_ = fitcheck.prospects()[0].id
    known = fitcheck.begin_assessment(id_, Form.FULL)
    fitcheck.safekeeping.back_up()
    form = fitcheck.their_forms.hand_over(known)
    fitcheck.close()
    form.keep(form.questions[0].id, 3).result()
    form.close()
    restored_by_hand(old)
    again = FitCheck.open(old, lambda: DAY)
    received = again.their_forms.take_answers()
    again.close()
    assert received is not None
    assert (received.assessment_id, received.answered) == (known, 1)


@pytest.mark.parametrize("harm", [lambda _folder: None, mangle], ids=["whole", "damaged"])
def test_answers_that_no_longer_have_a_place_are_kept_and_said(
    fitcheck: FitCheck, old: Path, harm: Callable[[Path], None]
) -> None:
    fitcheck.safekeeping.back_up()
    answered(fitcheck, "stays")
    harm(old)
    data = (old / sealed.SEALED_FILE).read_bytes()
    kept = restored_by_hand(old).kept
    assert kept is not None
    again = FitCheck.open(old, lambda: DAY)
    with pytest.raises(AnswersUnreadable):
        again.their_forms.take_answers()
    assert again.their_forms.take_answers() is None, "it is said once"
    again.close()
    assert (old / sealed.UNREADABLE_FILE).read_bytes() == data
    assert (kept / sealed.SEALED_FILE).read_bytes() == data


def test_they_are_taken_when_the_book_they_were_given_for_is_back(
    fitcheck: FitCheck, old: Path
) -> None:
    fitcheck.safekeeping.back_up()
    begun = answered(fitcheck, "stays")
    restored_by_hand(old)
    again = FitCheck.open(old, lambda: DAY)
    with pytest.raises(AnswersUnreadable):
        again.their_forms.take_answers()
    again.close()
    restored_by_hand(old, Reason.REPLACED)
    again = FitCheck.open(old, lambda: DAY)
    received = again.their_forms.take_answers()
    again.close()
    assert received is not None
    assert received.assessment_id == begun


def test_those_in_a_copy_go_with_the_person(fitcheck: FitCheck, old: Path) -> None:
    fitcheck.safekeeping.back_up()
    answered(fitcheck, CANARY)
    kept = restored_by_hand(old).kept
    assert kept is not None
    assert (kept / sealed.SEALED_FILE).exists()
    again = FitCheck.open(old, lambda: DAY)
    with pytest.raises(AnswersUnreadable):
        again.their_forms.take_answers()
    person = next(e.id for e in again.prospects() if e.prospect.name == CANARY)
    assert again.rights.erase(person).nothing_found
    again.close()
    assert not (kept / sealed.SEALED_FILE).exists()
