"""How an interview stands, in values and words that the window shows. Free of Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fitcheck.changes import TOGETHER
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Mark
from fitcheck.domain.bank import LEVELS, Axis, Bank, Evidence, Form, Question, Side
from fitcheck.domain.history import Change, Subject
from fitcheck.domain.judgement import Judgement, Lack, Missing, Reason
from fitcheck.i18n import _, ngettext
from fitcheck.inquiry import Pile
from fitcheck.interview import Interview
from reports.words import (
    axis_name,
    bank_text,
    date_text,
    deal_breaker_state_name,
    deal_breaker_text,
    evidence_name,
    level_text,
    mark_name,
    range_text,
    when_text,
)


class State(StrEnum):
    """How a question stands in the outline."""

    OPEN = "open"
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class OutlineLine:
    """One question of the form as the outline lists it; ``noted`` with a note or a quote.

    ``carried`` says from when its answer is, where it was carried over and not touched since.
    """

    id: str
    number: int
    facet: str
    say: str
    axis: Axis
    state: State
    level: int | None
    noted: bool
    here: bool
    carried: str = ""

    @property
    def spoken(self) -> str:
        """The whole line in words, for a screen reader."""
        parts = [f"{self.number}. {self.facet}", axis_name(self.axis), self.state_words]
        if self.carried:
            parts.append(self.carried)
        if self.noted:
            parts.append(_("with a note"))
        return ", ".join(parts)

    @property
    def state_words(self) -> str:
        if self.level is not None:
            return _("answered {level}").format(level=level_text(self.level))
        if self.state is State.OPEN:
            return _("open")
        mark = Mark.UNKNOWN if self.state is State.UNKNOWN else Mark.NOT_APPLICABLE
        return mark_name(mark)


def state_of(answer: Answer) -> State:
    if answer.level is not None:
        return State.ANSWERED
    if answer.value is Mark.UNKNOWN:
        return State.UNKNOWN
    if answer.value is Mark.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    return State.OPEN


def outline(interview: Interview) -> tuple[OutlineLine, ...]:
    """The questions of the form in use, in form order, each as it stands."""
    lines = []
    carried = interview.carried
    for number, question in enumerate(interview.questions, start=1):
        answer = interview.answer(question.id)
        lines.append(
            OutlineLine(
                id=question.id,
                number=number,
                facet=bank_text(question.facet.name),
                say=bank_text(question.say),
                axis=question.axis,
                state=state_of(answer),
                level=answer.level,
                noted=bool(answer.note or answer.quote),
                here=question.id == interview.question.id,
                carried=carried_words(interview) if question.id in carried else "",
            )
        )
    return tuple(lines)


def carried_words(interview: Interview) -> str:
    """From when an answer is that was carried over."""
    return _("from last time, {date}").format(date=_last_day(interview))


def confirming_words(interview: Interview) -> str:
    """The same with how to confirm it."""
    told = _("From last time, {date}. Its key again confirms it")
    return told.format(date=_last_day(interview))


def _last_day(interview: Interview) -> str:
    return date_text(interview.last) if interview.last else ""


def carried_here(interview: Interview) -> str:
    """The same of the question in hand; "" where nothing was carried over, or it was touched."""
    return carried_words(interview) if interview.question.id in interview.carried else ""


def progress(interview: Interview) -> tuple[int, int]:
    """The number of the question that the interview stands at, and how many the form has."""
    ids = [question.id for question in interview.questions]
    return ids.index(interview.question.id) + 1, len(ids)


def place_words(interview: Interview) -> str:
    """How far one is, as it is said and shown."""
    number, total = progress(interview)
    return _("{number} of {total}").format(number=number, total=total)


def kept_words(interview: Interview) -> str:
    """What stands against the question in hand, for who can't see it."""
    answer = interview.answer(interview.question.id)
    parts = [level_text(answer.level)] if answer.level is not None else []
    if isinstance(answer.value, Mark):
        parts.append(mark_name(answer.value))
    if answer.evidence is not None:
        parts.append(evidence_name(answer.evidence))
    return ", ".join(parts)


def open_questions(interview: Interview) -> int:
    """How many questions of the form have neither a level nor a mark."""
    return sum(1 for q in interview.questions if interview.answer(q.id).value is None)


def open_words(count: int) -> str:
    return ngettext("{count} question is open", "{count} questions are open", count).format(
        count=count
    )


def totals_shown(*, finished: bool, preferred: bool, peeking: bool) -> bool:
    """Whether the odds and the map may be seen: totals sway the one who rates."""
    return finished or preferred or peeking


