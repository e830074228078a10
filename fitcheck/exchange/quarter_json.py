"""A quarter in figures for other programs, with the quarter before beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fitcheck.domain.quarter import Counts, QuarterPage
from fitcheck.domain.report import QuarterSheet

FORMAT = "fitcheck/quarter"
VERSION = 1


def quarter_json(sheet: QuarterSheet) -> dict[str, Any]:
    """A name is empty where nobody wrote it down."""
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "date": sheet.on.isoformat(),
        "quarter": _page(sheet.now),
        "before": _page(sheet.before),
    }


def _page(page: QuarterPage) -> dict[str, Any]:
    quarter = page.quarter
    return {
        "year": quarter.year,
        "number": quarter.number,
        "first": quarter.first.isoformat(),
        "last": quarter.last.isoformat(),
        "total": asdict(page.total),
        "by_event": _groups(page.by_event),
        "by_source": _groups(page.by_source),
    }


def _groups(groups: Mapping[str, Counts]) -> list[dict[str, Any]]:
    return [{"name": name, **asdict(counts)} for name, counts in groups.items()]
