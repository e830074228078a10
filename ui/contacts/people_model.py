"""Everybody in a file of contacts, with what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fitcheck.contacts import Plan
from fitcheck.domain.arrivals import Arrival, Choice, Handling
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import as_prospect
from fitcheck.domain.duplicates import Merging, merge_preview
from fitcheck.i18n import _
from ui.widgets.labels import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex


class Shown(IntEnum):
    """The columns."""

    WHO = 0
    DECISION = 1


class PeopleModel(QAbstractTableModel):
    """``choices`` are one for each contact of the file, shown or not."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self.choices: list[Choice] = []
        self._shown: list[int] = []
        self.doubtful_alone = False

    def show_plan(self, plan: Plan, choices: Sequence[Choice]) -> None:
        """Show these people, with these choices."""
        self.plan = plan
        self.choices = list(choices)
        self.show_doubtful(alone=False)

    def show_doubtful(self, *, alone: bool) -> None:
        """Show only those who may be somebody who is known, or everybody."""
        self.beginResetModel()
        self.doubtful_alone = alone
        coming = self.plan.arrivals if self.plan else ()
        self._shown = [n for n, each in enumerate(coming) if not alone or is_doubtful(each)]
        self.endResetModel()

    @property
    def doubtful(self) -> int:
        """How many may be somebody who is known."""
        return sum(map(is_doubtful, self.plan.arrivals)) if self.plan else 0

    def index_of(self, row: int) -> int:
        """Which of the file's contacts stands in a row."""
        return self._shown[row]

    def counts(self) -> tuple[int, int, int]:
        """How many are added, merged and left by the choices."""
        gone: list[Handling] = []
        for choice in self.choices:
            joined = choice.handling is Handling.JOIN and choice.into is not None
            left = joined and gone[choice.into or 0] is Handling.LEAVE
            gone.append(Handling.LEAVE if left else choice.handling)
        merged = gone.count(Handling.MERGE) + gone.count(Handling.JOIN)
        return gone.count(Handling.ADD), merged, gone.count(Handling.LEAVE)

    # Choosing

    def choose(self, index: int, choice: Choice) -> None:
        """Let that become of one contact."""
        self.choices[index] = choice
        self._tell()

    def merge_with(self, index: int, prospect_id: int, prospect: Prospect) -> None:
        """Let a contact be merged with somebody of the book whom nothing told."""
        assert self.plan is not None
        self.plan = replace(self.plan, book={**self.plan.book, prospect_id: prospect})
        self.choose(index, Choice(Handling.MERGE, prospect_id))

    def choose_all(self, indexes: Iterable[int], handling: Handling) -> None:
        """Add, merge or leave these. Whoever is like nobody can't be merged, and stays."""
        assert self.plan is not None
        for index in indexes:
            choice: Choice | None = Choice(handling)
            if handling is Handling.MERGE:
                choice = best(self.plan.arrivals[index])
            if choice is not None:
                self.choices[index] = choice
        self._tell()

    def take_theirs(self, indexes: Iterable[int], *, theirs: bool) -> None:
        """Let the file’s words stand where both say something, or ours, of those merged."""
        for index in indexes:
            choice = self.choices[index]
            if choice.handling is Handling.MERGE:
                fields = frozenset(self.differing(index)) if theirs else frozenset[str]()
                self.choices[index] = replace(choice, theirs=fields)
        self._tell()

    def differing(self, index: int) -> tuple[str, ...]:
        """The fields in which a contact and whom it is merged with say something else."""
        assert self.plan is not None
        choice = self.choices[index]
        ours = self.plan.book.get(choice.into) if choice.into is not None else None
        if choice.handling is not Handling.MERGE or ours is None:
            return ()
        preview = merge_preview(ours, self.plan.contacts.found[index].contact)
        return tuple(each.name for each in preview if each.merging is Merging.DIFFERS)

    def _tell(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, Shown.DECISION)
            self.dataChanged.emit(self.index(0, 0), last)

    # What a view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Shown)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Who"), _("What becomes of them"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.plan is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index)
        # Where there is no room for all of it.
        return plain_tool_tip(self._words(index)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _words(self, index: Index) -> str:
        assert self.plan is not None
        at = self._shown[index.row()]
        if index.column() == Shown.WHO:
            return who(as_prospect(self.plan.contacts.found[at].contact))
        return decision_words(self.plan, at, self.choices[at])


def who(prospect: Prospect) -> str:
    """Somebody by name and organisation."""
    of = "" if prospect.organisation == prospect.name else prospect.organisation
    return ", ".join(filter(None, (prospect.name, of)))


def is_doubtful(arrival: Arrival) -> bool:
    """Whether a contact may be somebody who is known."""
    return bool(arrival.in_book or arrival.in_file)


def best(arrival: Arrival) -> Choice | None:
    """Whom a contact is merged with if it is; ``None`` where it is like nobody."""
    if arrival.in_book:
        return Choice(Handling.MERGE, arrival.in_book[0].key)
    if arrival.in_file:
        return Choice(Handling.JOIN, arrival.in_file[0].key)
    return None


def decision_words(plan: Plan, at: int, choice: Choice) -> str:
    """What becomes of a contact, in a few words."""
    arrival = plan.arrivals[at]
    match choice.handling:
        case Handling.ADD if arrival.in_book:
            name = plan.book[arrival.in_book[0].key].name
            return _("Added, though perhaps {name}").format(name=name)
        case Handling.ADD if arrival.in_file:
            name = plan.contacts.found[arrival.in_file[0].key].contact.name
            return _("Added, though perhaps {name}").format(name=name)
        case Handling.ADD:
            return _("Added")
        case Handling.MERGE:
            assert choice.into is not None
            return _("Merged with {name}").format(name=plan.book[choice.into].name)
        case Handling.JOIN:
            assert choice.into is not None
            found = plan.contacts.found[choice.into]
            return _("The same as {name}, line {line}").format(
                name=found.contact.name, line=found.place.line
            )
        case Handling.LEAVE:
            return _("Left out")
