"""A prospect's form that came back filled in: whose it is, what it would change, and taking it.

Nothing is taken before somebody has seen what was read and what wasn't (decision 16). What is taken
becomes events of the interview, as from a hand-over: dated, and to be undone one by one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import Form, Question
from fitcheck.errors import Fault, FitCheckError
from fitcheck.exchange.form_pdf import FormFields, answers_in
from fitcheck.handing_over import Received
from fitcheck.i18n import _
from fitcheck.interview import Interview


class UnknownForm(FitCheckError):  # noqa: N818 - it is the form that is unknown
    """A form that no assessment of this book goes with."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No assessment in this book goes with this form. It belongs to another book, or "
                "the assessment has been removed."
            )
        )


@dataclass(frozen=True)
class ReadAnswer:
    """An answer on the form; ``before`` is what stands against the question now."""

    number: int
    question: Question
    before: int | Mark | None
    level: int

    @property
    def new(self) -> bool:
        return self.before is None

    @property
    def replaces(self) -> bool:
        """Whether they said something else before."""
        return not self.new and self.before != self.level


@dataclass(frozen=True)
class Unread:
    """What could not be read; ``number`` and ``question`` where it is an answer."""

    fault: Fault
    number: int = 0
    question: Question | None = None


@dataclass(frozen=True)
class FilledForm:
    """What a form would bring into its assessment.

    ``name`` is who filled it in, if they said so: for whoever looks at it, and not kept.
    """

    assessment_id: int
    prospect: str = field(repr=False)
    name: str = field(repr=False)
    comment: str = field(repr=False)
    comment_is_new: bool
    answers: tuple[ReadAnswer, ...]
    unread: tuple[Unread, ...]
    asked: int

    @property
    def replaced(self) -> tuple[ReadAnswer, ...]:
        """The answers that would take the place of others."""
        return tuple(answer for answer in self.answers if answer.replaces)

    @property
    def changes(self) -> bool:
        """Whether anything would be different from what the book holds."""
        return self.comment_is_new or any(a.new or a.replaces for a in self.answers)


def compare(fields: FormFields, interview: Interview) -> FilledForm:
    """What the form would bring into the assessment of this interview."""
    questions = interview.bank.form(Form.PROSPECT)
    numbers = {question.id: number for number, question in enumerate(questions, start=1)}
    levels, faults = answers_in(fields, questions)
    answers = tuple(
        ReadAnswer(
            numbers[question.id],
            question,
            interview.answer(question.id).value,
            levels[question.id],
        )
        for question in questions
        if question.id in levels
    )
    prospect = interview.assessment.prospect
    return FilledForm(
        assessment_id=interview.id,
        prospect=prospect.name,
        name=fields.name,
        comment=fields.comment,
        comment_is_new=bool(fields.comment) and fields.comment not in prospect.in_their_words,
        answers=answers,
        unread=tuple(_unread(fault, questions, numbers) for fault in faults),
        asked=len(questions),
    )


def _unread(fault: Fault, questions: tuple[Question, ...], numbers: dict[str, int]) -> Unread:
    # The place is a question, or one of its boxes.
    for question in questions:
        if fault.place == question.id or fault.place.startswith(f"{question.id}."):
            return Unread(fault, numbers[question.id], question)
    return Unread(fault)


def take(interview: Interview, form: FilledForm, today: dt.date) -> Received:
    """Take what was read into its assessment, on the disk when this returns.

    ``interview`` is that of the assessment, so that whoever has it in hand stays in step. Raises
    what kept it from being written.
    """
    if interview.id != form.assessment_id:
        raise ValueError("the interview is that of another assessment")
    for answer in form.answers:
        interview.set_value(answer.question.id, answer.level)
    if form.comment_is_new:
        interview.set_field("in_their_words", _with_comment(interview, form.comment, today))
    interview.settle()
    if interview.failure is not None:
        raise interview.failure
    questions = interview.bank.form(Form.PROSPECT)
    answered = sum(interview.answer(question.id).value is not None for question in questions)
    return Received(interview.id, answered, len(questions))


def _with_comment(interview: Interview, comment: str, today: dt.date) -> str:
    """Their words, and under them what they wrote on the form and when it came back."""
    words = interview.assessment.prospect.in_their_words
    told = f"{today.isoformat()}: {comment}"
    return f"{words}\n\n{told}" if words else told
