"""How well odds came true, against SciPy, published figures, and consultants who are simulated."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fitcheck.domain import calibration
from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.outcome import Occasion, Outcome, Sign, latest, to_mark
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.track_record import DOUBT, Case, Finding, TrackRecord, track_record

DAY = dt.date(2026, 11, 22)
LOSSES = {
    Action.PROCEED: (0.0, 2.0, 10.0),
    Action.STAGE: (1.0, 1.0, 3.0),
    Action.DECLINE: (5.0, 3.0, 0.0),
}
FORECASTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def case(good: float, outcome: Match, day: int = 0, **other: object) -> Case:
    values: dict[str, object] = {
        "model": Action.PROCEED,
        "gut": None,
        "final": Action.PROCEED,
        "axes": {},
        "evidence": {},
    }
    rest = (1 - good) / 2
    return Case(
        DAY + dt.timedelta(day),
        {Match.GOOD: good, Match.WORKABLE: rest, Match.POOR: rest},
        outcome,
        **values | other,  # type: ignore[arg-type]
    )


# Scores


def test_the_ten_forecasts_of_brier_1950_score_as_he_published() -> None:
    rain = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
    came = [1, 0, 0, 0, 1, 1, 1, 1, 1, 1]  # 0: rain
    score = calibration.brier([(chance, 1 - chance) for chance in rain], came)
    assert score == pytest.approx(0.19, abs=1e-12)


def test_the_parts_are_those_of_a_published_table_of_rain_forecasts() -> None:
    """D. S. Wilks, Statistical Methods in the Atmospheric Sciences (1995), table 7.3.

    Of 12,402 forecasts of rain it has each chance that was given, the share of the forecasts that
    gave it, and how often it rained then; over all of them, it rained in 16.2 % of the cases.
    """
    chances = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    shares = [
        *(0.4112, 0.0671, 0.1833, 0.0986, 0.0616, 0.0366),
        *(0.0303, 0.0275, 0.0245, 0.0220, 0.0170, 0.0203),
    ]
    rained = [
        *(0.006, 0.019, 0.059, 0.150, 0.277, 0.377),
        *(0.511, 0.587, 0.723, 0.779, 0.934, 0.933),
    ]
    forecasts, came = [], []
    for chance, share, rain in zip(chances, shares, rained, strict=True):
        number = round(share * 12402)
        forecasts += [float(chance)] * number
        came += [nth < round(rain * number) for nth in range(number)]
    parts = calibration.murphy(forecasts, came, bins=40)
    assert sum(came) / len(came) == pytest.approx(0.162, abs=0.0006)
    # By hand: Σ share (chance - rained)², Σ share (rained - 0.1615)², 0.1615 · 0.8385.
    assert parts.reliability == pytest.approx(0.00083, abs=2e-5)
    assert parts.resolution == pytest.approx(0.06279, abs=1e-4)
    assert parts.uncertainty == pytest.approx(0.13542, abs=1e-4)
    assert parts.spread == pytest.approx(0, abs=1e-12)
    assert parts.score == pytest.approx(0.07346, abs=1e-4)


@given(FORECASTS)
def test_the_parts_of_the_score_add_up_to_it(forecasts: list[tuple[float, bool]]) -> None:
    chances, came = zip(*forecasts, strict=True)
    parts = calibration.murphy(chances, came)
    score = math.fsum((chance - hit) ** 2 for chance, hit in forecasts) / len(forecasts)
    assert parts.score == pytest.approx(score, abs=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_whoever_knows_nothing_has_no_resolution_and_whoever_knows_all_no_loss() -> None:
    base = calibration.murphy([0.5] * 4, [True, False, True, False])
    assert (base.reliability, base.resolution, base.uncertainty) == (0, 0, 0.25)
    sure = calibration.murphy([1.0, 0.0, 1.0, 0.0], [True, False, True, False])
    assert (sure.reliability, sure.resolution, sure.score) == (0, 0.25, 0)


def test_skill_is_measured_against_the_base_rate() -> None:
    came = [0, 1, 2, 0]
    perfect = [[float(k == c) for k in range(3)] for c in came]
    shares = [[0.5, 0.25, 0.25]] * 4
    base = calibration.brier_of_base_rate(came, 3)
    assert calibration.brier(shares, came) == pytest.approx(base)
    assert calibration.skill(calibration.brier(perfect, came), base) == 1
    assert calibration.skill(base, base) == 0
    assert calibration.skill(0.1, calibration.brier_of_base_rate([1, 1], 3)) is None


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_are_those_of_wilson(counts: tuple[int, int]) -> None:
    hits, number = counts
    expected = stats.binomtest(hits, number).proportion_ci(0.95, method="wilson")
    assert calibration.wilson(hits, number) == pytest.approx(tuple(expected), abs=1e-12)


@given(FORECASTS)
def test_every_forecast_stands_in_one_bin_of_the_diagram(
    forecasts: list[tuple[float, bool]],
) -> None:
    chances, came = zip(*forecasts, strict=True)
    diagram = calibration.reliability(chances, came)
    assert sum(each.number for each in diagram) == len(forecasts)
    assert sum(each.number * each.share for each in diagram) == pytest.approx(sum(came))
    assert [each.mean for each in diagram] == sorted(each.mean for each in diagram)
    assert all(each.low <= each.share <= each.high for each in diagram)


def test_a_chance_on_an_edge_stands_below_it() -> None:
    diagram = calibration.reliability([0.2, 0.21, 0.0, 1.0], [True] * 4)
    assert [each.number for each in diagram] == [2, 1, 1]


@given(FORECASTS)
def test_so_many_hits_are_as_likely_as_the_poisson_binomial_has_it(
    forecasts: list[tuple[float, bool]],
) -> None:
    chances, came = zip(*forecasts, strict=True)
    law = stats.poisson_binom(chances)
    hits = sum(came)
    expected = min(1.0, 2 * min(law.cdf(hits), law.sf(hits - 1)))
    assert calibration.optimism(chances, came) == pytest.approx(expected, abs=1e-9)


def test_nothing_is_told_of_odds_that_lean_nowhere_or_are_certain() -> None:
    assert calibration.sureness([0.5, 0.5], [True, False]) == 0
    assert calibration.sureness([1.0, 0.0], [True, False]) == 0


@given(FORECASTS)
def test_ranking_is_the_share_of_pairs_that_stand_in_the_right_order(
    forecasts: list[tuple[float, bool]],
) -> None:
    values, came = zip(*forecasts, strict=True)
    hits = [value for value, hit in forecasts if hit]
    rest = [value for value, hit in forecasts if not hit]
    found = calibration.ranked(values, came)
    if not hits or not rest:
        assert found is None
    else:
        u = stats.mannwhitneyu(hits, rest, method="asymptotic").statistic
        assert found == pytest.approx(u / (len(hits) * len(rest)))


# What is said of it


def record(cases: list[Case]) -> TrackRecord:
    return track_record(cases, LOSSES)


def simulated(number: int, seed: int, truth: Callable[[float], float]) -> list[Case]:
    """A consultant who says ``chance`` where it is ``truth(chance)``."""
    draw = random.Random(seed)
    cases = []
    for day in range(number):
        chance = draw.uniform(0.05, 0.95)
        came = Match.GOOD if draw.random() < truth(chance) else Match.POOR
        cases.append(case(chance, came, day))
    return cases


def _surer(chance: float) -> float:
    """What is true where somebody makes twice as much of the evidence as there is in it."""
    return 1 / (1 + math.sqrt((1 - chance) / chance))


def test_under_twenty_outcomes_nothing_is_claimed() -> None:
    found = record([case(0.99, Match.POOR, day) for day in range(19)])
    assert (found.finding, found.figures, found.missing) == (Finding.TOO_EARLY, None, 1)
    assert not found.may_tune
    assert len(found.cases) == 19
    assert {each.value for each in found.axes.values()} == {None}


@pytest.mark.parametrize(("number", "runs"), [(20, 400), (60, 200), (200, 80)])
def test_a_calibrated_consultant_is_told_so_up_to_the_stated_doubt(number: int, runs: int) -> None:
    findings = [
        record(simulated(number, seed, lambda chance: chance)).finding for seed in range(runs)
    ]
    # So few that are told so, or fewer, has one batch of a thousand if the doubt is as stated.
    least = stats.binom(runs, 1 - DOUBT).ppf(0.001)
    assert findings.count(Finding.FITTING) >= least


def _power(number: int) -> float:
    """How many overconfident consultants ought to be told so after ``number`` outcomes.

    By the normal approximation: where ``t`` is true of a forecast ``p``, each outcome moves the
    sum behind Spiegelhalter's Z by ``(t - p)(1 - 2p)`` on average, with the variance
    ``t(1 - t)(1 - 2p)²``, while it is measured in units of the variance if ``p`` were true.
    """
    chances = [0.05 + 0.9 * (step + 0.5) / 1000 for step in range(1000)]
    pulls = [1 - 2 * chance for chance in chances]
    each = list(zip(chances, pulls, strict=True))
    shift = math.fsum((_surer(chance) - chance) * pull for chance, pull in each) / 1000
    true = math.fsum(_surer(p) * (1 - _surer(p)) * pull**2 for p, pull in each) / 1000
    said = math.fsum(p * (1 - p) * pull**2 for p, pull in each) / 1000
    told_from = stats.norm.isf(DOUBT / 4)  # half of the doubt, and of that one of two sides
    z = stats.norm(math.sqrt(number) * shift / math.sqrt(said), math.sqrt(true / said))
    return float(z.sf(told_from))


def test_an_overconfident_one_is_told_so_only_when_the_data_carry_it() -> None:
    runs = 60

    def told(number: int) -> int:
        findings = [record(simulated(number, seed, _surer)).finding for seed in range(runs)]
        return findings.count(Finding.TOO_SURE)

    shares = []
    for number in (20, 80, 320):
        shares.append(told(number))
        expected = stats.binom(runs, _power(number))
        assert expected.ppf(0.0005) <= shares[-1] <= expected.isf(0.0005)
    assert shares == sorted(set(shares))
    assert told(19) == 0


@pytest.mark.parametrize(
    ("truth", "finding"),
    [
        (lambda chance: chance * 0.7, Finding.TOO_HOPEFUL),
        (lambda chance: 1 - (1 - chance) * 0.7, Finding.TOO_GLOOMY),
        (lambda chance: chance**2 / (chance**2 + (1 - chance) ** 2), Finding.NOT_SURE_ENOUGH),
    ],
)
def test_other_faults_are_named(truth: Callable[[float], float], finding: Finding) -> None:
    assert record(simulated(1000, 1, truth)).finding is finding


def test_where_all_came_out_alike_nothing_can_be_told_apart() -> None:
    found = record([case(0.97, Match.GOOD, day) for day in range(25)])
    assert found.finding is Finding.ALIKE
    assert found.figures is not None
    assert found.figures.skill is None


def test_model_gut_and_decision_are_kept_apart() -> None:
    cases = [
        case(0.8, Match.GOOD, gut=Action.STAGE),
        case(0.4, Match.POOR, model=Action.STAGE, gut=Action.PROCEED),
        case(0.5, Match.WORKABLE, model=Action.DECLINE, final=Action.STAGE),
    ]
    found = record(cases)
    assert (found.model.cases, found.gut.cases, found.final.cases) == (3, 2, 3)
    assert found.model.outcomes[Action.STAGE] == {
        Match.GOOD: 0,
        Match.WORKABLE: 0,
        Match.POOR: 1,
    }
    assert found.model.loss == pytest.approx((0 + 3 + 3) / 3)
    assert found.gut.loss == pytest.approx((1 + 10) / 2)
    assert found.final.loss == pytest.approx((0 + 10 + 1) / 3)
    assert found.overruled.cases == 2
    assert record([]).gut.loss == 0


def test_where_it_was_too_early_for_advice_none_was_overruled() -> None:
    found = record([case(0.8, Match.GOOD, model=None), case(0.8, Match.GOOD)])
    assert (found.model.cases, found.final.cases, found.overruled.cases) == (1, 2, 0)


def test_an_axis_is_told_to_matter_once_there_are_enough_of_both_sorts() -> None:
    def with_axes(good: int, poor: int) -> TrackRecord:
        return record(
            [
                case(
                    0.5,
                    Match.GOOD if number < good else Match.POOR,
                    number,
                    axes={Axis.TRUST: 0.9 if number < good else 0.2},
                    evidence={Evidence.HUNCH: 0.5},
                )
                for number in range(good + poor)
            ]
        )

    found = with_axes(15, 5)
    assert found.axes[Axis.TRUST].value == 1
    assert found.axes[Axis.CHEMISTRY].value is None
    assert found.evidence[Evidence.HUNCH].value == 0.5
    assert with_axes(16, 4).axes[Axis.TRUST].value is None
    assert with_axes(10, 9).axes[Axis.TRUST].value is None


def test_tuning_is_not_worth_thinking_about_under_fifty() -> None:
    assert not record([case(0.5, Match.GOOD)] * 49).may_tune
    assert record([case(0.5, Match.GOOD)] * 50).may_tune


# Outcomes


@pytest.mark.parametrize(
    ("number", "match"),
    [
        (4, Match.GOOD),
        (3, Match.WORKABLE),
        (2, Match.WORKABLE),
        (1, Match.POOR),
        (0, Match.POOR),
    ],
)
def test_the_signs_that_were_seen_make_the_outcome(number: int, match: Match) -> None:
    assert Outcome(Occasion.END, DAY, frozenset(list(Sign)[:number])).match is match


def test_the_later_occasion_counts_and_of_one_occasion_the_later_mark() -> None:
    early = Outcome(Occasion.NINETY_DAYS, DAY + dt.timedelta(9), frozenset(Sign))
    end = Outcome(Occasion.END, DAY, frozenset())
    again = Outcome(Occasion.END, DAY + dt.timedelta(1), frozenset(Sign))
    assert latest((end, early)) is end
    assert latest((again, end, early)) is again
    assert latest(()) is None


def test_an_outcome_is_asked_for_at_ninety_days_and_after_a_year() -> None:
    def due(days: int, *marked: Occasion, decided: Action = Action.PROCEED) -> Occasion | None:
        return to_mark(decided, DAY, frozenset(marked), DAY + dt.timedelta(days))

    assert due(89) is None
    assert due(90) is Occasion.NINETY_DAYS
    assert due(90, Occasion.NINETY_DAYS) is None
    assert due(365, Occasion.NINETY_DAYS) is Occasion.END
    assert due(400) is Occasion.END
    assert due(400, Occasion.END) is None
    assert due(400, decided=Action.DECLINE) is None


def test_where_all_came_out_alike_nothing_is_told_apart() -> None:
    assert calibration.ranked([0.2, 0.8], [True, True]) is None
    assert calibration.ranked([0.2, 0.8], [False, False]) is None
    assert calibration.ranked([0.2, 0.8, 0.8], [False, True, False]) == 0.75
