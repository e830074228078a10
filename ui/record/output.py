"""The track record on its way out of the window: as a PDF, onto paper, as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from fitcheck.domain.report import RecordSheet
from fitcheck.i18n import _, current_language
from ui import messages
from ui.context import Context
from ui.jobs import Job
from ui.widgets.pdf_output import choose_file, choose_printer, print_pages, write_whole


class RecordOutput(QObject):
    """``busy``: a document is being made, or no longer; ``said``: what came of it."""

    busy = Signal(bool)
    said = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._job: Job | None = None

    def save(self, sheet: RecordSheet) -> None:
        """Ask where to, and save the record there as a PDF."""
        from reports.render import suggested_file_name  # loads what makes documents

        name = suggested_file_name(sheet, current_language())
        path = choose_file(self._page.window(), _("Save the track record"), name)
        if path is not None:
            self.save_to(sheet, path)

    def save_to(self, sheet: RecordSheet, path: Path) -> None:
        def finish(pdf: bytes) -> None:
            write_whole(path, pdf)
            self.said.emit(_("Saved as {name}.").format(name=path.name))

        self._make(sheet, finish, _("The track record was not saved."))

    def print(self, sheet: RecordSheet) -> None:
        """Ask for a printer, and print it."""

        def finish(pdf: bytes) -> None:
            from reports.pages import page_sizes

            paper = self._context.fitcheck.preferences.paper
            printer = choose_printer(self._page.window(), paper, len(page_sizes(pdf)))
            if printer is not None:
                self.print_on(pdf, printer)

        self._make(sheet, finish, _("The track record was not printed."))

    def print_on(self, pdf: bytes, printer: QPrinter) -> None:
        print_pages(pdf, printer)
        self.said.emit(_("Sent to the printer."))

    def export(self, sheet: RecordSheet) -> None:
        """Ask where to, and write the list as a table."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents) or str(Path.home())
        name = f"FitCheck {sheet.on.isoformat()}.csv"
        chosen, _filter = QFileDialog.getSaveFileName(
            self._page.window(),
            _("Export the outcomes as CSV"),
            str(Path(folder) / name),
            _("Tables (*.csv)"),
        )
        if chosen:
            self.export_to(sheet, Path(chosen))

    def export_to(self, sheet: RecordSheet, path: Path) -> None:
        from reports.record_csv import record_csv

        try:
            write_whole(path, record_csv(sheet.record.engagements))
        except OSError as error:
            self._tell(error, _("The outcomes were not exported."))
            return
        self.said.emit(_("Exported as {name}. Anybody can read it.").format(name=path.name))

    def _make(self, sheet: RecordSheet, finish: Callable[[bytes], None], unfinished: str) -> None:
        """Make the document in a job, then do with it what it was made for."""
        if self._job is not None:
            return
        render, paper = self._context.press.render, self._context.fitcheck.preferences.paper

        def success(pdf: bytes) -> None:
            self._over()
            try:
                finish(pdf)
            except Exception as error:  # noqa: BLE001, RUF100 - the person must hear of it
                self._tell(error, unfinished)

        def failure(error: BaseException) -> None:
            self._over()
            self._tell(error, unfinished)

        self.busy.emit(True)
        self._job = self._context.jobs.run_job(lambda: render(sheet, paper), success, failure)

    def cancel(self) -> None:
        """Give up what is being made."""
        if self._job is not None:
            self._job.cancel()
            self._over()

    def _over(self) -> None:
        self._job = None
        self.busy.emit(False)

    def _tell(self, error: BaseException, happened: str) -> None:
        kept = _("The record itself is as it was. You can try again.")
        messages.tell(self._page.window(), messages.of_error(error, happened, kept))
