"""The pages of the window, each made when it is first wanted, or when there is time.

To make all of them is half of what a start would cost, and most starts want one or two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.widgets.prospect_table import ProspectTable

NAMES = (
    "prospects",
    "interview",
    "verdict",
    "plan",
    "report",
    "inquiry",
    "agenda",
    "colleagues",
    "record",
    "line",
    "beside",
    "quarter",
    "settings",
)
"""In the order in which they are made ahead."""


class PageSet(QObject):
    """The pages by name. ``made`` is told of each as it is made, and connects it.

    ``table`` is the list of prospects, if it is there already.
    """

    def __init__(
        self,
        context: Context,
        made: Callable[[str, Page], None],
        window: QWidget,
        table: ProspectTable | None = None,
    ) -> None:
        super().__init__(window)  # nothing is made any more once the window has gone
        self.stack = QStackedWidget()
        self._context = context
        self._tell = made
        self._table = table
        self._made: dict[str, Page] = {}
        self._ahead = QTimer(self)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._make_next)

    def __getitem__(self, name: str) -> Page:
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = _make(name, self._context, self._table)
            self.stack.addWidget(page)
            self._tell(name, page)
        return page

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    @property
    def made(self) -> Mapping[str, Page]:
        """Those that there are so far."""
        return self._made

    def make_ahead(self) -> None:
        """Make the others, one each time that nothing else is to be done."""
        self._ahead.start()

    def stop(self) -> None:
        """Make no more of them by itself: the window closes."""
        self._ahead.stop()

    @Slot()
    def _make_next(self) -> None:
        missing = [name for name in NAMES if name not in self._made]
        if missing:
            _page = self[missing[0]]
        else:
            self._ahead.stop()


def _make(name: str, context: Context, table: ProspectTable | None) -> Page:
    # Each is imported with what it needs: half of the time that a first page takes.
    match name:
        case "prospects":
            from ui.pages.prospects import ProspectsPage

            return ProspectsPage(context, table)
        case "interview":
            from ui.pages.interview import InterviewPage

            return InterviewPage(context)
        case "verdict":
            from ui.pages.verdict import VerdictPage

            return VerdictPage(context)
        case "plan":
            from ui.pages.plan import PlanPage

            return PlanPage(context)
        case "report":
            from ui.pages.report import ReportPage

            return ReportPage(context)
        case "inquiry":
            from ui.pages.inquiry import InquiryPage

            return InquiryPage(context)
        case "agenda":
            from ui.pages.agenda import AgendaPage

            return AgendaPage(context)
        case "colleagues":
            from ui.pages.colleagues import ColleaguesPage

            return ColleaguesPage(context)
        case "record":
            from ui.pages.record import RecordPage

            return RecordPage(context)
        case "line":
            from ui.pages.line import LinePage

            return LinePage(context)
        case "beside":
            from ui.pages.beside import BesidePage

            return BesidePage(context)
        case "quarter":
            from ui.pages.quarter import QuarterPage

            return QuarterPage(context)
        case "settings":
            from ui.pages.settings import SettingsPage

            return SettingsPage(context)
        case _:
            raise KeyError(name)
