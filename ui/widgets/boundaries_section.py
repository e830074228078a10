"""What the consultant holds to with everyone (I16): drafted into every working agreement."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.context import Context
from ui.plan.faults import fault_in
from ui.plan.rows import TextRows
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell


class BoundariesSection(QWidget):
    """Keeps itself as it is typed; ``saved`` says that it has.

    ``rearranged``: a line came or went, and Tab's way is to be laid anew.
    """

    saved = Signal()
    rearranged = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows = TextRows(_("What I hold to with everyone"), _("Add what you hold to"))
        self.fault = fault_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.rows)
        layout.addWidget(self.fault)
        self.rows.kept.connect(self._kept)
        self.rows.rearranged.connect(self.rearranged)

    def populate(self) -> None:
        """Show what is kept; that is not editing it."""
        self.rows.show_value(self._context.fitcheck.preferences.profile.boundaries)

    def flush(self) -> None:
        self.rows.flush()

    @Slot()
    def _kept(self) -> None:
        value, fault = self.rows.value(), fault_in(self.rows.value())
        if self.fault.text() != fault:
            tell(self.fault, fault)
        preferences = self._context.fitcheck.preferences
        if fault or value == preferences.profile.boundaries:
            return
        profile = replace(preferences.profile, boundaries=value)
        try:
            self._context.fitcheck.save_preferences(replace(preferences, profile=profile))
        except FitCheckError as error:
            happened = _("What you hold to was not saved.")
            kept = _("It is in force until you close FitCheck, and will be saved with the next.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
        else:
            self.rows.show_value(value)
            self.saved.emit()
