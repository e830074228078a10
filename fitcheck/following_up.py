"""Follow-ups (I25): planned, put off, done, suggested after a decision, and taken to a calendar.

Every change can be undone: it hands back what stood before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from fitcheck.domain.follow_up import (
    COMING_DAYS,
    Entry,
    FollowUp,
    Move,
    Offer,
    Purpose,
    Standing,
    days_later,
    outdated,
    suggested,
)
from fitcheck.domain.outcome import DAYS_UNTIL, Occasion
from fitcheck.domain.plan import Plan
from fitcheck.store.book import Book


@dataclass(frozen=True)
class Done:
    """A change that was made, with what stood before it; ``ids`` are what it was about."""

    ids: tuple[int, ...]
    before: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    added: tuple[int, ...] = ()


class FollowUps:
    """An id that names nothing raises ``KeyError``, a step that makes no sense ``ValueError``.

    Of several at once either all are changed, or none.
    """

    def __init__(self, book: Book, today: Callable[[], dt.date]) -> None:
        self._book = book
        self._store = book.follow_ups
        self._today = today

    # What there is

    def entry(self, follow_up_id: int) -> Entry:
        return self._store.entry(follow_up_id)

    def of_prospect(self, prospect_id: int) -> tuple[Entry, ...]:
        """All of a prospect's, what is done included, by their days."""
        return self._store.of_prospect(prospect_id)

    def page(self, after: Entry | None = None) -> tuple[Entry, ...]:
        """The next that are to be done, earliest first: those behind ``after``."""
        return self._store.page(after)

    def due(self, number: int) -> tuple[Entry, ...]:
        """The first few that were to be done by today."""
        return self._store.page(until=self._today(), size=number)

    def counts(self) -> dict[Standing, int]:
        """How many are to be done, by where they stand today."""
        return self._store.counts(self._today(), COMING_DAYS)

    def all_open(self) -> tuple[Entry, ...]:
        """Everything that is to be done, earliest first."""
        found: list[Entry] = []
        while page := self._store.page(found[-1] if found else None):
            found += page
        return tuple(found)

    # Changing it

    def add(
        self,
        prospect_id: int,
        on: dt.date,
        purpose: Purpose,
        reason: str = "",
        at: dt.time | None = None,
    ) -> Done:
        """Plan one more; a day that has passed makes no sense."""
        if on < self._today():
            raise ValueError("a follow-up is planned for today or later")
        follow_up = FollowUp(on, purpose, reason.strip(), at)
        added = self._store.add(prospect_id, [follow_up]).result()
        return Done(added, added=added)

    def edit(self, follow_up_id: int, purpose: Purpose, reason: str) -> Done:
        """Let it be for something else, or give another reason; its day is moved."""
        return self._changed(
            [follow_up_id], lambda each: replace(each, purpose=purpose, reason=reason.strip())
        )

    def move(
        self, ids: Collection[int], to: dt.date, at: dt.time | None = None, reason: str = ""
    ) -> Done:
        """Put these on another day; those that are on it already stay as they are."""
        move = Move(self._today(), to, at, reason.strip())
        return self._changed(
            ids, lambda each: each if (each.on, each.at) == (to, at) else each.moved(move)
        )

    def put_off(self, ids: Collection[int], by: Callable[[dt.date], dt.date]) -> Done:
        """Put each of these on the day that ``by`` makes of its own, or of today if that is later.

        A time stays what it was.
        """
        today = self._today()

        def moved(each: FollowUp) -> FollowUp:
            return each.moved(Move(today, by(max(each.on, today)), each.at))

        return self._changed(ids, moved)

    def done(self, ids: Collection[int]) -> Done:
        """Tick these off, as of today."""
        return self._changed(ids, lambda each: each.done(self._today()))

    def reopen(self, ids: Collection[int]) -> Done:
        """Let these be to be done again: for a slip."""
        return self._changed(ids, FollowUp.reopened)

    def remove(self, ids: Collection[int]) -> Done:
        """Take these away, as if they had never been planned."""
        removed = tuple(self._store.entry(id_) for id_ in ids)
        self._store.change({}, removed=[each.id for each in removed]).result()
        return Done(tuple(ids), removed=removed)

    def undo(self, done: Done) -> None:
        """Let everything be as it was before; ``KeyError`` where that is gone meanwhile."""
        self._store.change(
            {each.id: each.follow_up for each in done.before},
            removed=done.added,
            back=done.removed,
        ).result()

    def _changed(self, ids: Collection[int], change: Callable[[FollowUp], FollowUp]) -> Done:
        before = tuple(self._store.entry(id_) for id_ in ids)
        after = {each.id: change(each.follow_up) for each in before}
        self._store.change(after).result()
        return Done(tuple(ids), before)

    # After a decision

    def offer(self, prospect_id: int) -> Offer:
        """What to plan as it was decided, and what was suggested for another decision.

        The planned end of a phase that is open is kept with the phase, so it isn't suggested.
        """
        entries = self._store.of_prospect(prospect_id)
        planned = [each.follow_up for each in entries]
        period, plan = self._book.periods.period(prospect_id), self._plan(prospect_id)
        gone = {each.uid for each in outdated(period, plan, planned)}
        return Offer(
            tuple(
                each
                for each in suggested(period, plan, self._today(), planned)
                if each.purpose is not Purpose.PHASE_END
            ),
            tuple(each for each in entries if each.follow_up.uid in gone),
        )

    def take_up(self, prospect_id: int, offer: Offer) -> Done:
        """Plan what is suggested, and take away what no longer fits."""
        new = tuple(
            FollowUp(each.on, each.purpose, suggested_for=each.day) for each in offer.suggestions
        )
        removed = [each.id for each in offer.outdated]
        adding = {prospect_id: new} if new else {}
        added = self._store.change({}, removed=removed, adding=adding).result()
        return Done(added, removed=offer.outdated, added=added)

    def outcome_marked(self, prospect_id: int, occasion: Occasion) -> Done:
        """An outcome was marked: what was planned for that is done.

        A mark at the end says what the one at ninety days would have.
        """
        decision = self._book.periods.period(prospect_id).decision
        if decision is None:
            return self.done(())
        until = days_later(decision.on, DAYS_UNTIL[occasion])
        found = [
            each.id
            for each in self._store.of_prospect(prospect_id)
            if (follow_up := each.follow_up).done_on is None
            and follow_up.purpose is Purpose.MARK_OUTCOME
            and (follow_up.suggested_for or follow_up.on) <= until
        ]
        return self.done(found)

    # Into a calendar

    def calendar(
        self,
        entries: Iterable[Entry],
        zone: ZoneInfo | None,
        *,
        with_names: bool = False,
        with_reasons: bool = False,
    ) -> bytes:
        """These as a file that calendars take; see :func:`fitcheck.exchange.ics.write_ics`."""
        from fitcheck.exchange.ics import CalendarEntry, write_ics  # few starts need it

        found = (CalendarEntry(each.follow_up, each.name) for each in entries)
        now = self._book.now()
        return write_ics(found, now, zone, with_names=with_names, with_reasons=with_reasons)

    def _plan(self, prospect_id: int) -> Plan:
        """That of the newest assessment."""
        newest = self._book.assessments(prospect_id)[:1]
        return self._book.assessment(newest[0].id).plan if newest else Plan()
