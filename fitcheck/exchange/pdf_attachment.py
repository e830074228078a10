"""The assessment inside a private file: put there when it is printed, read back by hand-picking it.

So a private file is a copy of the assessment that people can read and FitCheck can restore.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, Reference
from fitcheck.domain.policy import Policy
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.pdf_input import opened_pdf, refused
from fitcheck.i18n import _, thousands
from fitcheck.library import load_bank, load_policy

NAME = "assessment.json"
"""The same in every private file: a file's name is often shown where its content is not."""


def assessment_bytes(assessment: Assessment) -> bytes:
    """The assessment's exchange JSON as a file of text; the same bytes for the same assessment."""
    text = json.dumps(write_assessment(assessment), ensure_ascii=False, indent=1)
    # Half a surrogate pair, which UTF-8 can't hold, becomes the escape that JSON has for it.
    return (text + "\n").encode("utf-8", "backslashreplace")


def carries_assessment(pdf: bytes) -> bool:
    """Whether this PDF is a private file; raises ``InvalidInput`` where that can't be told."""
    with opened_pdf(pdf) as document:
        return NAME in document.attachments


def attached_json(pdf: bytes) -> bytes:
    """The assessment's JSON inside a private file, unread.

    Raises :class:`fitcheck.errors.InvalidInput` for a PDF that is too large, damaged or encrypted,
    or that carries none.
    """
    with opened_pdf(pdf) as document:
        if NAME not in document.attachments:
            raise refused(
                _(
                    "expected {name} inside it, found none; of the documents that FitCheck makes, "
                    "only a private file carries it"
                ).format(name=NAME)
            )
        inside = document.attachments[NAME].get_file()
        data = inside.read_bytes()
        # It unpacks in spite of some damage; the sum beside it tells.
        if inside.md5 not in (b"", hashlib.md5(data, usedforsecurity=False).digest()):
            told = _("expected {name} as it was written; this one is damaged")
            raise refused(told.format(name=NAME))
    if len(data) > SIZE_LIMIT:
        told = _("expected at most {most} bytes in {name}")
        raise refused(told.format(most=thousands(SIZE_LIMIT), name=NAME))
    return data


def read_private_file(
    pdf: bytes,
    find_policy: Callable[[Reference], Policy] = load_policy,
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> Assessment:
    """The assessment that a private file was made of.

    Raises :class:`fitcheck.errors.InvalidInput` like :func:`attached_json`, and with every fault
    of the JSON, each at its path.
    """
    return read_assessment(attached_json(pdf), find_policy, find_bank)
