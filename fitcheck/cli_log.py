"""The log and the crash reports on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fitcheck.crashes import Reports
from fitcheck.i18n import _
from fitcheck.log import LAST, LOGS, Log


def log_lines(folder: Path) -> Iterator[str]:
    """Where they lie, the reports, and the newest events, oldest first."""
    log = Log(folder / LOGS)
    events = log.tail(LAST)
    if not events:
        yield _("There is no log yet: it would be {file}.").format(file=log.file)
    else:
        yield _("The log: {file}").format(file=log.file)
    for report in Reports(folder / LOGS).all():
        yield _("A crash report: {file}").format(file=report)
    if events:
        yield ""
        yield from events
