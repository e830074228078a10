"""The prospect's own form (I22) while the book is closed, and how its answers get into the book.

Nothing here holds anything of the book but the questions, the consultant's brand, and what the
prospect answers. docs/decisions/0010-handing-over.md says why it is done so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import LEVELS, Form, Question
from fitcheck.domain.profile import Profile
from fitcheck.interview import Interview
from fitcheck.store import sealed
from fitcheck.store.book import Book
from fitcheck.store.errors import AnswersUnreadable

OpenInterview = Callable[[int], Interview]


@dataclass(frozen=True)
class Received:
    """What came back from a hand-over: how much of their form is answered now."""

    assessment_id: int
    answered: int
    asked: int


class HandOver:
    """The form in the prospect's hands. Each answer is sealed on the disk, beside the closed book.

    ``values`` are the answers by question; :data:`Mark.UNKNOWN` is one that they left out.
    ``language`` is the one that was chosen for the documents, if one was.
    """

    def __init__(
        self,
        folder: Path,
        public: bytes,
        assessment_id: int,
        questions: tuple[Question, ...],
        values: Mapping[str, int | Mark],
        profile: Profile,
        language: str = "",
    ) -> None:
        self.assessment_id = assessment_id
        self.questions = questions
        self.profile = profile
        self.language = language
        self.values: dict[str, int | Mark] = dict(values)
        self._folder = folder
        self.public = public
        # Its own thread: no page that is turned waits for the disk.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="fitcheck-sealing")

    def keep(self, question_id: str, value: int | Mark) -> Future[None]:
        """Answer a question; the future is done when the disk has it, or holds why it hasn't."""
        if question_id not in {question.id for question in self.questions}:
            raise ValueError(f"{question_id!r} is not on the prospect's form")
        self.values[question_id] = value
        return self.save()

    def save(self) -> Future[None]:
        """Have every answer written, as :meth:`keep` does: one that was refused goes with it."""
        return self._writer.submit(sealed.write, self._folder, self.public, self.as_json())

    def as_json(self) -> bytes:
        """What is sealed: all that was answered so far."""
        return json.dumps({"assessment": self.assessment_id, "answers": self.values}).encode()

    def close(self) -> None:
        """Wait until everything is on the disk, or has failed to get there. May be repeated.

        The values stay, for whoever opens the book next in this program.
        """
        self._writer.shutdown(wait=True)


def hand_over(book: Book, interview: Interview, profile: Profile) -> HandOver:
    """Make ready for the book to be closed, and the form to be filled in meanwhile."""
    private, public = sealed.new_pair()
    book.save_hand_over({"private": private.hex()}).result()
    questions = interview.bank.form(Form.PROSPECT)
    answers = {question.id: interview.answer(question.id).value for question in questions}
    # Their form has no such answer as "not applicable", with which somebody else may have left one.
    given = {
        id_: value
        for id_, value in answers.items()
        if value is not None and value is not Mark.NOT_APPLICABLE
    }
    return HandOver(
        book.vault.folder, public, interview.id, questions, given, profile, interview.language
    )


def receive(
    book: Book, open_interview: OpenInterview, form: HandOver | None = None
) -> Received | None:
    """Take the answers of the last hand-over into its assessment; ``None`` if there are none.

    Each becomes an event of its own, to be undone like any other. ``form``, if the program is still
    the same, holds the answers even where the disk refused them; otherwise the sealed file does.
    What can't be written stays where it is for the next time, so this may be repeated. Raises
    :class:`AnswersUnreadable` once, having set the file aside.
    """
    key = book.hand_over()
    folder = book.vault.folder
    if form is not None:
        try:
            received = _take_over(open_interview, form.assessment_id, form.values)
        except KeyError:  # a backup has taken the book's place, and doesn't know the assessment
            sealed.write(folder, form.public, form.as_json())
            raise AnswersUnreadable(sealed.set_aside(folder)) from None
    elif sealed.there(folder):
        try:
            assessment_id, values = _unsealed(folder, key)
            received = _take_over(open_interview, assessment_id, values)
        except (ValueError, KeyError):
            kept_as = sealed.set_aside(folder)
            book.save_hand_over({}).result()
            raise AnswersUnreadable(kept_as) from None
    else:
        received = None
    if key:
        sealed.remove(folder)
        book.save_hand_over({}).result()
    return received


def _take_over(
    open_interview: OpenInterview,
    assessment_id: int,
    values: Mapping[str, int | Mark],
) -> Received:
    interview = open_interview(assessment_id)
    questions = interview.bank.form(Form.PROSPECT)
    if values.keys() - {question.id for question in questions}:
        raise ValueError("an answer to a question that the form doesn't ask")
    for question in questions:
        if question.id in values:
            interview.set_value(question.id, values[question.id])
    interview.settle()
    if interview.failure is not None:
        raise interview.failure
    answered = sum(interview.answer(question.id).value is not None for question in questions)
    return Received(assessment_id, answered, len(questions))


def _unsealed(folder: Path, key: Mapping[str, Any]) -> tuple[int, dict[str, int | Mark]]:
    """The assessment and the answers in the sealed file; ``ValueError`` for anything else."""
    data = sealed.read(folder, bytes.fromhex(key.get("private", "")))
    if data is None:
        raise ValueError("the sealed file can't be opened")
    return answers_of(data)


def answers_of(data: bytes) -> tuple[int, dict[str, int | Mark]]:
    """What was sealed: the assessment and the answers; ``ValueError`` for anything else."""
    try:
        content = json.loads(data)
    except RecursionError:
        raise ValueError("the sealed file is nested too deeply") from None
    match content:
        case {"assessment": int(assessment_id), "answers": dict(answers)}:
            return assessment_id, {id_: _value(value) for id_, value in answers.items()}
    raise ValueError("the sealed file holds something else")


def _value(value: object) -> int | Mark:
    if type(value) is int and 0 <= value < LEVELS:
        return value
    if value == Mark.UNKNOWN:
        return Mark.UNKNOWN
    raise ValueError("no answer of the prospect's form")
