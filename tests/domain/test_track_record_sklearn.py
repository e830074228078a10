"""The figures of the track record are those of scikit-learn, which knows nothing of ours."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_auc_score

from fitcheck.domain import calibration
from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.track_record import LEAST, Case, TrackRecord, track_record
from fitcheck.library import load_policy

DAY = dt.date(2026, 11, 22)
CHANCES = st.integers(0, 997).map(lambda number: number / 997)
"""Never on an edge between two bins, which the last bit of a float decides."""

FORECASTS = st.lists(st.tuples(CHANCES, st.booleans()), min_size=2, max_size=80)
THREE = st.tuples(*[st.integers(1, 100)] * 3).map(lambda parts: [p / sum(parts) for p in parts])
CASES = st.lists(st.tuples(THREE, st.sampled_from(Match), CHANCES), min_size=20, max_size=80)


@given(FORECASTS)
def test_the_score_of_one_event_is_the_same(forecasts: list[tuple[float, bool]]) -> None:
    chances, came = zip(*forecasts, strict=True)
    expected = brier_score_loss(came, chances, pos_label=True)
    assert calibration.murphy(chances, came).score == pytest.approx(expected, abs=1e-12)


@given(FORECASTS)
def test_the_points_of_the_diagram_are_the_same(forecasts: list[tuple[float, bool]]) -> None:
    chances, came = zip(*forecasts, strict=True)
    shares, means = calibration_curve(came, chances, pos_label=True, n_bins=calibration.BINS)
    diagram = calibration.reliability(chances, came)
    assert [point.share for point in diagram] == pytest.approx(list(shares), abs=1e-12)
    assert [point.mean for point in diagram] == pytest.approx(list(means), abs=1e-12)


@given(FORECASTS)
def test_what_tells_good_from_others_is_ranked_the_same(
    forecasts: list[tuple[float, bool]],
) -> None:
    chances, came = zip(*forecasts, strict=True)
    if len(set(came)) == 2:
        expected = roc_auc_score(came, chances)
        assert calibration.ranked(chances, came) == pytest.approx(expected, abs=1e-12)


def _record(given_cases: list[tuple[list[float], Match, float]]) -> TrackRecord:
    cases = [
        Case(
            DAY + dt.timedelta(number),
            dict(zip(Match, odds, strict=True)),
            came,
            Action.PROCEED,
            None,
            Action.PROCEED,
            {Axis.TRUST: score},
            {Evidence.HUNCH: 1 - score},
        )
        for number, (odds, came, score) in enumerate(given_cases)
    ]
    return track_record(cases, load_policy().losses)


@given(CASES)
@settings(max_examples=30)
def test_a_whole_record_says_what_it_says(
    given_cases: list[tuple[list[float], Match, float]],
) -> None:
    record = _record(given_cases)
    figures = record.figures
    assert figures is not None
    odds = [odds for odds, _came, _score in given_cases]
    came = [list(Match).index(match) for _odds, match, _score in given_cases]
    score = brier_score_loss(came, odds, labels=[0, 1, 2], scale_by_half=False)
    assert figures.brier == pytest.approx(score, abs=1e-12)
    shares = [came.count(each) / len(came) for each in range(3)]
    base = brier_score_loss(came, [shares] * len(came), labels=[0, 1, 2], scale_by_half=False)
    assert figures.base_brier == pytest.approx(base, abs=1e-12)
    if len(set(came)) > 1:
        assert figures.skill == pytest.approx(1 - score / base, abs=1e-9)
    # Class by class, too.
    of_each = [
        brier_score_loss([c == each for c in came], [o[each] for o in odds], pos_label=True)
        for each in range(3)
    ]
    assert figures.brier == pytest.approx(sum(of_each), abs=1e-12)
    good = [c == 0 for c in came]
    assert figures.murphy.score == pytest.approx(of_each[0], abs=1e-12)
    shown, means = calibration_curve(
        good, [o[0] for o in odds], pos_label=True, n_bins=calibration.BINS
    )
    assert [point.share for point in figures.diagram] == pytest.approx(list(shown), abs=1e-12)
    assert [point.mean for point in figures.diagram] == pytest.approx(list(means), abs=1e-12)
    trust, hunch = record.axes[Axis.TRUST].value, record.evidence[Evidence.HUNCH].value
    if min(sum(good), len(good) - sum(good)) >= LEAST:
        scores = [score for _odds, _came, score in given_cases]
        assert trust == pytest.approx(roc_auc_score(good, scores), abs=1e-12)
        assert hunch == pytest.approx(1 - roc_auc_score(good, scores), abs=1e-12)
    else:
        assert (trust, hunch) == (None, None)
