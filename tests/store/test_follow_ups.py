"""Follow-ups in the book: kept over a restart, paged by an index, undone, and known to the list."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.follow_up import Entry, FollowUp, Move, Purpose, Standing, days_later
from fitcheck.domain.listed import Phase, Query
from fitcheck.domain.outcome import Occasion
from fitcheck.domain.period import Decision, Opening, Reopening
from fitcheck.domain.plan import Letter, Plan
from fitcheck.domain.policy import Action
from fitcheck.following_up import FollowUps
from fitcheck.store.book import Book
from fitcheck.store.follow_ups import page_query
from tests.calendar import Calendar

DAY = dt.date(2026, 11, 21)
NINE = dt.time(9, 0)


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(DAY)


@pytest.fixture
def follow_ups(book: Book, calendar: Calendar) -> FollowUps:
    return FollowUps(book, calendar)


@pytest.fixture
def ada(book: Book) -> int:
    return book.add_prospect(Prospect("Ada Bell", "Bell & Sons")).result()


def days(entries: tuple[Entry, ...]) -> list[dt.date]:
    return [entry.follow_up.on for entry in entries]


def test_everything_of_it_outlives_a_restart(book: Book, folder: Path, ada: int) -> None:
    follow_up = FollowUp(
        DAY,
        Purpose.CHECK_UP,
        "“how it goes” 🪷",
        dt.time(14, 30),
        moves=(Move(DAY, later(3), NINE, "ill"), Move(later(3), later(9))),
        done_on=later(9),
        suggested_for=later(1),
    )
    (id_,) = book.follow_ups.add(ada, [follow_up]).result()
    book.close()
    again = Book.open(folder)
    assert again.follow_ups.entry(id_) == Entry(id_, ada, "Ada Bell", "Bell & Sons", follow_up)
    assert again.follow_ups.of_prospect(ada) == (again.follow_ups.entry(id_),)
    again.close()


def test_who_or_what_isnt_there_is_a_key_error_and_nothing_is_written(
    book: Book, follow_ups: FollowUps, ada: int
) -> None:
    (id_,) = follow_ups.add(ada, DAY, Purpose.LOOK_IN).ids
    with pytest.raises(KeyError):
        follow_ups.of_prospect(7)
    with pytest.raises(KeyError):
        follow_ups.add(7, DAY, Purpose.LOOK_IN)
    with pytest.raises(KeyError):
        follow_ups.done([id_, 99])
    with pytest.raises(KeyError):
        book.follow_ups.change({}, removed=[id_, 99]).result()
    assert follow_ups.entry(id_).follow_up.done_on is None


def test_what_makes_no_sense_is_refused_for_all_or_none(follow_ups: FollowUps, ada: int) -> None:
    with pytest.raises(ValueError, match="today or later"):
        follow_ups.add(ada, later(-1), Purpose.LOOK_IN)
    one, two = (follow_ups.add(ada, DAY, Purpose.LOOK_IN).ids[0] for _ in range(2))
    follow_ups.done([two])
    with pytest.raises(ValueError, match="reopened"):
        follow_ups.move([one, two], later(1))
    assert follow_ups.entry(one).follow_up.moves == ()


def test_moving_is_one_more_step_and_the_reason_stays(follow_ups: FollowUps, ada: int) -> None:
    (id_,) = follow_ups.add(ada, DAY, Purpose.LOOK_IN, " why ", NINE).ids
    follow_ups.move([id_], later(2), NINE, " they asked ")
    follow_ups.move([id_], later(2), NINE)
    follow_up = follow_ups.entry(id_).follow_up
    assert (follow_up.planned_on, follow_up.planned_at, follow_up.reason) == (DAY, NINE, "why")
    assert follow_up.moves == (Move(DAY, later(2), NINE, "they asked"),)
    changed = follow_ups.edit(id_, Purpose.CHECK_UP, "another")
    follow_up = follow_ups.entry(id_).follow_up
    assert (follow_up.purpose, follow_up.reason) == (Purpose.CHECK_UP, "another")
    follow_ups.undo(changed)
    assert follow_ups.entry(id_).follow_up.reason == "why"


def test_what_is_overdue_is_put_off_from_today_and_what_is_not_from_its_day(
    follow_ups: FollowUps, calendar: Calendar, ada: int
) -> None:
    late, ahead = (follow_ups.add(ada, later(days), Purpose.LOOK_IN).ids[0] for days in (0, 20))
    calendar.today = later(5)
    follow_ups.put_off([late, ahead], lambda day: days_later(day, 7))
    assert days(follow_ups.of_prospect(ada)) == [later(12), later(27)]


@pytest.mark.parametrize("way", ["move", "put_off", "done", "remove", "edit", "add"])
def test_every_change_can_be_undone_to_the_last_word(
    follow_ups: FollowUps, ada: int, way: str
) -> None:
    ids = [follow_ups.add(ada, later(n), Purpose.LOOK_IN, f"{n}", NINE).ids[0] for n in range(3)]
    follow_ups.move(ids[:1], later(9), reason="moved before")
    before = follow_ups.of_prospect(ada)
    done = {
        "move": lambda: follow_ups.move(ids, later(40)),
        "put_off": lambda: follow_ups.put_off(ids, lambda day: days_later(day, 1)),
        "done": lambda: follow_ups.done(ids),
        "remove": lambda: follow_ups.remove(ids),
        "edit": lambda: follow_ups.edit(ids[0], Purpose.CHECK_UP, "x"),
        "add": lambda: follow_ups.add(ada, later(1), Purpose.CHECK_UP),
    }[way]()
    assert follow_ups.of_prospect(ada) != before
    follow_ups.undo(done)
    assert follow_ups.of_prospect(ada) == before


def test_a_slip_is_reopened(follow_ups: FollowUps, ada: int) -> None:
    ids = follow_ups.add(ada, DAY, Purpose.LOOK_IN).ids
    follow_ups.done(ids)
    assert follow_ups.all_open() == ()
    follow_ups.reopen(ids)
    assert len(follow_ups.all_open()) == 1


OPEN = st.tuples(
    st.integers(-20, 40), st.sampled_from([None, NINE, dt.time(17, 15)]), st.booleans()
)


@pytest.fixture(scope="module")
def shared(
    empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Book, list[int]]]:
    folder = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(empty, folder)
    book = Book.open(folder)
    yield book, [book.add_prospect(Prospect(name)).result() for name in ("a", "b")]
    book.close()


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(OPEN, max_size=14), st.integers(1, 5))
def test_pages_hold_each_open_one_once_in_the_order_of_the_days(
    shared: tuple[Book, list[int]], made: list[tuple[int, dt.time | None, bool]], size: int
) -> None:
    book, people = shared
    store = book.follow_ups
    store.change({}, removed=[each.id for one in people for each in store.of_prospect(one)])
    new = [
        FollowUp(later(ahead), Purpose.LOOK_IN, planned_at=at, done_on=DAY if done else None)
        for ahead, at, done in made
    ]
    store.change({}, adding={people[0]: tuple(new[::2]), people[1]: tuple(new[1::2])}).result()
    found: list[Entry] = []
    while page := store.page(found[-1] if found else None, size=size):
        found += page
    still = [each for each in new if each.done_on is None]
    assert sorted(each.follow_up.uid for each in found) == sorted(each.uid for each in still)
    places = [(each.follow_up.on, each.follow_up.at or dt.time.min, each.id) for each in found]
    assert places == sorted(places)
    counts = store.counts(DAY)
    for standing in (Standing.OVERDUE, Standing.DUE, Standing.COMING, Standing.LATER):
        assert counts[standing] == sum(each.standing(DAY) is standing for each in still)
    for number, person in enumerate(people):
        open_days = [each.on for each in new[number::2] if each.done_on is None]
        asked = min(open_days, default=dt.date.max)
        assert (book.periods.due(later(-21)), person in due_on(book, asked)) == (0, bool(open_days))


def due_on(book: Book, day: dt.date) -> list[int]:
    lines = book.pages.page(Query(phase=Phase.DUE), day).lines
    assert [line.id for line in lines] == [line.id for line in book.prospects("", Phase.DUE, day)]
    assert len(lines) == book.periods.due(day)
    assert all(line.due is not None and line.due <= day for line in lines)
    return [line.id for line in lines]


def test_due_is_the_end_of_the_phase_or_the_first_follow_up_before_it(
    book: Book, follow_ups: FollowUps
) -> None:
    id_ = book.add_prospect(Prospect("a"), Opening(DAY, later(10))).result()
    assert (due_on(book, later(9)), due_on(book, later(10))) == ([], [id_])
    first = follow_ups.add(id_, later(4), Purpose.LOOK_IN)
    follow_ups.add(id_, later(20), Purpose.LOOK_IN)
    assert (due_on(book, later(3)), due_on(book, later(4))) == ([], [id_])
    book.periods.take(id_, Decision(DAY, Action.PROCEED)).result()
    follow_ups.done(first.ids)
    assert (due_on(book, later(19)), due_on(book, later(20))) == ([], [id_])


def test_after_a_decision_it_is_offered_once_and_taken_up_whole(
    book: Book, follow_ups: FollowUps, blank: Assessment, ada: int
) -> None:
    assert not follow_ups.offer(ada)
    book.periods.take(ada, Decision(DAY, Action.DECLINE)).result()
    plan = Plan(letter=Letter(revisit_on=later(60)))
    book.add_assessment(ada, Assessment(**{**blank.__dict__, "plan": plan})).result()
    offer = follow_ups.offer(ada)
    assert [(each.purpose, each.on) for each in offer.suggestions] == [(Purpose.LOOK_IN, later(60))]
    done = follow_ups.take_up(ada, offer)
    assert not follow_ups.offer(ada)
    follow_ups.undo(done)
    assert follow_ups.offer(ada) == offer


def test_another_decision_takes_away_what_was_suggested_and_leaves_ones_own(
    book: Book, follow_ups: FollowUps, ada: int
) -> None:
    own = follow_ups.add(ada, later(3), Purpose.CHECK_UP)
    book.periods.take(ada, Decision(DAY, Action.PROCEED)).result()
    follow_ups.take_up(ada, follow_ups.offer(ada))
    assert len(follow_ups.of_prospect(ada)) == 7
    book.periods.take(ada, Reopening(DAY)).result()
    offer = follow_ups.offer(ada)
    assert (offer.suggestions, len(offer.outdated)) == ((), 6)
    book.periods.take(ada, Decision(DAY, Action.DECLINE)).result()
    offer = follow_ups.offer(ada)
    assert [each.purpose for each in offer.suggestions] == [Purpose.LOOK_IN]
    before = follow_ups.of_prospect(ada)
    done = follow_ups.take_up(ada, offer)
    assert [each.id for each in follow_ups.of_prospect(ada)] == [*own.ids, *done.ids]
    follow_ups.undo(done)
    assert follow_ups.of_prospect(ada) == before


def test_marking_an_outcome_ticks_off_what_was_planned_for_it(
    book: Book, follow_ups: FollowUps, ada: int
) -> None:
    follow_ups.outcome_marked(ada, Occasion.END)  # nothing is decided: nothing happens
    book.periods.take(ada, Decision(DAY, Action.STAGE)).result()
    follow_ups.take_up(ada, follow_ups.offer(ada))

    def to_mark() -> list[dt.date]:
        entries = follow_ups.of_prospect(ada)
        return [
            each.follow_up.on
            for each in entries
            if each.follow_up.purpose is Purpose.MARK_OUTCOME and not each.follow_up.done_on
        ]

    assert to_mark() == [later(90), later(365)]
    follow_ups.outcome_marked(ada, Occasion.NINETY_DAYS)
    assert to_mark() == [later(365)]
    own = follow_ups.add(ada, later(200), Purpose.MARK_OUTCOME)
    follow_ups.outcome_marked(ada, Occasion.NINETY_DAYS)
    assert to_mark() == [later(200), later(365)]
    follow_ups.outcome_marked(ada, Occasion.END)
    assert to_mark() == []
    assert follow_ups.entry(own.ids[0]).follow_up.done_on == DAY
    open_ones = [each.follow_up.purpose for each in follow_ups.all_open()]
    assert open_ones == [Purpose.RE_ASSESS], "the rest is no outcome"


def test_the_first_that_are_due_come_without_those_to_come(
    follow_ups: FollowUps, calendar: Calendar, ada: int
) -> None:
    for ahead in (4, 0, 2, 30):
        follow_ups.add(ada, later(ahead), Purpose.LOOK_IN)
    calendar.today = later(2)
    assert days(follow_ups.due(9)) == [DAY, later(2)]
    assert days(follow_ups.due(1)) == [DAY]
    assert follow_ups.counts() == {
        Standing.OVERDUE: 1,
        Standing.DUE: 1,
        Standing.COMING: 1,
        Standing.LATER: 1,
    }


def test_an_index_leads_to_every_page(book: Book, ada: int) -> None:
    (id_,) = book.follow_ups.add(ada, [FollowUp(DAY, Purpose.LOOK_IN)]).result()
    last = book.follow_ups.entry(id_)
    for query in (page_query(None, dt.date.max, 100), page_query(last, dt.date.max, 100)):
        compiled = query.compile(book.vault.engine, compile_kwargs={"literal_binds": True})
        with book.vault.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
        told = [row[3] for row in plan]
        assert any("follow_up_by_day (done_on=? AND day" in line for line in told), told
        assert not any(line.startswith("SCAN") for line in told), told
