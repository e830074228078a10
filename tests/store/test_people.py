"""Everything that the book holds about a person, and for how long."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.listed import Summary
from fitcheck.domain.period import Decision, Opening
from fitcheck.domain.policy import Action
from fitcheck.exchange.person_json import read_person, write_person
from fitcheck.services import FitCheck
from fitcheck.store.book import Book
from tests.store.later import later, put_later, without_colleague

DAY = dt.date(2026, 11, 22)


def test_a_person_is_all_that_the_book_holds_of_them(
    book: Book, whole: Assessment, summary: Callable[[Recommendation], Summary]
) -> None:
    book.add_prospect(Prospect("Somebody else")).result()
    id_ = book.add_prospect(whole.prospect, Opening(DAY)).result()
    first = book.add_assessment(id_, whole, summary(Recommendation.STAGE)).result()
    book.set_finished(first, True, summary(Recommendation.STAGE)).result()
    second = book.add_assessment(id_, whole).result()
    token = book.form_sheets.token(second)
    book.periods.take(id_, Decision(DAY, Action.STAGE, "one step")).result()
    book.people.keep(id_, Keeping(DAY, DAY)).result()
    what = later()
    put_later(book, id_, what)
    person = book.people.person(id_, DAY)
    assert person.prospect == book.prospect(id_)
    assert person.period == book.periods.period(id_)
    assert person.keeping == Keeping(DAY, DAY) == book.people.keeping(id_)
    what = without_colleague(what)
    assert person.about == what.about
    assert (person.follow_ups, person.outcomes) == (what.follow_ups, what.outcomes)
    assert person.referrals == what.referrals
    assert person.forecasts == {1: what.forecast}
    newest, oldest = person.assessments
    assert (newest.form_token, newest.finished, newest.summary) == (token, False, None)
    assert (oldest.form_token, oldest.finished) == ("", True)
    assert oldest.summary == summary(Recommendation.STAGE)
    assert newest.assessment == oldest.assessment == whole


def test_what_was_taken_back_is_given_too_and_when(folder: Path) -> None:
    fitcheck = FitCheck.open(folder, lambda: DAY)
    id_ = fitcheck.add_prospect(Prospect("Zoë"))
    interview = fitcheck.interview(fitcheck.begin_assessment(id_, Form.FULL))
    interview.set_note("ease", "nervous")
    interview.undo()
    person = fitcheck.rights.person(id_)
    (assessment,) = person.assessments
    assert [line.event.kind.value for line in assessment.history] == ["set", "undo"]
    assert assessment.history[0].event.change.after["note"] == "nervous"
    assert assessment.started_at <= assessment.history[0].at <= assessment.history[1].at
    assert read_person(json.dumps(write_person(person)).encode()) == person
    fitcheck.close()


def test_nobody_has_nothing(book: Book) -> None:
    with pytest.raises(KeyError):
        book.people.person(1, DAY)
    with pytest.raises(KeyError):
        book.people.keeping(1)
    with pytest.raises(KeyError):
        book.people.keep(1, Keeping()).result()


def test_whoever_is_past_their_day_is_asked_about_until_they_are_kept_or_erased(
    folder: Path,
) -> None:
    today = [DAY]
    moments = iter(dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (3, 2, 4))
    fitcheck = FitCheck(Book.open(folder, lambda: next(moments)), lambda: today[0])

    def asked() -> tuple[int, ...]:
        return tuple(kept.prospect_id for kept in fitcheck.rights.to_be_asked())

    march, february, april = (fitcheck.add_prospect(Prospect(name)) for name in "abc")
    assert asked() == ()
    fitcheck.rights.keep_until(april, DAY)
    assert asked() == (april,)
    fitcheck.rights.keep_until(april, None)
    assert asked() == ()
    today[0] = dt.date(2028, 3, 1)
    assert asked() == (february, march)
    fitcheck.rights.still_keep(february)
    assert asked() == (march,)
    today[0] = dt.date(2029, 3, 1)
    assert asked() == (february, march, april)
    assert fitcheck.rights.person(february).keeping == Keeping(None, dt.date(2028, 3, 1))
    fitcheck.save_preferences(replace(fitcheck.preferences, keep_years=3))
    assert asked() == (february, march)
    fitcheck.save_preferences(replace(fitcheck.preferences, keep_years=-1))
    assert fitcheck.rights.years == 1
    (first, *_others) = fitcheck.rights.to_be_asked()
    assert first == fitcheck.rights.kept(february)
    assert (first.name, first.until, first.own_day) == ("b", dt.date(2027, 2, 1), False)
    with pytest.raises(KeyError):
        fitcheck.rights.kept(99)
    fitcheck.close()


def test_the_file_for_a_person_has_the_rules_of_each_assessment(folder: Path) -> None:
    fitcheck = FitCheck.open(folder, lambda: DAY)
    id_ = fitcheck.add_prospect(Prospect("Zoë"))
    fitcheck.begin_assessment(id_, Form.FULL)
    own = fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.15))
    fitcheck.begin_assessment(id_, Form.EVENT)
    file = fitcheck.rights.person_file(id_)
    assert [policy.reference for _bank, policy in file.rules] == [
        own.reference,
        fitcheck.policies.default.reference,
    ]
    assert (file.name, file.years, file.kept_until) == ("Zoë", 2, fitcheck.rights.kept(id_).until)
    fitcheck.close()
