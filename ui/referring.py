"""Referrals in the window (I6): asked for, mended, removed and put back, wherever one stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from fitcheck.domain.referral import ReferralLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.context import Context
from ui.drafts import Draft
from ui.widgets.referrals_part import ReferralsPart
from ui.widgets.undo_strip import Done, UndoStrip

if TYPE_CHECKING:
    from ui.dialogs.referral import Asked, Known

DIALOG = "referral"
"""What :meth:`ui.pages.page.Page.resume` knows the dialog by."""


class Referrals(QObject):
    """Asks on ``page``; ``changed`` says that one was noted, mended or removed."""

    changed = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def note(
        self, prospect_id: int | None = None, colleague_id: int | None = None, name: str = ""
    ) -> bool:
        """Ask for a referral of which this much is known; whether one was noted."""
        from ui.dialogs.referral import Known  # not every start needs it

        return self._ask(Known(prospect_id, colleague_id, name))

    def note_to(self, prospect_id: int, name: str) -> bool:
        """The same where to whom is known by name alone, as from a letter."""
        return self.note(prospect_id, self._context.fitcheck.referring.colleague_called(name), name)

    def is_noted(self, prospect_id: int, name: str) -> bool:
        return self._context.fitcheck.referring.is_noted(prospect_id, name)

    def mend(self, line: ReferralLine) -> bool:
        """Ask what came of one, and let it be mended."""
        from ui.dialogs.referral import Known

        referred = line.referred
        return self._ask(
            Known(line.prospect_id, line.colleague_id, referred.name, line.id, referred)
        )

    def remove(self, line: ReferralLine, strip: UndoStrip) -> None:
        """Remove one, which ``strip`` then offers to undo."""
        referring = self._context.fitcheck.referring

        def undo() -> Callable[[], object]:
            back = referring.put_back(line)
            return lambda: referring.remove(back)

        try:
            referring.remove(line.id)
        except FitCheckError as error:
            kept = _("Everything else in your book is as it was.")
            failed = _("The referral was not removed.")
            messages.tell(self._page.window(), messages.of_error(error, failed, kept))
            return
        said = _("The referral of {prospect} to {colleague} was removed.").format(
            prospect=line.prospect, colleague=line.referred.name
        )
        strip.offer(Done(said, undo))
        self.changed.emit()

    def resume(self, dialog: str, draft: Draft) -> None:
        """Open the dialog again with what was being typed, as far as all of it is still there."""
        if dialog != DIALOG:
            return
        from ui.dialogs.referral import Known

        referring, known = self._context.fitcheck.referring, Known()
        prospect, of = draft.get("prospect", ""), draft.get("referral", "")
        try:
            if not draft.get("asked") and prospect.isdecimal():
                self._context.fitcheck.prospect(int(prospect))
                known = Known(int(prospect))
            if of.isdecimal() and known.prospect_id is not None:
                lines = referring.of_prospect(known.prospect_id)
                (line,) = (each for each in lines if each.id == int(of))
                referred = line.referred
                known = Known(line.prospect_id, line.colleague_id, referred.name, line.id, referred)
        except (KeyError, ValueError):
            return  # gone in the meantime
        self._ask(known, draft)

    def _ask(self, known: Known, draft: Draft | None = None) -> bool:
        from ui.dialogs.referral import ReferralDialog

        referring = self._context.fitcheck.referring

        def keep(asked: Asked) -> None:
            if known.referral_id is None:
                referring.refer(asked.prospect_id, asked.colleague_id, asked.referred)
            else:
                referring.change(known.referral_id, asked.colleague_id, asked.referred)

        window, fitcheck = self._page.window(), self._context.fitcheck
        if ReferralDialog.ask(window, fitcheck, known, draft, keep) is None:
            return False
        self.changed.emit()
        return True


class ReferralActions(QObject):
    """``actions`` are for the menu of the list: they are about the prospect that is chosen there,
    whose referrals ``part`` shows. ``changed`` says that these are others now.
    """

    changed = Signal()

    def __init__(
        self, context: Context, page: QWidget, part: ReferralsPart, strip: UndoStrip
    ) -> None:
        super().__init__(page)
        self._context = context
        self._part = part
        self._strip = strip
        self._prospect_id: int | None = None
        self.referrals = Referrals(context, page)
        self.refer = QAction(_("Refer to a co&lleague…"), self)
        self.refer.setShortcut(QKeySequence("Ctrl+Shift+R"))
        self.refer.setEnabled(False)
        self.refer.triggered.connect(self.ask)
        self.actions = (self.refer,)
        part.refer_asked.connect(self.ask)
        part.list.opened.connect(self.referrals.mend)
        part.list.removed.connect(self._remove)
        self.referrals.changed.connect(self.changed)

    def show_prospect(self, prospect_id: int | None) -> None:
        """Show to whom this prospect was referred."""
        self._prospect_id = prospect_id
        if prospect_id is not None:
            self._part.show_lines(self._context.fitcheck.referring.of_prospect(prospect_id))

    @Slot()
    def ask(self) -> None:
        """Ask to whom the chosen prospect is referred."""
        if self._prospect_id is not None:
            self.referrals.note(self._prospect_id)

    @Slot(object)
    def _remove(self, line: ReferralLine) -> None:
        self.referrals.remove(line, self._strip)
