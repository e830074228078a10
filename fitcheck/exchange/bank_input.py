"""A bank of questions that was written elsewhere, by whatever editor, or that may be anything.

Every fault is found at once, each with its line, before anything of the file is used.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from fitcheck import packaged
from fitcheck.domain.bank import Bank, Reference, parse_bank
from fitcheck.domain.bank_lint import BannedWords, linted, parse_words
from fitcheck.domain.bank_tables import text_at
from fitcheck.domain.toml_checks import Document
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.json_input import FAULT_LIMIT
from fitcheck.exchange.toml_input import faults_within
from fitcheck.i18n import _, thousands
from fitcheck.library import load_bank, shipped_banks

SIZE_LIMIT = 400_000
"""Characters; the shipped bank has fifty thousand."""

BYTES_LIMIT = 4 * SIZE_LIMIT
"""Nothing longer than this has so few characters."""


@dataclass(frozen=True)
class BankFile:
    """A bank with the text that it was read from, comments and all."""

    bank: Bank
    text: str = field(repr=False)


Find = Callable[[Reference], Bank]


def read_bank(data: bytes, file: str, find: Find = load_bank) -> BankFile:
    """The bank in a file's bytes; ``file`` is how its faults name it.

    ``find`` looks up a bank that there is already and raises ``KeyError`` where there is none: a
    file says what that one says, or it is a version of its own.

    Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its line.
    """
    if len(data) > BYTES_LIMIT:
        raise InvalidInput(
            [
                Fault(
                    file, _("expected at most {most} characters").format(most=thousands(SIZE_LIMIT))
                )
            ]
        )
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            [Fault(f"{file}:{line}", _("text in UTF-8; save the file in that encoding"))]
        ) from None
    if faults := bank_faults(text, file, find):
        raise InvalidInput(faults[:FAULT_LIMIT])
    return BankFile(parse_bank(text), text)


def bank_faults(text: str, file: str, find: Find = load_bank) -> list[Fault]:
    """What is wrong with a bank's text; none for a good one."""

    def linted_faults(text: str, file: str) -> list[Fault]:
        document = linted(text, file, _words())
        if document.readable:
            _its_own_name(document, text, find)
        return document.faults

    return faults_within(text, file, SIZE_LIMIT, linted_faults)


def _its_own_name(document: Document, text: str, find: Find) -> None:
    """Report a name that stands for something else already."""
    reference = Reference(text_at(document.data, "id"), text_at(document.data, "version"))
    try:
        known = find(reference)
    except KeyError:
        known = None
    # What has a fault can't be what there is: that has none.
    if known is not None and not document.faults and parse_bank(text) == known:
        return
    if any(reference.id == shipped.id for shipped in shipped_banks()):
        document.report(("id",), f"an id of your own; {reference.id} is that of FitCheck's bank")
    elif known is not None:
        document.report(
            ("version",),
            f"a higher version: {reference} is there already, asks something else, "
            "and stays as it is",
        )


@cache
def _words() -> BannedWords:
    return parse_words(packaged.read_text("banks", "words.toml"))
