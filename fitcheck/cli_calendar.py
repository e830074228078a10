"""The follow-ups on the command line: listed, or as a file that calendars take."""

from __future__ import annotations

from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.here import local_zone


def follow_up_lines(folder: Path) -> list[str]:
    """Every follow-up that is to be done: day, time, what for, prospect, tabs between them."""
    fitcheck = opened(folder)
    try:
        return [
            "\t".join(
                (
                    each.follow_up.on.isoformat(),
                    each.follow_up.at.isoformat("minutes") if each.follow_up.at else "",
                    each.follow_up.purpose.value,
                    " ".join(each.name.split()),
                )
            )
            for each in fitcheck.follow_ups.all_open()
        ]
    finally:
        fitcheck.close()


def calendar_file(folder: Path, *, with_names: bool, with_reasons: bool) -> bytes:
    """All of them as a calendar's file; it names nobody and nothing unless asked to."""
    fitcheck = opened(folder)
    try:
        return fitcheck.follow_ups.calendar(
            fitcheck.follow_ups.all_open(),
            local_zone(),
            with_names=with_names,
            with_reasons=with_reasons,
        )
    finally:
        fitcheck.close()
