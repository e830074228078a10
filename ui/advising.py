"""Finds out in idle time what to ask next, and has the card beside the question show it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from fitcheck.interview import Interview
from ui.steps import IdleSteps
from ui.widgets.ask_card import AskCard
from ui.widgets.asking import advice


class Adviser(QObject):
    """Looks after one card. ``found``: the firmness of the answers as they stand is known now."""

    found = Signal()

    def __init__(self, card: AskCard, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._interview: Interview | None = None
        self._totals = False
        # Which answers it is being found out of; how often those have changed is part of it.
        self._looking: tuple[Interview, int] | None = None
        self._going = False
        self.steps = IdleSteps(self)
        self.steps.done.connect(self._done)

    def look(self, interview: Interview, *, totals: bool) -> None:
        """Show what is known; where the answers are others than they were, find out anew.

        With ``totals`` it also says how firm the recommendation is. A wish to go on is over:
        something else has been done since.
        """
        if interview is not self._interview:
            # Not even for a moment does one prospect's advice stand beside another's question.
            self._card.clear()
        self._interview, self._totals, self._going = interview, totals, False
        if interview.firmness is not None:
            self.give_up()
            self._show()
        else:
            self._card.show_outdated()
            # Walking along the form, or writing a note, doesn't begin it again.
            if self._looking != (interview, interview.weighed):
                self._looking = (interview, interview.weighed)
                self.steps.run(interview.firming())

    def go(self) -> None:
        """Go to what is to be asked next; while that is being found out, as soon as it is."""
        if self._card.outdated:
            self._going = self.steps.running
        else:
            self._card.go()

    def give_up(self) -> None:
        """Stop finding out, until the next look."""
        self._looking = None
        self._going = False
        self.steps.cancel()

    @Slot()
    def _done(self) -> None:
        going = self._going
        self.give_up()
        self._show()
        self.found.emit()
        if going:
            self._card.go()

    def _show(self) -> None:
        interview = self._interview
        if interview is not None and interview.firmness is not None:
            self._card.show_advice(advice(interview, interview.firmness, totals=self._totals))
