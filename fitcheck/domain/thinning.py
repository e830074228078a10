"""Which backups may go: all of two days are kept, then one a day, a week and a month.

What counts is how many days, weeks and months have a backup, not how long ago that is by the
clock. So a book that lay closed for a year loses nothing when it is opened, and neither does one
on a computer whose clock went wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping
from itertools import groupby

WHOLE = dt.timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9

_Part = Callable[[dt.datetime], Hashable]


def _day(made: dt.datetime) -> Hashable:
    return made.date()


def _week(made: dt.datetime) -> Hashable:
    return made.isocalendar()[:2]


def _month(made: dt.datetime) -> Hashable:
    return made.year, made.month


_STEPS: tuple[tuple[_Part, int], ...] = ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))


def superseded(
    made: Mapping[str, dt.datetime], now: dt.datetime, good: Collection[str]
) -> frozenset[str]:
    """The names among ``made`` that may be deleted; ``good`` are known to be whole.

    The newest good one never is, nor is one from the future: that clock was wrong, or this one is.
    Of each day, week and month the newest stays.
    """
    past = sorted((name for name in made if made[name] <= now), key=lambda n: (made[n], n))
    left = past[::-1]
    if not left:
        return frozenset()
    kept = {name for name in left if made[left[0]] - made[name] <= WHOLE}
    left = [name for name in left if name not in kept]
    for part, number in _STEPS:
        groups = _groups(left, {name: part(made[name]) for name in left})
        kept.update(names[0] for names in groups[:number])
        left = [name for names in groups[number:] for name in names]
    kept.update([name for name in past if name in good][-1:])
    return frozenset(past) - kept


def _groups(names: list[str], of: Mapping[str, Hashable]) -> list[list[str]]:
    return [list(group) for _, group in groupby(names, of.__getitem__)]
