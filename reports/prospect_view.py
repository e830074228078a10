"""What the template of the prospect's edition gets: parts of the edition and fixed words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.report import ProspectEdition
from fitcheck.i18n import _
from reports import prospect_words
from reports.plan_words import spoken

_WORKING_TOGETHER = (Recommendation.PROCEED, Recommendation.STAGE)


def context(edition: ProspectEdition) -> dict[str, Any]:
    """The context of ``prospect.html``; it can hold nothing that ``edition`` doesn't."""
    together = edition.outcome in _WORKING_TOGETHER
    headline, meaning = prospect_words.recommendation(edition.outcome)
    return {
        "edition": _translated(edition),
        "title": prospect_words.title(edition.outcome),
        "headline": headline,
        "meaning": meaning,
        "together": together,
        "declined": edition.outcome is Recommendation.DECLINE,
        "undecided": edition.outcome is Recommendation.UNDECIDED,
        "roles": _roles(edition),
        "promises": [_promise(text) for text in spoken(edition.promises)],
        "pw": prospect_words,
    }


def _translated(edition: ProspectEdition) -> ProspectEdition:
    """``edition`` with what was drafted in the language in force; what was written stays."""
    return replace(
        edition,
        measures=spoken(edition.measures),
        signs_off=spoken(edition.signs_off),
        conditions=spoken(edition.conditions),
        scope=spoken(edition.scope),
        cases=spoken(edition.cases),
        first_stage=spoken(edition.first_stage),
        later_stages=spoken(edition.later_stages),
        protocol=spoken(edition.protocol),
    )


def _roles(edition: ProspectEdition) -> list[tuple[str, tuple[str, ...]]]:
    """Who decides what (I2, I26): the headings that have items."""
    roles = spoken(edition.roles)
    parts = [
        (_("You decide"), roles.yours),
        (_("I decide"), roles.mine),
        (_("We decide together"), roles.ours),
    ]
    return [(heading, items) for heading, items in parts if items]


def _promise(text: str) -> tuple[str, str]:
    """The name of a promise, which ends at its first full stop, and the rest."""
    name, stop, rest = text.partition(". ")
    return (name + ".", rest) if stop else ("", text)
