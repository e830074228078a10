"""What an answer rests on: observed, reported or a hunch."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fitcheck.domain.bank import Evidence
from fitcheck.i18n import _
from reports.words import evidence_meaning, evidence_name
from ui.theme import space
from ui.widgets.chip import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.text import keycap


def next_evidence(evidence: Evidence) -> Evidence:
    """The kind that the key E turns to: observed, reported, hunch, and around again."""
    kinds = tuple(Evidence)
    return kinds[(kinds.index(evidence) + 1) % len(kinds)]


class EvidencePicker(QWidget):
    """Three chips; ``picked`` carries the kind that was asked for."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._evidence = Evidence.OBSERVED
        self.chips = {kind: Chip(evidence_name(kind), self._meaning(kind)) for kind in Evidence}
        self.preset_note = label(_("preset"), "quiet")
        self.preset_note.setToolTip(_("What this question usually rests on; change it with E."))
        layout = FlowLayout(self, gap=space(2))
        layout.addWidget(keycap("E"))
        layout.addWidget(label(_("Evidence"), "quiet"))
        for chip in self.chips.values():
            layout.addWidget(chip)
            chip.clicked.connect(self._clicked)
        layout.addWidget(self.preset_note)

    @property
    def evidence(self) -> Evidence:
        """The kind that is shown as chosen."""
        return self._evidence

    def show_evidence(self, evidence: Evidence | None, preset: Evidence) -> None:
        """Show what stands, or the question's ``preset`` where nothing does."""
        self._evidence = evidence or preset
        for kind, chip in self.chips.items():
            chip.show_chosen(kind is self._evidence)
        self.preset_note.setVisible(self._evidence is preset)

    @staticmethod
    def _meaning(kind: Evidence) -> str:
        meaning = evidence_meaning(kind)
        return f"{evidence_name(kind)}: {meaning}"

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        self.picked.emit(next(kind for kind, other in self.chips.items() if other is chip))
