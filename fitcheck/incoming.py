"""A file that is brought into the book: a filled form, or an assessment that was kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, Reference
from fitcheck.domain.policy import Policy
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.exchange.form_pdf import FormFields, read_form
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.pdf_attachment import carries_assessment, read_private_file
from fitcheck.library import load_bank


def read_incoming(
    data: bytes,
    find: Callable[[Reference], Policy],
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> FormFields | Assessment:
    """What is in a file's bytes: a private file or JSON is an assessment, another PDF a form.

    ``find`` looks up the policy that judged it and ``find_bank`` the bank, which may be the book's
    own. Raises :class:`fitcheck.errors.InvalidInput` with every fault.
    """
    if data.lstrip()[:5] != b"%PDF-":
        return read_assessment(data, find, find_bank)
    if carries_assessment(data):
        return read_private_file(data, find, find_bank)
    return read_form(data)


def read_incoming_file(
    file: Path,
    find: Callable[[Reference], Policy],
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> FormFields | Assessment:
    """The same for a file on the disk; raises ``OSError``, too."""
    with file.open("rb") as stream:
        return read_incoming(stream.read(SIZE_LIMIT + 1), find, find_bank)
