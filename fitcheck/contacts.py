"""Contacts of other programs into the book: looked at first, taken in one go, and taken back.

A file is a vCard or a table (CSV); which of them, its content says. Of somebody who has several
addresses or numbers the first goes where a prospect has room for one, the others into the notes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from fitcheck import suffixes
from fitcheck.domain.arrivals import Arrival, Choice, Handling, Intake, arrivals, intake
from fitcheck.domain.arrived import Addition, Unkept, further, unkept
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Contacts, Found, Left, as_prospect, left_whole
from fitcheck.domain.duplicates import acquaintances
from fitcheck.domain.period import planned
from fitcheck.errors import FitCheckError, InvalidInput
from fitcheck.exchange.contact_columns import Column
from fitcheck.exchange.contact_table import read_table
from fitcheck.exchange.contacts_csv import proposal
from fitcheck.exchange.vcard import is_vcard
from fitcheck.i18n import _
from fitcheck.store import intakes
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from fitcheck.store.intakes import Moved, Rewriting, Rewritten, TakenBack, Written

VCARD_SUFFIXES = suffixes.VCARDS
TABLE_SUFFIXES = suffixes.TABLES

Report = Callable[[float], None]
"""Told how much is done, 0 to 1; what it raises ends the operation, with nothing changed."""

_PERSONAL = {Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME, Column.EMAIL}
_BEGINNING = 64 * 1024
_ONE = 1
"""As many contacts are taken without a backup: they can be taken back by hand."""


def quietly(_done: float) -> None:
    """Tell nobody."""


def is_contacts(data: bytes, name: str = "") -> bool:
    """Whether a file holds contacts: vCards, or a table with columns that name people.

    ``name`` is that of the file, for what its content leaves open.
    """
    if is_vcard(data):
        return True
    if data.lstrip()[:1] in (b"{", b"[", b"%"):
        return False
    lowered = name.lower()
    if lowered.endswith((*VCARD_SUFFIXES, *TABLE_SUFFIXES)):
        return True
    try:
        table = read_table(_whole_lines(data))
    except InvalidInput:
        return False
    columns = [column for column in proposal(table) if column is not Column.LEFT_OUT]
    return bool(any(table.headings) and len(columns) > 1 and _PERSONAL & {*columns})


def is_cards(data: bytes, name: str = "") -> bool:
    """Whether contacts are vCards rather than a table."""
    return is_vcard(data) or name.lower().endswith(VCARD_SUFFIXES)


def _whole_lines(data: bytes) -> bytes:
    """The beginning of a file, as far as its lines are whole."""
    if len(data) <= _BEGINNING:
        return data
    beginning = data[:_BEGINNING]
    return beginning[: beginning.rfind(b"\n") + 1] or beginning


@dataclass(frozen=True)
class Plan:
    """What a file holds, and for each contact whom it may be and what is proposed.

    ``book`` are the prospects whom any of them may be, as they stand now.
    """

    contacts: Contacts
    arrivals: tuple[Arrival, ...]
    book: Mapping[int, Prospect] = field(repr=False)

    @property
    def proposed(self) -> tuple[Choice, ...]:
        """What is proposed for each."""
        return tuple(each.proposed for each in self.arrivals)

    @property
    def boldly(self) -> tuple[Choice, ...]:
        """The same, but whoever may be somebody of the book is taken for them."""
        return tuple(
            Choice(Handling.MERGE, each.in_book[0].key) if each.in_book else each.proposed
            for each in self.arrivals
        )

    def comes_to(self, choices: Sequence[Choice]) -> Intake:
        """What choices, one for each contact, come to."""
        return intake(self.contacts.found, choices, self.book)


@dataclass(frozen=True)
class Said:
    """What is said of all who are added: through whom or what they come, and tags."""

    source: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)


GAINED = ("notes", "tags", "links")
"""What is known of somebody can grow by."""


@dataclass(frozen=True)
class Taken:
    """What came of a file: everybody of it is in ``intake``, or among what is in ``left``.

    ``left_out`` are those that the choices leave, ``unkept`` fields in which ours stays,
    ``too_long`` notes for which there was no room, with whose they are. ``gained`` says what else
    is known of those merged than before, by their ids: :data:`GAINED`.
    """

    intake: Intake
    left_out: tuple[Found, ...]
    left: tuple[Left, ...]
    unkept: tuple[Unkept, ...] = ()
    too_long: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    gained: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """How many contacts became prospects of their own."""
        return len(self.intake.added)

    @property
    def merged(self) -> int:
        """How many were merged into a prospect, or with another contact of the file."""
        joined = sum(len(each.contacts) - 1 for each in self.intake.added)
        return joined + sum(len(each.contacts) for each in self.intake.changed)

    @property
    def not_taken(self) -> int:
        """How many were left by a choice, or because they can't be taken."""
        return len(self.left_out) + left_whole(self.left)


