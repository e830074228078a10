"""The list of prospects as the window goes through it: found, paged, tagged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from fitcheck.domain.listed import SIZE, Found, Page, ProspectLine, Query, SortKey
from fitcheck.store.book import Book
from fitcheck.store.pages import Wanted, always

_ENOUGH = 200
"""How many are counted before the first of them are shown."""

_PLACES = 25
"""Places of meeting that are offered."""

_AT_ONCE = 200
"""Prospects that are tagged in one transaction: whoever types meanwhile waits for that only."""

Tags = Mapping[int, tuple[str, ...]]
"""The tags of some prospects."""


class Listing:
    """``shown`` says whether what an unfinished interview came to is to be seen."""

    def __init__(self, book: Book, today: Callable[[], dt.date], shown: Callable[[], bool]) -> None:
        self._book = book
        self._today = today
        self._shown = shown

    # Reading

    def look(
        self, query: Query, chosen: int | None = None, *, whole: bool, wanted: Wanted = always
    ) -> Found:
        """What ``query`` comes to, with the page on which ``chosen`` stands, or the first.

        Not ``whole``, no more is counted than one sees at first; :meth:`number` does the rest.
        Raises :class:`CalledOff` once it isn't ``wanted``.
        """
        query, today = self._seen(query), self._today()
        # Without any filter an index holds nothing else, and is soon counted.
        whole = whole or query == Query(
            sort=query.sort, descending=query.descending, show_totals=query.show_totals
        )
        most = None if whole else _ENOUGH
        found = self._book.pages.look(query, today, chosen, most, wanted)
        number, place, row, page = found
        return Found(query, number, number != most, row, page, place)

    def number(self, query: Query, wanted: Wanted = always) -> int:
        """How many there are; see :meth:`look`."""
        return self._book.pages.number(self._seen(query), self._today(), wanted=wanted)

    def page(
        self,
        query: Query,
        after: SortKey | None = None,
        before: SortKey | None = None,
        size: int = SIZE,
        *,
        skip: int = 0,
        last: bool = False,
    ) -> Page:
        """The prospects next to a key of another page, or next to either end."""
        query = self._seen(query)
        return self._book.pages.page(
            query, self._today(), after, before, size, skip=skip, last=last
        )

    def ids(self, query: Query, skip: int = 0, size: int | None = None) -> tuple[int, ...]:
        """Those of ``query`` in its order, or ``size`` of them after the first ``skip``."""
        return self._book.pages.ids(self._seen(query), self._today(), skip, size)

    def places_of(self, query: Query, prospect_ids: Collection[int]) -> dict[int, int]:
        """The rows of those who are among ``query``."""
        return self._book.pages.places_of(self._seen(query), self._today(), prospect_ids)

    def lines(self, prospect_ids: Collection[int]) -> tuple[ProspectLine, ...]:
        """The lines of these prospects in this order, without those who are no longer there."""
        return self._book.pages.lines(prospect_ids)

    def met_at(self) -> Mapping[str, int]:
        """Where most prospects were met, with how many; most first."""
        return self._book.pages.met_at(_PLACES)

    def _seen(self, query: Query) -> Query:
        return replace(query, show_totals=self._shown())

    # Tags

    def tags(self) -> Mapping[str, int]:
        """Every tag with the number of prospects that have it, in the order of the alphabet."""
        return self._book.abouts.tags()

    def tags_of(self, prospect_ids: Collection[int]) -> Mapping[str, int]:
        """The tags of these prospects, with how many of them have it."""
        return self._book.abouts.tags_of(prospect_ids)

    def tagging(
        self, prospect_ids: Collection[int], add: Collection[str] = (), remove: Collection[str] = ()
    ) -> Iterator[Tags]:
        """Give these prospects tags and take others away, some at a time; what each had before."""
        ids = list(prospect_ids)
        for start in range(0, len(ids), _AT_ONCE):
            yield self._book.abouts.tag(ids[start : start + _AT_ONCE], add, remove).result()

    def tag(
        self, prospect_ids: Collection[int], add: Collection[str] = (), remove: Collection[str] = ()
    ) -> Tags:
        """The same for all of them."""
        before: dict[int, tuple[str, ...]] = {}
        for some in self.tagging(prospect_ids, add, remove):
            before |= some
        return before

    def retag(self, tags: Tags) -> None:
        """Let each of these prospects have exactly these tags again."""
        ids = list(tags)
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            self._book.abouts.retag({id_: tags[id_] for id_ in some}).result()
