"""What is frozen of an assessment when it is decided, and when it becomes a case of the record."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.assessment import Answer, Assessment, Gut, Mark, Prospect
from fitcheck.domain.bank import Axis, Evidence, Form
from fitcheck.domain.forecast import Engagement, Forecast, NoForecast, forecast_of
from fitcheck.domain.judgement import judge
from fitcheck.domain.outcome import Occasion, Outcome, Sign, latest
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.library import CURRENT_BANK, CURRENT_POLICY, load_bank, load_policy
from tests.domain.cases import on
from tests.domain.records import early

BANK, POLICY = load_bank(), load_policy()
DAY = dt.date(2026, 1, 5)


def assessment(answers: tuple[Answer, ...], gut: Gut | None = None) -> Assessment:
    return Assessment(
        DAY,
        CURRENT_BANK,
        CURRENT_POLICY,
        Form.FULL,
        Appetite.BALANCED,
        Prospect("Ada"),
        answers={answer.question: answer for answer in answers},
        gut=gut,
    )


def test_scores_are_by_axis_and_those_of_the_judged_axes_by_evidence() -> None:
    chemistry, trust, nature = (on(axis) for axis in ("chemistry", "trust", "nature"))
    given = assessment(
        (
            Answer(chemistry[0].id, 4, Evidence.OBSERVED),
            Answer(trust[0].id, 0, Evidence.OBSERVED),
            Answer(trust[1].id, 1, Evidence.HUNCH),
            Answer(trust[2].id, Mark.UNKNOWN),
            Answer(nature[0].id, 4, Evidence.REPORTED),
        ),
        Gut(None, "hm"),
    )
    found = forecast_of(given, BANK, POLICY, Action.STAGE)
    judgement = judge(given, BANK, POLICY)
    heavy, light = chemistry[0].weight, trust[0].weight
    assert found.evidence == {
        Evidence.OBSERVED: pytest.approx(heavy / (heavy + light)),
        Evidence.HUNCH: 0.25,
    }
    assert found.axes == {axis: judgement.axes[axis].score for axis in Axis}
    assert found.odds == judgement.odds
    assert (found.model, found.gut, found.final) == (None, None, Action.STAGE)
    assert found.assessed_on == DAY


def test_the_recommendation_and_the_gut_stand_beside_what_was_decided() -> None:
    answers = tuple(Answer(q.id, 4, Evidence.OBSERVED) for q in (*on("chemistry"), *on("trust")))
    some = tuple(Answer(q.id, 2, Evidence.OBSERVED) for q in on("nature")[:2])
    given = assessment((*answers, *some), Gut(Action.DECLINE))
    found = forecast_of(given, BANK, POLICY, Action.STAGE)
    assert (found.model, found.gut, found.final) == (
        Action.PROCEED,
        Action.DECLINE,
        Action.STAGE,
    )


def test_what_was_not_answered_has_no_score() -> None:
    found = forecast_of(assessment(()), BANK, POLICY, Action.PROCEED)
    assert (found.axes, found.evidence, found.model) == ({}, {}, None)
    assert sum(found.odds.values()) == pytest.approx(1)


def test_it_is_a_case_once_its_odds_and_its_outcome_are_known() -> None:
    said = Forecast(DAY, None, Action.STAGE, Action.PROCEED, dict.fromkeys(Match, 1 / 3), {}, {})
    marks = (
        Outcome(Occasion.NINETY_DAYS, DAY, frozenset(Sign)),
        Outcome(Occasion.NINETY_DAYS, DAY, frozenset()),
    )

    def engagement(
        forecast: Forecast | NoForecast | None, outcomes: tuple[Outcome, ...]
    ) -> Engagement:
        return Engagement(1, 2, "Ada", DAY, Action.PROCEED, forecast, outcomes)

    assert engagement(said, ()).case is None
    assert engagement(NoForecast.NOT_ASSESSED, marks).case is None
    assert engagement(None, marks).case is None
    case = engagement(said, marks).case
    assert case is not None
    assert (case.name, case.outcome, case.odds) == ("Ada", Match.POOR, said.odds)
    assert (case.model, case.gut, case.final) == (None, Action.STAGE, Action.PROCEED)
    assert latest(marks) is marks[1]


def test_outcomes_without_odds_are_counted_apart() -> None:
    record = early()
    assert (len(record.engagements), len(record.track.cases), record.without_odds) == (8, 7, 1)
