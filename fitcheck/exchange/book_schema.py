"""The published schema of a whole book's lines, made from the types that they are read as.

``python -m fitcheck.exchange.book_schema`` prints ``resources/schema/book-1.json``.
"""

from __future__ import annotations

import json
from typing import Any

from fitcheck.changes import FIELD_TYPES
from fitcheck.domain.plan import Section
from fitcheck.domain.whole_book import RECORDS, BookHead
from fitcheck.exchange.typed_json import schema_of

SCHEMA = "book-2.json"


def book_schema() -> dict[str, Any]:
    """One line of a whole book."""
    kinds = {name: schema_of(kind) for name, kind in RECORDS.items()}
    fields = {name: schema_of(kind) for name, kind in FIELD_TYPES.items()}
    plan = fields["plan"]["properties"]
    plan["drafted"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {section.value: plan[section] for section in Section},
    }
    kinds["assessment"]["properties"]["fields"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": fields,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "fitcheck:book-2",
        "title": "FitCheck whole book",
        "description": (
            "A line of a whole book's file, one JSON value a line: the head, then own banks, "
            "policies, colleagues, preferences, who was erased; each prospect, its assessments, "
            "and after each of those its history in as many lines as it takes; the end. What a "
            "schema can't say is checked as well: the order of the lines, that nothing is there "
            "twice, that banks, policies and questions are known, and that a history can have "
            "happened. Every file of version 1 is one, too."
        ),
        "oneOf": [
            schema_of(BookHead),
            *(
                {
                    "type": "object",
                    "required": [name],
                    "additionalProperties": False,
                    "properties": {name: kind},
                }
                for name, kind in kinds.items()
            ),
        ],
    }


if __name__ == "__main__":
    print(json.dumps(book_schema(), indent=2))
