"""Opening a PDF that came from elsewhere: bounded in size and memory, refused in words.

A small file can unpack to gigabytes, and qpdf unpacks parts of it on opening. Its limits hold for
the whole process, which reads no other PDFs, so they are set once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.i18n import _, thousands

if TYPE_CHECKING:
    import pikepdf

OBJECT_LIMIT = 50_000
"""Objects that a file may hold openly; with half a million, finding them takes two seconds."""

UNPACKED_LIMIT = 3 * SIZE_LIMIT
"""What one part of the file may unpack to at most, in bytes."""


def refused(expected: str) -> InvalidInput:
    """The refusal of a whole PDF."""
    return InvalidInput([Fault("PDF", expected)])


@contextmanager
def opened_pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The PDF in these bytes, while the ``with`` block lasts.

    Raises :class:`fitcheck.errors.InvalidInput` where it is too large, damaged or encrypted, also
    where the damage shows only inside the block.
    """
    import pikepdf

    if len(data) > SIZE_LIMIT:
        raise refused(_("expected at most {most} bytes").format(most=thousands(SIZE_LIMIT)))
    if not data.lstrip()[:5] == b"%PDF-":
        raise refused(_("expected a PDF, found something else"))
    if data.count(b" obj") > OBJECT_LIMIT:
        raise refused(_("expected at most {most} objects").format(most=thousands(OBJECT_LIMIT)))
    _set_limits()
    try:
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise refused(_("expected a PDF that is not encrypted"))
            yield pdf
    except pikepdf.PasswordError:
        raise refused(_("expected a PDF that opens without a password")) from None
    except _damage() as error:
        # What the library says may quote the file.
        raise refused(_("expected a whole PDF; this one is damaged")) from error


@cache
def _set_limits() -> None:
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(
        doc_max_warnings=200,
        max_stream_filters=3,
        flate_max_memory=UNPACKED_LIMIT,
        png_max_memory=UNPACKED_LIMIT,
        run_length_max_memory=UNPACKED_LIMIT,
        tiff_max_memory=UNPACKED_LIMIT,
    )


def _damage() -> tuple[type[Exception], ...]:
    """What pikepdf raises where a PDF's parts are not what they should be."""
    import pikepdf

    types = (TypeError, ValueError, KeyError, IndexError, AttributeError, RuntimeError)
    return (pikepdf.PdfError, pikepdf.DataDecodingError, *types)
