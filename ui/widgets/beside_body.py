"""The page of prospects side by side: the table, what is said above it, and its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.comparing import MOST, SideBySide
from fitcheck.i18n import _
from ui.context import Context
from ui.models.beside import BesideModel, lines_of
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.beside_table import BesideTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.fault_line import announce
from ui.widgets.key_tip import name_key
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class BesideBody(QWidget):
    """``opened`` names an assessment to be looked at, ``back`` leads to the list."""

    opened = Signal(int)
    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.ids: list[int] = []
        self._removed: tuple[int, int, str] | None = None
        self._found = SideBySide((), (), None)
        self.model = BesideModel()
        self.table = BesideTable(context, self.model)
        self.only_differing = QCheckBox(_("Only what &differs"))
        self.only_differing.setToolTip("D")
        self.left_button = QPushButton(_("Move left"))
        self.left_button.setToolTip(_("Alt+←"))
        self.right_button = QPushButton(_("Move right"))
        self.right_button.setToolTip(_("Alt+→"))
        self.remove_button = QPushButton(_("Take out"))
        self.remove_button.setToolTip(_("Take the chosen column out (Delete)"))
        self.open_button = QPushButton(_("Open"))
        self.open_button.setToolTip(_("Open the assessment of the chosen column (Enter)"))
        self.back_button = QPushButton(_("To the list"))
        name_key(self.back_button, "Esc")
        self.undo_label = label("", "quiet")
        self.undo_button = QPushButton(_("Put back"))
        name_key(self.undo_button, "Ctrl+Z")
        self.notes = paragraph("", "quiet")
        self.empty_button = QPushButton(_("To the list"))
        name_key(self.empty_button, "Esc")
        self.too_few = EmptyState(_("Nobody side by side yet"), "", self.empty_button)
        self.views = QStackedWidget()
        self._lay_out()
        self._connect()
        self._offer_undo(None)

    def _lay_out(self) -> None:
        for button in (self.left_button, self.right_button, self.remove_button, self.undo_button):
            set_role(button, "plain")
        set_role(self.empty_button, "primary")
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(label(_("Side by side"), "title"))
        head.addStretch(1)
        head.addWidget(self.undo_label)
        head.addWidget(self.undo_button)
        head.addWidget(self.back_button)
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(self.only_differing)
        row.addStretch(1)
        for button in (self.left_button, self.right_button, self.remove_button, self.open_button):
            row.addWidget(button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self.tools)
        column.addWidget(self.table, 1)
        self.views.addWidget(whole)
        self.views.addWidget(self.too_few)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(4))
        layout.setSpacing(space(3))
        layout.addLayout(head)
        layout.addWidget(self.notes)
        layout.addWidget(self.views, 1)
        in_order(
            self.undo_button, self.back_button, self.only_differing, self.left_button,
            self.right_button, self.remove_button, self.open_button, self.table,
        )  # fmt: skip

    def _connect(self) -> None:
        self.only_differing.toggled.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self.move_column)
        self.table.removed.connect(self.remove)
        self.table.selectionModel().currentColumnChanged.connect(self._allow)
        self.model.modelReset.connect(self._allow)
        self.left_button.clicked.connect(lambda: self._with_current(self.move_column, -1))
        self.right_button.clicked.connect(lambda: self._with_current(self.move_column, 1))
        self.remove_button.clicked.connect(lambda: self._with_current(self.remove))
        self.open_button.clicked.connect(lambda: self._with_current(self._open))
        self.undo_button.clicked.connect(self.undo)
        self.back_button.clicked.connect(self.back)
        self.empty_button.clicked.connect(self.back)

    # Who is shown

    def show_prospects(self, ids: Sequence[int]) -> None:
        """Show these, in this order; more than there is room for are said and left out."""
        self.ids = list(dict.fromkeys(ids))
        self._offer_undo(None)
        self.populate()

    def populate(self) -> None:
        """Show what the book holds of them now."""
        self._found = self._context.fitcheck.comparing.side_by_side(self.ids)
        self._show()

    def enter(self) -> None:
        self.populate()
        (self.table if self._found.table is not None else self.empty_button).setFocus()

    @Slot()
    def _show(self) -> None:
        found = self._found
        there = found.table is not None
        self.views.setCurrentIndex(0 if there else 1)
        self.back_button.setVisible(there)
        notes = self._notes()
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(there and bool(notes))
        if not there:
            hint = _(
                "Choose two prospects or more in the list, each with an assessment that is "
                "finished, and show them side by side."
            )
            self.too_few.text.setText(" ".join([*notes, hint]))
            self.model.show_lines((), [])
            return
        column = self.table.current_column() or 0
        names = tuple(each.judged.assessment.prospect.name for each in found.columns)
        only = self.only_differing.isChecked()
        self.model.show_lines(names, lines_of(found, only_differing=only))
        self.table.choose(min(column, len(names) - 1))

    def _notes(self) -> list[str]:
        found, said = self._found, []
        if len(self.ids) > MOST:
            said.append(_("The first {count} are shown.").format(count=MOST))
        for prospect in found.unfinished:
            said.append(
                _("{name} has no finished assessment, and is left out.").format(name=prospect.name)
            )
        if found.table is not None and found.table.other_rules:
            said.append(
                _(
                    "Not all were judged by the same questions, policy and appetite, so that part "
                    "of what differs may be due to those."
                )
            )
        if found.table is not None:
            said.append(_("Nobody is ranked: whom you choose is yours to say."))
        return said

    # The columns

    @Slot()
    def _allow(self) -> None:
        column, number = self.table.current_column(), self.model.columnCount()
        self.left_button.setEnabled(column is not None and column > 0)
        self.right_button.setEnabled(column is not None and column < number - 1)
        for button in (self.remove_button, self.open_button):
            button.setEnabled(column is not None)

    def _with_current(self, act: object, *more: int) -> None:
        column = self.table.current_column()
        if column is not None and callable(act):
            act(column, *more)

    @Slot(int, int)
    def move_column(self, column: int, by: int) -> None:
        """Move a column to the left or to the right; it stays the chosen one."""
        shown = [each.prospect_id for each in self._found.columns]
        to = column + by
        if not 0 <= to < len(shown):
            return
        shown.insert(to, shown.pop(column))
        self.ids = [*shown, *(id_ for id_ in self.ids if id_ not in shown)]
        self.populate()
        self.table.choose(to)

    @Slot(int)
    def remove(self, column: int) -> None:
        """Take somebody out of the comparison; nothing in the book changes."""
        one = self._found.columns[column]
        at = self.ids.index(one.prospect_id)
        self.ids.remove(one.prospect_id)
        self._offer_undo((at, one.prospect_id, one.judged.assessment.prospect.name))
        self.populate()
        (self.table if self._found.table is not None else self.undo_button).setFocus()

    def _offer_undo(self, removed: tuple[int, int, str] | None) -> None:
        self._removed = removed
        said = _("{name} was taken out.").format(name=removed[2]) if removed else ""
        self.undo_label.setText(said)
        for part in (self.undo_label, self.undo_button):
            part.setVisible(removed is not None)
        if said:
            announce(self, said)

    @Slot()
    def undo(self) -> None:
        """Put the column back that was taken out last, where it stood."""
        if self._removed is not None:
            at, id_, _name = self._removed
            self.ids.insert(at, id_)
            self._offer_undo(None)
            self.populate()
            self.table.setFocus()

    @Slot(int)
    def _open(self, column: int) -> None:
        self.opened.emit(self._found.columns[column].assessment_id)

    def restyle(self) -> None:
        self.table.measure()
        self.table.viewport().update()
        self.table.verticalHeader().viewport().update()
