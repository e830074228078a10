"""The book on the command line: opening it, listing it, and taking a document out of it."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from pathlib import Path
from typing import NamedTuple

from fitcheck.access import Access, State
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.listed import ProspectLine
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, Report
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.speaking import for_documents

PASSPHRASE_VARIABLE = "FITCHECK_PASSPHRASE"


class FromBook(NamedTuple):
    """A document of an assessment in the book, on the paper that the preferences name.

    ``language`` is what was chosen for its documents.
    """

    report: Report
    assessment: Assessment
    bank: Bank
    paper: Paper
    language: str


def opened(folder: Path) -> FitCheck:
    """The book in ``folder``; it is to be closed.

    A protected one takes the passphrase from the environment, the system's keyring or the person.
    Raises :class:`fitcheck.errors.FitCheckError`.
    """
    access = Access(folder)
    state = access.state
    if state is State.NEW:
        raise FitCheckError(
            _("There is no book in {folder}. Open FitCheck once to make one.").format(folder=folder)
        )
    if state is State.UNPROTECTED:
        return access.open()
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        return access.unlock(given)
    return access.unlock_by_keyring() or access.unlock(asked())


def assessment_lines(folder: Path) -> list[str]:
    """Every assessment on a line: its number, date, form and prospect, tabs between them."""
    fitcheck = opened(folder)
    try:
        return [
            "\t".join((str(each.id), each.date.isoformat(), each.form.value, line.prospect.name))
            for line in fitcheck.prospects()
            for each in fitcheck.assessments(line.id)
        ]
    finally:
        fitcheck.close()


class ProspectList(NamedTuple):
    """The list as the window would show it, with everybody in it."""

    lines: tuple[ProspectLine, ...]
    today: dt.date
    show_totals: bool


def prospect_list(folder: Path) -> ProspectList:
    """Every prospect of the book, most recently changed first."""
    fitcheck = opened(folder)
    try:
        shown = fitcheck.preferences.show_totals
        return ProspectList(fitcheck.prospects(), fitcheck.today(), shown)
    finally:
        fitcheck.close()


def report_from_book(folder: Path, assessment_id: int, edition: Edition) -> FromBook:
    """A document of an assessment, made of what the book holds; a form says whose it is."""
    fitcheck = opened(folder)
    try:
        interview = fitcheck.interview(assessment_id)
        report = fitcheck.report(interview, edition)
        paper, language = fitcheck.preferences.paper, for_documents(interview.language)
        return FromBook(report, interview.assessment, interview.bank, paper, language)
    except KeyError:
        raise FitCheckError(
            _("There is no assessment {number} in this book; “fitcheck list” shows them.").format(
                number=assessment_id
            )
        ) from None
    finally:
        fitcheck.close()


def asked() -> str:
    if not sys.stdin.isatty():
        raise FitCheckError(
            _(
                "The book is protected, and nobody is there to be asked for the passphrase. Give "
                "it in the variable {variable}."
            ).format(variable=PASSPHRASE_VARIABLE)
        )
    return getpass.getpass(_("Passphrase: "))
