"""Contacts as prospects: all of them written in one transaction, and taken back in another.

Many at once: rows are made ready first and written table by table, since a statement for each row
of each table takes eighteen times as long.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from fitcheck.domain.arrived import Addition, enriched
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.domain.listed import Phase
from fitcheck.domain.period import Opening
from fitcheck.store import abouts, lines, rows, tables
from fitcheck.store.ids import fresh_id

Report = Callable[[float], None]

_AT_ONCE = 200
"""Prospects between two reports."""

_LOOKING = 0.2
"""The share of the time that it takes to look whether somebody can go; the rest is letting go."""


@dataclass(frozen=True)
class Known:
    """A prospect with what is known of them."""

    prospect: Prospect = field(repr=False)
    about: About = field(repr=False)


@dataclass(frozen=True)
class Rewritten:
    """A prospect who was there: as they were, when that was written, and as they are now."""

    before: Known
    changed: dt.datetime
    after: Known


@dataclass(frozen=True)
class Written:
    """What an import wrote, by the prospects' ids: what it can be taken back by.

    ``unkept`` are notes that had no room, by whose they are.
    """

    at: dt.datetime
    added: Mapping[int, Known]
    changed: Mapping[int, Rewritten]
    unkept: Sequence[tuple[str, str]] = field(default=(), repr=False)

    @property
    def changes(self) -> bool:
        """Whether anything is otherwise than before."""
        return bool(self.added) or any(each.before != each.after for each in self.changed.values())


@dataclass(frozen=True)
class Rewriting:
    """A prospect as somebody saw them, as they are to be, and what is to be added."""

    before: Prospect = field(repr=False)
    after: Prospect = field(repr=False)
    more: Addition = field(repr=False)


class Moved(Exception):  # noqa: N818 - nothing is wrong with the write
    """A prospect isn't any more who was seen."""


def everybody(connection: Connection) -> Iterable[tuple[int, Prospect]]:
    """Every prospect by id."""
    table = tables.prospect
    columns = [table.c[name] for name in rows.CONTACT]
    for row in connection.execute(select(table.c.id, *columns).order_by(table.c.id)):
        yield row.id, rows.prospect_of(row)


def write(
    connection: Connection,
    added: Sequence[tuple[Prospect, Addition]],
    changed: Mapping[int, Rewriting],
    opening: Opening,
    now: dt.datetime,
    report: Report,
) -> Written:
    """Add these prospects, each with a phase that is opened, and change those.

    Raises :class:`Moved` where one that is to be changed isn't as they were seen.
    """
    unkept: list[tuple[str, str]] = []
    total = max(1, len(changed) + len(added))
    rewritten: dict[int, Rewritten] = {}
    for ids in _portions(changed):
        report(len(rewritten) / total)
        there = _known(connection, ids)
        for id_ in ids:
            each = changed[id_]
            if id_ not in there or there[id_].known.prospect != each.before:
                raise Moved
            full = enriched(there[id_].known.about, each.more)
            unkept += [(each.after.name, note) for note in full.unkept]
            after = Known(each.after, abouts.in_order(full.about))
            if after != there[id_].known:
                _put(connection, id_, after, now)
            rewritten[id_] = Rewritten(there[id_].known, there[id_].changed, after)
    first = connection.execute(select(fresh_id(tables.prospect))).scalar_one()
    new: dict[int, Known] = {}
    for begin in range(0, len(added), _AT_ONCE):
        report((len(changed) + begin) / total)
        known = {}
        for index, (prospect, more) in enumerate(added[begin : begin + _AT_ONCE], first + begin):
            full = enriched(About(), more)
            unkept += [(prospect.name, note) for note in full.unkept]
            known[index] = Known(prospect, abouts.in_order(full.about))
        _add(connection, known, opening, now)
        new |= known
    return Written(now, new, rewritten, tuple(unkept))


@dataclass(frozen=True)
class _There:
    known: Known
    changed: dt.datetime


def _known(connection: Connection, ids: Collection[int]) -> dict[int, _There]:
    """Those of these prospects who are in the book."""
    table = tables.prospect
    known = abouts.abouts_of(connection, ids)
    return {
        row.id: _There(Known(rows.prospect_of(row), known[row.id]), row.changed)
        for row in connection.execute(select(table).where(table.c.id.in_(ids)))
    }


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while portion := list(islice(rest, _AT_ONCE)):
        yield portion


