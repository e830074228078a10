"""The track record with all of what it rests on, as a page or a document shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.track_record import TrackRecord


@dataclass(frozen=True)
class Record:
    """``engagements`` are those whose outcome is known: the cases, and those without odds.

    ``declined`` is how many were declined, of whom nothing is ever known.
    """

    track: TrackRecord
    engagements: tuple[Engagement, ...] = field(repr=False)
    declined: int

    @property
    def without_odds(self) -> int:
        """How many of them are no cases, since nobody knows what their odds were."""
        return sum(1 for each in self.engagements if each.case is None)
