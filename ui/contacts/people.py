"""Who is coming: each contact of a file with what becomes of it, one by one or all alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from fitcheck.contacts import Plan, Said
from fitcheck.domain.arrivals import Choice, Handling
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import left_whole
from fitcheck.i18n import _, ngettext, quoted, thousands
from ui.contacts.people_model import PeopleModel, Shown
from ui.contacts.person import PersonPane
from ui.contacts.step import Step
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import titled
from ui.widgets.text import paragraph

_DOUBTFUL = 5


class PeopleStep(Step):
    """``changed``: something else becomes of somebody.

    ``somebody_asked``: one contact, by its index, is to be merged with somebody still to be found.
    """

    changed = Signal()
    somebody_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model = PeopleModel()
        self.counts = paragraph()
        self.doubt = fault_line()
        self.table = QTableView()
        self.person = PersonPane()
        self.only = QCheckBox(_("&Only those who may be known already"))
        self.add_button = QPushButton(_("&Add"))
        self.merge_button = QPushButton(_("&Merge"))
        self.leave_button = QPushButton(_("&Leave out"))
        self.theirs_button = QPushButton(_("&Take the file’s words"))
        self.ours_button = QPushButton(_("&Keep ours"))
        self.source = QLineEdit()
        self.tags = QLineEdit()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(_("People in the file"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.person.setFixedWidth(space(78))
        alike = QHBoxLayout()
        alike.setSpacing(space(1.5))
        for button in self._alike():
            button.setAutoDefault(False)
            alike.addWidget(button)
        alike.addStretch(1)
        hint = paragraph(_("For all who are chosen; Ctrl+A chooses everybody:"), "quiet")
        left = QVBoxLayout()
        left.setSpacing(space(1.5))
        left.addWidget(self.only)
        left.addWidget(table, 1)
        left.addWidget(hint)
        left.addLayout(alike)
        both = QHBoxLayout()
        both.setSpacing(space(5))
        both.addLayout(left, 1)
        both.addWidget(self.person)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2.5))
        layout.addWidget(self.counts)
        layout.addWidget(self.doubt)
        layout.addLayout(both, 1)
        layout.addLayout(self._of_all())

    def _of_all(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        for column, (caption, field, name) in enumerate(
            (
                (_("Where they come &from"), self.source, _("Where they come from")),
                (_("Ta&gs for all, with commas"), self.tags, _("Tags for all")),
            )
        ):
            title = titled(caption, field)
            field.setMaxLength(200)
            field.setAccessibleName(name)
            grid.addWidget(title, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _alike(self) -> tuple[QPushButton, ...]:
        ours_or_theirs = (self.theirs_button, self.ours_button)
        return (self.add_button, self.merge_button, self.leave_button, *ours_or_theirs)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_person)
        self.table.selectionModel().selectionChanged.connect(self._show_possible)
        self.person.decided.connect(self._decide)
        self.person.somebody_asked.connect(self._ask_for_somebody)
        self.only.toggled.connect(self._show_only)
        self.add_button.clicked.connect(lambda: self._choose_all(Handling.ADD))
        self.merge_button.clicked.connect(lambda: self._choose_all(Handling.MERGE))
        self.leave_button.clicked.connect(lambda: self._choose_all(Handling.LEAVE))
        self.theirs_button.clicked.connect(lambda: self._take_theirs(theirs=True))
        self.ours_button.clicked.connect(lambda: self._take_theirs(theirs=False))

    # What is shown and said

    def show_plan(self, plan: Plan, choices: Sequence[Choice] | None = None) -> None:
        """Show who is coming, with what is proposed, or with ``choices``."""
        self.model.show_plan(plan, choices or plan.proposed)
        self.only.setChecked(False)
        self.only.setVisible(self.model.doubtful > 0)
        tell(self.doubt, _doubt(plan))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Shown.WHO))
        self.person.setVisible(self.model.rowCount() > 0)
        self._tell()

    @property
    def said(self) -> Said:
        """What is said of all who are added."""
        tags = tuple(filter(None, (" ".join(tag.split()) for tag in self.tags.text().split(","))))
        return Said(" ".join(self.source.text().split()), tags)

    @property
    def takes_any(self) -> bool:
        """Whether anybody would be taken."""
        added, merged, _left = self.model.counts()
        return added + merged > 0

    def chosen(self) -> list[int]:
        """The contacts that are chosen, by their place in the file."""
        rows = self.table.selectionModel().selectedRows()
        return sorted(self.model.index_of(index.row()) for index in rows)

    def _current(self) -> int | None:
        index = self.table.selectionModel().currentIndex()
        there = index.isValid() and index.row() < self.model.rowCount()
        return self.model.index_of(index.row()) if there else None

    @Slot()
    def _show_person(self) -> None:
        at = self._current()
        if at is not None and self.model.plan is not None:
            self.person.show_contact(self.model.plan, at, self.model.choices[at])

    @Slot()
    def _show_possible(self) -> None:
        """Let only what would change something be pressed."""
        plan, chosen = self.model.plan, self.chosen()
        assert plan is not None
        # Not whether it would change anything: of ten thousand that takes too long to find out.
        merging = any(self.model.choices[index].handling is Handling.MERGE for index in chosen)
        for button in (self.add_button, self.leave_button):
            button.setEnabled(bool(chosen))
        known = (plan.arrivals[index] for index in chosen)
        self.merge_button.setEnabled(any(each.in_book or each.in_file for each in known))
        self.theirs_button.setEnabled(merging)
        self.ours_button.setEnabled(merging)

    @Slot(bool)
    def _show_only(self, alone: bool) -> None:
        self.model.show_doubtful(alone=alone)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Shown.WHO))

    def _tell(self) -> None:
        plan = self.model.plan
        assert plan is not None
        added, merged, left = self.model.counts()
        told = _("{added} to be added, {merged} to be merged, {left} to be left out.").format(
            added=thousands(added), merged=thousands(merged), left=thousands(left)
        )
        if unreadable := left_whole(plan.contacts.left):
            told += " " + ngettext(
                "{count} more can’t be taken; the list at the end says why.",
                "{count} more can’t be taken; the list at the end says why.",
                unreadable,
            ).format(count=thousands(unreadable))
        self.counts.setText(told)
        self._show_person()
        self._show_possible()
        self.changed.emit()

    # Choosing

    @Slot(object)
    def _decide(self, choice: Choice) -> None:
        at = self._current()
        if at is not None:
            self.model.choose(at, choice)
            self._tell()

    @Slot()
    def _ask_for_somebody(self) -> None:
        at = self._current()
        if at is not None:
            self.somebody_asked.emit(at)
            self._tell()  # or a decision that wasn't taken would stand there

    def merge_with(self, at: int, prospect_id: int, prospect: Prospect) -> None:
        """Let a contact be merged with somebody whom nothing told."""
        self.model.merge_with(at, prospect_id, prospect)
        self._tell()

    def _choose_all(self, handling: Handling) -> None:
        self.model.choose_all(self.chosen(), handling)
        self._tell()

    def _take_theirs(self, *, theirs: bool) -> None:
        self.model.take_theirs(self.chosen(), theirs=theirs)
        self._tell()


def _doubt(plan: Plan) -> str:
    """What to look at where the letters were guessed."""
    if not plan.contacts.guessed:
        return ""
    names = (each.contact.name for each in plan.contacts.found)
    words = [quoted(name[:40]) for name in names if not name.isascii()][:_DOUBTFUL]
    return _(
        "The file doesn’t say how some of its letters are written; they were read as windows-1252. "
        "Are these right? {words}"
    ).format(words=", ".join(words))
