"""The track record (judgement.md, section 9): were the 70 % really 70 %?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.report import RecordSheet
from fitcheck.i18n import _
from ui.context import Context
from ui.drafts import Draft, part_of, under
from ui.pages.page import Page
from ui.theme import space

if TYPE_CHECKING:
    from fitcheck.domain.record import Record
    from ui.record.cases import CasesModel, CasesTable
    from ui.record.marking import MarkingPart
    from ui.record.output import RecordOutput
    from ui.record.sheet import RecordSheetView
    from ui.widgets.chip import Chip
    from ui.widgets.working import Working

_FACES = ("mark", "record", "cases")


class RecordPage(Page):
    """Three faces: what is to be marked, what the outcomes say of the odds, and their list.

    Nothing of it is made before one comes here for the first time. ``changed``: an outcome was
    marked, or one was taken back.
    """

    changed = Signal()

    # A key that is held must not keep the marks of one after the other.
    keys_repeat = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._built = False
        self._face = "mark"
        self._place: Draft = {}
        self._record: Record | None = None
        self.marking: MarkingPart
        self.model: CasesModel
        self.table: CasesTable
        self.output: RecordOutput
        self.chips: dict[str, Chip]
        self.sheet: RecordSheetView | None = None
        for face, (name, key) in {
            "mark": (_("To mark"), "M"),
            "record": (_("The record"), "R"),
            "cases": (_("The outcomes"), "C"),
        }.items():
            self.add_key(name, (key,), partial(self.show_face, face))
        for number in range(4):
            name = _("Mark {number}").format(number=number + 1)
            self.add_key(name, (str(number + 1),), partial(self._toggle, number))
        self.add_key(_("After ninety days, or at the end"), ("O",), self._next_occasion)
        self.add_key(_("In your own words"), ("W",), self._write)
        self.add_key(_("Keep these marks"), ("Ctrl+Return", "Ctrl+Enter"), self._keep)
        self.add_key(_("Undo"), ("Ctrl+Z",), self._undo)
        self.add_key(_("All engagements, or those to mark"), ("A",), self._turn_list)
        self.add_key(_("Out of the field"), ("Esc",), self._out_of_field)
        self.add_key(_("The quarter"), ("Q",), self._quarter)
        self.add_key(_("Print"), ("Ctrl+P",), self._print)
        self.add_key(_("Save as PDF"), ("Ctrl+S",), self._save)
        self.add_key(_("Export as CSV"), ("Ctrl+Shift+S",), self._export)

    # The parts

    def _build(self) -> None:
        from ui.record.cases import CasesModel, CasesTable
        from ui.record.marking import MarkingPart
        from ui.record.output import RecordOutput
        from ui.widgets.chip import Chip
        from ui.widgets.column import Column, scrolling
        from ui.widgets.fault_line import fault_line
        from ui.widgets.flow import FlowLayout
        from ui.widgets.labels import label
        from ui.widgets.working import Working

        self._built = True
        self.chips = {
            "mark": Chip(_("To mark"), _("Key: {key}").format(key="M")),
            "record": Chip(_("The record"), _("Key: {key}").format(key="R")),
            "cases": Chip(_("The outcomes"), _("Key: {key}").format(key="C")),
        }
        self.marking = MarkingPart(self.context)
        self.model = CasesModel()
        self.table = CasesTable(self.model)
        self.output = RecordOutput(self.context, self)
        self.quarter_button = _button(_("The quarter"), "Q")
        self.export_button = _button(_("Export as CSV…"), _("Ctrl+Shift+S"))
        self.save_button = _button(_("Save as PDF…"), _("Ctrl+S"))
        self.print_button = _button(_("Print…"), _("Ctrl+P"))
        self.said = fault_line()
        self.working: Working = Working()
        self.working.setSizePolicy(self.said.sizePolicy())
        self._area: QScrollArea = scrolling(Column())
        # The arrows scroll a record that is taller than the window.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(_("The record"))
        self._faces = QStackedWidget()
        for part in (_inset(self.marking), self._area, _inset(self._list())):
            self._faces.addWidget(part)
        head = QWidget()
        # It goes on in another line where the window is narrow.
        row = FlowLayout(head, gap=space(2), to_the_right=1 + len(self.chips))
        title = label(_("Track record"), "title")
        title.setContentsMargins(0, 0, space(3), 0)
        row.addWidget(title)
        for part in (
            *self.chips.values(),
            self.quarter_button,
            self.export_button,
            self.save_button,
            self.print_button,
        ):
            row.addWidget(part)
        margin = QHBoxLayout()
        margin.setContentsMargins(space(8), 0, space(8), 0)
        margin.addWidget(head)
        foot = QHBoxLayout()
        foot.setContentsMargins(space(8), 0, space(8), 0)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.working, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space(6), 0, space(3))
        layout.setSpacing(space(4))
        layout.addLayout(margin)
        layout.addWidget(self._faces, 1)
        layout.addLayout(foot)
        self._order_keys()
        self.marking.make_room(self.width())
        self._connect()

    def _order_keys(self) -> None:
        """Tab's way through the page."""
        from ui.tab_order import in_order

        buttons = (self.quarter_button, self.export_button, self.save_button, self.print_button)
        in_order(*self.chips.values(), *buttons, self.marking, self._area, self.table)

    def _list(self) -> QWidget:
        from ui.widgets.text import paragraph

        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        self.about_list = paragraph(role="quiet")
        column.addWidget(self.about_list)
        column.addWidget(self.table, 1)
        return whole

    def _connect(self) -> None:
        from ui.widgets.fault_line import tell

        for face, chip in self.chips.items():
            chip.clicked.connect(partial(self.show_face, face))
        self.marking.changed.connect(self._refresh)
        self.marking.changed.connect(self.changed)
        self.table.opened.connect(self.mark_again)
        self.quarter_button.clicked.connect(self._quarter)
        self.export_button.clicked.connect(self._export)
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)
        self.output.busy.connect(self._show_busy)
        self.output.said.connect(lambda text: tell(self.said, text, "quiet"))

    # Coming and going

    def enter(self) -> None:
        if not self._built:
            self._build()
        if self._place:
            place, self._place = self._place, {}
            self._face = place["face"] if place.get("face") in _FACES else "mark"
            self.marking.stand_at(part_of(place, "marking"))
        else:
            self.marking.populate()
        self._refresh()
        self.changed.emit()
        self.show_face(self._face)

    def leave(self) -> bool:
        if not self._built:
            return True
        from ui.dialogs.confirm import ConfirmDialog

        sure = not self.marking.unkept or ConfirmDialog.ask(
            self.window(),
            self.marking.unkept,
            _("“Keep these marks” (Ctrl+Enter) keeps them. If you leave now, they are lost."),
            _("Leave them"),
        )
        if sure:
            self.marking.forget()
        return sure

    def let_go(self) -> bool:
        if self._built:
            self.output.cancel()
        return True  # what isn't kept yet is part of the place

    def forget(self) -> None:
        """Somebody is about to be erased: nothing of anybody stays until the page is shown."""
        self._record = None
        if self._built:
            self.model.show_engagements(())
            self.marking.show_nobody()

    def place(self) -> dict[str, str]:
        if not self._built:
            return dict(self._place)
        return {"face": self._face, **under("marking", self.marking.place())}

    def stand_at(self, place: Draft) -> None:
        self._place = place

    def restyle(self) -> None:
        if self._built:
            self._show_sheet()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._built:
            self.marking.make_room(self.width())
        if self.sheet is not None:
            self.sheet.make_room(self.width())

    # What is shown

    @Slot()
    def _refresh(self) -> None:
        """Read the record anew."""
        self._record = self.context.fitcheck.outcomes.record()
        self.model.show_engagements(self._record.engagements)
        self.about_list.setText(
            _("The odds are those of the day of the decision. Enter marks an outcome again.")
            if self._record.engagements
            else _("No outcome is marked yet.")
        )
        for button in (self.export_button, self.save_button, self.print_button):
            button.setEnabled(bool(self._record.engagements))
        self._show_sheet()

    def _show_sheet(self) -> None:
        from ui.record.sheet import RecordSheetView
        from ui.tab_order import in_order

        if self._record is None:
            return
        top = self._area.verticalScrollBar().value()
        self.sheet = RecordSheetView(self._record, self.context.theme)
        self._area.setWidget(self.sheet)
        self.sheet.setAutoFillBackground(False)
        in_order(self._area, self.table)
        self.sheet.make_room(self.width())
        self._area.verticalScrollBar().setValue(top)

    def show_face(self, face: str, _checked: bool = False) -> None:
        """Show what is to be marked, the record, or the list of outcomes."""
        if not self._built:
            return
        self._face = face
        self._faces.setCurrentIndex(_FACES.index(face))
        for name, chip in self.chips.items():
            chip.show_chosen(name == face)
        if face == "mark":
            self.marking.take_focus()
        elif face == "record":
            self._area.setFocus()
        else:
            self.table.setFocus()

    @Slot(int)
    def mark_again(self, prospect_id: int) -> None:
        """Go to the marks of somebody, to correct them."""
        from fitcheck.outcomes import NoOutcome
        from ui.widgets.fault_line import tell

        try:
            self.marking.choose(prospect_id)
        except NoOutcome as error:
            tell(self.said, str(error))
            return
        except KeyError:  # erased meanwhile
            return
        tell(self.said, "")
        self.show_face("mark")
        self.marking.take_focus_of_marks()

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self.working.show_busy(busy, _("Making the document…"))
        self.said.setVisible(not busy and bool(self.said.text()))
        for button in (self.save_button, self.print_button):
            button.setEnabled(not busy)

    # What can be done

    @property
    def _marks_shown(self) -> bool:
        return self._built and self._face == "mark"

    def _toggle(self, number: int) -> None:
        if self._marks_shown:
            self.marking.toggle(number)

    @Slot()
    def _next_occasion(self) -> None:
        if self._marks_shown:
            self.marking.next_occasion()

    @Slot()
    def _write(self) -> None:
        if self._marks_shown:
            self.marking.form.words.setFocus()

    @Slot()
    def _keep(self) -> None:
        if self._marks_shown:
            self.marking.keep()

    @Slot()
    def _undo(self) -> None:
        if self._marks_shown:
            self.marking.undo()

    @Slot()
    def _turn_list(self) -> None:
        if self._marks_shown:
            self.marking.show_everybody(everybody=not self.marking.everybody)

    @Slot()
    def _out_of_field(self) -> None:
        if self._marks_shown:
            self.marking.out_of_field()

    @Slot()
    def _quarter(self) -> None:
        self.go.emit("quarter")

    def _document(self) -> RecordSheet | None:
        record = self._record
        if record is None or not record.engagements:
            return None
        fitcheck = self.context.fitcheck
        return RecordSheet(fitcheck.preferences.profile, fitcheck.today(), record)

    @Slot()
    def _print(self) -> None:
        if (sheet := self._document()) is not None:
            self.output.print(sheet)

    @Slot()
    def _save(self) -> None:
        if (sheet := self._document()) is not None:
            self.output.save(sheet)

    @Slot()
    def _export(self) -> None:
        if (sheet := self._document()) is not None:
            self.output.export(sheet)


def _button(text: str, keys: str) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(_("Key: {key}").format(key=keys))
    return made


def _inset(part: QWidget) -> QWidget:
    """``part`` with the margins of a page."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(space(8), 0, space(8), 0)
    layout.addWidget(part)
    return whole
