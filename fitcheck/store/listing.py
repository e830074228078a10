"""The query of the list of prospects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, func, select

from fitcheck.domain.listed import Phase
from fitcheck.store import rows, tables

ASSESSMENT_LINE = (
    tables.assessment.c.id.label("assessment_id"),
    tables.assessment.c.date,
    tables.assessment.c.form,
    tables.assessment.c.finished,
    tables.assessment.c.recommendation,
    tables.assessment.c.leaning,
    tables.assessment.c.good,
    tables.assessment.c.workable,
    tables.assessment.c.poor,
    tables.assessment.c.answered,
    tables.assessment.c.asked,
)
"""The columns of a :class:`fitcheck.domain.book.AssessmentLine`."""


TREND = (
    select(tables.line.c.trend)
    .where(tables.line.c.prospect_id == tables.prospect.c.id)
    .correlate(tables.prospect)
    .scalar_subquery()
    .label("trend")
)

FOLLOW_UP = (
    select(func.min(tables.follow_up.c.day))
    .where(
        tables.follow_up.c.prospect_id == tables.prospect.c.id,
        tables.follow_up.c.done_on.is_(None),
    )
    .correlate(tables.prospect)
    .scalar_subquery()
    .label("follow_up")
)

_names = (
    select(tables.tag.c.name)
    .where(tables.tag.c.prospect_id == tables.prospect.c.id)
    .order_by(tables.tag.c.folded)
    .correlate(tables.prospect)
    .subquery()
)
TAGS = select(func.group_concat(_names.c.name, "\n")).scalar_subquery().label("tags")
"""The tags of a prospect in their order, a line break between two: no tag has one."""


def listed(search: str, phase: Phase, today: dt.date) -> Select[*tuple[Any, ...]]:
    """See :meth:`fitcheck.store.book.Book.prospects`."""
    prospect, assessment, period = tables.prospect, tables.assessment, tables.period
    latest = prospect.outerjoin(assessment, assessment.c.id == prospect.c.latest_assessment_id)
    whole = latest.outerjoin(period, period.c.prospect_id == prospect.c.id)
    contact = (prospect.c[name] for name in rows.CONTACT)
    query = select(prospect.c.id, *contact, prospect.c.changed, *ASSESSMENT_LINE)
    query = (
        query.add_columns(period.c.until, period.c.decided, TREND, TAGS, FOLLOW_UP)
        .select_from(whole)
        .order_by(prospect.c.changed.desc(), prospect.c.id.desc())
    )
    for word in rows.fold(search).split():
        query = query.where(prospect.c.search.contains(word, autoescape=True))
    if phase is Phase.DUE:
        line = tables.line.c
        due = select(line.prospect_id).where(line.due <= today.isoformat())
        query = query.where(prospect.c.id.in_(due))
    elif phase is not Phase.ALL:
        query = query.where(prospect.c.phase == phase.value)
    return query
