"""In which time zone this computer stands, as far as the system says so by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

_LINK = Path("/etc/localtime")
_FOLDER = "zoneinfo/"


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name such as "Europe/Berlin"; ``None`` where nobody knows it."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # of an absent one, a folder, a slip
        return None


def local_zone(environment: Mapping[str, str] = os.environ, link: Path = _LINK) -> ZoneInfo | None:
    """The zone of ``TZ``, else that of the system's link; ``None`` where neither names one.

    Windows names zones in its own way: there the window asks Qt (:mod:`ui.calendar_file`).
    """
    told = environment.get("TZ", "").lstrip(":")
    if told:
        return zone_named(told)
    target = link.resolve().as_posix()
    if _FOLDER not in target:
        return None
    return zone_named(target.rpartition(_FOLDER)[2])
