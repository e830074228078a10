"""What moved since the last assessment: in words, as a chart, and in the private file alone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark
from fitcheck.domain.bank import Evidence, Reference, Side
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.moved import Judged, Moved, moved
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, make_report
from fitcheck.domain.verdict import reach_verdict
from reports.charts import ChartColours
from reports.moved_chart import moved_chart
from reports.moved_words import axis_text, moved_lines
from reports.render import render
from tests.reports import people
from tests.reports.conftest import text_of

THEN = replace(people.assessment(Recommendation.STAGE, Stance.SPLIT), date=dt.date(2026, 11, 3))
FIRST, SECOND, THIRD = list(THEN.answers)[:3]
BREAKER = people.BANK.deal_breakers[0]


def between(then: Assessment, now: Assessment) -> Moved:
    both = (Judged(each, people.BANK, people.judged(each)) for each in (then, now))
    return moved(*both)


def given(of: Assessment, *answers: Answer) -> Assessment:
    return replace(of, answers={**of.answers, **{answer.question: answer for answer in answers}})


@pytest.fixture
def found() -> Moved:
    then = given(
        replace(THEN, deal_breakers={BREAKER.id: DealBreakerState.SUSPECTED}),
        Answer(FIRST, 1, Evidence.OBSERVED),
        Answer(SECOND, 2, Evidence.HUNCH),
        Answer(THIRD, Mark.UNKNOWN),
    )
    now = given(
        replace(people.assessment(Recommendation.PROCEED, Stance.SPLIT), deal_breakers={}),
        *then.answers.values(),
        Answer(FIRST, 3, Evidence.OBSERVED),
        Answer(SECOND, 2, Evidence.OBSERVED),
        Answer(THIRD, 4, Evidence.REPORTED),
    )
    return between(then, replace(now, deal_breakers={BREAKER.id: DealBreakerState.CLEARED}))


def facet(id_: str) -> str:
    return people.BANK.by_id[id_].facet.name


def test_every_answer_that_changed_is_said_in_levels(found: Moved) -> None:
    assert moved_lines(found).answers == (
        f"{facet(FIRST)}: 2 of 5 → 4 of 5",
        f"{facet(SECOND)}: 3 of 5 (Hunch) → 3 of 5 (Observed)",
        f"{facet(THIRD)}: Don’t know yet → 5 of 5",
    )


def test_every_deal_breaker_that_changed_is_named(found: Moved) -> None:
    assert moved_lines(found).deal_breakers == (f"Suspected → Cleared: {BREAKER.text}",)


def test_the_recommendation_is_said_then_and_now(found: Moved) -> None:
    lines = moved_lines(replace(found, then=Recommendation.STAGE, now=Recommendation.PROCEED))
    assert lines.heading == "What moved since 3 November 2026"
    assert lines.sentences == ("The recommendation has moved from “Stage the work” to “Proceed”.",)


def test_that_nothing_moved_is_said_too() -> None:
    lines = moved_lines(between(THEN, THEN))
    assert lines.sentences[0] == "The recommendation is what it was: Stage the work."
    assert "says anything else" in lines.sentences[1]
    assert (lines.answers, lines.deal_breakers) == ((), ())


def test_other_rules_are_owned_up_to() -> None:
    lines = moved_lines(between(THEN, replace(THEN, policy=Reference("own", "1.0.0"))))
    assert "judged by other rules" in lines.sentences[-1]


def test_what_is_no_longer_asked_about_is_said_so(found: Moved) -> None:
    (gone,) = (replace(each, now=None) for each in found.deal_breakers)
    lines = moved_lines(replace(found, deal_breakers=(gone,)))
    assert lines.deal_breakers == (f"Suspected → no longer asked about: {BREAKER.text}",)


def test_the_prospects_own_answers_are_told_apart() -> None:
    own = next(q for q in people.BANK.questions if q.side is Side.PROSPECT)
    lines = moved_lines(between(THEN, given(THEN, Answer(own.id, 4))))
    assert lines.answers == (f"{own.facet.name}, as they see it: not answered → 5 of 5",)


def test_scores_move_in_points(found: Moved) -> None:
    axis = found.axes[0]
    up = replace(axis.then, alpha=5.0, beta=5.0), replace(axis.now, alpha=6.0, beta=4.0)
    assert axis_text(replace(axis, then=up[0], now=up[1])) == "50% → 60%, up 10 points"
    assert axis_text(replace(axis, then=up[1], now=up[0])) == "60% → 50%, down 10 points"
    assert axis_text(replace(axis, then=up[0], now=up[0])) == "50%, as it was"
    near = replace(axis.then, alpha=51.0, beta=49.0)
    assert axis_text(replace(axis, then=up[0], now=near)) == "50% → 51%, up 1 point"


def test_the_chart_says_all_of_it_in_words(found: Moved) -> None:
    chart = moved_chart(found, ChartColours.paper(people.PROFILE.accent))
    (title,) = re.findall("<title>(.*)</title>", chart)
    for name in ("Chemistry: then", "Trust: then", "Nature of the problem: then"):
        assert name in title
    assert chart.count("<rect") == chart.count("<circle") == 4, "three axes and the legend"


def test_the_private_file_prints_it_and_nothing_else_does(found: Moved) -> None:
    of = replace(THEN, date=people.DATE)
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    for edition in Edition:
        report = make_report(
            edition, of, people.BANK, people.POLICY, verdict, people.PROFILE, found
        )
        text = text_of(render(report, Paper.A4))
        assert ("What moved since 3 November 2026" in text) is (edition is Edition.PRIVATE)
        assert ("Suspected → Cleared" in text) is (edition is Edition.PRIVATE)


def test_a_first_assessment_prints_nothing_of_the_kind() -> None:
    assert "What moved" not in text_of(render(people.private(THEN), Paper.A4))
