"""The words of a quarter's page, of a prospect's line and of prospects side by side."""

from __future__ import annotations

from fitcheck.domain.beside import About
from fitcheck.domain.line import PointKind, Way
from fitcheck.domain.quarter import Counts, Quarter
from fitcheck.i18n import N_, _

_ABOUT = {
    About.FINAL: N_("Recommendation in the end, your own decision included"),
    About.RECOMMENDATION: N_("Recommendation by the answers"),
    About.STANCE: N_("Who leads"),
}

_POINTS = {PointKind.ASSESSMENT: N_("Assessment"), PointKind.CHECK_UP: N_("Check-up")}

_WAYS = {
    Way.UP: N_("It has gone up: the range now lies above the range then."),
    Way.DOWN: N_("It has gone down: the range now lies below the range then."),
    Way.UNSURE: N_("The two ranges overlap, so that it may have moved by chance."),
}

_QUARTERS = {
    1: N_("January to March {year}"),
    2: N_("April to June {year}"),
    3: N_("July to September {year}"),
    4: N_("October to December {year}"),
}

COUNTS = {
    "met": N_("Met"),
    "staged": N_("Staged"),
    "declined": N_("Declined"),
    "won": N_("Won"),
    "referred": N_("Referred"),
}
"""By the fields of :class:`Counts`, in their order; translate them where they are shown."""


def about_name(about: About) -> str:
    return _(_ABOUT[about])


def point_name(kind: PointKind) -> str:
    return _(_POINTS[kind])


def way_sentence(way: Way) -> str:
    return _(_WAYS[way])


def quarter_name(quarter: Quarter) -> str:
    """By its months, which need no counting: "October to December 2026"."""
    return _(_QUARTERS[quarter.number]).format(year=quarter.year)


def group_name(name: str) -> str:
    """An event or a source as it was written; where none was, that is said."""
    return name or _("Not written down")


def counts_cells(counts: Counts) -> tuple[tuple[str, int], ...]:
    """Each count with its heading."""
    return tuple((_(heading), getattr(counts, name)) for name, heading in COUNTS.items())
