"""The schema of a bank's file, made from the limits that its linter keeps.

An editor that knows it names the keys and marks most slips as one types. What a schema can't say
(fair words, answers that differ, twelve minutes altogether) the linter says, with the line.

``python -m fitcheck.exchange.bank_schema`` prints ``resources/schema/bank-file-1.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fitcheck.domain.bank import LEVELS, Axis, Evidence, Form, Problem, Side
from fitcheck.domain.bank_lint import INQUIRY_MINUTES, INQUIRY_PARTS, LENGTHS, MOST, SHORT_LENGTH
from fitcheck.domain.toml_checks import ASKED_LENGTH, FORMAT_VERSION, SAID_LENGTH

Schema = dict[str, Any]

_VERSION = r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$"
_SOURCE = r"^(I([1-9]|1\d|2[0-7])|.* (1[89]|20)\d\d)$"


def bank_schema() -> Schema:
    """A bank's data, as TOML holds it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "fitcheck:bank-file-1",
        "title": "FitCheck bank of questions",
        "description": "A bank of questions in TOML, as `fitcheck bank --export` writes it.",
        **_table(
            {
                "format": {"const": "fitcheck/bank"},
                "format_version": {"const": FORMAT_VERSION},
                "id": {**_ID, "description": "Your own name for it; not FitCheck's, core."},
                "version": {
                    "type": "string",
                    "pattern": _VERSION,
                    "description": "Such as 1.0.0; higher whenever something else is asked.",
                },
                "language": {
                    "type": "string",
                    "pattern": "^[a-z]{2,3}$",
                    "description": "Words that rate people are looked for in English, en.",
                },
                "facets": _tables("facets", _FACET, ("gate",)),
                "questions": _tables("questions", _QUESTION, ("short", "condition")),
                "inquiry": _tables("inquiry", _PROMPT, ["say_after_start"]),
                "deal_breakers": _tables("deal_breakers", _DEAL_BREAKER),
            }
        ),
    }


def _table(properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "required": [key for key in properties if key not in set(optional)],
        "additionalProperties": False,
        "properties": dict(properties),
    }


def _tables(name: str, properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    items = _table(properties, optional)
    return {"type": "array", "minItems": 1, "maxItems": MOST[name], "items": items}


def _text(most: int, description: str) -> Schema:
    # Not empty, no space around it, on one line.
    return {
        "type": "string",
        "pattern": r"^\S([^\n\r]*\S)?$",
        "maxLength": most,
        "description": description,
    }


def _five(most: int, description: str) -> Schema:
    each = _text(most, "One of the five answers.")
    return {
        "type": "array",
        "minItems": LEVELS,
        "maxItems": LEVELS,
        "items": each,
        "description": description,
    }


def _one_of(values: Iterable[str], description: str) -> Schema:
    return {"enum": [str(value) for value in values], "description": description}


_ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_RESTS_ON: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "pattern": _SOURCE, "maxLength": LENGTHS["rests_on"]},
    "description": "Ideas, I1 to I27, or publications with their year.",
}
_WHY = _text(LENGTHS["why"], "What it is good for, shown beside it.")

_FACET: Mapping[str, Schema] = {
    "id": _ID,
    "axis": _one_of(Axis, "What its questions are about."),
    "name": _text(LENGTHS["name"], "What it is called on the screen and on paper."),
    "gate": {
        "type": "boolean",
        "description": "Whether low answers on it hold back a recommendation to proceed.",
    },
}
_QUESTION: Mapping[str, Schema] = {
    "id": {**_ID, "description": "Stays with the question; never used again for another."},
    "facet": {**_ID, "description": "The id of one of the facets."},
    "side": _one_of(Side, "Who answers it."),
    "forms": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"enum": [str(form) for form in Form]},
        "description": "full, with or without event, for the consultant; prospect for the other.",
    },
    "weight": {"enum": [1, 2, 3], "description": "How much it counts on its axis."},
    "problem": _one_of(Problem, "A: the task. B: how the two sides get along."),
    "evidence": _one_of(Evidence, "What an answer usually rests on."),
    "rests_on": _RESTS_ON,
    "say": _text(LENGTHS["say"], "What you say."),
    "why": _WHY,
    "levels": _five(LENGTHS["levels"], "What one would see or hear, worst first."),
    "short": _five(SHORT_LENGTH, "The same in short; for questions of the event form only."),
    "condition": _text(LENGTHS["condition"], "What a low answer puts into the agreement."),
}
_PROMPT: Mapping[str, Schema] = {
    "id": _ID,
    "part": _one_of(INQUIRY_PARTS, "The bad first, the good last."),
    "say": _text(LENGTHS["say"], "What you say."),
    "say_after_start": _text(
        LENGTHS["say"], "What you say instead once you work together, if it is anything else."
    ),
    "why": _WHY,
    "rests_on": _RESTS_ON,
    "minutes": {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": INQUIRY_MINUTES,
        "description": f"All together take {INQUIRY_MINUTES}.",
    },
}
_DEAL_BREAKER: Mapping[str, Schema] = {
    "id": _ID,
    "text": _text(SAID_LENGTH, "The statement."),
    "ask": _text(ASKED_LENGTH, "What you ask before it is confirmed."),
}


if __name__ == "__main__":
    print(json.dumps(bank_schema(), indent=2))
