"""Offered once a decline letter that names a colleague has been given out: to note the referral."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from fitcheck.domain.report import DeclineLetter, Report
from fitcheck.i18n import _
from ui.referring import Referrals
from ui.theme import set_role
from ui.widgets.banner import Banner


class LetterOffer(Banner):
    """A strip that stops nobody, and isn't shown again for what was noted or refused."""

    def __init__(self, referrals: Referrals) -> None:
        note, not_now = QPushButton(_("&Note the referral…")), QPushButton(_("N&ot now"))
        super().__init__(note, not_now)
        self.note_button, self.not_now_button = note, not_now
        set_role(not_now, "plain")
        self._referrals = referrals
        self._refused: set[tuple[int, str]] = set()
        self._offered: tuple[int, str] | None = None
        self.note_button.clicked.connect(self._note)
        self.not_now_button.clicked.connect(self._refuse)

    def given_out(self, report: Report, prospect_id: int) -> None:
        """A document was saved, printed or mailed."""
        if not isinstance(report, DeclineLetter) or report.introduction is None:
            return
        offered = prospect_id, report.introduction.name
        if offered in self._refused or self._referrals.is_noted(*offered):
            return
        self._offered = offered
        self.say(
            _("This letter sends {prospect} to {colleague}.").format(
                prospect=report.name, colleague=report.introduction.name
            ),
            _("Note it with your colleagues, and later what came of it."),
        )

    def withdraw(self) -> None:
        """Another prospect or another document is shown."""
        self._offered = None
        self.hide()

    @Slot()
    def _note(self) -> None:
        if self._offered is None:
            return
        prospect_id, name = self._offered
        if self._referrals.note_to(prospect_id, name):
            self.withdraw()

    @Slot()
    def _refuse(self) -> None:
        if self._offered is not None:
            self._refused.add(self._offered)
        self.withdraw()
