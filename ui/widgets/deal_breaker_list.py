"""The consultant's non-negotiables, each with its state and the question that settles it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.bank import DealBreaker
from fitcheck.i18n import _
from reports.words import bank_text, deal_breaker_state_name
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.column import Column
from ui.widgets.flow import FlowLayout
from ui.widgets.text import paragraph

_STATEMENT = 60
"""The width, in units of ``space``, that a statement needs beside its states."""

STATE_KEYS = {
    Qt.Key.Key_1: DealBreakerState.OPEN,
    Qt.Key.Key_2: DealBreakerState.CLEARED,
    Qt.Key.Key_3: DealBreakerState.SUSPECTED,
    Qt.Key.Key_4: DealBreakerState.CONFIRMED,
}
"""The keys that set the state of the row in hand, in the order of the chips."""


class DealBreakerRow(QFrame):
    """One statement and its four states. The row takes the focus; its chips are for the mouse."""

    state_asked = Signal(str, object)
    reached = Signal(str)

    def __init__(self, deal_breaker: DealBreaker) -> None:
        super().__init__()
        self.deal_breaker = deal_breaker
        self._state = DealBreakerState.OPEN
        set_role(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(_("The keys 1 to 4 set the state."))
        self._layout = layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(space(4), space(1.5), space(3), space(1.5))
        layout.setSpacing(space(1.5))
        self.statement = paragraph(bank_text(deal_breaker.text))
        layout.addWidget(self.statement, 1)
        self._choices = QWidget()
        choices = FlowLayout(self._choices, gap=space(1.5))
        self.chips = {state: Chip(deal_breaker_state_name(state)) for state in DealBreakerState}
        for chip in self.chips.values():
            # One stop a row for the Tab key: the row, whose keys do what the chips do.
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(self._clicked)
            choices.addWidget(chip)
        layout.addWidget(self._choices)
        self.show_state(DealBreakerState.OPEN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The statement needs a line's width, or the states go under it.
        beside = self.width() >= self._choices.sizeHint().width() + space(_STATEMENT)
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        # As if under each other already: else it could never become too narrow for one line.
        return QSize(space(_STATEMENT), super().minimumSizeHint().height())

    @property
    def state(self) -> DealBreakerState:
        return self._state

    def show_state(self, state: DealBreakerState) -> None:
        self._state = state
        for other, chip in self.chips.items():
            chip.show_chosen(other is state)
        self.setAccessibleName(f"{self.statement.text()} {deal_breaker_state_name(state)}")

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        self.setFocus()
        state = next(state for state, other in self.chips.items() if other is chip)
        self.state_asked.emit(self.deal_breaker.id, state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = STATE_KEYS.get(Qt.Key(event.key()))
        if state is None:
            super().keyPressEvent(event)
        else:
            self.state_asked.emit(self.deal_breaker.id, state)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self.deal_breaker.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        super().mousePressEvent(event)


class DealBreakerList(Column):
    """All statements; Up and Down move among them, 1 to 4 set the state of the one in hand."""

    reached = Signal(object)

    def __init__(
        self, deal_breakers: Sequence[DealBreaker], states: Mapping[str, DealBreakerState]
    ) -> None:
        super().__init__(gap=space(1))
        self.rows = tuple(map(DealBreakerRow, deal_breakers))
        for row in self.rows:
            row.show_state(states.get(row.deal_breaker.id, DealBreakerState.OPEN))
            row.state_asked.connect(self._state_asked)
            row.reached.connect(self._reached)
            self.column.addWidget(row)
        self.column.addStretch(1)

    @property
    def states(self) -> dict[str, DealBreakerState]:
        """The state of every statement by its id."""
        return {row.deal_breaker.id: row.state for row in self.rows}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        here = next((i for i, row in enumerate(self.rows) if row.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        else:
            self.rows[min(max(here + step, 0), len(self.rows) - 1)].setFocus()

    def row(self, id_: str) -> DealBreakerRow:
        """The row of a deal-breaker."""
        return next(row for row in self.rows if row.deal_breaker.id == id_)

    @Slot(str, object)
    def _state_asked(self, id_: str, state: DealBreakerState) -> None:
        self.row(id_).show_state(state)

    @Slot(str)
    def _reached(self, id_: str) -> None:
        self.reached.emit(self.row(id_).deal_breaker)
