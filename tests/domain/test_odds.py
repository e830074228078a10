"""The odds and the ranges against SciPy, for every posterior that can occur and then some."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from fitcheck.domain import beta
from fitcheck.domain.bank import Axis
from fitcheck.domain.odds import match_odds
from fitcheck.domain.policy import Bar, Match, Policy
from fitcheck.library import load_policy
from tests.domain import reference

PROMISE = 1e-7  # ten times better than the contract asks

shapes = st.floats(0.5, 500.0) | st.sampled_from([0.5, 1.0, 500.0])
betas = st.tuples(shapes, shapes)

BARS = {  # and the gap below them
    "as shipped": (load_policy().bars, load_policy().gap),
    "steep": ({Axis.TRUST: Bar(0.2, 1.0), Axis.CHEMISTRY: Bar(1.0, 0.2)}, 0.2),
    "one flat": ({Axis.TRUST: Bar(0.2, 0.9), Axis.CHEMISTRY: Bar(0.6, 0.6)}, 0.2),
    "both flat": ({Axis.TRUST: Bar(0.5, 0.5), Axis.CHEMISTRY: Bar(0.95, 0.95)}, 0.5),
    "from end to end": ({Axis.TRUST: Bar(0.0, 1.0), Axis.CHEMISTRY: Bar(1.0, 0.0)}, 0.0),
    "at the ends": ({Axis.TRUST: Bar(0.0, 0.0), Axis.CHEMISTRY: Bar(1.0, 1.0)}, 0.0),
    "nearly flat": ({Axis.TRUST: Bar(0.5, 0.5001), Axis.CHEMISTRY: Bar(0.6, 0.59)}, 0.3),
    "the same way": ({Axis.TRUST: Bar(0.4, 0.7), Axis.CHEMISTRY: Bar(0.3, 0.8)}, 0.1),
}
ENDS = [0.5, 1.0, 499.5, 500.0]


def as_json(policy: Policy) -> dict[str, object]:
    bars = {axis.value: dataclasses.asdict(bar) for axis, bar in policy.bars.items()}
    return {"bars": {"gap": policy.gap, **bars}}


def assert_agrees(bars: str, *betas: tuple[float, float]) -> None:
    """The odds for these shapes of chemistry, trust and nature are those of plain quadrature."""
    heights, gap = BARS[bars]
    policy = dataclasses.replace(load_policy(), bars=heights, gap=gap)
    shapes = dict(zip((Axis.CHEMISTRY, Axis.TRUST, Axis.NATURE), betas, strict=True))

    odds = match_odds(shapes, policy)

    expected = reference.odds({axis.value: s for axis, s in shapes.items()}, as_json(policy))
    assert odds == {Match(match): pytest.approx(p, abs=PROMISE) for match, p in expected.items()}
    assert all(0.0 <= p <= 1.0 for p in odds.values())
    assert sum(odds.values()) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("bars", BARS)
@settings(max_examples=40, deadline=None)
@given(chemistry=betas, trust=betas, nature=betas)
def test_odds_agree_with_quadrature(
    bars: str,
    chemistry: tuple[float, float],
    trust: tuple[float, float],
    nature: tuple[float, float],
) -> None:
    assert_agrees(bars, chemistry, trust, nature)


@pytest.mark.parametrize("bars", ["as shipped", "steep", "from end to end"])
@pytest.mark.parametrize("nature", [*itertools.product(ENDS, ENDS)])
def test_odds_agree_with_quadrature_at_the_extremes(nature: tuple[float, float], bars: str) -> None:
    for chemistry, trust in [
        ((0.5, 0.5), (500.0, 500.0)),
        ((500.0, 500.0), (500.0, 499.5)),
        ((500.0, 0.5), (0.5, 500.0)),
        ((500.0, 310.0), (300.0, 260.0)),
        ((1.0, 1.0), (0.5, 1.0)),
    ]:
        assert_agrees(bars, chemistry, trust, nature)


@settings(max_examples=300, deadline=None)
@given(shape=betas, x=st.integers(0, 4096).map(lambda n: n / 4096))  # 1 - x is exact for SciPy
def test_both_tails_agree_with_scipy(shape: tuple[float, float], x: float) -> None:
    assert beta.survival(*shape, x) == pytest.approx(stats.beta.sf(x, *shape), abs=1e-12)
    assert beta.cumulative(*shape, x) == pytest.approx(stats.beta.cdf(x, *shape), abs=1e-12)


@settings(max_examples=300, deadline=None)
@given(shape=betas, p=st.sampled_from([0.1, 0.5, 0.9]) | st.floats(0.01, 0.99))
def test_quantile_agrees_with_scipy(shape: tuple[float, float], p: float) -> None:
    assert beta.quantile(*shape, p) == pytest.approx(stats.beta.ppf(p, *shape), abs=1e-9)


def test_the_tails_end_where_the_axis_ends() -> None:
    assert (beta.survival(2, 3, 0.0), beta.survival(2, 3, 1.0)) == (1.0, 0.0)
    assert (beta.cumulative(2, 3, 0.0), beta.cumulative(2, 3, 1.0)) == (0.0, 1.0)
