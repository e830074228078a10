"""Which sections of a plan fit a recommendation, and in which order they are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fitcheck.domain.judgement import Judgement, Recommendation, Stance
from fitcheck.domain.plan import Section


class Beside(StrEnum):
    """What the page shows that isn't drafted."""

    LETTER = "letter"
    LISTS = "lists"
    DISSENT = "dissent"
    NEXT_STEP = "next_step"


Key = Section | Beside

_STAGES = (Section.STAGES, Section.REASSESS_ON)
_JUDGED_BY = {
    Stance.LEAD: (Section.MEASURES,),
    Stance.SPLIT: (Section.MEASURES, Section.SIGNS_OFF),
    Stance.CATER: (Section.SIGNS_OFF,),
}
_AGREEMENT = (
    Section.CONDITIONS,
    Section.ROLES,
    Section.EXPECTATIONS,
    Section.PROMISES,
    Section.SCOPE,
    Section.BOUNDARIES,
    Section.DISAGREEMENT,
    Section.CASES,
)
_FOR_ALL = (Beside.NEXT_STEP, Section.RISKS, Beside.DISSENT, Beside.LISTS)
_ALL: tuple[Key, ...] = (
    *_STAGES,
    *_AGREEMENT,
    *_JUDGED_BY[Stance.SPLIT],
    Beside.LETTER,
    *_FOR_ALL,
)


@dataclass(frozen=True)
class Arrangement:
    """The sections that fit, in order, and the rest of them."""

    first: tuple[Key, ...]
    more: tuple[Key, ...]


def arrangement(judgement: Judgement) -> Arrangement:
    """What fits what was decided, else recommended, and how measurable the problem is."""
    fitting: tuple[Key, ...] = ()
    if judgement.final is Recommendation.STAGE:
        fitting = (*_STAGES, *_AGREEMENT, *_JUDGED_BY[judgement.stance])
    elif judgement.final is Recommendation.PROCEED:
        fitting = (*_AGREEMENT, *_JUDGED_BY[judgement.stance])
    elif judgement.final is Recommendation.DECLINE:
        fitting = (Beside.LETTER,)
    first = (*fitting, *_FOR_ALL)
    return Arrangement(first, tuple(key for key in _ALL if key not in first))
