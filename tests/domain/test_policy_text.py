"""A policy that was written is the policy that is read, whatever a person types into it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.bank import JUDGED_AXES, Bank, DealBreaker
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.domain.policy import Action, Bar, Policy, parse_policy
from fitcheck.domain.policy_lint import lint_policy
from fitcheck.domain.policy_text import write_policy
from fitcheck.domain.toml_checks import ASKED_LENGTH, SAID_LENGTH
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy, load_rules

DEFAULT = load_policy()
BANK = load_bank()

_typed = st.text(st.characters(exclude_categories=["Cs"]))


def _stripped(most: int) -> st.SearchStrategy[str]:
    return _typed.map(lambda text: text[:most].strip()).filter(bool)


def _policies(
    texts: st.SearchStrategy[str], asks: st.SearchStrategy[str]
) -> st.SearchStrategy[Policy]:
    percent = st.integers(0, 100).map(lambda number: number / 100)
    bar = st.builds(Bar, percent, percent)
    deal_breakers = st.lists(
        st.builds(DealBreaker, st.integers(1, 99).map("own-{}".format), texts, asks),
        min_size=1,
        max_size=12,
        unique_by=lambda each: each.id,
    ).map(tuple)
    return st.builds(
        lambda trust, chemistry, gap, own, precision: replace(
            DEFAULT,
            bars=dict(zip(JUDGED_AXES, (chemistry, trust), strict=True)),
            gap=gap,
            deal_breakers=own,
            precision=precision,
        ),
        bar,
        bar,
        percent,
        st.none() | deal_breakers,
        st.floats(0, exclude_min=True, allow_infinity=False),
    )


@given(_policies(_typed, _typed))
def test_what_is_written_is_read_again(policy: Policy) -> None:
    assert parse_policy(write_policy(policy)) == policy


@given(_policies(_stripped(SAID_LENGTH), _stripped(ASKED_LENGTH)))
def test_a_sound_policy_is_sound_as_text(policy: Policy) -> None:
    lowest = min(end for bar in policy.bars.values() for end in (bar.preference, bar.measurable))
    faults = lint_policy(write_policy(policy), "own")
    assert (faults == []) is (lowest >= policy.gap)
    assert all("of at least the gap" in fault.expected for fault in faults)


def test_the_shipped_policy_is_written_as_it_is() -> None:
    assert parse_policy(write_policy(DEFAULT)) == DEFAULT
    assert lint_policy(write_policy(DEFAULT), "own") == []


def test_deal_breakers_of_ones_own_are_written_each_as_a_table() -> None:
    own = (
        DealBreaker("own-1", "They say “yesterday”.", 'By "when", and why?'),
        DealBreaker("own-2", "A back\\slash.", "Why?"),
    )
    policy = replace(DEFAULT, deal_breakers=own)
    assert write_policy(policy).count("[[deal_breakers]]") == 2
    assert parse_policy(write_policy(policy)) == policy


def test_a_policy_without_any_deal_breaker_is_a_fault() -> None:
    (fault,) = lint_policy(write_policy(replace(DEFAULT, deal_breakers=())), "own")
    assert fault.expected == "one table or more, found []"


class TestOver:
    """A policy's own deal-breakers take the place of the bank's, wherever these are asked about."""

    OWN = (DealBreaker("own-1", "They want it yesterday.", "By when, and why?"),)

    def asked(self, policy: Policy) -> Bank:
        return policy.over(BANK)

    def test_without_own_ones_it_is_the_bank(self) -> None:
        assert self.asked(DEFAULT) is BANK

    def test_own_ones_replace_those_of_the_bank_and_nothing_else(self) -> None:
        bank = self.asked(replace(DEFAULT, deal_breakers=self.OWN))
        assert bank.deal_breakers == self.OWN
        assert set(bank.deal_breaker_by_id) == {"own-1"}
        assert replace(bank, deal_breakers=BANK.deal_breakers) == BANK

    def test_a_confirmed_one_of_ones_own_declines(self) -> None:
        policy = replace(DEFAULT, deal_breakers=self.OWN)
        states = {"own-1": DealBreakerState.CONFIRMED}
        assessment = self.proceeding(states)
        assert judge(assessment, BANK, DEFAULT).recommendation is Recommendation.PROCEED
        judgement = judge(assessment, self.asked(policy), policy)
        assert judgement.recommendation is Recommendation.DECLINE
        assert judgement.confirmed == ("own-1",)

    def test_one_that_was_taken_out_decides_nothing_any_more(self) -> None:
        assessment = self.proceeding({"unpaid-work": DealBreakerState.CONFIRMED})
        assert judge(assessment, BANK, DEFAULT).recommendation is Recommendation.DECLINE
        policy = replace(DEFAULT, deal_breakers=self.OWN)
        judgement = judge(assessment, self.asked(policy), policy)
        assert judgement.recommendation is Recommendation.PROCEED

    def test_the_rules_of_an_assessment_are_loaded_together(self) -> None:
        policy = replace(DEFAULT, deal_breakers=self.OWN)
        assessment = load_demo()[0]
        bank, found = load_rules(assessment, lambda _reference: policy)
        assert (bank.deal_breakers, found) == (self.OWN, policy)
        assert load_rules(assessment) == (load_bank(assessment.bank), DEFAULT)

    def proceeding(self, states: dict[str, DealBreakerState]) -> Assessment:
        """An assessment that nothing but a deal-breaker holds back."""
        return next(
            replace(assessment, deal_breakers=states)
            for assessment in load_demo()
            if judge(replace(assessment, deal_breakers={}), BANK, DEFAULT).recommendation
            == Action.PROCEED.value
        )
