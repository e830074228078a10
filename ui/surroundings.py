"""What there is to say of the place that the book lies in: a banner, until somebody has read it."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.store.whereabouts import Whereabouts
from fitcheck.surroundings import sentences
from reports.words import date_text
from ui.widgets.banner import Banner


class SurroundingsBanner(QObject):
    """``banner`` is shown by :meth:`look` where there is something new to say."""

    def __init__(self, fitcheck: FitCheck, parent: QObject) -> None:
        super().__init__(parent)
        self._fitcheck = fitcheck
        self._news = Whereabouts()
        self.read = QPushButton(_("I’ve read it"))
        self.banner = Banner(self.read)
        self.read.clicked.connect(self._read)

    def look(self) -> None:
        """Look where the book lies, and say what hasn't been said yet."""
        told: list[str] = []
        with suppress(FitCheckError):
            self._news = self._fitcheck.surroundings.news()
            told += sentences(self._news)
            told += self._of_the_clock()
        first, *rest = [*told, ""]
        if first:
            self.banner.say(first, "\n\n".join(part for part in rest if part))

    def _of_the_clock(self) -> list[str]:
        ahead = self._fitcheck.surroundings.written_ahead()
        if ahead is None:
            return []
        said = _(
            "By the clock of this computer it is {today}, but your book was last changed on {day}. "
            "One of the two is wrong: see that date and time are set correctly. Nothing is lost by "
            "it, and your answers keep their order; only the dates on what was written are wrong."
        )
        today = self._fitcheck.today()
        return [said.format(today=date_text(today), day=date_text(ahead))]

    @Slot()
    def _read(self) -> None:
        self.banner.hide()
        # Where that can't be kept, it is said again at the next start.
        with suppress(FitCheckError):
            self._fitcheck.surroundings.said(self._news)
