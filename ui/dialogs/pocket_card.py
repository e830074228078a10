"""The pocket card, printed or saved: the core questions for whoever leaves the laptop closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet, PocketCard
from fitcheck.i18n import _
from reports.card_view import sides
from reports.words import paper_name
from ui.context import Context
from ui.dialogs.document import DocumentDialog, Told
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.described_choice import DescribedChoice
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_WIDTH = 150
_SIZES = {CardSheet.A6: QPageSize.PageSizeId.A6, CardSheet.FOUR_UP: None}


class PocketCardDialog(DocumentDialog):
    """Asks for the sheet, then prints or saves both sides; it stays until it is closed."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        told = Told(
            making=_("Making the card…"),
            save_title=_("Save the pocket card"),
            saved=_("Saved as {name}."),
            not_saved=_("The card was not saved."),
            printed=_("Sent to the printer."),
            not_printed=_("The card was not printed."),
            kept=_("Nothing else was changed. You can try again."),
        )
        count = len(context.fitcheck.pocket_card(CardSheet.A6).questions)
        self.PAGES = sides(count)
        super().__init__(parent, told, context.jobs, context.press.render, _WIDTH)
        self._context = context
        self.setWindowTitle(_("Pocket card"))
        paper = paper_name(context.fitcheck.preferences.paper)
        self.sheet = DescribedChoice(
            _("Sheet"),
            (
                (CardSheet.A6, _("&One card, A6"), _("For cards or paper cut to that size.")),
                (
                    CardSheet.FOUR_UP,
                    _("&Four to a sheet"),
                    _("On {paper}, to be cut twice.").format(paper=paper),
                ),
            ),
            Qt.Orientation.Horizontal,
        )
        self.close_button = QPushButton(_("Close"))
        self._lay_out()
        self.close_button.clicked.connect(self.reject)
        fit(self, space(_WIDTH))
        self.print_button.setFocus()

    @classmethod
    def offer(cls, parent: QWidget | None, context: Context) -> None:
        """Show it until it is closed."""
        dialog = cls(parent, context)
        dialog.exec()
        dialog.deleteLater()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(_("Pocket card"), "title"))
        layout.addWidget(
            paragraph(
                _(
                    "The core questions with boxes to tick, for a talk with the laptop closed. "
                    "Nothing on it names anybody."
                )
                if self.PAGES == 1
                else _(
                    "The core questions with boxes to tick, for a talk with the laptop closed. "
                    "The card has two sides: print it on both. Nothing on it names anybody."
                )
            )
        )
        layout.addWidget(self.sheet)
        layout.addWidget(self.told)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.language)
        row.addWidget(self.working, 1)
        for button in (self.save_button, self.print_button, self.close_button):
            row.addWidget(button)
        layout.addLayout(row)
        set_role(self.print_button, "primary")
        self.print_button.setDefault(True)

    # What is printed or saved

    def document(self) -> PocketCard:
        return self._context.fitcheck.pocket_card(self.sheet.value)

    def paper(self) -> Paper:
        return self._context.fitcheck.preferences.paper

    def page_size(self) -> QPageSize.PageSizeId | None:
        return _SIZES[self.sheet.value]

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.sheet.setEnabled(not busy)
