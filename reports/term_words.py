"""The words of dates, shares and recommendations: as much as the list of prospects says.

They are to be had from :mod:`reports.words` like all the others. They stand here because the list
is shown before the judgement, which those others are about, is imported (decision 35).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from fitcheck.domain.terms import Action, Match, Recommendation
from fitcheck.i18n import N_, _


def whole_percent(share: float) -> int:
    """A share of one in whole per cent, halves upwards whatever the last bit of the float says."""
    return math.floor(share * 100 + 0.5 + 1e-9)


def percent(share: float) -> str:
    """The same as text: ``0.625`` → "63%"."""
    return _("{number}%").format(number=whole_percent(share))


def percents(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares that sum to one as whole per cents that sum to 100 (largest remainders go up)."""
    exact = [share * 100 for share in shares]
    whole = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for i in by_remainder[: 100 - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


_MONTHS = N_(
    "January February March April May June July August September October November December"
)
"""One message, so that translators see the twelve together; split at its spaces."""


def date_text(date: dt.date) -> str:
    """A date that reads the same everywhere, "21 November 2026"."""
    return _("{day} {month} {year}").format(
        day=date.day, month=_(_MONTHS).split()[date.month - 1], year=date.year
    )


def time_text(time: dt.time) -> str:
    """A time of day that reads the same everywhere, "14:05"."""
    return time.strftime("%H:%M")


def when_text(date: dt.date, time: dt.time | None) -> str:
    """A date, with the time of day where it is known."""
    if time is None:
        return date_text(date)
    return _("{date}, {time}").format(date=date_text(date), time=time_text(time))


def day_text(date: dt.date, today: dt.date) -> str:
    """A date without its year where that is this one, "21 November"."""
    if date.year != today.year:
        return date_text(date)
    return _("{day} {month}").format(day=date.day, month=_(_MONTHS).split()[date.month - 1])


_RECOMMENDATIONS = {
    Recommendation.PROCEED: N_("Proceed"),
    Recommendation.STAGE: N_("Stage the work"),
    Recommendation.DECLINE: N_("Decline"),
    Recommendation.UNDECIDED: N_("Too early to say"),
}


def recommendation_name(recommendation: Recommendation) -> str:
    """One to four words: "Stage the work"."""
    return _(_RECOMMENDATIONS[recommendation])


def action_name(action: Action) -> str:
    """The same words for an action that a consultant chooses (an override)."""
    return recommendation_name(Recommendation(action.value))


def odds_sentence(odds: Mapping[Match, float]) -> str:
    """The odds of the three matches in one sentence; the figures sum to 100."""
    good, workable, poor = percents([odds[match] for match in Match])
    return _("Good {good}%, workable {workable}%, poor {poor}%.").format(
        good=good, workable=workable, poor=poor
    )
