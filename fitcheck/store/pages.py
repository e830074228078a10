"""The list of prospects a page at a time, however many there are.

A page is found by the key of the one before it (keyset), which an index leads to at once wherever
it stands, while an OFFSET counts through all that lies before it (performance.md). Nobody is shown
twice or skipped when prospects come and go between two pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select, tuple_
from sqlalchemy.exc import DBAPIError

from fitcheck.domain.listed import SIZE, Page, ProspectLine, Query, Sort, SortKey
from fitcheck.store import rows, tables
from fitcheck.store.listing import ASSESSMENT_LINE, FOLLOW_UP, TAGS, TREND
from fitcheck.store.sifting import conditions
from fitcheck.store.vault import Vault

_ASK_AFTER = 1_000
"""Steps of SQLite's between two questions whether what it looks for is still wanted.

Far less than a millisecond, but where the index of words is gone through: that is much a step.
"""

_FEW = 30
"""Prospects whose places are counted one by one; for more, everybody is gone through once."""

_BATCH = 500

Wanted = Callable[[], bool]
"""Whether what is being read is still wanted; asked on the thread that reads."""


class CalledOff(Exception):  # noqa: N818 - a way out, not an error
    """What was being read isn't wanted any more."""


def always() -> bool:
    return True


class Pages:
    """Reads of the list; each sees one committed state.

    Where ``wanted`` no longer holds, the read ends at once and raises :class:`CalledOff`.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def page(
        self,
        query: Query,
        today: dt.date,
        after: SortKey | None = None,
        before: SortKey | None = None,
        size: int = SIZE,
        *,
        skip: int = 0,
        last: bool = False,
        wanted: Wanted = always,
    ) -> Page:
        """The ``size`` prospects that follow ``after``, or come up to ``before``, or the first.

        With ``last`` those at the end. ``skip`` leaves out that many next to where it begins,
        which are counted through: a long way is better gone by keys.
        """
        backwards = last or before is not None
        with self._reading(wanted) as connection:
            found = conditions(connection, query, today)
            return _page(connection, query, found, before or after, size, skip, backwards)

    def look(
        self,
        query: Query,
        today: dt.date,
        chosen: int | None,
        most: int | None,
        wanted: Wanted = always,
    ) -> tuple[int, int | None, int, Page]:
        """What one sees first: :meth:`number`, the place of whoever was ``chosen``, and the page on
        which they stand, or the first, with the row at which it begins.

        The place is how many come before them; ``None`` where they aren't among those of ``query``,
        or where ``most`` or more do.
        """
        with self._reading(wanted) as connection:
            few = conditions(connection, query, today)
            if most is not None:
                return _look(connection, query, few, chosen, most)
            found = conditions(connection, query, today, gather=True)
            number = _number(connection, found)
            place = None if chosen is None else _place(connection, query, chosen, found)
            row = (place or 0) // SIZE * SIZE
            return number, place, row, _page(connection, query, few, None, SIZE, row, False)

    def number(
        self, query: Query, today: dt.date, most: int | None = None, wanted: Wanted = always
    ) -> int:
        """How many there are of ``query``, or ``most`` where there are more than that."""
        with self._reading(wanted) as connection:
            found = conditions(connection, query, today, gather=most is None)
            return _number(connection, found, most)

    def places_of(
        self, query: Query, today: dt.date, prospect_ids: Collection[int]
    ) -> dict[int, int]:
        """How many of ``query`` come before each of these; without those who aren't among them."""
        with self._vault.engine.begin() as connection:
            found = conditions(connection, query, today, gather=True)
            if len(prospect_ids) > _FEW:
                wanted = set(prospect_ids)
                every = connection.scalars(_ids(query, found))
                return {id_: place for place, id_ in enumerate(every) if id_ in wanted}
            places = {id_: _place(connection, query, id_, found) for id_ in prospect_ids}
        return {id_: place for id_, place in places.items() if place is not None}

    def ids(
        self, query: Query, today: dt.date, skip: int = 0, size: int | None = None
    ) -> tuple[int, ...]:
        """Those of ``query`` in its order, or ``size`` of them after the first ``skip``."""
        with self._vault.engine.begin() as connection:
            found = conditions(connection, query, today, gather=True)
            finding = _ids(query, found).offset(skip)
            if size is not None:
                finding = finding.limit(size)
            return tuple(connection.scalars(finding))

    def lines(self, prospect_ids: Collection[int]) -> tuple[ProspectLine, ...]:
        """The lines of these prospects in this order, without those who are no longer there."""
        ids = list(prospect_ids)
        found: dict[int, ProspectLine] = {}
        with self._vault.engine.begin() as connection:
            for start in range(0, len(ids), _BATCH):
                found |= _found(connection, ids[start : start + _BATCH])
        return tuple(found[id_] for id_ in ids if id_ in found)

    def met_at(self, most: int) -> Mapping[str, int]:
        """Where most prospects were met, as it was written last, with how many; most first."""
        line, prospect = tables.line, tables.prospect
        number = func.count().label("number")
        places = (
            select(line.c.met_at, number, func.max(line.c.prospect_id).label("one"))
            .where(line.c.met_at != "")
            .group_by(line.c.met_at)
            .order_by(number.desc(), line.c.met_at)
            .limit(most)
            .subquery()
        )
        finding = (
            select(prospect.c.met_at, places.c.number)
            .join(places, places.c.one == prospect.c.id)
            .order_by(places.c.number.desc(), places.c.met_at)
        )
        with self._vault.engine.begin() as connection:
            return {row.met_at: row.number for row in connection.execute(finding)}

    @contextmanager
    def _reading(self, wanted: Wanted) -> Iterator[Connection]:
        with self._vault.engine.begin() as connection:
            if wanted is always:
                yield connection
                return
            driver: Any = connection.connection.driver_connection
            driver.set_progress_handler(lambda: not wanted(), _ASK_AFTER)
            try:
                yield connection
            except DBAPIError:
                if wanted():
                    raise
                raise CalledOff from None
            finally:
                driver.set_progress_handler(None, 0)


