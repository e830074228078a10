"""What a quarter's page must know of each prospect: their steps, and where they come from.

Read are only those of whom something happened in the days asked for, without a word that anybody
wrote about them: at 100,000 prospects the rest would be most of the work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, select, union

from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.domain.quarter import Course
from fitcheck.store import tables
from fitcheck.store.vault import Vault


class Quarters:
    """Reads alone."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def courses(self, first: dt.date, last: dt.date) -> list[Course]:
        """Of everybody who was met, decided about or referred between these days."""
        with self._vault.engine.begin() as connection:
            return list(_courses(connection, first, last))


def _courses(connection: Connection, first: dt.date, last: dt.date) -> Iterator[Course]:
    step, prospect, about = tables.period_step, tables.prospect, tables.about
    referral = tables.referral
    referred: dict[int, list[dt.date]] = {}
    sent = select(referral.c.prospect_id, referral.c.day)
    for row in connection.execute(sent.where(referral.c.day.between(first, last))):
        referred.setdefault(row.prospect_id, []).append(row.day)
    reading = (
        select(
            *(step.c.prospect_id, step.c.kind, step.c.day, step.c.action),
            *(prospect.c.met_at, about.c.source),
        )
        .join(prospect, prospect.c.id == step.c.prospect_id)
        .outerjoin(about, about.c.prospect_id == step.c.prospect_id)
        .where(_happened(step.c.prospect_id, first, last))
        .order_by(step.c.prospect_id, step.c.id)
    )
    found = connection.execution_options(yield_per=2_000).execute(reading)
    for id_, rows in groupby(found, key=itemgetter(0)):
        steps = list(rows)
        # Alike in every row of a prospect.
        *_step_of_it, met_at, source = steps[0]
        yield Course(
            Period(tuple(_step(kind, day, action) for _id, kind, day, action, *_rest in steps)),
            met_at,
            source or "",
            tuple(referred.get(id_, ())),
        )


def _happened(
    prospect_id: ColumnElement[int], first: dt.date, last: dt.date
) -> ColumnElement[bool]:
    """Whether anything of a prospect lies between these days."""
    each = (
        select(table.c.prospect_id).where(table.c.day.between(first, last))
        for table in (tables.period_step, tables.referral)
    )
    return prospect_id.in_(union(*each))


def _step(kind: str, day: dt.date, action: str) -> Step:
    """A step without its words and planned ends, of which nothing is counted."""
    match kind:
        case "opened":
            return Opening(day)
        case "extended":
            return Extension(day, day, "")
        case "decided":
            return Decision(day, Action(action))
        case _:
            return Reopening(day)
