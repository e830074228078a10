"""Some pages of a list that is longer than the memory should hold, each read when it is looked at.

A page is found by the key of a prospect next to it. Whoever drags the scrollbar far gets there by
counting from the nearest key that is known, from above or from below; that far one never goes by
keys, and where one has been, the keys stay.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from fitcheck.domain.listed import SIZE, Found, Page, ProspectLine, Query, SortKey

_PAGES = 20
"""Pages that are held: several screens to either side of what is shown."""


class Reader(Protocol):
    """:meth:`fitcheck.listing.Listing.page`."""

    def __call__(
        self,
        query: Query,
        after: SortKey | None = None,
        before: SortKey | None = None,
        size: int = SIZE,
        *,
        skip: int = 0,
        last: bool = False,
    ) -> Page: ...


class Paging:
    """The rows of what was found. ``changed`` is called where the book no longer fits ``number``:
    somebody came or went since it was counted.
    """

    def __init__(
        self, read: Reader, found: Found, changed: Callable[[], None] = lambda: None
    ) -> None:
        self._read = read
        self._query = found.query
        self._changed = changed
        self.number = found.number
        self.exact = found.exact
        self._pages: OrderedDict[int, tuple[ProspectLine, ...]] = OrderedDict()
        self._before: dict[int, SortKey] = {}
        self._firsts: dict[int, SortKey] = {}
        self._hold(found.row // SIZE, found.page)

    def line(self, row: int) -> ProspectLine | None:
        """The prospect of a row; ``None`` where there is nobody any more."""
        page, at = divmod(row, SIZE)
        lines = self._pages.get(page)
        if lines is None:
            lines = self._fetch(page)
        else:
            self._pages.move_to_end(page)
        return lines[at] if at < len(lines) else None

    def there(self, row: int) -> ProspectLine | None:
        """The same, if it needn't be read."""
        page, at = divmod(row, SIZE)
        lines = self._pages.get(page, ())
        return lines[at] if at < len(lines) else None

    def held(self, prospect_id: int) -> int | None:
        """The row of a prospect, if it is on a page that is held."""
        for page, lines in self._pages.items():
            for at, line in enumerate(lines):
                if line.id == prospect_id:
                    return page * SIZE + at
        return None

    def grow(self, number: int) -> None:
        """There are so many in all."""
        self.number, self.exact = number, True
        # What was the end, and may have been in the middle of a page, isn't any more.
        for page in [page for page, lines in self._pages.items() if len(lines) < SIZE]:
            del self._pages[page]

    def _fetch(self, page: int) -> tuple[ProspectLine, ...]:
        size = min(SIZE, self.number - page * SIZE)
        read = self._way_to(page, size)
        self._hold(page, read)
        if len(read.lines) < size:
            self._changed()
        return read.lines

    def _way_to(self, page: int, size: int) -> Page:
        """The page, by the shortest way."""
        above = max((each for each in self._before if each <= page), default=0)
        below = min((each for each in self._firsts if each > page), default=None)
        down = (page - above) * SIZE
        if below is None:
            up = max(0, self.number - page * SIZE - size) if self.exact else down + 1
        else:
            up = below * SIZE - page * SIZE - size
        if down <= up:
            return self._read(self._query, after=self._before.get(above), size=size, skip=down)
        if below is None:
            return self._read(self._query, size=size, skip=up, last=True)
        return self._read(self._query, before=self._firsts[below], size=size, skip=up)

    def _hold(self, page: int, read: Page) -> None:
        self._pages[page] = read.lines
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        if read.first is not None and read.last is not None:
            self._firsts[page] = read.first
            if len(read.lines) == SIZE:
                self._before[page + 1] = read.last
