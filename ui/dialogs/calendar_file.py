"""Saying which follow-ups a calendar's file is to hold, and what of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _, ngettext
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.theme import space
from ui.widgets.text import paragraph


class Which(StrEnum):
    ALL = "all"
    CHOSEN = "chosen"
    OF_PROSPECT = "of_prospect"


@dataclass(frozen=True)
class CalendarChoice:
    """Which follow-ups a calendar's file is to hold, and what it says of them."""

    which: Which
    names: bool
    reasons: bool


class CalendarDialog(QDialog):
    """Which, and whether with names: calendars are shared, synchronised and shown on phones.

    ``one_prospect``: the chosen ones are about one and the same.
    """

    def __init__(
        self, parent: QWidget | None, count: int, chosen: int, one_prospect: bool = False
    ) -> None:
        super().__init__(parent)
        title = _("Export as a calendar file")
        self.setWindowTitle(title)
        every = ngettext(
            "&All follow-ups that are to be done: {count}",
            "&All follow-ups that are to be done: {count}",
            count,
        )
        some = ngettext("&The chosen one", "&The {count} chosen ones", chosen)
        self.choices = {
            Which.ALL: QRadioButton(every.format(count=count)),
            Which.CHOSEN: QRadioButton(some.format(count=chosen)),
            Which.OF_PROSPECT: QRadioButton(_("All of the chosen &prospect")),
        }
        self._which = QButtonGroup(self)
        for choice in self.choices.values():
            self._which.addButton(choice)
        self.choices[Which.ALL].setChecked(True)
        self.choices[Which.CHOSEN].setEnabled(chosen > 0)
        self.choices[Which.OF_PROSPECT].setVisible(one_prospect)
        self.names = QCheckBox(_("With &names"))
        self.reasons = QCheckBox(_("With &reasons"))
        save = QPushButton(_("Export…"))
        cancel = QPushButton(_("Cancel"))
        said = _(
            "Calendars are often shared, copied to other computers and shown on locked screens. "
            "Without names and reasons they show only what is to be done. A calendar that holds "
            "an event already moves it when the file is opened once more."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(6), space(6), space(5))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        for choice in self.choices.values():
            layout.addWidget(choice)
        layout.addSpacing(space(2))
        for box in (self.names, self.reasons):
            layout.addWidget(box)
        layout.addWidget(paragraph(said, "quiet"))
        layout.addLayout(button_row(self, save, cancel))
        save.clicked.connect(self.accept)
        fit(self, space(140))
        self.choices[Which.ALL].setFocus()

    def value(self) -> CalendarChoice:
        which = next(which for which, each in self.choices.items() if each.isChecked())
        return CalendarChoice(which, self.names.isChecked(), self.reasons.isChecked())

    @classmethod
    def ask(
        cls, parent: QWidget | None, count: int, chosen: int, one_prospect: bool = False
    ) -> CalendarChoice | None:
        """What was chosen, or ``None`` where it was called off."""
        dialog = cls(parent, count, chosen, one_prospect)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        choice = dialog.value() if accepted else None
        dialog.deleteLater()
        return choice
