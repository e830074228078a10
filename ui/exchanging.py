"""The whole book into a file and out of one, and the list as a table for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from fitcheck import suffixes
from fitcheck.errors import InvalidInput
from fitcheck.i18n import _, ngettext
from ui import messages

if TYPE_CHECKING:
    from fitcheck.domain.incoming_book import Choices, IncomingBook
    from fitcheck.whole_book import Look
    from ui.main_window import MainWindow

_FEW = 5
"""Faults that a message says itself; more of them scroll."""


class Exchanging(QObject):
    """``brought_in``: another book was brought into this one."""

    brought_in = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    # Out

    @Slot()
    def export_book(self) -> None:
        """Ask how and where to, and write the whole book there."""
        from ui.dialogs.progress import ProgressDialog  # few starts need these
        from ui.dialogs.whole_book import ExportBookDialog

        window = self._window
        if not self._all_kept():
            return
        agreed, passphrase = ExportBookDialog.ask(window)
        if not agreed:
            return
        plain = passphrase is None
        suffix = suffixes.PLAIN_BOOK if plain else suffixes.BOOK
        day = window.context.fitcheck.today().isoformat()
        kinds = _("Plain books (*.jsonl)") if plain else _("Whole books (*.fitcheck)")
        target = self._where_to(_("Export the whole book"), f"FitCheck {day}{suffix}", kinds)
        if target is None:
            return
        whole_book = window.context.fitcheck.whole_book
        try:
            done = ProgressDialog.run(
                window,
                window.context.jobs,
                _("Exporting the whole book"),
                _("It is written, and then read back to see that it is whole."),
                lambda report: whole_book.export(target, passphrase, report),
            )
        except Exception as error:  # whatever it is, the person must hear of it
            self._tell(error, _("The book was not exported."), _("Nothing was written."))
            return
        if done:
            kept = _("It lies in {path}, and was read back whole.").format(path=target)
            messages.tell(window, messages.Message(_("The whole book was exported."), kept))

    @Slot()
    def export_list(self) -> None:
        """Ask where to, and write the list of prospects as it is shown."""
        window, listing = self._window, self._window.context.fitcheck.listing
        window.show_page("prospects")
        self._export(listing.ids(window.prospects.finder.query))

    @Slot()
    def export_chosen(self) -> None:
        """The same for the prospects that are chosen in it."""
        self._export(self._window.prospects.chosen_ids())

    def _export(self, ids: tuple[int, ...]) -> None:
        from reports.list_csv import list_csv

        fitcheck = self._window.context.fitcheck
        window, lines = self._window, fitcheck.listing.lines(ids)
        data = list_csv(lines, fitcheck.today(), show_totals=fitcheck.preferences.show_totals)
        name = f"FitCheck {fitcheck.today().isoformat()}.csv"
        target = self._where_to(_("Export the list as CSV"), name, _("Tables (*.csv)"))
        if target is not None and self._write(target, data, _("The list was not exported.")):
            said = ngettext(
                "The list was exported: {count} prospect.",
                "The list was exported: {count} prospects.",
                len(lines),
            ).format(count=len(lines))
            kept = _("It lies in {path}. Anybody can read it.").format(path=target)
            messages.tell(window, messages.Message(said, kept))

    # In

    @Slot(object)
    def import_book(self, file: Path) -> None:
        """Open a whole book's file, show what would come of it, and take what is agreed to."""
        if not self._all_kept():
            return
        try:
            self._import(file)
        except Exception as error:  # whatever it is, the person must hear of it
            kept = _("Nothing in your book was changed.")
            self._tell(error, _("This book can’t be brought in."), kept)

    def _import(self, file: Path) -> None:
        from fitcheck.whole_book import is_locked, unlock  # few starts need these
        from ui.dialogs.incoming_book import IncomingBookDialog
        from ui.dialogs.progress import ProgressDialog
        from ui.dialogs.whole_book import BookPassphraseDialog

        window, jobs = self._window, self._window.context.jobs
        whole_book = window.context.fitcheck.whole_book
        book = BookPassphraseDialog.ask(window, jobs, file) if is_locked(file) else unlock(file)
        if book is None:
            return
        look: Look | None = ProgressDialog.run(
            window,
            jobs,
            _("Reading the book"),
            _("Nothing is changed by that. You are shown first what would come of it."),
            lambda report: whole_book.look(book, report=report),
        )
        choices = None if look is None else IncomingBookDialog.ask(window, look.incoming)
        if look is None or choices is None:
            return
        seen, chosen = look, choices
        taken: IncomingBook | None = ProgressDialog.run(
            window,
            jobs,
            _("Bringing the book in"),
            _("A backup is made first. Until all of it is in, nothing is changed."),
            lambda report: whole_book.take(book, seen, chosen, report),
        )
        if taken is not None:
            self.brought_in.emit()
            self._show_taken(taken, chosen)

    def _show_taken(self, taken: IncomingBook, choices: Choices) -> None:
        from ui.dialogs.incoming_book import TakenBookDialog

        dialog = TakenBookDialog(self._window, taken, choices, self.save_list)
        dialog.exec()
        dialog.deleteLater()

    def save_list(self, text: str) -> None:
        """Ask where to, and write a list there."""
        day = self._window.context.fitcheck.today().isoformat()
        name = f"FitCheck {day}.txt"
        target = self._where_to(_("Save this list"), name, _("Text (*.txt)"))
        if target is not None:
            self._write(target, text.encode(), _("The list was not saved."))

    def _all_kept(self) -> bool:
        """Keep what is being typed, so that it is in the book before that goes out."""
        if not self._window.let_go():
            return False
        self._window.take_up()
        return True

    # Files

    def _where_to(self, title: str, name: str, kinds: str) -> Path | None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents) or str(Path.home())
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, title, str(Path(folder) / name), kinds
        )
        return Path(chosen) if chosen else None

    def _write(self, target: Path, data: bytes, unwritten: str) -> bool:
        from ui.widgets.pdf_output import write_whole

        try:
            write_whole(target, data)
        except OSError as error:
            self._tell(error, unwritten, _("What was there before is as it was."))
            return False
        return True

    def _tell(self, error: BaseException, happened: str, kept: str) -> None:
        if not self._window.closed:
            messages.tell(self._window, refusal(error, happened, kept))


def refusal(error: BaseException, happened: str, kept: str) -> messages.Message:
    """The message for a file that was refused; many faults scroll."""
    if isinstance(error, InvalidInput) and len(error.faults) > _FEW:
        said = ngettext(
            "There is {count} fault in it. Each is listed below with its place.",
            "There are {count} faults in it. Each is listed below with its place.",
            len(error.faults),
        ).format(count=len(error.faults))
        return messages.Message(happened, kept, said, str(error))
    return messages.of_error(error, happened, kept)
