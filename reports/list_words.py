"""What a line of the list of prospects says: on the screen, and in a table that is taken along."""

from __future__ import annotations

from fitcheck.domain.listed import AssessmentLine, ProspectLine
from fitcheck.domain.terms import Form, Recommendation
from fitcheck.i18n import N_, _, ngettext
from reports import term_words

_FORMS = {Form.FULL: N_("Full"), Form.EVENT: N_("Event"), Form.PROSPECT: N_("Prospect’s own")}

_LEANING = {
    Recommendation.PROCEED: N_("Leaning to proceed"),
    Recommendation.STAGE: N_("Leaning to a first step"),
    Recommendation.DECLINE: N_("Leaning to decline"),
    Recommendation.UNDECIDED: N_("Too early to say"),
}


def form_text(form: Form) -> str:
    """The form in a word."""
    return _(_FORMS[form])


def recommendation_text(line: AssessmentLine | None, show_totals: bool) -> str:
    """What an assessment came to, in words.

    An interview that isn't finished keeps it to itself, since totals sway the one who rates,
    unless the consultant wants to see them (``show_totals``). After an event form it only leans.
    """
    if line is None:
        return _("No assessment yet")
    if line.summary is None or not (line.finished or show_totals):
        return _("In progress")
    if line.summary.leaning:
        return _(_LEANING[line.summary.recommendation])
    return term_words.recommendation_name(line.summary.recommendation)


def odds(line: AssessmentLine | None, show_totals: bool) -> tuple[float, float, float] | None:
    """The odds to be shown of an assessment: none until it is finished, or before any are known."""
    if line is None or line.summary is None or not (line.finished or show_totals):
        return None
    if line.summary.recommendation is Recommendation.UNDECIDED:
        return None
    return line.summary.good, line.summary.workable, line.summary.poor


def trend_text(line: ProspectLine, show_totals: bool) -> str:
    """By how much the odds of a good match moved since the time before: an arrow and a number.

    Empty where nothing can be said, and where the odds themselves aren't to be seen.
    """
    points = _points(line, show_totals)
    if points is None:
        return ""
    if points == 0:
        return _("→ as before")
    return f"{'↑' if points > 0 else '↓'} {abs(points)}"


def trend_sentence(line: ProspectLine, show_totals: bool) -> str:
    """The same in words."""
    points = _points(line, show_totals)
    if points is None:
        return ""
    if points == 0:
        return _("The odds of a good match are as they were the time before.")
    if points > 0:
        return ngettext(
            "The odds of a good match rose by {count} point since the time before.",
            "The odds of a good match rose by {count} points since the time before.",
            points,
        ).format(count=points)
    return ngettext(
        "The odds of a good match fell by {count} point since the time before.",
        "The odds of a good match fell by {count} points since the time before.",
        -points,
    ).format(count=-points)


def _points(line: ProspectLine, show_totals: bool) -> int | None:
    if line.trend == 0.0 or odds(line.latest, show_totals) is None:
        return None
    return round(100 * line.trend)
