"""The list of prospects a page at a time, however many there are.

A page is found by the key of the one before it (keyset), which an index leads to at once wherever
it stands, while an OFFSET counts through all that lies before it (performance.md). Nobody is shown
twice or skipped when prospects come and go between two pages.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, bindparam, func, select, text, tuple_

from fitcheck.domain.book import Page, Phase, Query, Sort, SortKey
from fitcheck.store import rows, tables
from fitcheck.store.listing import ASSESSMENT_LINE
from fitcheck.store.vault import Vault

SIZE = 100
"""Lines of a page, where nothing else is said: more than a window shows at once."""

# Characters of what is looked for anywhere in a word; the index knows three at a time.
_ANYWHERE = 3


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
        column, line = _column(query), tables.line
        # Backwards, it is the other order that is followed, and turned round in the end.
        downwards = query.descending is (before is None)
        key = before or after
        finding = select(column.label("sort_value"), line.c.prospect_id).where(
            *_filters(query, today)
        )
        if key is not None:
            finding = finding.where(_beyond(column, key, downwards))
        order = (column, line.c.prospect_id)
        finding = finding.order_by(*(each.desc() if downwards else each for each in order))
        with self._vault.engine.begin() as connection:
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
        column, line = _column(query), tables.line
        filters = _filters(query, today)
        finding = select(column).where(line.c.prospect_id == prospect_id, *filters)
        with self._vault.engine.begin() as connection:
            row = connection.execute(finding).one_or_none()
            if row is None:
                return None
            key = SortKey(_plain(row[0]), prospect_id)
            before = _beyond(column, key, not query.descending)
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


def _beyond(column: Column[Any], key: SortKey, downwards: bool) -> ColumnElement[bool]:
    value: Any = key.value
    if isinstance(column.type, tables.Moment):
        value = dt.datetime.fromisoformat(str(value))
    place = tuple_(column, tables.line.c.prospect_id)
    mark = (value, key.id)
    return place < mark if downwards else place > mark


def _filters(query: Query, today: dt.date, *, phases: bool = True) -> list[ColumnElement[bool]]:
    line = tables.line.c
    found = [_says(part) for part in rows.parts_of(tables.storable(query.search))]
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


def _says(part: str) -> ColumnElement[bool]:
    """That one of the texts of a prospect has this word, or this part of one."""
    phrase = part if len(part) >= _ANYWHERE else f"  {part}"
    # Between quotes nothing means anything to FTS5 but a quote, which is doubled.
    quoted = '"' + phrase.replace('"', '""') + '"'
    hits = select(text("rowid")).select_from(text(tables.SAID_INDEX))
    hits = hits.where(
        text(f"{tables.SAID_INDEX} MATCH :said").bindparams(bindparam("said", quoted, unique=True))
    )
    said = tables.said.c
    return tables.line.c.prospect_id.in_(select(said.prospect_id).where(said.id.in_(hits)))


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
