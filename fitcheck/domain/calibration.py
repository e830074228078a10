"""How well odds came true: scores of probability forecasts and what they are made of.

Forecasts are chances between 0 and 1, outcomes are booleans (a forecast of one event) or the place
of the category that came true. Nothing here rounds, and every sum is exact (``math.fsum``).

Sources of the formulas: G. W. Brier, *Verification of forecasts expressed in terms of probability*,
Monthly Weather Review 78 (1950); A. H. Murphy, *A new vector partition of the probability score*,
Journal of Applied Meteorology 12 (1973); D. B. Stephenson, C. A. S. Coelho and I. T. Jolliffe, *Two
extra components in the Brier score decomposition*, Weather and Forecasting 23 (2008), for forecasts
that are put into bins; E. B. Wilson, *Probable inference, the law of succession, and statistical
inference*, JASA 22 (1927); D. J. Spiegelhalter, *Probabilistic prediction in patient management and
clinical trials*, Statistics in Medicine 5 (1986).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 5
"""Of a reliability diagram, each as wide as the others."""

Z95 = 1.959963984540054
"""Within so many standard deviations of the mean lie 95 % of a normal distribution."""


def brier(forecasts: Sequence[Sequence[float]], outcomes: Sequence[int]) -> float:
    """The Brier score over categories, 0 (always right and sure) to 2 (always wrong and sure).

    ``forecasts[i]`` has one chance per category, ``outcomes[i]`` is the category that came true.
    There must be at least one.
    """
    squares = (
        (chance - (category == came)) ** 2
        for chances, came in zip(forecasts, outcomes, strict=True)
        for category, chance in enumerate(chances)
    )
    return math.fsum(squares) / len(outcomes)


def brier_of_base_rate(outcomes: Sequence[int], categories: int) -> float:
    """The Brier score of forecasting each time how often each category came true among these."""
    shares = [outcomes.count(each) / len(outcomes) for each in range(categories)]
    return math.fsum(share * (1 - share) for share in shares)


def skill(score: float, reference: float) -> float | None:
    """By how much ``score`` is better than ``reference``: 1 at best, 0 no better, below 0 worse.

    ``None`` where the reference is perfect: all outcomes were alike, and nothing can be told.
    """
    return 1 - score / reference if reference > 0 else None


def wilson(hits: int, number: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval for the chance behind ``hits`` of ``number``, which is at least one."""
    share, square = hits / number, z * z
    middle = share + square / (2 * number)
    reach = z * math.sqrt(share * (1 - share) / number + square / (4 * number * number))
    scale = 1 + square / number
    # Where nothing or everything was hit, one end is exactly there.
    low = 0.0 if hits == 0 else (middle - reach) / scale
    high = 1.0 if hits == number else (middle + reach) / scale
    return low, high


@dataclass(frozen=True)
class Bin:
    """The forecasts of about the same chance. ``mean`` is their mean, ``share`` what came true."""

    number: int
    mean: float
    share: float
    low: float
    high: float


def reliability(
    forecasts: Sequence[float], outcomes: Sequence[bool], bins: int = BINS
) -> tuple[Bin, ...]:
    """The reliability diagram of one event: a point per bin that has a forecast, lowest first."""
    return tuple(
        Bin(
            number=len(group),
            mean=math.fsum(chance for chance, _ in group) / len(group),
            share=sum(came for _, came in group) / len(group),
            low=interval[0],
            high=interval[1],
        )
        for group in _groups(forecasts, outcomes, bins)
        for interval in [wilson(sum(came for _, came in group), len(group))]
    )


@dataclass(frozen=True)
class Murphy:
    """What the Brier score of one event is made of.

    It is ``reliability - resolution + uncertainty + spread``: how far the shares that came true
    lay from the forecasts (0 is best); how far they lay from the base rate (the more the better);
    how hard the event is to forecast at all; and what comes of putting unlike forecasts into one
    bin, which is small.
    """

    reliability: float
    resolution: float
    uncertainty: float
    spread: float

    @property
    def score(self) -> float:
        return self.reliability - self.resolution + self.uncertainty + self.spread


