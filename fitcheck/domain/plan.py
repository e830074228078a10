"""What is drafted from the answers: so far the conditions of the working agreement."""

from __future__ import annotations

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.posterior import rated

LOW_LEVEL = 1
"""An answer at this level or below puts its question's condition into the working agreement."""


def conditions(assessment: Assessment, bank: Bank) -> tuple[str, ...]:
    """The conditions in force: the consultant's own where written, else those of low answers."""
    if assessment.plan.conditions:
        return assessment.plan.conditions
    return tuple(
        r.question.condition
        for r in rated(assessment, bank)
        if r.level <= LOW_LEVEL and r.question.condition
    )
