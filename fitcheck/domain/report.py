"""What ``reports/`` may render, as frozen values.

What a prospect may hold is built from types that have no private field at all;
:func:`prospect_edition` and :func:`decline_letter` are the allow-lists through which anything
reaches them. A note, an evidence tag, a score, a deal-breaker
or a quote (but for the answer to I7) cannot leak from a type that cannot hold it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, assert_never

from fitcheck.domain.assessment import Assessment, NextStep
from fitcheck.domain.bank import DISAGREEMENT, Bank, Form, Question
from fitcheck.domain.drafting import plan_in_force
from fitcheck.domain.erasure import Erasure
from fitcheck.domain.judgement import Judgement, Recommendation, Stance
from fitcheck.domain.moved import Moved
from fitcheck.domain.person import Person
from fitcheck.domain.plan import Cases, Expectation, Measure, Roles, Stage
from fitcheck.domain.policy import Policy
from fitcheck.domain.profile import Profile
from fitcheck.domain.quarter import QuarterPage
from fitcheck.domain.record import Record
from fitcheck.domain.verdict import Verdict


class Edition(StrEnum):
    PRIVATE = "private"
    PROSPECT = "prospect"
    DECLINE = "decline"
    FORM = "form"


@dataclass(frozen=True)
class PrivateFile:
    """Everything, for the consultant's eyes alone.

    ``moved`` is what has changed since the last assessment, where there was one.
    """

    profile: Profile
    assessment: Assessment
    bank: Bank
    policy: Policy
    verdict: Verdict
    moved: Moved | None = None

    @property
    def judgement(self) -> Judgement:
        return self.verdict.judgement


@dataclass(frozen=True)
class FirstStage:
    """The stage that is offered whole (I5)."""

    goal: str
    deliverable: str
    time_box: str
    cap: str
    exit_test: str


@dataclass(frozen=True)
class ProspectEdition:
    """What the prospect may hold in hand.

    ``heard`` is the restatement, and empty until they confirmed it. ``first_stage`` is shown
    whole, ``later_stages`` only by their goals (I5). ``outcome`` is the final recommendation, put
    into constructive words by the template; it carries no score. ``disagreement`` is what they
    said of how to proceed, word for word (I7), ``protocol`` how we go on where we differ. The rest
    are sections of the plan in force; the words of a draft are English, to be translated.
    """

    profile: Profile
    name: str
    organisation: str
    date: dt.date
    heard: str
    outcome: Recommendation
    stance: Stance
    measures: tuple[Measure, ...]
    signs_off: str
    conditions: tuple[str, ...]
    roles: Roles
    promises: tuple[str, ...]
    scope: str
    boundaries: tuple[str, ...]
    cases: Cases
    first_stage: FirstStage | None
    later_stages: tuple[str, ...]
    reassess_on: dt.date | None
    expectations: tuple[Expectation, ...]
    disagreement: str
    protocol: str
    next_step: NextStep


@dataclass(frozen=True)
class Introduction:
    """Someone who may serve them better (I6)."""

    name: str
    contact: str
    why: str


@dataclass(frozen=True)
class DeclineLetter:
    """A no that parts as friends (I6): thanks, what was heard, at most one recorded reason.

    ``heard`` is the restatement, and empty until they confirmed it. ``revisit_on`` is the open
    door.
    """

    profile: Profile
    name: str
    organisation: str
    date: dt.date
    heard: str
    reason: str
    introduction: Introduction | None
    revisit_on: dt.date | None


@dataclass(frozen=True)
class BlankForm:
    """The prospect's own questions, to be answered by pen or on the screen (I22).

    Nothing of an assessment is on it, not even a name: it may be left lying about. ``token`` tells
    the book whose it is and says nothing to anybody else; it is empty where there is no book.
    """

    profile: Profile
    questions: tuple[Question, ...]
    token: str = ""


@dataclass(frozen=True)
class RecoverySheet:
    """The page that opens the book when the passphrase is lost; no edition of an assessment.

    It names no folder, computer or person: whoever finds it learns of no book that it opens.
    ``date`` tells it from an older one, which opens nothing any more.
    """

    # Not in the repr, which may end in a traceback.
    recovery_key: str = field(repr=False)
    date: dt.date
    profile: ClassVar[Profile] = Profile()


class CardSheet(StrEnum):
    """What a pocket card is printed on: a card by itself, or four to a sheet, to be cut."""

    A6 = "a6"
    FOUR_UP = "four-up"


@dataclass(frozen=True)
class PocketCard:
    """The core questions for those who leave the laptop closed (I8); no edition of an assessment.

    It has no field for a prospect, and none for the consultant: it is carried about and gets lost.
    """

    questions: tuple[Question, ...]
    sheet: CardSheet
    profile: ClassVar[Profile] = Profile()


@dataclass(frozen=True)
class PersonFile:
    """All that the book holds of one person, to be given to them when they ask for it.

    ``rules`` are the bank and the policy of each of the person's assessments, in their order.
    ``kept_until`` is the day in force, ``years`` how many the usual one lies after a change.
    """

    profile: Profile
    person: Person = field(repr=False)
    rules: tuple[tuple[Bank, Policy], ...]
    kept_until: dt.date
    years: int

    @property
    def name(self) -> str:
        return self.person.prospect.name


@dataclass(frozen=True)
class ErasureSheet:
    """What shows that somebody was erased. It names nobody: whoever it was, is forgotten."""

    erasure: Erasure
    profile: ClassVar[Profile] = Profile()


@dataclass(frozen=True)
class RecordSheet:
    """The track record as it stood on a day. For the consultant alone: it names prospects."""

    profile: Profile
    on: dt.date
    record: Record


@dataclass(frozen=True)
class QuarterSheet:
    """A quarter in figures as they stood on a day, with the quarter before beside it.

    It names no prospect, but events and sources as the consultant wrote them down.
    """

    profile: Profile
    on: dt.date
    now: QuarterPage = field(repr=False)
    before: QuarterPage = field(repr=False)


CORE_QUESTIONS = 6
"""The event form begins with its core: two questions an axis."""


def pocket_card(bank: Bank, sheet: CardSheet) -> PocketCard:
    """The card of a bank's core questions."""
    return PocketCard(bank.form(Form.EVENT)[:CORE_QUESTIONS], sheet)


