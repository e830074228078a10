"""All that is said of one assessment: the judgement, its firmness, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.firmness import Firmness, firming
from fitcheck.domain.flips import Flip, Raised, seeking_flips, seeking_to_proceed
from fitcheck.domain.judgement import Judgement, judge
from fitcheck.domain.policy import Policy
from fitcheck.domain.steps import Steps, whole


@dataclass(frozen=True)
class Verdict:
    """What the verdict's page, the private file and ``fitcheck judge`` show.

    ``to_proceed`` is empty if the result is "proceed" already and ``None`` where no small set of
    answers suffices (:func:`fitcheck.domain.flips.to_proceed`).
    """

    judgement: Judgement
    firmness: Firmness
    flips: tuple[Flip, ...]
    to_proceed: tuple[tuple[Raised, ...], ...] | None
    leaning: bool


@dataclass(frozen=True)
class Sideways:
    """What other answers to the same questions would come to (:mod:`fitcheck.domain.flips`)."""

    flips: tuple[Flip, ...]
    to_proceed: tuple[tuple[Raised, ...], ...] | None


def reach_verdict(assessment: Assessment, bank: Bank, policy: Policy) -> Verdict:
    """The whole verdict on an assessment whose answers belong to ``bank``."""
    judgement = judge(assessment, bank, policy)
    return verdict_of(
        assessment,
        judgement,
        whole(firming(assessment, bank, policy, judgement)),
        whole(looking_sideways(assessment, bank, policy)),
    )


def looking_sideways(assessment: Assessment, bank: Bank, policy: Policy) -> Steps[Sideways]:
    """Flips, and what it would take to proceed, in steps."""
    found = yield from seeking_flips(assessment, bank, policy)
    sets = yield from seeking_to_proceed(assessment, bank, policy)
    return Sideways(found, sets)


def verdict_of(
    assessment: Assessment, judgement: Judgement, firm: Firmness, sideways: Sideways
) -> Verdict:
    """The verdict of its parts; an override changes the judgement and ``leaning`` alone."""
    return Verdict(
        judgement=judgement,
        firmness=firm,
        flips=sideways.flips,
        to_proceed=sideways.to_proceed,
        leaning=leaning(assessment, firm),
    )


def leaning(assessment: Assessment, firm: Firmness) -> bool:
    """Whether to say "leaning to": one doesn't know enough, and nobody has decided otherwise."""
    return not firm.enough and assessment.override is None
