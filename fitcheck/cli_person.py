"""A person on the command line: all that is kept of them, and erasing them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.domain.erasure import Erasure, same_name
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import PersonFile
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, ngettext
from fitcheck.services import FitCheck


def people_lines(folder: Path) -> list[str]:
    """Every prospect on a line: number, until when they are kept, and name."""
    fitcheck = opened(folder)
    try:
        kept = [fitcheck.rights.kept(line.id) for line in fitcheck.prospects()]
        return ["\t".join((str(k.prospect_id), k.until.isoformat(), k.name)) for k in kept]
    finally:
        fitcheck.close()


def person_file(folder: Path, prospect_id: int) -> tuple[PersonFile, Paper]:
    """What is given to a prospect, and the paper that the preferences name."""
    with _book_of(folder, prospect_id) as fitcheck:
        return fitcheck.rights.person_file(prospect_id), fitcheck.preferences.paper


def erase(folder: Path, prospect_id: int, name: str | None) -> tuple[Erasure, Paper]:
    """Erase a prospect whose name is given, or typed when asked for; what shows that they are gone.

    Raises :class:`FitCheckError` where it is another name: then nothing was erased.
    """
    with _book_of(folder, prospect_id) as fitcheck:
        called = fitcheck.prospect(prospect_id).name
        if not same_name(_asked(fitcheck, prospect_id) if name is None else name, called):
            raise FitCheckError(
                _("That is not the name of prospect {number}. Nobody was erased.").format(
                    number=prospect_id
                )
            )
        return fitcheck.rights.erase(prospect_id), fitcheck.preferences.paper


@contextmanager
def _book_of(folder: Path, prospect_id: int) -> Iterator[FitCheck]:
    fitcheck = opened(folder)
    try:
        yield fitcheck
    except KeyError:
        raise FitCheckError(
            _(
                "There is no prospect {number} in this book; “fitcheck list --people” shows them."
            ).format(number=prospect_id)
        ) from None
    finally:
        fitcheck.close()


def _asked(fitcheck: FitCheck, prospect_id: int) -> str:
    if not sys.stdin.isatty():
        raise FitCheckError(
            _("Nobody is there to confirm it: give the name with --name. Nobody was erased.")
        )
    count = len(fitcheck.assessments(prospect_id))
    print(
        ngettext(
            "{name} with {count} assessment is erased from the book and from every backup. There "
            "is no way back.",
            "{name} with {count} assessments is erased from the book and from every backup. There "
            "is no way back.",
            count,
        ).format(name=fitcheck.prospect(prospect_id).name, count=count)
    )
    return input(_("Type the name to erase them: "))
