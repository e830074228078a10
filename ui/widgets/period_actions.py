"""What can be done about the dates of the chosen prospect: extend, decide, reopen, assess again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fitcheck.domain.listed import ProspectLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.chosen_action import chosen_action
from ui.context import Context
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.drafts import Draft
from ui.widgets.follow_up_actions import FollowUpActions
from ui.widgets.prospect_details import ProspectDetails


class PeriodActions(QObject):
    """``actions`` are for the menu; ``changed`` says that a step was taken, ``begun`` names an
    assessment that begins where the last one ended.
    """

    changed = Signal()
    begun = Signal(int)

    def __init__(self, context: Context, page: QWidget, details: ProspectDetails) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._details = details
        self._line: ProspectLine | None = None
        self.again = chosen_action(self, _("Assess &again"), "Ctrl+Shift+A", self.assess_again)
        self.extend = chosen_action(self, _("E&xtend…"), "Ctrl+T", self.ask_extension)
        self.decide = chosen_action(self, _("&Decide…"), "Ctrl+D", self.ask_decision)
        self.follow_ups = FollowUpActions(context, page, details.period.follow_ups)
        self.follow_ups.changed.connect(self.changed)
        self.actions = (self.again, self.extend, self.decide, *self.follow_ups.actions)
        details.period.extend_asked.connect(self.ask_extension)
        details.period.decide_asked.connect(self.ask_decision)
        details.again_asked.connect(self.assess_again)

    def show_prospect(self, line: ProspectLine | None, *, entered: bool) -> None:
        """Show how it stands with this prospect, and allow what can be done about it."""
        self._line = line
        self.follow_ups.show_prospect(line, entered=entered)
        if line is None:
            return
        fitcheck = self._context.fitcheck
        period = fitcheck.period(line.id)
        decided = period.decision is not None
        self._details.period.show_period(period, fitcheck.today())
        self.extend.setEnabled(entered and not decided)
        self.decide.setText(_("Reope&n") if decided else _("&Decide…"))
        self.again.setEnabled(entered and fitcheck.last_finished(line.id) is not None)

    def resume(self, dialog: str, draft: Draft) -> None:
        """Open the dialog of this name again, with what was being typed in it."""
        if dialog == ExtendDialog.draft_name:
            self._ask_extension(draft)
        elif dialog == DecideDialog.draft_name:
            self._ask_decision(draft)
        else:
            self.follow_ups.resume(dialog, draft)

    @Slot()
    def ask_extension(self) -> None:
        self._ask_extension({})

    def _ask_extension(self, draft: Draft) -> None:
        line, fitcheck = self._line, self._context.fitcheck
        if line is None:
            return
        period = fitcheck.period(line.id)
        if period.decision is not None:
            return
        asked = ExtendDialog.ask(
            self._page.window(),
            line.prospect.name,
            period,
            fitcheck.today(),
            draft,
            lambda asked: fitcheck.extend(line.id, asked.until, asked.reason),
        )
        if asked is not None:
            self.changed.emit()

    @Slot()
    def ask_decision(self) -> None:
        """Ask what is decided; what is decided already is taken back, which leaves its trace."""
        self._ask_decision({})

    def _ask_decision(self, draft: Draft) -> None:
        line, fitcheck = self._line, self._context.fitcheck
        if line is None:
            return
        if fitcheck.period(line.id).decision is not None:
            self._do(lambda: fitcheck.reopen(line.id), _("It was not reopened."))
            self.follow_ups.decided(line.id, line.prospect.name)
            return
        last = fitcheck.last_finished(line.id)
        recommended = last.summary.recommendation if last and last.summary else None
        asked = DecideDialog.ask(
            self._page.window(),
            line.prospect.name,
            recommended,
            draft,
            lambda asked: fitcheck.decide(line.id, asked.action, asked.words),
        )
        if asked is not None:
            self.changed.emit()
            self.follow_ups.decided(line.id, line.prospect.name)

    @Slot()
    def assess_again(self) -> None:
        """Begin an assessment with all that the last finished one found."""
        line, fitcheck = self._line, self._context.fitcheck
        if line is not None and fitcheck.last_finished(line.id) is not None:
            self._do(
                lambda: self.begun.emit(fitcheck.assess_again(line.id)),
                _("The assessment was not begun."),
            )

    def _do(self, step: Callable[[], object], failed: str) -> None:
        try:
            step()
        except FitCheckError as error:
            kept = _("Everything else in your book is as it was.")
            messages.tell(self._page.window(), messages.of_error(error, failed, kept))
            return
        self.changed.emit()
