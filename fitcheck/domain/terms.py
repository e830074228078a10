"""The words that everything here turns on: forms, recommendations, actions, matches, appetites.

Each has its home in the module that explains it (``bank``, ``judgement``, ``policy``), and is to be
had from there. They stand here because the list of prospects is shown before any of those is there.
"""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    FULL = "full"
    EVENT = "event"
    PROSPECT = "prospect"


class Recommendation(StrEnum):
    PROCEED = "proceed"
    STAGE = "stage"
    DECLINE = "decline"
    UNDECIDED = "undecided"


class Action(StrEnum):
    """What a consultant can do; the order is that of the printed page, not of preference."""

    PROCEED = "proceed"
    STAGE = "stage"
    DECLINE = "decline"


class Match(StrEnum):
    """What a prospect may turn out to be, best first; the order of every loss triple."""

    GOOD = "good"
    WORKABLE = "workable"
    POOR = "poor"


class Appetite(StrEnum):
    """The consultant's appetite for risk: it scales the losses of proceeding and declining."""

    BALANCED = "balanced"
    CHOOSY = "choosy"
    HUNGRY = "hungry"