def answer_texts(question: Question, form: Form) -> tuple[str, ...]:
    """The five answers as the form words them: short where they are read at a glance."""
    short = form is Form.EVENT and question.short
    return tuple(map(bank_text, question.short if short else question.levels))


def answers_at_a_glance(question: Question) -> tuple[str, ...]:
    """The five answers as anyone may read them: the short ones, or none but their keys."""
    return tuple(map(bank_text, question.short)) or ("",) * LEVELS


def matching(questions: Iterable[Question], wanted: str) -> tuple[Question, ...]:
    """The questions that hold every word of ``wanted``, whatever its case; all for an empty one."""
    words = wanted.casefold().split()

    def text(question: Question) -> str:
        parts = (question.say, question.why, question.facet.name, axis_name(question.axis))
        return " ".join(map(bank_text, parts)).casefold()

    return tuple(q for q in questions if all(word in text(q) for word in words))


def where_to_ask(interview: Interview, missing: Missing) -> str | None:
    """The id of the question to go to for what is missing on an axis.

    The first one without a level that isn't out of scope; where only better evidence is missing
    and none is open, the first that rests on a hunch. ``None`` where the form has neither.
    """
    on_axis = [q for q in interview.questions if q.axis is missing.axis]
    answers = {q.id: interview.answer(q.id) for q in on_axis}
    for value in (None, Mark.UNKNOWN):
        for question_id, answer in answers.items():
            if answer.value is value:
                return question_id
    if missing.lack is Lack.EVIDENCE:
        for question_id, answer in answers.items():
            if answer.evidence is Evidence.HUNCH:
                return question_id
    return next((id_ for id_, a in answers.items() if a.value is Mark.NOT_APPLICABLE), None)


def anything_answered(assessment: Assessment, bank: Bank) -> bool:
    """Whether there is anything to judge: a level, a confirmed deal-breaker, an override."""
    levels = any(
        answer.level is not None and bank.by_id[answer.question].side is Side.CONSULTANT
        for answer in assessment.answers.values()
    )
    confirmed = DealBreakerState.CONFIRMED in assessment.deal_breakers.values()
    return levels or confirmed or assessment.override is not None


def marked_deal_breakers(assessment: Assessment, bank: Bank) -> tuple[tuple[str, str], ...]:
    """The deal-breakers that are suspected or confirmed: the state in words, and the statement."""
    worrying = (DealBreakerState.CONFIRMED, DealBreakerState.SUSPECTED)
    return tuple(
        (deal_breaker_state_name(state), deal_breaker_text(id_, bank))
        for wanted in worrying
        for id_, state in assessment.deal_breakers.items()
        if state is wanted
    )


def theirs_words(interview: Interview) -> str:
    """How far their own form is, or that there is one to be handed over."""
    asked = interview.bank.form(Form.PROSPECT)
    answered = sum(interview.answer(question.id).value is not None for question in asked)
    if not answered:
        return _("Hand over…")
    return _("Their side: {answered} of {asked}").format(answered=answered, asked=len(asked))


def minutes_words(seconds: float) -> str:
    """A quiet clock: whole minutes, because seconds would hurry."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("under a minute")
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def travelled_words(
    change: Change, interview: Interview, *, undone: bool, quiet: bool = False
) -> str:
    """What was taken back or made again, so that an undo is never a riddle."""
    if quiet:
        return _("Undone.") if undone else _("Done again.")
    if change.subject is Subject.ANSWER:
        question = interview.bank.by_id[change.key]
        what = _("the answer on “{facet}”").format(facet=bank_text(question.facet.name))
    elif change.subject is Subject.DEAL_BREAKER:
        what = _("a deal-breaker")
    elif change.key in (*Pile, *TOGETHER):
        what = _("the lists of the inquiry")
    else:
        what = _("the words beside the question")
    return (_("Undone: {what}.") if undone else _("Done again: {what}.")).format(what=what)


def confirmed_words(on: dt.date | None, at: dt.time | None) -> str:
    """What stands beside the check of the restatement."""
    return _("Confirmed on {date}").format(date=when_text(on, at)) if on else _("They confirmed it")


def split_reasons(reasons: Iterable[Reason]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The reasons for and those against, each strongest first; what pushes nowhere is left out."""
    ordered = sorted(reasons, key=lambda reason: -abs(reason.push))
    return (
        tuple(reason for reason in ordered if reason.push > 0),
        tuple(reason for reason in ordered if reason.push < 0),
    )


def axes_sentence(judgement: Judgement) -> str:
    """The three axes with their scores and ranges, a line each."""
    return "\n".join(f"{axis_name(axis)} {range_text(p)}" for axis, p in judgement.axes.items())
