"""Colleagues to refer to (I6): what they are good at, consent, what came of referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from fitcheck.i18n import _
from ui.context import Context
from ui.drafts import Draft
from ui.pages.finding import FindingPage

if TYPE_CHECKING:
    from ui.widgets.colleagues_body import ColleaguesBody


class ColleaguesPage(FindingPage):
    """The local book to refer to; it is built when it is looked at first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._body: ColleaguesBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for name, keys, slot in (
            (_("Add a colleague"), ("Ctrl+Shift+C",), self._add),
            (_("Note a referral"), ("Ctrl+R",), self._refer),
            (_("Undo"), ("Ctrl+Z",), self._undo),
            (_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo),
        ):
            self.add_key(name, keys, slot)

    @property
    def body(self) -> ColleaguesBody:
        if self._body is None:
            from ui.referring import Referrals
            from ui.widgets.colleagues_body import ColleaguesBody  # not every start needs it

            self._body = ColleaguesBody(self.context, Referrals(self.context, self))
            self._column.addWidget(self._body)
        return self._body

    def find_here(self) -> None:
        self.body.search.setFocus()
        self.body.search.selectAll()

    def enter(self) -> None:
        self.body.enter()

    def leave(self) -> bool:
        self.body.flush()
        return True

    def place(self) -> dict[str, str]:
        return {} if self._body is None else self.body.place()

    def stand_at(self, place: Draft) -> None:
        self.body.stand_at(place)

    def resume(self, dialog: str, draft: Draft) -> None:
        from ui.referring import Referrals

        referrals = Referrals(self.context, self)
        referrals.changed.connect(self.body.populate)
        referrals.resume(dialog, draft)

    def restyle(self) -> None:
        if self._body is not None:
            self._body.list.viewport().update()

    @Slot()
    def _add(self) -> None:
        self.body.add()

    @Slot()
    def _refer(self) -> None:
        self.body.refer()

    @Slot()
    def _undo(self) -> None:
        self.body.strip.undo()

    @Slot()
    def _redo(self) -> None:
        self.body.strip.redo()
