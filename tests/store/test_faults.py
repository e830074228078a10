"""Each write of a whole interview failed in turn, statement by statement, in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from fitcheck.store.errors import DiskRefused
from tests.store.conducting import DAY, step
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
