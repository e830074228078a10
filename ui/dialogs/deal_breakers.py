"""Deal-breakers at hand: nine statements, the question that settles each, and their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.bank import DealBreaker
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.words import bank_text
from ui.drafts import Draft
from ui.theme import set_role, space
from ui.widgets.column import open_at, scrolling
from ui.widgets.deal_breaker_list import STATE_KEYS, DealBreakerList
from ui.widgets.labels import label
from ui.widgets.text import keycap, paragraph


class DealBreakersDialog(QDialog):
    """Shows the deal-breakers. Closing it, in whichever way, keeps what was set."""

    draft_name = "deal-breakers"

    def __init__(
        self,
        parent: QWidget | None,
        deal_breakers: Sequence[DealBreaker],
        states: Mapping[str, DealBreakerState],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Deal-breakers"))
        self._first = ""
        self.list = DealBreakerList(deal_breakers, states)
        self.ask_aloud = paragraph(role="heading")
        self.done_button = QPushButton(_("Close"))
        set_role(self.done_button, "primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        self.list.reached.connect(self._reached)
        self._lay_out()
        open_at(self, space(310), space(205))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        deal_breakers: Sequence[DealBreaker],
        states: Mapping[str, DealBreakerState],
        draft: Draft | None = None,
    ) -> dict[str, DealBreakerState]:
        """Let the person set the states; returns the state of every deal-breaker by its id."""
        dialog = cls(parent, deal_breakers, states)
        dialog._first = (draft or {}).get("row", "")
        dialog.exec()
        chosen = dialog.list.states
        dialog.deleteLater()
        return chosen

    @classmethod
    def settle(cls, parent: QWidget | None, interview: Interview, draft: Draft) -> None:
        """Let the person set the states, and keep in the interview what they changed."""
        before = interview.assessment.deal_breakers
        after = cls.ask(parent, interview.bank.deal_breakers, before, draft)
        for id_, state in after.items():
            if state is not before.get(id_) and (
                id_ in before or state is not DealBreakerState.OPEN
            ):
                interview.set_deal_breaker(id_, state)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(5), space(6), space(5))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("What would rule the work out?"), "title"))
        self._area = scrolling(self.list)
        layout.addWidget(self._area, 1)
        card = QFrame()
        set_role(card, "selected-card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(space(4), space(2.5), space(4), space(2.5))
        inside.addWidget(label(_("To ask"), "quiet"))
        inside.addWidget(self.ask_aloud)
        layout.addWidget(card)
        layout.addLayout(self._footer())

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(space(1.5))
        hints: list[tuple[str, QLabel]] = [("↑↓", label(_("choose a line"), "quiet"))]
        keys = f"1–{len(STATE_KEYS)}"
        hints.append((keys, label(_("open, cleared, suspected, confirmed"), "quiet")))
        for key, hint in hints:
            row.addWidget(keycap(key))
            row.addWidget(hint)
            row.addSpacing(space(2))
        row.addStretch(1)
        row.addWidget(self.done_button)
        return row

    def draft(self) -> dict[str, str]:
        """The row in hand: the states themselves are kept when the dialog is closed."""
        focused = self.focusWidget()
        at = next((row for row in self.list.rows if row is focused), self.list.rows[0])
        return {"row": at.deal_breaker.id}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        worrying = (DealBreakerState.SUSPECTED, DealBreakerState.CONFIRMED)
        rows = self.list.rows
        # A suspected one is asked first: its question clears or confirms it.
        first = next((row for row in rows if row.state in worrying), rows[0])
        next((row for row in rows if row.deal_breaker.id == self._first), first).setFocus()

    @Slot(object)
    def _reached(self, deal_breaker: DealBreaker) -> None:
        self.ask_aloud.setText(bank_text(deal_breaker.ask))
        self._area.ensureWidgetVisible(self.list.row(deal_breaker.id))
