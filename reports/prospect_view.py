"""What the template of the prospect's edition gets: parts of the edition and fixed words."""

from __future__ import annotations

from typing import Any

from fitcheck.domain.assessment import Stage
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.report import ProspectEdition
from reports import prospect_words, words

_WORKING_TOGETHER = (Recommendation.PROCEED, Recommendation.STAGE)


def context(edition: ProspectEdition) -> dict[str, Any]:
    """The context of ``prospect.html``; it can hold nothing that ``edition`` doesn't."""
    together = edition.outcome in _WORKING_TOGETHER
    headline, meaning = prospect_words.recommendation(edition.outcome)
    return {
        "edition": edition,
        "title": prospect_words.title(edition.outcome),
        "headline": headline,
        "meaning": meaning,
        "together": together,
        "declined": edition.outcome is Recommendation.DECLINE,
        "undecided": edition.outcome is Recommendation.UNDECIDED,
        "stage": _first_stage(edition),
        "conditions": [words.bank_text(text) for text in edition.conditions],
        "pw": prospect_words,
    }


def _first_stage(edition: ProspectEdition) -> Stage | None:
    """The stage to print whole: the one that was written, or one that suits the stance."""
    if edition.first_stage is None and edition.outcome is Recommendation.STAGE:
        return prospect_words.default_first_stage(edition.stance)
    return edition.first_stage
