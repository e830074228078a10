"""A whole conversation over a real book, against a plain model: a dict, and two lists of dicts.

Every form and the inquiry, what is agreed and felt, the prospect's own answers, undo and redo,
restarts anywhere in between. The ways in and the locks have their own machine: test_interview.py.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fitcheck.changes import FIELD_TYPES, field_of
from fitcheck.domain.assessment import Answer, Gut, Mark, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.policy import Action
from fitcheck.inquiry import Inquiry, Pile
from fitcheck.interview import Interview
from fitcheck.library import load_bank
from fitcheck.services import FitCheck

BANK = load_bank()
FORMS = {form: [question.id for question in BANK.form(form)] for form in (Form.FULL, Form.EVENT)}
THEIRS = [question.id for question in BANK.form(Form.PROSPECT)]
# Few questions, so that the same one is often met again; some only on the full form, some theirs.
QUESTIONS = (
    FORMS[Form.EVENT][:2]
    + [id_ for id_ in FORMS[Form.FULL] if id_ not in FORMS[Form.EVENT]][:2]
    + THEIRS[:2]
)
PROMPTS = [prompt.id for prompt in BANK.inquiry]
# What can be typed in the inquiry, and the items that it makes.
SAID: dict[str, list[str]] = {
    "": [],
    " \n ": [],
    "They never rang": ["They never rang"],
    "slow\n\n  too   dear ": ["slow", "too dear"],
}
# Some thousand commits, none of which has to survive a power cut.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
DAY = dt.date(2026, 11, 21)

Values = dict[str, Any]
questions = st.sampled_from(QUESTIONS)
piles = st.sampled_from(Pile)
said = st.sampled_from(list(SAID))
words = st.text(max_size=5)
fields = st.one_of(
    st.tuples(
        st.sampled_from(
            ["their_agenda", "my_agenda", "time_agreed", "presented_problem", "problem_now"]
        ),
        words,
    ),
    st.tuples(
        st.just("gut"), st.none() | st.builds(Gut, st.none() | st.sampled_from(Action), words)
    ),
)


class Conversation(RuleBasedStateMachine):
    interview: Interview

    @initialize(form=st.sampled_from(list(FORMS)))
    def begin(self, form: Form) -> None:
        self.place = tempfile.TemporaryDirectory(prefix="fitcheck-test-", dir=MEMORY)
        self.folder = Path(self.place.name)
        self.open()
        self.fitcheck.begin_assessment(self.fitcheck.add_prospect(Prospect("Ada")), form)
        self.interview = self.fitcheck.interview(1)
        # The answers by question, the fields by name. Undo as whole states: simpler than the
        # inverse changes that the program keeps.
        self.now: Values = {key: field_of(self.interview.assessment, key) for key in FIELD_TYPES}
        self.done: list[tuple[str, Values]] = []
        self.undone: list[tuple[str, Values]] = []
        self.form = form
        self.finished = False
        self.position = FORMS[form][0]
        self.seconds = 0
        self.prompt, self.typed, self.talked = "", "", dict[str, int]()

    def open(self) -> None:
        self.fitcheck = FitCheck.open(self.folder, lambda: DAY)

    def teardown(self) -> None:
        if hasattr(self, "fitcheck"):
            self.restart()
            self.agrees()
            self.fitcheck.close()
            self.place.cleanup()

    # The plain model

    def change(self, key: str, **changes: Any) -> None:
        """What one change makes of it all; one that changes nothing is none."""
        new = {**self.now, **changes}
        # Where nothing stands there is no answer, whether or not there has been one.
        new = {key: value for key, value in new.items() if value != Answer(key, None)}
        if new != self.now:
            self.done.append((key, self.now))
            self.undone.clear()
            self.now = new

    def change_answer(self, question: str, **changes: Any) -> None:
        answer = Answer(**{**vars(self.stands(question)), **changes})
        self.change(question, **{question: answer})

    def stands(self, question: str) -> Answer:
        answer = self.now.get(question, Answer(question, None))
        assert isinstance(answer, Answer)
        return answer

    def travel(self, source: list[tuple[str, Values]], target: list[tuple[str, Values]]) -> None:
        if source:
            key, there = source.pop()
            target.append((key, self.now))
            self.now = there
            if key in FORMS[self.form]:
                self.position = key

    def open_questions(self) -> list[str]:
        return [id_ for id_ in FORMS[self.form] if self.stands(id_).value is None]

    def answered(self, question: str, value: int | Mark | None) -> None:
        evidence = self.stands(question).evidence
        if isinstance(value, int) and evidence is None:
            evidence = BANK.by_id[question].evidence
        self.change_answer(question, value=value, evidence=evidence)

    # Answering, and skipping

    @rule(question=questions, value=st.integers(0, 4) | st.none())
    def answer(self, question: str, value: int | None) -> None:
        self.interview.set_value(question, value)
        self.answered(question, value)

    @rule(question=questions, mark=st.sampled_from(Mark))
    def skip(self, question: str, mark: Mark) -> None:
        self.interview.set_value(question, mark)
        self.answered(question, mark)

    @rule(question=questions, evidence=st.sampled_from(Evidence))
    def rest_it_on(self, question: str, evidence: Evidence) -> None:
        self.interview.set_evidence(question, evidence)
        self.change_answer(question, evidence=evidence)

    @rule(question=questions, note=words)
    def note(self, question: str, note: str) -> None:
        self.interview.set_note(question, note)
        self.change_answer(question, note=note)

    @rule(question=questions, quote=words)
    def quote(self, question: str, quote: str) -> None:
        self.interview.set_quote(question, quote)
        self.change_answer(question, quote=quote)

    @rule(entry=fields)
    def agree_or_feel(self, entry: tuple[str, Any]) -> None:
        key, value = entry
        self.interview.set_field(key, value)
        self.change(key, **{key: value})

    @rule()
    def undo(self) -> None:
        self.interview.undo()
        self.travel(self.done, self.undone)

    @rule()
    def redo(self) -> None:
        self.interview.redo()
        self.travel(self.undone, self.done)

    # Moving about

    @rule(number=st.integers(0, 35))
    def go_to(self, number: int) -> None:
        ids = FORMS[self.form]
        self.position = ids[number % len(ids)]
        self.interview.go_to(self.position)

    @rule(by=st.sampled_from([-1, 1]))
    def step(self, by: int) -> None:
        ids = FORMS[self.form]
        target = ids.index(self.position) + by
        there = 0 <= target < len(ids)
        assert self.interview.step(by) is there
        if there:
            self.position = ids[target]

    @rule()
    def go_to_next_open(self) -> None:
        ids = FORMS[self.form]
        here = ids.index(self.position)
        others = [id_ for id_ in self.open_questions() if id_ != self.position]
        assert self.interview.go_to_next_open() is bool(others)
        if others:
            self.position = next((id_ for id_ in others if ids.index(id_) > here), others[0])

    @rule(form=st.sampled_from(list(FORMS)))
    def switch_form(self, form: Form) -> None:
        self.interview.set_form(form)
        self.form = form
        if self.position not in FORMS[form]:
            self.position = (self.open_questions() or FORMS[form])[0]

    @rule(seconds=st.integers(1, 60))
    def time_goes_by(self, seconds: int) -> None:
        self.interview.spend(seconds)
        self.interview.save_place()
        self.seconds += seconds

    # The inquiry

    @property
    def inquiry(self) -> Inquiry:
        return Inquiry(self.interview)

    @rule(text=said)
    def type_in_the_inquiry(self, text: str) -> None:
        self.inquiry.write(text)
        self.typed = text

    @rule(by=st.sampled_from([-1, 1]))
    def another_prompt(self, by: int) -> None:
        target = PROMPTS.index(self.prompt or PROMPTS[0]) + by
        there = 0 <= target < len(PROMPTS)
        assert self.inquiry.step(by) is there
        if there:
            self.prompt = PROMPTS[target]

    @rule(seconds=st.integers(1, 60))
    def time_goes_by_in_the_inquiry(self, seconds: int) -> None:
        self.inquiry.spend(seconds)
        self.inquiry.save_time()
        self.prompt = self.prompt or PROMPTS[0]
        part = next(prompt.part for prompt in BANK.inquiry if prompt.id == self.prompt)
        self.talked[part] = self.talked.get(part, 0) + seconds

    @rule(pile=piles)
    def put(self, pile: Pile) -> None:
        items = SAID[self.typed]
        assert self.inquiry.put(pile) is bool(items)
        if items:
            self.typed = ""
            self.change(pile, **{pile: (*self.now[pile], *items)})

    @rule(question=questions)
    def put_to_a_question(self, question: str) -> None:
        words, stood = self.typed.strip(), self.stands(question)
        assert self.inquiry.quote(question) is bool(words)
        if words:
            self.typed = ""
            raised = stood.level is not None and stood.evidence is Evidence.HUNCH
            self.change_answer(
                question,
                quote="\n".join(part for part in (stood.quote, words) if part),
                evidence=Evidence.REPORTED if raised else stood.evidence,
            )

    @precondition(lambda self: any(self.now[pile] for pile in Pile))
    @rule(data=st.data(), to=piles)
    def move_an_item(self, data: st.DataObject, to: Pile) -> None:
        pile, row = self.an_item(data)
        self.inquiry.move(pile, row, to)
        if to is not pile:
            items = self.now[pile]
            left = (*items[:row], *items[row + 1 :])
            self.change("piles", **{pile: left, to: (*self.now[to], items[row])})

    @precondition(lambda self: any(self.now[pile] for pile in Pile))
    @rule(data=st.data(), text=said)
    def edit_an_item(self, data: st.DataObject, text: str) -> None:
        pile, row = self.an_item(data)
        self.inquiry.edit(pile, row, text)
        items = self.now[pile]
        self.change(pile, **{pile: (*items[:row], *SAID[text], *items[row + 1 :])})

    def an_item(self, data: st.DataObject) -> tuple[Pile, int]:
        there = [(pile, row) for pile in Pile for row in range(len(self.now[pile]))]
        return data.draw(st.sampled_from(there))

    # Their own form, the end, and a new start

    @rule(
        answers=st.dictionaries(
            st.sampled_from(THEIRS[:3]), st.integers(0, 4) | st.just(Mark.UNKNOWN), max_size=3
        ),
        killed=st.booleans(),
    )
    def hand_over(self, answers: dict[str, int | Mark], killed: bool) -> None:
        """The answers come from memory, or from the sealed file after the program was killed."""
        form = self.fitcheck.their_forms.hand_over(1)
        self.fitcheck.close()
        for question, value in answers.items():
            form.keep(question, value).result()
        form.close()
        self.open()
        self.fitcheck.their_forms.take_answers(None if killed else form)
        self.interview = self.fitcheck.interview(1)
        for question in THEIRS:
            if question in answers:
                self.answered(question, answers[question])

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
    def restart(self) -> None:
        self.fitcheck.close()
        self.open()
        self.interview = self.fitcheck.interview(1)

    # What must hold after each of them

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "place"):
            self.compare(self.interview)
            # And on the disk, once everything that was written before this is there.
            self.fitcheck.save_drafts({})
            self.compare(self.fitcheck.interview(1))

    def compare(self, interview: Interview) -> None:
        now = {key: field_of(interview.assessment, key) for key in FIELD_TYPES}
        assert now | dict(interview.assessment.answers) == self.now
        assert interview.assessment.form is self.form
        assert interview.question.id == self.position
        assert interview.finished is self.finished
        assert (interview.can_undo, interview.can_redo) == (bool(self.done), bool(self.undone))
        inquiry = Inquiry(interview)
        assert inquiry.number == PROMPTS.index(self.prompt or PROMPTS[0])
        assert inquiry.words == self.typed
        assert {part: inquiry.spent(part) for part in self.talked} == self.talked
        assert interview.spent == self.seconds + sum(self.talked.values())


TestConversation = Conversation.TestCase
TestConversation.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
