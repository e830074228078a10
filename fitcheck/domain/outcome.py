"""How an engagement came out, by four marks that anybody could check (judgement.md, section 9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.policy import Action, Match


class Sign(StrEnum):
    """What can be observed of an engagement."""

    PAID = "paid_on_time"
    SCOPE = "scope_held"
    """It held, or what was added was priced."""
    TARGET = "target_met"
    """The agreed target or sign-off was met."""
    AGAIN = "would_work_again"


class Occasion(StrEnum):
    """When an outcome is marked."""

    NINETY_DAYS = "ninety_days"
    END = "end"
    """At the end of the engagement, or a year on, whichever comes first."""


DAYS_UNTIL = {Occasion.NINETY_DAYS: 90, Occasion.END: 365}
"""Days after the decision."""


@dataclass(frozen=True)
class Outcome:
    """What was marked on one occasion. ``words`` are the consultant's own."""

    occasion: Occasion
    on: dt.date
    signs: frozenset[Sign]
    words: str = field(default="", repr=False)

    @property
    def match(self) -> Match:
        return match_of(self.signs)


def match_of(signs: frozenset[Sign]) -> Match:
    """Four signs are good, two or three workable, none or one poor."""
    if len(signs) == len(Sign):
        return Match.GOOD
    return Match.WORKABLE if len(signs) >= 2 else Match.POOR


def latest(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """What counts: the mark of the latest occasion, and of two on the same the later one.

    Of two that were made on one day, that is the one that comes after the other here.
    """
    order = list(Occasion)
    newest_first = reversed(outcomes)
    return max(newest_first, key=lambda each: (order.index(each.occasion), each.on), default=None)


def to_mark(
    decided: Action, decided_on: dt.date, marked: frozenset[Occasion], today: dt.date
) -> Occasion | None:
    """The occasion that is due and not marked yet; the later one where both are.

    Whoever was declined has no outcome.
    """
    if decided is Action.DECLINE:
        return None
    due = [
        occasion
        for occasion, days in DAYS_UNTIL.items()
        if today - decided_on >= dt.timedelta(days) and occasion not in marked
    ]
    # A mark at the end says what the one at ninety days would have.
    return due[-1] if due and Occasion.END not in marked else None
