"""A document on its way to the screen: made, read again, and held back where it says too much."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.gate import Repeat, held_back
from fitcheck.domain.private_texts import PrivateText
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, Report
from fitcheck.i18n import language as speaking
from reports.pages import page_sizes, page_texts
from ui.context import Context
from ui.jobs import Job
from ui.press import Ticket
from ui.widgets.pdf_view import Pages


@dataclass(frozen=True)
class Wanted:
    """What is to be shown. The assessment and what is ``beside`` it count too: the second gate
    reads them."""

    report: Report
    paper: Paper
    language: str
    assessment: Assessment
    beside: tuple[PrivateText, ...]


class DocumentMaking(QObject):
    """One document at a time: ``made`` is the last, until it is dropped, and ``held`` is what it
    repeats and mustn't; then its pages are not for showing.

    ``begun``: it isn't at hand, and takes a while. ``done``: its pages are there. ``failed``: why
    they are not.
    """

    begun = Signal()
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.made: Wanted | None = None
        self.held: tuple[Repeat, ...] = ()
        self._context = context
        self._ticket: Ticket | None = None
        self._job: Job | None = None

    @property
    def under_way(self) -> bool:
        return self._job is not None or self._ticket is not None

    def make(self, wanted: Wanted, edition: Edition, bank: Bank) -> None:
        """Make this document in place of what there was."""
        self.drop()
        press, report, paper = self._context.press, wanted.report, wanted.paper

        def made(pdf: bytes) -> None:
            self._ticket = None
            self._look_at(wanted, edition, bank, pdf)

        with speaking(wanted.language):
            pdf = press.at_hand(report, paper)
        if pdf is not None:
            made(pdf)
            return
        self.begun.emit()
        with speaking(wanted.language):
            self._ticket = press.make(report, paper, made, self._not_made)

    def _look_at(self, wanted: Wanted, edition: Edition, bank: Bank, pdf: bytes) -> None:
        """Find out what the pages are like and whether they may be shown."""

        def operation() -> tuple[Pages, tuple[Repeat, ...]]:
            pages = page_texts(pdf)
            held = held_back(wanted.assessment, bank, edition, pages, wanted.beside)
            return Pages(pdf, tuple(page_sizes(pdf))), held

        def success(found: tuple[Pages, tuple[Repeat, ...]]) -> None:
            self._job = None
            pages, self.held = found
            self.made = wanted
            self.done.emit(pages)

        self._job = self._context.jobs.run_job(operation, success, self._not_made)

    def _not_made(self, error: BaseException) -> None:
        self._job = self._ticket = None
        self.failed.emit(error)

    def cancel(self) -> None:
        """Stop making it."""
        if self._ticket is not None:
            self._context.press.cancel(self._ticket)
        self.drop()

    def drop(self) -> None:
        """Let go of the document and of whatever is being made."""
        if self._job is not None:
            self._job.cancel()
        if self._ticket is not None:
            # It is made all the same: whoever goes away comes back, as a rule.
            self._ticket.forget()
        self._job = self._ticket = None
        self.made = None
        self.held = ()
