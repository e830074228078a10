"""Whom a query of the list is about: its filters and its search, as conditions on a line.

Each is asked in one of two ways. What few prospects answer to is gathered from its index first;
what many do is asked of each prospect in turn as the list is walked in its order, which is over as
soon as a page is full. To gather those only to show the first few took 325 ms for one letter
among 100,000.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)

from fitcheck.domain.listed import Phase, Query
from fitcheck.store import rows, tables

_ANYWHERE = 3
"""Characters of what is looked for anywhere in a word; the index knows three at a time."""

_PAGE = 50
"""What is looked for at a time, about."""


@dataclass(frozen=True)
class _Condition:
    """``hits`` are rows that meet it, to see how many there are.

    Where it is dear to find them, ``among`` is the condition that is made of those that were.
    """

    gathered: ColumnElement[bool]
    asked: ColumnElement[bool]
    hits: Select[*tuple[Any, ...]]
    among: Callable[[str], ColumnElement[bool]] | None = None

    def cheaper(self, connection: Connection, many: int) -> ColumnElement[bool]:
        """How to ask for it: of everybody in turn, where ``many`` or more meet it."""
        some = self.hits.limit(many).subquery()
        if self.among is None:
            number = connection.scalar(select(func.count()).select_from(some))
            return self.asked if number == many else self.gathered
        (which,) = some.c
        number, few = connection.execute(select(func.count(), func.json_group_array(which))).one()
        return self.asked if number == many else self.among(few)


def conditions(
    connection: Connection,
    query: Query,
    today: dt.date,
    *,
    gather: bool = False,
) -> list[ColumnElement[bool]]:
    """What a line has to meet; with ``gather`` for one who wants all of them, not the first few."""
    every = list(_conditions(query, today))
    many = 0 if gather or not every else _many(connection)
    found = [each.gathered if gather else each.cheaper(connection, many) for each in every]
    if query.recommendation is not None and not query.show_totals:
        found.append(tables.line.c.finished)
    return found


def _many(connection: Connection) -> int:
    """Texts with a word, or prospects with a tag, from which on it is common.

    To gather ``n`` of them costs ``n`` looks; until one page of them is full, a walk through
    everybody has to look at ``page * everybody / n``.
    """
    everybody = connection.scalar(select(func.count()).select_from(tables.line)) or 0
    return max(_PAGE, math.isqrt(_PAGE * everybody))


def _conditions(query: Query, today: dt.date) -> Iterator[_Condition]:
    for part in rows.parts_of(tables.storable(query.search)):
        yield _Condition(_says(_hits(part)), _says_so(part), _hits(part), _says_among)
    if query.tag is not None:
        yield _tagged(rows.fold(tables.storable(" ".join(query.tag.split()))))
    if query.recommendation is not None:
        yield _is("recommendation", query.recommendation.value)
    if query.met_at is not None:
        yield _is("met_at", rows.sorted_as(tables.storable(query.met_at)))
    if query.phase is Phase.DUE:
        due = _lines(tables.line.c.due <= today.isoformat())
        # Left to itself, SQLite goes through everybody in their order, however few are due.
        gathered = tables.line.c.prospect_id.in_(due)
        yield _Condition(gathered, _unindexed("due") <= today.isoformat(), due)
    elif query.phase is not Phase.ALL:
        yield _is("phase", query.phase.value)


def _lines(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(tables.line.c.prospect_id).where(condition)


def _is(name: str, value: str) -> _Condition:
    gathered = tables.line.c[name] == value
    # The order has an index of its own, if only SQLite doesn't use the one of the filter.
    return _Condition(gathered, _unindexed(name) == value, _lines(gathered))


def _unindexed(name: str) -> ColumnElement[str]:
    return literal_column(f"+line.{name}")


def _tagged(folded: str) -> _Condition:
    tag = tables.tag.c
    hits = select(tag.prospect_id).where(tag.folded == folded)
    mine = tag.prospect_id == tables.line.c.prospect_id
    return _Condition(
        tables.line.c.prospect_id.in_(hits), exists().where(mine, tag.folded == folded), hits
    )


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


def _says(hits: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    """That a prospect is among those of whom these texts are, who are gathered first."""
    said = tables.said.c
    return tables.line.c.prospect_id.in_(select(said.prospect_id).where(said.id.in_(hits)))


def _says_among(texts: str) -> ColumnElement[bool]:
    """The same of texts that were found already, as a list in JSON: the index is dear to ask."""
    each = func.json_each(texts).table_valued("value")
    return _says(select(each.c.value))


def _says_so(part: str) -> ColumnElement[bool]:
    """The same, asked of each prospect in turn."""
    said = tables.said.c
    mine = said.prospect_id == tables.line.c.prospect_id
    return exists().where(mine, func.instr(said.words, _phrase(part)) > 0)
