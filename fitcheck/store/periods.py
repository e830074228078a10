"""The pre-consultation phases in the book, and what the list keeps of where a prospect stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, func, insert, select, update

from fitcheck.domain.forecast import Forecast
from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.store import lines, rows, tables
from fitcheck.store.forecasts import put_forecast
from fitcheck.store.rows import AnyRow
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer

NEWEST_FIRST = (tables.assessment.c.date.desc(), tables.assessment.c.id.desc())


class Periods:
    """The phase of each prospect, of which every step is kept.

    An id that names nobody raises ``KeyError``, as in :class:`fitcheck.store.book.Book`.
    """

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    def period(self, prospect_id: int) -> Period:
        with self._vault.engine.begin() as connection:
            return period_of(connection, prospect_id)

    def due(self, today: dt.date) -> int:
        """Of how many prospects something was to be done by ``today``: decided, or followed up."""
        count = select(func.count()).where(tables.line.c.due <= today.isoformat())
        with self._vault.engine.begin() as connection:
            return int(connection.execute(count).scalar_one())

    def take(self, prospect_id: int, step: Step, forecast: Forecast | None = None) -> Future[None]:
        """Append a step; one that can't be the next is a ``ValueError``, and nothing is written.

        ``forecast`` are the odds as they stand at a decision, kept with it.
        """
        now = self._now()

        def work(connection: Connection) -> None:
            period_of(connection, prospect_id).check(step)
            step_id = take_step(connection, prospect_id, step)
            if forecast is not None:
                put_forecast(connection, step_id, prospect_id, forecast)
            bring_up_to_date(connection, prospect_id, now)

        return self._writer.write(work)


def take_step(connection: Connection, prospect_id: int, step: Step) -> int:
    """Append ``step`` to those of a prospect, and let what the list goes by follow it; its id."""
    values: rows.Values = {"prospect_id": prospect_id, "day": step.on, "words": ""}
    table = tables.period
    stands = update(table).where(table.c.prospect_id == prospect_id)
    match step:
        case Opening():
            values |= {"kind": "opened", "until": step.until}
            row = {"prospect_id": prospect_id, "opened": step.on, "until": step.until}
            connection.execute(insert(table).values(row))
        case Extension():
            values |= {"kind": "extended", "until": step.until, "words": step.reason}
            connection.execute(stands.values(until=step.until))
        case Decision():
            action = step.action.value
            values |= {"kind": "decided", "action": action, "words": step.words}
            connection.execute(stands.values(decided=action))
        case Reopening():
            values |= {"kind": "reopened"}
            connection.execute(stands.values(decided=None))
    adding = insert(tables.period_step).values(values).returning(tables.period_step.c.id)
    return int(connection.execute(adding).scalar_one())


def bring_up_to_date(
    connection: Connection, prospect_id: int, now: dt.datetime, *, contact: bool = True
) -> None:
    """Keep with the prospect what orders and filters the list; see :func:`lines.refresh`."""
    this = {"this": prospect_id}
    latest = connection.execute(_latest(), this).one_or_none()
    decided = connection.execute(_decided(), this).scalar_one()
    stands = {
        "changed": now,
        "latest_assessment_id": None if latest is None else latest.id,
        "phase": rows.phase_of(latest, decided).value,
    }
    connection.execute(_standing(), this | stands)
    lines.refresh(connection, prospect_id, contact=contact)


# Put together once, as they are asked with every answer.


@cache
def _latest() -> Select[*tuple[Any, ...]]:
    table = tables.assessment
    finding = select(table.c.id, table.c.finished, table.c.recommendation)
    mine = table.c.prospect_id == bindparam("this")
    return finding.where(mine).order_by(*NEWEST_FIRST).limit(1)


@cache
def _decided() -> Select[str | None]:
    period = tables.period.c
    return select(period.decided).where(period.prospect_id == bindparam("this"))


@cache
def _standing() -> Update:
    return update(tables.prospect).where(tables.prospect.c.id == bindparam("this"))


def period_of(connection: Connection, prospect_id: int) -> Period:
    table = tables.period_step
    mine = select(table).where(table.c.prospect_id == prospect_id).order_by(table.c.id)
    steps = tuple(map(_step_of, connection.execute(mine)))
    if not steps:
        raise KeyError(prospect_id)
    return Period(steps)


def _step_of(row: AnyRow) -> Step:
    match row.kind:
        case "opened":
            return Opening(row.day, row.until)
        case "extended":
            return Extension(row.day, row.until, row.words)
        case "decided":
            return Decision(row.day, Action(row.action), row.words)
        case _:
            return Reopening(row.day)
