"""What an assessment comes to, in the few figures that the list shows."""

from __future__ import annotations

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.listed import Summary
from fitcheck.domain.policy import Match


def summarise(
    assessment: Assessment, bank: Bank, judgement: Judgement, *, leaning: bool
) -> Summary:
    """What the list shows of an assessment."""
    return Summary(
        recommendation=judgement.final,
        leaning=leaning,
        good=judgement.odds[Match.GOOD],
        workable=judgement.odds[Match.WORKABLE],
        poor=judgement.odds[Match.POOR],
        answered=sum(
            1
            for question in bank.form(assessment.form)
            if (answer := assessment.answers.get(question.id)) and answer.value is not None
        ),
        asked=len(bank.form(assessment.form)),
    )
