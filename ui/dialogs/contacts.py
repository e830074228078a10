"""Contacts into the book, step by step: what columns hold, who is coming, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.contacts import Plan, Taken
from fitcheck.domain.arrivals import Choice
from fitcheck.domain.contact import Contacts
from fitcheck.domain.listed import Query
from fitcheck.exchange.contact_table import Table, read_table
from fitcheck.exchange.contacts_csv import contacts_in
from fitcheck.i18n import _
from ui import messages
from ui.contacts.came_of_it import CameOfIt
from ui.contacts.columns import ColumnsStep
from ui.contacts.draft import choices_draft, choices_of, columns_draft, columns_of, source_draft
from ui.contacts.people import PeopleStep
from ui.context import Context
from ui.dialogs.merge_with import MergeWithDialog
from ui.dialogs.progress import ProgressDialog
from ui.drafts import Draft
from ui.exchanging import refusal
from ui.theme import set_role, space
from ui.widgets.column import open_at
from ui.widgets.labels import ElidedLabel, label

T = TypeVar("T")
_FEW = 20
"""Of those who match what was typed; a longer word finds fewer."""

Report = Callable[[float], None]


@dataclass(frozen=True)
class Incoming:
    """Contacts that were read: a table whose columns are still to be agreed on, or a plan.

    ``file`` is ``None`` for what was pasted; ``data`` are its bytes.
    """

    file: Path | None = field(repr=False)
    data: bytes = field(repr=False)
    table: Table | None = field(default=None, repr=False)
    plan: Plan | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return self.file.name if self.file is not None else ""


class ContactsDialog(QDialog):
    """``brought_in``: contacts were taken into the book, or an import was taken back."""

    brought_in = Signal()
    draft_name = "contacts"

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        incoming: Incoming,
        save: Callable[[str], object] = lambda _text: None,
        take_back: Callable[[QWidget], bool] = lambda _parent: False,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._incoming = incoming
        self._save = save
        self._take_back = take_back
        self.taken: Taken | None = None
        self.setWindowTitle(_("Import contacts"))
        self.title = label("", "title")
        self.whence = ElidedLabel(incoming.name, "quiet")
        self.columns = ColumnsStep()
        self.people = PeopleStep()
        self.came_of_it = CameOfIt()
        self.steps = QStackedWidget()
        for step in (self.columns, self.people, self.came_of_it):
            self.steps.addWidget(step)
        self.back_button = QPushButton(_("&Back"))
        self.cancel_button = QPushButton(_("Cancel"))
        self.next_button = QPushButton()
        self.undo_button = QPushButton(_("Take it &back"))
        self.copy_button = QPushButton(_("&Copy this list"))
        self.save_button = QPushButton(_("&Save this list…"))
        self._lay_out()
        self._connect()
        self.people.source.setText(incoming.file.stem if incoming.file is not None else "")
        self._show_incoming(draft or {})

    def _show_incoming(self, draft: Draft) -> None:
        """Show the first step, or take up where a draft was kept."""
        table, plan = self._incoming.table, self._incoming.plan
        if table is not None:
            self.columns.show_table(table)
            if "columns" in draft:
                self.columns.show_columns(columns_of(draft["columns"]))
            self._go(self.columns)
        for field_, name in ((self.people.source, "source"), (self.people.tags, "tags")):
            field_.setText(draft.get(name, field_.text()))
        if plan is not None:
            self._show_plan(plan, choices_of(plan, draft.get("choices", "")))

    def draft(self) -> dict[str, str]:
        """How far one is, to be kept over a lock; nothing once all is done."""
        if self.taken is not None:
            return {}
        kept = source_draft(self._incoming.file, self._incoming.data)
        kept |= {"source": self.people.source.text(), "tags": self.people.tags.text()}
        if self._incoming.table is not None:
            kept["columns"] = columns_draft(self.columns.columns)
            kept["headings"] = "yes" if self.columns.headings.isChecked() else "no"
        plan = self.people.model.plan
        if plan is not None and self.steps.currentWidget() is self.people:
            kept["choices"] = choices_draft(plan, self.people.model.choices)
        return kept

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        context: Context,
        incoming: Incoming,
        save: Callable[[str], object],
        take_back: Callable[[QWidget], bool],
        brought_in: Callable[[], object],
        draft: Draft | None = None,
    ) -> None:
        """Go through the steps; ``brought_in`` is told once the book has changed."""
        dialog = cls(parent, context, incoming, save, take_back, draft)
        dialog.brought_in.connect(brought_in)
        dialog.exec()
        dialog.deleteLater()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(7), space(6), space(7), space(6))
        layout.setSpacing(space(3))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self.title)
        head.addWidget(self.whence, 1)
        layout.addLayout(head)
        layout.addWidget(self.steps, 1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for button in (self.undo_button, self.copy_button, self.save_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.back_button, self.cancel_button, self.next_button):
            row.addWidget(button)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        set_role(self.next_button, "primary")
        self.next_button.setDefault(True)
        layout.addLayout(row)
        open_at(self, space(300), space(200))

    def _connect(self) -> None:
        self.back_button.clicked.connect(self._back)
        self.cancel_button.clicked.connect(self.reject)
        self.next_button.clicked.connect(self.confirm)
        self.columns.headings_asked.connect(self._read_again)
        self.columns.changed.connect(self._allow)
        self.people.changed.connect(self._allow)
        self.people.somebody_asked.connect(self._find_somebody)
        self.save_button.clicked.connect(lambda: self._save(self.came_of_it.text + "\n"))
        self.copy_button.clicked.connect(self.came_of_it.copy)
        self.undo_button.clicked.connect(self._undo)

    # From step to step

    @Slot()
    def confirm(self) -> None:
        """Go on: to the people, to taking them, or away."""
        step = self.steps.currentWidget()
        if step is self.columns:
            self._find_people()
        elif step is self.people:
            self._take()
        else:
            self.accept()

    @Slot()
    def _back(self) -> None:
        self._go(self.columns)

    def _go(self, step: QWidget) -> None:
        titles: dict[QWidget, tuple[str, str]] = {
            self.columns: (_("What the columns hold"), _("Co&ntinue")),
            self.people: (_("Who is coming"), _("Bring them &in")),
            self.came_of_it: (_("What came of it"), _("Close")),
        }
        title, action = titles[step]
        self.title.setText(title)
        self.setAccessibleName(title)
        self.next_button.setText(action)
        over = step is self.came_of_it
        self.steps.setCurrentWidget(step)
        self.back_button.setVisible(step is self.people and self._incoming.table is not None)
        self.cancel_button.setVisible(not over)
        for button in (self.copy_button, self.save_button):
            button.setVisible(over)
        self.undo_button.setVisible(over and self._context.fitcheck.contacts.can_take_back)
        self._allow()
        if step is self.columns:
            self.columns.table.setFocus()
        elif step is self.people:
            self.people.table.setFocus()
        else:
            self.next_button.setFocus()

    @Slot()
    def _allow(self) -> None:
        step = self.steps.currentWidget()
        if step is self.columns:
            self.next_button.setEnabled(self.columns.ready)
        elif step is self.people:
            self.next_button.setEnabled(self.people.takes_any)
        else:
            self.next_button.setEnabled(True)

    # What takes a while

    @Slot(bool)
    def _read_again(self, headings: bool) -> None:
        data = self._incoming.data
        table = self._run(
            _("Reading the table"),
            _("Nothing is taken yet."),
            lambda _report: read_table(data, headings=headings),
        )
        if table is not None:
            self.columns.show_table(table)
        else:
            self.columns.headings.setChecked(not headings)

    @Slot(int)
    def _find_somebody(self, at: int) -> None:
        fitcheck, plan = self._context.fitcheck, self.people.model.plan
        assert plan is not None
        name = plan.contacts.found[at].contact.name
        found = MergeWithDialog.ask(
            self, name, lambda text: fitcheck.listing.page(Query(search=text)).lines[:_FEW]
        )
        if found is not None:
            self.people.merge_with(at, found, fitcheck.prospect(found))

    def _find_people(self) -> None:
        table, columns = self.columns.shown, self.columns.columns
        contacts_in_book = self._context.fitcheck.contacts

        def find(report: Report) -> Plan:
            contacts: Contacts = contacts_in(table, columns, lambda done: report(done / 2))
            return contacts_in_book.plan(contacts, lambda done: report(0.5 + done / 2))

        plan = self._run(
            _("Looking who is in the file"),
            _("Nothing is taken yet. You are shown first who is coming."),
            find,
        )
        if plan is not None:
            self._show_plan(plan)

    def _show_plan(self, plan: Plan, choices: Sequence[Choice] | None = None) -> None:
        self.people.show_plan(plan, choices)
        self._go(self.people)

    def _take(self) -> None:
        plan, choices = self.people.model.plan, tuple(self.people.model.choices)
        said, contacts = self.people.said, self._context.fitcheck.contacts
        assert plan is not None
        taken = self._run(
            _("Bringing the contacts in"),
            _("Until all of them are in, nothing is changed."),
            lambda report: contacts.take(plan, choices, said, report),
        )
        if taken is not None:
            self.brought_in.emit()
            self.show_taken(taken)

    def show_taken(self, taken: Taken) -> None:
        """Show what came of it; there is no way back to the steps."""
        self.taken = taken
        self.came_of_it.show_taken(taken, _("What came of it"))
        self._go(self.came_of_it)

    @Slot()
    def _undo(self) -> None:
        if self._take_back(self):
            self.accept()

    def _run(self, title: str, text: str, operation: Callable[[Report], T]) -> T | None:
        """What an operation came to; ``None`` where it was called off, or failed and that was
        said."""
        try:
            result: T | None = ProgressDialog.run(self, self._context.jobs, title, text, operation)
        except Exception as error:  # whatever it is, the person must hear of it
            kept = _("Nothing in your book was changed.")
            messages.tell(self, refusal(error, _("The contacts can’t be taken."), kept))
            return None
        return result