Report = (
    PrivateFile
    | ProspectEdition
    | DeclineLetter
    | BlankForm
    | RecoverySheet
    | PocketCard
    | PersonFile
    | ErasureSheet
    | RecordSheet
    | QuarterSheet
)


def make_report(
    edition: Edition,
    assessment: Assessment,
    bank: Bank,
    policy: Policy,
    verdict: Verdict,
    profile: Profile,
    moved: Moved | None = None,
    form_token: str = "",
) -> Report:
    """Any edition of any assessment; ``moved`` is for the private file alone.

    ``form_token`` is for the blank form alone.
    """
    match edition:
        case Edition.PRIVATE:
            return PrivateFile(profile, assessment, bank, policy, verdict, moved)
        case Edition.PROSPECT:
            return prospect_edition(assessment, bank, verdict.judgement, profile)
        case Edition.DECLINE:
            return decline_letter(assessment, profile)
        case Edition.FORM:
            return BlankForm(profile, bank.form(Form.PROSPECT), form_token)
        case _:
            assert_never(edition)


def prospect_edition(
    assessment: Assessment, bank: Bank, judgement: Judgement, profile: Profile
) -> ProspectEdition:
    """The prospect's edition: the only way from an assessment to that type."""
    plan = plan_in_force(assessment, bank, judgement, profile)
    protocol = assessment.answers.get(DISAGREEMENT)
    return ProspectEdition(
        profile=profile,
        name=assessment.prospect.name,
        organisation=assessment.prospect.organisation,
        date=assessment.date,
        heard=_heard(assessment),
        outcome=judgement.final,
        stance=judgement.stance,
        measures=plan.measures,
        signs_off=plan.signs_off,
        conditions=plan.conditions,
        roles=plan.roles,
        promises=plan.promises,
        scope=plan.scope,
        boundaries=plan.boundaries,
        cases=plan.cases,
        first_stage=_first(plan.stages),
        later_stages=tuple(stage.goal for stage in plan.stages[1:]),
        reassess_on=plan.reassess_on if plan.stages else None,
        expectations=plan.expectations,
        disagreement=protocol.quote if protocol else "",
        protocol=plan.disagreement,
        next_step=assessment.conversation.next_step,
    )


def decline_letter(assessment: Assessment, profile: Profile) -> DeclineLetter:
    """The decline letter: the only way from an assessment to that type."""
    letter = assessment.plan.letter
    to = letter.referral
    return DeclineLetter(
        profile=profile,
        name=assessment.prospect.name,
        organisation=assessment.prospect.organisation,
        date=assessment.date,
        heard=_heard(assessment),
        reason=letter.reason,
        introduction=Introduction(to.name, to.contact, to.why) if to else None,
        revisit_on=letter.revisit_on,
    )


def _first(stages: tuple[Stage, ...]) -> FirstStage | None:
    if not stages:
        return None
    first = stages[0]
    return FirstStage(first.goal, first.deliverable, first.time_box, first.cap, first.exit_test)


def _heard(assessment: Assessment) -> str:
    """What we heard, once they have confirmed it."""
    conversation = assessment.conversation
    return conversation.restatement if conversation.confirmed_on else ""
