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

from fitcheck.domain.assessment import (
    Assessment,
    Expectation,
    Letter,
    Measure,
    NextStep,
    Stage,
)
from fitcheck.domain.bank import DISAGREEMENT, Bank, Form, Question
from fitcheck.domain.judgement import Judgement, Recommendation, Stance
from fitcheck.domain.moved import Moved
from fitcheck.domain.plan import conditions
from fitcheck.domain.policy import Policy
from fitcheck.domain.profile import Profile
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
class ProspectEdition:
    """What the prospect may hold in hand.

    ``heard`` is the restatement, and empty until they confirmed it. ``first_stage`` is shown
    whole, ``later_stages`` only by their goals (I5). ``outcome`` is the final recommendation, put
    into constructive words by the template; it carries no score.
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
    first_stage: Stage | None
    later_stages: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    disagreement: str
    next_step: NextStep


@dataclass(frozen=True)
class DeclineLetter:
    """A no that parts as friends (I6): thanks, what was heard, at most one recorded reason.

    ``heard`` is the restatement, and empty until they confirmed it.
    """

    profile: Profile
    name: str
    organisation: str
    date: dt.date
    heard: str
    letter: Letter


@dataclass(frozen=True)
class BlankForm:
    """The prospect's own questions, to be answered by pen or on the screen (I22).

    Nothing of an assessment is on it, not even a name: it may be left lying about.
    """

    profile: Profile
    questions: tuple[Question, ...]


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


CORE_QUESTIONS = 6
"""The event form begins with its core: two questions an axis."""


def pocket_card(bank: Bank, sheet: CardSheet) -> PocketCard:
    """The card of a bank's core questions."""
    return PocketCard(bank.form(Form.EVENT)[:CORE_QUESTIONS], sheet)


Report = PrivateFile | ProspectEdition | DeclineLetter | BlankForm | RecoverySheet | PocketCard


def make_report(
    edition: Edition,
    assessment: Assessment,
    bank: Bank,
    policy: Policy,
    verdict: Verdict,
    profile: Profile,
    moved: Moved | None = None,
) -> Report:
    """Any edition of any assessment; ``moved`` is for the private file alone."""
    match edition:
        case Edition.PRIVATE:
            return PrivateFile(profile, assessment, bank, policy, verdict, moved)
        case Edition.PROSPECT:
            return prospect_edition(assessment, bank, verdict.judgement, profile)
        case Edition.DECLINE:
            return decline_letter(assessment, profile)
        case Edition.FORM:
            return BlankForm(profile, bank.form(Form.PROSPECT))
        case _:
            assert_never(edition)


def prospect_edition(
    assessment: Assessment, bank: Bank, judgement: Judgement, profile: Profile
) -> ProspectEdition:
    """The prospect's edition: the only way from an assessment to that type."""
    conversation, plan = assessment.conversation, assessment.plan
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
        conditions=conditions(assessment, bank),
        first_stage=plan.stages[0] if plan.stages else None,
        later_stages=tuple(stage.goal for stage in plan.stages[1:]),
        expectations=plan.expectations,
        disagreement=protocol.quote if protocol else "",
        next_step=conversation.next_step,
    )


def decline_letter(assessment: Assessment, profile: Profile) -> DeclineLetter:
    """The decline letter: the only way from an assessment to that type."""
    return DeclineLetter(
        profile=profile,
        name=assessment.prospect.name,
        organisation=assessment.prospect.organisation,
        date=assessment.date,
        heard=_heard(assessment),
        letter=assessment.plan.letter,
    )


def _heard(assessment: Assessment) -> str:
    """What we heard, once they have confirmed it."""
    conversation = assessment.conversation
    return conversation.restatement if conversation.confirmed_on else ""
