"""Forecasts and outcomes ↔ rows, and how a forecast is kept."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert as upsert

from fitcheck.domain.bank import Axis, Evidence
from fitcheck.domain.forecast import Forecast
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.policy import Action, Match
from fitcheck.store import rows, tables
from fitcheck.store.rows import AnyRow

_TOO_EARLY = "undecided"
"""What stands where the model had recommended nothing yet."""


def put_forecast(
    connection: Connection, step_id: int, prospect_id: int, forecast: Forecast
) -> None:
    """Keep the odds of a decision, unless there are some: frozen is frozen."""
    values = {"step_id": step_id, "prospect_id": prospect_id, **forecast_values(forecast)}
    connection.execute(upsert(tables.forecast).values(values).on_conflict_do_nothing())


def forecast_values(forecast: Forecast) -> rows.Values:
    return {
        "assessment_date": forecast.assessed_on,
        "model": forecast.model.value if forecast.model else _TOO_EARLY,
        "gut": forecast.gut.value if forecast.gut else None,
        "final": forecast.final.value,
        **{match.value: forecast.odds[match] for match in Match},
        "axes": {axis.value: score for axis, score in forecast.axes.items()},
        "evidence": {tag.value: score for tag, score in forecast.evidence.items()},
    }


def forecast_of_row(row: AnyRow) -> Forecast:
    return Forecast(
        assessed_on=row.assessment_date,
        model=None if row.model == _TOO_EARLY else Action(row.model),
        gut=None if row.gut is None else Action(row.gut),
        final=Action(row.final),
        odds={match: getattr(row, match.value) for match in Match},
        axes={Axis(axis): score for axis, score in row.axes.items()},
        evidence={Evidence(tag): score for tag, score in row.evidence.items()},
    )


def outcome_values(outcome: Outcome) -> rows.Values:
    return {
        "occasion": outcome.occasion.value,
        "day": outcome.on,
        "signs": [sign.value for sign in Sign if sign in outcome.signs],
        "words": outcome.words,
    }


def outcome_of_row(row: AnyRow) -> Outcome:
    signs = frozenset(Sign(sign) for sign in row.signs)
    return Outcome(Occasion(row.occasion), row.day, signs, row.words)
