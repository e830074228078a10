"""Letting the current values of an assessment follow a change, inside the change's transaction."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from fitcheck.changes import fields_in
from fitcheck.codec import decode
from fitcheck.domain.assessment import Answer
from fitcheck.domain.history import Change, Subject
from fitcheck.store import lines, rows, tables


def apply(connection: Connection, assessment_id: int, change: Change) -> None:
    """Do to the current values what ``fitcheck.interview.apply`` does in memory."""
    if change.subject is Subject.FIELD:
        for key, value in fields_in(change).items():
            _put(connection, tables.field, assessment_id, key=key, value=value)
    elif change.subject is Subject.DEAL_BREAKER:
        if change.after is None:
            _remove(connection, tables.deal_breaker, assessment_id, id=change.key)
        else:
            state = change.after
            _put(connection, tables.deal_breaker, assessment_id, id=change.key, state=state)
    elif change.after is None:
        _remove(connection, tables.answer, assessment_id, question=change.key)
        lines.hear(connection, assessment_id, change.key, None)
    else:
        answer = decode(Answer, {"question": change.key, **change.after})
        _put(connection, tables.answer, assessment_id, **rows.answer_values(answer))
        lines.hear(connection, assessment_id, change.key, answer)


def _put(connection: Connection, table: Table, assessment_id: int, **values: Any) -> None:
    putting = _putting(table, frozenset(values))
    connection.execute(putting, {"assessment_id": assessment_id, **values})


@cache
def _putting(table: Table, names: frozenset[str]) -> Insert:
    """Put together once, which takes longer than to have it done."""
    putting = upsert(table)
    return putting.on_conflict_do_update(
        index_elements=table.primary_key,
        set_={name: putting.excluded[name] for name in names - {*table.primary_key.columns.keys()}},
    )


def _remove(connection: Connection, table: Table, assessment_id: int, **key: str) -> None:
    mine = delete(table).where(table.c.assessment_id == assessment_id)
    connection.execute(mine.filter_by(**key))
