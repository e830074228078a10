"""The list of prospects a page at a time, however many there are.

A page is found by the key of the one before it (keyset), which an index leads to at once wherever
it stands, while an OFFSET counts through all that lies before it (performance.md). Nobody is shown
twice or skipped when prospects come and go between two pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    exists,
    func,
    select,
    table,
    text,
    tuple_,
)

from fitcheck.domain.book import Page, Phase, Query, Sort, SortKey
from fitcheck.store import rows, tables
from fitcheck.store.listing import ASSESSMENT_LINE
from fitcheck.store.vault import Vault

SIZE = 100
"""Lines of a page, where nothing else is said: more than a window shows at once."""

# Characters of what is looked for anywhere in a word; the index knows three at a time.
_ANYWHERE = 3

_MANY = 2000
"""Texts with a word, from which on it is common."""


class Pages:
    """Reads of the list; each sees one committed state."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def page(
        self,
        query: Query,
        today: dt.date,
        after: SortKey | None = None,
        before: SortKey | None = None,
        size: int = SIZE,
    ) -> Page:
        """The ``size`` prospects that follow ``after``, or come up to ``before``, or the first."""
        by, line = _column(query), tables.line
        # Backwards, it is the other order that is followed, and turned round in the end.
        downwards = query.descending is (before is None)
        key = before or after
        finding = select(by.label("sort_value"), line.c.prospect_id)
        if key is not None:
            finding = finding.where(_beyond(by, key, downwards))
        order = (by, line.c.prospect_id)
        finding = finding.order_by(*(each.desc() if downwards else each for each in order))
        with self._vault.engine.begin() as connection:
            common = _common(connection, query)
            finding = finding.where(*_filters(query, today, common=common))
            keys = [
                SortKey(_plain(row.sort_value), row.prospect_id)
                for row in connection.execute(finding.limit(size + 1))
            ]
            more = len(keys) > size
            keys = keys[:size] if before is None else keys[:size][::-1]
            found = {
                row.id: rows.prospect_line(row)
                for row in connection.execute(_lines([each.id for each in keys]))
            }
        return Page(
            tuple(found[each.id] for each in keys),
            keys[0] if keys else None,
            keys[-1] if keys else None,
            more,
        )

    def count(self, query: Query, today: dt.date) -> dict[Phase, int]:
        """How many of each phase there are, were ``query`` about that phase."""
        line = tables.line
        filters = _filters(query, today, phases=False)
        due = func.count().filter(line.c.due <= today.isoformat())
        counting = select(line.c.phase, func.count().label("number"), due.label("due"))
        with self._vault.engine.begin() as connection:
            found = connection.execute(counting.where(*filters).group_by(line.c.phase)).all()
        counts = dict.fromkeys(Phase, 0)
        for row in found:
            counts[Phase(row.phase)] += row.number
            counts[Phase.ALL] += row.number
            counts[Phase.DUE] += row.due
        return counts

    def place_of(self, query: Query, today: dt.date, prospect_id: int) -> int | None:
        """How many of ``query`` come before this prospect; ``None`` where it isn't one of them."""
        by, line = _column(query), tables.line
        filters = _filters(query, today)
        finding = select(by).where(line.c.prospect_id == prospect_id, *filters)
        with self._vault.engine.begin() as connection:
            row = connection.execute(finding).one_or_none()
            if row is None:
                return None
            key = SortKey(_plain(row[0]), prospect_id)
            before = _beyond(by, key, not query.descending)
            counting = select(func.count()).select_from(line).where(before, *filters)
            return int(connection.execute(counting).scalar_one())


def _column(query: Query) -> Column[Any]:
    name = query.sort.value
    if query.sort is Sort.STANDING and query.show_totals:
        name = "standing_shown"
    return tables.line.c[name]


def _plain(value: Any) -> str | float:
    """A value of a key as it is handed out; a moment as its text, which sorts like it."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return float(value) if isinstance(value, int) else value


def _beyond(by: Column[Any], key: SortKey, downwards: bool) -> ColumnElement[bool]:
    value: Any = key.value
    if isinstance(by.type, tables.Moment):
        value = dt.datetime.fromisoformat(str(value))
    place = tuple_(by, tables.line.c.prospect_id)
    mark = (value, key.id)
    return place < mark if downwards else place > mark


def _filters(
    query: Query, today: dt.date, *, phases: bool = True, common: Collection[str] = ()
) -> list[ColumnElement[bool]]:
    line = tables.line.c
    found = [_says_so(part) if part in common else _says(part) for part in _parts(query)]
    if query.recommendation is not None:
        found.append(line.recommendation == query.recommendation.value)
        if not query.show_totals:
            found.append(line.finished)
    if query.met_at is not None:
        found.append(line.met_at == rows.fold(query.met_at))
    if phases and query.phase is Phase.DUE:
        found.append(line.due <= today.isoformat())
    elif phases and query.phase is not Phase.ALL:
        found.append(line.phase == query.phase.value)
    return found


def _parts(query: Query) -> list[str]:
    return rows.parts_of(tables.storable(query.search))


def _common(connection: Connection, query: Query) -> frozenset[str]:
    """The words of a search that stand in so many texts that a page is soon full without an index.

    To gather all of them only to show the first few took 29 ms for one letter among 10,000.
    """
    found = set()
    for part in _parts(query):
        some = _hits(part).limit(_MANY).subquery()
        if connection.execute(select(func.count()).select_from(some)).scalar_one() == _MANY:
            found.add(part)
    return frozenset(found)


def _phrase(part: str) -> str:
    """What stands in the texts where there is this word, or this part of one."""
    return part if len(part) >= _ANYWHERE else f"  {part}"


def _hits(part: str) -> Select[*tuple[Any, ...]]:
    """The texts in which it stands, by the index."""
    # Between quotes nothing means anything to FTS5 but a quote, which is doubled.
    quoted = '"' + _phrase(part).replace('"', '""') + '"'
    match = text(f"{tables.SAID_INDEX} MATCH :said")
    match = match.bindparams(bindparam("said", quoted, unique=True))
    return select(column("rowid")).select_from(table(tables.SAID_INDEX)).where(match)


def _says(part: str) -> ColumnElement[bool]:
    """That a prospect is among those of whom it is said, all of whom are gathered first."""
    said = tables.said.c
    return tables.line.c.prospect_id.in_(select(said.prospect_id).where(said.id.in_(_hits(part))))


def _says_so(part: str) -> ColumnElement[bool]:
    """The same, asked of each prospect in turn."""
    said = tables.said.c
    mine = said.prospect_id == tables.line.c.prospect_id
    return exists().where(mine, func.instr(said.words, _phrase(part)) > 0)


def _lines(ids: list[int]) -> Select[*tuple[Any, ...]]:
    """The rows that :func:`fitcheck.store.rows.prospect_line` takes."""
    prospect, assessment, period = tables.prospect, tables.assessment, tables.period
    latest = prospect.outerjoin(assessment, assessment.c.id == prospect.c.latest_assessment_id)
    contact = (prospect.c[name] for name in rows.CONTACT)
    columns = (prospect.c.id, *contact, prospect.c.changed, *ASSESSMENT_LINE)
    return (
        select(*columns, period.c.until, period.c.decided)
        .select_from(latest.outerjoin(period, period.c.prospect_id == prospect.c.id))
        .where(prospect.c.id.in_(ids))
    )
