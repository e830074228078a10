"""A file into the book: dropped onto the window, or chosen in a dialog of files.

A filled form goes into its assessment; a private file, or JSON, becomes an assessment of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from fitcheck import suffixes
from fitcheck.domain.assessment import Assessment
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from reports.words import date_text
from ui import messages
from ui.exchanging import refusal

if TYPE_CHECKING:
    from fitcheck.exchange.form_pdf import FormFields
    from fitcheck.filled_form import FilledForm
    from fitcheck.recognising import Recognised
    from ui.main_window import MainWindow

BANK = ".toml"
_TAKEN = (".pdf", ".json", suffixes.BOOK, suffixes.PLAIN_BOOK, *suffixes.CONTACTS, BANK)
_BEGINNING = 64 * 1024
"""Bytes by which a whole book is known, or a table of contacts."""

_DRAGGING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


@dataclass(frozen=True)
class _Incoming:
    """An assessment, and who of the book it probably is about."""

    assessment: Assessment
    known: Recognised | None


@dataclass(frozen=True)
class _Elsewhere:
    """A file that somebody else takes in, and how they are told."""

    signal: SignalInstance
    file: Path


class FileImport(QObject):
    """Watches what is dropped onto the window, and asks before anything is taken."""

    agreed = Signal(object)
    """Somebody has seen what is on the form, and wants it taken: its ``FilledForm``."""
    added = Signal(int)
    """An assessment was added, at somebody's wish: its id."""
    book_found = Signal(object)
    """The file is a whole book: its path."""
    contacts_found = Signal(object)
    """The file holds contacts: its path."""
    bank_found = Signal(object)
    """The file is a bank of questions: its path."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._window:
            # Before the fields: they would take the file's name for text.
            self._window.windowHandle().installEventFilter(self)
        elif event.type() in (*_DRAGGING, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)
            return self._dragged(event)
        return False

    def _dragged(self, event: QDropEvent) -> bool:
        file = _file_in(event.mimeData())
        # A dialog is answered first.
        if file is None or QApplication.activeModalWidget() is not None:
            return False
        # Never a move, after which the file would be gone from where it came.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.read(file)
        return True

    @Slot()
    def choose(self) -> None:
        """Let a file be chosen, and read it."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window,
            _("Import a file"),
            "",
            _("Forms, private files, contacts, whole books and questions")
            + f" ({' '.join(f'*{suffix}' for suffix in _TAKEN)})",
        )
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Read a file and show what is in it."""
        if file.suffix.lower() == BANK:
            self.bank_found.emit(file)
            return
        from fitcheck.contacts import is_contacts  # few starts need these
        from fitcheck.whole_book import is_book

        context = self._window.context

        def look() -> FormFields | _Incoming | _Elsewhere:
            with file.open("rb") as stream:
                beginning = stream.read(_BEGINNING)
            if is_book(beginning):
                return _Elsewhere(self.book_found, file)
            if is_contacts(beginning, file.name):
                return _Elsewhere(self.contacts_found, file)
            found = context.fitcheck.read_incoming(file)
            if not isinstance(found, Assessment):
                return found
            return _Incoming(found, context.fitcheck.recognise(found))

        context.jobs.run_job(look, self._show, self._failed)

    def _show(self, found: FormFields | _Incoming | _Elsewhere) -> None:
        if isinstance(found, _Elsewhere):
            found.signal.emit(found.file)
        elif isinstance(found, _Incoming):
            self._offer(found.assessment, found.known)
        else:
            self._show_form(found)

    def _offer(self, assessment: Assessment, known: Recognised | None) -> None:
        if known is not None:
            self._offer_known(assessment, known)
            return
        from ui.dialogs.confirm import ConfirmDialog  # few starts need it

        wanted = ConfirmDialog.ask(
            self._window,
            _("Add this assessment of {name}?").format(name=assessment.prospect.name),
            _(
                "The file holds the assessment of {date}, with every answer and note. It is added "
                "as a prospect of its own; nothing that is in your book is changed."
            ).format(date=date_text(assessment.date)),
            _("Add it"),
        )
        if wanted:
            self._add(assessment)

    def _offer_known(self, assessment: Assessment, known: Recognised) -> None:
        from ui.dialogs.known_prospect import KnownProspectDialog, To  # few starts need it

        date = date_text(assessment.date)
        if known.assessment_id is not None:
            there = messages.Message(
                _("This assessment is in your book already."),
                _("It is that of {name} of {date}, with the same answers and notes.").format(
                    name=known.name, date=date
                ),
            )
            messages.tell(self._window, there)
            return
        chosen = KnownProspectDialog.ask(self._window, assessment.prospect.name, known.name, date)
        if chosen is not None:
            self._add(assessment, known.prospect_id if chosen is To.THEM else None)

    def _add(self, assessment: Assessment, to: int | None = None) -> None:
        context = self._window.context
        context.jobs.run_job(
            lambda: context.fitcheck.add_assessment(assessment, prospect_id=to),
            self.added.emit,
            self._failed,
        )

    def _show_form(self, fields: FormFields) -> None:
        from ui.dialogs.filled_form import FilledFormDialog  # few starts need it

        window = self._window
        try:
            form: FilledForm = window.context.fitcheck.their_forms.match(fields, window.interview)
        except FitCheckError as error:
            self._failed(error)
            return
        if FilledFormDialog.ask(window, form):
            self.agreed.emit(form)

    def _failed(self, error: BaseException) -> None:
        happened = _("This file can’t be taken.")
        kept = _("Nothing in your book was changed.")
        messages.tell(self._window, refusal(error, happened, kept))


def _file_in(mime: QMimeData) -> Path | None:
    """The one file that may be taken; ``None`` for anything else, and for several at once."""
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.suffix.lower() in _TAKEN else None
