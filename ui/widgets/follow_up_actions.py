"""What the list of prospects has to do with follow-ups: who is due, and those of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fitcheck.domain.follow_up import Offer, Standing
from fitcheck.domain.listed import ProspectLine
from fitcheck.errors import FitCheckError
from fitcheck.following_up import Done
from fitcheck.i18n import _
from reports.follow_up_words import offer_text, strip_heading, strip_text, taken_text
from ui import messages
from ui.chosen_action import chosen_action
from ui.context import Context
from ui.drafts import Draft
from ui.widgets.follow_up_part import FollowUpPart
from ui.widgets.follow_up_strip import FollowUpStrip

_NAMED = 3
"""So many of those who are due are named above the list."""


class FollowUpActions(QObject):
    """``actions`` are for the menu; ``changed`` says that something was planned or taken away.

    ``line_asked`` and ``check_up_asked`` name a prospect. ``strip`` stands above the list.
    """

    changed = Signal()
    line_asked = Signal(int)
    check_up_asked = Signal(int)

    def __init__(self, context: Context, page: QWidget, part: FollowUpPart) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._part = part
        self._line: ProspectLine | None = None
        self._offered: tuple[int, Offer] | None = None
        self._name = ""
        self._undo: Done | None = None
        self.strip = FollowUpStrip()
        self.new = chosen_action(self, _("New follo&w-up…"), "Ctrl+Shift+D", self.ask_new)
        self.usual = chosen_action(
            self, _("&Plan the usual follow-ups"), "Ctrl+Shift+P", self.offer_usual
        )
        self.check = chosen_action(
            self, _("&Check up, in twelve minutes"), "Ctrl+Shift+U", self.check_up
        )
        self.actions = (self.new, self.usual, self.check)
        part.new_asked.connect(self.ask_new)
        part.offer_asked.connect(self.offer_usual)
        part.line_asked.connect(self.show_line)
        part.check_up_asked.connect(self.check_up)
        self.strip.agreed.connect(self.agree)
        self.strip.refused.connect(self.refuse)
        self.strip.undo_asked.connect(self.undo)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.look()
        return super().eventFilter(watched, event)

    # What is shown

    @Slot()
    def look(self) -> None:
        """Show above the list who is due today."""
        follow_ups, today = self._context.fitcheck.follow_ups, self._context.fitcheck.today()
        named = follow_ups.due(_NAMED)
        counts = follow_ups.counts() if named else {Standing.OVERDUE: 0, Standing.DUE: 0}
        overdue, due = counts[Standing.OVERDUE], counts[Standing.DUE]
        more = overdue + due - len(named)
        self.strip.show_due(strip_heading(overdue, due), strip_text(named, more, today))

    def show_prospect(self, line: ProspectLine | None, *, entered: bool) -> None:
        """Show the follow-ups of this prospect, and allow what can be done about them."""
        self._line = line
        for action in self.actions:
            action.setEnabled(entered and line is not None)
        if line is None:
            return
        fitcheck = self._context.fitcheck
        offer = fitcheck.follow_ups.offer(line.id)
        self.usual.setEnabled(entered and bool(offer))
        entries = fitcheck.follow_ups.of_prospect(line.id)
        self._part.show_entries(entries, fitcheck.today(), offered=bool(offer))

    # Doing

    @Slot()
    def ask_new(self) -> None:
        self._ask_new({})

    def resume(self, dialog: str, draft: Draft) -> None:
        """Open the dialog of this name again, with what was being typed in it."""
        from ui.dialogs.follow_up import FollowUpDialog  # few starts need it

        if dialog == FollowUpDialog.draft_name:
            self._ask_new(draft)

    def _ask_new(self, draft: Draft) -> None:
        from ui.asked_follow_up import ask_follow_up  # few starts need it

        line = self._line
        if line is not None:
            of = line.id, line.prospect.name
            if ask_follow_up(self._page.window(), self._context, of, draft) is not None:
                self._changed()

    @Slot()
    def show_line(self) -> None:
        if self._line is not None:
            self.line_asked.emit(self._line.id)

    @Slot()
    def check_up(self) -> None:
        if self._line is not None:
            self.check_up_asked.emit(self._line.id)

    # After a decision

    def decided(self, prospect_id: int, name: str) -> None:
        """Something was decided, or reopened: offer what is worth planning now."""
        self._offer(prospect_id, name)

    @Slot()
    def offer_usual(self) -> None:
        """Offer it once more for the chosen prospect."""
        if self._line is not None:
            self._offer(self._line.id, self._line.prospect.name)

    def _offer(self, prospect_id: int, name: str) -> None:
        fitcheck = self._context.fitcheck
        offer = fitcheck.follow_ups.offer(prospect_id)
        self._offered = (prospect_id, offer) if offer else None
        self._name = name
        self.strip.show_done("")
        self.strip.show_offer(offer_text(offer, name, fitcheck.today()) if offer else "")

    @Slot()
    def agree(self) -> None:
        """Plan what is offered."""
        if self._offered is None:
            return
        id_, offer = self._offered
        done = self._kept(lambda: self._context.fitcheck.follow_ups.take_up(id_, offer))
        if done is not None:
            self.refuse()
            self._undo = done
            said = taken_text(len(offer.suggestions), len(offer.outdated), self._name)
            self.strip.show_done(said)
            self._changed()

    @Slot()
    def refuse(self) -> None:
        """Leave it; it can be had beside the list at any time."""
        self._offered = None
        self.strip.show_offer("")

    @Slot()
    def undo(self) -> None:
        """Take back what was planned last."""
        done, self._undo = self._undo, None
        self.strip.show_done("")
        if done is not None:
            self._kept(lambda: self._context.fitcheck.follow_ups.undo(done))
            self._changed()

    def let_go_of(self, prospect_id: int) -> None:
        """A prospect is about to be erased: nothing of theirs is offered or undone any more."""
        if self._offered is not None and self._offered[0] == prospect_id:
            self.refuse()
        self._undo = None
        self.strip.show_done("")

    def _changed(self) -> None:
        self.changed.emit()
        self.look()

    def _kept(self, step: Callable[[], Done | None]) -> Done | None:
        try:
            return step()
        except KeyError:
            return None  # somebody was erased meanwhile
        except FitCheckError as error:
            kept = _("Every follow-up is as it was.")
            said = messages.of_error(error, _("That was not kept."), kept)
            messages.tell(self._page.window(), said)
            return None
