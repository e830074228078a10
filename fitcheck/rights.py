"""The rights of a person who is in the book: to be told all of it, and to be forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from fitcheck.domain.bank import Bank, Reference
from fitcheck.domain.erasure import Erasure
from fitcheck.domain.keeping import MOST_YEARS, Kept, kept_until
from fitcheck.domain.person import Person
from fitcheck.domain.policy import Policy
from fitcheck.domain.private_texts import PrivateText
from fitcheck.domain.report import PersonFile
from fitcheck.library import load_rules
from fitcheck.log import Event, note
from fitcheck.settings import Preferences
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book


class Rights:
    """An id that names no prospect raises ``KeyError``.

    ``take_answers`` takes up what was answered while the book was closed.
    """

    def __init__(
        self,
        book: Book,
        today: Callable[[], dt.date],
        take_answers: Callable[[], object],
        preferences: Callable[[], Preferences],
        find_policy: Callable[[Reference], Policy],
        find_bank: Callable[[Reference], Bank],
    ) -> None:
        self._book = book
        self._today = today
        self._take_answers = take_answers
        self._preferences = preferences
        self._find_policy = find_policy
        self._find_bank = find_bank

    def person(self, prospect_id: int) -> Person:
        """Everything that the book holds about a prospect, to be given to them."""
        self._book.settle()  # or the last answers might be missing
        return self._book.people.person(prospect_id, self._today())

    def person_file(self, prospect_id: int) -> PersonFile:
        """The same as a document that is given to them."""
        person, years = self.person(prospect_id), self.years
        of_each = (each.assessment for each in person.assessments)
        return PersonFile(
            profile=self._preferences().profile,
            person=person,
            rules=tuple(load_rules(of, self._find_policy, self._find_bank) for of in of_each),
            kept_until=kept_until(person.keeping, person.changed.date(), years),
            years=years,
        )

    def private_beside(self, prospect_id: int) -> tuple[PrivateText, ...]:
        """What of a prospect no document for them may repeat, beside what an assessment says."""
        return self._book.people.private_beside(prospect_id)

    @property
    def years(self) -> int:
        """How many years after the last change a person is usually kept."""
        return min(max(1, self._preferences().keep_years), MOST_YEARS)

    def kept(self, prospect_id: int) -> Kept:
        """Until when a prospect is kept, and whether to ask about them today."""
        return self._book.people.kept(prospect_id, self._today(), self.years)

    def keep_until(self, prospect_id: int, until: dt.date | None) -> None:
        """Keep a prospect until a day of their own; ``None`` for the usual one."""
        keeping = self._book.people.keeping(prospect_id)
        self._book.people.keep(prospect_id, replace(keeping, until=until)).result()

    def still_keep(self, prospect_id: int) -> None:
        """Note that a prospect is still to be kept, so as to be asked again in a year."""
        keeping = self._book.people.keeping(prospect_id)
        self._book.people.keep(prospect_id, replace(keeping, kept_on=self._today())).result()

    def to_be_asked(self) -> tuple[Kept, ...]:
        """Those of whom to ask whether they are still to be kept, longest unchanged first."""
        return self._book.people.to_be_asked(self._today(), self.years)

    def erase(self, prospect_id: int) -> Erasure:
        """Erase a prospect, from the backups too; what shows that nothing is left.

        There is no way back, and it takes a while. No interview of theirs may be open: what it
        is still writing is written first, what it would write later is refused. A backup is made
        before, for everybody else's sake: like every other one it forgets this prospect, too.
        Raises a :class:`fitcheck.store.errors.StoreError`; unless the deletion itself had been
        reached, nothing was erased then.
        """
        self._book.prospect(prospect_id)
        self._take_answers()  # or sealed answers of theirs would be left with nobody to go to
        self._book.backups.make(Reason.ERASURE)
        with self._book.backups.kept_still():
            erasure = self._book.people.erase(prospect_id, self._today())
        note(Event.ERASED)
        return erasure

    def finish_erasing(self) -> None:
        """Finish an erasure that a crash or a full disk cut short; for idle time."""
        if self._book.people.unfinished():
            with self._book.backups.kept_still():
                self._book.people.sweep()
