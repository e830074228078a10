"""What a whole book's file would bring into this one: shown before anything is taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Standing(StrEnum):
    """Whether a prospect of the file is one of this book, and how one knows."""

    NEW = "new"
    KNOWN = "known"
    """Recognised by a uid."""
    PROBABLY = "probably"
    """Nobody here has a uid of theirs, but somebody has the same name or e-mail."""
    ERASED = "erased"
    """They were erased from this book."""


@dataclass(frozen=True)
class Difference:
    """A field that says one thing here and another there. ``here`` stays unless somebody says so.

    ``whose`` is the prospect's name, or empty for the preferences.
    """

    key: str
    whose: str = field(repr=False)
    what: str
    here: str = field(repr=False)
    there: str = field(repr=False)


@dataclass(frozen=True)
class Assessments:
    """How many assessments of a prospect are what.

    ``ahead`` go on where those here stop, so that those here are brought up to date; ``beside``
    were changed on both sides, so that theirs is added and both are there; ``behind`` say less
    than those here, which stay.
    """

    new: int = 0
    same: int = 0
    ahead: int = 0
    behind: int = 0
    beside: int = 0

    @property
    def changes(self) -> bool:
        return bool(self.new or self.ahead or self.beside)


@dataclass(frozen=True)
class YearsSince:
    """How much is added of what came of somebody, or goes on where it went on there.

    ``forecasts`` are odds of decisions that had none here. ``apart`` went on in both books, each
    in its own way: ours stay.
    """

    links: int = 0
    tags: int = 0
    follow_ups: int = 0
    outcomes: int = 0
    referrals: int = 0
    forecasts: int = 0
    apart: int = 0

    @property
    def changes(self) -> bool:
        added = (self.links, self.tags, self.follow_ups, self.outcomes, self.referrals)
        return any((*added, self.forecasts))


@dataclass(frozen=True)
class IncomingProspect:
    """``key`` is what a choice about them is filed under; ``here`` the name of whoever they are
    taken for, empty where they are new.

    ``taken`` is false where they are left out; ``together`` says that they are put with ``here``.
    ``filled`` are fields that were empty here. ``steps`` of the phase are taken over;
    ``dates_differ`` says that those here stay, since both went on by themselves.
    """

    key: str
    name: str = field(repr=False)
    organisation: str = field(repr=False)
    standing: Standing
    here: str = field(repr=False)
    taken: bool
    together: bool
    assessments: Assessments
    filled: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    steps: int = 0
    dates_differ: bool = False
    kept_differs: bool = False
    years: YearsSince = YearsSince()

    @property
    def added(self) -> bool:
        return self.taken and not self.together

    @property
    def changed(self) -> bool:
        """Whether anything of somebody who is here changes, whatever is chosen."""
        return self.together and bool(
            self.assessments.changes
            or self.filled
            or self.steps
            or self.kept_differs
            or self.years.changes
        )


@dataclass(frozen=True)
class IncomingBook:
    """All that would come of an import, as it was chosen so far.

    ``erased_there`` are the names of those here whom the other book has erased: they stay.
    """

    made_at: dt.datetime
    prospects: tuple[IncomingProspect, ...]
    banks: int
    policies: int
    colleagues: int
    filled: tuple[str, ...]
    differences: tuple[Difference, ...]
    erased_there: tuple[str, ...] = field(repr=False)

    @property
    def changes(self) -> bool:
        """Whether anything would be different from what this book holds, whatever is chosen."""
        return bool(
            self.banks
            or self.policies
            or self.colleagues
            or self.filled
            or any(each.added or each.changed for each in self.prospects)
        )

    @property
    def all_differences(self) -> tuple[Difference, ...]:
        of_prospects = (each for one in self.prospects for each in one.differences)
        return (*self.differences, *of_prospects)


@dataclass(frozen=True)
class Choices:
    """What somebody decided who saw the plan.

    ``together``: who probably is the same is taken for them. ``back``: who was erased here is
    taken all the same. ``theirs``: where the file's side of a difference is taken.
    """

    together: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


NO_CHOICE = Choices()
"""Nothing of what is here is given up, and nobody comes back who was erased."""
