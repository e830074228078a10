"""The track record on the command line, and the outcomes that it rests on."""

from __future__ import annotations

from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import RecordSheet
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.outcomes import MOST_SHOWN


def record_sheet(folder: Path) -> tuple[RecordSheet, Paper]:
    """The track record as it stands today, and the paper that the preferences name."""
    fitcheck = opened(folder)
    try:
        preferences = fitcheck.preferences
        record = fitcheck.outcomes.record()
        return RecordSheet(preferences.profile, fitcheck.today(), record), preferences.paper
    finally:
        fitcheck.close()


def due_lines(folder: Path) -> list[str]:
    """Whose outcome is to be marked: number, day and name of the decision, occasion, name."""
    fitcheck = opened(folder)
    try:
        outcomes = fitcheck.outcomes
        return [
            "\t".join(
                (
                    str(each.prospect_id),
                    each.decided_on.isoformat(),
                    each.final.value,
                    outcomes.occasion(each).value,
                    each.name,
                )
            )
            for each in outcomes.to_mark(MOST_SHOWN)
        ]
    finally:
        fitcheck.close()


def mark(
    folder: Path, prospect_id: int, signs: frozenset[Sign], words: str, occasion: Occasion | None
) -> Outcome:
    """Mark an outcome, and return it as it is kept. Raises :class:`FitCheckError`."""
    fitcheck = opened(folder)
    try:
        fitcheck.outcomes.mark(prospect_id, signs, words, occasion)
        return fitcheck.outcomes.engagement(prospect_id).outcomes[-1]
    except KeyError:
        raise FitCheckError(
            _(
                "There is no prospect {number} in this book; “fitcheck list --people” shows them."
            ).format(number=prospect_id)
        ) from None
    finally:
        fitcheck.close()
