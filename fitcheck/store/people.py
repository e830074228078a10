"""Everything that the book holds about a person, and letting go of all of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from concurrent.futures import Future

from sqlalchemy import Connection, insert, select, update

from fitcheck.domain.keeping import Keeping
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.store import rows, tables
from fitcheck.store.form_sheets import token_of
from fitcheck.store.periods import NEWEST_FIRST, period_of
from fitcheck.store.reading import assessment_of, one, parts
from fitcheck.store.rows import AnyRow
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer


class People:
    """The prospects as people with rights. An id that names nobody raises ``KeyError``."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    def person(self, prospect_id: int, today: dt.date) -> Person:
        """Everything about one prospect, as one committed state of the book has it."""
        table = tables.assessment
        with self._vault.engine.begin() as connection:
            row = one(connection, tables.prospect, prospect_id)
            mine = select(table).where(table.c.prospect_id == prospect_id).order_by(*NEWEST_FIRST)
            return Person(
                made_on=today,
                prospect=rows.prospect_of(row),
                changed=row.changed,
                keeping=_keeping(connection, prospect_id),
                period=period_of(connection, prospect_id),
                assessments=tuple(_whole(connection, each) for each in connection.execute(mine)),
            )

    def keeping(self, prospect_id: int) -> Keeping:
        """For how long a prospect is kept."""
        with self._vault.engine.begin() as connection:
            return _keeping(connection, prospect_id)

    def keep(self, prospect_id: int, keeping: Keeping) -> Future[None]:
        """Keep a prospect until another day, or note that they are still to be kept."""

        def work(connection: Connection) -> None:
            table = tables.keeping
            change = update(table).where(table.c.prospect_id == prospect_id)
            values = {"until": keeping.until, "kept_on": keeping.kept_on}
            if connection.execute(change.values(values)).rowcount == 0:
                raise KeyError(prospect_id)

        return self._writer.write(work)


def identify(connection: Connection, prospect_id: int) -> None:
    """Give a new prospect what tells them from every other one, drawn by lot: it says nothing."""
    values = {"prospect_id": prospect_id, "uid": secrets.token_hex(16)}
    connection.execute(insert(tables.keeping).values(values))


def _keeping(connection: Connection, prospect_id: int) -> Keeping:
    table = tables.keeping
    mine = select(table.c.until, table.c.kept_on).where(table.c.prospect_id == prospect_id)
    row = connection.execute(mine).one_or_none()
    if row is None:
        raise KeyError(prospect_id)
    return Keeping(row.until, row.kept_on)


def _whole(connection: Connection, row: AnyRow) -> PersonAssessment:
    log = parts(connection, tables.event, row.id)
    return PersonAssessment(
        assessment=assessment_of(connection, row),
        started_at=row.started_at,
        finished=row.finished,
        position=row.position,
        summary=rows.summary_of(row),
        form_token=token_of(connection, row.id) or "",
        history=tuple(Logged(entry.at, rows.event_of(entry)) for entry in log),
    )
