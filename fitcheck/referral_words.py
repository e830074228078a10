"""Referrals in words: what came of one, and one line of many."""

from __future__ import annotations

from fitcheck.domain.referral import Result
from fitcheck.i18n import N_, _, ngettext

_RESULTS = {
    Result.NOT_HEARD: N_("Not heard yet"),
    Result.MET: N_("They met"),
    Result.WORKING: N_("They work together"),
    Result.NOTHING: N_("It came to nothing"),
}


def result_name(result: Result) -> str:
    return _(_RESULTS[result])


def result_text(result: Result, day: str) -> str:
    """What came of it, with the day on which one heard, as it is written here."""
    if result is Result.NOT_HEARD:
        return result_name(result)
    return _("{result}, heard on {day}").format(result=result_name(result), day=day)


def count_text(number: int) -> str:
    """How many were sent to somebody; "" where nobody was."""
    if not number:
        return ""
    return ngettext("{count} referral", "{count} referrals", number).format(count=number)
