"""The phase of a prospect in the book: every step is kept, the list follows, nothing survives half.

What the triggers forbid is in ``test_migrations``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Phase, Summary
from fitcheck.domain.period import Decision, Extension, Opening, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.store.book import Book

DAY = dt.date(2026, 11, 3)
UNTIL = dt.date(2026, 11, 17)
LATER = dt.date(2026, 12, 1)
STEPS: tuple[Step, ...] = (
    Extension(dt.date(2026, 11, 16), LATER, "their “budget round” 🪷"),
    Decision(dt.date(2026, 11, 20), Action.DECLINE, "not our craft"),
    Reopening(dt.date(2026, 11, 21)),
    Decision(dt.date(2026, 11, 22), Action.STAGE),
)


@pytest.fixture
def id_(book: Book) -> int:
    return book.add_prospect(Prospect("a"), Opening(DAY, UNTIL)).result()


def ids(book: Book, phase: Phase, today: dt.date = dt.date.max) -> list[int]:
    return [line.id for line in book.prospects("", phase, today)]


def test_every_step_is_kept_over_a_restart(book: Book, folder: Path, id_: int) -> None:
    for step in STEPS:
        book.periods.take(id_, step).result()
    book.close()
    again = Book.open(folder)
    assert again.periods.period(id_).steps == (Opening(DAY, UNTIL), *STEPS)
    again.close()


def test_without_a_plan_it_is_opened_today_and_never_due(book: Book) -> None:
    id_ = book.add_prospect(Prospect("a")).result()
    assert book.periods.period(id_).until is None
    assert ids(book, Phase.DUE) == []
    assert ids(book, Phase.OPEN) == [id_]


def test_it_is_due_from_its_last_day_on_until_it_is_decided(book: Book, id_: int) -> None:
    yesterday = UNTIL - dt.timedelta(days=1)
    assert (ids(book, Phase.DUE, yesterday), book.periods.due(yesterday)) == ([], 0)
    assert (ids(book, Phase.DUE, UNTIL), book.periods.due(UNTIL)) == ([id_], 1)
    assert book.prospects()[0].until == UNTIL
    extension, decision, reopening, _last = STEPS
    book.periods.take(id_, extension).result()
    assert (ids(book, Phase.DUE, UNTIL), ids(book, Phase.DUE, LATER)) == ([], [id_])
    book.periods.take(id_, decision).result()
    assert (ids(book, Phase.DUE, LATER), book.prospects()[0].until) == ([], None)
    book.periods.take(id_, reopening).result()
    assert ids(book, Phase.DUE, LATER) == [id_]


def test_the_list_goes_by_what_was_decided_until_that_is_taken_back(
    book: Book, id_: int, blank: Assessment, summary: Callable[[Recommendation], Summary]
) -> None:
    book.periods.take(id_, STEPS[1]).result()
    assert ids(book, Phase.DECLINE) == [id_]
    proceed = summary(Recommendation.PROCEED)
    assessment_id = book.add_assessment(id_, blank, proceed).result()
    book.set_finished(assessment_id, True, proceed).result()
    assert ids(book, Phase.DECLINE) == [id_], "an assessment takes no decision back"
    book.periods.take(id_, STEPS[2]).result()
    assert ids(book, Phase.DECLINE) == []
    assert ids(book, Phase.PROCEED) == [id_]


def test_a_step_moves_the_prospect_up_the_list(book: Book, id_: int) -> None:
    other = book.add_prospect(Prospect("b")).result()
    assert ids(book, Phase.ALL) == [other, id_]
    book.periods.take(id_, STEPS[0]).result()
    assert ids(book, Phase.ALL) == [id_, other]


def test_a_step_that_cant_be_the_next_is_not_written(book: Book, id_: int) -> None:
    before = book.periods.period(id_)
    assert isinstance(book.periods.take(id_, STEPS[2]).exception(), ValueError)
    assert book.periods.period(id_) == before


def test_who_isnt_there_has_no_period(book: Book) -> None:
    with pytest.raises(KeyError):
        book.periods.period(7)
    assert isinstance(book.periods.take(7, STEPS[0]).exception(), KeyError)


@pytest.mark.parametrize("step", STEPS[:2], ids=["extended", "decided"])
def test_whichever_write_fails_a_step_is_taken_whole_or_not_at_all(
    book: Book, id_: int, step: Step
) -> None:
    before = book.periods.period(id_), book.prospects()
    writes: list[str] = []
    fail_at = 1

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            writes.append(statement)
            if len(writes) == fail_at:
                raise OSError("pulled out")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        while isinstance(book.periods.take(id_, step).exception(), OSError):
            assert (book.periods.period(id_), book.prospects()) == before
            fail_at, writes = fail_at + 1, []
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert fail_at == 5, "the period, its step, the prospect and their line were each tried"
    assert book.periods.period(id_).steps[-1] == step
