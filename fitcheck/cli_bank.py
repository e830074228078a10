"""``fitcheck bank``: the questions out as a file, held to their rules, and in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fitcheck import packaged
from fitcheck.access import Access, State
from fitcheck.banks import IncomingBank
from fitcheck.cli_book import opened
from fitcheck.domain.bank import Bank, Reference
from fitcheck.errors import Fault, FitCheckError, InvalidInput, unreadable
from fitcheck.exchange.bank_file import SCHEMA, written_bank
from fitcheck.exchange.bank_input import BYTES_LIMIT, read_bank
from fitcheck.i18n import _
from fitcheck.library import CURRENT_BANK, bank_text, load_bank, shipped_banks


def exported(folder: Path, name: str | None) -> bytes:
    """The file of a bank: the one called ``name``, else the one in force in the book."""
    shipped = {str(reference): reference for reference in shipped_banks()}
    if name in shipped:
        return written_bank(bank_text(shipped[name])).encode()
    if name is None and Access(folder).state is State.NEW:
        return written_bank(bank_text(CURRENT_BANK)).encode()
    fitcheck = opened(folder)
    try:
        banks = fitcheck.banks
        known = {str(choice.bank.reference): choice.bank.reference for choice in banks.choices}
        if name is not None and name not in known:
            raise FitCheckError(
                _("There is no bank {name} in this book, but: {known}.").format(
                    name=name, known=", ".join(known)
                )
            )
        reference = banks.in_force.reference if name is None else known[name]
        return banks.exported(reference).encode()
    finally:
        fitcheck.close()


def schema() -> bytes:
    """What describes the file to editors."""
    return packaged.read_bytes("schema", SCHEMA)


def lint(file: str) -> str:
    """That the bank in a file keeps every rule; raises ``InvalidInput`` with each that it breaks.

    What is in the book isn't looked at.
    """
    bank = read_bank(_read(file), file).bank
    return _("{file}: {name} keeps every rule.").format(file=file, name=bank.reference)


def bring_in(folder: Path, file: str) -> IncomingBank:
    """Bring the bank in a file into the book and use it; what that was."""
    data = _read(file)
    fitcheck = opened(folder)
    try:
        incoming = fitcheck.banks.look_at(data, file)
        fitcheck.banks.use(fitcheck.banks.take(incoming).reference)
        return incoming
    finally:
        fitcheck.close()


def bank_beside(file: str | None) -> Bank:
    """The bank in a file; the shipped one where none is named."""
    return load_bank() if file is None else read_bank(_read(file), file).bank


def finder(file: str | None) -> Callable[[Reference], Bank]:
    """What finds the shipped banks, and the one in ``file``."""
    own = bank_beside(file)
    return lambda reference: own if reference == own.reference else load_bank(reference)


def _read(file: str) -> bytes:
    """One byte more than the limit at most."""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(BYTES_LIMIT + 1)
    except OSError as error:
        raise InvalidInput([Fault(file, unreadable(error))]) from None
