"""Reads the tables of a bank that may have faults: what isn't as it should be is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fitcheck.domain.bank import Axis, Form, Side
from fitcheck.domain.toml_checks import Document
from fitcheck.domain.toml_lines import KeyPath

Asked = tuple[KeyPath, Axis, dict[str, Any]]
"""Where a question stands, on which axis, and what its table holds."""


def with_axis(document: Document) -> list[Asked]:
    """The questions whose facet has an axis, in the order of the file."""
    axes = {
        text_at(facet, "id"): Axis(facet["axis"])
        for _, facet in document.tables("facets")
        if text_at(facet, "axis") in tuple(Axis)
    }
    return [
        (path, axes[facet], question)
        for path, question in document.tables("questions")
        if (facet := text_at(question, "facet")) in axes
    ]


def asked_of_the_consultant(document: Document) -> list[Asked]:
    """Those of them that the consultant answers."""
    return [entry for entry in with_axis(document) if entry[2].get("side") == Side.CONSULTANT]


def is_in(form: Form, question: Mapping[str, Any]) -> bool:
    """Whether the question says that it is in ``form``."""
    return any(named == form for _, named in texts_at(question, "forms"))


def text_at(table: Mapping[str, Any], key: str) -> str:
    """The text at ``key``, empty where there is none or it is something else."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def texts_at(table: Mapping[str, Any], key: str) -> Iterator[tuple[int, str]]:
    """The texts of the list at ``key`` with their positions, skipping whatever is no text."""
    entries = table.get(key)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, str):
            yield index, entry
