"""The assessment that is in hand: every page shows it, one way or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from fitcheck.errors import FitCheckError
from fitcheck.filled_form import FilledForm
from fitcheck.i18n import _
from fitcheck.interview import Interview
from ui import messages

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class InHand(QObject):
    """One assessment at a time, or none. Taking another puts this one down.

    A page that doesn't let itself be left, or a disk that refuses, keeps the one that is in hand.
    """

    changed = Signal()
    """Another is in hand, or none."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.interview: Interview | None = None

    @Slot(int)
    def take(self, assessment_id: int) -> None:
        """Take an assessment in hand: its interview, or its verdict where it is finished."""
        window = self._window
        if not window.leave():
            return
        before = self.interview
        if before is not None and before.id == assessment_id and not window.saving.settled():
            # What is in hand is more than what the disk has.
            window.show_page(_first_page(before))
            return
        if not window.saving.may_leave():
            return
        listener = window.saving.new_listener()
        try:
            interview = window.context.fitcheck.interview(assessment_id, listener)
        except FitCheckError as error:
            happened = _("The assessment can't be opened.")
            kept = _("It is as it was, and so is everything else in your book.")
            messages.tell(window, messages.of_error(error, happened, kept))
            return
        window.saving.take(interview)
        self._hold(interview)
        window.show_anew(_first_page(interview))

    @Slot(int)
    def take_for_inquiry(self, assessment_id: int) -> None:
        """Take an assessment in hand, to conduct its inquiry."""
        self.take(assessment_id)
        # Not if another is in hand still, because this one couldn't be opened.
        if self.interview is not None and self.interview.id == assessment_id:
            self._window.show_page("inquiry")

    @Slot(object)
    def take_form(self, form: FilledForm) -> None:
        """Take a prospect's form into its assessment, and show what has come of it."""
        window = self._window
        if self.interview is None or self.interview.id != form.assessment_id:
            self.take(form.assessment_id)
        interview = self.interview
        if interview is None or interview.id != form.assessment_id or not window.leave():
            return
        try:
            window.context.fitcheck.their_forms.take(form, interview)
        except FitCheckError as error:
            # What the interview couldn't have written is told by the banner.
            if interview.failure is None:
                messages.tell(window, messages.of_error(error, _("The form was not taken.")))
        window.show_anew(_first_page(interview))

    @Slot(int)
    def let_go_of(self, prospect_id: int) -> None:
        """Put down what is in hand if it is about this prospect, who is about to be erased."""
        if self.interview is not None and self.interview.prospect_id == prospect_id:
            self._window.saving.let_go()
            self._hold(None)

    def _hold(self, interview: Interview | None) -> None:
        self.interview = interview
        for page in self._window.pages.made.values():
            page.set_interview(interview)
        self.changed.emit()


def _first_page(interview: Interview) -> str:
    return "verdict" if interview.finished else "interview"
