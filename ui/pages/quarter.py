"""A quarter in figures: met, staged, declined, won, referred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from fitcheck.domain.quarter import Quarter
from fitcheck.i18n import _
from ui.context import Context
from ui.drafts import Draft
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.widgets.quarter_body import QuarterBody


class QuarterPage(Page):
    """The page is built when it is looked at first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._body: QuarterBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for name, keys, slot in (
            (_("The quarter before"), ("Alt+Left",), self._before),
            (_("The quarter after"), ("Alt+Right",), self._after),
            (_("Print"), ("Ctrl+P",), self._print),
            (_("Save as PDF"), ("Ctrl+S",), self._save),
            (_("Save as CSV"), ("Ctrl+Shift+S",), self._save_csv),
            (_("To the track record"), ("Esc",), self._back),
        ):
            self.add_key(name, keys, slot)

    @property
    def body(self) -> QuarterBody:
        if self._body is None:
            from ui.widgets.quarter_body import QuarterBody  # few starts need it

            self._body = QuarterBody(self.context)
            self._body.back.connect(self._back)
            self._column.addWidget(self._body)
        return self._body

    def enter(self) -> None:
        self.body.enter()

    def leave(self) -> bool:
        if self._body is not None:
            self._body.drop()
        return True

    def place(self) -> dict[str, str]:
        if self._body is None:
            return {}
        quarter = self._body.quarter
        return {"year": str(quarter.year), "number": str(quarter.number)}

    def stand_at(self, place: Draft) -> None:
        year, number = place.get("year", ""), place.get("number", "")
        if year.isdecimal() and number in ("1", "2", "3", "4"):
            self.body.quarter = Quarter(int(year), int(number))

    @Slot()
    def _before(self) -> None:
        self.body.go_before()

    @Slot()
    def _after(self) -> None:
        self.body.go_after()

    @Slot()
    def _print(self) -> None:
        self.body.print_sheet()

    @Slot()
    def _save(self) -> None:
        self.body.save_sheet()

    @Slot()
    def _save_csv(self) -> None:
        self.body.save_csv()

    @Slot()
    def _back(self) -> None:
        self.go.emit("record")
