"""A re-assessment: what the last one found is where the next one begins (I1, I25)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank
from fitcheck.domain.policy import Appetite, Policy


def begun_again(
    last: Assessment,
    prospect: Prospect,
    today: dt.date,
    bank: Bank,
    policy: Policy,
    appetite: Appetite,
) -> Assessment:
    """An assessment of ``today`` with all that ``last`` holds, to be judged by today's rules.

    Left behind are only the override and the gut feeling, which were about the last one, and what
    ``bank`` (today's, with ``policy``'s own deal-breakers) no longer asks about. The contact is the
    one of today.
    """
    return replace(
        last,
        date=today,
        bank=bank.reference,
        policy=policy.reference,
        appetite=appetite,
        prospect=replace(prospect, in_their_words=last.prospect.in_their_words),
        answers={id_: answer for id_, answer in last.answers.items() if id_ in bank.by_id},
        deal_breakers={
            id_: state
            for id_, state in last.deal_breakers.items()
            if id_ in bank.deal_breaker_by_id
        },
        override=None,
        gut=None,
    )
