"""The pocket card, to be printed or saved: six questions for those who leave the laptop closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.report import CardSheet
from fitcheck.i18n import _, current_language
from reports.words import paper_name
from ui import messages
from ui.context import Context
from ui.dialogs.fitting import fit
from ui.jobs import Job
from ui.theme import set_role, space
from ui.widgets.described_choice import DescribedChoice
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label
from ui.widgets.pdf_output import choose_file, choose_printer, print_pages, write_whole
from ui.widgets.text import paragraph
from ui.widgets.working import Working

_WIDTH = 150
_SIDES = 2
_SIZES = {CardSheet.A6: QPageSize.PageSizeId.A6, CardSheet.FOUR_UP: None}


class PocketCardDialog(QDialog):
    """Asks for the sheet, then prints or saves; it stays until it is closed."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
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
        self.print_button = QPushButton(_("&Print…"))
        self.save_button = QPushButton(_("&Save as PDF…"))
        self.close_button = QPushButton(_("Close"))
        self.told = fault_line()
        self.working = Working()
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
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
                    "The six core questions with boxes to tick, for a talk with the laptop closed. "
                    "The card has two sides: print it on both. Nothing on it names anybody."
                )
            )
        )
        layout.addWidget(self.sheet)
        layout.addWidget(self.told)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.working, 1)
        for button in (self.save_button, self.print_button, self.close_button):
            row.addWidget(button)
        layout.addLayout(row)
        set_role(self.print_button, "primary")
        self.print_button.setDefault(True)

    # Onto paper, into a file

    @Slot()
    def _print(self) -> None:
        paper = self._context.fitcheck.preferences.paper
        printer = choose_printer(self, paper, _SIDES, _SIZES[self.sheet.value])
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print both sides."""

        def finish(pdf: bytes) -> None:
            print_pages(pdf, printer)
            self._say(_("Sent to the printer."))

        self._make(finish, _("The card was not printed."))

    @Slot()
    def _save(self) -> None:
        from reports.render import suggested_file_name

        card = self._context.fitcheck.pocket_card(self.sheet.value)
        name = suggested_file_name(card, current_language())
        path = choose_file(self, _("Save the pocket card"), name)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save both sides as ``path``."""

        def finish(pdf: bytes) -> None:
            write_whole(path, pdf)
            self._say(_("Saved as {name}.").format(name=path.name))

        self._make(finish, _("The card was not saved."))

    def _make(self, finish: Callable[[bytes], None], unfinished: str) -> None:
        """Lay the card out in a job, then do with it what it was made for."""
        if self._job is not None:
            return
        fitcheck, render = self._context.fitcheck, self._context.press.render
        card, paper = fitcheck.pocket_card(self.sheet.value), fitcheck.preferences.paper

        def success(pdf: bytes) -> None:
            self._set_busy(False)
            try:
                finish(pdf)
            except Exception as error:  # noqa: BLE001, RUF100 - the person must hear of it
                tell_failure(error)

        def failure(error: BaseException) -> None:
            self._set_busy(False)
            tell_failure(error)

        def tell_failure(error: BaseException) -> None:
            kept = _("Nothing else was changed. You can try again.")
            messages.tell(self, messages.of_error(error, unfinished, kept))

        self._set_busy(True)
        self._job = self._context.jobs.run_job(lambda: render(card, paper), success, failure)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            tell(self.told, "")
        else:
            self._job = None
        self.working.show_busy(busy, _("Making the card…"))
        for widget in (self.print_button, self.save_button, self.sheet):
            widget.setEnabled(not busy)

    def _say(self, text: str) -> None:
        tell(self.told, text, "quiet")
        fit(self, max(space(_WIDTH), self.width()))

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
            self._set_busy(False)
        super().done(result)
