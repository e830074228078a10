"""The consultant's book: prospects, assessments, preferences.

Reads run on the caller's thread, see one committed state each, and return frozen domain values.
Writes are queued for the one writer and return a future that is done when the disk has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql.dml import ReturningUpdate

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import StoredAssessment, StoredPolicy
from fitcheck.domain.history import Event
from fitcheck.domain.listed import AssessmentLine, Phase, ProspectLine, Summary
from fitcheck.domain.period import Opening
from fitcheck.saving import FREELY, Turn
from fitcheck.settings import Preferences
from fitcheck.store import adding, aside, lines, rows, tables
from fitcheck.store.abouts import Abouts
from fitcheck.store.applying import apply
from fitcheck.store.backup import Copy
from fitcheck.store.backups import Backups
from fitcheck.store.banks import Banks
from fitcheck.store.colleagues import Colleagues
from fitcheck.store.follow_ups import FollowUps
from fitcheck.store.form_sheets import FormSheets
from fitcheck.store.listing import ASSESSMENT_LINE, listed
from fitcheck.store.outcomes import Outcomes
from fitcheck.store.pages import Pages
from fitcheck.store.people import People
from fitcheck.store.periods import NEWEST_FIRST, Periods, bring_up_to_date
from fitcheck.store.preferences import preference_values, preferences_of
from fitcheck.store.quarters import Quarters
from fitcheck.store.reading import assessment_of, newest_event, one, parts
from fitcheck.store.referrals import Referrals
from fitcheck.store.restoring import Restored
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer

T = TypeVar("T")


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Book:
    """An open book; also the :class:`fitcheck.saving.Journal` of every interview.

    An id that names nothing raises ``KeyError``: from a read at once, from a write in its future.
    A failed read or write raises a :class:`fitcheck.store.errors.StoreError` where the user can
    mend it. ``now`` is injected so that tests own the clock.
    """

    def __init__(self, vault: Vault, now: Callable[[], dt.datetime] = _utc_now) -> None:
        self.vault = vault
        self._now = now
        self._writer = Writer(vault.engine, vault.check_presence)
        self.periods = Periods(vault, self._writer, now)
        self.colleagues = Colleagues(vault, self._writer)
        self.form_sheets = FormSheets(vault, self._writer)
        self.backups = Backups(vault, self.settle, now)
        self.people = People(vault, self._writer, now)
        self.pages = Pages(vault)
        self.abouts = Abouts(vault, self._writer, now)
        self.banks = Banks(vault, self._writer)
        self.outcomes = Outcomes(vault, self._writer, now)
        self.follow_ups = FollowUps(vault, self._writer, now)
        self.referrals = Referrals(vault, self._writer, now)
        self.quarters = Quarters(vault)

    @classmethod
    def open(cls, folder: Path, now: Callable[[], dt.datetime] = _utc_now) -> Book:
        """Open the unprotected book in ``folder``, making folder, key and book where there is none.

        Raises a :class:`fitcheck.store.errors.StoreError`, having changed nothing.
        """
        return cls(Vault.open(folder), now)

    def close(self) -> None:
        """Wait for everything that is being written, then let go of file and key. May be repeated.

        Afterwards nothing can be read or written: that raises ``RuntimeError``.
        """
        self._end_work()
        self.vault.close()

    def restore(self, copy: Copy) -> Restored:
        """What :meth:`Vault.restore` does, after everything that is being written; then close."""
        self._end_work()
        return self.vault.restore(copy, self._now())

    def _end_work(self) -> None:
        self.backups.close()  # first, since it waits for what is being written
        self._writer.close()

    def settle(self) -> None:
        """Wait until everything that was asked for so far has been written, or has failed."""
        self.go_on()
        # Whoever waits wants to read, which a disk that refuses to be written may still allow.
        self._writer.write(lambda _connection: None).exception()

    def hold_back(self) -> None:
        """What :meth:`fitcheck.store.writer.Writer.hold_back` does."""
        self._writer.hold_back()

    def go_on(self) -> None:
        """Begin with what was held back."""
        self._writer.go_on()

    def now(self) -> dt.datetime:
        """The book's own clock."""
        return self._now()

    def between_writes(self, work: Callable[[Connection], T]) -> Future[T]:
        """Do ``work`` in one transaction, between what was asked for before it and after it.

        Where it raises, nothing of it was written.
        """
        return self._writer.write(work)

    @property
    def _engine(self) -> Engine:
        return self.vault.engine

    # Preferences

    def preferences(self) -> Preferences:
        """What was saved; the default for whatever is missing or no longer valid."""
        with self._engine.begin() as connection:
            found = connection.execute(select(tables.preference))
            return preferences_of({row.key: row.value for row in found})

    def save_preferences(self, preferences: Preferences) -> Future[None]:
        def work(connection: Connection) -> None:
            saving = upsert(tables.preference)
            saving = saving.on_conflict_do_update(
                index_elements=["key"],
                set_={"value": saving.excluded.value},
                # Or moving the window would write the logo again.
                where=tables.preference.c.value != saving.excluded.value,
            )
            values = preference_values(preferences)
            connection.execute(saving, [{"key": k, "value": v} for k, v in values.items()])

        return self._writer.write(work)

    # Policies of the consultant's own

    def policies(self) -> tuple[StoredPolicy, ...]:
        """Every version that was ever saved, oldest first."""
        with self._engine.begin() as connection:
            found = connection.execute(select(tables.policy).order_by(tables.policy.c.number))
            return tuple(map(rows.policy_of, found))

    def add_policy(self, policy: StoredPolicy) -> Future[None]:
        """Keep one more version; one that there is already is never written over."""

        def work(connection: Connection) -> None:
            connection.execute(insert(tables.policy).values(rows.policy_values(policy)))

        return self._writer.write(work)

    # What lies beside the preferences

    def save_drafts(self, drafts: Mapping[str, str]) -> Future[None]:
        """Keep these texts, and no earlier ones, until :meth:`take_drafts`."""
        return self._writer.write(lambda connection: aside.put(connection, aside.DRAFTS, drafts))

    def take_drafts(self) -> Future[dict[str, str]]:
        """The texts that were kept, which from then on are not; none if there are none."""
        return self._writer.write(lambda connection: aside.take(connection, aside.DRAFTS))

    def save_hand_over(self, values: Mapping[str, Any]) -> Future[None]:
        """Keep what opens the answers that are about to be given; empty values forget it."""
        return self._writer.write(lambda connection: aside.put(connection, aside.HAND_OVER, values))

    def hand_over(self) -> dict[str, Any]:
        """What :meth:`save_hand_over` kept; empty if nothing is handed over."""
        with self._engine.begin() as connection:
            return aside.look(connection, aside.HAND_OVER)

    def said(self) -> frozenset[str]:
        """What :meth:`keep_said` kept."""
        with self._engine.begin() as connection:
            return frozenset(aside.look(connection, aside.SAID))

    def keep_said(self, names: frozenset[str]) -> Future[None]:
        """Keep these names of what has been said, in place of earlier ones."""
        values = dict.fromkeys(sorted(names), True)
        return self._writer.write(lambda connection: aside.put(connection, aside.SAID, values))

    def written_ahead(self) -> dt.datetime | None:
        """When it was changed last, if by the clock that is more than a day ahead: a wrong clock.

        Nothing depends on it: the log of an assessment is in the order in which it was written.
        """
        newest = select(tables.prospect.c.changed).order_by(tables.prospect.c.changed.desc())
        with self._engine.begin() as connection:
            changed = connection.execute(newest.limit(1)).scalar_one_or_none()
        ahead = changed is not None and changed - self._now() > dt.timedelta(days=1)
        return changed if ahead else None

    # Prospects

    def prospects(
        self, search: str = "", phase: Phase = Phase.ALL, today: dt.date = dt.date.max
    ) -> tuple[ProspectLine, ...]:
        """The prospects that match, most recently changed first.

        Each word of ``search`` has to be in the name, organisation, role or place of meeting,
        whatever the case. ``phase`` goes by what was decided, before that by the latest assessment
        (:func:`fitcheck.store.rows.phase_of`); ``DUE`` is of whom something was to be
        done by ``today``: decided, or followed up.
        """
        with self._engine.begin() as connection:
            return tuple(map(rows.prospect_line, connection.execute(listed(search, phase, today))))

    def prospect(self, prospect_id: int) -> Prospect:
        """The contact; ``in_their_words`` belongs to an assessment and is empty here."""
        with self._engine.begin() as connection:
            return rows.prospect_of(one(connection, tables.prospect, prospect_id))

    def add_prospect(self, prospect: Prospect, opening: Opening | None = None) -> Future[int]:
        """Add a prospect, whose phase is opened with it; the future holds the id."""
        opened = opening or Opening(self._now().date())
        now = self._now()
        return self._writer.write(lambda each: adding.add_prospect(each, prospect, opened, now))

    def edit_prospect(self, prospect_id: int, prospect: Prospect) -> Future[None]:
        """Replace the contact; ``in_their_words`` is left to the assessments."""
        values = {**rows.prospect_values(prospect), "changed": self._now()}

        def work(connection: Connection) -> None:
            change = update(tables.prospect).where(tables.prospect.c.id == prospect_id)
            if connection.execute(change.values(values)).rowcount == 0:
                raise KeyError(prospect_id)
            lines.refresh(connection, prospect_id)

        return self._writer.write(work)

    # Assessments

    def assessments(self, prospect_id: int) -> tuple[AssessmentLine, ...]:
        """A prospect's assessments, newest first."""
        of_prospect = tables.assessment.c.prospect_id == prospect_id
        with self._engine.begin() as connection:
            found = connection.execute(
                select(*ASSESSMENT_LINE).where(of_prospect).order_by(*NEWEST_FIRST)
            )
            return tuple(map(rows.assessment_line, found))

    def all_assessments(self) -> tuple[int, ...]:
        """The id of every assessment of every prospect, newest first."""
        with self._engine.begin() as connection:
            everyone = select(tables.assessment.c.id).order_by(*NEWEST_FIRST)
            return tuple(connection.scalars(everyone))

    def load(self, assessment_id: int) -> StoredAssessment:
        """An assessment with all of its log, as the last committed change left it."""
        with self._engine.begin() as connection:
            row = one(connection, tables.assessment, assessment_id)
            return StoredAssessment(
                id=row.id,
                prospect_id=row.prospect_id,
                assessment=assessment_of(connection, row),
                position=row.position,
                finished=row.finished,
                events=tuple(map(rows.event_of, parts(connection, tables.event, assessment_id))),
                summary=rows.summary_of(row),
            )

    def assessment(self, assessment_id: int) -> Assessment:
        """An assessment without its log, which is most of it."""
        with self._engine.begin() as connection:
            return assessment_of(connection, one(connection, tables.assessment, assessment_id))

    def add_assessment(
        self, prospect_id: int, assessment: Assessment, summary: Summary | None = None
    ) -> Future[int]:
        """Add a whole assessment, unfinished and without a log; the future holds its id.

        Of ``assessment.prospect`` only ``in_their_words`` is kept with it: the contact is the
        prospect's own.
        """
        now = self._now()
        return self._writer.write(
            lambda each: adding.add_assessment(each, prospect_id, assessment, summary, now)
        )

    def add_whole(
        self, to: int | Opening, assessment: Assessment, summary: Summary, *, finished: bool
    ) -> Future[int]:
        """Add an assessment to a prospect, or with its prospect whose phase opens so: both or none.

        The future holds the assessment's id.
        """
        now = self._now()

        def work(connection: Connection) -> int:
            prospect_id = (
                adding.add_prospect(connection, assessment.prospect, to, now)
                if isinstance(to, Opening)
                else to
            )
            return adding.add_assessment(
                connection, prospect_id, assessment, summary, now, finished=finished
            )

        return self._writer.write(work)

    # The journal of an interview

    def record(
        self,
        assessment_id: int,
        event: Event,
        position: str,
        summary: Summary,
        turn: Turn = FREELY,
    ) -> Future[None]:
        """Append an event, apply it to the current values, keep the position: one transaction."""
        now = self._now()

        def work(connection: Connection) -> None:
            if turn.again and newest_event(connection, assessment_id) == event:
                # It was committed, though the disk said that it wasn't: as when the journal had
                # gone, but not the word that it had. No two events in a row are ever the same.
                return
            _change_assessment(
                connection, assessment_id, now, position=position, **rows.summary_values(summary)
            )
            entry = {"assessment_id": assessment_id, "at": now, **rows.event_values(event)}
            connection.execute(insert(tables.event), entry)
            apply(connection, assessment_id, event.change)

        return self._writer.write(work, turn.after)

    def stand_at(self, assessment_id: int, position: str, turn: Turn = FREELY) -> Future[None]:
        """Keep the question that the interview stands at; that alone is no change to the list."""

        def work(connection: Connection) -> None:
            _update_assessment(connection, assessment_id, position=position)

        return self._writer.write(work, turn.after)

    def set_form(
        self, assessment_id: int, form: Form, summary: Summary, turn: Turn = FREELY
    ) -> Future[None]:
        """Keep the form that is in use."""
        return self._keep(assessment_id, turn, form=form.value, **rows.summary_values(summary))

    def set_finished(
        self, assessment_id: int, finished: bool, summary: Summary, turn: Turn = FREELY
    ) -> Future[None]:
        """Keep whether the interview is finished, and what it came to."""
        return self._keep(assessment_id, turn, finished=finished, **rows.summary_values(summary))

    def summarise(self, assessment_id: int, summary: Summary, turn: Turn = FREELY) -> Future[None]:
        """Keep what the list shows, with nothing changed that would move it up the list."""
        values = rows.summary_values(summary)

        def work(connection: Connection) -> None:
            lines.refresh(connection, _update_assessment(connection, assessment_id, **values))

        return self._writer.write(work, turn.after)

    def _keep(self, assessment_id: int, turn: Turn, **values: Any) -> Future[None]:
        now = self._now()

        def work(connection: Connection) -> None:
            _change_assessment(connection, assessment_id, now, **values)

        return self._writer.write(work, turn.after)


# What writes consist of


def _update_assessment(connection: Connection, assessment_id: int, **values: Any) -> int:
    """Set columns of an assessment; the id of its prospect."""
    done = connection.execute(_updating(), {"this": assessment_id, **values})
    prospect_id = done.scalar_one_or_none()
    if prospect_id is None:
        raise KeyError(assessment_id)
    return int(prospect_id)


@cache
def _updating() -> ReturningUpdate[int]:
    """Put together once, as it is done with every answer."""
    table = tables.assessment
    return update(table).where(table.c.id == bindparam("this")).returning(table.c.prospect_id)


def _change_assessment(
    connection: Connection, assessment_id: int, now: dt.datetime, **values: Any
) -> None:
    prospect_id = _update_assessment(connection, assessment_id, **values)
    bring_up_to_date(connection, prospect_id, now, contact=False)
