"""The book: everyone one has spoken to, found as one types, and where the next talk begins."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.listed import Phase, ProspectLine, Query
from fitcheck.i18n import _
from ui import messages
from ui.bulk import BulkActions
from ui.context import Context
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.drafts import Draft
from ui.frame import DETAILS, ROOMY
from ui.icons import icon
from ui.list_menus import ListMenus
from ui.models.prospects import ProspectModel
from ui.pages.page import Page
from ui.prospect_actions import ProspectActions
from ui.prospect_finder import KEPT, ProspectFinder
from ui.referring import ReferralActions
from ui.rights import PersonActions
from ui.theme import set_role, space
from ui.widgets.empty_book import empty_book, nobody_matches, nothing_due
from ui.widgets.labels import label
from ui.widgets.list_filters import ListFilters
from ui.widgets.period_actions import PeriodActions
from ui.widgets.phase_chips import PhaseChips
from ui.widgets.prospect_details import ProspectDetails
from ui.widgets.prospect_table import ProspectTable
from ui.widgets.search_field import SearchField


class ProspectsPage(Page):
    """``actions_of_prospect`` are what can be done with the chosen ones, for the menu, and
    ``actions_of_list`` what can be done about the list.

    ``table`` is the list that a start has shown already (:mod:`ui.first_list`).
    """

    def __init__(self, context: Context, table: ProspectTable | None = None) -> None:
        super().__init__(context)
        self._entered = False
        self._stood_at = ""
        self._detailed: ProspectLine | None = None
        self.table = table or ProspectTable(context.theme, ProspectModel())
        self.model = self.table.prospects
        self.layout_ = self.table.layout_
        self.filters = ListFilters(lambda: context.fitcheck.listing)
        self.finder = ProspectFinder(context, self.model, self.query, self._current_id)
        self.search = SearchField(self.table)
        self.details = ProspectDetails()
        self.dates = PeriodActions(context, self, self.details)
        self.rights = PersonActions(context, self, self.details.keeping)
        self.bulk = BulkActions(context, self, self.details)
        self.referring = ReferralActions(context, self, self.details.referrals, self.bulk.strip)
        self.filter = PhaseChips()
        self.chips = self.filter.chips
        self.count = label("", "quiet")
        self.new_button = QPushButton(_("New prospect"))
        self.first_button = QPushButton(_("New prospect"))
        self.contacts_button = QPushButton(_("Import contacts…"))
        self.sample_button = QPushButton(_("Add sample prospects"))
        self.clear_button = QPushButton(_("Show everyone"))
        self.not_due_button = QPushButton(_("Show everyone"))
        self.views = QStackedWidget()
        self.acts = ProspectActions(context, self)
        self._of_one = (
            *self.acts.actions,
            *self.dates.actions,
            *self.referring.actions,
            *self.rights.actions,
        )
        self.actions_of_prospect = (*self._of_one, self.acts.beside, *self.bulk.actions)
        self.menus = ListMenus(context, self, self.layout_, self.filter, self.filters, self._met_at)
        self.actions_of_list = self.menus.actions
        self._lay_out()
        self._connect()
        self.restyle()
        self.menus.restore()

    # The parts

    def _lay_out(self) -> None:
        set_role(self.new_button, "primary")
        self.new_button.setToolTip(_("New prospect (Ctrl+N)"))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(label(_("Prospects"), "title"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for button in self.menus.buttons:
            head.addWidget(button)
        head.addWidget(self.new_button)
        self.finding = QWidget()
        row = QHBoxLayout(self.finding)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        self.search.setMaximumWidth(space(110))
        row.addWidget(self.search, 1)
        row.addSpacing(space(3))
        row.addWidget(self.filter)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(3))
        layout.setSpacing(space(4))
        layout.addLayout(head)
        layout.addWidget(self.finding)
        layout.addWidget(self.filters)
        layout.addWidget(self.bulk.tag_bar)
        layout.addWidget(self.rights.reminder, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.dates.follow_ups.strip)
        layout.addWidget(self.views, 1)
        layout.addWidget(self.bulk.strip)
        self.views.addWidget(self._book())
        self.views.addWidget(
            empty_book(self.first_button, self.contacts_button, self.sample_button)
        )
        self.views.addWidget(nobody_matches(self.clear_button))
        self.views.addWidget(nothing_due(self.not_due_button))

    def _book(self) -> QWidget:
        book = QWidget()
        row = QHBoxLayout(book)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(self.table, 1)
        self.details.setFixedWidth(max(space(DETAILS), min(self.details.needed(), space(88))))
        row.addWidget(self.details)
        return book

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.acts.new_prospect)
        self.first_button.clicked.connect(self.acts.new_prospect)
        self.sample_button.clicked.connect(self.acts.add_samples)
        self.clear_button.clicked.connect(self.clear_search)
        self.not_due_button.clicked.connect(self.clear_search)
        self.search.textChanged.connect(self.finder.look)
        self.search.returnPressed.connect(self._open_found)
        self.filter.chosen.connect(self.finder.look)
        self.filters.changed.connect(self.finder.look)
        self.layout_.sorted_anew.connect(self.finder.look)
        self.finder.shown.connect(self._show_found)
        self.finder.counted.connect(self._show_count)
        self.finder.failed.connect(self._unread)
        self.model.failed.connect(self._unread)
        # Later, since it is found out while the table is being drawn.
        self.model.changed.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        self.bulk.changed.connect(self.refresh)
        self.table.opened.connect(self.acts.open_prospect)
        self.table.chosen.connect(self._show_details)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.details.open_assessment.connect(self.open_assessment)
        self.details.new_assessment.connect(self.acts.begin)
        self.details.edit.connect(self.acts.edit_current)
        self.acts.changed.connect(self.refresh)
        self.acts.open_assessment.connect(self.open_assessment)
        self.acts.hand_over.connect(self.hand_over)
        self.dates.changed.connect(self.refresh)
        self.dates.begun.connect(self.open_assessment)
        self.referring.changed.connect(self.refresh)
        self.rights.let_go_of.connect(self.clear_search)
        self.rights.let_go_of.connect(self.dates.follow_ups.let_go_of)
        self.rights.changed.connect(self.refresh)

    # Coming and going

    def enter(self) -> None:
        self._entered = True
        self.refresh()
        self.rights.look_soon()
        if self.views.currentIndex() == 0:
            self.table.setFocus()
        elif self.views.currentIndex() == 1:
            self.first_button.setFocus()
        else:
            self.search.setFocus()

    def leave(self) -> bool:
        self._entered = False
        self.rights.timer.stop()
        for action in self.actions_of_prospect:
            action.setEnabled(False)
        self.menus.allow(False)
        self.menus.keep()
        return True

    def place(self) -> dict[str, str]:
        line = self.current()
        return {
            "search": self.search.text(),
            "phase": self.filter.phase.value,
            "prospect": str(line.id) if line else "",
        }

    def stand_at(self, place: Draft) -> None:
        self.search.setText(place.get("search", ""))
        kept = next((p for p in Phase if p.value == place.get("phase")), Phase.ALL)
        self.filter.show_phase(kept)
        self.refresh()
        self._stood_at = place.get("prospect", "")
        if self._stood_at.isdecimal():
            row = self.finder.row_of(int(self._stood_at))
            if row is not None:
                self.table.choose(row)

    def resume(self, dialog: str, draft: Draft) -> None:
        if dialog == NewProspectDialog.draft_name:
            self.acts.ask_new(draft)
            return
        line = self.current()
        # Never over somebody else, where the one who was asked about is gone.
        if line is None or str(line.id) != self._stood_at:
            return
        if dialog == EditProspectDialog.draft_name:
            self.acts.ask_edited(draft)
        else:
            self.dates.resume(dialog, draft)
            self.referring.referrals.resume(dialog, draft)

    def restyle(self) -> None:
        theme = self.context.theme
        self.new_button.setIcon(icon("plus", theme.on_accent))
        self.first_button.setIcon(icon("plus", theme.on_accent))
        for button in (self.new_button, self.first_button):
            button.setIconSize(QSize(space(4.5), space(4.5)))
        for action in self.search.actions():
            self.search.removeAction(action)
        mark = self.search.addAction(
            icon("search", theme.quiet), QLineEdit.ActionPosition.LeadingPosition
        )
        mark.setEnabled(False)
        self.table.restyle(theme)

    @Slot()
    def refresh(self) -> None:
        """Show what the book holds now; who is chosen stays chosen."""
        chosen = self.chosen_ids() if 1 < self.table.number_chosen() <= KEPT else ()
        self.finder.look_now()
        if chosen:
            places = self.context.fitcheck.listing.places_of(self.finder.query, chosen)
            self.table.choose_all(places.values(), self.table.current_row())

    @Slot(object)
    def _show_found(self, place: int | None) -> None:
        query, rows = self.finder.query, self.model.rowCount()
        filtered = self.filters.any
        everyone = not query.search and query.phase is Phase.ALL and not filtered
        nothing_due = not query.search and query.phase is Phase.DUE and not filtered
        if self.finder.anew:
            self.filter.show_due(self.context.fitcheck.due())
        self.views.setCurrentIndex(0 if rows else 1 if everyone else 3 if nothing_due else 2)
        for part in (self.finding, self.new_button, *self.menus.buttons):
            part.setVisible(bool(rows) or not everyone)
        self.menus.allow(self._entered and (bool(rows) or not everyone))
        if rows:
            # What follows would be done twice, once for having chosen.
            with QSignalBlocker(self.table):
                self.table.choose(place or 0)
        # While one types, it is the same prospect most of the time, and nothing new about them.
        if self.finder.anew or self.current() != self._detailed or self.table.number_chosen() > 1:
            self._show_details()
        else:
            self._show_count()

    @Slot()
    def _show_count(self) -> None:
        self.count.setText(self.finder.number_text(self.table.number_chosen()))

    def query(self) -> Query:
        """What is asked for."""
        return self.menus.query(self.search.text().strip())

    def chosen_ids(self) -> tuple[int, ...]:
        """Whoever is chosen, in the order of the list."""
        return self.finder.ids(self.table.ranges())

    def _current_id(self) -> int | None:
        line = self.current()
        return None if line is None else line.id

    def _met_at(self) -> str:
        line = self.current()
        return "" if line is None else line.prospect.met_at

    @Slot(object)
    def _unread(self, error: BaseException) -> None:
        happened = _("The list couldn’t be read.")
        messages.tell(self.window(), messages.of_error(error, happened))

    def _roomy(self) -> bool:
        """Whether there is room for the details beside the book."""
        return self.width() >= space(ROOMY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.details.setVisible(self._roomy() and self.current() is not None)

    def current(self) -> ProspectLine | None:
        """The chosen prospect."""
        row = self.table.current_row()
        return None if row is None else self.model.line_at(row)

    @Slot()
    def _show_details(self) -> None:
        line = self._detailed = self.current()
        several = self.table.number_chosen() > 1
        # What is done to one is never done while it could be meant for several.
        alone = line is not None and self._entered and not several
        for action in self._of_one:
            action.setEnabled(alone)
        self.acts.beside.setEnabled(self._entered and several)
        self.details.setVisible(line is not None and self._roomy())
        if line is not None:
            fitcheck = self.context.fitcheck
            shown = fitcheck.preferences.show_totals
            self.details.show_prospect(line, fitcheck.assessments(line.id), shown)
            self.details.about.show_about(fitcheck.abouts.about(line.id))
        self.dates.show_prospect(line, entered=alone)
        self.referring.show_prospect(line.id if line else None)
        self.rights.show_prospect(line)
        self.bulk.show_chosen(line, self.table.number_chosen(), entered=self._entered)
        self._show_count()

    # Searching

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search, with what is there selected."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def focus_list(self) -> None:
        """Lead back into the list."""
        self.table.setFocus()

    @Slot()
    def clear_search(self) -> None:
        """Show everyone again."""
        self.filter.show_phase(Phase.ALL)
        self.filters.clear()
        self.search.clear()
        self.refresh()
        self.search.setFocus()

    @Slot()
    def _open_found(self) -> None:
        self.refresh()
        self.acts.open_current()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.actions_of_prospect))
        menu.popup(self.table.viewport().mapToGlobal(place))
