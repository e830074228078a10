"""How many questions the prospect's own form asks, and how long they take, whatever the bank."""

from __future__ import annotations

from fitcheck.i18n import _, ngettext
from reports.firm_words import count_words

_IN_A_MINUTE = 4
"""Questions that somebody reads and answers in a minute."""


def lead(count: int) -> str:
    """What stands at the head of the form."""
    asked = ngettext(
        "One question on how you see our working together.",
        "{count} questions on how you see our working together.",
        count,
    ).format(count=_begun(count_words(count)))
    minutes = _minutes(count)
    takes = ngettext("It takes a minute.", "They take {minutes} minutes.", minutes).format(
        minutes=count_words(minutes)
    )
    return _("{asked} {takes}").format(asked=asked, takes=takes)


def takes_about(count: int) -> str:
    """How long it takes, said before the form is begun."""
    minutes = _minutes(count)
    return ngettext(
        "It takes about a minute.", "It takes about {minutes} minutes.", minutes
    ).format(minutes=count_words(minutes))


def _minutes(count: int) -> int:
    return max(1, round(count / _IN_A_MINUTE))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
