"""Which asks, flips and gaps of a verdict get a line, in what order, and when none do."""

from __future__ import annotations

from dataclasses import replace

from fitcheck.domain.answer_warnings import AnswerWarning, Gap, Halo, PerceptionGap
from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.bank import Axis
from fitcheck.domain.flips import Flip, Raised
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.verdict import Verdict, reach_verdict
from reports import verdict_words
from reports.lines import verdict_lines
from tests.reports import people

QUESTIONS = people.BANK.questions
FACETS = people.BANK.facets


def reached(of: Assessment) -> Verdict:
    return reach_verdict(of, people.BANK, people.POLICY)


def thin(of: Assessment, *asks: Ask) -> Verdict:
    """The verdict on it as long as one doesn't know enough."""
    verdict = reached(of)
    firmness = replace(verdict.firmness, settled=False, staying_power=0.6, enough=False)
    return replace(verdict, firmness=replace(firmness, ask_next=asks), leaning=True)


STAGE = people.assessment(full=False)
ASKS = tuple(Ask(question, 0.1 * i, i == 2) for i, question in enumerate(QUESTIONS[:5]))


def test_the_first_three_are_asked_next_with_their_chances() -> None:
    lines = verdict_words.ask_lines(STAGE, people.BANK, thin(STAGE, *ASKS))
    assert lines == [
        f"{QUESTIONS[0].say} (Hardly any by itself.)",
        f"{QUESTIONS[1].say} (One in ten.)",
        f"{QUESTIONS[2].say} (One in five; so far a hunch.)",
    ]


def test_once_one_knows_enough_nothing_is_to_be_asked() -> None:
    verdict = thin(STAGE, *ASKS)
    enough = replace(verdict, firmness=replace(verdict.firmness, enough=True))
    assert verdict_words.ask_lines(STAGE, people.BANK, enough) == []


def test_what_clears_a_suspicion_is_asked_first() -> None:
    suspected = replace(STAGE, deal_breakers={"no-budget": DealBreakerState.SUSPECTED})
    first, *others = verdict_words.ask_lines(suspected, people.BANK, thin(suspected, *ASKS))
    assert first.startswith(people.BANK.deal_breaker_by_id["no-budget"].ask)
    assert len(others) == 3


def test_while_undecided_no_chance_is_told() -> None:
    early = people.assessment(Recommendation.UNDECIDED, Stance.LEAD, full=False)
    verdict = thin(early, *ASKS)
    lines = verdict_words.ask_lines(early, people.BANK, verdict)
    assert lines[0] == QUESTIONS[0].say
    assert lines[2] == f"{QUESTIONS[2].say} (So far a hunch.)"
    assert "chance" not in verdict_words.asks_heading(verdict)
    assert "chance" in verdict_words.asks_heading(thin(STAGE, *ASKS))
    assert "chance" not in verdict_words.asks_heading(thin(STAGE))


def test_the_nearest_flips_come_first_and_the_rest_are_counted() -> None:
    flips = tuple(
        Flip(question, 4, level, Recommendation.DECLINE)
        for question, level in zip(QUESTIONS, (0, 3, 1, 3), strict=False)
    )
    verdict = replace(reached(STAGE), flips=flips)
    said = verdict_words.flip_sentences(verdict, shown=3)
    assert ["at 4 instead of 5" in text for text in said] == [True, True, False, False]
    assert "at 2 instead of 5" in said[2]
    assert said[3] == "And one more such change."
    none = replace(verdict, flips=())
    assert verdict_words.flip_sentences(none) == ["No single answer would change it on its own."]


def test_where_answers_do_not_decide_no_answer_is_said_to_change_it() -> None:
    confirmed = replace(STAGE, deal_breakers={"no-budget": DealBreakerState.CONFIRMED})
    early = people.assessment(Recommendation.UNDECIDED, Stance.LEAD, full=False)
    for of in (confirmed, early):
        assert verdict_words.flip_sentences(reached(of)) == []
        assert verdict_words.to_proceed_sentences(people.POLICY, reached(of)) == []


def test_what_it_takes_to_proceed_counts_as_the_policy_does() -> None:
    verdict = replace(reached(STAGE), to_proceed=None)
    policy = replace(people.POLICY, most_to_raise=2)
    (said,) = verdict_words.to_proceed_sentences(policy, verdict)
    assert said.startswith("No two answers")
    one = replace(verdict, to_proceed=((Raised(QUESTIONS[0], 4),),))
    assert len(verdict_words.to_proceed_sentences(policy, one)) == 2


def _seen(*views: tuple[float, float], warned: int = 0) -> Verdict:
    verdict = reached(STAGE)
    judged = [facet for facet in FACETS if facet.axis is not Axis.NATURE]
    gaps = tuple(
        Gap(facet, mine, theirs, 2, 2) for facet, (mine, theirs) in zip(judged, views, strict=False)
    )
    warnings: tuple[AnswerWarning, ...] = (
        Halo(12, 0),
        *(PerceptionGap(gap) for gap in gaps[:warned]),
    )
    judgement = replace(verdict.judgement, gaps=gaps, warnings=warnings)
    return replace(verdict, judgement=judgement)


def test_the_views_that_are_far_apart_come_first_and_the_like_are_said_together() -> None:
    judgement = _seen(
        (1.0, 0.0), (0.5, 0.75), (0.75, 0.5), (0.25, 0.625), (0.5, 0.5), warned=1
    ).judgement
    far, they, you = verdict_words.gap_sentences(judgement)
    assert far.startswith(f"The two of you are far apart. You see “{FACETS[0].name}” more brightly")
    assert they.startswith(f"They see “{FACETS[3].name}” and “{FACETS[1].name}” more brightly")
    assert you.startswith(f"You see “{FACETS[2].name}” more brightly")
    assert len(verdict_words.warning_sentences(judgement)) == 1


def test_agreement_is_said_too_but_not_of_what_only_one_side_saw() -> None:
    assert verdict_words.gap_sentences(_seen((0.5, 0.6)).judgement) == [
        "You see much alike whatever you both answered."
    ]
    assert verdict_words.gap_sentences(_seen().judgement) == []


def test_the_lines_for_a_terminal_hold_every_part() -> None:
    of = people.seen_by_both(people.unfinished(people.assessment(), 30))
    verdict = thin(of, *ASKS)
    lines = verdict_lines(of, people.BANK, people.POLICY, verdict)
    assert not verdict.firmness.settled
    text = "\n".join(lines)
    assert "still stand in 60 of 100 ways" in text
    for heading in (
        "What to ask next",
        "About the answers themselves",
        "Your view and theirs",
    ):
        assert sum(line.startswith(heading) for line in lines) == 1, heading
    decided = people.overridden(of)
    said = verdict_lines(decided, people.BANK, people.POLICY, thin(decided, *ASKS))
    own = next(i for i, line in enumerate(said) if line.startswith("FitCheck’s own"))
    assert "still stand in 60" in said[own + 1]  # "this" is what was named last
    bare = verdict_lines(STAGE, people.BANK, people.POLICY, reached(STAGE))
    assert "Your view and theirs" not in bare
    assert "What would change it" in bare
