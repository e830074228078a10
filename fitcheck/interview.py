"""Conducting one assessment: answering, undoing, standing at a question, judging as one goes.

An :class:`Interview` holds the assessment in memory, so that the window never waits for a disk,
and hands every change to a journal (the store's writer), which says when it is safe. What isn't
safe yet waits in its outbox (``fitcheck.saving``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from fitcheck.changes import answer_json, apply, field_of, weighs
from fitcheck.codec import encode
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark, Override
from fitcheck.domain.bank import Bank, Evidence, Form, Question
from fitcheck.domain.book import StoredAssessment
from fitcheck.domain.firmness import Firmness, firming
from fitcheck.domain.history import Change, Event, EventKind, History, Subject
from fitcheck.domain.judgement import Judgement, judge
from fitcheck.domain.listed import Summary
from fitcheck.domain.policy import Policy
from fitcheck.domain.steps import Steps, whole
from fitcheck.domain.verdict import Sideways, Verdict, leaning, looking_sideways, verdict_of
from fitcheck.place import parse_language, parse_place, place_text
from fitcheck.saving import Journal, Listener, Outbox
from fitcheck.saving import SaveState as SaveState
from fitcheck.summary import summarise


class Interview:
    """One assessment being conducted.

    ``listener`` hears every change of the save state: in the caller's thread when something is
    being saved, in the journal's when it has been, or has failed (then with the error).
    ``last`` is the day of the assessment that this one began from, if it began from one.
    """

    def __init__(
        self,
        stored: StoredAssessment,
        bank: Bank,
        policy: Policy,
        journal: Journal,
        listener: Listener = lambda _state, _error: None,
        last: dt.date | None = None,
    ) -> None:
        self.id = stored.id
        self.prospect_id = stored.prospect_id
        self.bank = bank
        self.policy = policy
        self.outbox = Outbox(listener)
        self.last = last
        self._assessment = stored.assessment
        self._finished = stored.finished
        self._history = History.replay(stored.events)
        self._journal = journal
        # What the answers come to, each as far as it is known for the answers as they stand.
        self._judgement: Judgement | None = None
        self._firmness: Firmness | None = None
        self._sideways: Sideways | None = None
        self._told_leaning = stored.summary.leaning if stored.summary else True
        # As long as firmness isn't known: what it was when the answers were last weighed.
        self._leans = self._told_leaning or stored.assessment.override is not None
        self._weighed = 0
        known = {question.id for question in self.questions}
        position, self.inquiry_place, self._spent = parse_place(stored.position)
        self._position = position if position in known else self._first_open()
        self.language = parse_language(stored.position)

    # What is known

    @property
    def assessment(self) -> Assessment:
        return self._assessment

    @property
    def weighed(self) -> int:
        """Counts the changes that firmness may depend on: as long as it is the same, it holds."""
        return self._weighed

    @property
    def judgement(self) -> Judgement:
        """The judgement of the answers so far; computed once per change."""
        if self._judgement is None:
            self._judgement = judge(self._assessment, self.bank, self.policy)
        return self._judgement

    @property
    def firmness(self) -> Firmness | None:
        """How firm the judgement is; ``None`` until :meth:`firming` has been run to its end."""
        return self._firmness

    def firming(self) -> Steps[Firmness]:
        """Find out how firm the judgement is, in steps; give it up when an answer changes.

        The result is remembered for the answers that it was made of. If it shows that the
        recommendation leans no more, or leans again, the list is told.
        """
        found = yield from self._firming()
        if found is self._firmness and self.leaning is not self._told_leaning:
            self._write(self._journal.summarise, self._summary())
        return found

    def _firming(self) -> Steps[Firmness]:
        if self._firmness is not None:
            return self._firmness
        weighed = self._weighed
        found = yield from firming(self._assessment, self.bank, self.policy, self.judgement)
        if weighed == self._weighed:
            self._firmness = found
        return found

    @property
    def leaning(self) -> bool:
        """Whether to say "leaning to" as far as is known: firmness that isn't known yet leans."""
        if self._firmness is not None:
            return leaning(self._assessment, self._firmness)
        decided = self._assessment.override is not None or bool(self.judgement.confirmed)
        return self._leans and not decided

    @property
    def verdict(self) -> Verdict:
        """The judgement, how firm it is and what would change it; computed once per change."""
        return whole(self.reaching_verdict())

    @property
    def known_verdict(self) -> Verdict | None:
        """The verdict, if all of it is known for the answers as they stand."""
        if self._firmness is None or self._sideways is None:
            return None
        return verdict_of(self._assessment, self.judgement, self._firmness, self._sideways)

    def reaching_verdict(self) -> Steps[Verdict]:
        """The same in steps; give it up when something changes."""
        weighed = self._weighed
        firmness = yield from self.firming()
        sideways = self._sideways
        if sideways is None:
            sideways = yield from looking_sideways(self._assessment, self.bank, self.policy)
            if weighed == self._weighed:
                self._sideways = sideways
        return verdict_of(self._assessment, self.judgement, firmness, sideways)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the form in use, in form order."""
        return self.bank.form(self._assessment.form)

    @property
    def question(self) -> Question:
        """The question that the interview stands at."""
        return self.bank.by_id[self._position]

    @property
    def finished(self) -> bool:
        return self._finished

    @property
    def failure(self) -> BaseException | None:
        """Why something of it isn't on the disk; ``None`` once all of it is, or none failed."""
        return self.outbox.failure

    def retry(self) -> None:
        """Have written again what couldn't be; nothing if all of it is written or on its way."""
        self.outbox.retry()

    def settle(self) -> None:
        """Wait until all of it has been written, or has failed: see :attr:`failure`."""
        self.outbox.settle()

    @property
    def can_undo(self) -> bool:
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        return bool(self._history.undone)

    @property
    def newest(self) -> Change | None:
        """The change that :meth:`undo` would take back."""
        return self._history.done[-1] if self._history.done else None

    @property
    def undone(self) -> Change | None:
        """The change that :meth:`redo` would make again."""
        return self._history.undone[-1] if self._history.undone else None

    def answer(self, question_id: str) -> Answer:
        """What stands against a question; an empty answer where there is nothing yet."""
        return self._assessment.answers.get(question_id) or Answer(question_id, None)

    @property
    def carried(self) -> frozenset[str]:
        """The questions whose answers stand as the last assessment left them, untouched since.

        Everything that is answered here is in the log; what isn't came along from there.
        """
        if self.last is None:
            return frozenset()
        touched = {c.key for c in self._history.done if c.subject is Subject.ANSWER}
        answers = self._assessment.answers.items()
        return frozenset(id_ for id_, a in answers if a.value is not None and id_ not in touched)

    # Moving about

    def go_to(self, question_id: str) -> None:
        """Stand at any question of the form in use, and remember it.

        Raises ``ValueError`` for a question outside the form.
        """
        if question_id not in {question.id for question in self.questions}:
            raise ValueError(f"{question_id!r} is not asked by the form in use")
        if question_id != self._position:
            self._position = question_id
            self.save_place()

    def step(self, by: int) -> bool:
        """Move ``by`` questions along the form; ``False`` where the form ends before that."""
        ids = [question.id for question in self.questions]
        target = ids.index(self._position) + by
        if not 0 <= target < len(ids):
            return False
        self.go_to(ids[target])
        return True

    def go_to_next_open(self) -> bool:
        """Stand at the next question without an answer, around the end; ``False`` if none is."""
        ids = [question.id for question in self.questions]
        here = ids.index(self._position)
        for question_id in ids[here + 1 :] + ids[:here]:
            if self.answer(question_id).value is None:
                self.go_to(question_id)
                return True
        return False

    @property
    def place(self) -> str:
        """Where one stands and for how long, as the store keeps it."""
        return place_text(self._position, self.inquiry_place, self._spent, self.language)

    def save_place(self) -> None:
        """Have the places and the time written, where no change does that."""
        self._write(self._journal.stand_at, self.place)

    # Time

    @property
    def spent(self) -> float:
        """The seconds that it has taken, all sittings together, the inquiry's among them."""
        return self._spent + sum(self.inquiry_place.seconds.values())

    def spend(self, seconds: float) -> None:
        """Count time for the questions; kept with the next thing that is written."""
        self._spent += seconds

    # Answering

    def set_value(self, question_id: str, value: int | Mark | None) -> None:
        """Answer with a level or a mark; a level without evidence takes the question's default.

        The same answer again confirms one that was carried over.
        """
        old = self.answer(question_id)
        evidence = old.evidence
        if isinstance(value, int) and evidence is None:
            evidence = self.bank.by_id[question_id].evidence
        self._confirm_answer(old, replace(old, value=value, evidence=evidence))

    def set_evidence(self, question_id: str, evidence: Evidence) -> None:
        old = self.answer(question_id)
        self._confirm_answer(old, replace(old, evidence=evidence))

    def set_note(self, question_id: str, note: str) -> None:
        old = self.answer(question_id)
        self._set_answer(old, replace(old, note=note))

    def set_quote(self, question_id: str, quote: str) -> None:
        old = self.answer(question_id)
        self._set_answer(old, replace(old, quote=quote))

    def add_quote(self, question_id: str, words: str) -> None:
        """Add what they told of something you did not see to a question: one change.

        Being told is evidence ``reported``, quoted or not (judgement.md, section 1): a level that
        rested on a hunch now rests on that. What was observed stays so; being told as well takes
        nothing from it. Without a level evidence means nothing, and only the quote is kept.
        """
        old = self.answer(question_id)
        raised = old.level is not None and old.evidence is Evidence.HUNCH
        evidence = Evidence.REPORTED if raised else old.evidence
        quote = f"{old.quote}\n{words}" if old.quote else words
        self._set_answer(old, replace(old, quote=quote, evidence=evidence))

    def _confirm_answer(self, old: Answer, new: Answer) -> None:
        if new == old and new.question in self.carried:
            same = answer_json(new)
            change = Change(Subject.ANSWER, new.question, same, same)
            self._record(Event(EventKind.SET, change))
        else:
            self._set_answer(old, new)

    def _set_answer(self, old: Answer, new: Answer) -> None:
        self._change(Subject.ANSWER, new.question, answer_json(old), answer_json(new))

    def set_deal_breaker(self, deal_breaker_id: str, state: DealBreakerState) -> None:
        before = self._assessment.deal_breakers.get(deal_breaker_id)
        self._change(Subject.DEAL_BREAKER, deal_breaker_id, encode(before), encode(state))

    def set_field(self, key: str, value: Any) -> None:
        """Set a field of :data:`fitcheck.changes.FIELD_TYPES`, or several that go together."""
        before = field_of(self._assessment, key)
        self._change(Subject.FIELD, key, encode(before), encode(value))

    def confirm_restatement(self, on: dt.date | None, at: dt.time | None = None) -> None:
        """Keep when they confirmed the restatement (I10), to the minute; ``None`` takes it back."""
        self.set_field("confirmed_at", at.replace(second=0, microsecond=0) if on and at else None)
        self.set_field("confirmed_on", on)

    def override(self, override: Override | None) -> None:
        """Put the consultant's own decision in place of the recommendation, or take it back."""
        self.set_field("override", override)

    def undo(self) -> Change | None:
        """Take the newest change back and stand where it was made; the change that was made."""
        return self._travel(self._history.undo())

    def redo(self) -> Change | None:
        """Make the change again that was undone last; the change that was made."""
        return self._travel(self._history.redo())

    # The course of the interview

    def set_form(self, form: Form) -> None:
        """Use another form; every answer is kept."""
        self._assessment = replace(self._assessment, form=form)
        self._forget()
        if self._position not in {question.id for question in self.questions}:
            self._position = self._first_open()
            self.save_place()
        self._write(self._journal.set_form, form, self._summary())

    def finish(self) -> None:
        """Finish it; the list says from then on whether one knows enough."""
        whole(self._firming())
        self._set_finished(True)

    def reopen(self) -> None:
        self._set_finished(False)

    def _set_finished(self, finished: bool) -> None:
        self._finished = finished
        self._write(self._journal.set_finished, finished, self._summary())

    def _first_open(self) -> str:
        ids = [question.id for question in self.questions]
        return next((id_ for id_ in ids if self.answer(id_).value is None), ids[0])

    def _change(self, subject: Subject, key: str, before: Any, after: Any) -> None:
        if before != after:
            self._record(Event(EventKind.SET, Change(subject, key, before, after)))

    def _travel(self, event: Event | None) -> Change | None:
        if event is None:
            return None
        if event.change.key in {question.id for question in self.questions}:
            self._position = event.change.key
        self._record(event)
        return event.change

    def _record(self, event: Event) -> None:
        self._assessment = apply(self._assessment, event.change)
        self._history.record(event)
        if weighs(event.change):
            self._forget()
        elif event.change.key == "override":
            self._judgement = None
        self._write(self._journal.record, event, self.place, self._summary())

    def _forget(self) -> None:
        """The answers have changed: nothing is known of them yet, and until it is one leans."""
        self._judgement = self._firmness = self._sideways = None
        self._leans = True
        self._weighed += 1

    def _summary(self) -> Summary:
        """What the list is told from now on."""
        self._told_leaning = self.leaning
        return summarise(self._assessment, self.bank, self.judgement, leaning=self.leaning)

    def _write(self, method: Callable[..., Future[None]], *what: Any) -> None:
        self.outbox.put(lambda turn: method(self.id, *what, turn))
