"""The first page of the list, and the preferences: what a start shows before SQLAlchemy is there.

To import SQLAlchemy takes as long as one and a half windows (decision 35). So this much of a book
is read by the driver alone, over the vault that everything else then reads through, by the very
statements that SQLAlchemy makes of those in :mod:`fitcheck.store.pages` and
:mod:`fitcheck.store.book`. They stand here as it has compiled them. A test has it compile them
again, and compares the lines that come of both.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from fitcheck.domain.listed import SIZE, Page, Query, Sort, SortKey
from fitcheck.store.connection import DRIVER_ERRORS, connect, store_error
from fitcheck.store.line_rows import CONTACT, prospect_line
from fitcheck.store.vault import Vault

PREFERENCES = 'SELECT preference."key", preference.value FROM preference'

NUMBER = "SELECT count(*) AS count_1 FROM line"

KEYS = (
    "SELECT line.{by} AS sort_value, line.prospect_id FROM line "
    "ORDER BY line.{by}{downwards}, line.prospect_id{downwards} LIMIT ? OFFSET ?"
)

_COLUMNS = (
    "id",
    *CONTACT,
    "changed",
    *("assessment_id", "date", "form", "finished", "recommendation", "leaning"),
    *("good", "workable", "poor", "answered", "asked"),
    *("until", "decided", "trend", "tags", "follow_up"),
)

LINES = (
    "SELECT prospect.id, prospect.name, prospect.organisation, prospect.role, prospect.email, "
    "prospect.phone, prospect.met_at, prospect.changed, assessment.id AS assessment_id, "
    "assessment.date, assessment.form, assessment.finished, assessment.recommendation, "
    "assessment.leaning, assessment.good, assessment.workable, assessment.poor, "
    "assessment.answered, assessment.asked, period.until, period.decided, "
    "(SELECT line.trend FROM line WHERE line.prospect_id = prospect.id) AS trend, "
    "(SELECT group_concat(anon_1.name, ?) AS group_concat_1 "
    "FROM (SELECT tag.name AS name FROM tag WHERE tag.prospect_id = prospect.id "
    "ORDER BY tag.folded) AS anon_1) AS tags, "
    "(SELECT min(follow_up.day) AS min_1 FROM follow_up "
    "WHERE follow_up.prospect_id = prospect.id AND follow_up.done_on IS NULL) AS follow_up "
    "FROM prospect LEFT OUTER JOIN assessment ON assessment.id = prospect.latest_assessment_id "
    "LEFT OUTER JOIN period ON period.prospect_id = prospect.id WHERE prospect.id IN ({ids})"
)

_READ: dict[str, Callable[[Any], Any]] = {
    "changed": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "finished": bool,
    "leaning": bool,
    "until": dt.date.fromisoformat,
    "follow_up": dt.date.fromisoformat,
}
"""What the types of the columns make of what the driver hands out."""


def keys(query: Query) -> str:
    """The statement that finds the keys of the first page; ``query`` filters nothing."""
    shown = query.sort is Sort.STANDING and query.show_totals
    by = "standing_shown" if shown else query.sort.value
    return KEYS.format(by=by, downwards=" DESC" if query.descending else "")


def lines(number: int) -> str:
    """The statement that reads the lines of so many prospects."""
    return LINES.format(ids=", ".join("?" * number))


class FirstPage:
    """Reads of a vault that is open, by a connection of their own, until :meth:`close`.

    What fails raises a :class:`fitcheck.store.errors.StoreError` where the user can mend it.
    """

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._connection = connect(vault.store, vault.data_key)

    def close(self) -> None:
        """May be repeated."""
        self._connection.close()

    def preferences(self) -> dict[str, Any]:
        """Everything that is kept by a name: preferences, and what lies beside them."""
        with self._reading():
            kept = self._connection.execute(PREFERENCES).fetchall()
            return {key: json.loads(value) for key, value in kept}

    def page(self, query: Query) -> tuple[int, Page]:
        """How many there are, and the first page of them; ``query`` filters nothing."""
        with self._reading():
            execute = self._connection.execute
            (number,) = execute(NUMBER).fetchone()
            found = execute(keys(query), (SIZE + 1, 0)).fetchall()
            page = [SortKey(_plain(value), id_) for value, id_ in found[:SIZE]]
            ids = [each.id for each in page]
            # The break stands between two tags: see listing.TAGS.
            rows = map(_row, execute(lines(len(ids)), ("\n", *ids)).fetchall())
            found_lines = {row.id: prospect_line(row) for row in rows}
        return number, Page(
            tuple(found_lines[id_] for id_ in ids),
            page[0] if page else None,
            page[-1] if page else None,
            len(found) > SIZE,
        )

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The driver's errors as ours. No transaction: so early there is nobody who writes."""
        try:
            yield
        except DRIVER_ERRORS as error:
            raise store_error(error, self._store) or error from error


def _row(values: tuple[Any, ...]) -> Any:
    row = dict(zip(_COLUMNS, values, strict=True))
    for name, read in _READ.items():
        if row[name] is not None:
            row[name] = read(row[name])
    return SimpleNamespace(**row)


def _plain(value: Any) -> str | float:
    return float(value) if isinstance(value, int) else value
