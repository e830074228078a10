"""What the template of the track record gets, all words in the language in force."""

from __future__ import annotations

from typing import Any

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.report import RecordSheet
from fitcheck.i18n import _
from reports import record_words, words


def context(sheet: RecordSheet) -> dict[str, Any]:
    """The context of ``record.html``, but for the charts."""
    record, track = sheet.record, sheet.record.track
    return {
        "title": record_words.title(),
        "date": sheet.on,
        "lead": _("As of {date}: {outcomes}.").format(
            date=words.date_text(sheet.on), outcomes=record_words.outcomes_text(track)
        ),
        "finding": record_words.finding_sentence(track),
        "meaning": record_words.finding_meaning(track),
        "figures": _figures(sheet) if track.figures else None,
        "cautions": record_words.cautions(record),
        "case_headings": (
            *(_("Name"), _("Decided on"), _("Decision"), _("Odds (%)")),
            *(_("Recommended"), _("Came out"), _("Marked on")),
        ),
        "cases_note": record_words.cases_note(record),
        "cases": [_case(each) for each in reversed(record.engagements)],
    }


def _figures(sheet: RecordSheet) -> dict[str, Any]:
    track = sheet.record.track
    assert track.figures is not None
    return {
        "brier": record_words.brier_sentences(track.figures),
        "diagram_title": record_words.diagram_title(),
        "diagram_headings": record_words.diagram_headings(),
        "diagram": [record_words.diagram_row(point) for point in track.figures.diagram],
        "diagram_note": record_words.diagram_note(),
        "murphy": [
            (name, record_words.score_text(value), meaning)
            for name, value, meaning in record_words.murphy_rows(track.figures)
        ],
        "murphy_sentence": record_words.murphy_sentence(track.figures),
        "adviser_headings": record_words.adviser_headings(),
        "advisers": [
            record_words.adviser_row(name, adviser)
            for name, adviser in record_words.advisers(track)
        ],
        "advisers_note": record_words.advisers_note(),
        "tellings": [
            (
                record_words.telling_headings(_("By axis")),
                [
                    record_words.telling_row(words.axis_name(axis), telling)
                    for axis, telling in track.axes.items()
                ],
            ),
            (
                record_words.telling_headings(_("By evidence")),
                [
                    record_words.telling_row(words.evidence_name(tag), telling)
                    for tag, telling in track.evidence.items()
                ],
            ),
        ],
        "telling_note": record_words.telling_note(),
    }


def _case(engagement: Engagement) -> tuple[str, ...]:
    outcome = engagement.outcome
    odds = " · ".join(each for each in record_words.odds_cells(engagement) if each)
    return (
        engagement.name,
        engagement.decided_on.isoformat(),
        words.action_name(engagement.final),
        odds or _("not known"),
        record_words.advice_cells(engagement)[0],
        record_words.came_out(outcome.match) if outcome else "",
        outcome.on.isoformat() if outcome else "",
    )


def lines(sheet: RecordSheet) -> list[str]:
    """The record as lines of plain text."""
    said = context(sheet)
    found = [said["lead"], said["finding"], said["meaning"]]
    if figures := said["figures"]:
        found += ["", *figures["brier"], "", figures["diagram_title"]]
        found += ["\t".join(figures["diagram_headings"])]
        found += ["\t".join(row) for row in figures["diagram"]]
        found += ["", *("\t".join(row) for row in figures["murphy"]), figures["murphy_sentence"]]
        found += ["", "\t".join(figures["adviser_headings"])]
        found += ["\t".join(row) for row in figures["advisers"]]
        for headings, rows in figures["tellings"]:
            found += ["", "\t".join(headings), *("\t".join(row) for row in rows)]
    found += ["", *said["cautions"]]
    if said["cases"]:
        found += ["", *said["cases_note"], "\t".join(said["case_headings"])]
        found += ["\t".join(row) for row in said["cases"]]
    return found
