"""Everything that the book holds about a person, and letting go of all of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from sqlalchemy import Connection, insert, select, union, update

from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.domain.keeping import KEEP_YEARS, Keeping, Kept, kept, years_later
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.domain.private_texts import PrivateText, texts_beside
from fitcheck.store import aside, rows, tables
from fitcheck.store.backup import BACKUPS
from fitcheck.store.erasing import erase_from, forget, rewrite, tombstones
from fitcheck.store.errors import StoreError
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.form_sheets import token_of
from fitcheck.store.periods import NEWEST_FIRST, period_of
from fitcheck.store.reading import assessment_of, one, parts
from fitcheck.store.rows import AnyRow
from fitcheck.store.sealed import SEALED_FILE
from fitcheck.store.searching import search_book, texts_of
from fitcheck.store.traces import search_file, search_key, temporary_files
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer
from fitcheck.store.years import forecasts_of, years_of


class People:
    """The prospects as people with rights. An id that names nobody raises ``KeyError``."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    def person(self, prospect_id: int, today: dt.date) -> Person:
        """Everything about one prospect, as one committed state of the book has it."""
        table = tables.assessment
        with self._vault.engine.begin() as connection:
            row = one(connection, tables.prospect, prospect_id)
            mine = select(table).where(table.c.prospect_id == prospect_id).order_by(*NEWEST_FIRST)
            return Person(
                made_on=today,
                prospect=rows.prospect_of(row),
                changed=row.changed,
                keeping=_keeping(connection, prospect_id),
                period=period_of(connection, prospect_id),
                assessments=tuple(_whole(connection, each) for each in connection.execute(mine)),
                forecasts=forecasts_of(connection, prospect_id),
                **years_of(connection, prospect_id, {}).__dict__,
            )

    def private_beside(self, prospect_id: int) -> tuple[PrivateText, ...]:
        """What is private of a prospect beside all assessments."""
        with self._vault.engine.begin() as connection:
            one(connection, tables.prospect, prospect_id)
            found = years_of(connection, prospect_id, {})
        return texts_beside(found.about, found.follow_ups, found.outcomes, found.referrals)

    def keeping(self, prospect_id: int) -> Keeping:
        """For how long a prospect is kept."""
        with self._vault.engine.begin() as connection:
            return _keeping(connection, prospect_id)

    def keep(self, prospect_id: int, keeping: Keeping) -> Future[None]:
        """Keep a prospect until another day, or note that they are still to be kept."""

        def work(connection: Connection) -> None:
            table = tables.keeping
            change = update(table).where(table.c.prospect_id == prospect_id)
            values = {"until": keeping.until, "kept_on": keeping.kept_on}
            if connection.execute(change.values(values)).rowcount == 0:
                raise KeyError(prospect_id)

        return self._writer.write(work)

    def kept(self, prospect_id: int, today: dt.date, years: int = KEEP_YEARS) -> Kept:
        """Until when a prospect is kept, and whether to ask about them today."""
        with self._vault.engine.begin() as connection:
            row = connection.execute(_KEPT.where(tables.prospect.c.id == prospect_id)).one_or_none()
        if row is None:
            raise KeyError(prospect_id)
        return _kept(row, today, years)

    def to_be_asked(self, today: dt.date, years: int = KEEP_YEARS) -> tuple[Kept, ...]:
        """Those of whom to ask whether still to keep them, longest unchanged first.

        Only what is old enough, or has a day of its own, is looked at, of however many.
        """
        # A day more than that: a leap day's year ends a day early.
        day = years_later(today, -years) + dt.timedelta(1)
        oldest = dt.datetime.combine(day, dt.time.max, dt.UTC)
        # Two queries in one: with "or" no index would be of use.
        query = union(
            _KEPT.where(tables.prospect.c.changed <= oldest),
            _KEPT.where(tables.keeping.c.until <= today),
        ).order_by("changed", "id")
        with self._vault.engine.begin() as connection:
            found = [_kept(row, today, years) for row in connection.execute(query)]
        return tuple(each for each in found if each.ask)

    def erase(self, prospect_id: int, today: dt.date) -> Erasure:
        """Erase a prospect from the book and from its backups; what shows that they are gone.

        Raises a :class:`StoreError` where the disk refuses. Whoever has left the tables by then
        is no longer found by an id: :meth:`sweep` does the rest.
        """
        with self._vault.engine.begin() as connection:
            wanted = texts_of(connection, prospect_id)
        uid = self._writer.write(lambda connection: forget(connection, prospect_id, today)).result()
        left = self.sweep()
        return Erasure(self._now(), uid, len(wanted), self._search(wanted, left))

    def sweep(self) -> frozenset[Path]:
        """Write the book anew without what was deleted, and let its backups forget who was erased.

        May be repeated: a backup that can't be written now, or comes back, is done at the next.
        Those are returned: nobody can say what is in them.
        """
        store = self._vault.folder / STORE_FILE
        rewrite(self._vault.engine, store)
        with self._vault.engine.begin() as connection:
            gone = tombstones(connection)
        left = set()
        for backup in self._backups():
            try:
                if erase_from(backup, self._vault.data_key, gone):
                    # What opens it has gone from this backup, too.
                    (backup.parent / SEALED_FILE).unlink(missing_ok=True)
            except (StoreError, OSError):
                left.add(backup)
        self._writer.write(lambda each: aside.put(each, aside.SWEEP, {})).result()
        return frozenset(left)

    def unfinished(self) -> bool:
        """Whether a crash came between an erasure and its :meth:`sweep`."""
        with self._vault.engine.begin() as connection:
            return bool(aside.look(connection, aside.SWEEP))

    def _backups(self) -> list[Path]:
        return sorted(self._vault.folder.glob(f"{BACKUPS}/*/{STORE_FILE}"))

    def _search(self, wanted: frozenset[str], left: frozenset[Path]) -> tuple[Searched, ...]:
        """Every file of the folder, each as what it is, and every temporary file of ours."""
        folder = self._vault.folder
        books = {folder / STORE_FILE, *self._backups()}
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        places = []
        for file in files:
            place = file.relative_to(folder).as_posix()
            if file in left:
                # Its tables may well be legible; what lies between them isn't.
                places.append(Searched(place, 0, readable=False))
            elif file in books:
                places.append(search_book(file, self._vault.data_key, wanted, place))
            elif file.name == KEY_FILE:
                places.append(search_key(file, wanted, place))
            else:
                places.append(search_file(file, wanted, place))
        for file, place in temporary_files():
            searched = search_file(file, wanted, place)
            # They come and go.
            if searched.readable or file.exists():
                places.append(searched)
        return tuple(places)


