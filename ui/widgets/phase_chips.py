"""The filter of the book: a chip for each phase, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from fitcheck.domain.listed import Phase
from fitcheck.i18n import N_, _
from ui.theme import set_role, space

_CAPTIONS = {
    Phase.ALL: N_("All"),
    Phase.DUE: N_("Due"),
    Phase.OPEN: N_("Open"),
    Phase.PROCEED: N_("Proceed"),
    Phase.STAGE: N_("Staged"),
    Phase.DECLINE: N_("Declined"),
}


class PhaseChips(QWidget):
    """``chosen`` says that another phase is to be shown: :attr:`phase`."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.phase = Phase.ALL
        self.chips: dict[Phase, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        self._group = QButtonGroup(self)
        for number, (phase, caption) in enumerate(_CAPTIONS.items()):
            chip = QPushButton(_(caption))
            set_role(chip, "chip")
            chip.setCheckable(True)
            chip.setAccessibleName(_("Show: {which}").format(which=_(caption)))
            self._group.addButton(chip, number)
            row.addWidget(chip)
            self.chips[phase] = chip
        self.show_phase(Phase.ALL)
        self._group.idClicked.connect(self._clicked)

    def show_phase(self, phase: Phase) -> None:
        """Mark the chip of ``phase`` as the chosen one."""
        self.phase = phase
        self.chips[phase].setChecked(True)

    def show_due(self, count: int) -> None:
        """Say on its chip how many are due."""
        caption = _("Due: {count}").format(count=count) if count else _("Due")
        self.chips[Phase.DUE].setText(caption)
        self.chips[Phase.DUE].setAccessibleName(_("Show: {which}").format(which=caption))

    @Slot(int)
    def _clicked(self, number: int) -> None:
        self.phase = list(_CAPTIONS)[number]
        self.chosen.emit()
