"""The consultant's own banks: each version as its file says it, never edited and never deleted.

Past results rest on them (docs/decisions/0029-own-banks.md), so that triggers of the store refuse
both. A whole book's file takes them along (:func:`stored_banks`, :func:`put_bank`).
"""

from __future__ import annotations

from concurrent.futures import Future

from sqlalchemy import Connection, insert, select

from fitcheck.domain.bank import Reference
from fitcheck.domain.book import StoredBank
from fitcheck.store import tables
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer


class Banks:
    """Every version that was ever brought in, in the order in which that happened."""

    def __init__(self, vault: Vault, writer: Writer) -> None:
        self._vault = vault
        self._writer = writer

    def all(self) -> tuple[StoredBank, ...]:
        with self._vault.engine.begin() as connection:
            return stored_banks(connection)

    def add(self, bank: StoredBank) -> Future[None]:
        """Keep one more; one that there is under that id and version is never written over.

        It has to have passed the linter. That one is there already, the future raises.
        """
        return self._writer.write(lambda connection: put_bank(connection, bank))


def stored_banks(connection: Connection) -> tuple[StoredBank, ...]:
    """Every own bank, oldest first."""
    found = connection.execute(select(tables.bank).order_by(tables.bank.c.number))
    return tuple(StoredBank(Reference(row.id, row.version), row.text, row.made_on) for row in found)


def put_bank(connection: Connection, bank: StoredBank) -> None:
    """Add one after those that are there."""
    values = {
        "id": bank.reference.id,
        "version": bank.reference.version,
        "text": bank.text,
        "made_on": bank.made_on,
    }
    connection.execute(insert(tables.bank).values(values))
