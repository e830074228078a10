"""The list of prospects as a table for other programs: CSV as RFC 4180 has it, in UTF-8.

With a byte order mark, without which Excel takes the file for some older encoding. A spreadsheet
takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, which can send what is in
the table elsewhere; and depending on the country it splits at semicolons or tabs where we wrote
commas. So an apostrophe goes before each such character, wherever a cell could be taken to begin.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

from fitcheck.domain.listed import ProspectLine
from fitcheck.i18n import _
from reports import words
from reports.list_words import form_text, odds, recommendation_text
from reports.period_words import due_text

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a formula may begin with; the wide ones where one types with those."""

_SEPARATORS = frozenset(",;|\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_PASSED_OVER = frozenset(" \u00a0\ufeff\"'")
"""What a spreadsheet may drop before it looks what a cell begins with."""


def harmless(text: str) -> str:
    """``text`` so that no program takes it, or what follows a separator in it, for a formula."""
    made, at_beginning = [], True
    for character in text.replace("\0", "\N{REPLACEMENT CHARACTER}"):
        if at_beginning and character in FORMULA:
            made.append("'")
            at_beginning = False
        made.append(character)
        at_beginning = character in _SEPARATORS or (at_beginning and character in _PASSED_OVER)
    return "".join(made)


def list_csv(lines: Iterable[ProspectLine], today: dt.date, *, show_totals: bool) -> bytes:
    """The lines in their order, as due by ``today``.

    What an unfinished interview came to stays out, as on the screen, unless ``show_totals``.
    """
    return table_csv(headings(), (_cells(line, today, show_totals) for line in lines))


def table_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table of which no cell is taken for a formula."""
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow([harmless(heading) for heading in headings])
    for row in rows:
        table.writerow([harmless(cell) for cell in row])
    # Half a surrogate pair, which a paste can bring, is no text.
    return (
        text.getvalue()
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .encode("utf-8-sig")
    )


def headings() -> tuple[str, ...]:
    """What stands above the columns."""
    return (
        *(_("Name"), _("Organisation"), _("Role"), _("Email"), _("Phone"), _("Met at")),
        *(_("Assessed on"), _("Form"), _("Answered"), _("Of"), _("Recommendation")),
        *(_("Good match (%)"), _("Workable match (%)"), _("Poor match (%)")),
        *(_("Phase"), _("Decided"), _("Decide by"), _("Changed on")),
    )


def _cells(line: ProspectLine, today: dt.date, show_totals: bool) -> tuple[str, ...]:
    who, latest = line.prospect, line.latest
    summary = latest.summary if latest else None
    shown = odds(latest, show_totals)
    changed = line.changed.astimezone().date()
    return (
        *(who.name, who.organisation, who.role, who.email, who.phone, who.met_at),
        _day(latest.date if latest else None),
        form_text(latest.form) if latest else "",
        str(summary.answered) if summary else "",
        str(summary.asked) if summary else "",
        recommendation_text(latest, show_totals),
        *(map(str, words.percents(shown)) if shown else ("", "", "")),
        _phase(line, today),
        words.action_name(line.decided) if line.decided else "",
        _day(line.until),
        _day(changed),
    )


def _phase(line: ProspectLine, today: dt.date) -> str:
    if line.decided is not None:
        return _("Closed")
    return due_text(line.until, today) or _("Open")


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()
