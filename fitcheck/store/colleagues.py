"""The consultant's own book of colleagues to refer to (I6).

How one goes, and what becomes of the referrals: :mod:`fitcheck.store.referrals`.
"""

from __future__ import annotations

from concurrent.futures import Future

from sqlalchemy import Connection, insert, select, update

from fitcheck.domain.book import Colleague
from fitcheck.store import tables
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer

_COLUMNS = tuple(Colleague.__dataclass_fields__)


class Colleagues:
    """Each has an id; one that names nobody raises ``KeyError`` in the write's future."""

    def __init__(self, vault: Vault, writer: Writer) -> None:
        self._vault = vault
        self._writer = writer

    def all(self) -> dict[int, Colleague]:
        """Every colleague by id, in the order of their names."""
        table = tables.colleague
        with self._vault.engine.begin() as connection:
            found = connection.execute(select(table)).all()
        by_name = sorted(found, key=lambda row: (row.name.casefold(), row.id))
        return {
            row.id: Colleague(**{name: getattr(row, name) for name in _COLUMNS}) for row in by_name
        }

    def add(self, colleague: Colleague) -> Future[int]:
        def work(connection: Connection) -> int:
            adding = insert(tables.colleague).returning(tables.colleague.c.id)
            return int(connection.execute(adding, values_of(colleague)).scalar_one())

        return self._writer.write(work)

    def edit(self, colleague_id: int, colleague: Colleague) -> Future[None]:
        changing = update(tables.colleague).values(values_of(colleague))
        statement = changing.where(tables.colleague.c.id == colleague_id)

        def work(connection: Connection) -> None:
            if connection.execute(statement).rowcount == 0:
                raise KeyError(colleague_id)

        return self._writer.write(work)


def values_of(colleague: Colleague) -> dict[str, object]:
    """A colleague as the row that holds one."""
    return {name: getattr(colleague, name) for name in _COLUMNS}
