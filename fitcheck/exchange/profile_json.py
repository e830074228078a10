"""The profile that ``fitcheck report --profile`` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fitcheck.domain.profile import LOGO_LIMIT, Profile, logo_media_type
from fitcheck.errors import Fault, InvalidInput, reason
from fitcheck.exchange.json_input import parse, refuse, structural_faults
from fitcheck.i18n import _, thousands


def read_profile(data: bytes, folder: Path) -> Profile:
    """The profile in a file's bytes; its ``logo`` is a path seen from ``folder``.

    Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its JSON path.
    """
    value, faults = parse(data)
    faults += structural_faults(value, "profile-1.json")
    logo = b""
    if isinstance(value, dict) and isinstance(value.get("logo"), str):
        try:
            logo = read_logo(folder / value["logo"])
        except InvalidInput as refused:
            faults += [Fault("$.logo", fault.expected) for fault in refused.faults]
    refuse(faults)
    rest: dict[str, Any] = {**value, "logo": logo}
    rest["boundaries"] = tuple(rest.get("boundaries", ()))
    return Profile(**rest)


def read_logo(file: Path) -> bytes:
    """The bytes of a PNG or JPEG of at most ``LOGO_LIMIT`` bytes.

    Raises :class:`fitcheck.errors.InvalidInput` naming the file and what is wrong with it.
    """
    try:
        with file.open("rb") as stream:
            logo = stream.read(LOGO_LIMIT + 1)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        told = _("expected a readable picture: {reason}").format(reason=why)
        raise InvalidInput([Fault(str(file), told)]) from None
    if len(logo) > LOGO_LIMIT:
        told = _("expected at most {most} bytes").format(most=thousands(LOGO_LIMIT))
        raise InvalidInput([Fault(str(file), told)])
    if logo_media_type(logo) is None:
        raise InvalidInput([Fault(str(file), _("expected a PNG or a JPEG picture"))])
    return logo
