"""What a schema can't say of a prospect's line: that what came of them can have come so."""

from __future__ import annotations

from collections.abc import Iterator

from fitcheck.domain.book_years import BookReferral
from fitcheck.domain.referral import Result
from fitcheck.domain.whole_book import BookProspect
from fitcheck.exchange.typed_json import Steps


def faults_of_years(record: BookProspect, colleagues: int) -> Iterator[tuple[str, Steps]]:
    """What was expected, and where; ``colleagues`` came before in the file."""
    for index, step in enumerate(record.period):
        if step.forecast and not all(0 <= score <= 1 for score in step.forecast.scores):
            yield "expected odds and scores from 0 to 1", ("period", index, "forecast")
    for index, referral in enumerate(record.referrals):
        number = referral.colleague
        if number is not None and not 1 <= number <= colleagues:
            expected = f"expected one of the {colleagues:,} colleagues, found {number:,}"
            yield expected, ("referrals", index, "colleague")
        for expected, name in _faults_of_referral(referral):
            yield expected, ("referrals", index, name)


def _faults_of_referral(referral: BookReferral) -> Iterator[tuple[str, str]]:
    if not referral.name.strip():
        yield "expected a name that is not blank", "name"
    if (referral.result is Result.NOT_HEARD) is not (referral.result_on is None):
        yield "expected the day on which something was heard, and none before that", "result_on"
    elif referral.result_on is not None and referral.result_on < referral.on:
        yield "expected a day that is not before the referral", "result_on"
