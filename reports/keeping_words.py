"""For how long a person is kept, in short sentences for the consultant."""

from __future__ import annotations

from collections.abc import Sequence

from fitcheck.domain.keeping import Kept
from fitcheck.i18n import _, ngettext
from reports.words import date_text


def kept_sentence(kept: Kept, years: int) -> str:
    """Until when, and why until then."""
    until = date_text(kept.until)
    if kept.own_day:
        return _("You keep this until {until}, a day that you chose.").format(until=until)
    return ngettext(
        "You keep this until {until}, a year after the last change.",
        "You keep this until {until}, {count} years after the last change.",
        years,
    ).format(until=until, count=years)


def overdue_sentence(kept: Kept) -> str:
    """Since when nothing has changed, and until when they were to be kept."""
    return _("Last changed on {changed}; to be kept until {until}.").format(
        changed=date_text(kept.last_changed), until=date_text(kept.until)
    )


def reminder(asked: Sequence[Kept]) -> str:
    """That somebody is to be looked at; empty where nobody is."""
    count = len(asked)
    if not count:
        return ""
    return ngettext(
        "{count} person has been kept for as long as you meant to. Have a look…",
        "{count} people have been kept for as long as you meant to. Have a look…",
        count,
    ).format(count=count)
