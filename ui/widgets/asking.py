"""What to ask next and whether one knows enough, in values and words. Free of Qt.

Nothing here hints at the direction of the recommendation unless the totals may be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import DealBreakerState, Mark
from fitcheck.domain.bank import DealBreaker, Form, Question
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.judgement import Recommendation
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.firm_words import (
    ask_sentence,
    firm_sentence,
    firmness_sentences,
    has_suspicion,
    odds_words,
)
from reports.words import bank_text, missing_sentence, recommendation_sentence

AHEAD = 3
"""As many questions are shown at once: the one to ask, and two more."""


@dataclass(frozen=True)
class Asking:
    """One question to ask; of a deal-breaker where ``deal_breaker`` names one.

    ``title`` is short, ``say`` what to say aloud, ``reason`` why to ask it. ``here``: the interview
    stands at it. ``elsewhere``: it belongs to another form than the one in use.
    """

    question: str
    deal_breaker: str
    title: str
    say: str
    reason: str
    again: bool
    here: bool
    elsewhere: bool


@dataclass(frozen=True)
class Advice:
    """What stands beside the question: ``asking`` in the order in which to ask."""

    asking: tuple[Asking, ...]
    enough: bool
    firm: str


def advice(interview: Interview, firmness: Firmness, *, totals: bool) -> Advice:
    """What to ask next, and whether one knows enough; with ``totals`` also how firm it is.

    A suspected deal-breaker comes first: as long as it stands nothing else makes it firm.
    """
    assessment, judgement = interview.assessment, interview.judgement
    suspected = [_clearing(entry) for entry in suspicions(interview)]
    questions = asks(interview, firmness, first=not suspected)
    said = firm_sentence(assessment, judgement, firmness)
    if totals:
        undecided = judgement.recommendation is Recommendation.UNDECIDED
        figures = firmness_sentences(assessment, firmness)
        said = "\n".join([said, *figures] if undecided else figures)
    return Advice((*suspected, *questions)[:AHEAD], firmness.enough, said)


def standing_sentence(interview: Interview) -> str:
    """The recommendation in one sentence, as firm as it is known to be."""
    return recommendation_sentence(
        interview.judgement,
        leaning=interview.leaning,
        form=interview.assessment.form,
        suspected=has_suspicion(interview.assessment),
    )


def forming_sentence(interview: Interview) -> str:
    """The same while it forms: too early, it says without what."""
    judgement = interview.judgement
    if judgement.final is Recommendation.UNDECIDED and judgement.missing:
        return missing_sentence(judgement.missing[0])
    return standing_sentence(interview)


def suspicions(interview: Interview) -> tuple[DealBreaker, ...]:
    """The suspected deal-breakers that are to be cleared first; none once one is confirmed."""
    assessment = interview.assessment
    if not has_suspicion(assessment):
        return ()
    return tuple(
        entry
        for entry in interview.bank.deal_breakers
        if assessment.deal_breakers.get(entry.id) is DealBreakerState.SUSPECTED
    )


def asks(interview: Interview, firmness: Firmness, *, first: bool) -> tuple[Asking, ...]:
    """The questions to ask, those of the form in use first, each part in the order to ask in.

    ``first``: nothing else is to be asked before them.
    """
    numbers = {question.id: n for n, question in enumerate(interview.questions, start=1)}
    ordered = sorted(firmness.ask_next, key=lambda ask: ask.question.id not in numbers)[:AHEAD]
    return tuple(
        _asking(ask, interview, numbers.get(ask.question.id), first=first and place == 0)
        for place, ask in enumerate(ordered)
    )


def go_to(interview: Interview, question_id: str) -> None:
    """Stand at a question; where the form in use doesn't ask it, in the full form."""
    if question_id not in {question.id for question in interview.questions}:
        interview.set_form(Form.FULL)
    interview.go_to(question_id)


def _asking(ask: Ask, interview: Interview, number: int | None, *, first: bool) -> Asking:
    question = ask.question
    undecided = interview.judgement.recommendation is Recommendation.UNDECIDED
    reasons = []
    unknown = interview.answer(question.id).value is Mark.UNKNOWN
    if unknown:
        reasons.append(_("You couldn’t tell yet."))
    if first or ask.again:
        reasons.append(ask_sentence(ask, undecided=undecided))
    elif not undecided:
        text = _("After that: {chance} that it changes my recommendation.")
        reasons.append(text.format(chance=odds_words(ask.chance_to_change)))
    return Asking(
        question=question.id,
        deal_breaker="",
        title=_title(question, number),
        say=bank_text(question.say),
        reason=" ".join(reasons),
        again=ask.again or unknown,
        here=question.id == interview.question.id,
        elsewhere=number is None,
    )


def _title(question: Question, number: int | None) -> str:
    facet = bank_text(question.facet.name)
    return f"{number} · {facet}" if number is not None else facet


def _clearing(entry: DealBreaker) -> Asking:
    return Asking(
        question="",
        deal_breaker=entry.id,
        title=_("Suspected deal-breaker"),
        say=bank_text(entry.ask),
        reason=_("Clear it or confirm it first: {text}").format(text=bank_text(entry.text)),
        again=False,
        here=False,
        elsewhere=False,
    )
