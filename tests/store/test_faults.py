"""Each write of a whole interview failed in turn, statement by statement, in every way."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import StoredAssessment
from fitcheck.domain.history import History
from fitcheck.interview import Interview
from fitcheck.place import parse_place
from fitcheck.saving import SaveState
from fitcheck.services import FitCheck
from fitcheck.store import connection
from fitcheck.store import engine as store_engine
from fitcheck.store.connection import connect
from fitcheck.store.errors import DiskRefused
from tests.store.conducting import DAY, step
from tests.store.conftest import key_of
from tests.store.refusing import KINDS, Refusals, refusing

STEPS = {Form.FULL: 36 * 9, Form.EVENT: 12 * 9}
"""All nine things that are done at each question."""


@pytest.fixture
def refusals() -> Iterator[Refusals]:
    with refusing() as made:
        yield made


def conduct(
    place: Path, form: Form, hear: Callable[[SaveState, BaseException | None], None]
) -> tuple[FitCheck, Interview]:
    """The interview of assessment 1 in a new book."""
    fitcheck = FitCheck.open(place / "book", lambda: DAY)
    fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), form)
    return fitcheck, fitcheck.interview(1, hear)


@pytest.mark.parametrize("form", STEPS)
def test_every_statement_of_every_write_refused_in_turn(
    place: Path,
    form: Form,
    refusals: Refusals,
    record_property: Callable[[str, object], None],
) -> None:
    """The same write is refused at its first statement, then at its second, up to its COMMIT, and
    once after that; a retry is now asked for, now it comes with a further change.
    """
    states: list[SaveState] = []
    differing: list[int] = []
    news = Event()

    def hear(state: SaveState, _error: BaseException | None) -> None:
        if state is SaveState.SAVED and not all_saved(fitcheck, interview):
            differing.append(number)
        if state is not SaveState.SAVING:
            states.append(state)
            news.set()

    fitcheck, interview = conduct(place, form, hear)
    kinds = cycle(KINDS)
    number = 0
    writes = 0

    def state_after(act: Callable[[], None]) -> SaveState:
        news.clear()
        act()
        assert news.wait(60)
        interview.settle()
        return states[-1]

    def go_on() -> None:
        nonlocal number
        step(interview, number)
        number += 1

    while number < STEPS[form]:
        writes += 1
        saved = on_disk(fitcheck)
        refusals.at, refusals.late = 0, False
        attempt = go_on
        while state_after(attempt) is SaveState.FAILED:
            assert isinstance(interview.failure, DiskRefused)
            attempt = interview.retry
            refusals.kind = next(kinds)
            if refusals.late:
                refusals.at = None
            elif refusals.statement == "COMMIT":
                assert on_disk(fitcheck) == saved, "none of it is there, and nothing else has gone"
                refusals.late = True
            else:
                refusals.at = (refusals.at or 0) + 1
                if refusals.at == 2 and number % 5 == 0:
                    attempt = go_on  # what failed is tried again with what is typed next
        assert not differing, "saved was said, and it was not"
    stood = interview.question.id
    fitcheck.close()
    again = FitCheck.open(place / "book", lambda: DAY)
    assert all_saved(again, again.interview(1))
    assert again.interview(1).assessment == interview.assessment
    assert again.interview(1).question.id == stood
    again.close()
    record_property(
        "counted", f"{refusals.refused} refusals in {writes} writes of a whole {form.value} form"
    )


def all_saved(fitcheck: FitCheck, interview: Interview) -> bool:
    """Whether the disk holds what is in hand: answers, log and the question that one stands at."""
    stored = on_disk(fitcheck)
    return (
        stored.assessment == interview.assessment
        and History.replay(stored.events) == interview._history
        and parse_place(stored.position)[0] == interview.question.id
    )


def on_disk(fitcheck: FitCheck) -> StoredAssessment:
    return fitcheck._book.load(1)


# Real ones, while somebody goes on typing without waiting


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process can grow: the system refuses, and not a stand-in for it."""
    size = (folder / "book.db").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    """Another program has locked the book."""
    other = connect(folder / "book.db", key_of(folder))
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("fault", [full_disk, held_by_another])
def test_what_is_typed_on_a_disk_that_refuses_is_saved_once_it_does_not(
    place: Path,
    fault: Callable[[Path], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = connection.waiting
    for module in (connection, store_engine):
        monkeypatch.setattr(module, "waiting", lambda _patience: real(0.02))
    states: list[SaveState] = []
    fitcheck, interview = conduct(place, Form.EVENT, lambda state, _error: states.append(state))
    for number in range(12):
        step(interview, number)
    interview.settle()
    saved = on_disk(fitcheck)
    for round_ in range(1, 4):
        with fault(fitcheck.folder):
            states.clear()
            # Far more than what a page that is half empty still has room for.
            interview.set_note("opener", f"{round_}" * 50_000)
            for number in range(12 * round_, 12 * round_ + 12):
                step(interview, number)
            interview.retry()
            interview.settle()
            assert isinstance(interview.failure, DiskRefused)
            assert SaveState.SAVED not in states
            assert interview.outbox.waiting >= 10
        assert on_disk(fitcheck) == saved
        assert interview.answer("opener").note == f"{round_}" * 50_000
        interview.retry()
        interview.settle()
        assert states[-1] is SaveState.SAVED
        assert all_saved(fitcheck, interview)
        saved = on_disk(fitcheck)
    stood = interview.question.id
    fitcheck.close()
    again = FitCheck.open(place / "book", lambda: DAY)
    assert again.interview(1).question.id == stood
    assert all_saved(again, interview)
    again.close()
