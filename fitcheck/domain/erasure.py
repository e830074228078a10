"""What shows that a person was erased: what was looked for, where, when, and what was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Searched:
    """One place that was searched after the erasure.

    ``place`` is a file of the data folder. ``found`` names the tables (or, of a file that is no
    book, the file) in which one of the person's texts still stands: another person's entry can
    say the same, or speak of them. ``pages`` is of how many pages a book consists, all of them
    written anew; 0 for other files. ``readable`` is false where it couldn't be searched.
    """

    place: str
    pages: int
    found: tuple[str, ...] = ()
    readable: bool = True


@dataclass(frozen=True)
class Erasure:
    """Nothing of it says who it was. ``texts`` is how many pieces of text were looked for."""

    at: dt.datetime
    tombstone: str
    texts: int
    places: tuple[Searched, ...]

    @property
    def nothing_found(self) -> bool:
        """Whether every place was searched and none holds anything."""
        return all(place.readable and not place.found for place in self.places)


def same_name(typed: str, name: str) -> bool:
    """Whether somebody typed this name, whatever the case and the blanks."""
    return typed.casefold().split() == name.casefold().split()
