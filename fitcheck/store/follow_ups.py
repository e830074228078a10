"""The follow-ups of everybody in the book (I25), found by an index however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from uuid import UUID

from sqlalchemy import Connection, Select, delete, func, insert, select, tuple_, update

from fitcheck.domain.book_years import BookMove
from fitcheck.domain.follow_up import COMING_DAYS, Entry, FollowUp, Move, Purpose, Standing
from fitcheck.store import lines, rows, tables
from fitcheck.store.reading import one
from fitcheck.store.rows import AnyRow
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer

_AT = func.coalesce(tables.follow_up.c.at, "")
_ORDER = (tables.follow_up.c.day, _AT, tables.follow_up.c.id)
"""By their days; on one day those without a time come first."""

SIZE = 100
"""Follow-ups of a page, where nothing else is said."""


class FollowUps:
    """An id that names nothing raises ``KeyError``: from a read at once, from a write later."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    # Reading

    def entry(self, follow_up_id: int) -> Entry:
        with self._vault.engine.begin() as connection:
            return entry_of(connection, follow_up_id)

    def of_prospect(self, prospect_id: int) -> tuple[Entry, ...]:
        """All of a prospect's, what is done included, by their days."""
        table = tables.follow_up
        with self._vault.engine.begin() as connection:
            one(connection, tables.prospect, prospect_id)
            mine = _entries().where(table.c.prospect_id == prospect_id)
            return _read(connection, mine.order_by(*_ORDER))

    def page(
        self, after: Entry | None = None, until: dt.date = dt.date.max, size: int = SIZE
    ) -> tuple[Entry, ...]:
        """The next that are to be done, earliest first, up to a day: those behind ``after``.

        That one need not be there any more.
        """
        with self._vault.engine.begin() as connection:
            return _read(connection, page_query(after, until, size))

    def counts(self, today: dt.date, days: int = COMING_DAYS) -> dict[Standing, int]:
        """How many are to be done, by where they stand."""
        day, done = tables.follow_up.c.day, tables.follow_up.c.done_on
        ahead = dt.date.fromordinal(min(today.toordinal() + days, dt.date.max.toordinal()))
        bounds = {
            Standing.OVERDUE: day < today,
            Standing.DUE: day == today,
            Standing.COMING: (day > today) & (day <= ahead),
            Standing.LATER: day > ahead,
        }
        counting = select(
            *(
                select(func.count()).where(done.is_(None), within).scalar_subquery()
                for within in bounds.values()
            )
        )
        with self._vault.engine.begin() as connection:
            return dict(zip(bounds, connection.execute(counting).one(), strict=True))

    # Writing

    def add(self, prospect_id: int, follow_ups: Iterable[FollowUp]) -> Future[tuple[int, ...]]:
        """Add these to a prospect's; the future holds their ids."""
        return self.change({}, adding={prospect_id: tuple(follow_ups)})

    def change(
        self,
        changed: dict[int, FollowUp],
        removed: Collection[int] = (),
        adding: dict[int, tuple[FollowUp, ...]] | None = None,
        back: Iterable[Entry] = (),
    ) -> Future[tuple[int, ...]]:
        """Let follow-ups be as they are given, by their ids, or be gone: all of it, or nothing.

        ``adding`` are new ones by prospect, ``back`` removed ones that stand again where they did.
        The future holds the ids of the new ones.
        """
        now, entries = self._now(), tuple(back)

        def work(connection: Connection) -> tuple[int, ...]:
            touched = set()
            for id_, follow_up in changed.items():
                touched.add(entry_of(connection, id_).prospect_id)
                _put(connection, id_, follow_up)
            for id_ in removed:
                touched.add(entry_of(connection, id_).prospect_id)
                table = tables.follow_up
                connection.execute(delete(table).where(table.c.id == id_))
            added = []
            for prospect_id, new in (adding or {}).items():
                one(connection, tables.prospect, prospect_id)
                touched.add(prospect_id)
                added += [insert_follow_up(connection, prospect_id, each) for each in new]
            for entry in entries:
                one(connection, tables.prospect, entry.prospect_id)
                touched.add(entry.prospect_id)
                insert_follow_up(connection, entry.prospect_id, entry.follow_up, entry.id)
            prospect = tables.prospect
            for id_ in touched:
                connection.execute(update(prospect).where(prospect.c.id == id_).values(changed=now))
                lines.refresh(connection, id_)
            return tuple(added)

        return self._writer.write(work)


