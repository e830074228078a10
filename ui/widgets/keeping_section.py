"""For how many years a person is kept before one is asked about them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from fitcheck.domain.keeping import MOST_YEARS
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.context import Context
from ui.theme import space
from ui.widgets.labels import label
from ui.widgets.unwheeled import unwheeled


class KeepingSection(QWidget):
    """Keeps itself as it is changed; ``saved`` says that it has."""

    saved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.years = QSpinBox()
        self.years.setRange(1, MOST_YEARS)
        self.years.setAccessibleName(_("Years after the last change"))
        unwheeled(self.years)
        before = QLabel(_("Ask me abo&ut a person"))
        before.setBuddy(self.years)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(before)
        row.addWidget(self.years)
        row.addWidget(label(_("years after the last change, then every year")))
        row.addStretch(1)
        self.years.valueChanged.connect(self._changed)

    def populate(self) -> None:
        """Show what is kept; that is not editing it."""
        with QSignalBlocker(self.years):
            self.years.setValue(self._context.fitcheck.rights.years)

    @Slot(int)
    def _changed(self, years: int) -> None:
        fitcheck = self._context.fitcheck
        try:
            fitcheck.save_preferences(replace(fitcheck.preferences, keep_years=years))
        except FitCheckError as error:
            happened = _("Your settings were not saved.")
            kept = _("They are in force until you close FitCheck, and will be saved with the next.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return
        self.saved.emit()
