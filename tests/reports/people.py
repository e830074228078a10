"""Fictional prospects for the documents: every recommendation, every stance, empty and full."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    DealBreakerState,
    Dissent,
    Mark,
    NextStep,
    Override,
    Prospect,
)
from fitcheck.domain.bank import DISAGREEMENT, Axis, Evidence, Form, Side
from fitcheck.domain.judgement import Judgement, Recommendation, Stance, judge
from fitcheck.domain.plan import Expectation, Measure, Plan, Stage
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import (
    PrivateFile,
    ProspectEdition,
    prospect_edition,
)
from fitcheck.domain.verdict import reach_verdict
from fitcheck.library import CURRENT_BANK, CURRENT_POLICY, load_bank, load_policy
from reports.render import render

BANK = load_bank()
POLICY = load_policy()
DATE = dt.date(2026, 11, 21)

PROFILE = Profile(
    name="Ines Marlow",
    business="Marlow Advisory",
    email="ines@marlow.example",
    phone="+44 20 7946 0018",
    website="marlow.example",
    address="14 Quay Street, Bristol",
)

_LEVELS = {
    Recommendation.PROCEED: (3, 4, 3, 4, 2, 3, 4),
    Recommendation.STAGE: (2, 3, 2, 1, 3, 2, 2),
    Recommendation.DECLINE: (0, 1, 1, 2, 0, 1, 1),
}
_NATURE = {
    Stance.LEAD: (4, 3, 4, 3),
    Stance.SPLIT: (2, 3, 1, 2),
    Stance.CATER: (0, 1, 0, 1),
}
_NOTES = (
    "Came with her own figures and put the awkward one first.",
    "Said it while his finance lead was in the room; she nodded.",
    "Second time this came up. Ask for the two people who left.",
)
_QUOTES = (
    "We’ve had three consultants in five years, and none of them asked the drivers.",
    "I’d rather hear it from you than from our biggest customer.",
)


def answers(outcome: Recommendation, stance: Stance, full: bool = True) -> dict[str, Answer]:
    """Answers that lead to that outcome and stance under the default policy."""
    given: dict[str, Answer] = {}
    if outcome is Recommendation.UNDECIDED and not full:
        return given
    turn = dict.fromkeys(Axis, 0)
    for question in BANK.questions:
        if question.side is not Side.CONSULTANT:
            continue
        axis = question.axis
        i = turn[axis]
        turn[axis] += 1
        if axis is Axis.NATURE:
            level = _NATURE[stance][i % 4]
        elif outcome is Recommendation.UNDECIDED:
            if i:
                continue
            level = 3
        else:
            pattern = _LEVELS[outcome]
            level = pattern[(i + (axis is Axis.TRUST)) % len(pattern)]
        evidence = (Evidence.OBSERVED, Evidence.REPORTED, Evidence.OBSERVED)[i % 3]
        note = _NOTES[i % 3] if full and i % 4 == 1 else ""
        quote = _QUOTES[i % 2] if full and i % 5 == 2 else ""
        value: int | Mark = level
        if full and i == 10 and axis is Axis.TRUST:
            value, note = Mark.UNKNOWN, "Asked, and they had to look it up."
        given[question.id] = Answer(question.id, value, evidence, note, quote)
    if full:
        given[DISAGREEMENT] = replace(
            given.get(DISAGREEMENT, Answer(DISAGREEMENT, 3, Evidence.OBSERVED)),
            quote="Tell me straight, once, with your reasons. Then give me a night to sleep on it.",
        )
    return given


FULL_CONVERSATION = Conversation(
    restatement=(
        "Your drivers wait forty minutes at the gate on a normal morning. Two customers have "
        "said that they will look elsewhere if deliveries stay late, and you don’t want another "
        "report that ends up in a drawer: you want one thing that is better by spring, and your "
        "own people able to keep it so."
    ),
    confirmed_on=dt.date(2026, 11, 20),
    presented_problem="The drivers are slow and the planning software is old.",
    problem_now="Three departments plan the same morning separately, and nobody owns the gate.",
    keep=("The short calls on Friday", "Figures before opinions"),
    stop=("Slides nobody asked for",),
    start=("Ask the drivers first", "Say early when a day will slip"),
    next_step=NextStep("A morning together at the gate, from six", dt.date(2026, 12, 3)),
)

FULL_PLAN = Plan(
    conditions=(),
    stages=(
        Stage(
            goal="See where the forty minutes go",
            deliverable="One page: what happens between gate and ramp, with times, agreed by the "
            "three people who plan the morning.",
            time_box="Ten working days, 1 to 14 December",
            cap="At most £4,800, expenses included",
            exit_test="The three planners recognise their morning in it, and one of them says "
            "what she would change first.",
        ),
        Stage(goal="Try one change on one ramp for a month"),
        Stage(goal="Hand the method over to your own team"),
    ),
    measures=(
        Measure("Waiting at the gate, average", "40 minutes", "15 minutes", "31 March 2027"),
        Measure("Late deliveries a week", "about 12", "4", "30 April 2027"),
    ),
    signs_off="Petra Lindqvist, head of operations, by walking the yard",
    expectations=(
        Expectation(
            "New software by spring",
            "A decision on software by spring; the waiting can fall before",
            "We look at software after stage two",
        ),
        Expectation("On site every day", "Two days a week", "Tuesdays and Wednesdays"),
    ),
)


def assessment(
    outcome: Recommendation = Recommendation.STAGE,
    stance: Stance = Stance.SPLIT,
    full: bool = True,
) -> Assessment:
    """A prospect whose judgement is ``outcome`` and ``stance``; ``full`` fills every field."""
    bare = Assessment(
        date=DATE,
        bank=CURRENT_BANK,
        policy=CURRENT_POLICY,
        form=Form.FULL,
        appetite=Appetite.BALANCED,
        prospect=Prospect("Petra Lindqvist"),
        answers=answers(outcome, stance, full),
    )
    if not full:
        return bare
    return replace(
        bare,
        prospect=Prospect(
            name="Petra Lindqvist",
            organisation="Lindqvist & Söhne Cold Logistics",
            role="Head of operations",
            email="petra@lindqvist.example",
            phone="+46 8 123 456",
            met_at="Chamber breakfast, Gothenburg",
            in_their_words="Forty minutes at the gate. Every morning. And then they blame us.",
        ),
        deal_breakers={
            "unpaid-work": DealBreakerState.CLEARED,
            "hides-who-decides": DealBreakerState.SUSPECTED,
            "no-budget": DealBreakerState.OPEN,
        },
        conversation=FULL_CONVERSATION,
        plan=FULL_PLAN,
        dissent=(
            Dissent(
                advised="Measure the waiting for two weeks before buying anything",
                why="Nobody knows yet which of the three plans is late",
                chosen="To ask two vendors for quotations now",
                date=dt.date(2026, 11, 19),
            ),
        ),
    )


def overridden(of: Assessment) -> Assessment:
    return replace(
        of,
        override=Override(
            Action.STAGE,
            "Her finance lead sat through the whole talk and asked the right things. I want to "
            "see one stage of it.",
            DATE,
        ),
    )


def seen_by_both(of: Assessment, facets: int = 12) -> Assessment:
    """The same with the prospect's own answers to the first so many of their questions."""
    own = [q for q in BANK.questions if q.side is Side.PROSPECT][:facets]
    given = {q.id: Answer(q.id, (4, 1, 2, 0)[i % 4]) for i, q in enumerate(own)}
    return replace(of, answers={**of.answers, **given})


def unfinished(of: Assessment, answers: int = 20) -> Assessment:
    """The same with only the first so many answers, most of them hunches."""
    first = list(of.answers.values())[:answers]
    kept = [replace(a, evidence=Evidence.HUNCH) if i % 3 else a for i, a in enumerate(first)]
    return replace(of, answers={a.question: a for a in kept})


@cache
def theirs(outcome: Recommendation, stance: Stance, full: bool) -> bytes:
    """The prospect's edition with that outcome on A4; set once for all tests that read it."""
    of = assessment(outcome, stance, full)
    if outcome is Recommendation.PROCEED:  # nothing may hold it back
        of = replace(of, deal_breakers={})
    assert judged(of).final is outcome
    return render(prospects(of), Paper.A4)


def judged(of: Assessment) -> Judgement:
    return judge(of, BANK, POLICY)


def private(of: Assessment, profile: Profile = PROFILE) -> PrivateFile:
    return PrivateFile(profile, of, BANK, POLICY, reach_verdict(of, BANK, POLICY))


def prospects(of: Assessment, profile: Profile = PROFILE) -> ProspectEdition:
    return prospect_edition(of, BANK, judged(of), profile)
