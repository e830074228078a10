"""Forecasts and outcomes in the book: what was said at a decision, and what came of it.

An outcome belongs to the last decision before it that wasn't to decline. Which are due is found
by the decisions that stand, oldest first, so that a book with many years in it is no slower to ask
than the few decisions of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from fitcheck.domain.forecast import Engagement, Forecast
from fitcheck.domain.history import Change
from fitcheck.domain.outcome import DAYS_UNTIL, Occasion, Outcome
from fitcheck.domain.period import Decision
from fitcheck.domain.policy import Action
from fitcheck.store import rows, tables
from fitcheck.store.forecasts import (
    forecast_of_row,
    outcome_of_row,
    outcome_values,
    put_forecast,
)
from fitcheck.store.periods import bring_up_to_date, period_of
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer

_AT_ONCE = 500
"""As many ids go into one query."""

_WITH_OUTCOME = (Action.PROCEED.value, Action.STAGE.value)


class Outcomes:
    """An id that names nobody raises ``KeyError``: from a read at once, from a write later."""

    def __init__(self, vault: Vault, writer: Writer, now: Callable[[], dt.datetime]) -> None:
        self._vault = vault
        self._writer = writer
        self._now = now

    # Who is to be marked

    def due(self, today: dt.date, most: int) -> tuple[Engagement, ...]:
        """Whose outcome is to be marked, longest decided first."""
        step = tables.period_step
        found = _standing().where(_due(today)).order_by(step.c.day, step.c.id).limit(most)
        return self._engagements(found)

    def count_due(self, today: dt.date, most: int) -> int:
        """How many that are; counted no further than ``most``."""
        some = _standing().where(_due(today)).limit(most).subquery()
        with self._vault.engine.begin() as connection:
            return int(connection.scalar(select(func.count()).select_from(some)) or 0)

    def standing(self, search: str, most: int) -> tuple[Engagement, ...]:
        """Decisions that stand, due or not, of those whose contact holds each word of ``search``,
        newest first."""
        step, found = tables.period_step, _standing()
        for word in rows.fold(search).split():
            found = found.where(tables.prospect.c.search.contains(word, autoescape=True))
        return self._engagements(found.order_by(step.c.day.desc(), step.c.id.desc()).limit(most))

    def of(self, prospect_id: int) -> Engagement | None:
        """The decision about a prospect that stands; ``None`` for one to decline, or without."""
        found = self._engagements(_standing().where(tables.prospect.c.id == prospect_id))
        return found[0] if found else None

    def declined(self) -> int:
        """How many were declined, of whom nothing is ever known."""
        period = tables.period
        count = select(func.count()).where(period.c.decided == Action.DECLINE.value)
        with self._vault.engine.begin() as connection:
            return int(connection.scalar(count) or 0)

    # What is known

    def marked(self) -> tuple[Engagement, ...]:
        """Every engagement of which an outcome is known, in the order of the decisions."""
        outcome, step = tables.outcome, tables.period_step
        decision = (
            select(func.max(step.c.id))
            .where(
                step.c.prospect_id == outcome.c.prospect_id,
                step.c.action.in_(_WITH_OUTCOME),
                step.c.day <= outcome.c.day,
            )
            .correlate(outcome)
            .scalar_subquery()
        )
        with self._vault.engine.begin() as connection:
            ids = {*connection.scalars(select(decision).select_from(outcome).distinct())} - {None}
            return _read(connection, ids)

    def changed_after(self, assessment_id: int, day: dt.date) -> tuple[Change, ...]:
        """What was changed in an assessment after ``day``, as its log has it, newest first."""
        event = tables.event
        # A day of the clock on the wall begins at most 14 hours before that of UTC.
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        since = (
            select(event)
            .where(event.c.assessment_id == assessment_id, event.c.at > midnight)
            .order_by(event.c.id.desc())
        )
        with self._vault.engine.begin() as connection:
            return tuple(
                rows.event_of(row).change
                for row in connection.execute(since)
                if row.at.astimezone().date() > day
            )

    # Writing

    def mark(self, engagement: Engagement, outcome: Outcome) -> Future[int]:
        """Add an outcome; the future holds its id.

        ``ValueError`` where the decision no longer stands: then nothing is written.
        """
        now, prospect_id = self._now(), engagement.prospect_id
        values = {"prospect_id": prospect_id, **outcome_values(outcome)}

        def work(connection: Connection) -> int:
            decision = period_of(connection, prospect_id).decision
            if decision != _decision_of(connection, engagement.step_id):
                raise ValueError("the decision that the outcome is of no longer stands")
            insertion = insert(tables.outcome).values(values).returning(tables.outcome.c.id)
            id_ = int(connection.execute(insertion).scalar_one())
            bring_up_to_date(connection, prospect_id, now)
            return id_

        return self._writer.write(work)

    def take_back(self, outcome_id: int) -> Future[None]:
        """Remove an outcome that was marked by mistake."""
        now, table = self._now(), tables.outcome

        def work(connection: Connection) -> None:
            removal = delete(table).where(table.c.id == outcome_id).returning(table.c.prospect_id)
            prospect_id = connection.execute(removal).scalar_one_or_none()
            if prospect_id is None:
                raise KeyError(outcome_id)
            bring_up_to_date(connection, prospect_id, now)

        return self._writer.write(work)

    def freeze(self, forecasts: Iterable[tuple[Engagement, Forecast]]) -> Future[None]:
        """Keep the odds of decisions that were taken before odds were frozen."""
        kept = [(each.step_id, each.prospect_id, forecast) for each, forecast in forecasts]

        def work(connection: Connection) -> None:
            for step_id, prospect_id, forecast in kept:
                if _decision_of(connection, step_id) is not None:  # or they were erased meanwhile
                    put_forecast(connection, step_id, prospect_id, forecast)

        return self._writer.write(work)

    def _engagements(self, found: Select[tuple[int]]) -> tuple[Engagement, ...]:
        with self._vault.engine.begin() as connection:
            ids = [row.id for row in connection.execute(found)]
            by_id = {each.step_id: each for each in _read(connection, ids)}
        return tuple(by_id[id_] for id_ in ids)


def _standing() -> Select[tuple[int]]:
    """The id of each decision that stands and isn't to decline; the prospect is there to filter."""
    step, period, prospect = tables.period_step, tables.period, tables.prospect
    other = step.alias()
    last = (
        select(func.max(other.c.id))
        .where(other.c.prospect_id == period.c.prospect_id)
        .correlate(period)
        .scalar_subquery()
    )
    # No step follows a decision that stands.
    whole = period.join(step, step.c.id == last).join(
        prospect, prospect.c.id == period.c.prospect_id
    )
    return select(step.c.id).select_from(whole).where(period.c.decided.in_(_WITH_OUTCOME))


