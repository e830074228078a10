"""Ways between the agenda, a prospect's line, the list and the assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from fitcheck.domain.bank import Form
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.agenda import AgendaPage
    from ui.pages.line import LinePage
    from ui.pages.record import RecordPage


class Following(QObject):
    """Connects the pages to each other; each of its slots is about one prospect."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        follow_ups = window.prospects.dates.follow_ups
        follow_ups.line_asked.connect(self.show_line)
        follow_ups.check_up_asked.connect(self.check_up)
        window.prospects.rights.let_go_of.connect(self.let_go_of)
        follow_ups.strip.agenda_asked.connect(lambda: window.show_page("agenda"))

    def page_made(self, name: str) -> None:
        """The agenda, or the page of a line, is there from now on."""
        if name == "agenda":
            self._connect(self.agenda)
            self.agenda.open_line.connect(self.show_line)
            self.agenda.mark_outcome.connect(self.mark_outcome)
        elif name == "line":
            self._connect(self.line)

    def _connect(self, page: AgendaPage | LinePage) -> None:
        page.open_prospect.connect(self.show_prospect)
        page.check_up.connect(self.check_up)
        page.assess_again.connect(self.assess_again)

    @property
    def agenda(self) -> AgendaPage:
        return cast("AgendaPage", self._window.pages["agenda"])

    @property
    def line(self) -> LinePage:
        return cast("LinePage", self._window.pages["line"])

    @Slot(int)
    def let_go_of(self, prospect_id: int) -> None:
        """A prospect is about to be erased: nothing of theirs stays on these pages."""
        if "agenda" in self._window.pages.made:
            self.agenda.forget()
        if "line" in self._window.pages.made:
            self.line.forget(prospect_id)

    @Slot(int)
    def show_prospect(self, prospect_id: int) -> None:
        """Show somebody in the list, whatever it was filtered by."""
        self._window.prospects.filters.clear()
        self._window.prospects.stand_at({"prospect": str(prospect_id)})
        self._window.show_page("prospects")

    @Slot(int)
    def show_line(self, prospect_id: int) -> None:
        """Show somebody's line over the years."""
        self.line.show_prospect(prospect_id)
        self._window.show_page("line")

    @Slot(int)
    def mark_outcome(self, prospect_id: int) -> None:
        """Show the marks of what came of somebody's engagement."""
        self._window.show_page("record")
        if self._window.page_name == "record":
            cast("RecordPage", self._window.pages["record"]).mark_again(prospect_id)

    @Slot(int)
    def assess_again(self, prospect_id: int) -> None:
        """Begin where the last finished assessment ended, or a first one where there is none."""
        begun = self._begun(prospect_id)
        if begun is not None:
            self._window.in_hand.take(begun)

    @Slot(int)
    def check_up(self, prospect_id: int) -> None:
        """The same, and conduct its inquiry at once."""
        begun = self._begun(prospect_id)
        if begun is not None:
            self._window.in_hand.take_for_inquiry(begun)

    def _begun(self, prospect_id: int) -> int | None:
        fitcheck = self._window.context.fitcheck
        try:
            if fitcheck.last_finished(prospect_id) is not None:
                return fitcheck.assess_again(prospect_id)
            lines = fitcheck.assessments(prospect_id)
            return lines[0].id if lines else fitcheck.begin_assessment(prospect_id, Form.FULL)
        except FitCheckError as error:
            happened = _("The assessment was not begun.")
            kept = _("Everything else in your book is as it was.")
            messages.tell(self._window, messages.of_error(error, happened, kept))
            return None
