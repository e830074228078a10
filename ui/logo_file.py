"""Reading a logo that a person picked, with every fault named."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from fitcheck.domain.profile import LOGO_LIMIT, logo_media_type
from fitcheck.errors import FitCheckError, reason
from fitcheck.i18n import _


def read_logo(path: Path) -> bytes:
    """The bytes of a PNG or JPEG that can be drawn and isn't too large.

    Raises :class:`FitCheckError`, whose text says what is wrong with the file.
    """
    name = path.name
    try:
        if path.stat().st_size > LOGO_LIMIT:
            raise FitCheckError(
                _("{name} is too large: a logo may have {limit} MB at most.").format(
                    name=name, limit=LOGO_LIMIT // 1_000_000
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise FitCheckError(
            _("{name} can't be read: {reason}.").format(name=name, reason=reason(error))
        ) from error
    if logo_media_type(data) is None:
        raise FitCheckError(_("{name} is neither a PNG nor a JPEG.").format(name=name))
    if QImage.fromData(data).isNull():
        raise FitCheckError(_("{name} is damaged: it can't be drawn.").format(name=name))
    return data
