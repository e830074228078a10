"""The lines of the palette: actions and prospects, the ones that fit best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from fitcheck.domain.listed import Page, ProspectLine
from fitcheck.i18n import _
from ui.models.columns import Column, Seen, cell_text
from ui.palette.entries import Entry
from ui.palette.matching import Fit, fit, plain

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

_BESIDE = 5
"""After every fit of a name: somebody who is found by what is noted of them."""


@dataclass(frozen=True)
class Row:
    """What one line says: ``name``, quiet beside it ``where``, and at the end ``note`` or a key."""

    what: Entry | ProspectLine = field(repr=False)
    name: str = field(repr=False)
    where: str = field(repr=False)
    note: str = ""
    key: str = ""

    @property
    def enabled(self) -> bool:
        return not (isinstance(self.what, Entry) and self.what.reason)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        key = _("Key: {key}").format(key=self.key) if self.key else ""
        return ", ".join(part for part in (self.name, self.where, self.note, key) if part)


def row_of_entry(entry: Entry) -> Row:
    return Row(entry, entry.name, entry.where, entry.reason, entry.key)


def row_of_prospect(line: ProspectLine, seen: Seen) -> Row:
    person = line.prospect
    beside = ", ".join(part for part in (person.role, person.organisation) if part)
    phase = cell_text(line, Column.RECOMMENDATION, seen)
    name, beside = (" ".join(text.split()) for text in (person.name, beside))
    return Row(line, name, beside, phase)


def ranked(
    wanted: str,
    entries: Sequence[Entry],
    lines: Sequence[ProspectLine],
    seen: Seen,
    recent: Sequence[Entry] = (),
) -> list[Row]:
    """All that fits ``wanted``: by how well, then by what was done last, actions before people.

    What can't be done now comes last. Nothing typed fits every action, and nobody.
    """
    wanted = plain(wanted)
    place = {id(entry.action): number for number, entry in enumerate(recent)}
    found: list[tuple[tuple[bool, int, int, bool], Row]] = []
    for entry in entries:
        fits = fit(wanted, entry.plain_name, entry.plain_place)
        if fits is not None:
            last = place.get(id(entry.action), len(place))
            found.append(((bool(entry.reason), fits, last, False), row_of_entry(entry)))
    for line in lines:
        person = line.prospect
        around = plain(f"{person.organisation} {person.role}")
        how = fit(wanted, plain(person.name), around)
        named = _BESIDE if how in (None, Fit.LETTERS) else how
        found.append(((False, named or 0, len(place), True), row_of_prospect(line, seen)))
    found.sort(key=lambda each: each[0])
    return [row for _order, row in found]


class PaletteModel(QAbstractListModel):
    """``more`` is asked for the next prospects when one comes to the end."""

    def __init__(self, more: Callable[[], None]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.page: Page | None = None
        self._more = more

    def show_rows(self, rows: list[Row], page: Page | None) -> None:
        """Show these; ``page`` is where their prospects end."""
        self.beginResetModel()
        self.rows, self.page = rows, page
        self.endResetModel()

    def append(self, page: Page, seen: Seen) -> None:
        """More prospects, below."""
        self.page = page
        if page.lines:
            end = len(self.rows)
            self.beginInsertRows(_NOWHERE, end, end + len(page.lines) - 1)
            self.rows += [row_of_prospect(line, seen) for line in page.lines]
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.page is not None and self.page.more

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._more()
