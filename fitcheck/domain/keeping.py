"""For how long what is known about a person is kept, and when to ask whether it still has to be.

Nothing is ever erased by a date alone. From the day on until which a person's data was to be kept
the consultant is asked; who says "keep it" is asked again a year later, and so on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

KEEP_YEARS = 2
"""How many years after the last change a person is kept when nobody says otherwise."""

MOST_YEARS = 30
"""How many they can be at most."""


@dataclass(frozen=True)
class Keeping:
    """``until`` is a day of their own, ``None`` for the usual one; ``kept_on`` is when the
    consultant last said that they are still to be kept."""

    until: dt.date | None = None
    kept_on: dt.date | None = None


@dataclass(frozen=True)
class Kept:
    """A prospect and the day until which they are kept; ``ask``: somebody should be asked today.

    ``own_day`` says that the day was chosen for them.
    """

    prospect_id: int
    name: str = field(repr=False)
    last_changed: dt.date
    until: dt.date
    own_day: bool
    ask: bool


def kept(
    prospect_id: int, name: str, keeping: Keeping, last_changed: dt.date, today: dt.date, years: int
) -> Kept:
    """How it stands with a prospect today."""
    return Kept(
        prospect_id,
        name,
        last_changed,
        kept_until(keeping, last_changed, years),
        keeping.until is not None,
        is_to_be_asked(keeping, last_changed, today, years),
    )


def kept_until(keeping: Keeping, last_changed: dt.date, years: int = KEEP_YEARS) -> dt.date:
    """The day until which a person is kept, as it was set or ``years`` after the last change."""
    return keeping.until or years_later(last_changed, years)


def ask_on(keeping: Keeping, last_changed: dt.date, years: int = KEEP_YEARS) -> dt.date:
    """The first day on which to ask whether a person is still to be kept.

    That is the day until which they are kept, or a year after the consultant was last asked,
    whichever is later.
    """
    until = kept_until(keeping, last_changed, years)
    return until if keeping.kept_on is None else max(until, years_later(keeping.kept_on, 1))


def is_to_be_asked(
    keeping: Keeping, last_changed: dt.date, today: dt.date, years: int = KEEP_YEARS
) -> bool:
    """Whether to ask today, or for some days already."""
    return ask_on(keeping, last_changed, years) <= today


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day in another year; the last of February where there is no 29th."""
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
