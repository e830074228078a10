"""A field for a day, written as the system writes days, with a calendar to choose from."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit


class DayEdit(QDateEdit):
    """``day`` is shown first, and ``first`` is the earliest that can be chosen."""

    def __init__(self, name: str, day: dt.date | None = None, first: dt.date | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        # A year of two digits could be mistaken for a day.
        self.setDisplayFormat(short if "yyyy" in short else short.replace("yy", "yyyy"))
        if first is not None:
            self.setMinimumDate(QDate(first.year, first.month, first.day))
        if day is not None:
            self.show_day(day)

    def show_day(self, day: dt.date) -> None:
        self.setDate(QDate(day.year, day.month, day.day))

    @property
    def day(self) -> dt.date:
        date = self.date()
        return dt.date(date.year(), date.month(), date.day())
