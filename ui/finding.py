"""Finds a text in the document that is shown, and leads from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from reports.pages import Hit, find_text
from ui.jobs import Job, Jobs
from ui.widgets.find_bar import FindBar
from ui.widgets.pdf_view import PdfView


class Finder(QObject):
    """Between the bar where one types and the view that shows; the pages are read in a job."""

    def __init__(self, bar: FindBar, view: PdfView, jobs: Jobs) -> None:
        super().__init__(view)
        self._bar, self._view, self._jobs = bar, view, jobs
        self._pdf = b""
        self._hits: list[Hit] = []
        self._chosen = 0
        self._job: Job | None = None
        bar.wanted.connect(self._look)
        bar.step.connect(self._step)
        bar.closed.connect(self.end)

    def set_document(self, pdf: bytes) -> None:
        """Look in this document from now on; what was typed is looked for in it."""
        self._pdf = pdf
        self._found([])
        if not self._bar.isHidden():
            self._look()

    @Slot()
    def go_on(self) -> None:
        self._step(1)

    @Slot()
    def go_back(self) -> None:
        self._step(-1)

    @Slot()
    def end(self) -> None:
        """Take the marks away, and go back to the pages."""
        self._bar.line.clear()
        self._bar.hide()
        self._view.setFocus()

    @Slot()
    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        pdf, wanted = self._pdf, self._bar.line.text().strip()
        if not pdf or not wanted:
            self._found([])
            return
        self._job = self._jobs.run_job(lambda: find_text(pdf, wanted), self._found, self._failed)

    def _found(self, hits: list[Hit]) -> None:
        self._hits = hits
        here = self._view.page
        # From the page in sight on, as one reads.
        self._chosen = next((n for n, hit in enumerate(hits) if hit.page >= here), 0)
        self._show()

    def _failed(self, error: BaseException) -> None:
        # A document that is shown and can't be searched is a bug of ours; it must be heard of.
        raise error

    @Slot(int)
    def _step(self, by: int) -> None:
        if self._hits:
            self._chosen = (self._chosen + by) % len(self._hits)
            self._show()

    def _show(self) -> None:
        self._view.show_hits(self._hits, self._chosen)
        self._bar.show_found(self._chosen + 1, len(self._hits))
