"""What a whole book's file would bring, with something under every heading."""

from __future__ import annotations

import datetime as dt

from fitcheck.domain.incoming_book import (
    Assessments,
    Difference,
    IncomingBook,
    IncomingProspect,
    Standing,
    YearsSince,
)

INCOMING = IncomingBook(
    made_at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
    prospects=(
        IncomingProspect("a", "Mara", "Northbeam", Standing.NEW, "", True, False, Assessments(2)),
        IncomingProspect(
            "b",
            "Ada Bell",
            "",
            Standing.KNOWN,
            "Ada Bell",
            True,
            True,
            Assessments(new=1, ahead=1, beside=1, behind=1),
            filled=("email",),
            differences=(Difference("b.role", "Ada Bell", "role", "Head", "Owner"),),
            steps=2,
            dates_differ=True,
            years=YearsSince(tags=1, follow_ups=2, outcomes=1, apart=1),
        ),
        IncomingProspect("c", "Tom", "", Standing.PROBABLY, "tom", True, False, Assessments(1)),
        IncomingProspect("d", "Eve", "", Standing.ERASED, "", False, False, Assessments(1)),
    ),
    banks=1,
    policies=1,
    colleagues=2,
    filled=("logo", "paper"),
    differences=(
        Difference("preferences.profile.name", "", "name", "Ines Calder", "I. Calder"),
        Difference("preferences.own_policy", "", "own_policy", "", ""),
    ),
    erased_there=("Rolf",),
)
