"""Prospects who were sent to a colleague (I6), and what came of it.

What is *offered* in a decline letter is a :class:`fitcheck.domain.plan.Referral`; this is what was
done.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Result(StrEnum):
    """What came of it, as far as one has heard."""

    NOT_HEARD = "not_heard"
    MET = "met"
    WORKING = "working"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Referred:
    """A prospect was sent to ``name`` on ``day``.

    ``result_on`` is the day on which one heard of the result, ``words`` what there is to say of it.
    """

    name: str = field(repr=False)
    day: dt.date
    result: Result = Result.NOT_HEARD
    result_on: dt.date | None = None
    words: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a referral names somebody")
        if (self.result is Result.NOT_HEARD) is not (self.result_on is None):
            raise ValueError("what was heard was heard on a day")
        if self.result_on is not None and self.result_on < self.day:
            raise ValueError("nothing came of it before it was made")


@dataclass(frozen=True)
class ReferralLine:
    """One referral in the book: of whom, and to which colleague, if that one is still there."""

    id: int
    prospect_id: int
    prospect: str = field(repr=False)
    colleague_id: int | None
    referred: Referred


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and blanks."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
