"""An interview over a real book, against a plain model, with closing and reopening anywhere."""

from __future__ import annotations

import copy
import datetime as dt
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fitcheck.domain.assessment import Answer, DealBreakerState, Mark, NextStep, Override, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.policy import Action
from fitcheck.interview import FIELD_TYPES, Interview, field_of
from fitcheck.library import load_bank
from fitcheck.services import FitCheck

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


@dataclass
class Values:
    """What an undo takes back."""

    answers: dict[str, Answer] = field(default_factory=dict)
    deal_breakers: dict[str, DealBreakerState] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


@cache
def begun() -> dict[str, bytes]:
    """The files of a book in which assessment 1 has been begun."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as place:
        fitcheck = FitCheck.open(Path(place), lambda: DAY)
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("a")), Form.FULL)
        fitcheck.close()
        return {file.name: file.read_bytes() for file in Path(place).iterdir()}


class InterviewMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory(prefix="fitcheck-test-", dir=MEMORY)
        self.folder = Path(self.place.name) / "data"
        self.folder.mkdir()
        for name, data in begun().items():
            (self.folder / name).write_bytes(data)
        self.open()
        assessment = self.interview.assessment
        self.now = Values(fields={key: field_of(assessment, key) for key in FIELD_TYPES})
        # Undo as whole states: simpler than the inverse changes that the program keeps.
        self.done: list[tuple[str, Values]] = []
        self.undone: list[tuple[str, Values]] = []
        self.form = Form.FULL
        self.finished = False
        self.position = FORMS[Form.FULL][0]

    def open(self) -> None:
        self.fitcheck = FitCheck.open(self.folder, lambda: DAY)
        self.interview: Interview = self.fitcheck.interview(1)

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.reopen()
            self.fitcheck.close()
            self.place.cleanup()

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

    @rule(question=st.sampled_from(QUESTIONS), value=values)
    def answer(self, question: str, value: int | Mark | None) -> None:
        self.interview.set_value(question, value)
        changes: dict[str, Any] = {"value": value}
        before = self.now.answers.get(question)
        if isinstance(value, int) and (before is None or before.evidence is None):
            changes["evidence"] = BANK.by_id[question].evidence
        self.change_answer(question, **changes)

    @rule(question=st.sampled_from(QUESTIONS), note=words)
    def note(self, question: str, note: str) -> None:
        self.interview.set_note(question, note)
        self.change_answer(question, note=note)

    @rule(question=st.sampled_from(QUESTIONS), quote=words)
    def quote(self, question: str, quote: str) -> None:
        self.interview.set_quote(question, quote)
        self.change_answer(question, quote=quote)

    @rule(question=st.sampled_from(QUESTIONS), evidence=st.sampled_from(Evidence))
    def evidence(self, question: str, evidence: Evidence) -> None:
        self.interview.set_evidence(question, evidence)
        self.change_answer(question, evidence=evidence)

    @rule(id_=st.sampled_from(DEAL_BREAKERS), state=st.sampled_from(DealBreakerState))
    def deal_breaker(self, id_: str, state: DealBreakerState) -> None:
        self.interview.set_deal_breaker(id_, state)
        new = copy.deepcopy(self.now)
        new.deal_breakers[id_] = state
        self.change("", new)

    @rule(entry=fields)
    def field(self, entry: tuple[str, Any]) -> None:
        key, value = entry
        self.interview.set_field(key, value)
        new = copy.deepcopy(self.now)
        new.fields[key] = value
        self.change("", new)

    @rule()
    def undo(self) -> None:
        self.interview.undo()
        self.travel(self.done, self.undone)

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

    @rule(number=st.integers(0, 35))
    def go_to(self, number: int) -> None:
        ids = FORMS[self.form]
        self.position = ids[number % len(ids)]
        self.interview.go_to(self.position)

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

    @rule(form=st.sampled_from([Form.FULL, Form.EVENT]))
    def use_form(self, form: Form) -> None:
        self.interview.set_form(form)
        self.form = form
        if self.position not in FORMS[form]:
            self.position = self.first_open()

    @rule()
    def finish(self) -> None:
        self.interview.finish()
        self.finished = True

    @precondition(lambda self: self.finished)
    @rule()
    def take_up_again(self) -> None:
        self.interview.reopen()
        self.finished = False

    @rule()
    def reopen(self) -> None:
        self.fitcheck.close()
        assert {file.name for file in self.folder.iterdir()} == {"book.db", "book.key"}
        self.open()
        self.agrees()

    # What must hold after each of them

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
