"""Contacts into the book: a file that is chosen or dropped, or what is on the clipboard."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from fitcheck import suffixes
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.i18n import _, ngettext, thousands
from ui import messages
from ui.drafts import Draft
from ui.exchanging import refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from fitcheck.contacts import Plan
    from fitcheck.store.intakes import TakenBack
    from ui.dialogs.contacts import Incoming
    from ui.main_window import MainWindow

_CARDS = ("text/vcard", "text/x-vcard", "text/directory")
"""What programs call a card that they put on the clipboard."""

_NAMED = 10


class Contacting(QObject):
    """``brought_in``: contacts were taken into the book, or taken back out of it."""

    brought_in = Signal()
    draft_name = "contacts"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.stack.currentChanged.connect(self._allow_pasting)

    @Slot()
    def _allow_pasting(self) -> None:
        # Nobody who presses it in the midst of a talk means contacts.
        window = self._window
        window.menus.paste_contacts.setEnabled(window.stack.currentWidget() is window.prospects)

    @Slot()
    def choose(self) -> None:
        """Let a file be chosen, and show who is in it."""
        kinds = " ".join(f"*{suffix}" for suffix in suffixes.CONTACTS)
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Import contacts"), "", _("Contacts ({kinds})").format(kinds=kinds)
        )
        if name:
            self.read(Path(name))

    @Slot(object)
    def read(self, file: Path) -> None:
        """Show who is in a file."""
        try:
            with file.open("rb") as stream:
                data = stream.read(SIZE_LIMIT + 1)
        except OSError as error:
            self._failed(error)
            return
        self.show(data, file)

    @Slot()
    def paste(self) -> None:
        """Show who is on the clipboard: a card, lines of a table, or a copied file."""
        from fitcheck.contacts import is_contacts  # few starts need it

        mime = QGuiApplication.clipboard().mimeData()
        urls = mime.urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self.read(Path(urls[0].toLocalFile()))
            return
        data = _clipped(mime)
        if not is_contacts(data):
            nothing = messages.Message(
                _("There are no contacts on the clipboard."),
                to_do=_(
                    "Copy a vCard, or lines of a table together with its headings, and paste again."
                ),
            )
            messages.tell(self._window, nothing)
            return
        self.show(data, None)

    def resume(self, draft: Draft) -> None:
        """Go on with what was called off by a lock, as far as the file is still the same."""
        from ui.contacts.draft import source_of

        found = source_of(draft)
        if found is not None:
            self.show(found[1], found[0], draft)

    def show(self, data: bytes, file: Path | None, draft: Draft | None = None) -> None:
        """Show who is in the bytes of a file, or in what was pasted; take what is agreed to."""
        from ui.dialogs.contacts import ContactsDialog  # few starts need it

        if not self._window.let_go():
            return
        self._window.take_up()
        try:
            incoming = self._read(data, file, draft or {})
        except Exception as error:  # whatever it is, the person must hear of it
            self._failed(error)
            return
        if incoming is None:
            return
        ContactsDialog.ask(
            self._window,
            self._window.context,
            incoming,
            self._window.exchanging.save_list,
            self._take_back,
            self.brought_in.emit,
            draft,
        )

    def _read(self, data: bytes, file: Path | None, draft: Draft) -> Incoming | None:
        """What is in it; ``None`` where that was called off.

        A table's people are looked for only once it is clear what its columns hold: at once where
        a draft says so.
        """
        from fitcheck.contacts import is_cards
        from fitcheck.exchange.contact_table import read_table
        from fitcheck.exchange.contacts_csv import contacts_in
        from fitcheck.exchange.vcard import read_vcards
        from ui.contacts.draft import columns_of
        from ui.dialogs.contacts import Incoming
        from ui.dialogs.progress import ProgressDialog

        window = self._window
        contacts = window.context.fitcheck.contacts

        def read(report: Callable[[float], None]) -> Incoming:
            table = None
            if is_cards(data, file.name if file is not None else ""):
                found = read_vcards(data, lambda done: report(done / 2))
            else:
                said = {"yes": True, "no": False}.get(draft.get("headings", ""))
                table = read_table(data, headings=said)
                columns = columns_of(draft.get("columns", ""))
                if "choices" not in draft or len(columns) != len(table.headings):
                    return Incoming(file, data, table)
                found = contacts_in(table, columns, lambda done: report(done / 2))
            plan: Plan = contacts.plan(found, lambda done: report(0.5 + done / 2))
            return Incoming(file, data, table, plan)

        incoming: Incoming | None = ProgressDialog.run(
            window,
            window.context.jobs,
            _("Looking who is in the file"),
            _("Nothing is taken yet. You are shown first who is coming."),
            read,
        )
        return incoming

    # Taking it back

    @Slot()
    def undo(self) -> None:
        """Ask whether the last import is to be taken back, and do so."""
        self._take_back(self._window)

    def _take_back(self, parent: QWidget) -> bool:
        from ui.dialogs.confirm import ConfirmDialog
        from ui.dialogs.progress import ProgressDialog

        context = self._window.context
        contacts = context.fitcheck.contacts
        if not contacts.can_take_back:
            nothing = messages.Message(
                _("There is no import of contacts to take back."),
                _("Only the last one can be taken back, until the book is closed or locked."),
            )
            messages.tell(parent, nothing)
            return False
        agreed = ConfirmDialog.ask(
            parent,
            _("Take the last import of contacts back?"),
            _(
                "Whoever it added is removed, and whoever it changed is put back. With whom you "
                "have done anything since stays as they are now."
            ),
            _("Take it back"),
        )
        if not agreed:
            return False
        try:
            done: TakenBack | None = ProgressDialog.run(
                parent,
                context.jobs,
                _("Taking the import back"),
                _("Until all of it is done, nothing is changed."),
                contacts.take_back,
            )
        except Exception as error:  # whatever it is, the person must hear of it
            kept = _("Everything is as it was.")
            messages.tell(parent, refusal(error, _("The import was not taken back."), kept))
            return False
        if done is None:
            return False
        self.brought_in.emit()
        messages.tell(self._window, _taken_back(done))
        return True

    def _failed(self, error: BaseException) -> None:
        kept = _("Nothing in your book was changed.")
        messages.tell(self._window, refusal(error, _("This file can’t be taken."), kept))


def _clipped(mime: QMimeData) -> bytes:
    """What may be contacts of what is on the clipboard."""
    for kind in _CARDS:
        if mime.hasFormat(kind):
            return bytes(mime.data(kind).data())
    # Out of a mail it may be indented; the mark says that its letters are no guess.
    return textwrap.dedent(mime.text()).encode("utf-8-sig", "replace")


def _taken_back(done: TakenBack) -> messages.Message:
    """What is said of it."""
    told = _("{removed} removed, {put_back} put back.").format(
        removed=thousands(len(done.removed)), put_back=thousands(len(done.put_back))
    )
    names = list(done.stay.values())
    stays = ""
    if names:
        shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        stays = ngettext(
            "{count} stays, because something was done with them since: {names}.",
            "{count} stay, because something was done with them since: {names}.",
            len(names),
        ).format(count=thousands(len(names)), names=shown)
    return messages.Message(_("The import was taken back."), told, stays)
