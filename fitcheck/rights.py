"""The rights of a person who is in the book: to be told all of it, and to be forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from fitcheck.domain.erasure import Erasure
from fitcheck.domain.person import Person
from fitcheck.log import Event, note
from fitcheck.store.book import Book


class Rights:
    """An id that names no prospect raises ``KeyError``.

    ``take_answers`` takes up what was answered while the book was closed.
    """

    def __init__(
        self, book: Book, today: Callable[[], dt.date], take_answers: Callable[[], object]
    ) -> None:
        self._book = book
        self._today = today
        self._take_answers = take_answers

    def person(self, prospect_id: int) -> Person:
        """Everything that the book holds about a prospect, to be given to them."""
        self._book.settle()  # or the last answers might be missing
        return self._book.people.person(prospect_id, self._today())

    def keep_until(self, prospect_id: int, until: dt.date | None) -> None:
        """Keep a prospect until a day of their own; ``None`` for the usual one."""
        keeping = self._book.people.keeping(prospect_id)
        self._book.people.keep(prospect_id, replace(keeping, until=until)).result()

    def still_keep(self, prospect_id: int) -> None:
        """Note that a prospect is still to be kept, so as to be asked again in a year."""
        keeping = self._book.people.keeping(prospect_id)
        self._book.people.keep(prospect_id, replace(keeping, kept_on=self._today())).result()

    def to_be_asked(self) -> tuple[int, ...]:
        """The prospects of whom to ask whether they are still to be kept; goes through all."""
        return self._book.people.to_be_asked(self._today())

    def erase(self, prospect_id: int) -> Erasure:
        """Erase a prospect, from the backups too; what shows that nothing is left.

        There is no way back, and it takes a while. No interview of theirs may be open: what it
        is still writing is written first, what it would write later is refused.
        """
        self._take_answers()  # or sealed answers of theirs would be left with nobody to go to
        self._book.settle()
        erasure = self._book.people.erase(prospect_id, self._today())
        note(Event.ERASED)
        return erasure

    def finish_erasing(self) -> None:
        """Finish an erasure that a crash or a full disk cut short; for idle time."""
        if self._book.people.unfinished():
            self._book.people.sweep()
