"""A prospect's line as the book has it: finished ones judged by their own rules, and check-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.domain.line import PointKind
from fitcheck.domain.moved import moved
from fitcheck.domain.policy import Action
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from tests.calendar import Calendar

FIRST, YES, CHECK = dt.date(2024, 3, 1), dt.date(2024, 3, 20), dt.date(2026, 5, 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FitCheck, int, list[int]]]:
    """Two finished assessments with a yes between them, and an interview that isn't finished."""
    calendar = Calendar(FIRST)
    fitcheck = FitCheck.open(Path(tmp_path_factory.mktemp("years")) / "book", calendar)
    demo = load_demo()[0]
    first = fitcheck.add_assessment(replace(demo, date=FIRST))
    who = fitcheck.interview(first).prospect_id
    calendar.today = YES
    fitcheck.decide(who, Action.PROCEED)
    calendar.today = CHECK
    level = {id_: replace(a, value=1) for id_, a in demo.answers.items() if a.value == 4}
    later = replace(demo, date=CHECK, answers={**demo.answers, **level})
    second = fitcheck.add_assessment(later, prospect_id=who)
    third = fitcheck.add_assessment(replace(later, date=CHECK), finished=False, prospect_id=who)
    yield fitcheck, who, [first, second, third]
    fitcheck.close()


def test_the_line_goes_on_after_the_start(made: tuple[FitCheck, int, list[int]]) -> None:
    fitcheck, who, ids = made
    years = fitcheck.over_years.years(who)
    assert list(years.ids) == ids[:2]
    assert [point.kind for point in years.points] == [PointKind.ASSESSMENT, PointKind.CHECK_UP]
    first, second = years.points
    assert second.moved == moved(first.judged, second.judged)
    assert first.axes == fitcheck.interview(ids[0]).judgement.axes
    assert years.unfinished == (ids[2],)
    assert years.name not in repr(years)


def test_totals_of_what_isnt_finished_are_shown_only_if_asked_for(
    made: tuple[FitCheck, int, list[int]],
) -> None:
    fitcheck, who, ids = made
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    years = fitcheck.over_years.years(who)
    assert (list(years.ids), years.unfinished) == (ids, ())
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=False))


def test_a_check_up_is_one_that_was_made_after_the_yes(
    made: tuple[FitCheck, int, list[int]],
) -> None:
    fitcheck, who, _ids = made
    days = (FIRST, YES, YES + dt.timedelta(1), CHECK)
    found = [fitcheck.over_years.engaged(who, day) for day in days]
    assert found == [False, False, True, True]


def test_who_isnt_there_has_no_line(made: tuple[FitCheck, int, list[int]]) -> None:
    with pytest.raises(KeyError):
        made[0].over_years.years(99)
