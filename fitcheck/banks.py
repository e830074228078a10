"""The banks of a book: those that are shipped, and the consultant's own.

An own bank comes as a file, which is kept as it is: under its id and version it never changes and
never goes, because past results rest on it (docs/decisions/0029-own-banks.md). Which one new
assessments begin with is a preference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fitcheck.domain.bank import Bank, Reference, parse_bank
from fitcheck.domain.bank_changes import BankChanges, bank_changes
from fitcheck.domain.book import StoredBank
from fitcheck.exchange.bank_file import written_bank
from fitcheck.exchange.bank_input import read_bank
from fitcheck.library import CURRENT_BANK, bank_text, load_bank, shipped_banks
from fitcheck.settings import Preferences
from fitcheck.store.book import Book


@dataclass(frozen=True)
class BankChoice:
    """A bank that new assessments can begin with; ``made_on`` is ``None`` for the shipped one."""

    bank: Bank
    made_on: dt.date | None


@dataclass(frozen=True)
class IncomingBank:
    """What a file would bring. ``there``: nothing new, since this very bank is in the book.

    ``changes`` is what it asks otherwise than the bank in force, ``since``.
    """

    bank: Bank
    text: str = field(repr=False)
    there: bool
    since: Reference
    changes: BankChanges


class Banks:
    """Every bank that this book knows, read when it is first asked for."""

    def __init__(
        self,
        book: Book,
        today: Callable[[], dt.date],
        preferences: Callable[[], Preferences],
        save_preferences: Callable[[Preferences], None],
    ) -> None:
        self._book = book
        self._today = today
        self._preferences = preferences
        self._save_preferences = save_preferences
        self._read: dict[Reference, StoredBank] | None = None
        self._parsed: dict[Reference, Bank] = {}

    def read_again(self) -> None:
        """Others may have been brought into the book."""
        self._read = None

    @property
    def _own(self) -> dict[Reference, StoredBank]:
        if self._read is None:
            self._read = {stored.reference: stored for stored in self._book.banks.all()}
        return self._read

    def find(self, reference: Reference) -> Bank:
        """The bank of that id and version, shipped or own; raises ``KeyError`` for any other."""
        if reference not in self._parsed:
            if reference not in self._own:
                return load_bank(reference)
            self._parsed[reference] = parse_bank(self._own[reference].text)
        return self._parsed[reference]

    def all(self) -> tuple[Bank, ...]:
        """Every bank and every version."""
        return tuple(map(self.find, (*shipped_banks(), *self._own)))

    # What new assessments begin with

    @property
    def choices(self) -> tuple[BankChoice, ...]:
        """The shipped bank, and every own one in the order in which they came."""
        own = (BankChoice(self.find(each.reference), each.made_on) for each in self._own.values())
        return (BankChoice(load_bank(), None), *own)

    @property
    def in_force(self) -> Bank:
        """The bank that new assessments begin with: the one that was chosen, or the shipped one."""
        chosen = self._preferences().own_bank
        found = (reference for reference in self._own if str(reference) == chosen)
        return self.find(next(found, CURRENT_BANK))

    def use(self, reference: Reference) -> None:
        """Begin new assessments with this bank; what there is stays as it is."""
        preferences = self._preferences()
        name = str(reference) if reference in self._own else ""
        if preferences.own_bank != name:
            self._save_preferences(replace(preferences, own_bank=name))

    # Out as a file, and in again

    def exported(self, reference: Reference) -> str:
        """The file of a bank as it is kept, below the lines that say how to edit it."""
        own = self._own.get(reference)
        return written_bank(bank_text(reference) if own is None else own.text)

    def look_at(self, data: bytes, file: str) -> IncomingBank:
        """What a file brings; nothing is taken. ``file`` is how its faults name it.

        Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its line.
        """
        read = read_bank(data, file, self.find)
        bank, now = read.bank, self.in_force
        there = bank.reference in (*shipped_banks(), *self._own)
        return IncomingBank(bank, read.text, there, now.reference, bank_changes(now, bank))

    def take(self, incoming: IncomingBank) -> Bank:
        """Keep what :meth:`look_at` found; returns once it is safely written."""
        if not incoming.there:
            reference = incoming.bank.reference
            stored = StoredBank(reference, incoming.text, self._today())
            self._book.banks.add(stored).result()
            self._read = None
        return self.find(incoming.bank.reference)
