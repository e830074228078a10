"""The outcomes with the odds of their days as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterable

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.outcome import Sign
from fitcheck.i18n import _
from reports import words
from reports.list_csv import table_csv
from reports.record_words import (
    advice_cells,
    came_out,
    case_headings,
    no_odds_sentence,
    occasion_name,
    odds_cells,
    sign_name,
)


def record_csv(engagements: Iterable[Engagement]) -> bytes:
    """A line for each, in their order."""
    headings = (
        *case_headings(),
        _("When"),
        *(sign_name(sign) for sign in Sign),
        _("Words"),
        _("Why no odds"),
    )
    return table_csv(headings, map(_cells, engagements))


def _cells(engagement: Engagement) -> tuple[str, ...]:
    outcome = engagement.outcome
    if outcome is None:
        came: tuple[str, ...] = ("", "", "", "", *("" for _sign in Sign), "")
    else:
        came = (
            came_out(outcome.match),
            str(len(outcome.signs)),
            outcome.on.isoformat(),
            occasion_name(outcome.occasion),
            *(_("yes") if sign in outcome.signs else _("no") for sign in Sign),
            outcome.words,
        )
    return (
        engagement.name,
        engagement.decided_on.isoformat(),
        words.action_name(engagement.final),
        *odds_cells(engagement),
        *advice_cells(engagement),
        *came,
        no_odds_sentence(engagement),
    )
