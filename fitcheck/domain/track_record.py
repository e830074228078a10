"""The consultant's track record: were their 70 % really 70 %? (judgement.md, section 9)

Every case is an engagement whose outcome is known; its forecast are the odds as they stood at the
decision. Whoever was declined has no outcome, so the record says nothing of how right it was to
decline; and a good outcome isn't the same as a good fit.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain import calibration
from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.calibration import Bin, Murphy
from fitcheck.domain.policy import Action, Match

CLAIMS_FROM = 20
"""Outcomes before anything is said of them beyond the list."""

TUNING_FROM = 50
"""Outcomes before other bars are worth thinking about."""

LEAST = 5
"""Outcomes of either sort before one thing is said to tell them apart."""

DOUBT = 0.05
"""How often a consultant whose odds are right may be told that they aren't. Two things are looked
for, so each gets half of it."""

_MATCHES = tuple(Match)


@dataclass(frozen=True)
class Case:
    """One engagement: what was said at the decision, and how it came out.

    ``odds`` has a chance for each match. ``model`` is ``None`` where it was too early to recommend
    anything. ``axes`` and ``evidence`` are scores from 0 to 1: of each axis, and of the answers on
    chemistry and trust that rest on each sort of evidence, where there were any.
    """

    decided_on: dt.date
    odds: Mapping[Match, float]
    outcome: Match
    model: Action | None
    gut: Action | None
    final: Action
    axes: Mapping[Axis, float]
    evidence: Mapping[Evidence, float]
    name: str = field(default="", repr=False)


class Finding(StrEnum):
    """What may be said of the odds as a whole."""

    TOO_EARLY = "too_early"
    ALIKE = "alike"
    """Every outcome was the same: right or wrong, it can't be told apart."""
    FITTING = "fitting"
    """Nothing in these outcomes speaks against the odds."""
    TOO_SURE = "too_sure"
    NOT_SURE_ENOUGH = "not_sure_enough"
    TOO_HOPEFUL = "too_hopeful"
    """Fewer came out well than the odds had said."""
    TOO_GLOOMY = "too_gloomy"


@dataclass(frozen=True)
class Adviser:
    """What the model, the gut, or the consultant in the end had advised, and what came of it.

    ``outcomes`` counts them by advice. ``loss`` is the mean loss that the policy sees in that
    advice with these outcomes: the lower the better.
    """

    cases: int
    outcomes: Mapping[Action, Mapping[Match, int]]
    loss: float


@dataclass(frozen=True)
class Telling:
    """How well one thing told good outcomes from others: 0.5 not at all, 1 always.

    ``value`` is ``None`` where there are too few of either.
    """

    good: int
    others: int
    value: float | None


@dataclass(frozen=True)
class Figures:
    """What is said from :data:`CLAIMS_FROM` outcomes on."""

    brier: float
    base_brier: float
    skill: float | None
    diagram: tuple[Bin, ...]
    murphy: Murphy


@dataclass(frozen=True)
class TrackRecord:
    """``figures`` are of all ``cases``, and absent while it is too early for any."""

    cases: tuple[Case, ...]
    finding: Finding
    figures: Figures | None
    model: Adviser
    gut: Adviser
    final: Adviser
    overruled: Adviser
    """What came of the cases in which the consultant decided against the model."""
    axes: Mapping[Axis, Telling]
    evidence: Mapping[Evidence, Telling]

    @property
    def missing(self) -> int:
        """Outcomes that are still needed before anything is claimed."""
        return max(0, CLAIMS_FROM - len(self.cases))

    @property
    def may_tune(self) -> bool:
        return len(self.cases) >= TUNING_FROM


def track_record(
    cases: Sequence[Case], losses: Mapping[Action, tuple[float, float, float]]
) -> TrackRecord:
    """The record of ``cases``; ``losses`` are the policy's, in the order good, workable, poor."""
    ordered = tuple(sorted(cases, key=lambda case: case.decided_on))

    def advised(by: Callable[[Case], Action | None], among: Sequence[Case]) -> Adviser:
        given = [(advice, case.outcome) for case in among if (advice := by(case)) is not None]
        return Adviser(
            cases=len(given),
            outcomes={
                action: {match: given.count((action, match)) for match in Match}
                for action in Action
            },
            loss=math.fsum(losses[action][_MATCHES.index(came)] for action, came in given)
            / max(1, len(given)),
        )

    return TrackRecord(
        cases=ordered,
        finding=_finding(ordered),
        figures=_figures(ordered) if len(ordered) >= CLAIMS_FROM else None,
        model=advised(lambda case: case.model, ordered),
        gut=advised(lambda case: case.gut, ordered),
        final=advised(lambda case: case.final, ordered),
        overruled=advised(
            lambda case: case.final,
            [each for each in ordered if each.model not in (None, each.final)],
        ),
        axes={
            axis: _telling([(case.axes.get(axis), case.outcome) for case in ordered])
            for axis in Axis
        },
        evidence={
            tag: _telling([(case.evidence.get(tag), case.outcome) for case in ordered])
            for tag in Evidence
        },
    )


def _figures(cases: Sequence[Case]) -> Figures:
    forecasts = [[case.odds[match] for match in Match] for case in cases]
    came = [_MATCHES.index(case.outcome) for case in cases]
    good, was_good = _of_good(cases)
    score, base = calibration.brier(forecasts, came), calibration.brier_of_base_rate(came, 3)
    return Figures(
        brier=score,
        base_brier=base,
        skill=calibration.skill(score, base),
        diagram=calibration.reliability(good, was_good),
        murphy=calibration.murphy(good, was_good),
    )


def _finding(cases: Sequence[Case]) -> Finding:
    if len(cases) < CLAIMS_FROM:
        return Finding.TOO_EARLY
    good, was_good = _of_good(cases)
    z = calibration.sureness(good, was_good)
    sure = Finding.TOO_SURE if z > 0 else Finding.NOT_SURE_ENOUGH
    hopeful = Finding.TOO_HOPEFUL if math.fsum(good) > sum(was_good) else Finding.TOO_GLOOMY
    amiss = {sure: calibration.two_sided(z), hopeful: calibration.optimism(good, was_good)}
    likeliest = min(amiss, key=amiss.__getitem__)
    if amiss[likeliest] < DOUBT / 2:
        return likeliest
    return Finding.ALIKE if len(set(was_good)) == 1 else Finding.FITTING


def _of_good(cases: Sequence[Case]) -> tuple[list[float], list[bool]]:
    return [case.odds[Match.GOOD] for case in cases], [case.outcome is Match.GOOD for case in cases]


def _telling(pairs: Sequence[tuple[float | None, Match]]) -> Telling:
    known = [(value, came is Match.GOOD) for value, came in pairs if value is not None]
    good = sum(was_good for _, was_good in known)
    others = len(known) - good
    if len(known) < CLAIMS_FROM or min(good, others) < LEAST:
        return Telling(good, others, None)
    values, was_good = zip(*known, strict=True)
    return Telling(good, others, calibration.ranked(values, was_good))
