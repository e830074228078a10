"""The track record for other programs: the figures, and each case with its odds and outcome."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fitcheck.domain.forecast import Engagement, Forecast
from fitcheck.domain.outcome import Sign
from fitcheck.domain.record import Record
from fitcheck.domain.track_record import CLAIMS_FROM, TUNING_FROM, Adviser, Figures, Telling

FORMAT = "fitcheck/track-record"
VERSION = 1


def record_json(record: Record, on: dt.date) -> dict[str, Any]:
    """``figures`` is null while there are too few outcomes for any."""
    track = record.track
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "date": on.isoformat(),
        "outcomes": len(track.cases),
        "claims_from": CLAIMS_FROM,
        "tuning_from": TUNING_FROM,
        "finding": track.finding.value,
        "figures": _figures(track.figures) if track.figures else None,
        "advisers": {
            "model": _adviser(track.model),
            "gut": _adviser(track.gut),
            "decision": _adviser(track.final),
            "overruled": _adviser(track.overruled),
        }
        if track.figures
        else None,
        "axes": {axis.value: _telling(each) for axis, each in track.axes.items()},
        "evidence": {tag.value: _telling(each) for tag, each in track.evidence.items()},
        "declined": record.declined,
        "engagements": [_engagement(each) for each in record.engagements],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    parts = figures.murphy
    return {
        "brier": figures.brier,
        "brier_of_base_rate": figures.base_brier,
        "skill": figures.skill,
        "reliability_diagram": [
            {
                "number": point.number,
                "said": point.mean,
                "came": point.share,
                "low": point.low,
                "high": point.high,
            }
            for point in figures.diagram
        ],
        "murphy": {
            "reliability": parts.reliability,
            "resolution": parts.resolution,
            "uncertainty": parts.uncertainty,
            "spread": parts.spread,
        },
    }


def _adviser(adviser: Adviser) -> dict[str, Any]:
    return {
        "cases": adviser.cases,
        "outcomes": {
            action.value: {match.value: number for match, number in came.items()}
            for action, came in adviser.outcomes.items()
        },
        "loss": adviser.loss if adviser.cases >= CLAIMS_FROM else None,
    }


def _telling(telling: Telling) -> dict[str, Any]:
    return {"good": telling.good, "others": telling.others, "value": telling.value}


def _engagement(engagement: Engagement) -> dict[str, Any]:
    outcome = engagement.outcome
    said = engagement.forecast if isinstance(engagement.forecast, Forecast) else None
    return {
        "prospect": engagement.prospect_id,
        "name": engagement.name,
        "decided_on": engagement.decided_on.isoformat(),
        "decision": engagement.final.value,
        "odds": {match.value: chance for match, chance in said.odds.items()} if said else None,
        "model": said.model.value if said and said.model else None,
        "gut": said.gut.value if said and said.gut else None,
        "outcome": {
            "match": outcome.match.value,
            "occasion": outcome.occasion.value,
            "on": outcome.on.isoformat(),
            "signs": [sign.value for sign in Sign if sign in outcome.signs],
            "words": outcome.words,
        }
        if outcome
        else None,
    }
