"""The consultant's own policies: versions that stay, and the past that they leave alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Prospect
from fitcheck.domain.bank import Axis, DealBreaker, Form, Reference
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.domain.policy import Appetite, Bar, Policy
from fitcheck.domain.report import Edition, PrivateFile
from fitcheck.errors import InvalidInput
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from fitcheck.services import FitCheck

TODAY = dt.date(2026, 11, 21)
STRICT = replace(
    load_policy(), bars={axis: Bar(0.95, 0.95) for axis in (Axis.CHEMISTRY, Axis.TRUST)}
)
OWN = (DealBreaker("own-1", "They want it yesterday.", "By when, and why?"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def fitcheck(folder: Path) -> Iterator[FitCheck]:
    opened = FitCheck.open(folder, lambda: TODAY)
    yield opened
    opened.close()


def begun(fitcheck: FitCheck) -> int:
    return fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), Form.FULL)


def test_a_new_book_judges_by_the_default(fitcheck: FitCheck) -> None:
    assert fitcheck.policies.in_force == fitcheck.policies.default == load_policy()
    assert fitcheck.policies.newest is None
    assert fitcheck.interview(begun(fitcheck)).policy == load_policy()


def test_saving_makes_a_version_that_new_assessments_begin_with(fitcheck: FitCheck) -> None:
    old = begun(fitcheck)
    first = fitcheck.policies.save(STRICT)
    assert first == replace(STRICT, id="own", version="1.0.0")
    second = fitcheck.policies.save(replace(first, gap=0.1))
    assert second.reference == Reference("own", "2.0.0")
    assert fitcheck.policies.in_force == fitcheck.policies.newest == second
    assert fitcheck.interview(begun(fitcheck)).assessment.policy == second.reference
    assert fitcheck.interview(old).assessment.policy == load_policy().reference
    assert fitcheck.policies.made_on(second.reference) == TODAY
    assert fitcheck.policies.made_on(load_policy().reference) is None


def test_every_version_is_there_after_a_restart(fitcheck: FitCheck, folder: Path) -> None:
    first = fitcheck.policies.save(replace(STRICT, deal_breakers=OWN))
    under_first = begun(fitcheck)
    second = fitcheck.policies.save(replace(first, gap=0.1))
    fitcheck.close()
    again = FitCheck.open(folder, lambda: TODAY)
    assert again.policies.in_force == second
    assert again.interview(under_first).policy == first
    assert again.interview(under_first).bank.deal_breakers == OWN
    again.close()


def test_an_old_judgement_stays_as_it_was(fitcheck: FitCheck) -> None:
    ids = [fitcheck.add_assessment(assessment) for assessment in load_demo()]
    before = [fitcheck.interview(id_).judgement for id_ in ids]
    lines = fitcheck.prospects()
    fitcheck.policies.save(replace(STRICT, deal_breakers=OWN))
    assert [fitcheck.interview(id_).judgement for id_ in ids] == before
    assert fitcheck.prospects() == lines


def test_a_report_of_an_assessment_under_an_own_policy_holds_its_rules(fitcheck: FitCheck) -> None:
    saved = fitcheck.policies.save(replace(load_policy(), deal_breakers=OWN))
    interview = fitcheck.interview(begun(fitcheck))
    interview.set_deal_breaker("own-1", DealBreakerState.CONFIRMED)
    report = fitcheck.report(interview, Edition.PRIVATE)
    assert isinstance(report, PrivateFile)
    assert (report.policy, report.bank.deal_breakers) == (saved, OWN)
    assert report.judgement.recommendation is Recommendation.DECLINE


def test_what_there_is_already_makes_no_new_version(fitcheck: FitCheck) -> None:
    first = fitcheck.policies.save(STRICT)
    assert fitcheck.policies.saved_as(first) == first.reference
    assert fitcheck.policies.save(STRICT) == first
    assert fitcheck.policies.saved_as(load_policy()) == load_policy().reference
    assert fitcheck.policies.save(replace(first, bars=load_policy().bars)) == load_policy()
    assert fitcheck.policies.in_force == load_policy()
    assert fitcheck.policies.newest == first
    assert fitcheck.policies.save(STRICT) == first
    assert fitcheck.policies.in_force == first


def test_going_back_to_the_default_is_kept(fitcheck: FitCheck, folder: Path) -> None:
    own = fitcheck.policies.save(STRICT)
    fitcheck.policies.use_default()
    assert fitcheck.policies.in_force == load_policy()
    fitcheck.close()
    again = FitCheck.open(folder)
    assert (again.policies.in_force, again.policies.newest) == (load_policy(), own)
    again.close()


@pytest.mark.parametrize(
    "draft",
    [
        replace(STRICT, gap=0.96),
        replace(STRICT, deal_breakers=()),
        replace(STRICT, deal_breakers=(OWN[0], OWN[0])),
        replace(STRICT, deal_breakers=(replace(OWN[0], text=""),)),
    ],
)
def test_a_draft_with_faults_is_refused_whole(fitcheck: FitCheck, draft: Policy) -> None:
    with pytest.raises(InvalidInput):
        fitcheck.policies.save(draft)
    assert fitcheck.policies.in_force == load_policy()
    assert fitcheck.policies.newest is None


def test_half_a_surrogate_pair_is_stored_as_what_can_be(fitcheck: FitCheck) -> None:
    broken = (replace(OWN[0], text="They say \ud83d."),)
    saved = fitcheck.policies.save(replace(STRICT, deal_breakers=broken))
    assert saved.deal_breakers == (replace(OWN[0], text="They say \ufffd."),)


def test_no_id_of_a_deal_breaker_is_ever_used_again(fitcheck: FitCheck) -> None:
    """Or an old state would be taken for that of another statement."""
    known = fitcheck.policies.deal_breakers(fitcheck.policies.in_force)
    assert fitcheck.policies.new_deal_breaker(known).id == "own-1"
    assert fitcheck.policies.new_deal_breaker((*known, OWN[0])).id == "own-2"
    fitcheck.policies.save(replace(load_policy(), deal_breakers=OWN))
    fitcheck.policies.save(STRICT)
    assert fitcheck.policies.new_deal_breaker(known).id == "own-2"


def test_an_edited_deal_breaker_means_what_it_meant_in_an_old_assessment(
    fitcheck: FitCheck,
) -> None:
    bank = load_bank()
    edited = (replace(bank.deal_breakers[0], text="They sign nothing."), *bank.deal_breakers[1:])
    id_ = begun(fitcheck)
    fitcheck.interview(id_).set_deal_breaker(bank.deal_breakers[0].id, DealBreakerState.CONFIRMED)
    fitcheck.policies.save(replace(load_policy(), deal_breakers=edited))
    old = fitcheck.interview(id_)
    assert old.bank.deal_breakers == bank.deal_breakers
    assert old.judgement.confirmed == (bank.deal_breakers[0].id,)


class TestTheTrial:
    def test_it_tells_what_each_would_come_to(self, fitcheck: FitCheck) -> None:
        demo = load_demo()
        ids = [fitcheck.add_assessment(assessment) for assessment in demo]
        found = {
            c.assessment_id: c for c in fitcheck.policies.trial().changes(STRICT, Appetite.CHOOSY)
        }
        assert set(found) == set(ids)
        bank = load_bank()
        for id_, assessment in zip(ids, demo, strict=True):
            then = judge(assessment, bank, load_policy()).recommendation
            now = judge(replace(assessment, appetite=Appetite.CHOOSY), bank, STRICT).recommendation
            change = found[id_]
            assert (change.then, change.now) == (then, now)
            assert (change.name, change.date) == (assessment.prospect.name, assessment.date)
            assert change.changes is (then is not now)
            assert change.decided is (assessment.override is not None)
        assert any(change.changes for change in found.values())

    def test_unfinished_ones_are_among_them(self, fitcheck: FitCheck) -> None:
        id_ = begun(fitcheck)
        (change,) = fitcheck.policies.trial().changes(STRICT, Appetite.BALANCED)
        assert (change.assessment_id, change.now) == (id_, Recommendation.UNDECIDED)

    def test_each_is_judged_under_its_own_policy_and_appetite_before(
        self, fitcheck: FitCheck
    ) -> None:
        fitcheck.policies.save(STRICT)
        fitcheck.save_preferences(replace(fitcheck.preferences, appetite=Appetite.HUNGRY))
        interview = fitcheck.interview(begun(fitcheck))
        for question in interview.questions:
            interview.set_value(question.id, 4)
        # Returns when everything that was written before it is on the disk.
        fitcheck.save_preferences(fitcheck.preferences)
        (change,) = fitcheck.policies.trial().changes(load_policy(), Appetite.BALANCED)
        assert change.then is interview.judgement.recommendation
        assert change.now is Recommendation.PROCEED

    def test_a_deal_breaker_that_is_taken_out_rules_nothing_out(self, fitcheck: FitCheck) -> None:
        demo = next(
            a
            for a in load_demo()
            if judge(a, load_bank(), load_policy()).recommendation is Recommendation.PROCEED
        )
        first = load_bank().deal_breakers[0]
        states = {first.id: DealBreakerState.CONFIRMED}
        fitcheck.add_assessment(replace(demo, deal_breakers=states))
        draft = replace(load_policy(), deal_breakers=load_bank().deal_breakers[1:])
        (change,) = fitcheck.policies.trial().changes(draft, demo.appetite)
        assert (change.then, change.now) == (Recommendation.DECLINE, Recommendation.PROCEED)

    def test_it_reads_an_assessment_once_and_stops_when_nobody_asks(
        self, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for assessment in load_demo():
            fitcheck.add_assessment(assessment)
        read: list[int] = []
        whole = fitcheck._book.assessment

        def reading(id_: int) -> Assessment:
            read.append(id_)
            return whole(id_)

        monkeypatch.setattr(fitcheck._book, "assessment", reading)
        trial = fitcheck.policies.trial()
        changes = trial.changes(STRICT, Appetite.BALANCED)
        next(changes)
        assert read == [trial.ids[0]]
        for draft in (STRICT, load_policy()):
            assert len(list(trial.changes(draft, Appetite.BALANCED))) == len(load_demo())
        assert read == list(trial.ids)

    def test_before_any_answer_it_is_too_early(self, fitcheck: FitCheck) -> None:
        judgement = fitcheck.policies.trial().judgement(None, STRICT, Appetite.BALANCED)
        assert judgement.recommendation is Recommendation.UNDECIDED
        assert judgement.bars == {Axis.CHEMISTRY: 0.95, Axis.TRUST: 0.95}


class TestByTodaysPolicy:
    def test_nothing_is_said_where_todays_rules_judged(self, fitcheck: FitCheck) -> None:
        assert (
            fitcheck.policies.judged_today(fitcheck.interview(begun(fitcheck)).assessment) is None
        )

    def test_another_policy_is_tried(self, fitcheck: FitCheck) -> None:
        interview = fitcheck.interview(begun(fitcheck))
        saved = fitcheck.policies.save(STRICT)
        answers = {"ease": Answer("ease", 4)}
        assessment = replace(interview.assessment, answers=answers)
        assert fitcheck.policies.judged_today(assessment) == judge(assessment, load_bank(), saved)

    def test_so_is_another_appetite(self, fitcheck: FitCheck) -> None:
        assessment = fitcheck.interview(begun(fitcheck)).assessment
        fitcheck.save_preferences(replace(fitcheck.preferences, appetite=Appetite.CHOOSY))
        choosy = replace(assessment, appetite=Appetite.CHOOSY)
        expected = judge(choosy, load_bank(), load_policy())
        assert fitcheck.policies.judged_today(assessment) == expected
