"""Backups on the command line: making, listing and restoring them, and checking the book."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fitcheck.access import Access
from fitcheck.cli_book import PASSPHRASE_VARIABLE, asked, opened
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.safekeeping import people_erased_again
from fitcheck.store.errors import (
    BookDamaged,
    KeyDamaged,
    KeyMissing,
    PassphraseNeeded,
    StoreError,
    StoreMissing,
    WrongKeyOrDamaged,
)
from fitcheck.store.previewing import Preview
from fitcheck.store.rescue import Finding, Rescue, State
from fitcheck.surroundings import sentences

_AMISS = (WrongKeyOrDamaged, KeyMissing, KeyDamaged, StoreMissing)


def back_up(folder: Path) -> Path:
    """Make a backup; its folder."""
    fitcheck = opened(folder)
    try:
        return fitcheck.safekeeping.back_up().folder
    finally:
        fitcheck.close()


def backup_lines(folder: Path) -> list[str]:
    """Every backup on a line: its name, prospects, assessments and newest change."""
    fitcheck = opened(folder)
    try:
        keeping = fitcheck.safekeeping
        return [_line(keeping.look_into(copy)) for copy in keeping.copies()]
    finally:
        fitcheck.close()


def check(folder: Path) -> str:
    """That the book is whole and what is in it; else an error with the backup to restore."""
    try:
        fitcheck = opened(folder)
    except _AMISS as error:
        raise FitCheckError(_with_offer(error, _found(folder))) from None
    try:
        found = fitcheck.safekeeping.check()
        whole = _(
            "The book is whole. Prospects: {prospects}. Assessments: {assessments}. "
            "Backups: {backups}."
        ).format(
            prospects=found.prospects,
            assessments=found.assessments,
            backups=len(fitcheck.safekeeping.copies()),
        )
        return "\n".join([whole, *sentences(fitcheck.surroundings.all())])
    except BookDamaged as error:
        changed = (folder / "book.db").stat().st_mtime
        finding = Finding(
            State.DAMAGED,
            dt.datetime.fromtimestamp(changed, dt.UTC),
            fitcheck.safekeeping.newest_good(),
        )
        raise FitCheckError(_with_offer(error, finding)) from None
    finally:
        fitcheck.close()


def restore(folder: Path, name: str) -> str:
    """Put the backup of this name in the book's place; words that say what became of the book."""
    with _rescue(folder) as rescue:
        copy = next((copy for copy in rescue.copies() if copy.name == name), None)
        if copy is None:
            raise FitCheckError(
                _(
                    "There is no backup {name}; “fitcheck backup --list” shows them. Nothing was "
                    "changed."
                ).format(name=name)
            )
        restored = rescue.restore(copy, dt.datetime.now(dt.UTC))
    said = [_("The book is what it was in {name}.").format(name=name)]
    if restored.kept is not None:
        said.append(_("The book until now is kept: {backup}").format(backup=restored.kept.name))
    return "\n".join([*said, *people_erased_again(restored)])


@contextmanager
def _rescue(folder: Path) -> Iterator[Rescue]:
    access = Access(folder)
    with ExitStack() as stack:
        try:
            rescue = access.rescue(os.environ.get(PASSPHRASE_VARIABLE))
        except PassphraseNeeded:
            rescue = access.rescue(asked())
        yield stack.enter_context(rescue)


def _found(folder: Path) -> Finding | None:
    """What can be found out about a book that doesn't open; ``None`` if not even that can."""
    try:
        with _rescue(folder) as rescue:
            return rescue.find()
    except FitCheckError:
        return None


def _with_offer(error: StoreError, finding: Finding | None) -> str:
    if finding is None or finding.state is State.WHOLE:
        return str(error)
    said = [str(error)]
    if finding.state is State.DAMAGED and not isinstance(error, BookDamaged):
        said = [str(BookDamaged(Path("book.db")))]
    if finding.offer is None:
        return "\n".join([*said, _("There is no backup that is whole.")])
    said.append(_("The newest backup that is whole: {backup}").format(backup=_line(finding.offer)))
    if finding.missing_since is None:
        said.append(_("Nothing has been saved since that backup was made."))
    else:
        said.append(
            _("What was saved after {moment} is not in it.").format(
                moment=_moment(finding.missing_since)
            )
        )
    return "\n".join(said)


def _line(preview: Preview) -> str:
    contents = preview.contents
    if contents is None:
        return "\t".join((preview.copy.name, _("can’t be used")))
    newest = contents.newest_change
    return "\t".join(
        (
            preview.copy.name,
            _("prospects: {number}").format(number=contents.prospects),
            _("assessments: {number}").format(number=contents.assessments),
            _moment(newest) if newest else "–",
        )
    )


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone().isoformat(" ", "minutes")
