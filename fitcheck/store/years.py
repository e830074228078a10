"""What comes of a prospect after the first talk: rows as a file's records, and as rows again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.book import About
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
from fitcheck.store import tables
from fitcheck.store.abouts import about_of
from fitcheck.store.follow_ups import put_moves, time_of, time_text
from fitcheck.store.rows import AnyRow, Values


@dataclass(frozen=True)
class Years:
    """All of it but the forecasts, which belong to steps of the phase."""

    about: About
    follow_ups: tuple[BookFollowUp, ...]
    outcomes: tuple[BookOutcome, ...]
    referrals: tuple[BookReferral, ...]


def years_of(connection: Connection, prospect_id: int, numbers: Mapping[int, int]) -> Years:
    """Of a prospect who is in the book; ``numbers`` are those of colleagues by their ids."""
    return Years(
        about_of(connection, prospect_id),
        tuple(follow_ups_of(connection, prospect_id).values()),
        tuple(outcomes_of(connection, prospect_id).values()),
        tuple(referrals_of(connection, prospect_id, numbers).values()),
    )


# Follow-ups


def follow_ups_of(connection: Connection, prospect_id: int) -> dict[int, BookFollowUp]:
    """By id, in the order in which they were planned."""
    table = tables.follow_up
    mine = select(table).where(table.c.prospect_id == prospect_id).order_by(table.c.id)
    return {row.id: _follow_up(connection, row) for row in connection.execute(mine).all()}


def follow_up_known_as(connection: Connection, uid: str) -> tuple[int, int, BookFollowUp] | None:
    """The one with a uid: its id, that of its prospect, and itself."""
    table = tables.follow_up
    row = connection.execute(select(table).where(table.c.uid == str(UUID(uid)))).one_or_none()
    return None if row is None else (row.id, row.prospect_id, _follow_up(connection, row))


def _follow_up(connection: Connection, row: AnyRow) -> BookFollowUp:
    table = tables.follow_up_move
    moves = select(table).where(table.c.follow_up_id == row.id).order_by(table.c.id)
    return BookFollowUp(
        UUID(row.uid).hex,
        Purpose(row.purpose),
        row.planned_on,
        time_of(row.planned_at),
        row.reason,
        tuple(
            BookMove(each.moved_on, each.day, time_of(each.at), each.reason)
            for each in connection.execute(moves)
        ),
        row.done_on,
        row.suggested_for,
    )


def add_follow_up(connection: Connection, prospect_id: int, each: BookFollowUp) -> None:
    adding = insert(tables.follow_up).returning(tables.follow_up.c.id)
    values = {
        "prospect_id": prospect_id,
        "uid": str(UUID(each.uid)),
        "purpose": each.purpose.value,
        "reason": each.reason,
        "planned_on": each.planned_on,
        "planned_at": time_text(each.planned_at),
        "suggested_for": each.suggested_for,
        **_now(each),
    }
    id_ = int(connection.execute(adding, values).scalar_one())
    put_moves(connection, id_, each.moves)


def move_on(connection: Connection, follow_up_id: int, each: BookFollowUp) -> None:
    """Let a follow-up stand where ``each`` does, which is the same one after some more moves."""
    table, move = tables.follow_up, tables.follow_up_move
    connection.execute(update(table).where(table.c.id == follow_up_id).values(_now(each)))
    connection.execute(delete(move).where(move.c.follow_up_id == follow_up_id))
    put_moves(connection, follow_up_id, each.moves)


def _now(each: BookFollowUp) -> Values:
    return {"day": each.on, "at": time_text(each.at), "done_on": each.done_on}


def forecasts_of(connection: Connection, prospect_id: int) -> dict[int, BookForecast]:
    """By the place of their decision among the steps of the phase."""
    step, forecast = tables.period_step, tables.forecast
    mine = select(step.c.id).where(step.c.prospect_id == prospect_id).order_by(step.c.id)
    places = {id_: place for place, id_ in enumerate(connection.scalars(mine))}
    found = connection.execute(select(forecast).where(forecast.c.prospect_id == prospect_id))
    return {places[row.step_id]: _forecast(row) for row in found}


def _forecast(row: AnyRow) -> BookForecast:
    return BookForecast(
        row.assessment_date,
        Recommendation(row.model),
        None if row.gut is None else Action(row.gut),
        Action(row.final),
        row.good,
        row.workable,
        row.poor,
        {Axis(axis): score for axis, score in row.axes.items()},
        {Evidence(tag): score for tag, score in row.evidence.items()},
    )


def add_forecast(connection: Connection, prospect_id: int, place: int, each: BookForecast) -> None:
    """The forecast of the decision at a place among the steps of a prospect's phase."""
    step = tables.period_step.c
    mine = select(step.id).where(step.prospect_id == prospect_id).order_by(step.id)
    values = {
        "step_id": connection.scalar(mine.offset(place).limit(1)),
        "prospect_id": prospect_id,
        "assessment_date": each.assessment_date,
        "model": each.model.value,
        "gut": each.gut and each.gut.value,
        "final": each.final.value,
        "good": each.good,
        "workable": each.workable,
        "poor": each.poor,
        "axes": {axis.value: score for axis, score in each.axes.items()},
        "evidence": {tag.value: score for tag, score in each.evidence.items()},
    }
    connection.execute(insert(tables.forecast).values(values))


# Outcomes


def outcomes_of(connection: Connection, prospect_id: int) -> dict[int, BookOutcome]:
    """By id, in the order in which they were marked."""
    table = tables.outcome
    mine = select(table).where(table.c.prospect_id == prospect_id).order_by(table.c.id)
    return {
        row.id: BookOutcome(
            Occasion(row.occasion), row.day, tuple(Sign(sign) for sign in row.signs), row.words
        )
        for row in connection.execute(mine)
    }


def add_outcomes(connection: Connection, prospect_id: int, them: Iterable[BookOutcome]) -> None:
    values = [
        {
            "prospect_id": prospect_id,
            "occasion": each.occasion.value,
            "day": each.on,
            "signs": [sign.value for sign in each.signs],
            "words": each.words,
        }
        for each in them
    ]
    if values:
        connection.execute(insert(tables.outcome), values)


# Referrals


def referrals_of(
    connection: Connection, prospect_id: int, numbers: Mapping[int, int]
) -> dict[int, BookReferral]:
    """By id, in the order in which they were noted."""
    table = tables.referral
    mine = select(table).where(table.c.prospect_id == prospect_id).order_by(table.c.id)
    return {
        row.id: BookReferral(
            row.name,
            row.day,
            Result(row.result),
            numbers.get(row.colleague_id),
            row.result_on,
            row.words,
        )
        for row in connection.execute(mine)
    }


def add_referral(
    connection: Connection, prospect_id: int, each: BookReferral, colleague_id: int | None
) -> None:
    values = {
        "prospect_id": prospect_id,
        "colleague_id": colleague_id,
        "name": each.name,
        "day": each.on,
        **_came_of(each),
    }
    connection.execute(insert(tables.referral), values)


def set_result(connection: Connection, referral_id: int, each: BookReferral) -> None:
    """Let what came of a referral be what ``each`` says."""
    table = tables.referral
    change = update(table).where(table.c.id == referral_id)
    connection.execute(change.values(_came_of(each)))


def _came_of(each: BookReferral) -> Values:
    return {"result": each.result.value, "result_on": each.result_on, "words": each.words}
