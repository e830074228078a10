"""Until when a prospect is kept: as usual, or until a day of their own."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from fitcheck.domain.keeping import Kept
from fitcheck.i18n import _
from reports.words import date_text
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.day_edit import DayEdit
from ui.widgets.text import paragraph

_PLACE = "keep-until"


class KeepUntil(QWidget):
    """A box to tick for a day of their own, the day, and what happens then."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.own_day = QCheckBox(_("&Keep until a day of your choice:"))
        self.own_day.setChecked(kept.own_day)
        self.day = DayEdit(_("Keep until"), kept.until)
        self.day.setEnabled(kept.own_day)
        said = (
            _("Then FitCheck asks whether you still need it. Nothing is erased by itself.")
            if kept.own_day
            else _(
                "As usual it is kept until {until}; then FitCheck asks whether you still need it. "
                "Nothing is erased by itself."
            ).format(until=date_text(kept.until))
        )
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.own_day)
        row.addWidget(self.day)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1.5))
        layout.addLayout(row)
        layout.addWidget(paragraph(said, "quiet"))
        self.own_day.toggled.connect(self._toggled)

    @property
    def until(self) -> dt.date | None:
        """The day of their own; ``None`` where it is as usual."""
        return self.day.day if self.own_day.isChecked() else None

    def draft(self) -> dict[str, str]:
        """What is chosen, to be kept over a lock."""
        return {_PLACE: self.until.isoformat() if self.until else ""}

    def show_draft(self, draft: Draft) -> None:
        """Choose what was kept."""
        if _PLACE in draft:
            self.own_day.setChecked(bool(draft[_PLACE]))
            with suppress(ValueError):
                self.day.show_day(dt.date.fromisoformat(draft[_PLACE]))

    @Slot(bool)
    def _toggled(self, own_day: bool) -> None:
        self.day.setEnabled(own_day)
