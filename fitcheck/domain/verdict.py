"""All that is said of one assessment: the judgement, its firmness, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.firmness import Firmness, firmness
from fitcheck.domain.flips import Flip, Raised, flips, to_proceed
from fitcheck.domain.judgement import Judgement, judge
from fitcheck.domain.policy import Policy


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


def reach_verdict(assessment: Assessment, bank: Bank, policy: Policy) -> Verdict:
    """The whole verdict on an assessment whose answers belong to ``bank``."""
    firm = firmness(assessment, bank, policy)
    return Verdict(
        judgement=judge(assessment, bank, policy),
        firmness=firm,
        flips=flips(assessment, bank, policy),
        to_proceed=to_proceed(assessment, bank, policy),
        leaning=leaning(assessment, firm),
    )


def leaning(assessment: Assessment, firm: Firmness) -> bool:
    """Whether to say "leaning to": one doesn't know enough, and nobody has decided otherwise."""
    return not firm.enough and assessment.override is None