def murphy(forecasts: Sequence[float], outcomes: Sequence[bool], bins: int = BINS) -> Murphy:
    """The decomposition of the Brier score of one event; there must be at least one forecast."""
    number = len(outcomes)
    base = sum(outcomes) / number
    of_bins = []
    for group in _groups(forecasts, outcomes, bins):
        size = len(group)
        mean = math.fsum(chance for chance, _ in group) / size
        share = sum(came for _, came in group) / size
        variance = math.fsum((chance - mean) ** 2 for chance, _ in group)
        covariance = math.fsum((chance - mean) * (came - share) for chance, came in group)
        of_bins.append(
            (size * (mean - share) ** 2, size * (share - base) ** 2, variance - 2 * covariance)
        )
    parts = [math.fsum(part) / number for part in zip(*of_bins, strict=True)]
    return Murphy(parts[0], parts[1], base * (1 - base), parts[2])


def optimism(forecasts: Sequence[float], outcomes: Sequence[bool]) -> float:
    """How likely so much too many or too few hits are by chance alone: two-sided, 0 to 1.

    If every forecast is right, the number of hits has the Poisson binomial distribution, which is
    computed exactly; each of the two tails is doubled.
    """
    chances = [1.0]
    for forecast in forecasts:
        hit = [0.0, *(chance * forecast for chance in chances)]
        missed = [*(chance * (1 - forecast) for chance in chances), 0.0]
        chances = [a + b for a, b in zip(hit, missed, strict=True)]
    hits = sum(outcomes)
    fewer, more = math.fsum(chances[: hits + 1]), math.fsum(chances[hits:])
    return min(1.0, 2 * min(fewer, more))


def sureness(forecasts: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Spiegelhalter's Z: above 0 for odds that were surer than they ought, below for less sure.

    Near a standard normal distribution if every forecast is right. 0 where no forecast leans
    either way, or every one is certain: then nothing can be told.
    """
    pulls = [(1 - 2 * chance) for chance in forecasts]
    variance = math.fsum(
        pull * pull * chance * (1 - chance) for pull, chance in zip(pulls, forecasts, strict=True)
    )
    if variance <= 0:
        return 0.0
    shift = math.fsum(
        (came - chance) * pull
        for pull, chance, came in zip(pulls, forecasts, outcomes, strict=True)
    )
    return shift / math.sqrt(variance)


def two_sided(z: float) -> float:
    """How likely a standard normal value at least as far from 0 as ``z`` is."""
    return math.erfc(abs(z) / math.sqrt(2))


def ranked(values: Sequence[float], outcomes: Sequence[bool]) -> float | None:
    """How often a value where it came true is above one where it didn't; ties count half.

    The area under the ROC curve: 0.5 says nothing, 1 tells the two apart. ``None`` where all
    outcomes are alike.
    """
    hits = sorted(value for value, came in zip(values, outcomes, strict=True) if came)
    rest = [value for value, came in zip(values, outcomes, strict=True) if not came]
    if not hits or not rest:
        return None
    won = 0.0
    for value in rest:
        below = bisect_left(hits, value)
        ties = hits.count(value)
        won += len(hits) - below - ties + ties / 2
    return won / (len(hits) * len(rest))


def _groups(
    forecasts: Sequence[float], outcomes: Sequence[bool], bins: int
) -> list[list[tuple[float, bool]]]:
    """Forecasts with what came of each, by bin, lowest first; a chance on an edge is below it."""
    edges = [edge / bins for edge in range(1, bins)]
    groups: list[list[tuple[float, bool]]] = [[] for _bin in range(bins)]
    for chance, came in zip(forecasts, outcomes, strict=True):
        groups[bisect_left(edges, chance)].append((chance, came))
    return [group for group in groups if group]
