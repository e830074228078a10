"""One prospect’s line over the years (I25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QVBoxLayout

from fitcheck.i18n import _
from ui.context import Context
from ui.drafts import Draft
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.widgets.line_body import LineBody


class LinePage(Page):
    """``open_prospect``, ``check_up`` and ``assess_again`` name the prospect whose line it is."""

    open_prospect = Signal(int)
    check_up = Signal(int)
    assess_again = Signal(int)

    keys_repeat = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.prospect_id: int | None = None
        self.body: LineBody | None = None
        self.add_key(_("Show the prospect"), ("P",), lambda: self._tell(self.open_prospect))
        self.add_key(_("Check up, in twelve minutes"), ("C",), lambda: self._tell(self.check_up))
        self.add_key(_("Assess again"), ("A",), lambda: self._tell(self.assess_again))
        self.add_key(_("Back to the prospects"), ("Esc",), lambda: self.go.emit("prospects"))

    def show_prospect(self, prospect_id: int) -> None:
        """Show this prospect's line when the page is entered."""
        self.prospect_id = prospect_id

    def forget(self, prospect_id: int) -> None:
        """A prospect is about to be erased: nothing of their line stays."""
        if self.prospect_id == prospect_id:
            self.prospect_id = None
            if self.body is not None:
                self.body.show_nobody()

    def enter(self) -> None:
        """Show the line as it is now; without anybody's, the way to the list."""
        if self.body is None:
            self._build()
        assert self.body is not None
        try:
            if self.prospect_id is None:
                self.body.show_nobody()
            else:
                years = self.context.fitcheck.over_years.years(self.prospect_id)
                self.body.show_years(years, self.context.theme)
        except KeyError:  # erased meanwhile
            self.forget(self.prospect_id or 0)
        self.body.take_focus()

    def _build(self) -> None:
        from ui.widgets.line_body import LineBody  # few starts need it

        body = self.body = LineBody()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)
        buttons = body.buttons
        buttons["open_prospect"].clicked.connect(lambda: self._tell(self.open_prospect))
        buttons["check_up"].clicked.connect(lambda: self._tell(self.check_up))
        buttons["again"].clicked.connect(lambda: self._tell(self.assess_again))
        buttons["agenda"].clicked.connect(lambda: self.go.emit("agenda"))
        body.first_button.clicked.connect(lambda: self._tell(self.assess_again))
        body.list_button.clicked.connect(lambda: self.go.emit("prospects"))
        body.table.opened.connect(self.open_current)

    @Slot()
    def open_current(self) -> None:
        """Open the assessment of the chosen point."""
        assessment = self.body.current_assessment() if self.body else None
        if assessment is not None:
            self.open_assessment.emit(assessment)

    def _tell(self, wanted: SignalInstance) -> None:
        if self.prospect_id is not None:
            wanted.emit(self.prospect_id)

    def place(self) -> dict[str, str]:
        row = self.body.table.currentRow() if self.body else -1
        return {"prospect": str(self.prospect_id or ""), "row": str(row)}

    def stand_at(self, place: Draft) -> None:
        kept = place.get("prospect", "")
        self.prospect_id = int(kept) if kept.isdecimal() else None

    def restyle(self) -> None:
        if self.body is not None:
            self.body.restyle(self.context.theme)
