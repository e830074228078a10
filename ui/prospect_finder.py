"""What the list of prospects shows: asked as one types, on a thread of its own.

What is typed supersedes what was being looked for: that is called off in the middle, and what is
shown stays until the answer is there. Whatever is refreshed because the book has changed is there
at once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from fitcheck.domain.listed import Found, Query
from fitcheck.i18n import _, ngettext
from ui.context import Context
from ui.jobs import Jobs
from ui.models.columns import Seen
from ui.models.prospects import ProspectModel
from ui.searching import Search

KEPT = 500
"""Prospects who stay chosen while the list is read anew; more of them are chosen by Ctrl+A."""

_COUNT_AFTER = 150
"""Milliseconds after the last key until those are counted who aren't seen at first."""

_NEAR = 200
"""Rows from the top in which a chosen prospect is found though not everybody is counted."""


class ProspectFinder(QObject):
    """Fills the model with what ``asked`` for; ``chosen`` names whoever is to stay in sight.

    ``shown`` says that the model shows something else, and at which row whoever was chosen is now;
    ``counted`` that all of it has been counted; ``failed`` that the book couldn't be read.
    """

    shown = Signal(object)
    counted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        context: Context,
        model: ProspectModel,
        asked: Callable[[], Query],
        chosen: Callable[[], int | None],
    ) -> None:
        super().__init__()
        self._context = context
        self._model = model
        self._asked = asked
        self._chosen = chosen
        self._jobs = Jobs(self)
        self._search = Search(self._jobs)
        self.query = Query()
        """What is shown."""
        # Who types on isn't held up by what only says how many there are.
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        self.anew = False
        """Whether it is shown because the book has changed, not because something else is asked."""
        context.ending.append(self._end)

    @property
    def busy(self) -> bool:
        """Whether something is being looked for."""
        return self._search.busy or self._counting.isActive()

    def look(self) -> None:
        """Look for what is asked now, in place of what is being looked for."""
        self._counting.stop()
        listing, query, chosen = self._context.fitcheck.listing, self._asked(), self._chosen()
        self._search.start(
            lambda wanted: listing.look(query, chosen, whole=False, wanted=wanted),
            lambda found: self._show(found, anew=False),
            self.failed.emit,
        )

    def look_now(self, *, whole: bool = False) -> None:
        """Show at once what is asked now; with ``whole``, all of it counted."""
        self._call_off()
        chosen = self._chosen()
        row = None if chosen is None else self._model.row_of(chosen)
        whole = whole or (row is not None and row >= _NEAR)
        found = self._context.fitcheck.listing.look(self._asked(), chosen, whole=whole)
        self._show(found, anew=True)

    def count(self) -> None:
        """Count at once what is still being counted."""
        if not self._model.exact:
            self._call_off()
            self._counted(self._context.fitcheck.listing.number(self.query))

    # Whom it shows

    def row_of(self, prospect_id: int) -> int | None:
        """The row of a prospect, wherever in the list it is."""
        rows = self._context.fitcheck.listing.places_of(self.query, [prospect_id])
        return rows.get(prospect_id)

    def ids(self, ranges: list[range]) -> tuple[int, ...]:
        """Whoever stands in these rows."""
        if sum(map(len, ranges)) <= KEPT:
            found = (self._model.line_at(row) for each in ranges for row in each)
            return tuple(line.id for line in found if line is not None)
        listing = self._context.fitcheck.listing
        return tuple(
            id_ for each in ranges for id_ in listing.ids(self.query, each.start, len(each))
        )

    def number_text(self, chosen: int) -> str:
        """How many there are, and how many of them are chosen, if it is more than one."""
        rows = self._model.rowCount()
        number = QLocale().toString(rows)
        if not rows:
            return ""
        if self._model.exact:
            text = ngettext("{count} prospect", "{count} prospects", rows).format(count=number)
        else:
            text = _("More than {count} prospects").format(count=number)
        if chosen < 2:
            return text
        return _("{all}, {count} chosen").format(all=text, count=QLocale().toString(chosen))

    # How it looks for them

    def _call_off(self) -> None:
        self._counting.stop()
        self._search.call_off()

    def _end(self) -> None:
        self._call_off()
        self._jobs.close()
        self._model.rest()

    def _show(self, found: Found, *, anew: bool) -> None:
        self.anew = anew
        self.query = found.query
        fitcheck = self._context.fitcheck
        seen = Seen(fitcheck.preferences.show_totals, fitcheck.today())
        self._model.show_found(found, fitcheck.listing.page, seen)
        self.shown.emit(found.place)
        if not found.exact and not self._search.busy:
            self._counting.start()

    def _count(self) -> None:
        listing, query = self._context.fitcheck.listing, self.query
        self._search.start(
            lambda wanted: listing.number(query, wanted), self._counted, self.failed.emit
        )

    def _counted(self, number: int) -> None:
        self._model.grow(number)
        self.counted.emit()
