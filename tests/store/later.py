"""A row in every table of what comes after a first talk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from fitcheck.domain.bank import Axis, Evidence, Reference
from fitcheck.domain.book import About, StoredBank
from fitcheck.domain.book_years import (
    BookFollowUp,
    BookForecast,
    BookMove,
    BookOutcome,
    BookReferral,
)
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Result
from fitcheck.store import tables, years
from fitcheck.store.abouts import put
from fitcheck.store.book import Book
from tests.exchange.banks import small_bank

DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Later:
    """All of it for one prospect; ``forecast`` is for their first decision."""

    about: About
    follow_ups: tuple[BookFollowUp, ...]
    forecast: BookForecast
    outcomes: tuple[BookOutcome, ...]
    referrals: tuple[BookReferral, ...]


def later(word: str = "“hall” 🪷", number: int = 1) -> Later:
    """Something in every field, with ``word`` in each text; ``number`` is in what is unique."""
    moves = (
        BookMove(DAY, dt.date(2026, 12, 1), dt.time(9, 30), f"away {word}"),
        BookMove(DAY, dt.date(2026, 12, 5)),
    )
    planned = BookFollowUp(
        f"{number:032x}",
        Purpose.RE_ASSESS,
        dt.date(2026, 11, 30),
        dt.time(14, 5),
        f"ask again {word}",
        moves,
        suggested_for=dt.date(2026, 11, 29),
    )
    done = BookFollowUp(f"{number + 1000:032x}", Purpose.LOOK_IN, DAY, done_on=DAY)
    return Later(
        About(f"through {word}", f"noted {word}", (f"https://{word}",), (f"tag {word}", "Zebra")),
        (planned, done),
        BookForecast(
            DAY,
            Recommendation.STAGE,
            Action.DECLINE,
            Action.PROCEED,
            0.25,
            0.5,
            0.25,
            {Axis.CHEMISTRY: 0.5, Axis.TRUST: 0.75},
            {Evidence.HUNCH: 0.125},
        ),
        (
            BookOutcome(Occasion.NINETY_DAYS, DAY, (Sign.PAID, Sign.AGAIN), f"came {word}"),
            BookOutcome(Occasion.END, DAY, ()),
        ),
        (
            BookReferral(f"Åsa {word}", DAY, Result.MET, 1, DAY, f"they said {word}"),
            BookReferral("Somebody", DAY, Result.NOT_HEARD),
        ),
    )


def put_later(book: Book, prospect_id: int, what: Later, colleague_id: int | None = None) -> None:
    """Write it; a forecast where there is a decision."""

    def work(connection: Connection) -> None:
        put(connection, prospect_id, what.about)
        for follow_up in what.follow_ups:
            years.add_follow_up(connection, prospect_id, follow_up)
        step = tables.period_step.c
        kinds = connection.scalars(
            select(step.kind).where(step.prospect_id == prospect_id).order_by(step.id)
        ).all()
        if "decided" in kinds:
            years.add_forecast(connection, prospect_id, kinds.index("decided"), what.forecast)
        years.add_outcomes(connection, prospect_id, what.outcomes)
        for referral in what.referrals:
            sent = colleague_id if referral.colleague else None
            years.add_referral(connection, prospect_id, referral, sent)

    book._writer.write(work).result()


def put_bank(book: Book) -> None:
    """A bank of the consultant's own."""
    book.banks.add(StoredBank(Reference("own-small", "1.0.0"), small_bank(), DAY)).result()


def without_colleague(what: Later) -> Later:
    """The same where no colleague is in the book."""
    return replace(what, referrals=tuple(replace(r, colleague=None) for r in what.referrals))
