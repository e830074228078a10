"""Every text of an assessment by whose eyes it is for: private, told, or written for the prospect.

A test goes through the fields of :class:`Assessment` and fails for one that is none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import DISAGREEMENT, Bank
from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookOutcome, BookReferral


class Kind(StrEnum):
    """Where a private text stands. The first two are on a question."""

    NOTE = "note"
    QUOTE = "quote"
    IN_THEIR_WORDS = "in_their_words"
    MET_AT = "met_at"
    RESTATEMENT = "restatement"
    PRESENTED_PROBLEM = "presented_problem"
    PROBLEM_NOW = "problem_now"
    THEIR_AGENDA = "their_agenda"
    MY_AGENDA = "my_agenda"
    TIME_AGREED = "time_agreed"
    KEEP = "keep"
    STOP = "stop"
    START = "start"
    GUT = "gut"
    OVERRIDE = "override"
    DISSENT = "dissent"
    RISK = "risk"
    REASON = "reason"
    DEAL_BREAKER = "deal_breaker"
    SOURCE = "source"
    NOTED = "noted"
    """Beside all assessments."""
    FOLLOW_UP = "follow_up"
    OUTCOME = "outcome"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Place:
    """Where a private text stands; ``key`` is the question's id, where it is on a question."""

    kind: Kind
    key: str = ""


@dataclass(frozen=True)
class PrivateText:
    """A text that no document for the prospect may repeat. ``theirs``: it is what they said."""

    place: Place
    text: str
    theirs: bool = False


def private_texts(assessment: Assessment, bank: Bank) -> tuple[PrivateText, ...]:
    """All that is for the consultant's eyes alone; the questions' in form order, then the rest."""
    return tuple(
        PrivateText(place, text, theirs)
        for place, text, theirs in (*_of_answers(assessment), *_beside(assessment, bank))
        if text
    )


def texts_beside(
    about: About,
    follow_ups: Iterable[BookFollowUp] = (),
    outcomes: Iterable[BookOutcome] = (),
    referrals: Iterable[BookReferral] = (),
) -> tuple[PrivateText, ...]:
    """What is for the consultant's eyes alone beside all assessments of a prospect.

    Tags and links are too short to be told from what anybody may say.
    """
    found = [(Kind.SOURCE, about.source), (Kind.NOTED, about.notes)]
    for follow_up in follow_ups:
        found.append((Kind.FOLLOW_UP, follow_up.reason))
        found += [(Kind.FOLLOW_UP, move.reason) for move in follow_up.moves]
    found += [(Kind.OUTCOME, outcome.words) for outcome in outcomes]
    found += [(Kind.REFERRAL, referral.words) for referral in referrals]
    return tuple(PrivateText(Place(kind), text) for kind, text in found if text)


def _of_answers(assessment: Assessment) -> Iterator[tuple[Place, str, bool]]:
    for answer in assessment.answers.values():
        yield Place(Kind.NOTE, answer.question), answer.note, False
        if answer.question != DISAGREEMENT:  # which is asked to be printed (I7)
            yield Place(Kind.QUOTE, answer.question), answer.quote, True


def _beside(assessment: Assessment, bank: Bank) -> Iterator[tuple[Place, str, bool]]:
    prospect, said, plan = assessment.prospect, assessment.conversation, assessment.plan
    yield Place(Kind.IN_THEIR_WORDS), prospect.in_their_words, True
    yield Place(Kind.MET_AT), prospect.met_at, False
    yield Place(Kind.PRESENTED_PROBLEM), said.presented_problem, True
    yield Place(Kind.PROBLEM_NOW), said.problem_now, False
    yield Place(Kind.THEIR_AGENDA), said.their_agenda, True
    yield Place(Kind.MY_AGENDA), said.my_agenda, False
    yield Place(Kind.TIME_AGREED), said.time_agreed, True
    if said.confirmed_on is None:
        yield Place(Kind.RESTATEMENT), said.restatement, False
    for kind, pile in ((Kind.KEEP, said.keep), (Kind.STOP, said.stop), (Kind.START, said.start)):
        for item in pile:
            yield Place(kind), item, True
    if assessment.gut is not None:
        yield Place(Kind.GUT), assessment.gut.words, False
    if assessment.override is not None:
        yield Place(Kind.OVERRIDE), assessment.override.reason, False
    for dissent in assessment.dissent:
        for text in (dissent.advised, dissent.why, dissent.chosen):
            yield Place(Kind.DISSENT), text, False
    for risk in plan.risks:
        yield Place(Kind.RISK), risk.what, False
        yield Place(Kind.RISK), risk.response, False
    for reason in plan.reasons:
        if reason != plan.letter.reason:  # the one that was picked to be given
            yield Place(Kind.REASON), reason, False
    for deal_breaker in bank.deal_breakers:
        yield Place(Kind.DEAL_BREAKER), deal_breaker.text, False


def told_texts(assessment: Assessment, bank: Bank) -> tuple[str, ...]:
    """What the prospect knows, having said it, confirmed it or agreed to it; and our own words."""
    said = assessment.conversation
    protocol = assessment.answers.get(DISAGREEMENT)
    return (
        assessment.prospect.name,
        assessment.prospect.organisation,
        said.restatement if said.confirmed_on else "",
        said.next_step.what,
        protocol.quote if protocol else "",
        *(question.condition for question in bank.questions if question.condition),
    )


def written_texts(assessment: Assessment) -> tuple[str, ...]:
    """What the consultant wrote for the prospect to read."""
    plan, letter = assessment.plan, assessment.plan.letter
    referral = letter.referral
    return (
        *plan.conditions,
        *(t for s in plan.stages for t in (s.goal, s.deliverable, s.time_box, s.cap, s.exit_test)),
        *(t for m in plan.measures for t in (m.what, m.baseline, m.target, m.by)),
        plan.signs_off,
        *(t for e in plan.expectations for t in (e.expected, e.realistic, e.agreed)),
        *(*plan.roles.yours, *plan.roles.mine, *plan.roles.ours),
        *plan.promises,
        plan.scope,
        *plan.boundaries,
        plan.disagreement,
        *(plan.cases.best, plan.cases.worst),
        letter.reason,
        *((referral.name, referral.contact, referral.why) if referral else ()),
    )