def _due(today: dt.date) -> ColumnElement[bool]:
    """What :func:`fitcheck.domain.outcome.to_mark` says, of many at once."""
    step, outcome = tables.period_step, tables.outcome

    def before(occasion: Occasion) -> dt.date:
        return today - dt.timedelta(days=DAYS_UNTIL[occasion])

    settled = exists().where(
        outcome.c.prospect_id == step.c.prospect_id,
        outcome.c.day >= step.c.day,
        or_(
            outcome.c.occasion == Occasion.END.value,
            step.c.day > before(Occasion.END),
        ),
    )
    return and_(step.c.day <= before(Occasion.NINETY_DAYS), ~settled)


def _decision_of(connection: Connection, step_id: int) -> Decision | None:
    """The decision of a step's id, if it is one and is still there."""
    step = tables.period_step
    row = connection.execute(select(step).where(step.c.id == step_id)).one_or_none()
    if row is None or row.action is None:
        return None
    return Decision(row.day, Action(row.action), row.words)


def _read(connection: Connection, step_ids: Iterable[int]) -> tuple[Engagement, ...]:
    """The engagements of these decisions, in the order of the days."""
    ids = list(step_ids)
    found: list[Engagement] = []
    for start in range(0, len(ids), _AT_ONCE):
        found += _read_some(connection, ids[start : start + _AT_ONCE])
    return tuple(sorted(found, key=lambda each: (each.decided_on, each.step_id)))


def _read_some(connection: Connection, step_ids: Sequence[int]) -> Iterable[Engagement]:
    step, prospect, forecast = tables.period_step, tables.prospect, tables.forecast
    outcome, later = tables.outcome, tables.period_step.alias()
    # From this decision on, and before the next one that isn't to decline.
    until = (
        select(func.min(later.c.day))
        .where(
            later.c.prospect_id == step.c.prospect_id,
            later.c.id > step.c.id,
            later.c.action.in_(_WITH_OUTCOME),
        )
        .correlate(step)
        .scalar_subquery()
    )
    mine = and_(
        outcome.c.prospect_id == step.c.prospect_id,
        outcome.c.day >= step.c.day,
        or_(until.is_(None), outcome.c.day < until),
    )
    outcomes: dict[int, list[Outcome]] = {}
    for row in connection.execute(
        select(step.c.id.label("step_id"), outcome)
        .select_from(step.join(outcome, mine))
        .where(step.c.id.in_(step_ids))
        .order_by(outcome.c.id)
    ):
        outcomes.setdefault(row.step_id, []).append(outcome_of_row(row))
    forecasts = {
        row.step_id: forecast_of_row(row)
        for row in connection.execute(select(forecast).where(forecast.c.step_id.in_(step_ids)))
    }
    decisions = connection.execute(
        select(step.c.id, step.c.prospect_id, step.c.day, step.c.action, prospect.c.name)
        .select_from(step.join(prospect, prospect.c.id == step.c.prospect_id))
        .where(step.c.id.in_(step_ids))
    )
    return [
        Engagement(
            row.prospect_id,
            row.id,
            row.name,
            row.day,
            Action(row.action),
            forecasts.get(row.id),
            tuple(outcomes.get(row.id, ())),
        )
        for row in decisions
    ]
