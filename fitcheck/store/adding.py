"""A prospect and an assessment as new rows, inside somebody's transaction."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Table, insert

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.listed import Phase, Summary
from fitcheck.domain.period import Opening
from fitcheck.store import lines, rows, tables
from fitcheck.store.ids import fresh_id
from fitcheck.store.people import identify
from fitcheck.store.periods import bring_up_to_date, take_step
from fitcheck.store.reading import one


def add_prospect(
    connection: Connection, prospect: Prospect, opened: Opening, now: dt.datetime
) -> int:
    """Somebody new, whose phase is opened with them; their id."""
    values = {**rows.prospect_values(prospect), "changed": now, "phase": Phase.OPEN.value}
    prospect_id = _insert(connection, tables.prospect, values)
    identify(connection, prospect_id)
    take_step(connection, prospect_id, opened)
    lines.refresh(connection, prospect_id)
    return prospect_id


def add_assessment(
    connection: Connection,
    prospect_id: int,
    assessment: Assessment,
    summary: Summary | None,
    now: dt.datetime,
    *,
    finished: bool = False,
) -> int:
    """A whole assessment, without a log; its id. ``KeyError`` where there is no such prospect."""
    one(connection, tables.prospect, prospect_id)
    values = {
        **rows.assessment_values(assessment),
        **rows.summary_values(summary),
        "prospect_id": prospect_id,
        "position": "",
        "finished": finished,
        "started_at": now,
    }
    assessment_id = _insert(connection, tables.assessment, values)
    belonging = {
        tables.answer: [rows.answer_values(answer) for answer in assessment.answers.values()],
        tables.deal_breaker: rows.deal_breaker_values(assessment),
        tables.field: rows.field_values(assessment),
    }
    for table, entries in belonging.items():
        if entries:
            mine = [{"assessment_id": assessment_id, **entry} for entry in entries]
            connection.execute(insert(table), mine)
    lines.hear_all(connection, assessment_id)
    bring_up_to_date(connection, prospect_id, now)
    return assessment_id


def _insert(connection: Connection, table: Table, values: rows.Values) -> int:
    inserted = insert(table).values({**values, "id": fresh_id(table)}).returning(table.c.id)
    return int(connection.execute(inserted).scalar_one())
