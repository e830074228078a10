"""An interview over a real, protected book, against a plain model.

Edit, undo, redo; lock, unlock by every way in, be killed, reopen, anywhere in between.
"""

from __future__ import annotations

import copy
import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fitcheck.access import Access
from fitcheck.changes import FIELD_TYPES, field_of
from fitcheck.domain.assessment import Answer, DealBreakerState, Mark, NextStep, Override, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.policy import Action
from fitcheck.interview import Interview
from fitcheck.library import load_bank
from fitcheck.services import FitCheck
from fitcheck.store.errors import PassphraseNeeded, WrongPassphrase
from fitcheck.store.instance import LOCK_FILE
from tests.store.conftest import CHEAP, FakeKeyring, contents

BANK = load_bank()
FORMS = {form: [question.id for question in BANK.form(form)] for form in (Form.FULL, Form.EVENT)}
# Few questions, so that the same one is often met again; some only on the full form.
QUESTIONS = (
    FORMS[Form.EVENT][:3] + [id_ for id_ in FORMS[Form.FULL] if id_ not in FORMS[Form.EVENT]][:2]
)
DEAL_BREAKERS = [deal_breaker.id for deal_breaker in BANK.deal_breakers][:2]
# Some thousand commits, none of which has to survive a power cut.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
DAY = dt.date(2026, 11, 21)

words = st.text(max_size=5)
values = st.integers(0, 4) | st.sampled_from(Mark) | st.none()
fields = st.one_of(
    st.tuples(st.sampled_from(["restatement", "in_their_words"]), words),
    st.tuples(st.just("confirmed_on"), st.none() | st.dates()),
    st.tuples(st.just("keep"), st.lists(words, max_size=3).map(tuple)),
    st.tuples(st.just("next_step"), st.builds(NextStep, words, st.none() | st.dates())),
    st.tuples(
        st.just("override"),
        st.none() | st.builds(Override, st.sampled_from(Action), words, st.dates()),
    ),
)


# What is done to an open book, and to a locked one.
when_open = precondition(lambda self: self.fitcheck is not None)
when_locked = precondition(lambda self: self.fitcheck is None)

FIRST = "the first passphrase"


@dataclass
class Values:
    """What an undo takes back."""

    answers: dict[str, Answer] = field(default_factory=dict)
    deal_breakers: dict[str, DealBreakerState] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