def _put(connection: Connection, id_: int, known: Known, changed: dt.datetime) -> None:
    values = {**rows.prospect_values(known.prospect), "changed": changed}
    table = tables.prospect
    connection.execute(update(table).where(table.c.id == id_).values(values))
    abouts.put(connection, id_, known.about)
    lines.refresh(connection, id_)


def _add(
    connection: Connection, known: Mapping[int, Known], opening: Opening, now: dt.datetime
) -> None:
    """The same rows as :func:`fitcheck.store.adding.add_prospect` and :func:`abouts.put` make."""
    opened = {"until": opening.until}
    step = {"day": opening.on, "kind": "opened", "words": ""}
    entries: dict[Table, list[rows.Values]] = {
        tables.prospect: [
            {"id": id_, **rows.prospect_values(each.prospect), "changed": now}
            | {"phase": Phase.OPEN.value}
            for id_, each in known.items()
        ],
        tables.keeping: [{"prospect_id": id_, "uid": secrets.token_hex(16)} for id_ in known],
        tables.period: [{"prospect_id": id_, "opened": opening.on, **opened} for id_ in known],
        tables.period_step: [{"prospect_id": id_, **step, **opened} for id_ in known],
    }
    for table, values in entries.items():
        connection.execute(insert(table), values)
    abouts.put_new(connection, {id_: each.about for id_, each in known.items()})
    newcomers = {id_: (each.prospect, each.about) for id_, each in known.items()}
    lines.begin(connection, newcomers, Phase.OPEN.value, opening.until, now)


# Taking it back


@dataclass(frozen=True)
class TakenBack:
    """By id: who is gone, who is as before, and who stays because something was done since."""

    removed: Collection[int]
    put_back: Collection[int]
    stay: Mapping[int, str] = field(repr=False)


def take_back(connection: Connection, written: Written, report: Report) -> TakenBack:
    """Take back what nobody has touched since; whoever has gone in the meantime is left out."""
    removed: list[int] = []
    put_back: list[int] = []
    stay: dict[int, str] = {}
    done, total = 0.0, max(1, len(written.added) + len(written.changed))
    for ids in _portions(written.added):
        report(done / total)
        used = _used(connection, ids)
        for id_, there in _known(connection, ids).items():
            if there.known == written.added[id_] and id_ not in used:
                removed.append(id_)
            else:
                stay[id_] = there.known.prospect.name
        done += _LOOKING * len(ids)
    for ids in _portions(removed):
        report(done / total)
        done += (1 - _LOOKING) * len(ids)
        connection.execute(delete(tables.prospect).where(tables.prospect.c.id.in_(ids)))
    for ids in _portions(written.changed):
        report(done / total)
        for id_, there in _known(connection, ids).items():
            each = written.changed[id_]
            if there.known != each.after:
                stay[id_] = there.known.prospect.name
            elif each.before != each.after:
                # Back to where they stood in the list, unless something else moved them since.
                moved = there.changed != written.at
                _put(connection, id_, each.before, there.changed if moved else each.changed)
                put_back.append(id_)
        done += len(ids)
    return TakenBack(tuple(removed), tuple(put_back), stay)


_OWN = {"line", "said", "about", "tag", "keeping", "period", "period_step"}
"""Tables in which a prospect stands from the first."""


def _used(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those with whom anything was done but to change what stands of them."""
    step, keeping = tables.period_step.c, tables.keeping.c
    used = set(
        connection.scalars(
            select(step.prospect_id)
            .where(step.prospect_id.in_(ids))
            .group_by(step.prospect_id)
            .having(func.count() != 1)
        )
    )
    kept = keeping.until.is_not(None) | keeping.kept_on.is_not(None)
    used.update(
        connection.scalars(select(keeping.prospect_id).where(keeping.prospect_id.in_(ids), kept))
    )
    for table in tables.metadata.sorted_tables:
        if "prospect_id" in table.c and table.name not in _OWN:
            theirs = table.c.prospect_id
            used.update(connection.scalars(select(theirs).where(theirs.in_(ids))))
    return used
