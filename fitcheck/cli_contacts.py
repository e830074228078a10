"""``fitcheck import`` of vCards and of tables of contacts.

Whoever is surely in the book already is merged, which fills gaps and overwrites nothing; everybody
else is added. What the window asks about, ``--together`` and ``--map`` say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.contact_words import text_of
from fitcheck.contacts import Said, is_cards
from fitcheck.domain.contact import Contacts
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.contact_columns import Column
from fitcheck.exchange.contact_table import Table, read_table
from fitcheck.exchange.contacts_csv import contacts_in, proposal
from fitcheck.exchange.vcard import read_vcards


@dataclass(frozen=True)
class Wishes:
    """What was said on the command line."""

    dry: bool = False
    together: bool = False
    mapped: tuple[str, ...] = field(default=(), repr=False)
    said: Said = field(default_factory=Said)


def import_contacts(folder: Path, data: bytes, name: str, wishes: Wishes) -> str:
    """Take contacts into the book, or only find out what would come of it; the list of all.

    Raises :class:`fitcheck.errors.FitCheckError`, having changed nothing.
    """
    contacts = _contacts(data, name, wishes.mapped)
    fitcheck = opened(folder)
    try:
        plan = fitcheck.contacts.plan(contacts)
        choices = plan.boldly if wishes.together else plan.proposed
        if wishes.dry:
            return text_of(fitcheck.contacts.outlook(plan, choices))
        return text_of(fitcheck.contacts.take(plan, choices, wishes.said))
    finally:
        fitcheck.close()


def _contacts(data: bytes, name: str, mapped: Sequence[str]) -> Contacts:
    if is_cards(data, name):
        if mapped:
            raise InvalidInput([Fault("--map", "expected only for a table: this is a vCard")])
        return read_vcards(data)
    table = read_table(data)
    return contacts_in(table, _columns(table, mapped))


def _columns(table: Table, mapped: Sequence[str]) -> tuple[Column, ...]:
    """What each column is taken for: as proposed, but for those that are ``mapped``.

    A column goes by its heading, or by its number from 1.
    """
    columns = list(proposal(table))
    fields = {column.value: column for column in Column}
    faults = []
    for wish in mapped:
        name, is_pair, what = wish.rpartition("=")
        at = _index(table, name) if is_pair else None
        if at is None:
            there = ", ".join(heading for heading in table.headings if heading)
            faults.append(
                Fault(
                    f"--map {wish}",
                    f"expected COLUMN=FIELD, where COLUMN is a number up to {len(columns)}"
                    + (f" or one of: {there}" if there else ""),
                )
            )
        if what not in fields:
            faults.append(Fault(f"--map {wish}", f"expected a field: {', '.join(fields)}"))
        elif at is not None:
            columns[at] = fields[what]
    if faults:
        raise InvalidInput(faults)
    return tuple(columns)


def _index(table: Table, name: str) -> int | None:
    wanted = name.strip().casefold()
    for index, heading in enumerate(table.headings):
        if wanted and heading.casefold() == wanted:
            return index
    if wanted.isdecimal() and 1 <= int(wanted) <= len(table.headings):
        return int(wanted) - 1
    return None
