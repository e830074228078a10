"""``fitcheck export`` and a whole book for ``fitcheck import``."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from fitcheck.cli_book import opened
from fitcheck.domain.incoming_book import Choices, IncomingBook, Standing
from fitcheck.errors import FitCheckError, reason
from fitcheck.i18n import _
from fitcheck.store.errors import PassphraseTooShort
from fitcheck.store.vault import MINIMUM_LENGTH
from fitcheck.whole_book import BookFile, is_book, is_locked, unlock

EXPORT_PASSPHRASE = "FITCHECK_EXPORT_PASSPHRASE"
"""Holds the passphrase of a whole book's file, which needn't be that of the book."""


@dataclass(frozen=True)
class Taken:
    """What came of a file, or would come of it."""

    incoming: IncomingBook
    choices: Choices


def export_book(folder: Path, target: Path, *, plain: bool) -> None:
    """Write the whole book into ``target``."""
    fitcheck = opened(folder)
    try:
        passphrase = None if plain else _new_passphrase()
        fitcheck.whole_book.export(target, passphrase)
    except OSError as error:
        raise FitCheckError(
            _("{file} was not written: {problem}").format(file=target, problem=reason(error))
        ) from None
    finally:
        fitcheck.close()


def is_whole_book(file: Path) -> bool:
    """Whether a file is a whole book; one that can't be read isn't."""
    try:
        with file.open("rb") as stream:
            return is_book(stream.read(100))
    except OSError:
        return False


def import_book(folder: Path, file: Path, *, dry: bool, together: bool) -> Taken:
    """Bring a whole book in, or with ``dry`` only see what would come of it.

    Nothing that is here is given up. ``together``: who has the name or e-mail of somebody here is
    taken for them.
    """
    fitcheck = opened(folder)
    try:
        book = _unlocked(file)
        look = fitcheck.whole_book.look(book)
        choices = Choices()
        if together:
            choices = Choices(
                together=frozenset(
                    each.key
                    for each in look.incoming.prospects
                    if each.standing is Standing.PROBABLY
                )
            )
        if dry:
            return Taken(fitcheck.whole_book.look(book, choices).incoming, choices)
        return Taken(fitcheck.whole_book.take(book, look, choices), choices)
    except OSError as error:
        raise FitCheckError(
            _("{file} can’t be read: {problem}").format(file=file, problem=reason(error))
        ) from None
    finally:
        fitcheck.close()


def _unlocked(file: Path) -> BookFile:
    if not is_locked(file):
        return unlock(file)
    given = os.environ.get(EXPORT_PASSPHRASE)
    return unlock(file, given if given is not None else _asked(_("Passphrase of the file: ")))


def _new_passphrase() -> str:
    given = os.environ.get(EXPORT_PASSPHRASE)
    if given is None:
        given = _asked(_("Passphrase for the file: "))
        if _asked(_("The same once more: ")) != given:
            raise FitCheckError(_("The two aren’t the same. Nothing was written."))
    if len(given) < MINIMUM_LENGTH:
        raise PassphraseTooShort(len(given), MINIMUM_LENGTH)
    return given


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise FitCheckError(
            _(
                "The file is locked by a passphrase, and nobody is there to be asked for it. Give "
                "it in the variable {variable}."
            ).format(variable=EXPORT_PASSPHRASE)
        )
    return getpass.getpass(prompt)
