"""Words for what the second gate found: where something private stands."""

from __future__ import annotations

from fitcheck.domain.bank import Bank
from fitcheck.domain.private_texts import Kind, Place
from fitcheck.i18n import N_, _
from reports.words import bank_text

_NAMES = {
    Kind.NOTE: N_("Your note on “{question}”"),
    Kind.QUOTE: N_("Their words on “{question}”"),
    Kind.IN_THEIR_WORDS: N_("In their words"),
    Kind.MET_AT: N_("Where you met"),
    Kind.RESTATEMENT: N_("What you heard, not confirmed yet"),
    Kind.PRESENTED_PROBLEM: N_("The problem as they presented it"),
    Kind.PROBLEM_NOW: N_("The problem as you see it now"),
    Kind.THEIR_AGENDA: N_("Their agenda"),
    Kind.MY_AGENDA: N_("Your agenda"),
    Kind.TIME_AGREED: N_("The time that was agreed"),
    Kind.KEEP: N_("What to keep doing"),
    Kind.STOP: N_("What to stop doing"),
    Kind.START: N_("What to start doing"),
    Kind.GUT: N_("What your gut said"),
    Kind.OVERRIDE: N_("Your reason for deciding otherwise"),
    Kind.DISSENT: N_("The record of a dissent"),
    Kind.RISK: N_("A risk"),
    Kind.REASON: N_("A reason for declining that you didn’t pick"),
    Kind.DEAL_BREAKER: N_("A deal-breaker"),
    Kind.SOURCE: N_("Through whom they came"),
    Kind.NOTED: N_("Your notes on them"),
    Kind.FOLLOW_UP: N_("The reason of a follow-up"),
    Kind.OUTCOME: N_("What you wrote of how it came out"),
    Kind.REFERRAL: N_("What came of a referral"),
}


def place_name(place: Place, bank: Bank) -> str:
    """What a private text is called, with the question that it stands on."""
    question = bank.by_id.get(place.key)
    return _(_NAMES[place.kind]).format(question=bank_text(question.say) if question else "")
