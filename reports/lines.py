"""A verdict as lines of plain text, for a terminal."""

from __future__ import annotations

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.policy import Policy
from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import _
from reports import firm_words, verdict_words, words


def verdict_lines(
    assessment: Assessment, bank: Bank, policy: Policy, verdict: Verdict
) -> list[str]:
    """The verdict in sentences: the advice, how firm it is, the figures, what would change it."""
    prospect, judgement = assessment.prospect, verdict.judgement
    lines = [
        " · ".join(filter(None, [prospect.name, prospect.organisation])),
        firm_words.verdict_sentence(assessment, verdict),
    ]
    if assessment.override is not None:
        lines += [assessment.override.reason, words.override_sentence(judgement)]
    lines += firm_words.firmness_sentences(assessment, verdict.firmness)
    lines += [words.confirmed_sentence(id_, bank) for id_ in judgement.confirmed]
    lines += [words.missing_sentence(missing) for missing in judgement.missing]
    lines += [words.brake_sentence(brake, bank) for brake in judgement.brakes]
    lines += ["", words.odds_sentence(judgement.odds), words.stance_sentence(judgement.stance)]
    lines += [
        f"{words.axis_name(axis)}: {words.range_text(side)}, {words.answered_text(side)}"
        for axis, side in judgement.axes.items()
    ]
    for heading, texts in (
        (verdict_words.asks_heading(verdict), verdict_words.ask_lines(assessment, bank, verdict)),
        (_("What would change it"), verdict_words.flip_sentences(verdict)),
        (_("What it would take to proceed"), verdict_words.to_proceed_sentences(policy, verdict)),
        (_("About the answers themselves"), verdict_words.warning_sentences(judgement)),
        (_("Your view and theirs"), verdict_words.gap_sentences(judgement)),
    ):
        if texts:
            lines += ["", heading, *(f"  {text}" for text in texts)]
    return [*lines, "", words.policy_note()]
