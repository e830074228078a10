"""What is known of prospects beyond what an assessment takes along: source, notes, links, tags."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from fitcheck.domain.book import About
from fitcheck.store import lines, rows, tables
from fitcheck.store.reading import one
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer


class Abouts:
    """An id that names nobody raises ``KeyError``: from a read at once, from a write later."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    def about(self, prospect_id: int) -> About:
        with self._vault.engine.begin() as connection:
            one(connection, tables.prospect, prospect_id)
            return about_of(connection, prospect_id)

    def save(self, prospect_id: int, about: About) -> Future[None]:
        now = self._now()

        def work(connection: Connection) -> None:
            one(connection, tables.prospect, prospect_id)
            put(connection, prospect_id, about)
            _changed(connection, [prospect_id], now)

        return self._writer.write(work)

    def tags(self) -> dict[str, int]:
        """Every tag with the number of prospects that have it, in the order of the alphabet."""
        tag = tables.tag
        counting = select(func.min(tag.c.name).label("name"), func.count().label("number"))
        with self._vault.engine.begin() as connection:
            found = connection.execute(counting.group_by(tag.c.folded).order_by(tag.c.folded))
            return {row.name: row.number for row in found}

    def tags_of(self, prospect_ids: Collection[int]) -> dict[str, int]:
        """The tags of these prospects with how many of them have it, in the same order."""
        tag = tables.tag
        # As one value, since a statement takes only so many.
        these = func.json_each(json.dumps(list(prospect_ids))).table_valued("value")
        counting = select(func.min(tag.c.name).label("name"), func.count().label("number"))
        counting = counting.where(tag.c.prospect_id.in_(select(these.c.value)))
        with self._vault.engine.begin() as connection:
            found = connection.execute(counting.group_by(tag.c.folded).order_by(tag.c.folded))
            return {row.name: row.number for row in found}

    def tag(
        self, prospect_ids: Collection[int], add: Collection[str], remove: Collection[str]
    ) -> Future[dict[int, tuple[str, ...]]]:
        """Give these prospects tags and take others away, all at once.

        The future has the tags that each had before, to undo it with :meth:`retag`. Those who are
        no longer in the book are left out. It puts them in order and says nothing new of them, so
        that they aren't changed by it: nobody moves in the list, nor is kept for longer.
        """

        def work(connection: Connection) -> dict[int, tuple[str, ...]]:
            before = {}
            for id_ in _there(connection, prospect_ids):
                had = about_of(connection, id_).tags
                gone = {rows.fold(name) for name in remove}
                kept = [name for name in had if rows.fold(name) not in gone]
                before[id_] = had
                _put_tags(connection, id_, (*kept, *add))
                lines.refresh(connection, id_)
            return before

        return self._writer.write(work)

    def retag(self, tags: dict[int, tuple[str, ...]]) -> Future[None]:
        """Let each of these prospects have exactly these tags; see :meth:`tag`."""

        def work(connection: Connection) -> None:
            for id_ in _there(connection, tags):
                _put_tags(connection, id_, tags[id_])
                lines.refresh(connection, id_)

        return self._writer.write(work)


def about_of(connection: Connection, prospect_id: int) -> About:
    """What is known of a prospect who is in the book."""
    about, tag = tables.about, tables.tag
    row = connection.execute(select(about).where(about.c.prospect_id == prospect_id)).one_or_none()
    tags = tuple(
        connection.scalars(
            select(tag.c.name).where(tag.c.prospect_id == prospect_id).order_by(tag.c.folded)
        )
    )
    if row is None:
        return About(tags=tags)
    return About(row.source, row.notes, tuple(row.links), tags)


def put(connection: Connection, prospect_id: int, about: About) -> None:
    """Let this be what is known; the list is brought up to date by whoever calls."""
    values = {"source": about.source, "notes": about.notes, "links": list(about.links)}
    putting = upsert(tables.about).values(prospect_id=prospect_id, **values)
    connection.execute(putting.on_conflict_do_update(index_elements=["prospect_id"], set_=values))
    _put_tags(connection, prospect_id, about.tags)


def in_order(about: About) -> About:
    """The same as it is read again: the tags as the alphabet has them, each once."""
    once = _once(about.tags)
    return replace(about, tags=tuple(once[folded] for folded in sorted(once)))


def abouts_of(connection: Connection, prospect_ids: Collection[int]) -> dict[int, About]:
    """What :func:`about_of` says of each of these, asked for at once."""
    about, tag = tables.about, tables.tag
    found = connection.execute(
        select(tag.c.prospect_id, tag.c.name)
        .where(tag.c.prospect_id.in_(prospect_ids))
        .order_by(tag.c.prospect_id, tag.c.folded)
    )
    tags: dict[int, tuple[str, ...]] = {}
    for row in found:
        tags[row.prospect_id] = (*tags.get(row.prospect_id, ()), row.name)
    known = {id_: About(tags=tags.get(id_, ())) for id_ in prospect_ids}
    for row in connection.execute(select(about).where(about.c.prospect_id.in_(prospect_ids))):
        known[row.prospect_id] = About(
            row.source, row.notes, tuple(row.links), tags.get(row.prospect_id, ())
        )
    return known


def put_new(connection: Connection, known: Mapping[int, About]) -> None:
    """Let this be what is known of many who are new."""
    values = [
        {
            "prospect_id": id_,
            "source": each.source,
            "notes": each.notes,
            "links": list(each.links),
        }
        for id_, each in known.items()
        if each != About(tags=each.tags)
    ]
    tags = [
        {"prospect_id": id_, "folded": folded, "name": name}
        for id_, each in known.items()
        for folded, name in _once(each.tags).items()
    ]
    if values:
        connection.execute(insert(tables.about), values)
    if tags:
        connection.execute(insert(tables.tag), tags)


def _once(names: Collection[str]) -> dict[str, str]:
    """Tags as they are kept, by what makes two of them the same."""
    once: dict[str, str] = {}
    for name in names:
        words = " ".join(name.split())
        if words:
            once.setdefault(rows.fold(words), words)
    return once


def _put_tags(connection: Connection, prospect_id: int, names: Collection[str]) -> None:
    tag = tables.tag
    connection.execute(delete(tag).where(tag.c.prospect_id == prospect_id))
    if once := _once(names):
        values = [{"prospect_id": prospect_id, "folded": f, "name": n} for f, n in once.items()]
        connection.execute(insert(tag), values)


def _there(connection: Connection, prospect_ids: Collection[int]) -> list[int]:
    prospect = tables.prospect
    return [
        id_
        for id_ in prospect_ids
        if connection.scalar(select(prospect.c.id).where(prospect.c.id == id_)) is not None
    ]


def _changed(connection: Connection, prospect_ids: Collection[int], now: dt.datetime) -> None:
    prospect = tables.prospect
    for id_ in prospect_ids:
        connection.execute(update(prospect).where(prospect.c.id == id_).values(changed=now))
        lines.refresh(connection, id_)