def page_query(after: Entry | None, until: dt.date, size: int) -> Select[*tuple[object, ...]]:
    """See :meth:`FollowUps.page`."""
    table = tables.follow_up
    query = _entries().where(table.c.done_on.is_(None), table.c.day <= until)
    if after is not None:
        last = after.follow_up
        # The first part leads the index there, the second is exact.
        mark = tuple_(last.on, time_text(last.at) or "", after.id)
        query = query.where(table.c.day >= last.on, tuple_(*_ORDER) > mark)
    return query.order_by(*_ORDER).limit(size)


def entry_of(connection: Connection, follow_up_id: int) -> Entry:
    found = _read(connection, _entries().where(tables.follow_up.c.id == follow_up_id))
    if not found:
        raise KeyError(follow_up_id)
    return found[0]


def insert_follow_up(
    connection: Connection, prospect_id: int, follow_up: FollowUp, id_: int | None = None
) -> int:
    """Write a follow-up with its moves; the list is brought up to date by whoever calls."""
    values = {"prospect_id": prospect_id, "uid": str(follow_up.uid), **_values(follow_up)}
    if id_ is not None:
        values["id"] = id_
    adding = insert(tables.follow_up).returning(tables.follow_up.c.id)
    made = int(connection.execute(adding, values).scalar_one())
    put_moves(connection, made, follow_up.moves)
    return made


def _put(connection: Connection, id_: int, follow_up: FollowUp) -> None:
    table, move = tables.follow_up, tables.follow_up_move
    connection.execute(update(table).where(table.c.id == id_).values(_values(follow_up)))
    connection.execute(delete(move).where(move.c.follow_up_id == id_))
    put_moves(connection, id_, follow_up.moves)


def put_moves(connection: Connection, id_: int, moves: Iterable[Move | BookMove]) -> None:
    """Keep these moves of a follow-up, after those that there are."""
    values = [
        {
            "follow_up_id": id_,
            "moved_on": move.moved_on,
            "day": move.to,
            "at": time_text(move.at),
            "reason": move.reason,
        }
        for move in moves
    ]
    if values:
        connection.execute(insert(tables.follow_up_move), values)


def _values(follow_up: FollowUp) -> rows.Values:
    return {
        "purpose": follow_up.purpose.value,
        "reason": follow_up.reason,
        "planned_on": follow_up.planned_on,
        "planned_at": time_text(follow_up.planned_at),
        "day": follow_up.on,
        "at": time_text(follow_up.at),
        "done_on": follow_up.done_on,
        "suggested_for": follow_up.suggested_for,
    }


def _entries() -> Select[*tuple[object, ...]]:
    table, prospect = tables.follow_up, tables.prospect
    return select(table, prospect.c.name, prospect.c.organisation).join(
        prospect, prospect.c.id == table.c.prospect_id
    )


def _read(connection: Connection, query: Select[*tuple[object, ...]]) -> tuple[Entry, ...]:
    found = connection.execute(query).all()
    table = tables.follow_up_move
    moves: dict[int, list[Move]] = {row.id: [] for row in found}
    ids = list(moves)
    for first in range(0, len(ids), SIZE):
        some = table.c.follow_up_id.in_(ids[first : first + SIZE])
        for row in connection.execute(select(table).where(some).order_by(table.c.id)):
            move = Move(row.moved_on, row.day, time_of(row.at), row.reason)
            moves[row.follow_up_id].append(move)
    return tuple(_entry(row, tuple(moves[row.id])) for row in found)


def _entry(row: AnyRow, moves: tuple[Move, ...]) -> Entry:
    follow_up = FollowUp(
        planned_on=row.planned_on,
        purpose=Purpose(row.purpose),
        reason=row.reason,
        planned_at=time_of(row.planned_at),
        moves=moves,
        done_on=row.done_on,
        suggested_for=row.suggested_for,
        uid=UUID(row.uid),
    )
    return Entry(row.id, row.prospect_id, row.name, row.organisation, follow_up)


def time_text(at: dt.time | None) -> str | None:
    return None if at is None else at.isoformat()


def time_of(text: str | None) -> dt.time | None:
    return None if text is None else dt.time.fromisoformat(text)
