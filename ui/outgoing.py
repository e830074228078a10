"""A document on its way out of the window: into a file, onto paper, into a mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.i18n import _
from fitcheck.i18n import language as speaking
from reports.mail_words import Mailed, mail_text
from ui import messages
from ui.mailing import mail
from ui.widgets.pdf_output import choose_file, choose_printer, print_pages, write_whole


@dataclass(frozen=True)
class Document:
    """What is shown, and may be handed over."""

    report: Report
    paper: Paper
    language: str
    pdf: bytes
    pages: int


class Outgoing:
    """Asks, and does it, for the document that is shown; says on ``parent`` what went wrong.

    Without a document nothing happens. ``given`` hears of one that has left the window.
    """

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self.document: Document | None = None
        self.given: Callable[[Document], object] = lambda _document: None

    def save(self, title: str = "") -> Path | None:
        """Ask where to, and save the document there; where it lies then."""
        from reports.render import suggested_file_name

        if self.document is None:
            return None
        name = suggested_file_name(self.document.report, self.document.language)
        path = choose_file(self._parent, title or _("Save the document"), name)
        return path if path is not None and self.save_to(path) else None

    def save_to(self, path: Path) -> bool:
        """Save the document as ``path``; ``False`` where it failed, and was said."""
        if self.document is None:
            return False
        try:
            write_whole(path, self.document.pdf)
        except OSError as error:
            message = messages.of_error(
                error,
                _("The document was not saved as {path}.").format(path=path),
                _("What was there before is as it was."),
                _("Choose another folder or name, or free some space."),
            )
            messages.tell(self._parent, message)
            return False
        self.given(self.document)
        return True

    def mail_to(self, prospect: Prospect) -> None:
        """Save the document, show where, and have the mail program begin a mail."""
        document = self.document
        if document is None or not isinstance(document.report, Mailed):
            return
        path = self.save(_("Save the document, to be attached to a mail"))
        if path is not None:
            with speaking(document.language):
                subject, body = mail_text(document.report, prospect.name)
            messages.tell(self._parent, mail(path, prospect.email, subject, body))

    def print(self) -> None:
        """Ask for a printer and for the pages, and print them on it."""
        if self.document is not None:
            printer = choose_printer(self._parent, self.document.paper, self.document.pages)
            if printer is not None:
                self.print_on(printer)

    def print_on(self, printer: QPrinter) -> bool:
        """Print the document; ``False`` where it failed, and was said."""
        if self.document is None:
            return False
        try:
            print_pages(self.document.pdf, printer)
        except Exception as error:  # whatever it is, the person must hear of it
            unprinted = _("The document was not printed.")
            messages.tell(self._parent, messages.of_error(error, unprinted))
            return False
        self.given(self.document)
        return True
