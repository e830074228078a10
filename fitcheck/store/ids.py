"""Ids that are never given twice, whoever was erased.

SQLite would give the highest id again once its row has gone, and whatever still holds it (a window,
an interview, an unsaved draft) would write to somebody else.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, func, select

from fitcheck.store.tables import spent_id


def fresh_id(table: Table) -> ColumnElement[int]:
    """The next id of ``table``, as an expression; triggers note what was deleted."""
    highest = select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery()
    noted = select(spent_id.c.id).where(spent_id.c.of == table.name).scalar_subquery()
    return func.max(highest, func.coalesce(noted, 0)) + 1