@cache
def begun() -> tuple[dict[str, bytes], str]:
    """The files of a protected book in which assessment 1 has been begun; its recovery key."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as place:
        fitcheck = Access(Path(place), today=lambda: DAY, cost=CHEAP).open()
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("a")), Form.FULL)
        recovery = fitcheck.protect(FIRST)
        fitcheck.close()
        return {file.name: file.read_bytes() for file in Path(place).iterdir()}, recovery


class InterviewMachine(RuleBasedStateMachine):
    fitcheck: FitCheck | None
    interview: Interview

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory(prefix="fitcheck-test-", dir=MEMORY)
        self.folder = Path(self.place.name) / "0"
        self.folder.mkdir()
        files, self.recovery = begun()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        self.passphrase = FIRST
        self.keyring = FakeKeyring()
        self.remembered = False
        self.drafts: dict[str, str] = {}
        self.deaths = 0
        self.opened(self.access().unlock(FIRST))
        assessment = self.interview.assessment
        self.now = Values(fields={key: field_of(assessment, key) for key in FIELD_TYPES})
        # Undo as whole states: simpler than the inverse changes that the program keeps.
        self.done: list[tuple[str, Values]] = []
        self.undone: list[tuple[str, Values]] = []
        self.form = Form.FULL
        self.finished = False
        self.position = FORMS[Form.FULL][0]

    def access(self) -> Access:
        return Access(self.folder, self.keyring, lambda: DAY, CHEAP)

    def opened(self, fitcheck: FitCheck | None) -> None:
        assert fitcheck is not None
        self.fitcheck = fitcheck
        self.interview = fitcheck.interview(1)
        assert fitcheck.take_drafts() == self.drafts
        self.drafts = {}

    @property
    def book(self) -> FitCheck:
        assert self.fitcheck is not None
        return self.fitcheck

    def teardown(self) -> None:
        if hasattr(self, "fitcheck"):
            if self.fitcheck is None:
                self.unlock()
            self.reopen()
            self.book.close()
            self.place.cleanup()

    # The vault

    @when_open
    @rule(drafts=st.dictionaries(words, words, max_size=2))
    def lock(self, drafts: dict[str, str]) -> None:
        self.book.save_drafts(drafts)
        self.drafts = drafts
        self.book.close()
        self.fitcheck = None

    @when_locked
    @rule()
    def unlock(self) -> None:
        self.opened(self.access().unlock(self.passphrase))

    @when_locked
    @rule(note=words)
    def what_is_locked_stays_shut(self, note: str) -> None:
        # The lock file of a killed one means nothing, and goes with the next to come.
        (self.folder / LOCK_FILE).unlink(missing_ok=True)
        before = contents(self.folder)
        with pytest.raises(WrongPassphrase):
            self.access().unlock(self.passphrase + "!")
        with pytest.raises(PassphraseNeeded):
            self.access().open()
        if note != self.interview.answer(QUESTIONS[0]).note:
            # A widget that was forgotten when the window locked.
            with pytest.raises(RuntimeError, match="closed"):
                self.interview.set_note(QUESTIONS[0], note)
        assert contents(self.folder) == before

    @when_locked
    @rule(number=st.integers(0, 9))
    def recover(self, number: int) -> None:
        self.opened(self.access().recover(self.recovery))
        self.passphrase = f"recovered {number}"
        self.book.set_passphrase_after_recovery(self.passphrase)

    @when_locked
    @rule()
    def unlock_by_keyring(self) -> None:
        fitcheck = self.access().unlock_by_keyring()
        assert (fitcheck is not None) == self.remembered
        if fitcheck is not None:
            self.opened(fitcheck)

    @when_open
    @rule(number=st.integers(0, 9))
    def change_passphrase(self, number: int) -> None:
        self.book.change_passphrase(self.passphrase, f"changed {number}")
        self.passphrase = f"changed {number}"

    @when_open
    @rule()
    def print_another_recovery_key(self) -> None:
        self.recovery = self.book.new_recovery_key()

    @when_open
    @rule(remember=st.booleans())
    def ask_the_keyring(self, remember: bool) -> None:
        if remember:
            self.book.remember_in_keyring()
        else:
            self.book.forget_keyring()
        self.remembered = remember

    @rule()
    def the_keyring_vanishes(self) -> None:
        self.keyring.kept.clear()
        self.remembered = False

    @rule()
    def be_killed(self) -> None:
        """Go on with the files as they lie there, lock file and all, without closing anything.

        Everything is saved at that moment; dying in the middle of a write: test_durability.py.
        """
        if self.fitcheck is not None:
            self.book._book._writer.write(lambda _connection: None).result()
        self.deaths += 1
        after = Path(self.place.name) / str(self.deaths)
        shutil.copytree(self.folder, after)
        if self.fitcheck is not None:
            assert (after / LOCK_FILE).exists()
            self.book.close()
        self.folder = after
        self.fitcheck = None

    # What is done

    def change(self, key: str, new: Values) -> None:
        if new != self.now:
            self.done.append((key, self.now))
            self.undone.clear()
            self.now = new

    def change_answer(self, question: str, **changes: Any) -> None:
        new = copy.deepcopy(self.now)
        old = new.answers.pop(question, Answer(question, None))
        answer = Answer(**{**old.__dict__, **changes})
        if answer != Answer(question, None):
            new.answers[question] = answer
        self.change(question, new)

    @when_open
    @rule(question=st.sampled_from(QUESTIONS), value=values)
    def answer(self, question: str, value: int | Mark | None) -> None:
        self.interview.set_value(question, value)
        changes: dict[str, Any] = {"value": value}
        before = self.now.answers.get(question)
        if isinstance(value, int) and (before is None or before.evidence is None):
            changes["evidence"] = BANK.by_id[question].evidence
        self.change_answer(question, **changes)

    @when_open
    @rule(question=st.sampled_from(QUESTIONS), note=words)
    def note(self, question: str, note: str) -> None:
        self.interview.set_note(question, note)
        self.change_answer(question, note=note)

    @when_open
    @rule(question=st.sampled_from(QUESTIONS), quote=words)
    def quote(self, question: str, quote: str) -> None:
        self.interview.set_quote(question, quote)
        self.change_answer(question, quote=quote)

    @when_open
    @rule(question=st.sampled_from(QUESTIONS), evidence=st.sampled_from(Evidence))
    def evidence(self, question: str, evidence: Evidence) -> None:
        self.interview.set_evidence(question, evidence)
        self.change_answer(question, evidence=evidence)

    @when_open
    @rule(id_=st.sampled_from(DEAL_BREAKERS), state=st.sampled_from(DealBreakerState))
    def deal_breaker(self, id_: str, state: DealBreakerState) -> None:
        self.interview.set_deal_breaker(id_, state)
        new = copy.deepcopy(self.now)
        new.deal_breakers[id_] = state
        self.change("", new)

    @when_open
    @rule(entry=fields)
    def field(self, entry: tuple[str, Any]) -> None:
        key, value = entry
        self.interview.set_field(key, value)
        new = copy.deepcopy(self.now)
        new.fields[key] = value
        self.change("", new)

    @when_open
    @rule()
    def undo(self) -> None:
        self.interview.undo()
        self.travel(self.done, self.undone)

    @when_open
    @rule()
    def redo(self) -> None:
        self.interview.redo()
        self.travel(self.undone, self.done)

    def travel(self, source: list[tuple[str, Values]], target: list[tuple[str, Values]]) -> None:
        if source:
            key, there = source.pop()
            target.append((key, self.now))
            self.now = there
            if key in FORMS[self.form]:
                self.position = key

    # Where one stands

    @when_open
    @rule(number=st.integers(0, 35))
    def go_to(self, number: int) -> None:
        ids = FORMS[self.form]
        self.position = ids[number % len(ids)]
        self.interview.go_to(self.position)

    @when_open
    @rule(by=st.sampled_from([-1, 1]))
    def step(self, by: int) -> None:
        ids = FORMS[self.form]
        target = ids.index(self.position) + by
        assert self.interview.step(by) == (0 <= target < len(ids))
        if 0 <= target < len(ids):
            self.position = ids[target]

    def first_open(self) -> str:
        for id_ in FORMS[self.form]:
            if id_ not in self.now.answers or self.now.answers[id_].value is None:
                return id_
        raise AssertionError("the machine never answers a whole form")

    @when_open
    @rule(form=st.sampled_from([Form.FULL, Form.EVENT]))
    def use_form(self, form: Form) -> None:
        self.interview.set_form(form)
        self.form = form
        if self.position not in FORMS[form]:
            self.position = self.first_open()

    @when_open
    @rule()
    def finish(self) -> None:
        self.interview.finish()
        self.finished = True

    @precondition(lambda self: self.fitcheck is not None and self.finished)
    @rule()
    def take_up_again(self) -> None:
        self.interview.reopen()
        self.finished = False

    @when_open
    @rule()
    def reopen(self) -> None:
        self.book.close()
        assert {file.name for file in self.folder.iterdir()} == {"book.db", "book.key"}
        self.opened(self.access().unlock(self.passphrase))
        self.agrees()

    # What must hold after each of them

    @when_open
    @invariant()
    def agrees(self) -> None:
        interview = self.interview
        assert dict(interview.assessment.answers) == self.now.answers
        assert dict(interview.assessment.deal_breakers) == self.now.deal_breakers
        for key, value in self.now.fields.items():
            assert field_of(interview.assessment, key) == value
        assert interview.assessment.form is self.form
        assert interview.question.id == self.position
        assert interview.finished == self.finished
        assert (interview.can_undo, interview.can_redo) == (bool(self.done), bool(self.undone))


TestInterview = InterviewMachine.TestCase
TestInterview.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_a_form_that_moves_the_interview_on_is_remembered(folder: Path) -> None:
    """There and back again: the machine seldom closes the book at just this moment."""
    only_full = next(id_ for id_ in FORMS[Form.FULL] if id_ not in FORMS[Form.EVENT])
    fitcheck = FitCheck.open(folder, lambda: DAY)
    id_ = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("a")), Form.FULL)
    interview = fitcheck.interview(id_)
    interview.go_to(only_full)
    interview.set_form(Form.EVENT)
    interview.set_form(Form.FULL)
    assert interview.question.id == FORMS[Form.EVENT][0]
    fitcheck.close()
    fitcheck = FitCheck.open(folder, lambda: DAY)
    assert fitcheck.interview(id_).question == interview.question
    fitcheck.close()