def _page(
    connection: Connection,
    query: Query,
    found: list[ColumnElement[bool]],
    key: SortKey | None,
    size: int,
    skip: int,
    backwards: bool,
) -> Page:
    by, line = _column(query), tables.line
    # Backwards, it is the other order that is followed, and turned round in the end.
    downwards = query.descending is not backwards
    finding = select(by.label("sort_value"), line.c.prospect_id).where(*found)
    if key is not None:
        finding = finding.where(_beyond(by, key, downwards))
    finding = _in_order(finding, by, downwards).limit(size + 1).offset(skip)
    keys = [SortKey(_plain(row.sort_value), row.prospect_id) for row in connection.execute(finding)]
    more = len(keys) > size
    keys = keys[:size][::-1] if backwards else keys[:size]
    lines = _found(connection, [each.id for each in keys])
    return Page(
        tuple(lines[each.id] for each in keys),
        keys[0] if keys else None,
        keys[-1] if keys else None,
        more,
    )


def _look(
    connection: Connection,
    query: Query,
    found: list[ColumnElement[bool]],
    chosen: int | None,
    most: int,
) -> tuple[int, int | None, int, Page]:
    """:meth:`Pages.look` at no more than ``most``, who are gone through once."""
    whole_pages = -(-most // SIZE) * SIZE
    ids = list(connection.scalars(_ids(query, found).limit(whole_pages + 1)))
    place = ids.index(chosen) if chosen in ids[:most] else None
    row = (place or 0) // SIZE * SIZE
    here = ids[row : row + SIZE]
    lines = _found(connection, here)
    ends = {here[0], here[-1]} if here else set()
    by, line = _column(query), tables.line
    finding = select(line.c.prospect_id, by.label("sort_value"))
    values = connection.execute(finding.where(line.c.prospect_id.in_(ends)))
    keys = {each.prospect_id: SortKey(_plain(each.sort_value), each.prospect_id) for each in values}
    first, last = (keys[here[0]], keys[here[-1]]) if here else (None, None)
    page = Page(tuple(lines[id_] for id_ in here), first, last, row + SIZE < len(ids))
    return min(len(ids), most), place, row, page


def _number(
    connection: Connection, found: list[ColumnElement[bool]], most: int | None = None
) -> int:
    counting = select(func.count())
    if most is None:
        counting = counting.select_from(tables.line).where(*found)
    else:
        some = select(tables.line.c.prospect_id).where(*found).limit(most)
        counting = counting.select_from(some.subquery())
    return int(connection.execute(counting).scalar_one())


def _place(
    connection: Connection,
    query: Query,
    prospect_id: int,
    found: list[ColumnElement[bool]],
    most: int | None = None,
) -> int | None:
    by, line = _column(query), tables.line
    finding = select(by).where(line.c.prospect_id == prospect_id, *found)
    row = connection.execute(finding).one_or_none()
    if row is None:
        return None
    before = _beyond(by, SortKey(_plain(row[0]), prospect_id), not query.descending)
    some = select(line.c.prospect_id).where(before, *found)
    if most is not None:
        some = some.limit(most)
    place = connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    return None if place == most else int(place)


def _ids(query: Query, found: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    finding = select(tables.line.c.prospect_id).where(*found)
    return _in_order(finding, _column(query), query.descending)


def _in_order(
    finding: Select[*tuple[Any, ...]], by: Column[Any], downwards: bool
) -> Select[*tuple[Any, ...]]:
    order = (by, tables.line.c.prospect_id)
    return finding.order_by(*(each.desc() if downwards else each for each in order))


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


def _found(connection: Connection, ids: list[int]) -> dict[int, ProspectLine]:
    """The lines of these prospects."""
    prospect, assessment, period = tables.prospect, tables.assessment, tables.period
    latest = prospect.outerjoin(assessment, assessment.c.id == prospect.c.latest_assessment_id)
    contact = (prospect.c[name] for name in rows.CONTACT)
    columns = (prospect.c.id, *contact, prospect.c.changed, *ASSESSMENT_LINE)
    finding = (
        select(*columns, period.c.until, period.c.decided, TREND, TAGS, FOLLOW_UP)
        .select_from(latest.outerjoin(period, period.c.prospect_id == prospect.c.id))
        .where(prospect.c.id.in_(ids))
    )
    return {row.id: rows.prospect_line(row) for row in connection.execute(finding)}
