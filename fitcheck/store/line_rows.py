"""Rows → the lines of the list. A row has its values by the names of its columns.

It is one of SQLAlchemy's (:mod:`fitcheck.store.rows` has these, too), or one of the driver's
(:mod:`fitcheck.store.first_page`).
"""

from __future__ import annotations

from typing import Any

from fitcheck.domain.listed import AssessmentLine, ProspectLine, Summary
from fitcheck.domain.prospect import Prospect
from fitcheck.domain.terms import Action, Form, Recommendation

CONTACT = ("name", "organisation", "role", "email", "phone", "met_at")
"""What belongs to the prospect; ``in_their_words`` belongs to an assessment."""


def prospect_of(row: Any) -> Prospect:
    return Prospect(**{name: getattr(row, name) for name in CONTACT})


def prospect_line(row: Any) -> ProspectLine:
    """A line of the list, of a row that holds the latest assessment's and period's columns too."""
    latest = None if row.assessment_id is None else assessment_line(row)
    decided = None if row.decided is None else Action(row.decided)
    until = None if decided else row.until
    tags = tuple(row.tags.split("\n")) if row.tags else ()
    return ProspectLine(
        row.id,
        prospect_of(row),
        row.changed,
        latest,
        until,
        decided,
        row.trend,
        tags,
        row.follow_up,
    )


def assessment_line(row: Any) -> AssessmentLine:
    return AssessmentLine(
        row.assessment_id, row.date, Form(row.form), row.finished, summary_of(row)
    )


def summary_of(row: Any) -> Summary | None:
    """What the list shows of an assessment; ``None`` until there is something to show."""
    if row.recommendation is None:
        return None
    return Summary(
        Recommendation(row.recommendation),
        row.leaning,
        row.good,
        row.workable,
        row.poor,
        row.answered,
        row.asked,
    )
