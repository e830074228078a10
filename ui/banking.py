"""A bank of questions out as a file, and in from one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from fitcheck.banks import IncomingBank
from fitcheck.domain.bank import Bank, Reference
from fitcheck.errors import InvalidInput
from fitcheck.exchange.bank_input import BYTES_LIMIT
from fitcheck.i18n import _, ngettext
from reports.bank_words import bank_name
from ui import messages
from ui.context import Context
from ui.widgets.pdf_output import write_whole

SUFFIX = ".toml"


class BankExchange(QObject):
    """``taken`` says, in a sentence, that a bank was brought in or is another one in force."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._parent = parent
        self._context = context

    # Out

    def export(self, reference: Reference) -> None:
        """Ask where to, and write the bank's file there."""
        title = _("Export the questions")
        name = f"{reference.id}-{reference.version}{SUFFIX}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, title, str(_documents() / name), _kinds()
        )
        if not chosen:
            return
        try:
            write_whole(Path(chosen), self._context.fitcheck.banks.exported(reference).encode())
        except OSError as error:
            kept = _("What was there before is as it was.")
            self._tell(messages.of_error(error, _("The questions were not exported."), kept))
            return
        said = _("{name} was exported.").format(name=bank_name(reference))
        kept = _(
            "It lies in {path}. Edit it with any editor: its first lines say how. Then import it."
        ).format(path=chosen)
        self._tell(messages.Message(said, kept))

    # In

    @Slot()
    def choose(self) -> None:
        """Let a file be chosen, and read it."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Import questions"), str(_documents()), _kinds()
        )
        if name:
            self.read(Path(name))

    @Slot(object)
    def read(self, file: Path) -> None:
        """Read a file, and show what is in it or every fault of it."""
        banks = self._context.fitcheck.banks

        def look() -> IncomingBank:
            with file.open("rb") as stream:
                return banks.look_at(stream.read(BYTES_LIMIT + 1), file.name)

        self._context.jobs.run_job(look, self._show, self._failed)

    def _show(self, incoming: IncomingBank) -> None:
        from ui.dialogs.bank import IncomingBankDialog, With  # few starts need it

        chosen = IncomingBankDialog.ask(self._window, incoming)
        if chosen is None:
            return
        self._context.jobs.run_job(
            lambda: self._context.fitcheck.banks.take(incoming),
            lambda bank: self._took(bank, use=chosen is With.USE),
            self._failed,
        )

    def _took(self, bank: Bank, *, use: bool) -> None:
        if use:
            self.use(bank.reference)
        else:
            told = _("{name} is in your book now.").format(name=bank_name(bank.reference))
            self.taken.emit(told)

    def use(self, reference: Reference) -> None:
        """Begin new assessments with a bank that is in the book."""
        try:
            self._context.fitcheck.banks.use(reference)
        except Exception as error:  # whatever it is, the person must hear of it
            happened = _("Your settings were not saved.")
            kept = _("They are in force until you close FitCheck, and will be saved with the next.")
            self._tell(messages.of_error(error, happened, kept))
        told = _("New assessments now begin with {name}.").format(name=bank_name(reference))
        self.taken.emit(told)

    def _failed(self, error: BaseException) -> None:
        happened = _("These questions can’t be brought in.")
        kept = _("Nothing in your book was changed.")
        if isinstance(error, InvalidInput):
            said = ngettext(
                "There is {count} fault in the file, at the line that is named below.",
                "There are {count} faults in the file, each at the line that is named below.",
                len(error.faults),
            ).format(count=len(error.faults))
            self._tell(messages.Message(happened, kept, said, str(error)))
        else:
            self._tell(messages.of_error(error, happened, kept))

    @property
    def _window(self) -> QWidget:
        return self._parent.window()

    def _tell(self, message: messages.Message) -> None:
        messages.tell(self._window, message)


def _documents() -> Path:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents) or str(Path.home()))


def _kinds() -> str:
    return _("Banks of questions (*.toml)")
