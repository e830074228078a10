"""Reads that more than one part of the book makes."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.history import Event
from fitcheck.store import rows, tables
from fitcheck.store.rows import AnyRow


def one(connection: Connection, table: Table, id_: int) -> AnyRow:
    """The row of an id; ``KeyError`` where there is none."""
    row = connection.execute(select(table).where(table.c.id == id_)).one_or_none()
    if row is None:
        raise KeyError(id_)
    return row


def assessment_of(connection: Connection, row: AnyRow) -> Assessment:
    """The assessment of a row, with its prospect and its parts."""
    prospect = rows.prospect_of(one(connection, tables.prospect, row.prospect_id))
    of_it = (tables.answer, tables.deal_breaker, tables.field)
    return rows.assessment_of(row, prospect, *(parts(connection, t, row.id) for t in of_it))


def parts(connection: Connection, table: Table, assessment_id: int) -> list[AnyRow]:
    """The rows of an assessment in the order of their keys, which is also that of the log."""
    mine = select(table).where(table.c.assessment_id == assessment_id)
    return list(connection.execute(mine.order_by(*table.primary_key)))


def newest_event(connection: Connection, assessment_id: int) -> Event | None:
    """The end of an assessment's log."""
    table = tables.event
    mine = select(table).where(table.c.assessment_id == assessment_id)
    row = connection.execute(mine.order_by(table.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else rows.event_of(row)
