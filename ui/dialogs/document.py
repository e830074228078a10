"""A dialog that offers one document: it is printed or saved, and made for that in a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.i18n import _
from fitcheck.i18n import language as speaking
from ui import messages
from ui.dialogs.fitting import fit
from ui.jobs import Job, Jobs
from ui.press import Render
from ui.theme import space
from ui.widgets.document_language import DocumentLanguage
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.pdf_output import choose_file, choose_printer, print_pages, write_whole
from ui.widgets.working import Working


@dataclass(frozen=True)
class Told:
    """What is said of the document; ``saved`` has a place for the file's ``{name}``."""

    making: str
    save_title: str
    saved: str
    not_saved: str
    printed: str
    not_printed: str
    kept: str


class DocumentDialog(QDialog):
    """The buttons, the line and the sign of work, to be laid out by whoever inherits it.

    What the document is, and on what paper, is asked for each time that it is made.
    """

    PAGES = 1
    """How many pages it has."""

    def __init__(
        self, parent: QWidget | None, words: Told, jobs: Jobs, render: Render, width: int
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._jobs = jobs
        self._render = render
        self._least_width = space(width)
        self._job: Job | None = None
        self.print_button = QPushButton(_("&Print…"))
        self.save_button = QPushButton(_("&Save as PDF…"))
        self.language = DocumentLanguage()
        self.told = fault_line()
        self.working = Working()
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)

    def document(self) -> Report | None:
        """What is to be made now, if anything."""
        raise NotImplementedError

    def paper(self) -> Paper:
        """What it is laid out on."""
        raise NotImplementedError

    def page_size(self) -> QPageSize.PageSizeId | None:
        """The size of its pages where that isn't the paper's."""
        return None

    def settle(self) -> None:
        """Take the size that all of it needs, and no less than what the person gave it."""
        fit(self, max(self._least_width, self.width()))

    # Onto paper, into a file

    @Slot()
    def _print(self) -> None:
        if self.document() is None:
            return
        printer = choose_printer(self, self.paper(), self.PAGES, self.page_size())
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print every page."""

        def finish(pdf: bytes) -> None:
            print_pages(pdf, printer)
            self._say(self._words.printed)

        self._make(finish, self._words.not_printed)

    @Slot()
    def _save(self) -> None:
        from reports.render import suggested_file_name

        document = self.document()
        if document is None:
            return
        name = suggested_file_name(document, self.language.code)
        path = choose_file(self, self._words.save_title, name)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save every page as ``path``."""

        def finish(pdf: bytes) -> None:
            write_whole(path, pdf)
            self._say(self._words.saved.format(name=path.name))

        self._make(finish, self._words.not_saved)

    def _make(self, finish: Callable[[bytes], None], unfinished: str) -> None:
        """Lay the document out in a job, then do with it what it was made for."""
        document, paper, render = self.document(), self.paper(), self._render
        if document is None or self._job is not None:
            return

        def success(pdf: bytes) -> None:
            self.set_busy(False)
            try:
                finish(pdf)
            except Exception as error:  # noqa: BLE001, RUF100 - the person must hear of it
                tell_failure(error)

        def failure(error: BaseException) -> None:
            self.set_busy(False)
            tell_failure(error)

        def tell_failure(error: BaseException) -> None:
            messages.tell(self, messages.of_error(error, unfinished, self._words.kept))

        self.set_busy(True)
        with speaking(self.language.code):
            self._job = self._jobs.run_job(lambda: render(document, paper), success, failure)

    def set_busy(self, busy: bool) -> None:
        """Show that it is being made; until then nothing else can be asked for."""
        if busy:
            tell(self.told, "")
        else:
            self._job = None
        self.working.show_busy(busy, self._words.making)
        for button in (self.print_button, self.save_button, self.language):
            button.setEnabled(not busy)

    def _say(self, text: str) -> None:
        tell(self.told, text, "quiet")
        self.settle()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
            self.set_busy(False)
        super().done(result)
