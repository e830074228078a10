"""The phase of a prospect and assessing again, as the window asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.domain.assessment import (
    Assessment,
    DealBreakerState,
    Dissent,
    Gut,
    NextStep,
    Override,
    Prospect,
)
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Phase
from fitcheck.domain.period import Decision, Extension, Opening, Reopening
from fitcheck.domain.plan import Plan
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.report import Edition, PrivateFile
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from tests.calendar import Calendar

DAY = dt.date(2026, 11, 3)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(DAY)


@pytest.fixture
def fitcheck(tmp_path: Path, calendar: Calendar) -> Iterator[FitCheck]:
    opened = FitCheck.open(tmp_path / "book", calendar)
    yield opened
    opened.close()


@pytest.fixture
def petra(fitcheck: FitCheck) -> int:
    return fitcheck.add_prospect(Prospect("Petra Lindqvist"))


@pytest.fixture
def first(fitcheck: FitCheck, petra: int) -> int:
    """A finished assessment with something in every place."""
    interview = fitcheck.interview(fitcheck.begin_assessment(petra, Form.FULL))
    for number, question in enumerate(interview.questions):
        interview.set_value(question.id, 1 if number % 5 == 0 else 3)
        interview.set_evidence(question.id, Evidence.REPORTED)
        interview.set_note(question.id, f"note {number}")
        interview.set_quote(question.id, f"quote {number}")
    interview.set_deal_breaker("no-budget", DealBreakerState.CLEARED)
    interview.set_field("in_their_words", "Forty minutes at the gate.")
    interview.set_field("restatement", "You wait.")
    interview.set_field("confirmed_on", DAY)
    interview.set_field("next_step", NextStep("a call", DAY))
    interview.set_field("plan", Plan(conditions=("paid in advance",)))
    interview.set_field("dissent", (Dissent("wait", "too soon", "now", DAY),))
    interview.override(Override(Action.STAGE, "a friend of a friend", DAY))
    interview.finish()
    settle(fitcheck)
    return interview.id


def settle(fitcheck: FitCheck) -> None:
    """Once this returns, all that was written before can be read."""
    fitcheck.save_preferences(fitcheck.preferences)


def kept(of: Assessment) -> Assessment:
    """What goes over into the next assessment, apart from what belongs to the day."""
    return replace(of, date=DAY, override=None, appetite=Appetite.BALANCED)


def test_a_phase_is_opened_with_the_prospect(fitcheck: FitCheck, petra: int) -> None:
    assert fitcheck.period(petra).steps == (Opening(DAY, dt.date(2026, 11, 17)),)


def test_a_phase_is_extended_decided_and_reopened_each_with_its_day(
    fitcheck: FitCheck, calendar: Calendar, petra: int
) -> None:
    calendar.today = dt.date(2026, 11, 17)
    assert (fitcheck.due(), len(fitcheck.prospects(phase=Phase.DUE))) == (1, 1)
    fitcheck.extend(petra, dt.date(2026, 12, 1), "  budget round ")
    assert (fitcheck.due(), fitcheck.prospects(phase=Phase.DUE)) == (0, ())
    calendar.today = dt.date(2026, 11, 20)
    fitcheck.decide(petra, Action.STAGE, " one small step ")
    assert [line.id for line in fitcheck.prospects(phase=Phase.STAGE)] == [petra]
    calendar.today = dt.date(2026, 11, 21)
    fitcheck.reopen(petra)
    assert fitcheck.period(petra).steps[1:] == (
        Extension(dt.date(2026, 11, 17), dt.date(2026, 12, 1), "budget round"),
        Decision(dt.date(2026, 11, 20), Action.STAGE, "one small step"),
        Reopening(dt.date(2026, 11, 21)),
    )
    with pytest.raises(ValueError, match="only what is decided"):
        fitcheck.reopen(petra)


def test_nobody_planned_an_end_for_what_comes_from_elsewhere(
    fitcheck: FitCheck, calendar: Calendar
) -> None:
    calendar.today = dt.date(2030, 1, 1)
    assessment = load_demo()[0]
    fitcheck.add_assessment(assessment)
    (line,) = fitcheck.prospects()
    assert fitcheck.period(line.id).steps == (Opening(assessment.date),)
    assert fitcheck.due() == 0


def test_assessing_again_begins_with_all_that_the_last_one_found(
    fitcheck: FitCheck, calendar: Calendar, petra: int, first: int
) -> None:
    before = fitcheck.interview(first).assessment
    calendar.today = dt.date(2027, 2, 1)
    fitcheck.edit_prospect(petra, Prospect("Petra Lindqvist-Berg"))
    fitcheck.save_preferences(replace(fitcheck.preferences, appetite=Appetite.HUNGRY))
    second = fitcheck.interview(fitcheck.assess_again(petra))
    again = second.assessment
    assert again.date == calendar.today
    assert again.appetite is Appetite.HUNGRY
    assert again.override is None
    assert again.prospect.name == "Petra Lindqvist-Berg"
    assert not second.finished
    assert not second.can_undo
    person = replace(before.prospect, name="Petra Lindqvist-Berg")
    assert kept(again) == kept(replace(before, prospect=person))
    (line,) = fitcheck.prospects()
    assert line.latest is not None
    assert line.latest.summary is not None
    assert line.latest.summary.answered == line.latest.summary.asked == 36
    assert line.latest.summary.leaning


def test_what_the_gut_said_the_last_time_is_not_what_it_says_now(
    fitcheck: FitCheck, petra: int, first: int
) -> None:
    fitcheck.interview(first).set_field("gut", Gut(Action.STAGE, "a good talk"))
    assert fitcheck.interview(fitcheck.assess_again(petra)).assessment.gut is None


def test_what_is_carried_over_is_known_as_such_until_it_is_touched(
    fitcheck: FitCheck, calendar: Calendar, petra: int, first: int
) -> None:
    was = fitcheck.interview(first)
    assert was.carried == frozenset()
    answered = {id_ for id_, answer in was.assessment.answers.items() if answer.value is not None}
    day = calendar.today
    calendar.today = dt.date(2027, 2, 1)
    again = fitcheck.assess_again(petra)
    second = fitcheck.interview(again)
    assert second.last == day
    assert second.carried == answered
    effort = second.answer("effort")
    assert effort.evidence is not None
    second.set_value("effort", effort.value)
    second.set_evidence("budget", second.answer("budget").evidence or Evidence.HUNCH)
    second.set_note("opener", "better than the last time")
    confirmed = {"effort", "budget", "opener"}
    assert second.carried == answered - confirmed
    assert second.answer("effort") == effort
    settle(fitcheck)
    reopened = fitcheck.interview(again)
    assert reopened.carried == answered - confirmed
    assert [reopened.undo() is not None for _change in confirmed] == [True] * 3
    assert reopened.carried == answered
    assert not reopened.can_undo
    reopened.redo()
    assert reopened.carried == answered - {"effort"}


def test_the_same_answer_again_is_no_change_where_nothing_was_carried_over(
    fitcheck: FitCheck, petra: int
) -> None:
    interview = fitcheck.interview(fitcheck.begin_assessment(petra, Form.FULL))
    interview.set_value("effort", 2)
    interview.set_value("effort", 2)
    interview.undo()
    assert interview.carried == frozenset()
    assert not interview.can_undo


def test_the_last_one_stays_as_it_was(
    fitcheck: FitCheck, calendar: Calendar, petra: int, first: int
) -> None:
    before = fitcheck.interview(first)
    calendar.today = dt.date(2027, 2, 1)
    second = fitcheck.interview(fitcheck.assess_again(petra))
    for question in second.questions:
        second.set_value(question.id, 0)
    second.set_deal_breaker("no-budget", DealBreakerState.CONFIRMED)
    second.finish()
    settle(fitcheck)
    after = fitcheck.interview(first)
    assert after.assessment == before.assessment
    assert after.judgement == before.judgement
    assert after.finished


def test_a_third_one_begins_where_the_second_ended(
    fitcheck: FitCheck, calendar: Calendar, petra: int, first: int
) -> None:
    calendar.today = dt.date(2027, 2, 1)
    second = fitcheck.interview(fitcheck.assess_again(petra))
    second.set_value("effort", 0)
    unfinished = fitcheck.interview(fitcheck.assess_again(petra))
    was = fitcheck.interview(first).answer("effort")
    assert unfinished.answer("effort") == was, "what isn't finished is nothing to begin from"
    second.finish()
    assert fitcheck.interview(fitcheck.assess_again(petra)).answer("effort").value == 0


def test_what_todays_policy_no_longer_asks_about_is_left_behind(
    fitcheck: FitCheck, petra: int, first: int
) -> None:
    assert fitcheck.interview(first).assessment.deal_breakers
    policy = fitcheck.policies.in_force
    mine = fitcheck.policies.new_deal_breaker(fitcheck.policies.deal_breakers(policy))
    mine = replace(mine, text="They want it for free.", ask="Shall we talk about the fee?")
    saved = fitcheck.policies.save(replace(policy, deal_breakers=(mine,)))
    second = fitcheck.interview(fitcheck.assess_again(petra))
    assert second.assessment.policy == saved.reference
    assert second.assessment.deal_breakers == {}
    assert fitcheck.moved(second) is not None


def test_what_is_on_its_way_to_the_disk_is_carried_over_too(
    fitcheck: FitCheck, petra: int, first: int
) -> None:
    interview = fitcheck.interview(first)
    for level in (0, 1, 2, 3, 4) * 3:
        interview.set_value("effort", level)
        interview.set_note("effort", f"note {level}")
    again = fitcheck.interview(fitcheck.assess_again(petra))
    assert again.answer("effort") == interview.answer("effort")


def test_without_a_finished_one_there_is_nothing_to_begin_from(
    fitcheck: FitCheck, petra: int
) -> None:
    fitcheck.begin_assessment(petra, Form.FULL)
    assert fitcheck.last_finished(petra) is None
    with pytest.raises(KeyError):
        fitcheck.assess_again(petra)
    assert len(fitcheck.assessments(petra)) == 1


def test_the_second_shows_what_moved_since_the_first(
    fitcheck: FitCheck, calendar: Calendar, petra: int, first: int
) -> None:
    assert fitcheck.moved(fitcheck.interview(first)) is None
    calendar.today = dt.date(2027, 2, 1)
    second = fitcheck.interview(fitcheck.assess_again(petra))
    unmoved = fitcheck.moved(second)
    assert unmoved is not None
    assert (unmoved.answers, unmoved.deal_breakers, unmoved.since) == ((), (), DAY)
    second.set_value("effort", 4)
    found = fitcheck.moved(second)
    assert found is not None
    assert [each.question.id for each in found.answers] == ["effort"]
    assert found.then is Recommendation.STAGE, "as it was decided then"
    assert fitcheck.moved(fitcheck.interview(first)) is None, "the first has nothing before it"


def test_only_the_private_file_holds_what_moved(fitcheck: FitCheck, petra: int, first: int) -> None:
    second = fitcheck.interview(fitcheck.assess_again(petra))
    reports = {edition: fitcheck.report(second, edition) for edition in Edition}
    private = reports.pop(Edition.PRIVATE)
    assert isinstance(private, PrivateFile)
    assert private.moved == fitcheck.moved(second)
    assert not any(hasattr(report, "moved") for report in reports.values())
    alone = fitcheck.report(fitcheck.interview(first), Edition.PRIVATE)
    assert isinstance(alone, PrivateFile)
    assert alone.moved is None
