"""What came of a prospect, out of a whole book's file into this book.

As :mod:`fitcheck.store.merging` does it: found out and done by the same walk, which goes by the
book as it was when a prospect was first come upon, and by what has been taken for them since.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookOutcome, BookReferral
from fitcheck.domain.incoming_book import Choices, Difference, YearsSince
from fitcheck.domain.referral import Result
from fitcheck.domain.whole_book import BookProspect
from fitcheck.exchange.typed_json import read, write
from fitcheck.store import rows
from fitcheck.store.abouts import about_of, put
from fitcheck.store.merging_own import OwnThings
from fitcheck.store.years import (
    add_follow_up,
    add_forecast,
    add_outcomes,
    add_referral,
    follow_up_known_as,
    forecasts_of,
    move_on,
    outcomes_of,
    referrals_of,
    set_result,
)

T = TypeVar("T")


@dataclass
class _Here:
    """What is known here of one prospect, with what was taken so far; as a file would say it."""

    about: About
    outcomes: Counter[BookOutcome]
    referrals: list[tuple[int | None, BookReferral]]
    """Each with its id; ``None`` for those that were taken."""


@dataclass(frozen=True)
class MetYears:
    """What of it is for somebody who is here."""

    filled: tuple[str, ...]
    differences: tuple[Difference, ...]
    years: YearsSince


class MergingYears:
    def __init__(
        self, connection: Connection, choices: Choices, own: OwnThings, *, writing: bool
    ) -> None:
        self._connection = connection
        self._choices = choices
        self._own = own
        self._writing = writing
        self._here: dict[int, _Here] = {}

    def add(self, id_: int, record: BookProspect) -> None:
        """All of it for somebody new, whose phase has all of its steps."""
        if record.about != About():
            put(self._connection, id_, record.about)
        for place, step in enumerate(record.period):
            if step.forecast is not None:
                add_forecast(self._connection, id_, place, step.forecast)
        for follow_up in record.follow_ups:
            self._follow_up(id_, follow_up)
        add_outcomes(self._connection, id_, record.outcomes)
        for referral in record.referrals:
            self._add_referral(id_, referral)

    def meet(self, here: int, key: str, name: str, record: BookProspect, common: int) -> MetYears:
        """What is new of it for somebody who is here; ``key`` and ``name`` are for differences.

        The first ``common`` steps of the phase are the same here and there.
        """
        filled, differences, links, tags = self._about(here, key, name, record.about)
        followed = Counter(self._follow_up(here, each) for each in record.follow_ups)
        referred = self._referrals(here, record.referrals)
        years = YearsSince(
            links=links,
            tags=tags,
            follow_ups=followed["taken"],
            outcomes=self._outcomes(here, record.outcomes),
            referrals=referred["taken"],
            forecasts=self._forecasts(here, record, common),
            apart=followed["apart"] + referred["apart"],
        )
        return MetYears(tuple(filled), tuple(differences), years)

    def _known(self, id_: int) -> _Here:
        if id_ not in self._here:
            about = _as_written(about_of(self._connection, id_))
            outcomes = outcomes_of(self._connection, id_).values()
            referrals = referrals_of(self._connection, id_, {})
            self._here[id_] = _Here(
                about,
                Counter(map(_as_written, outcomes)),
                [(row, _as_written(each)) for row, each in referrals.items()],
            )
        return self._here[id_]

    # What is known of them

    def _about(
        self, id_: int, key: str, name: str, there: About
    ) -> tuple[list[str], list[Difference], int, int]:
        known = self._known(id_)
        before = after = known.about
        filled, differences = [], []
        for what in ("source", "notes"):
            ours, theirs = getattr(before, what), getattr(there, what)
            if ours == theirs or not theirs:
                continue
            place = f"{key}.{what}"
            if ours:
                differences.append(Difference(place, name, what, ours, theirs))
            else:
                filled.append(what)
            if not ours or place in self._choices.theirs:
                after = replace(after, **{what: theirs})
        links = tuple(dict.fromkeys(link for link in there.links if link not in before.links))
        had = set(map(_folded, before.tags))
        fresh = {_folded(tag): tag for tag in reversed(there.tags) if _folded(tag)}
        tags = tuple(tag for folded, tag in fresh.items() if folded not in had)
        after = replace(after, links=(*before.links, *links), tags=(*before.tags, *tags))
        known.about = after
        if self._writing and after != before:
            put(self._connection, id_, after)
        return filled, differences, len(links), len(tags)

    # Follow-ups

    def _follow_up(self, owner: int, there: BookFollowUp) -> str:
        """Whether it is taken, the same, or went on in both books, so that ours stays."""
        found = follow_up_known_as(self._connection, there.uid)
        if found is None:
            if self._writing:
                add_follow_up(self._connection, owner, there)
            return "taken"
        id_, prospect_id, ours = found
        if prospect_id != owner:
            return "same"  # two of there are one here, or the other way round: it stays where it is
        before = _as_written(ours)
        after = _gone_on(before, there)
        if after is None:
            return "apart"
        if after == before:
            return "same"
        if self._writing:
            move_on(self._connection, id_, after)
        return "taken"

    # Forecasts

    def _forecasts(self, id_: int, record: BookProspect, common: int) -> int:
        """What was foretold at a decision is frozen: one that is here stays."""
        had = forecasts_of(self._connection, id_)
        fresh = {
            place: step.forecast
            for place, step in enumerate(record.period)
            if step.forecast is not None and place < common and place not in had
        }
        if self._writing:
            for place, forecast in fresh.items():
                add_forecast(self._connection, id_, place, forecast)
        return len(fresh)

    # Outcomes

    def _outcomes(self, id_: int, there: tuple[BookOutcome, ...]) -> int:
        """What was marked the same is the same; all else stands beside what is here."""
        had = Counter(self._known(id_).outcomes)
        fresh = []
        for each in there:
            if had[each]:
                had[each] -= 1
            else:
                fresh.append(each)
        self._known(id_).outcomes.update(fresh)
        if self._writing:
            add_outcomes(self._connection, id_, fresh)
        return len(fresh)

    # Referrals

    def _referrals(self, id_: int, there: tuple[BookReferral, ...]) -> Counter[str]:
        """To whom on which day is what a referral is known by."""
        left = list(self._known(id_).referrals)
        found: Counter[str] = Counter()
        for each in there:
            same = [at for at, (_row, ours) in enumerate(left) if _sent(ours) == _sent(each)]
            if not same:
                found["taken"] += 1
                self._known(id_).referrals.append((None, each))
                if self._writing:
                    self._add_referral(id_, each)
                continue
            row, ours = left.pop(same[0])
            after = _heard(ours, each)
            if after is None:
                found["apart"] += 1
            elif after != ours:
                found["taken"] += 1
                if self._writing and row is not None:
                    set_result(self._connection, row, after)
        return found

    def _add_referral(self, id_: int, each: BookReferral) -> None:
        add_referral(self._connection, id_, each, self._own.colleague_known_as(each.colleague))


def _as_written(record: T) -> T:
    """As a file would say it."""
    made: T = read(type(record), write(record))[0]
    return made


def _folded(tag: str) -> str:
    return rows.fold(" ".join(tag.split()))


def _gone_on(ours: BookFollowUp, theirs: BookFollowUp) -> BookFollowUp | None:
    """Ours after what has become of it there; ``None`` where the two went on by themselves."""
    if replace(theirs, moves=(), done_on=None) != replace(ours, moves=(), done_on=None):
        return None
    count = len(ours.moves)
    if theirs.moves[:count] == ours.moves:
        ahead = len(theirs.moves) > count or ours.done_on is None
        return theirs if ahead else ours
    return ours if ours.moves[: len(theirs.moves)] == theirs.moves else None


def _sent(referral: BookReferral) -> tuple[str, dt.date]:
    return rows.fold(" ".join(referral.name.split())), referral.on


def _heard(ours: BookReferral, theirs: BookReferral) -> BookReferral | None:
    """Ours with what was heard there; ``None`` where two things were heard."""
    if theirs.result is Result.NOT_HEARD or ours.result is Result.NOT_HEARD:
        newer = ours if theirs.result is Result.NOT_HEARD else theirs
    elif (ours.result, ours.result_on) == (theirs.result, theirs.result_on):
        newer = ours
    else:
        return None
    if ours.words and theirs.words and ours.words != theirs.words:
        return None
    words = ours.words or theirs.words
    return replace(ours, result=newer.result, result_on=newer.result_on, words=words)
