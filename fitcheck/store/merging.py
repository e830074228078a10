"""A whole book's file into this book: what becomes of each record, and doing it.

The same walk finds out what would come of it and does it, so that the two can't differ; it looks at
the book as it was before the first record. Nothing that is here goes: what differs stays as it is
here, or theirs is put beside it, unless somebody chose otherwise.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from fitcheck.domain.incoming_book import (
    Assessments,
    Choices,
    Difference,
    IncomingBook,
    IncomingProspect,
    Standing,
)
from fitcheck.domain.whole_book import (
    BookAssessment,
    BookBank,
    BookColleague,
    BookContact,
    BookErased,
    BookEvent,
    BookHead,
    BookHistory,
    BookPolicy,
    BookPreferences,
    BookProspect,
    Record,
)
from fitcheck.exchange.book_steps import period_of
from fitcheck.exchange.typed_json import write as written
from fitcheck.store import rows, tables
from fitcheck.store.ids import fresh_id
from fitcheck.store.knowing import contact_values, known, written_contact, written_steps
from fitcheck.store.merging_own import OwnThings
from fitcheck.store.merging_years import MergingYears
from fitcheck.store.periods import bring_up_to_date, take_step
from fitcheck.store.periods import period_of as period_here
from fitcheck.store.same_assessment import Same, Whole, compare, content, uid_beside
from fitcheck.store.whole_book import (
    CONTACT,
    add_events,
    add_parts,
    assessment_record,
    assessment_values,
    uids_of_assessments,
)


@dataclass
class _InHand:
    """The prospect whose assessments are being read. ``id_`` is ``None`` where they are left out,
    or new and nothing is written."""

    line: IncomingProspect
    record: BookProspect
    id_: int | None


class Merging:
    """Takes the records one after the other; :meth:`end` says what came of them.

    Without ``writing`` nothing is changed. ``now`` is when it happens.
    """

    def __init__(
        self, connection: Connection, choices: Choices, now: dt.datetime, *, writing: bool
    ) -> None:
        self._connection = connection
        self._choices = choices
        self._now = now
        self._writing = writing
        self._known = known(connection)
        self._own = OwnThings(connection, choices, writing=writing)
        self._years = MergingYears(connection, choices, self._own, writing=writing)
        self._made_at = now
        self._lines: list[IncomingProspect] = []
        self._in_hand: _InHand | None = None
        self._assessment: BookAssessment | None = None
        self._events: list[BookEvent] = []
        self._touched: set[int] = set()
        self._contacts: dict[int, BookContact] = {}
        self._kept_here: dict[int, tuple[dt.date | None, dt.date | None]] = {}
        self._erased_there: list[str] = []

    def take(self, record: Record) -> None:
        """Do with a record what is to be done with it."""
        match record:
            case BookHead():
                self._made_at = record.made_at
            case BookBank():
                self._own.bank(record)
            case BookPolicy():
                self._own.policy(record)
            case BookColleague():
                self._own.colleague(record)
            case BookPreferences():
                self._own.preferences(record)
            case BookErased():
                self._erased(record)
            case BookProspect():
                self._end_prospect()
                self._prospect(record)
            case BookAssessment():
                self._end_assessment()
                self._assessment = record
            case BookHistory():
                self._events += record.events
            case _:
                pass

    def end(self) -> IncomingBook:
        """All that came of it.

        Raises :class:`fitcheck.errors.InvalidInput` where a bank has the name of another one here.
        """
        self._end_prospect()
        self._own.end()
        return IncomingBook(
            self._made_at,
            tuple(self._lines),
            self._own.banks,
            self._own.policies,
            self._own.colleagues,
            tuple(self._own.filled),
            tuple(self._own.differences),
            tuple(self._erased_there),
        )

    # Who was erased there

    def _erased(self, record: BookErased) -> None:
        here = self._known.prospects.get(record.uid)
        if here is not None:
            table = tables.prospect
            name = select(table.c.name).where(table.c.id == here)
            self._erased_there.append(self._connection.execute(name).scalar_one())
        elif self._writing:
            adding = upsert(tables.erased).on_conflict_do_nothing()
            self._connection.execute(adding, {"uid": record.uid, "day": record.day})

    # A prospect

    def _prospect(self, record: BookProspect) -> None:
        key = record.uids[0]
        standing, here = self._recognised(record)
        together = standing is Standing.KNOWN or (
            standing is Standing.PROBABLY and key in self._choices.together
        )
        contact = record.contact
        line = IncomingProspect(
            key,
            contact.name,
            contact.organisation,
            standing,
            "" if here is None else self._contact(here).name,
            taken=standing is not Standing.ERASED or key in self._choices.back,
            together=together,
            assessments=Assessments(),
        )
        if not line.taken:
            self._in_hand = _InHand(line, record, None)
        elif line.together and here is not None:
            self._in_hand = _InHand(self._met(line, record, here), record, here)
        else:
            self._in_hand = _InHand(line, record, self._add(record) if self._writing else None)

    def _recognised(self, record: BookProspect) -> tuple[Standing, int | None]:
        known = self._known
        for uid in record.uids:
            if uid in known.prospects:
                return Standing.KNOWN, known.prospects[uid]
        for uid in record.assessments:
            if uid in known.assessments:
                return Standing.KNOWN, known.assessments[uid][1]
        if known.erased.intersection(record.uids):
            return Standing.ERASED, None
        email, name = (
            rows.fold(record.contact.email.strip()),
            rows.fold(record.contact.name.strip()),
        )
        found = known.emails.get(email) if email else None
        found = known.names.get(name) if found is None else found
        return (Standing.NEW, None) if found is None else (Standing.PROBABLY, found)

    def _contact(self, id_: int) -> BookContact:
        """As it was before the first record, whoever else of the file is taken for them."""
        if id_ not in self._contacts:
            table = tables.prospect
            columns = (table.c[name] for name in CONTACT)
            row = self._connection.execute(select(*columns).where(table.c.id == id_)).one()
            self._contacts[id_] = BookContact(**row._asdict())
        return self._contacts[id_]

    def _add(self, record: BookProspect) -> int:
        """Somebody new, with what tells them from everybody else."""
        table = tables.prospect
        values = {
            **contact_values(record.contact),
            "changed": record.changed,
            "phase": rows.phase_of(None).value,
            "id": fresh_id(table),
        }
        adding = insert(table).values(values).returning(table.c.id)
        id_ = int(self._connection.execute(adding).scalar_one())
        # Who comes back after an erasure is somebody new: what was erased stays erased.
        uids = [uid for uid in record.uids if uid not in self._known.erased]
        own, *others = uids or [secrets.token_hex(16)]
        self._connection.execute(
            insert(tables.keeping).values(
                prospect_id=id_, uid=own, until=record.kept_until, kept_on=record.kept_on
            )
        )
        self._know(id_, others)
        for step in period_of(record.period).steps:
            take_step(self._connection, id_, step)
        self._years.add(id_, record)
        return id_

    def _know(self, id_: int, uids: Iterable[str]) -> None:
        adding = upsert(tables.known_as).on_conflict_do_nothing()
        values = [{"uid": uid, "prospect_id": id_} for uid in uids]
        if values:
            self._connection.execute(adding, values)

    # Somebody who is here already

    def _met(self, line: IncomingProspect, record: BookProspect, here: int) -> IncomingProspect:
        again = here in self._touched
        self._touched.add(here)
        before, there = self._contact(here), record.contact
        after, filled, differences = before, [], []
        for name in CONTACT:
            ours, theirs = getattr(written_contact(before), name), getattr(there, name)
            key = f"{line.key}.{name}"
            if ours == theirs or not theirs:
                continue
            if not ours:
                filled.append(name)
            else:
                differences.append(Difference(key, before.name, name, ours, theirs))
            if not ours or key in self._choices.theirs:
                after = replace(after, **{name: theirs})
        steps, differ, common = (0, False, 0) if again else self._dates(record, here)
        kept = self._kept(record, here)
        met = self._years.meet(here, line.key, before.name, record, common)
        line = replace(
            line,
            filled=(*filled, *met.filled),
            differences=(*differences, *met.differences),
            years=met.years,
            steps=steps,
            dates_differ=differ,
            kept_differs=kept,
        )
        if self._writing:
            fresh = [uid for uid in record.uids if uid not in self._known.prospects]
            self._know(here, [uid for uid in fresh if uid not in self._known.erased])
            if after != before:
                table = tables.prospect
                change = update(table).where(table.c.id == here)
                self._connection.execute(change.values(contact_values(after)))
            if after != before or line.changed:
                bring_up_to_date(self._connection, here, self._now)
        return line

    def _dates(self, record: BookProspect, here: int) -> tuple[int, bool, int]:
        """How many steps were taken over, or that the two went on apart from each other; and how
        many of theirs are now here, too."""
        ours, theirs = period_here(self._connection, here).steps, period_of(record.period).steps
        ours = tuple(written_steps(ours))
        if ours[: len(theirs)] == theirs:
            return 0, False, len(theirs)
        if theirs[: len(ours)] != ours:
            return 0, True, next(at for at, step in enumerate(ours) if step != theirs[at])
        fresh = theirs[len(ours) :]
        if self._writing:
            for step in fresh:
                take_step(self._connection, here, step)
        return len(fresh), False, len(theirs)

    def _kept(self, record: BookProspect, here: int) -> bool:
        """A day of their own until which they are kept is taken over where there is none here."""
        table = tables.keeping
        if here not in self._kept_here:
            mine = select(table.c.until, table.c.kept_on).where(table.c.prospect_id == here)
            row = self._connection.execute(mine).one()
            self._kept_here[here] = (row.until, row.kept_on)
        before = self._kept_here[here]
        days = [day for day in (before[1], record.kept_on) if day is not None]
        until, kept_on = before[0] or record.kept_until, max(days, default=None)
        if (until, kept_on) == before:
            return False
        if self._writing:
            change = update(table).where(table.c.prospect_id == here)
            self._connection.execute(change.values(until=until, kept_on=kept_on))
        return True

    def _end_prospect(self) -> None:
        self._end_assessment()
        in_hand, self._in_hand = self._in_hand, None
        if in_hand is None:
            return
        self._lines.append(in_hand.line)
        if self._writing and in_hand.id_ is not None and in_hand.line.added:
            bring_up_to_date(self._connection, in_hand.id_, in_hand.record.changed)

    # An assessment with its history

    def _end_assessment(self) -> None:
        record, self._assessment = self._assessment, None
        events, self._events = tuple(self._events), []
        in_hand = self._in_hand
        if record is None or in_hand is None or not in_hand.line.taken:
            return
        record = replace(record, policy=self._own.renamed(record.policy))
        counts = in_hand.line.assessments
        name = self._take_assessment(in_hand, (record, events))
        counts = replace(counts, **{name: getattr(counts, name) + 1})
        in_hand.line = replace(in_hand.line, assessments=counts)

    def _take_assessment(self, in_hand: _InHand, there: Whole) -> str:
        """What became of an assessment: the name of a count of :class:`Assessments`."""
        record, events = there
        found = self._known.assessments.get(record.uid)
        if found is None:
            if in_hand.id_ is not None and in_hand.line.together and self._twin(in_hand.id_, there):
                return "same"
            self._add_assessment(in_hand.id_, there, record.uid)
            return "new"
        id_, owner = found
        here = assessment_record(self._connection, id_, record.uid)
        same = compare(here, there)
        if same is Same.AHEAD:
            self._go_on(id_, owner, record, events[len(here[1]) :])
        elif same is Same.BESIDE:
            beside = uid_beside(there)
            if beside in self._known.assessments:
                return "same"
            self._add_assessment(owner if self._writing else None, there, beside)
            if self._writing:
                bring_up_to_date(self._connection, owner, self._now)
        return same.value

    def _twin(self, prospect_id: int, there: Whole) -> bool:
        """Whether the prospect has one that says the same, which came here some other way."""
        said, log = content(there[0]), written(there[1])
        return any(
            content(record) == said and written(events) == log
            for record, events in self._assessments_here(prospect_id)
        )

    def _assessments_here(self, prospect_id: int) -> Iterator[Whole]:
        for id_, uid in uids_of_assessments(self._connection, prospect_id).items():
            if uid in self._known.assessments:
                yield assessment_record(self._connection, id_, uid)

    def _add_assessment(self, prospect_id: int | None, there: Whole, uid: str) -> None:
        if not self._writing or prospect_id is None:
            return
        record, events = there
        table = tables.assessment
        own_row = {"prospect_id": prospect_id, "id": fresh_id(table)}
        values = {**assessment_values(record), **own_row}
        adding = insert(table).values(values).returning(table.c.id)
        id_ = int(self._connection.execute(adding).scalar_one())
        own = update(tables.assessment_uid).where(tables.assessment_uid.c.assessment_id == id_)
        self._connection.execute(own.values(uid=uid))
        add_parts(self._connection, id_, record)
        add_events(self._connection, id_, events)
        if record.form_token and record.form_token not in self._known.tokens:
            values = {"token": record.form_token, "assessment_id": id_}
            self._connection.execute(insert(tables.form_sheet).values(values))
        in_hand = self._in_hand
        if in_hand is not None and in_hand.line.together:
            bring_up_to_date(self._connection, prospect_id, self._now)

    def _go_on(
        self, id_: int, owner: int, record: BookAssessment, fresh: tuple[BookEvent, ...]
    ) -> None:
        """Bring the assessment here up to date with the one that goes on where it stops."""
        if not self._writing:
            return
        table = tables.assessment
        change = update(table).where(table.c.id == id_)
        self._connection.execute(change.values(assessment_values(record)))
        for each in (tables.answer, tables.deal_breaker, tables.field):
            self._connection.execute(delete(each).where(each.c.assessment_id == id_))
        add_parts(self._connection, id_, record)
        add_events(self._connection, id_, fresh)
        bring_up_to_date(self._connection, owner, self._now)
