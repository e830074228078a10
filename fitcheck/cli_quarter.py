"""A quarter in figures on the command line."""

from __future__ import annotations

import re
from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.domain.profile import Paper
from fitcheck.domain.quarter import Quarter
from fitcheck.domain.report import QuarterSheet
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.quarters import EARLIEST

_WRITTEN = re.compile(r"(\d{4})-?[Qq]?([1-4])", re.ASCII)


def quarter_sheet(folder: Path, written: str | None) -> tuple[QuarterSheet, Paper]:
    """The page of a quarter, by default of the one today is in; and the paper to print it on."""
    asked = None if written is None else read_quarter(written)
    fitcheck = opened(folder)
    try:
        sheet = fitcheck.quarters.sheet(asked or fitcheck.quarters.current)
        return sheet, fitcheck.preferences.paper
    finally:
        fitcheck.close()


def read_quarter(written: str) -> Quarter:
    """A quarter as people write it: 2026-4, 2026-Q4. Raises :class:`FitCheckError`."""
    found = _WRITTEN.fullmatch(written.strip())
    quarter = Quarter(int(found[1]), int(found[2])) if found else None
    if quarter is None or quarter < EARLIEST:
        raise FitCheckError(
            _("“{written}” is no quarter. Write the year and its number, such as 2026-4.").format(
                written=written
            )
        )
    return quarter