_KEPT = select(
    tables.prospect.c.id,
    tables.prospect.c.name,
    tables.prospect.c.changed,
    tables.keeping.c.until,
    tables.keeping.c.kept_on,
).join(tables.keeping, tables.keeping.c.prospect_id == tables.prospect.c.id)


def _kept(row: AnyRow, today: dt.date, years: int) -> Kept:
    keeping = Keeping(row.until, row.kept_on)
    return kept(row.id, row.name, keeping, row.changed.date(), today, years)


def identify(connection: Connection, prospect_id: int) -> None:
    """Give a new prospect what tells them from every other one, drawn by lot: it says nothing."""
    values = {"prospect_id": prospect_id, "uid": secrets.token_hex(16)}
    connection.execute(insert(tables.keeping).values(values))


def _keeping(connection: Connection, prospect_id: int) -> Keeping:
    table = tables.keeping
    mine = select(table.c.until, table.c.kept_on).where(table.c.prospect_id == prospect_id)
    row = connection.execute(mine).one_or_none()
    if row is None:
        raise KeyError(prospect_id)
    return Keeping(row.until, row.kept_on)


def _whole(connection: Connection, row: AnyRow) -> PersonAssessment:
    log = parts(connection, tables.event, row.id)
    return PersonAssessment(
        assessment=assessment_of(connection, row),
        started_at=row.started_at,
        finished=row.finished,
        position=row.position,
        summary=rows.summary_of(row),
        form_token=token_of(connection, row.id) or "",
        history=tuple(Logged(entry.at, rows.event_of(entry)) for entry in log),
    )
