"""The use-cases: the only actions that ``ui/`` calls.

A :class:`FitCheck` is opened over one book. Reading returns frozen values at once; what an
interview changes is written by the store's one writer thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.again import begun_again
from fitcheck.banks import Banks
from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank, Form
from fitcheck.domain.judgement import judge
from fitcheck.domain.listed import AssessmentLine, Phase, ProspectLine
from fitcheck.domain.moved import Judged, Moved, moved
from fitcheck.domain.period import (
    Decision,
    Extension,
    Opening,
    Period,
    Reopening,
    planned,
)
from fitcheck.domain.policy import Action, Appetite, Policy
from fitcheck.domain.report import (
    CardSheet,
    Edition,
    PocketCard,
    Report,
    make_report,
    pocket_card,
)
from fitcheck.domain.verdict import reach_verdict
from fitcheck.exchange.form_pdf import FormFields
from fitcheck.following_up import FollowUps
from fitcheck.incoming import read_incoming, read_incoming_file
from fitcheck.interview import Interview
from fitcheck.library import load_rules
from fitcheck.listing import Listing
from fitcheck.log import Event, note
from fitcheck.outcomes import Outcomes
from fitcheck.policies import Policies
from fitcheck.recognising import Recognised, recognise
from fitcheck.referring import Referring
from fitcheck.rights import Rights
from fitcheck.safekeeping import Safekeeping
from fitcheck.saving import Listener
from fitcheck.settings import Preferences
from fitcheck.store.abouts import Abouts
from fitcheck.store.book import Book
from fitcheck.store.system_keyring import Keyring, SystemKeyring
from fitcheck.store.vault import Protection
from fitcheck.summary import summarise
from fitcheck.their_forms import TheirForms

if TYPE_CHECKING:
    from fitcheck.comparing import Comparing
    from fitcheck.contacts import ContactsIn
    from fitcheck.over_years import OverYears
    from fitcheck.quarters import Quarters
    from fitcheck.surroundings import Surroundings
    from fitcheck.whole_book import WholeBook


class FitCheck:
    """Everything that the window can do. ``today`` is injected so that tests own the calendar."""

    def __init__(
        self,
        book: Book,
        today: Callable[[], dt.date] = dt.date.today,
        keyring: Keyring | None = None,
    ) -> None:
        self._book = book
        self._today = today
        self._keyring = keyring or SystemKeyring()
        self.banks = Banks(book, today, lambda: self._preferences, self.save_preferences)
        self.policies = Policies(
            book, self.banks, today, lambda: self._preferences, self.save_preferences
        )
        self.preferences_saved = True
        self.safekeeping = Safekeeping(book)
        self.listing = Listing(book, today, lambda: self._preferences.show_totals)
        self.their_forms = TheirForms(
            book, today, self.interview, lambda: self._preferences.profile
        )
        self.rights = Rights(
            book,
            today,
            self.their_forms.take_answers,
            lambda: self._preferences,
            self.policies.find,
            self.banks.find,
        )
        self.follow_ups = FollowUps(book, today)
        self.outcomes = Outcomes(
            book, today, self._rules, lambda: self.policies.in_force, self.follow_ups
        )
        self.referring = Referring(book)
        try:
            self._preferences = book.preferences()
        except BaseException:
            book.close()  # or nobody could open it again
            raise
        self._closed = False
        note(Event.OPENED, protected=self.protection.protected)

    # What no start needs is made, and imported, when it is first wanted.

    @cached_property
    def contacts(self) -> ContactsIn:
        from fitcheck.contacts import ContactsIn

        return ContactsIn(self._book, self._today)

    @cached_property
    def whole_book(self) -> WholeBook:
        from fitcheck.whole_book import WholeBook

        return WholeBook(self._book, self._taken_in)

    @cached_property
    def over_years(self) -> OverYears:
        from fitcheck.over_years import OverYears

        return OverYears(self._book, self._rules, lambda: self._preferences.show_totals)

    @cached_property
    def comparing(self) -> Comparing:
        from fitcheck.comparing import Comparing

        return Comparing(self._book, self._rules)

    @cached_property
    def quarters(self) -> Quarters:
        from fitcheck.quarters import Quarters

        return Quarters(self._book, self._today, lambda: self._preferences)

    @cached_property
    def surroundings(self) -> Surroundings:
        from fitcheck.surroundings import Surroundings

        return Surroundings(self._book)

    @classmethod
    def open(cls, folder: Path, today: Callable[[], dt.date] = dt.date.today) -> FitCheck:
        """Open the unprotected book in ``folder``, making an empty one where there is none.

        Raises :class:`fitcheck.store.errors.StoreError`, whose text a user can act on. A protected
        book is opened by :class:`fitcheck.access.Access`.
        """
        return cls(Book.open(folder), today)

    def close(self) -> None:
        """Wait for everything that is being written, then close the book and drop its key."""
        self._book.close()
        if not self._closed:
            self._closed = True
            note(Event.CLOSED)

    def hold_back(self) -> None:
        """Begin no write before :meth:`go_on`, or for a moment only if that isn't heard."""
        self._book.hold_back()

    def go_on(self) -> None:
        """Begin with what was held back."""
        self._book.go_on()

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return self._book.vault.folder

    # Protection. What derives a key from a passphrase takes a second or so: not for the UI's thread

    @property
    def protection(self) -> Protection:
        """How the book is protected at this moment."""
        return self._book.vault.protection

    def protect(self, passphrase: str) -> str:
        """Protect an unprotected book; the recovery key as text, which is never shown again.

        Raises :class:`fitcheck.store.errors.PassphraseTooShort`.
        """
        return self._book.vault.protect(passphrase)

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises ``WrongPassphrase`` or ``PassphraseTooShort``, having changed nothing."""
        self._book.vault.change_passphrase(current, new)

    def set_passphrase_after_recovery(self, new: str) -> None:
        """Only, and once, after :meth:`fitcheck.access.Access.recover`; the recovery key stays."""
        self._book.vault.set_passphrase_after_recovery(new)

    def new_recovery_key(self) -> str:
        """A recovery key as text, in place of the old one; never shown again."""
        return self._book.vault.new_recovery_key()

    def keyring_there(self) -> bool:
        """Whether this system has a keyring at all; it may take a while to find out."""
        return self._keyring.there()

    def remember_in_keyring(self) -> None:
        """Let the system's keyring open the book too; raises ``NoKeyring`` if it can't."""
        self._book.vault.remember_in_keyring(self._keyring)

    def forget_keyring(self) -> None:
        """Ask for the passphrase at every opening again."""
        self._book.vault.forget_keyring(self._keyring)

    # Unsaved typing, kept in the book while it is locked

    def save_drafts(self, drafts: dict[str, str]) -> None:
        """Keep these texts over a lock, in place of earlier ones; returns once they are safe."""
        self._book.save_drafts(drafts).result()

    def take_drafts(self) -> dict[str, str]:
        """What :meth:`save_drafts` kept; a second call finds nothing."""
        return self._book.take_drafts().result()

    # What a file brings

    def read_incoming(self, file: Path) -> FormFields | Assessment:
        """What a file brings: a filled form, or an assessment from a private file or JSON.

        Takes nothing, and may run on any thread. Raises
        :class:`fitcheck.errors.InvalidInput` or ``OSError``.
        """
        return read_incoming_file(file, self.policies.find, self.banks.find)

    def read_incoming_data(self, data: bytes) -> FormFields | Assessment:
        """The same for what was read already."""
        return read_incoming(data, self.policies.find, self.banks.find)

    # The book

    def prospects(self, search: str = "", phase: Phase = Phase.ALL) -> tuple[ProspectLine, ...]:
        """The prospects that match, most recently changed first."""
        return self._book.prospects(search, phase, self._today())

    def prospect(self, prospect_id: int) -> Prospect:
        return self._book.prospect(prospect_id)

    def assessments(self, prospect_id: int) -> tuple[AssessmentLine, ...]:
        """A prospect's assessments, newest first."""
        return self._book.assessments(prospect_id)

    def add_prospect(self, prospect: Prospect) -> int:
        """Add a prospect and return its id, once it is safely written; its phase opens today."""
        return self._book.add_prospect(prospect, planned(self._today())).result()

    def edit_prospect(self, prospect_id: int, prospect: Prospect) -> None:
        self._book.edit_prospect(prospect_id, prospect).result()

    @property
    def abouts(self) -> Abouts:
        """What is known of prospects beyond what an assessment takes along."""
        return self._book.abouts

    def begin_assessment(
        self, prospect_id: int, form: Form, appetite: Appetite | None = None
    ) -> int:
        """Begin an assessment with today's bank and policy and return its id."""
        assessment = Assessment(
            date=self._today(),
            bank=self.banks.in_force.reference,
            policy=self.policies.in_force.reference,
            form=form,
            appetite=appetite or self._preferences.appetite,
            prospect=self._book.prospect(prospect_id),
        )
        return self._book.add_assessment(prospect_id, assessment).result()

    def recognise(self, assessment: Assessment) -> Recognised | None:
        """Who of the book the assessment of a file probably is about."""
        return recognise(self._book, assessment)

    def add_assessment(
        self, assessment: Assessment, finished: bool = True, prospect_id: int | None = None
    ) -> int:
        """Add a whole assessment, as an import or a demonstration does.

        Its prospect is added with it, unless it is one of ``prospect_id``'s.
        """
        bank, policy = self._rules(assessment)
        verdict = reach_verdict(assessment, bank, policy)
        summary = summarise(assessment, bank, verdict.judgement, leaning=verdict.leaning)
        # Nobody planned an end for what is in the past.
        opening = Opening(min(assessment.date, self._today()))
        to = opening if prospect_id is None else prospect_id
        return self._book.add_whole(to, assessment, summary, finished=finished).result()

    # The pre-consultation phase of a prospect (I1)

    def period(self, prospect_id: int) -> Period:
        """The phase of a prospect with every step that was taken."""
        return self._book.periods.period(prospect_id)

    def due(self) -> int:
        """Of how many prospects something was to be done by today: decided, or followed up."""
        return self._book.periods.due(self._today())

    def extend(self, prospect_id: int, until: dt.date, reason: str) -> None:
        """Plan another end of an open phase; ``ValueError`` without a reason, or for a past day."""
        step = Extension(self._today(), until, reason.strip())
        self._book.periods.take(prospect_id, step).result()

    def decide(self, prospect_id: int, action: Action, words: str = "") -> None:
        """Close an open phase with what was decided, and freeze the odds as they stand."""
        step = Decision(self._today(), action, words.strip())
        forecast = self.outcomes.forecast_now(prospect_id, action)
        self._book.periods.take(prospect_id, step, forecast).result()

    def reopen(self, prospect_id: int) -> None:
        """Take the decision back; that it was taken stays to be read."""
        self._book.periods.take(prospect_id, Reopening(self._today())).result()

    # Assessing again

    def last_finished(self, prospect_id: int) -> AssessmentLine | None:
        """The newest finished assessment of a prospect."""
        return next((line for line in self.assessments(prospect_id) if line.finished), None)

    def assess_again(self, prospect_id: int) -> int:
        """Begin an assessment from where the last finished one ended; its id.

        The last one stays as it was. Raises ``KeyError`` where none is finished.
        """
        self._book.settle()  # or the last answers, or the finish itself, might be missing
        line = self.last_finished(prospect_id)
        if line is None:
            raise KeyError(prospect_id)
        policy = self.policies.in_force
        bank = policy.over(self.banks.in_force)
        last = self._book.assessment(line.id)
        again = begun_again(
            last,
            self._rules(last)[0],
            self._book.prospect(prospect_id),
            self._today(),
            bank,
            policy,
            self._preferences.appetite,
        )
        # How firm it is takes longer to find out; until then it leans.
        summary = summarise(again, bank, judge(again, bank, policy), leaning=True)
        return self._book.add_assessment(prospect_id, again, summary).result()

    def _finished_before(
        self, prospect_id: int, date: dt.date, assessment_id: int
    ) -> AssessmentLine | None:
        """The newest finished assessment of a prospect before another one."""
        lines = self.assessments(prospect_id)
        return next(
            (ln for ln in lines if ln.finished and (ln.date, ln.id) < (date, assessment_id)), None
        )

    def moved(self, interview: Interview) -> Moved | None:
        """What moved since the last assessment that was finished before this one, if there is one.

        Each is judged by the bank and the policy that it was made with.
        """
        found = self._finished_before(
            interview.prospect_id, interview.assessment.date, interview.id
        )
        if found is None:
            return None
        before = self._book.assessment(found.id)
        bank, policy = self._rules(before)
        return moved(
            Judged(before, bank, judge(before, bank, policy)),
            Judged(interview.assessment, interview.bank, interview.judgement),
        )

    # One assessment

    def _rules(self, assessment: Assessment) -> tuple[Bank, Policy]:
        return load_rules(assessment, self.policies.find, self.banks.find)

    def interview(
        self,
        assessment_id: int,
        listener: Listener = lambda _state, _error: None,
    ) -> Interview:
        """The interview of an assessment, standing at the question where it was left.

        What an earlier interview of it is still writing is waited for, and is in this one.
        """
        self._book.settle()
        stored = self._book.load(assessment_id)
        bank, policy = self._rules(stored.assessment)
        last = self._finished_before(stored.prospect_id, stored.assessment.date, stored.id)
        began_from = last.date if last else None
        return Interview(stored, bank, policy, self._book, listener, began_from)

    def report(self, interview: Interview, edition: Edition) -> Report:
        """What a document of this assessment is rendered from, as things stand now."""
        return make_report(
            edition,
            interview.assessment,
            interview.bank,
            interview.policy,
            interview.verdict,
            self._preferences.profile,
            self.moved(interview) if edition is Edition.PRIVATE else None,
            self.their_forms.token(interview.id) if edition is Edition.FORM else "",
        )

    def pocket_card(self, sheet: CardSheet) -> PocketCard:
        """The card of the core questions, for whoever leaves the laptop closed."""
        return pocket_card(self.banks.in_force, sheet)

    def today(self) -> dt.date:
        return self._today()

    def _taken_in(self) -> None:
        """Another book was brought in: read again what was read of this one."""
        self.banks.read_again()
        self.policies.read_again()
        self._preferences = self._book.preferences()

    # Preferences

    @property
    def preferences(self) -> Preferences:
        return self._preferences

    def save_preferences(self, preferences: Preferences) -> None:
        """Use and keep these preferences; returns once they are safely written.

        Where that fails they are in force all the same, and are written with the next.
        """
        self._preferences = preferences
        self.preferences_saved = False
        self._book.save_preferences(preferences).result()
        self.preferences_saved = True
