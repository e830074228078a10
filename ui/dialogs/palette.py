"""One field for everything: what is typed finds actions and prospects, and Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QItemSelectionModel, QLocale, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from fitcheck.domain.listed import Found, Page, ProspectLine, Query
from fitcheck.i18n import _, ngettext
from fitcheck.store.pages import CalledOff
from ui import aloud
from ui.context import Context
from ui.dialogs.field_over_list import FieldOverList
from ui.jobs import Jobs
from ui.models.columns import Seen
from ui.palette.delegate import LineDelegate
from ui.palette.entries import Entry
from ui.palette.model import PaletteModel, Row, ranked
from ui.searching import Search


@dataclass(frozen=True)
class Chosen:
    """What is wanted; ``opened``: a prospect's latest assessment rather than their line."""

    what: Entry | ProspectLine = field(repr=False)
    typed: str = field(repr=False)
    opened: bool = False


class PaletteDialog(FieldOverList):
    """A field, and below it what fits; the arrows move there while one types.

    Prospects are looked for on a thread of its own. What is shown is what was found for all that is
    typed: whoever presses Enter before that is there gets it as soon as it is.
    """

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        entries: Sequence[Entry],
        recent: Sequence[Entry] = (),
        page: str = "",
    ) -> None:
        found = QListView()
        super().__init__(parent, found)
        self.found = found
        self.chosen: Chosen | None = None
        self._context = context
        self._entries = entries
        self._recent = recent
        self._page = page
        self._jobs = Jobs(self)
        self._search = Search(self._jobs)
        self._query = Query()
        self._looking = False
        self._number, self._exact = 0, True
        self._hurried: bool | None = None
        fitcheck = context.fitcheck
        self._seen = Seen(fitcheck.preferences.show_totals, fitcheck.today())
        self.setWindowTitle(_("Find or do anything"))
        self.field.setAccessibleName(_("What to do, or whom to find"))
        self.field.setPlaceholderText(_("An action, a page, or somebody’s name"))
        self.model = PaletteModel(self._read_on)
        self.found.setModel(self.model)
        self._delegate = LineDelegate(self.model, context)
        self.found.setItemDelegate(self._delegate)
        self.found.setUniformItemSizes(True)
        self.found.setAccessibleName(_("What fits"))
        self.field.textChanged.connect(self._look)
        self.found.clicked.connect(lambda _index: self._choose(opened=False))
        self.found.selectionModel().currentChanged.connect(self._moved)
        self._show((), None)
        self.open_at(170, 120)

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        context: Context,
        entries: Sequence[Entry],
        recent: Sequence[Entry] = (),
        page: str = "",
        before: Chosen | None = None,
    ) -> Chosen | None:
        """What is wanted; ``None`` where nothing is. ``before`` has led to another page first."""
        dialog = cls(parent, context, entries, recent, page)
        if before is not None:
            dialog.resume(before)
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        return chosen

    def resume(self, before: Chosen) -> None:
        """Show what was typed, with the same action marked again."""
        self.field.setText(before.typed)
        self._end()
        self._show((), None)
        self.field.selectAll()
        if isinstance(before.what, Entry):
            for number, row in enumerate(self.model.rows):
                if isinstance(row.what, Entry) and row.what.action is before.what.action:
                    self._mark(number)

    def done(self, result: int) -> None:
        self._end()
        self._jobs.close()
        super().done(result)

    # What fits

    @property
    def busy(self) -> bool:
        """Whether somebody is being looked for."""
        return self._search.busy

    @property
    def current(self) -> Row | None:
        """What is marked."""
        row = self.found.currentIndex().row()
        return self.model.rows[row] if row >= 0 else None

    @Slot(str)
    def _look(self, typed: str) -> None:
        self._end()
        wanted = typed.strip()
        if not wanted:
            self._show((), None)
            return
        self._looking = True
        query = self._query = Query(search=wanted)
        listing = self._context.fitcheck.listing
        self._search.start(
            lambda wanted: listing.look(query, whole=False, wanted=wanted),
            self._found,
            self._unread,
        )

    def _end(self) -> None:
        self._search.call_off()
        self._looking, self._hurried = False, None

    def _found(self, found: Found) -> None:
        self._looking = False
        self._show(found.page.lines, found.page, found.number, exact=found.exact)

    def _unread(self, error: BaseException) -> None:
        self._looking = False
        if not isinstance(error, CalledOff):
            self._show((), None)
            self.hint.setText(_("The list of prospects couldn’t be read."))

    @Slot()
    def _read_on(self) -> None:
        page = self.model.page
        if page is None or self._search.busy:
            return
        listing, query, after = self._context.fitcheck.listing, self._query, page.last
        self._search.start(
            lambda _wanted: listing.page(query, after), self._more_found, self._unread
        )

    def _more_found(self, page: Page) -> None:
        self.model.append(page, self._seen)

    def _show(
        self,
        lines: Sequence[ProspectLine],
        page: Page | None,
        number: int = 0,
        *,
        exact: bool = True,
    ) -> None:
        rows = ranked(self.field.text(), self._entries, lines, self._seen, self._recent)
        self.model.show_rows(rows, page)
        self._number, self._exact = number, exact
        first = next((at for at, row in enumerate(rows) if row.enabled), -1)
        self._mark(first)
        if self._hurried is not None:
            self._choose(opened=self._hurried)

    def _mark(self, row: int) -> None:
        self.found.selectionModel().setCurrentIndex(
            self.model.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.found.scrollTo(self.model.index(row, 0))
        self._moved()

    @Slot()
    def _moved(self) -> None:
        row = self.current
        if row is None:
            count = self.model.rowCount()
            self.hint.setText(_("Nothing that can be done now.") if count else _("Nothing fits."))
        elif isinstance(row.what, ProspectLine):
            self.hint.setText(
                _("Enter shows them in the list, Ctrl+Enter opens the latest assessment.")
            )
        elif row.what.page not in ("", self._page):
            self.hint.setText(_("Enter shows that page first, Enter again does it there."))
        else:
            self.hint.setText(self._counted())
        if row is not None:
            aloud.announce(self.field, row.spoken)

    def _counted(self) -> str:
        if not self._number:
            return _("Enter does it.")
        number = QLocale().toString(self._number)
        if not self._exact:
            more = _("Enter does it. More than {count} prospects fit, too.")
            return more.format(count=number)
        return ngettext(
            "Enter does it. {count} prospect fits, too.",
            "Enter does it. {count} prospects fit, too.",
            self._number,
        ).format(count=number)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self._looking:
                self._hurried = control
            else:
                self._choose(opened=control)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, *, opened: bool) -> None:
        row = self.current
        if row is not None and row.enabled:
            self.chosen = Chosen(row.what, self.field.text(), opened)
            self.accept()
