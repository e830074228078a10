"""``fitcheck import``: a file into the book, whole or not at all.

The window shows what couldn't be read and asks; a script can't be asked, so here one fault is
enough for nothing to be taken.
"""

from __future__ import annotations

from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.domain.assessment import Assessment
from fitcheck.errors import FitCheckError
from fitcheck.exchange.form_pdf import FormFields
from fitcheck.filled_form import FilledForm, Unread
from fitcheck.i18n import _, ngettext
from fitcheck.services import FitCheck


def import_file(folder: Path, data: bytes, *, replace: bool) -> str:
    """Take a filled form, a private file or an assessment (JSON) into the book; what was done.

    ``replace``: a form's answers may take the place of those that are there. Raises
    :class:`fitcheck.errors.FitCheckError`, having changed nothing.
    """
    fitcheck = opened(folder)
    try:
        found = fitcheck.read_incoming_data(data)
        if isinstance(found, Assessment):
            return _add(fitcheck, found)
        return _take_form(fitcheck, found, replace=replace)
    finally:
        fitcheck.close()


def _add(fitcheck: FitCheck, assessment: Assessment) -> str:
    known = fitcheck.recognise(assessment)
    if known is not None and known.assessment_id is not None:
        return _("Nothing was added: the assessment of {name} of {date} is in the book.").format(
            name=known.name, date=assessment.date.isoformat()
        )
    fitcheck.add_assessment(assessment)
    return _("Added the assessment of {name} of {date}.").format(
        name=assessment.prospect.name, date=assessment.date.isoformat()
    )


def _take_form(fitcheck: FitCheck, fields: FormFields, *, replace: bool) -> str:
    form = fitcheck.their_forms.match(fields)
    if form.unread:
        raise FitCheckError(_refusal(form))
    if form.replaced and not replace:
        raise FitCheckError(_would_replace(form))
    received = fitcheck.their_forms.take(form)
    return _("Taken: the form of {name}. {answered} of {asked} questions are answered now.").format(
        name=form.prospect, answered=received.answered, asked=received.asked
    )


def _refusal(form: FilledForm) -> str:
    return "\n".join(
        [
            *map(unread_line, form.unread),
            _(
                "Nothing was taken. Import the form in the window to see what can be read, and to "
                "take that."
            ),
        ]
    )


def unread_line(unread: Unread) -> str:
    """What couldn't be read, on one line: the question by number and words, or the field."""
    if unread.question is None:
        return str(unread.fault)
    return f"{unread.number}. {_(unread.question.say)} {unread.fault.expected}"


def _would_replace(form: FilledForm) -> str:
    lines = [
        f"{answer.number}. {_(answer.question.say)} {_(answer.question.levels[answer.level])}"
        for answer in form.replaced
    ]
    said = ngettext(
        "Nothing was taken: there is another answer to this question already. With --replace "
        "the form’s takes its place.",
        "Nothing was taken: there are other answers to these questions already. With --replace "
        "the form’s take their place.",
        len(lines),
    )
    return "\n".join([*lines, said])
