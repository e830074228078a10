"""The consultant's own banks: files that come in whole, stay as they are, and are chosen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank, Form, Reference, parse_bank
from fitcheck.domain.plan import Plan, Stage
from fitcheck.domain.policy import Appetite
from fitcheck.domain.report import CardSheet
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.assessment_json import write_assessment
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from fitcheck.services import FitCheck
from tests.banks import CORE, own, small, small_in_other_words

TODAY = dt.date(2026, 11, 22)
SAY = ('say = "What have you already tried', 'say = "Tell me, what have you already tried')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def fitcheck(folder: Path) -> Iterator[FitCheck]:
    opened = FitCheck.open(folder, lambda: TODAY)
    yield opened
    opened.close()


def brought(fitcheck: FitCheck, text: str) -> Bank:
    """An own bank, taken into the book and in force."""
    bank = fitcheck.banks.take(fitcheck.banks.look_at(text.encode(), "mine.toml"))
    fitcheck.banks.use(bank.reference)
    return bank


def begun(fitcheck: FitCheck, form: Form = Form.FULL) -> int:
    return fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), form)


def refused(fitcheck: FitCheck, text: str) -> list[Fault]:
    with pytest.raises(InvalidInput) as caught:
        fitcheck.banks.look_at(text.encode(), "mine.toml")
    return list(caught.value.faults)


# ------------------------------------------------------------------------------- in, and in force


def test_a_new_book_asks_what_is_shipped(fitcheck: FitCheck) -> None:
    assert fitcheck.banks.in_force == load_bank()
    assert [(each.bank, each.made_on) for each in fitcheck.banks.choices] == [(load_bank(), None)]
    assert fitcheck.interview(begun(fitcheck)).bank == load_bank()


def test_new_assessments_ask_what_was_chosen_and_old_ones_what_they_asked(
    fitcheck: FitCheck,
) -> None:
    old = begun(fitcheck)
    mine = brought(fitcheck, own("1.0.0", SAY))
    assert mine.reference == Reference("mine", "1.0.0")
    assert fitcheck.interview(begun(fitcheck)).bank == mine
    assert fitcheck.interview(old).bank == load_bank()
    assert fitcheck.pocket_card(CardSheet.A6).questions[1] == mine.by_id["effort"]
    assert [(c.bank, c.made_on) for c in fitcheck.banks.choices][1] == (mine, TODAY)


def test_bringing_one_in_does_not_choose_it(fitcheck: FitCheck) -> None:
    fitcheck.banks.take(fitcheck.banks.look_at(small().encode(), "small.toml"))
    assert fitcheck.banks.in_force == load_bank()


def test_the_choice_and_every_version_are_there_after_a_restart(
    fitcheck: FitCheck, folder: Path
) -> None:
    first = brought(fitcheck, own("1.0.0", SAY))
    under_first = begun(fitcheck)
    second = brought(fitcheck, own("1.1.0"))
    fitcheck.close()
    again = FitCheck.open(folder, lambda: TODAY)
    assert again.banks.in_force == second
    assert again.interview(under_first).bank == first
    assert [each.bank for each in again.banks.choices] == [load_bank(), first, second]
    again.banks.use(load_bank().reference)
    assert again.banks.in_force == load_bank()
    assert again.preferences.own_bank == ""
    again.close()


def test_a_choice_that_is_not_there_means_the_shipped_one(fitcheck: FitCheck) -> None:
    fitcheck.save_preferences(replace(fitcheck.preferences, own_bank="gone 1.0.0"))
    assert fitcheck.banks.in_force == load_bank()


def test_a_bank_of_one_book_is_none_of_another(fitcheck: FitCheck, tmp_path: Path) -> None:
    mine = brought(fitcheck, small())
    other = FitCheck.open(tmp_path / "other", lambda: TODAY)
    with pytest.raises(KeyError):
        other.banks.find(mine.reference)
    assert other.banks.in_force == load_bank()
    other.close()
    with pytest.raises(KeyError):
        load_bank(mine.reference)


# --------------------------------------------------------------------------- nothing old is touched


def test_old_results_recompute_to_the_same_figures(fitcheck: FitCheck, folder: Path) -> None:
    ids = [fitcheck.add_assessment(assessment) for assessment in load_demo()]
    mine = brought(fitcheck, own("1.0.0", ("weight = 3", "weight = 1")))
    under_mine = [
        fitcheck.add_assessment(replace(assessment, bank=mine.reference))
        for assessment in load_demo()
    ]
    before = [fitcheck.interview(id_).verdict for id_ in (*ids, *under_mine)]
    assert [v.judgement.odds for v in before[:8]] != [v.judgement.odds for v in before[8:]]
    brought(fitcheck, own("2.0.0", ("weight = 3", "weight = 2")))
    brought(fitcheck, small())
    fitcheck.close()
    again = FitCheck.open(folder, lambda: TODAY)
    assert [again.interview(id_).verdict for id_ in (*ids, *under_mine)] == before
    trial = again.policies.trial()
    tried = {
        each.assessment_id: each.then for each in trial.changes(load_policy(), Appetite.HUNGRY)
    }
    found = (verdict.judgement.recommendation for verdict in before)
    assert tried == dict(zip((*ids, *under_mine), found, strict=True))
    again.close()


def test_the_same_name_for_something_else_is_refused(fitcheck: FitCheck) -> None:
    brought(fitcheck, own("1.0.0"))
    (fault,) = refused(fitcheck, own("1.0.0", SAY))
    line = own("1.0.0").split("\n").index('version = "1.0.0"') + 1
    assert fault == Fault(
        f"mine.toml:{line}: version",
        "a higher version: mine 1.0.0 is there already, asks something else, and stays as it is",
    )
    found = {fault.place for fault in refused(fitcheck, own("1.0.0", ("weight = 3", "weight = 9")))}
    assert f"mine.toml:{line}: version" in found
    assert len(found) == 2


def test_the_same_again_is_there_already(fitcheck: FitCheck) -> None:
    brought(fitcheck, own("1.0.0"))
    again = fitcheck.banks.look_at(("# a remark\n" + own("1.0.0")).encode(), "mine.toml")
    assert again.there
    fitcheck.banks.take(again)
    assert fitcheck.banks.look_at(CORE.encode(), "core.toml").there
    assert len(fitcheck.banks.choices) == 2


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1"])
def test_the_shipped_name_is_not_to_be_had(fitcheck: FitCheck, version: str) -> None:
    (fault,) = refused(fitcheck, own(version, SAY, id_="core"))
    assert fault.place.endswith(": id")
    assert fault.expected == "an id of your own; core is that of FitCheck's bank"


def test_what_changes_is_told_before_anything_is_taken(fitcheck: FitCheck) -> None:
    look = fitcheck.banks.look_at(own("1.0.0", SAY).encode(), "mine.toml")
    assert not look.there
    assert look.since == load_bank().reference
    (changed,) = look.changes.questions.changed
    assert (changed.after.id, changed.what) == ("effort", ("say",))
    assert len(fitcheck.banks.choices) == 1


def test_a_file_that_is_no_text_is_refused_at_its_line(fitcheck: FitCheck) -> None:
    with pytest.raises(InvalidInput) as caught:
        fitcheck.banks.look_at(b"# one\n# \xff\n", "mine.toml")
    assert [fault.place for fault in caught.value.faults] == ["mine.toml:2"]
    with pytest.raises(InvalidInput, match="at most 400,000 characters"):
        fitcheck.banks.look_at(b"#" * 400_001, "mine.toml")
    with pytest.raises(InvalidInput, match="at most 400,000 characters"):
        fitcheck.banks.look_at(b"#" * 2_000_000, "mine.toml")
    crlf = b"\xef\xbb\xbf" + own("1.0.0").replace("\n", "\r\n").encode()
    assert fitcheck.banks.look_at(crlf, "mine.toml").bank == parse_bank(own("1.0.0"))


# ------------------------------------------------------------------------------- out, and in again


def test_an_exported_bank_is_the_file_below_a_word_on_how_to_edit_it(fitcheck: FitCheck) -> None:
    out = fitcheck.banks.exported(Reference("core", "1.0.0"))
    assert out.endswith(CORE)
    assert "bank-file-1.json" in out.removesuffix(CORE)
    mine = brought(fitcheck, out.replace('id = "core"', 'id = "mine"'))
    again = fitcheck.banks.exported(mine.reference)
    assert again == out.replace('id = "core"', 'id = "mine"')
    assert fitcheck.banks.look_at(again.encode(), "f").there


# ------------------------------------------------------------------------------ policy, and again


def test_deal_breakers_are_those_of_the_bank_unless_the_policy_has_its_own(
    fitcheck: FitCheck,
) -> None:
    mine = brought(fitcheck, small())
    assert fitcheck.policies.deal_breakers(fitcheck.policies.in_force) == mine.deal_breakers
    asked = fitcheck.policies.new_deal_breaker(())
    policy = replace(load_policy(), deal_breakers=(replace(asked, text="They.", ask="Why?"),))
    fitcheck.policies.save(policy)
    interview = fitcheck.interview(begun(fitcheck))
    assert interview.bank.deal_breakers == policy.deal_breakers
    assert interview.bank.questions == mine.questions


def test_an_id_of_a_deal_breaker_in_any_bank_is_never_used_again(fitcheck: FitCheck) -> None:
    brought(fitcheck, small().replace("unpaid-work", "own-1"))
    fitcheck.banks.use(load_bank().reference)
    assert fitcheck.policies.new_deal_breaker(()).id == "own-2"


def test_assessing_again_carries_what_was_chosen_as_far_as_it_is_still_asked(
    fitcheck: FitCheck,
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Ada"))
    first = fitcheck.interview(fitcheck.begin_assessment(prospect, Form.FULL))
    for name, level in (("opener", 3), ("effort", 1), ("outcome", 2), ("options", 4)):
        first.set_value(name, level)
    first.set_note("effort", "days of work")
    first.set_note("judges", "the board")
    first.finish()
    first.settle()
    level_1 = load_bank().by_id["effort"].levels[1]
    brought(
        fitcheck,
        own(
            "1.0.0",
            (level_1, "They have talked it over among themselves, for an evening or two."),
            (load_bank().by_id["outcome"].levels[4], "They name a count, and the day by when."),
            ('id = "options"', 'id = "choices"'),
        ),
    )
    again = fitcheck.interview(fitcheck.assess_again(prospect))
    assert again.answer("opener").value == 3
    assert again.answer("outcome").value == 2  # that sentence still stands there
    assert (again.answer("effort").value, again.answer("effort").note) == (None, "days of work")
    assert again.answer("judges").note == "the board"
    assert "options" not in again.assessment.answers
    assert fitcheck.moved(again) is not None


def test_a_file_that_names_an_own_bank_comes_into_the_book_that_has_it(
    fitcheck: FitCheck, tmp_path: Path
) -> None:
    mine = brought(fitcheck, small_in_other_words())
    assessment = Assessment(
        TODAY, mine.reference, load_policy().reference, Form.FULL, Appetite.BALANCED, Prospect("A")
    )
    data = json.dumps(write_assessment(assessment)).encode()
    assert fitcheck.read_incoming_data(data) == assessment
    other = FitCheck.open(tmp_path / "other", lambda: TODAY)
    with pytest.raises(InvalidInput, match="expected a bank of this FitCheck"):
        other.read_incoming_data(data)
    other.close()


def test_a_plan_asks_again_what_is_still_asked(fitcheck: FitCheck) -> None:
    bank = load_bank()
    known, gone = bank.by_id["opener"].id, bank.by_id["options"].id
    last = Assessment(
        TODAY,
        bank.reference,
        load_policy().reference,
        Form.FULL,
        Appetite.BALANCED,
        Prospect("Ada"),
        plan=Plan(stages=(Stage(goal="One", asks=(known, gone)), Stage(goal="Two", asks=(gone,)))),
    )
    id_ = fitcheck.add_assessment(last)
    prospect = fitcheck.interview(id_).prospect_id
    same = fitcheck.interview(fitcheck.assess_again(prospect))
    assert same.assessment.plan == last.plan
    brought(fitcheck, own("1.0.0", ('id = "options"', 'id = "choices"')))
    again = fitcheck.interview(fitcheck.assess_again(prospect)).assessment
    assert [stage.asks for stage in again.plan.stages] == [(known,), ()]
    data = json.dumps(write_assessment(again)).encode()
    assert fitcheck.read_incoming_data(data) == again
