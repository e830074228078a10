"""What a person's rows say, in pieces, and where such pieces still stand.

A text that was deleted could be left in part, so that it is looked for in short pieces, taken end
to end: whatever holds some two dozen characters of it in a row holds a whole piece. A piece has
no character that JSON writes otherwise, so that it is found in a JSON value, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, False_, Table, false, or_, select, true
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import DealBreakerState, Mark
from fitcheck.domain.bank import Evidence
from fitcheck.domain.erasure import Searched
from fitcheck.domain.outcome import Sign
from fitcheck.domain.policy import Action
from fitcheck.store import tables
from fitcheck.store.connection import DRIVER_ERRORS, DataKey, connect
from fitcheck.store.tables import Json, Words

PIECE = 12
"""Characters of a piece."""

SHORTEST = 4
"""Characters of a whole text that is worth looking for: shorter ones stand everywhere."""

_WRITTEN_OTHERWISE = re.compile('["\\\\\x00-\x1f]+')
_DAY_OR_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
"""What stands in every book, and says nothing of a person by itself."""

_BATCH = 500

# Words of FitCheck's own, which say nothing of a person.
_OUR_WORDS = frozenset(
    each.value for words in (Evidence, Mark, Action, DealBreakerState, Sign) for each in words
)
_IDS = ("asks", "section")
"""Keys of a JSON value under which nothing but ids stands."""


def texts_of(connection: Connection, prospect_id: int) -> frozenset[str]:
    """The pieces of every text in the rows of a prospect, whatever tables there are."""
    found: set[str] = set()
    for table in tables.metadata.sorted_tables:
        columns = [each for each in table.columns if _says_something(each)]
        if not columns:
            continue
        mine = of_prospect(table, prospect_id) & _nobody_elses(table, prospect_id)
        for row in connection.execute(select(*columns).where(mine)):
            for value in row:
                for text in _texts(value):
                    found.update(pieces(text))
    return frozenset(found)


def _says_something(column: Column[Any]) -> bool:
    """Whether a person's words may stand in it; a colleague's name is the colleague's."""
    return isinstance(column.type, Words | Json) and column is not tables.referral.c.name


def of_prospect(table: Table, prospect_id: int) -> ColumnElement[bool]:
    """The rows of a table that belong to a prospect, by its foreign keys; none without any."""
    if table is tables.prospect:
        return table.c.id == prospect_id
    ways = []
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        owner = of_prospect(key.column.table, prospect_id)
        if not isinstance(owner, False_):
            ways.append(key.parent.in_(select(key.column).where(owner)))
    return or_(false(), *ways)


def _nobody_elses(table: Table, prospect_id: int) -> ColumnElement[bool]:
    """Without a tag that others have, too: it says nothing of this prospect once they are gone."""
    if table is not tables.tag:
        return true()
    other = tables.tag.alias()
    others = select(other.c.folded).where(other.c.prospect_id != prospect_id)
    return tables.tag.c.folded.not_in(others)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value not in _OUR_WORDS and not _DAY_OR_TIME.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _IDS:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def pieces(text: str) -> Iterator[str]:
    """A text in pieces; its last piece reaches back into the one before."""
    for part in _WRITTEN_OTHERWISE.split(text):
        if SHORTEST <= len(part) < PIECE:
            yield part
        for start in range(0, len(part) - PIECE + 1, PIECE):
            yield part[start : start + PIECE]
        if len(part) > PIECE:
            yield part[-PIECE:]


def search_book(store: Path, key: DataKey, wanted: Iterable[str], place: str) -> Searched:
    """Where one of ``wanted`` stands in any column of any table of a book, of whatever schema."""
    wanted = sorted(wanted)
    try:
        connection = connect(store, key)
        try:
            named = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            names = sorted(name for (name,) in named.fetchall())
            found = tuple(name for name in names if _stands_in(connection, name, wanted))
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
        finally:
            connection.close()
    except DRIVER_ERRORS:
        return Searched(place, 0, readable=False)
    return Searched(place, int(pages), found)


def _stands_in(connection: dbapi2.Connection, table: str, wanted: list[str]) -> bool:
    if table == tables.bank.name:
        # Pages of prose, in which a short word of anybody's stands as it does in a dictionary.
        wanted = [piece for piece in wanted if len(piece) == PIECE]
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    while rows := cursor.fetchmany(_BATCH):
        batch = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
        if any(piece in batch for piece in wanted):
            return True
    return False
