"""Engagements whose odds and outcomes a test chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.forecast import Engagement, Forecast
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.period import Decision, Opening
from fitcheck.domain.policy import Action, Match
from fitcheck.store.book import Book

SIGNS = {
    Match.GOOD: frozenset(Sign),
    Match.WORKABLE: frozenset({Sign.PAID, Sign.SCOPE}),
    Match.POOR: frozenset({Sign.PAID}),
}
"""The marks that make each outcome."""


def forecast(
    good: float,
    day: dt.date,
    *,
    model: Action | None = Action.PROCEED,
    gut: Action | None = None,
    final: Action = Action.PROCEED,
    trust: float = 0.7,
    hunch: float = 0.5,
) -> Forecast:
    """Odds of ``good``; of what is left, two thirds are workable."""
    rest = 1 - good
    return Forecast(
        assessed_on=day,
        model=model,
        gut=gut,
        final=final,
        odds={Match.GOOD: good, Match.WORKABLE: rest * 2 / 3, Match.POOR: rest / 3},
        axes={Axis.CHEMISTRY: 0.6, Axis.TRUST: trust},
        evidence={Evidence.OBSERVED: 0.8, Evidence.HUNCH: hunch},
    )


def engaged(
    book: Book,
    name: str,
    day: dt.date,
    said: Forecast | None,
    final: Action = Action.PROCEED,
    outcome: Match | None = None,
    marked_on: dt.date | None = None,
) -> int:
    """Somebody about whom ``final`` was decided on ``day``, with what came of it; their id."""
    id_ = book.add_prospect(Prospect(name), Opening(day)).result()
    book.periods.take(id_, Decision(day, final), said).result()
    if outcome is not None:
        found = book.outcomes.of(id_)
        assert found is not None
        on = marked_on or day + dt.timedelta(days=90)
        mark = Outcome(Occasion.NINETY_DAYS, on, SIGNS[outcome])
        book.outcomes.mark(found, mark).result()
    return id_


def put(book: Book, found: Iterable[Engagement]) -> list[int]:
    """These engagements in a book, each with somebody of their own; whose ids they are."""
    ids = []
    for each in found:
        id_ = book.add_prospect(Prospect(each.name), Opening(each.decided_on)).result()
        said = each.forecast if isinstance(each.forecast, Forecast) else None
        book.periods.take(id_, Decision(each.decided_on, each.final), said).result()
        standing = book.outcomes.of(id_)
        assert standing is not None
        for outcome in each.outcomes:
            book.outcomes.mark(standing, outcome).result()
        ids.append(id_)
    return ids
