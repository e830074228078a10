"""Leads through the close of an interview: the gut feeling, the end, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from fitcheck.domain.assessment import Gut
from fitcheck.domain.bank import Form
from fitcheck.interview import Interview
from ui.context import Context
from ui.widgets.asking import forming_sentence
from ui.widgets.interview_closing import ClosingCard, Ending, next_step


class Closer(QObject):
    """Looks after one card. ``done``: on to the verdict; ``letter``: to the decline letter.

    The gut is asked once, before any total has been shown: afterwards it would only repeat them.
    """

    done = Signal()
    letter = Signal()

    def __init__(self, card: ClosingCard, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._context = context
        self._interview: Interview | None = None
        self._asked: set[int] = set()
        card.gut_kept.connect(self._keep_gut)
        card.gut_said.connect(self._gut_said)
        card.ending_chosen.connect(self._choose_ending)
        card.done.connect(self.done)

    def look(self, interview: Interview, *, quiet: bool) -> None:
        """Show whichever part is due; with ``quiet`` none of them."""
        self._interview = interview
        if quiet:
            self._card.show_hushed()
        elif self._to_be_asked(interview):
            self._card.ask_gut(interview.assessment.gut)
        else:
            self._end(interview)

    def _to_be_asked(self, interview: Interview) -> bool:
        gut = interview.assessment.gut
        seen = interview.finished or self._context.fitcheck.preferences.show_totals
        said = interview.id in self._asked or (gut is not None and gut.recommendation is not None)
        return not seen and not said

    def _end(self, interview: Interview) -> None:
        if not interview.finished:
            interview.finish()
        if interview.assessment.form is Form.EVENT:
            self._show_leaning(interview)
        else:
            self.done.emit()

    def _show_leaning(self, interview: Interview) -> None:
        step = interview.assessment.conversation.next_step
        self._card.show_leaning(forming_sentence(interview), step)

    @Slot(object)
    def _keep_gut(self, gut: Gut | None) -> None:
        if self._interview is not None:
            self._interview.set_field("gut", gut)

    @Slot()
    def _gut_said(self) -> None:
        if self._interview is not None:
            self._asked.add(self._interview.id)
            self._end(self._interview)

    @Slot(object)
    def _choose_ending(self, ending: Ending) -> None:
        interview = self._interview
        if interview is None:
            return
        stood = interview.assessment.conversation.next_step
        step = next_step(ending, stood, self._context.fitcheck.today())
        interview.set_field("next_step", step)
        self._show_leaning(interview)
        if ending.letter:
            self.letter.emit()
