"""Odds that are frozen at a decision, and the outcomes that they are held against."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from fitcheck.domain.assessment import Answer, Assessment, Gut, Prospect
from fitcheck.domain.bank import Evidence, Form, Side
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.forecast import Engagement, Forecast, NoForecast
from fitcheck.domain.judgement import judge
from fitcheck.domain.outcome import Occasion, Outcome, Sign, to_mark
from fitcheck.domain.period import Decision, Opening, Reopening
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.track_record import Finding
from fitcheck.library import CURRENT_BANK, CURRENT_POLICY, load_bank, load_policy
from fitcheck.outcomes import NoOutcome
from fitcheck.services import FitCheck
from fitcheck.store import tables
from fitcheck.store.book import Book
from tests.calendar import Calendar
from tests.store.engaged import SIGNS, engaged, forecast

DAY = dt.date(2026, 1, 5)
BANK, POLICY = load_bank(), load_policy()
ASKED = [q for q in BANK.questions if q.side is Side.CONSULTANT and Form.EVENT in q.forms]


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


@pytest.fixture
def folder(place: Path) -> Path:
    return place / "data"


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(DAY)


@pytest.fixture
def fitcheck(book: Book, calendar: Calendar) -> Iterator[FitCheck]:
    fitcheck = FitCheck(book, calendar)
    yield fitcheck
    fitcheck.close()


def assessed(level: int = 3, date: dt.date = DAY) -> Assessment:
    return Assessment(
        date=date,
        bank=CURRENT_BANK,
        policy=CURRENT_POLICY,
        form=Form.EVENT,
        appetite=Appetite.BALANCED,
        prospect=Prospect("Ada"),
        answers={q.id: Answer(q.id, level, Evidence.OBSERVED) for q in ASKED},
        gut=Gut(Action.STAGE),
    )


def person(fitcheck: FitCheck, assessment: Assessment) -> int:
    """Somebody with this finished assessment; their id."""
    fitcheck.add_assessment(assessment)
    return fitcheck.prospects()[0].id


def only(fitcheck: FitCheck) -> Engagement:
    (found,) = fitcheck.outcomes.record().engagements
    return found


# The odds of a decision


def test_the_odds_are_frozen_as_they_stand_when_it_is_decided(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.PROCEED)
    judgement = judge(assessed(), BANK, POLICY)
    # What is answered afterwards knows better, and changes nothing.
    interview = fitcheck.interview(fitcheck.assessments(id_)[0].id)
    for question in ASKED:
        interview.set_value(question.id, 0)
    calendar.today = later(90)
    fitcheck.add_assessment(assessed(0, later(80)), prospect_id=id_)
    fitcheck.outcomes.mark(id_, frozenset(Sign))
    found = only(fitcheck).forecast
    assert isinstance(found, Forecast)
    assert (found.assessed_on, found.gut, found.final) == (DAY, Action.STAGE, Action.PROCEED)
    assert found.model is not None
    assert found.model.value == judgement.recommendation.value
    assert found.odds == judgement.odds
    assert found.axes == {axis: side.score for axis, side in judgement.axes.items()}
    assert found.evidence == {Evidence.OBSERVED: 0.75}


def test_a_decision_that_is_refused_keeps_no_odds(fitcheck: FitCheck, book: Book) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.STAGE)
    with pytest.raises(ValueError, match="reopened before"):
        fitcheck.decide(id_, Action.PROCEED)
    with book.vault.engine.begin() as connection:
        assert len(connection.execute(select(tables.forecast)).all()) == 1


def test_each_decision_has_the_odds_of_its_own_day(fitcheck: FitCheck, calendar: Calendar) -> None:
    id_ = person(fitcheck, assessed(2))
    fitcheck.decide(id_, Action.STAGE)
    calendar.today = later(95)
    fitcheck.outcomes.mark(id_, SIGNS[Match.WORKABLE])
    calendar.today = later(100)
    fitcheck.reopen(id_)
    with pytest.raises(NoOutcome, match="Nothing is decided"):
        fitcheck.outcomes.mark(id_, frozenset())
    fitcheck.add_assessment(assessed(4, later(100)), prospect_id=id_)
    fitcheck.decide(id_, Action.PROCEED)
    assert fitcheck.outcomes.to_mark() == ()
    calendar.today = later(200)
    assert [each.decided_on for each in fitcheck.outcomes.to_mark()] == [later(100)]
    fitcheck.outcomes.mark(id_, SIGNS[Match.GOOD])
    first, second = fitcheck.outcomes.record().engagements
    assert (first.decided_on, second.decided_on) == (DAY, later(100))
    assert first.case is not None
    assert second.case is not None
    assert (first.case.outcome, second.case.outcome) == (Match.WORKABLE, Match.GOOD)
    assert first.case.odds[Match.GOOD] < second.case.odds[Match.GOOD]


def test_it_is_no_advice_where_it_was_too_early(fitcheck: FitCheck, calendar: Calendar) -> None:
    id_ = person(fitcheck, replace(assessed(), answers={}, gut=None))
    fitcheck.decide(id_, Action.PROCEED)
    calendar.today = later(90)
    fitcheck.outcomes.mark(id_, frozenset())
    found = only(fitcheck).forecast
    assert isinstance(found, Forecast)
    assert (found.model, found.gut, found.axes, found.evidence) == (None, None, {}, {})
    track = fitcheck.outcomes.record().track
    assert (track.model.cases, track.overruled.cases, track.final.cases) == (0, 0, 1)


# Decisions that are older than that


def older(fitcheck: FitCheck, book: Book, assessment: Assessment | None) -> int:
    """Somebody about whom it was decided before odds were frozen."""
    id_ = fitcheck.add_prospect(Prospect("Ada")) if assessment is None else None
    id_ = person(fitcheck, assessment) if assessment else id_
    assert id_ is not None
    book.periods.take(id_, Decision(DAY, Action.PROCEED)).result()
    found = book.outcomes.of(id_)
    assert found is not None
    book.outcomes.mark(found, Outcome(Occasion.END, later(365), frozenset(Sign))).result()
    return id_


def test_of_an_older_decision_they_are_worked_out_once_and_kept(
    fitcheck: FitCheck, book: Book
) -> None:
    id_ = older(fitcheck, book, assessed())
    fitcheck.add_assessment(assessed(0, later(1)), prospect_id=id_)
    was = only(fitcheck).forecast
    assert isinstance(was, Forecast)
    assert was.odds == judge(assessed(), BANK, POLICY).odds
    book.settle()
    with book.vault.engine.begin() as connection:
        connection.execute(update(tables.assessment).values(finished=False))
    assert only(fitcheck).forecast == was


def test_without_a_finished_assessment_it_is_said_so(fitcheck: FitCheck, book: Book) -> None:
    older(fitcheck, book, None)
    record = fitcheck.outcomes.record()
    assert record.engagements[0].forecast is NoForecast.NOT_ASSESSED
    assert (record.without_odds, record.track.cases) == (1, ())


def test_what_was_answered_since_is_taken_back_first(fitcheck: FitCheck, book: Book) -> None:
    id_ = older(fitcheck, book, assessed())
    # The book's own clock is months later.
    interview = fitcheck.interview(fitcheck.assessments(id_)[0].id)
    for question in ASKED[:3]:
        interview.set_value(question.id, 0)
    interview.undo()
    interview.set_note(ASKED[4].id, "in hindsight")
    interview.set_field("gut", Gut(Action.DECLINE, "in hindsight"))
    book.settle()
    found = only(fitcheck).forecast
    assert isinstance(found, Forecast)
    assert (found.odds, found.gut) == (judge(assessed(), BANK, POLICY).odds, Action.STAGE)


def test_what_was_answered_on_that_day_counts(
    empty: Path, folder: Path, calendar: Calendar
) -> None:
    shutil.copytree(empty, folder)
    noon = dt.datetime.combine(DAY, dt.time(12)).astimezone()
    fitcheck = FitCheck(Book.open(folder, lambda: noon), calendar)
    id_ = person(fitcheck, assessed())
    interview = fitcheck.interview(fitcheck.assessments(id_)[0].id)
    interview.set_value(ASKED[0].id, 0)
    fitcheck.decide(id_, Action.PROCEED)
    fitcheck.outcomes.mark(id_, frozenset())
    found = only(fitcheck).forecast
    fitcheck.close()
    assert isinstance(found, Forecast)
    assert found.odds[Match.GOOD] < judge(assessed(), BANK, POLICY).odds[Match.GOOD]


def test_what_was_only_answered_afterwards_says_nothing(fitcheck: FitCheck, book: Book) -> None:
    id_ = older(fitcheck, book, replace(assessed(), answers={}))
    interview = fitcheck.interview(fitcheck.assessments(id_)[0].id)
    interview.set_value(ASKED[0].id, 4)
    book.settle()
    assert only(fitcheck).forecast is NoForecast.NOT_ASSESSED


def test_under_rules_that_are_not_in_the_book_it_is_said_so(fitcheck: FitCheck, book: Book) -> None:
    id_ = older(fitcheck, book, assessed())
    with book.vault.engine.begin() as connection:
        connection.execute(update(tables.assessment).values(bank_id="elsewhere"))
    assert only(fitcheck).forecast is NoForecast.RULES_UNKNOWN
    assert fitcheck.outcomes.engagement(id_).name == "Ada"


# Marking


def test_marks_are_kept_with_their_words_over_a_restart(
    book: Book, folder: Path, calendar: Calendar
) -> None:
    fitcheck = FitCheck(book, calendar)
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.PROCEED)
    calendar.today = later(90)
    signs = frozenset({Sign.PAID, Sign.AGAIN})
    fitcheck.outcomes.mark(id_, signs, "  they “paid” 🪷 ")
    fitcheck.close()
    again = FitCheck(Book.open(folder), calendar)
    assert only(again).outcomes == (
        Outcome(Occasion.NINETY_DAYS, later(90), signs, "they “paid” 🪷"),
    )
    again.close()


def test_marking_again_counts_from_then_on_and_taking_it_back_undoes_it(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.PROCEED)
    calendar.today = later(90)
    fitcheck.outcomes.mark(id_, frozenset(), "a slip")
    again = fitcheck.outcomes.mark(id_, frozenset(Sign), occasion=Occasion.NINETY_DAYS)
    found = only(fitcheck)
    assert [len(each.signs) for each in found.outcomes] == [0, 4]
    assert found.outcome == found.outcomes[1], "of two marks of one day the later counts"
    fitcheck.outcomes.take_back(again)
    assert only(fitcheck).outcome == found.outcomes[0]
    with pytest.raises(KeyError):
        fitcheck.outcomes.take_back(again)


def test_the_end_counts_more_than_ninety_days_however_late_those_are_marked(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.STAGE)
    calendar.today = later(30)
    # Nothing is due: it has ended early.
    fitcheck.outcomes.mark(id_, SIGNS[Match.POOR])
    calendar.today = later(91)
    fitcheck.outcomes.mark(id_, SIGNS[Match.GOOD], occasion=Occasion.NINETY_DAYS)
    found = only(fitcheck)
    assert found.outcome is not None
    assert (found.outcome.occasion, found.outcome.match) == (Occasion.END, Match.POOR)
    assert (found.final, found.name) == (Action.STAGE, "Ada")


def test_whoever_was_declined_or_is_undecided_has_no_outcome_and_is_told_so(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    with pytest.raises(NoOutcome, match="Nothing is decided"):
        fitcheck.outcomes.mark(id_, frozenset(Sign))
    fitcheck.decide(id_, Action.DECLINE)
    calendar.today = later(400)
    assert (fitcheck.outcomes.due(), fitcheck.outcomes.running()) == (0, ())
    with pytest.raises(NoOutcome, match="declined has no outcome"):
        fitcheck.outcomes.mark(id_, frozenset(Sign))
    with pytest.raises(KeyError):
        fitcheck.outcomes.mark(999, frozenset(Sign))
    record = fitcheck.outcomes.record()
    assert (record.declined, record.engagements) == (1, ())
    assert record.track.finding is Finding.TOO_EARLY


def test_a_mark_for_a_decision_that_was_taken_back_meanwhile_is_not_written(book: Book) -> None:
    id_ = engaged(book, "Ada", DAY, None)
    found = book.outcomes.of(id_)
    assert found is not None
    book.periods.take(id_, Reopening(later(1))).result()
    with pytest.raises(ValueError, match="no longer stands"):
        book.outcomes.mark(found, Outcome(Occasion.END, later(2), frozenset())).result()
    assert book.outcomes.marked() == ()


def test_a_clock_that_went_back_still_marks_what_was_decided(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.PROCEED)
    calendar.today = later(-3)
    fitcheck.outcomes.mark(id_, frozenset(Sign))
    assert only(fitcheck).outcomes[0].on == DAY


def test_what_reminded_of_a_mark_is_ticked_off_with_it_and_comes_back_with_undo(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    id_ = person(fitcheck, assessed())
    fitcheck.decide(id_, Action.PROCEED)
    for days in (90, 365):
        fitcheck.follow_ups.add(id_, later(days), Purpose.MARK_OUTCOME)
    fitcheck.follow_ups.add(id_, later(30), Purpose.CHECK_UP)

    def open_ones() -> list[tuple[Purpose, int]]:
        entries = fitcheck.follow_ups.of_prospect(id_)
        return [
            (each.follow_up.purpose, (each.follow_up.on - DAY).days)
            for each in entries
            if each.follow_up.done_on is None
        ]

    before = open_ones()
    calendar.today = later(90)
    marked = fitcheck.outcomes.mark(id_, frozenset(Sign))
    assert open_ones() == [(Purpose.CHECK_UP, 30), (Purpose.MARK_OUTCOME, 365)]
    fitcheck.outcomes.take_back(marked)
    assert open_ones() == before
    fitcheck.outcomes.mark(id_, frozenset(Sign), occasion=Occasion.END)
    assert open_ones() == [(Purpose.CHECK_UP, 30)]


# Who is to be marked


def test_who_is_due_is_whom_the_domain_says_longest_decided_first(book: Book) -> None:
    draw = random.Random(8)
    today = later(400)
    expected = []
    for number in range(80):
        day = later(draw.choice([0, 30, 35, 36, 200, 309, 310, 311, 395]))
        final = draw.choice(list(Action))
        id_ = book.add_prospect(Prospect(f"P{number}"), Opening(day)).result()
        book.periods.take(id_, Decision(day, final)).result()
        marked = set()
        found = book.outcomes.of(id_)
        assert (found is None) is (final is Action.DECLINE)
        if found is not None:
            for occasion in draw.sample(list(Occasion), draw.randrange(3)):
                outcome = Outcome(occasion, later(draw.randrange(395, 400)), frozenset())
                book.outcomes.mark(found, outcome).result()
                marked.add(occasion)
        if draw.random() < 0.2:
            book.periods.take(id_, Reopening(later(399))).result()
        elif to_mark(final, day, frozenset(marked), today):
            expected.append((day, id_))
    expected.sort(key=lambda each: each[0])
    due = book.outcomes.due(today, 1000)
    assert [(each.decided_on, each.prospect_id) for each in due] == expected
    assert len(expected) > 10
    assert book.outcomes.count_due(today, 1000) == len(expected)
    assert book.outcomes.due(today, 3) == due[:3]
    assert book.outcomes.count_due(today, 3) == 3


def test_the_one_who_is_looked_for_is_found_among_all_that_run(book: Book) -> None:
    ids = [
        engaged(book, name, later(number), None, final)
        for number, (name, final) in enumerate(
            [
                ("Ödön 100%", Action.PROCEED),
                ("Bo Berg", Action.STAGE),
                ("Bo Lind", Action.DECLINE),
            ]
        )
    ]
    running = book.outcomes.standing("", 10)
    assert [each.prospect_id for each in running] == [ids[1], ids[0]]
    assert [each.prospect_id for each in book.outcomes.standing("ödÖN %", 10)] == [ids[0]]
    assert book.outcomes.standing("bo lind", 10) == ()
    assert book.outcomes.standing("", 1) == running[:1]


def test_many_outcomes_are_read_in_a_few_pieces(fitcheck: FitCheck, book: Book) -> None:
    for number in range(25):
        said = forecast(0.5 + number / 100, later(number))
        engaged(book, f"P{number}", later(number), said, outcome=list(Match)[number % 3])
    record = fitcheck.outcomes.record()
    assert [each.name for each in record.engagements] == [f"P{number}" for number in range(25)]
    assert record.track.figures is not None
    assert record.track.missing == 0
    assert [case.odds[Match.GOOD] for case in record.track.cases] == [
        0.5 + number / 100 for number in range(25)
    ]


def test_no_words_of_an_outcome_stand_in_a_repr() -> None:
    outcome = Outcome(Occasion.END, DAY, frozenset(), "canary")
    engagement = Engagement(1, 1, "canary", DAY, Action.PROCEED, None, (outcome,))
    assert "canary" not in repr(engagement)
