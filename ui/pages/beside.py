"""Two prospects or more, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from fitcheck.i18n import _
from ui.context import Context
from ui.drafts import Draft
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.widgets.beside_body import BesideBody


class BesidePage(Page):
    """The page is built when it is looked at first; :meth:`show_prospects` says who is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._body: BesideBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for name, keys, slot in (
            (_("Only what differs, or everything"), ("D",), self._toggle),
            (_("Put back what was taken out"), ("Ctrl+Z",), self._undo),
            (_("To the list"), ("Esc",), self._back),
        ):
            self.add_key(name, keys, slot)

    @property
    def body(self) -> BesideBody:
        if self._body is None:
            from ui.widgets.beside_body import BesideBody  # few starts need it

            self._body = BesideBody(self.context)
            self._body.opened.connect(self.open_assessment)
            self._body.back.connect(self._back)
            self._column.addWidget(self._body)
        return self._body

    def show_prospects(self, ids: Sequence[int]) -> None:
        """Show these, each by the latest assessment that is finished."""
        self.body.show_prospects(ids)

    def enter(self) -> None:
        self.body.enter()

    def place(self) -> dict[str, str]:
        if self._body is None:
            return {}
        ids = " ".join(map(str, self._body.ids))
        return {"ids": ids, "only": "only" if self._body.only_differing.isChecked() else ""}

    def stand_at(self, place: Draft) -> None:
        ids = [int(each) for each in place.get("ids", "").split() if each.isdecimal()]
        if ids:
            self.body.only_differing.setChecked(bool(place.get("only")))
            self.body.show_prospects(ids)

    def restyle(self) -> None:
        if self._body is not None:
            self._body.restyle()

    @Slot()
    def _toggle(self) -> None:
        self.body.only_differing.toggle()

    @Slot()
    def _undo(self) -> None:
        self.body.undo()

    @Slot()
    def _back(self) -> None:
        self.go.emit("prospects")