class PlanOutdated(FitCheckError):  # noqa: N818 - it is the plan that is
    """The book is no longer what was looked at."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody with whom a contact was to be merged has changed since you looked. "
                "Nothing was taken; look at it again."
            )
        )


class ContactsIn:
    """Brings contacts in. The last import can be taken back until the book is closed."""

    def __init__(self, book: Book, today: Callable[[], dt.date]) -> None:
        self._book = book
        self._today = today
        self._last: Written | None = None

    def plan(self, contacts: Contacts, report: Report = quietly) -> Plan:
        """Find out whom of the book each contact may be; nothing is taken."""
        report(0.0)
        with self._book.vault.engine.begin() as connection:
            prospects = dict(intakes.everybody(connection))
        report(0.3)
        known = acquaintances(prospects.items())
        report(0.6)
        coming = arrivals(contacts.found, known)
        report(1.0)
        there = {match.key for each in coming for match in each.in_book}
        return Plan(contacts, coming, {id_: prospects[id_] for id_ in sorted(there)})

    def outlook(self, plan: Plan, choices: Sequence[Choice]) -> Taken:
        """What :meth:`take` would do; nothing is taken."""
        return _taken(plan, plan.comes_to(choices))

    def take(
        self,
        plan: Plan,
        choices: Sequence[Choice],
        said: Said = Said(),
        report: Report = quietly,
    ) -> Taken:
        """Write all that the choices come to, or nothing. A backup is made first.

        Raises :class:`PlanOutdated`, what ``report`` raises, or a
        :class:`fitcheck.store.errors.StoreError`, with the book as it was.
        """
        result = plan.comes_to(choices)
        if len(result.added) + len(result.changed) > _ONE:
            self._book.backups.make(Reason.IMPORT, progress=lambda done: report(done / 2))
        added = [
            (prospect, addition(prospect, each.contacts, said))
            for each in result.added
            for prospect in (as_prospect(each.contact),)
        ]
        of_all = replace(said, source="")  # they were here before they came with this file
        changed = {
            each.id: Rewriting(each.before, each.after, addition(each.after, each.contacts, of_all))
            for each in result.changed
        }
        opening = planned(self._today())

        def work(connection: Connection) -> Written:
            now = self._book.now()
            done = intakes.write(
                connection, added, changed, opening, now, lambda done: report(0.5 + done / 2)
            )
            report(1.0)  # the last moment to call it off
            return done

        try:
            written = self._book.between_writes(work).result()
        except Moved:
            raise PlanOutdated from None
        if written.changes:
            self._last = written
        gained = {id_: _gained(each) for id_, each in written.changed.items()}
        return replace(_taken(plan, result), too_long=tuple(written.unkept), gained=gained)

    # The last import

    @property
    def can_take_back(self) -> bool:
        """Whether there is an import to take back."""
        return self._last is not None

    def take_back(self, report: Report = quietly) -> TakenBack:
        """Take the last import back, in one go; who was worked with since stays as they are now.

        Raises ``LookupError`` where there is none.
        """
        if self._last is None:
            raise LookupError("nothing was imported")
        last = self._last

        def work(connection: Connection) -> TakenBack:
            done = intakes.take_back(connection, last, report)
            report(1.0)
            return done

        done = self._book.between_writes(work).result()
        self._last = None
        return done

    def forget(self, prospect_id: int) -> None:
        """Keep nothing in mind of somebody who is being erased."""
        if self._last is not None:
            added, changed = dict(self._last.added), dict(self._last.changed)
            added.pop(prospect_id, None)
            changed.pop(prospect_id, None)
            last = replace(self._last, added=added, changed=changed, unkept=())
            self._last = last if added or changed else None


def _taken(plan: Plan, result: Intake) -> Taken:
    out = {*result.left}
    left_out = tuple(each for each in plan.contacts.found if each.place in out)
    return Taken(result, left_out, plan.contacts.left, tuple(unkept(result)))


def _gained(each: Rewritten) -> tuple[str, ...]:
    before, after = each.before.about, each.after.about
    return tuple(name for name in GAINED if getattr(before, name) != getattr(after, name))


def addition(prospect: Prospect, contacts: Iterable[Contact], said: Said) -> Addition:
    """What is added to what is known of a prospect whom these contacts become a part of."""
    contacts = tuple(contacts)
    emails, phones = further(prospect, contacts)
    notes = [
        *(each.note for each in contacts if each.note),
        *(_("E-mail: {email}").format(email=email) for email in emails),
        *(_("Phone: {phone}").format(phone=phone) for phone in phones),
    ]
    return Addition(
        notes=tuple(dict.fromkeys(notes)),
        links=tuple(link for each in contacts for link in each.links),
        tags=(*(tag for each in contacts for tag in each.tags), *said.tags),
        source=said.source,
    )
