"""What the template of the pocket card gets: the questions with their short answers."""

from __future__ import annotations

import math
from typing import Any

from fitcheck.domain.report import CardSheet, PocketCard
from fitcheck.i18n import _
from reports import words

_ON_A_SIDE = 3
"""Questions on one side of a card, so that they can be read while standing."""

_COPIES = {CardSheet.A6: 1, CardSheet.FOUR_UP: 4}
_ACROSS = 2


def card_title() -> str:
    """The title in the file."""
    return _("Pocket card")


def file_title(sheet: CardSheet) -> str:
    """What the file is named after."""
    return f"{card_title()} {sheet.value}"


def sides(count: int) -> int:
    """How many sides of the card so many questions take."""
    return math.ceil(count / _ON_A_SIDE)


def context(card: PocketCard) -> dict[str, Any]:
    """The context of ``card.html``: a page for each side, and on it rows of equal cards.

    On the back of a sheet of four lie four equal backs, so it fits whichever way it is turned.
    """
    asked = [
        {
            "number": number,
            "say": words.bank_text(question.say),
            "short": [words.bank_text(text) for text in question.short],
        }
        for number, question in enumerate(card.questions, start=1)
    ]
    starts = range(0, len(asked), _ON_A_SIDE)
    copies = _COPIES[card.sheet]
    across = min(copies, _ACROSS)
    return {
        "title": card_title(),
        "sheet": card.sheet.value,
        "sides": [asked[start : start + _ON_A_SIDE] for start in starts],
        "across": across,
        "down": copies // across,
        "care": _("Write no name on it. Type it in after the talk, then tear it up."),
    }
