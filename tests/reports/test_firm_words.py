"""Firmness, flips, warnings and gaps in sentences: true to their figures, and sayable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fitcheck.domain.answer_warnings import (
    AnswerWarning,
    Gap,
    Halo,
    MostlyHunches,
    PerceptionGap,
    ProblemBThin,
    WideAxis,
)
from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.bank import Axis, Facet, Form
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.flips import Flip, Raised
from fitcheck.domain.judgement import Recommendation, Stance, SuspectedDealBreaker
from fitcheck.domain.verdict import reach_verdict
from reports import firm_words, words
from tests.reports import people

P, S, D = Recommendation.PROCEED, Recommendation.STAGE, Recommendation.DECLINE
UNDECIDED = Recommendation.UNDECIDED
OPENER, DECIDES = people.BANK.by_id["opener"], people.BANK.by_id["decides"]

FIRM = Firmness(
    open=6, settled=False, reachable=(P, S), staying_power=0.96, ask_next=(), enough=True
)
THIN = replace(FIRM, staying_power=0.71, enough=False)
SETTLED = replace(FIRM, settled=True, reachable=(S,), staying_power=1.0)
EARLY = replace(FIRM, staying_power=None, enough=False)


def ask(chance: float, again: bool = False) -> Ask:
    return Ask(OPENER, chance, again)


def gap(mine: float, theirs: float, facet: Facet = OPENER.facet) -> Gap:
    return Gap(facet, mine, theirs, 2, 2)


# Chances

_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten".split(), start=1
    )
} | {"nineteen": 19, "twenty": 20, "thirty": 30}

_ENDS = {"no chance": 0.0, "hardly any chance": 0.001, "almost certain": 0.999, "certain": 1.0}


def meant(said: str) -> float:
    """The probability that the words tell."""
    if said in _ENDS:
        return _ENDS[said]
    of, parts = said.split(" in ")
    return _COUNTS[of] / _COUNTS[parts]


def test_odds_never_fall_as_the_probability_rises() -> None:
    told = [meant(firm_words.odds_words(step / 5000)) for step in range(5001)]
    assert told == sorted(told)
    assert len(set(told)) == 19


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0, "no chance"),
        (1e-9, "hardly any chance"),
        (0.0199, "hardly any chance"),
        (0.1, "one in ten"),
        (0.31, "one in three"),
        (0.5, "one in two"),
        (0.65, "two in three"),
        (0.9, "nine in ten"),
        (0.985, "almost certain"),
        (1 - 1e-12, "almost certain"),
        (1.0, "certain"),
    ],
)
def test_odds_are_said_as_people_say_them(p: float, said: str) -> None:
    assert firm_words.odds_words(p) == said


@given(st.floats(0.02, 0.98))
def test_a_fraction_in_words_lies_near_the_probability(p: float) -> None:
    assert meant(firm_words.odds_words(p)) == pytest.approx(p, abs=0.0501)


# What to ask next


def test_what_to_ask_next_says_how_much_it_matters() -> None:
    assert (
        firm_words.ask_sentence(ask(0.33))
        == "Ask this next: one in three that it changes my recommendation."
    )
    assert firm_words.chance_text(ask(0.33)) == "one in three"
    assert firm_words.chance_text(ask(0.0)) == "hardly any by itself"
    hardly = firm_words.ask_sentence(ask(0.001))
    assert hardly == "Ask this next: alone it will hardly change my recommendation, but it adds up."


def test_asking_again_says_that_it_was_only_a_hunch() -> None:
    for chance in (0.0, 0.2, 1.0):
        for undecided in (True, False):
            said = firm_words.ask_sentence(ask(chance, again=True), undecided=undecided)
            assert said.startswith("Ask this again")
            assert "hunch" in said
    assert "one in five that it changes" in firm_words.ask_sentence(ask(0.2, again=True))


def test_as_long_as_it_is_undecided_nothing_is_said_to_change() -> None:
    said = firm_words.ask_sentence(ask(0.4), undecided=True)
    assert said == "Ask this next: it is too early for a recommendation."


# How firm it is


@pytest.mark.parametrize(
    ("power", "ways"),
    [
        (0.0, "none of 100"),
        (1e-9, "fewer than 1 of 100"),
        (0.0099, "fewer than 1 of 100"),
        (0.01, "1 of 100"),
        (0.7199, "71 of 100"),
        (0.9499999, "94 of 100"),
        (0.95, "95 of 100"),
        (0.99, "99 of 100"),
        (0.9951, "more than 99 of 100"),
        (1.0, "more than 99 of 100"),
    ],
)
def test_staying_power_claims_no_more_than_there_is(power: float, ways: str) -> None:
    assert firm_words.ways_text(replace(THIN, staying_power=power)) == ways


def test_only_what_is_settled_stands_in_a_hundred_of_a_hundred() -> None:
    assert firm_words.ways_text(SETTLED) == "100 of 100"


def test_whether_one_knows_enough_is_said_with_the_figure() -> None:
    assert (
        firm_words.staying_sentence(FIRM)
        == "You know enough: this would still stand in 96 of 100 ways the rest could go."
    )
    assert (
        firm_words.staying_sentence(THIN)
        == "Not yet firm: this would still stand in 71 of 100 ways the rest could go."
    )
    assert firm_words.staying_sentence(EARLY) == ""
    held = firm_words.staying_sentence(replace(FIRM, enough=False), suspected=True)
    assert "96 of 100" in held
    assert held.endswith("a suspected deal-breaker must be cleared first.")


@pytest.mark.parametrize(
    ("open_", "said"),
    [
        (0, "Settled: every question has its answer."),
        (1, "Settled: whatever the one open answer is."),
        (6, "Settled: whatever the six open answers are."),
        (12, "Settled: whatever the twelve open answers are."),
        (13, "Settled: whatever the 13 open answers are."),
    ],
)
def test_what_is_settled_is_said_in_words(open_: int, said: str) -> None:
    assert firm_words.settled_sentence(replace(SETTLED, open=open_)) == said


def test_what_is_not_settled_is_not_called_so() -> None:
    assert firm_words.settled_sentence(FIRM) == ""
    # Every way leads to the same result, but that is not today's: today it is too early.
    assert firm_words.settled_sentence(replace(SETTLED, staying_power=None)) == ""


def test_what_the_rest_could_lead_to() -> None:
    reach = firm_words.reachable_sentence
    assert reach(FIRM) == "The rest could still lead to: proceed or stage the work."
    assert (
        reach(replace(FIRM, reachable=(P, S, D)))
        == "The rest could still lead to: proceed, stage the work or decline."
    )
    assert reach(SETTLED) == ""
    assert reach(replace(EARLY, open=0)) == ""
    only = replace(SETTLED, reachable=(D,), staying_power=None)
    assert reach(only) == "The rest can only lead to: decline."


def _firm_line(recommendation: Recommendation, firmness: Firmness, *, suspected: bool) -> str:
    of = people.assessment(recommendation, Stance.LEAD, full=False)
    if suspected:
        of = replace(of, deal_breakers={"no-budget": DealBreakerState.SUSPECTED})
    return firm_words.firm_sentence(of, people.judged(of), firmness)


def test_the_line_beside_the_interview_says_whether_one_knows_enough() -> None:
    assert _firm_line(S, FIRM, suspected=False) == "You know enough."
    assert _firm_line(S, THIN, suspected=False) == "Not enough yet."
    assert _firm_line(S, SETTLED, suspected=False).startswith("Settled: whatever")
    assert "deal-breaker must be cleared" in _firm_line(S, FIRM, suspected=True)
    early = _firm_line(UNDECIDED, EARLY, suspected=True)
    assert early == "2 more answers are needed on chemistry."


def test_the_line_beside_the_interview_gives_no_hint_of_the_direction() -> None:
    for firmness in (FIRM, THIN, SETTLED):
        for suspected in (True, False):
            said = {_firm_line(r, firmness, suspected=suspected) for r in (P, S, D)}
            assert len(said) == 1


def test_a_confirmed_deal_breaker_needs_no_clearing_of_another() -> None:
    of = replace(
        people.assessment(full=False),
        deal_breakers={
            "no-budget": DealBreakerState.SUSPECTED,
            "unpaid-work": DealBreakerState.CONFIRMED,
        },
    )
    assert not firm_words.has_suspicion(of)
    assert firm_words.firm_sentence(of, people.judged(of), SETTLED).startswith("Settled")


def test_the_verdict_says_how_firm_it_is() -> None:
    of = people.assessment(full=False)
    assert len(firm_words.firmness_sentences(of, THIN)) == 2
    assert firm_words.firmness_sentences(of, SETTLED) == [
        "Settled: whatever the six open answers are."
    ]
    assert firm_words.firmness_sentences(of, EARLY) == [firm_words.reachable_sentence(EARLY)]
    suspected = replace(of, deal_breakers={"no-budget": DealBreakerState.SUSPECTED})
    for firmness in (THIN, SETTLED):
        said = firm_words.firmness_sentences(suspected, replace(firmness, enough=False))
        assert not any("suspected" in text for text in said)  # the verdict's own sentence says it
    assert firm_words.firmness_sentences(suspected, THIN)[0].startswith("This would still stand")


# The recommendation itself


@pytest.mark.parametrize("recommendation", [P, S, D])
def test_a_leaning_is_enough_for_today_after_an_event_and_not_enough_after_a_full_form(
    recommendation: Recommendation,
) -> None:
    judgement = people.judged(people.assessment(recommendation, Stance.LEAD, full=False))
    today = words.recommendation_sentence(judgement, leaning=True, form=Form.EVENT)
    assert today.startswith("Leaning to ")
    assert "enough for today" in today
    thin = words.recommendation_sentence(judgement, leaning=True, form=Form.FULL)
    assert thin.startswith("Leaning to ")
    assert "you don’t know enough yet" in thin
    firm = words.recommendation_sentence(judgement, leaning=False, form=Form.EVENT)
    assert "eaning" not in firm


@pytest.mark.parametrize("form", [Form.FULL, Form.EVENT])
@pytest.mark.parametrize("recommendation", [S, D])
def test_a_suspicion_is_said_with_the_leaning(recommendation: Recommendation, form: Form) -> None:
    of = replace(
        people.assessment(recommendation, Stance.LEAD, full=False),
        form=form,
        deal_breakers={"no-budget": DealBreakerState.SUSPECTED},
    )
    verdict = replace(reach_verdict(of, people.BANK, people.POLICY), leaning=True)
    said = firm_words.verdict_sentence(of, verdict)
    assert said.startswith("Leaning to ")
    assert "suspected deal-breaker" in said
    assert "enough" not in said


def test_a_suspicion_that_brakes_is_said_unasked() -> None:
    judgement = people.judged(people.assessment(S, Stance.LEAD, full=False))
    held = replace(judgement, brakes=(SuspectedDealBreaker("no-budget"),))
    for form in (Form.FULL, Form.EVENT):
        said = words.recommendation_sentence(held, leaning=True, form=form)
        assert said.endswith("a suspected deal-breaker must be cleared first.")


# What would change it


def test_a_flip_names_the_facet_both_levels_and_the_described_answer() -> None:
    assert firm_words.flip_sentence(Flip(DECIDES, 3, 1, D)) == (
        "“Openness with information and people” at 2 instead of 4 "
        "(‘The management’, no name yet): decline."
    )
    long = people.BANK.by_id["my-week"]
    said = firm_words.flip_sentence(Flip(long, 3, 1, S))
    assert said.endswith("(I would fit it in whenever a gap appeared): stage the work.")


def test_what_it_takes_to_proceed() -> None:
    one, other = Raised(OPENER, 3), Raised(DECIDES, 4)
    say = firm_words.to_proceed_sentences
    assert say(()) == []
    assert say(None) == ["No three answers on chemistry and trust would be enough to proceed."]
    (single,) = say(None, most_to_raise=1)
    assert single.startswith("No single answer on chemistry or trust")
    assert say([(one,), (other,)])[0] == "To proceed, one of these would have to rise:"
    assert say([(one,)])[0] == "To proceed, this would have to rise:"
    lead, both = say([(one, other)])
    assert lead == "To proceed, these would have to rise together:"
    assert both.startswith("“Ease of talking” to 4 (Took up a point and asked on) and “Openness")
    assert both.endswith(").")
    assert "sets" in say([(one, other), (other, one)])[0]


def test_many_ways_to_proceed_are_counted_and_not_listed() -> None:
    ways = [(Raised(OPENER, 3),)] * 9
    said = firm_words.to_proceed_sentences(ways, shown=4)
    assert len(said) == 6
    assert said[-1] == "And five more ways of this size."
    assert firm_words.to_proceed_sentences(ways, shown=8)[-1] == "And one more way of this size."


# Warnings and gaps


@pytest.mark.parametrize(
    ("warning", "figures"),
    [
        (MostlyHunches(0.625), ("63%", "Ask again")),
        (Halo(14, 1), ("14", "only one of them rests", "one by one")),
        (Halo(14, 5), ("14", "only five of them rest on", "one by one")),
        (Halo(14, 0), ("14", "none of them", "one by one")),
        (ProblemBThin(0.2), ("20%", "ask about it next")),
        (WideAxis(Axis.TRUST, 0.31, 0.76), ("range for trust", "31%", "76%", "More answers")),
        (PerceptionGap(gap(0.25, 0.875)), ("far apart", "Ease of talking", "Ask")),
    ],
)
def test_a_warning_says_its_figures_and_what_to_do(
    warning: AnswerWarning, figures: tuple[str, ...]
) -> None:
    said = firm_words.warning_sentence(warning)
    assert [figure for figure in figures if figure not in said] == []


@given(st.integers(0, 16), st.integers(0, 16), st.sampled_from(people.BANK.facets))
@example(8, 8, OPENER.facet)
def test_a_gap_says_who_sees_it_better(mine: int, theirs: int, facet: Facet) -> None:
    said = firm_words.gap_sentence(gap(mine / 16, theirs / 16, facet))
    assert f"“{facet.name}”" in said
    if abs(mine - theirs) < 2:
        assert said.startswith("You both see")
    else:
        assert said.startswith("They see" if theirs > mine else "You see")
        assert ("measurable" in said) == (facet.axis is Axis.NATURE)
        assert "Ask " in said
