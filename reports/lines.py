"""A verdict as lines of plain text, for a terminal."""

from __future__ import annotations

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.verdict import Verdict
from reports import words


def verdict_lines(assessment: Assessment, bank: Bank, verdict: Verdict) -> list[str]:
    """The verdict in sentences: the advice first, then the figures and what stands in the way."""
    prospect, judgement = assessment.prospect, verdict.judgement
    lines = [
        " · ".join(filter(None, [prospect.name, prospect.organisation])),
        words.recommendation_sentence(judgement, leaning=verdict.leaning, form=assessment.form),
    ]
    if assessment.override is not None:
        lines += [words.override_sentence(judgement), assessment.override.reason]
    lines += [words.confirmed_sentence(id_, bank) for id_ in judgement.confirmed]
    lines += [words.missing_sentence(missing) for missing in judgement.missing]
    lines += [words.brake_sentence(brake, bank) for brake in judgement.brakes]
    lines += ["", words.odds_sentence(judgement.odds), words.stance_sentence(judgement.stance)]
    lines += [
        f"{words.axis_name(axis)}: {words.range_text(side)}, {words.answered_text(side)}"
        for axis, side in judgement.axes.items()
    ]
    return [*lines, "", words.policy_note()]
