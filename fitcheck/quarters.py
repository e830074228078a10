"""A quarter in figures, with the quarter before beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fitcheck.domain.quarter import Quarter, quarter_of, quarter_page
from fitcheck.domain.report import QuarterSheet
from fitcheck.settings import Preferences
from fitcheck.store.book import Book

EARLIEST = Quarter(1990, 1)
"""No page of an earlier quarter is asked for."""


class Quarters:
    """Reads alone; may be asked from any thread."""

    def __init__(
        self, book: Book, today: Callable[[], dt.date], preferences: Callable[[], Preferences]
    ) -> None:
        self._book = book
        self._today = today
        self._preferences = preferences

    @property
    def current(self) -> Quarter:
        """The quarter that today is in."""
        return quarter_of(self._today())

    def sheet(self, quarter: Quarter) -> QuarterSheet:
        """The page of a quarter as things stand now."""
        courses = self._book.quarters.courses(quarter.before.first, quarter.last)
        return QuarterSheet(
            profile=self._preferences().profile,
            on=self._today(),
            now=quarter_page(courses, quarter),
            before=quarter_page(courses, quarter.before),
        )
