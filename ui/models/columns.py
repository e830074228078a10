"""The columns of the list of prospects: what each says, and what it is sorted by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from PySide6.QtCore import QDate, QDateTime, QLocale

from fitcheck.domain.listed import AssessmentLine, ProspectLine, Sort
from fitcheck.domain.terms import Match
from fitcheck.i18n import N_, _
from reports import term_words
from reports.list_words import (
    form_text,
    odds,
    recommendation_text,
    trend_sentence,
    trend_text,
)
from reports.period_words import due_text


class Column(IntEnum):
    """In the order in which they stand until somebody moves them."""

    WHO = 0
    ORGANISATION = 1
    MET_AT = 2
    TAGS = 3
    FORM = 4
    PROGRESS = 5
    RECOMMENDATION = 6
    TREND = 7
    ASSESSED = 8
    DUE = 9
    CHANGED = 10


HEADINGS = {
    Column.WHO: N_("Prospect"),
    Column.ORGANISATION: N_("Organisation"),
    Column.MET_AT: N_("Met at"),
    Column.TAGS: N_("Tags"),
    Column.FORM: N_("Form"),
    Column.PROGRESS: N_("Answered"),
    Column.RECOMMENDATION: N_("Recommendation"),
    Column.TREND: N_("Trend"),
    Column.ASSESSED: N_("Assessed"),
    Column.DUE: N_("Decide by"),
    Column.CHANGED: N_("Changed"),
}

SORTS = {
    Column.WHO: Sort.NAME,
    Column.ORGANISATION: Sort.ORGANISATION,
    Column.MET_AT: Sort.MET_AT,
    Column.TAGS: Sort.TAGS,
    Column.FORM: Sort.FORM,
    Column.PROGRESS: Sort.ANSWERED,
    Column.RECOMMENDATION: Sort.STANDING,
    Column.TREND: Sort.TREND,
    Column.ASSESSED: Sort.DATE,
    Column.DUE: Sort.DUE,
    Column.CHANGED: Sort.CHANGED,
}

NEWEST_FIRST = (Column.PROGRESS, Column.TREND, Column.ASSESSED, Column.CHANGED)
"""The columns that begin with the largest where they are sorted by for the first time."""


@dataclass(frozen=True)
class Seen:
    """What a cell's words depend on besides its prospect."""

    show_totals: bool = False
    today: dt.date = dt.date.min


def cell_text(line: ProspectLine, column: Column, seen: Seen) -> str:
    """What a cell says."""
    latest = line.latest
    match column:
        case Column.WHO:
            return line.prospect.name
        case Column.ORGANISATION:
            return line.prospect.organisation
        case Column.MET_AT:
            return line.prospect.met_at
        case Column.TAGS:
            return ", ".join(line.tags)
        case Column.FORM:
            return form_text(latest.form) if latest else ""
        case Column.PROGRESS:
            return _progress(latest)
        case Column.RECOMMENDATION:
            if line.decided is not None:
                return _("Decided: {action}").format(action=term_words.action_name(line.decided))
            return recommendation_text(latest, seen.show_totals)
        case Column.TREND:
            return trend_text(line, seen.show_totals)
        case Column.ASSESSED:
            return _day(latest.date) if latest else ""
        case Column.DUE:
            return _day(line.due) if line.due else ""
        case Column.CHANGED:
            return short_date(line)


def spoken_text(line: ProspectLine, column: Column, seen: Seen) -> str:
    """What a screen reader says of a cell: the first one stands for the whole line."""
    if column is Column.RECOMMENDATION and (sentence := odds_sentence(line, seen)):
        return f"{cell_text(line, column, seen)}. {sentence}"
    if column is Column.TREND:
        return trend_sentence(line, seen.show_totals)
    if column is Column.WHO:
        due = due_text(line.due, seen.today)
        parts = (line.prospect.name, line.prospect.organisation, line.prospect.role, due)
        return ", ".join(part for part in parts if part)
    return cell_text(line, column, seen)


def odds_sentence(line: ProspectLine, seen: Seen) -> str:
    """The odds in words, where they are to be seen."""
    shown = odds(line.latest, seen.show_totals)
    return term_words.odds_sentence(dict(zip(Match, shown, strict=True))) if shown else ""


def _progress(latest: AssessmentLine | None) -> str:
    if latest is None or latest.summary is None:
        return ""
    summary = latest.summary
    return _("{answered} of {asked}").format(answered=summary.answered, asked=summary.asked)


def short_date(line: ProspectLine) -> str:
    """The day of the last change, here, as the system writes dates."""
    here = QDateTime.fromSecsSinceEpoch(int(line.changed.timestamp())).date()
    return day_text(here)


def _day(day: dt.date) -> str:
    return day_text(QDate(day.year, day.month, day.day))


def day_text(day: QDate) -> str:
    """A date as the system writes it in short."""
    return _day_text(day.toJulianDay(), QLocale().name())


@lru_cache(1024)
def _day_text(day: int, _locale: str) -> str:
    """To have it written takes longer than to draw it, and a list shows few days many times."""
    return QLocale().toString(QDate.fromJulianDay(day), QLocale.FormatType.ShortFormat)
