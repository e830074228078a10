"""Track records of consultants who are simulated, with everything that a record can show."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.forecast import Engagement, Forecast, NoForecast
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.record import Record
from fitcheck.domain.track_record import track_record
from fitcheck.library import load_policy

TODAY = dt.date(2026, 11, 21)

_FIRST = "Petra Jonas Amara Luis Hanna Tomas Ines Ravi Clara Otto Mina Yusuf".split()
_LAST = "Lindqvist Weber Okafor Ferreira Novak Brandt Calder Mehta Duarte Falk".split()
_SIGNS = {
    Match.GOOD: (frozenset(Sign),),
    Match.WORKABLE: (
        frozenset({Sign.PAID, Sign.AGAIN}),
        frozenset({Sign.SCOPE, Sign.TARGET, Sign.PAID}),
    ),
    Match.POOR: (frozenset({Sign.PAID}), frozenset()),
}


def honest(chance: float) -> float:
    return chance


def surer(chance: float) -> float:
    """What is true where somebody makes three times as much of the evidence as there is in it."""
    return float(1 / (1 + ((1 - chance) / chance) ** (1 / 3)))


def engagements(
    number: int, seed: int, truth: Callable[[float], float] = honest
) -> tuple[Engagement, ...]:
    """As many engagements, in the order of their decisions, the last some months ago."""
    draw = random.Random(seed)
    step = 900 // number
    return tuple(_engagement(each, (number - each) * step, draw, truth) for each in range(number))


def _engagement(
    number: int, days: int, draw: random.Random, truth: Callable[[float], float]
) -> Engagement:
    day = TODAY - dt.timedelta(days=days + 120)
    good = draw.uniform(0.08, 0.96)
    workable = (1 - good) * draw.uniform(0.4, 0.9)
    model = Action.PROCEED if good > 0.6 else Action.STAGE if good > 0.3 else Action.DECLINE
    final = draw.choice([model, model, Action.STAGE, Action.PROCEED])
    final = Action.STAGE if final is Action.DECLINE else final
    true = truth(good)
    rest = (1 - true) / (1 - good)
    shares = [true, workable * rest, (1 - good - workable) * rest]
    came = draw.choices(tuple(Match), shares)[0]
    spread = (good + draw.uniform(-0.2, 0.2)) / 1.4 + 0.15
    said = Forecast(
        assessed_on=day,
        model=model,
        gut=draw.choice([None, *Action]),
        final=final,
        odds={Match.GOOD: good, Match.WORKABLE: workable, Match.POOR: 1 - good - workable},
        axes={
            Axis.CHEMISTRY: min(1.0, spread),
            Axis.TRUST: min(1.0, good * 0.6 + 0.3),
            Axis.NATURE: draw.random(),
        },
        evidence={Evidence.OBSERVED: good, Evidence.HUNCH: draw.random()},
    )
    outcome = Outcome(
        draw.choice(tuple(Occasion)),
        day + dt.timedelta(days=100),
        draw.choice(_SIGNS[came]),
        "",
    )
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number * 7 % len(_LAST)]}"
    return Engagement(number + 1, number + 1, name, day, final, said, (outcome,))


def record_of(found: tuple[Engagement, ...], declined: int = 4) -> Record:
    cases = [case for each in found if (case := each.case) is not None]
    return Record(track_record(cases, load_policy().losses), found, declined)


def early() -> Record:
    """Seven outcomes, of one of which nobody knows the odds."""
    found = engagements(8, 3)
    last = found[-1]
    unknown = Engagement(
        9, 9, "Jo Field", last.decided_on, Action.STAGE, NoForecast.NOT_ASSESSED, last.outcomes
    )
    return record_of((*found[:-1], unknown), declined=1)


def fitting() -> Record:
    """Thirty outcomes of odds that are right."""
    return record_of(engagements(30, 22))


def too_sure() -> Record:
    """Sixty outcomes of odds that were far surer than they ought."""
    return record_of(engagements(60, 2, surer), declined=0)
