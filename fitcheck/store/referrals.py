"""The referrals in the book: who was sent to whom, and what came of it (I6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from concurrent.futures import Future

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    func,
    insert,
    select,
    update,
)

from fitcheck.domain.book import Colleague
from fitcheck.domain.referral import ReferralLine, Referred, Result
from fitcheck.store import lines, rows, tables
from fitcheck.store.colleagues import values_of
from fitcheck.store.reading import one
from fitcheck.store.rows import AnyRow
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer


class Referrals:
    """An id that names nothing raises ``KeyError`` in the write's future."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    def of_colleague(self, colleague_id: int | None) -> tuple[ReferralLine, ...]:
        """Those to a colleague, newest first; to people outside of the book where it is ``None``"""
        return self._found(tables.referral.c.colleague_id.is_not_distinct_from(colleague_id))

    def of_prospect(self, prospect_id: int) -> tuple[ReferralLine, ...]:
        """Those of a prospect, newest first."""
        return self._found(tables.referral.c.prospect_id == prospect_id)

    def counts(self) -> dict[int | None, int]:
        """How many were made to each colleague; ``None``: to people outside of the book."""
        to = tables.referral.c.colleague_id
        with self._vault.engine.begin() as connection:
            found = connection.execute(select(to, func.count()).group_by(to))
            return {row[0]: row[1] for row in found}

    def _found(self, which: ColumnElement[bool]) -> tuple[ReferralLine, ...]:
        table, prospect = tables.referral, tables.prospect
        reading = (
            select(table, prospect.c.name.label("prospect"))
            .join(prospect, prospect.c.id == table.c.prospect_id)
            .where(which)
            .order_by(table.c.day.desc(), table.c.id.desc())
        )
        with self._vault.engine.begin() as connection:
            return tuple(map(_line, connection.execute(reading)))

    def add(self, prospect_id: int, colleague_id: int | None, referred: Referred) -> Future[int]:
        """Note a referral; the future holds its id."""
        now, values = self._now(), _values(colleague_id, referred)

        def work(connection: Connection) -> int:
            _touch(connection, prospect_id, now)
            adding = insert(tables.referral).values(prospect_id=prospect_id, **values)
            returning = adding.returning(tables.referral.c.id)
            return int(connection.execute(returning).scalar_one())

        return self._writer.write(work)

    def edit(self, referral_id: int, colleague_id: int | None, referred: Referred) -> Future[None]:
        now, values = self._now(), _values(colleague_id, referred)

        def work(connection: Connection) -> None:
            table = tables.referral
            row = one(connection, table, referral_id)
            connection.execute(update(table).where(table.c.id == referral_id).values(values))
            _touch(connection, row.prospect_id, now)

        return self._writer.write(work)

    def remove(self, referral_id: int) -> Future[None]:
        now = self._now()

        def work(connection: Connection) -> None:
            table = tables.referral
            row = one(connection, table, referral_id)
            connection.execute(delete(table).where(table.c.id == referral_id))
            _touch(connection, row.prospect_id, now)

        return self._writer.write(work)

    # Colleagues who go, and come back with what was referred to them

    def remove_colleague(self, colleague_id: int) -> Future[tuple[int, ...]]:
        """Remove a colleague; the ids of the referrals that were theirs, which stay."""

        def work(connection: Connection) -> tuple[int, ...]:
            table = tables.referral
            one(connection, tables.colleague, colleague_id)
            theirs = select(table.c.id).where(table.c.colleague_id == colleague_id)
            ids = tuple(connection.scalars(theirs))
            colleague = tables.colleague
            connection.execute(delete(colleague).where(colleague.c.id == colleague_id))
            return ids

        return self._writer.write(work)

    def put_colleague_back(
        self, colleague: Colleague, referral_ids: Collection[int]
    ) -> Future[int]:
        """Add a colleague who was removed, with these referrals, as far as they are still there."""

        def work(connection: Connection) -> int:
            adding = insert(tables.colleague).returning(tables.colleague.c.id)
            back = int(connection.execute(adding, values_of(colleague)).scalar_one())
            table = tables.referral
            for id_ in referral_ids:
                connection.execute(
                    update(table)
                    .where(table.c.id == id_, table.c.colleague_id.is_(None))
                    .values(colleague_id=back)
                )
            return back

        return self._writer.write(work)


def _line(row: AnyRow) -> ReferralLine:
    referred = Referred(row.name, row.day, Result(row.result), row.result_on, row.words)
    return ReferralLine(row.id, row.prospect_id, row.prospect, row.colleague_id, referred)


def _values(colleague_id: int | None, referred: Referred) -> rows.Values:
    return {
        "colleague_id": colleague_id,
        "name": referred.name,
        "day": referred.day,
        "result": referred.result.value,
        "result_on": referred.result_on,
        "words": referred.words,
    }


def _touch(connection: Connection, prospect_id: int, now: dt.datetime) -> None:
    """Something of a prospect has changed, which moves them up the list."""
    prospect = tables.prospect
    change = update(prospect).where(prospect.c.id == prospect_id).values(changed=now)
    if connection.execute(change).rowcount == 0:
        raise KeyError(prospect_id)
    lines.refresh(connection, prospect_id)
