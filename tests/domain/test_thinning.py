"""What thinning keeps, whatever backups there are and whatever the clock did."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.thinning import DAYS, MONTHS, WEEKS, WHOLE, superseded

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

moments = st.integers(-3000, 24 * 900).map(lambda hours: NOW - dt.timedelta(hours=hours))
backups = st.lists(moments, max_size=80).map(
    lambda made: {f"{number:02}": moment for number, moment in enumerate(made)}
)


def thinned(
    made: dict[str, dt.datetime], now: dt.datetime = NOW, good: frozenset[str] = frozenset()
) -> dict[str, dt.datetime]:
    gone = superseded(made, now, good)
    return {name: moment for name, moment in made.items() if name not in gone}


@given(backups, st.data())
def test_the_newest_good_one_stays(made: dict[str, dt.datetime], data: st.DataObject) -> None:
    good = data.draw(st.frozensets(st.sampled_from(sorted(made)))) if made else frozenset[str]()
    kept = thinned(made, good=good)
    past = [name for name in good if made[name] <= NOW]
    if past:
        assert max(past, key=lambda name: (made[name], name)) in kept


@given(backups)
def test_of_each_day_week_and_month_one_stays_as_far_back_as_promised(
    made: dict[str, dt.datetime],
) -> None:
    kept = thinned(made).values()
    past = [moment for moment in made.values() if moment <= NOW]
    days = sorted({moment.date() for moment in past})
    weeks = sorted({moment.isocalendar()[:2] for moment in past})
    months = sorted({(moment.year, moment.month) for moment in past})
    assert {moment.date() for moment in kept} >= set(days[-DAYS:])
    assert {moment.isocalendar()[:2] for moment in kept} >= set(weeks[-WEEKS:])
    assert {(moment.year, moment.month) for moment in kept} >= set(months[-MONTHS:])


@given(backups)
def test_of_two_days_all_stay_and_of_the_rest_so_many(made: dict[str, dt.datetime]) -> None:
    kept = {name: moment for name, moment in thinned(made).items() if moment <= NOW}
    past = {name: moment for name, moment in made.items() if moment <= NOW}
    recent = {name for name in past if max(past.values()) - past[name] <= WHOLE}
    assert recent <= set(kept)
    assert len(kept) - len(recent) <= DAYS + WEEKS + MONTHS


@given(backups)
def test_a_second_time_nothing_more_goes(made: dict[str, dt.datetime]) -> None:
    once = thinned(made)
    assert thinned(once) == once


@given(backups, st.integers(-(10**6), 10**6).map(lambda days: days / 100))
def test_only_what_there_is_goes_and_nothing_from_the_future(
    made: dict[str, dt.datetime], jump: float
) -> None:
    now = NOW + dt.timedelta(days=jump)
    gone = superseded(made, now, ())
    assert gone <= set(made)
    assert all(made[name] <= now for name in gone)


@given(backups)
def test_a_clock_that_runs_ahead_costs_no_more_than_one_that_is_right(
    made: dict[str, dt.datetime],
) -> None:
    past = {name: moment for name, moment in made.items() if moment <= NOW}
    assert thinned(past, NOW + 30_000 * DAY) == thinned(past)


def test_a_backup_a_day_reaches_back_ten_months_at_least() -> None:
    made: dict[str, dt.datetime] = {}
    for number in range(800):
        now = NOW + number * DAY
        made = thinned({**made, str(number): now}, now)
    oldest_first = sorted(made.values())
    # Today and the two days before it are the two whole days; the other 31 are the rest.
    assert len(made) == 3 + DAYS + WEEKS + MONTHS
    assert dt.timedelta(days=300) < now - oldest_first[0] < dt.timedelta(days=400)
    assert max(b - a for a, b in pairwise(oldest_first)) <= dt.timedelta(days=62)


def test_a_book_that_lay_closed_for_years_loses_nothing() -> None:
    made = {str(number): NOW - (1000 + number) * DAY for number in range(14)}
    assert superseded(made, NOW, ()) == frozenset()


def test_where_there_is_none_none_goes() -> None:
    assert superseded({}, NOW, ()) == frozenset()
    assert superseded({"ahead": NOW + DAY}, NOW, ()) == frozenset()
