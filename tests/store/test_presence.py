"""A file that is moved, deleted or replaced while the book is open: never called saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from fitcheck.store import applying
from fitcheck.store.connection import store_error
from fitcheck.store.errors import DiskRefused, StoreError, WrongKeyOrDamaged
from fitcheck.store.presence import Presence
from fitcheck.store.refusals import BookGone, BookHeld, BookReadOnly, BookReplaced, DiskFull


@pytest.fixture
def fitcheck(place: Path) -> Iterator[FitCheck]:
    made = FitCheck.open(place / "book")
    made.begin_assessment(made.add_prospect(Prospect("Ada")), Form.EVENT)
    yield made
    made.close()


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    return fitcheck.interview(1)


def on_disk(place: Path) -> int:
    """How many answers a book holds that is opened there."""
    again = FitCheck.open(place)
    answers = again.interview(1).assessment.answers
    again.close()
    return len(answers)


@pytest.mark.parametrize("what", ["book.db", "."])
def test_what_was_moved_away_takes_nothing_until_it_is_back(
    place: Path, fitcheck: FitCheck, interview: Interview, what: str
) -> None:
    store = fitcheck.folder / what
    store.rename(place / "elsewhere")
    interview.set_value("opener", 3)
    interview.settle()
    failure = interview.failure
    assert isinstance(failure, BookGone)
    assert "leave FitCheck open" in str(failure)
    (place / "elsewhere").rename(store)
    interview.set_value("opener", 2)
    interview.settle()
    assert interview.failure is None
    assert len(fitcheck._book.load(1).events) == 2


def test_a_deleted_file_is_never_written_and_called_saved(
    fitcheck: FitCheck, interview: Interview
) -> None:
    (fitcheck.folder / "book.db").unlink()
    interview.set_value("opener", 3)
    interview.settle()
    assert type(interview.failure) is BookGone
    assert interview.answer("opener").value == 3, "it is in hand still"


def test_of_two_files_neither_is_written(
    place: Path, fitcheck: FitCheck, interview: Interview
) -> None:
    interview.set_value("opener", 3)
    interview.settle()
    store = fitcheck.folder / "book.db"
    shutil.copy(store, place / "new")
    (place / "new").replace(store)
    arrived = store.read_bytes()
    interview.set_value("opener", 2)
    interview.settle()
    assert type(interview.failure) is BookReplaced
    assert "neither" in str(interview.failure)
    assert store.read_bytes() == arrived
    fitcheck.close()
    assert on_disk(fitcheck.folder) == 1


def test_what_goes_in_the_midst_of_a_write_has_not_saved_it(
    place: Path,
    fitcheck: FitCheck,
    interview: Interview,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The COMMIT goes through: it is the look afterwards that tells."""
    store = fitcheck.folder / "book.db"

    def apply(connection: Connection, *arguments: object) -> None:
        applying.apply(connection, *arguments)  # type: ignore[arg-type]
        store.rename(place / "elsewhere")

    monkeypatch.setattr("fitcheck.store.book.apply", apply)
    interview.set_value("opener", 3)
    interview.settle()
    failure = interview.failure
    assert isinstance(failure, BookGone)
    monkeypatch.undo()
    (place / "elsewhere").rename(store)
    interview.retry()
    interview.settle()
    assert interview.failure is None
    assert len(fitcheck._book.load(1).events) == 1, "it was there already"


def test_a_file_that_cannot_be_looked_at_is_a_refusal(
    fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    presence = Presence(fitcheck.folder / "book.db")

    def stat(_path: Path) -> None:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", stat)
        with pytest.raises(DiskRefused, match="Stale"):
            presence.check()
    presence.close()
    presence.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (dbapi2.SQLITE_FULL, DiskFull),
        (dbapi2.SQLITE_READONLY, BookReadOnly),
        (dbapi2.SQLITE_READONLY | 3 << 8, BookReadOnly),
        (dbapi2.SQLITE_READONLY | 4 << 8, BookGone),
        (dbapi2.SQLITE_BUSY, BookHeld),
        (dbapi2.SQLITE_LOCKED, BookHeld),
        (dbapi2.SQLITE_IOERR | 3 << 8, DiskRefused),
        (dbapi2.SQLITE_CANTOPEN, DiskRefused),
        (dbapi2.SQLITE_NOTADB, WrongKeyOrDamaged),
        (dbapi2.SQLITE_CONSTRAINT, None),
    ],
)
def test_what_the_driver_says_becomes_what_there_is_to_do(
    place: Path, code: int, kind: type[StoreError] | None
) -> None:
    error = dbapi2.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    told = store_error(error, place / "book.db")
    assert (type(told) if told else None) is kind


def test_a_page_for_which_there_is_no_memory_is_a_damaged_one(place: Path) -> None:
    assert type(store_error(MemoryError(), place / "book.db")) is WrongKeyOrDamaged


def test_nobody_holds_the_file_of_a_closed_book(
    place: Path, open_files: Callable[[], set[str]]
) -> None:
    before = open_files()
    fitcheck = FitCheck.open(place / "other")
    assert str(place / "other" / "book.db") in open_files()
    fitcheck.close()
    assert open_files() == before


@pytest.fixture
def open_files() -> Callable[[], set[str]]:
    def look() -> set[str]:
        found = set()
        for link in Path("/proc/self/fd").iterdir():
            try:
                found.add(str(link.readlink()))
            except FileNotFoundError:
                continue  # the listing itself
        return {name for name in found if "book" in name}

    return look
