"""What can be done with several prospects at once: tagged, and written into a table.

Nobody is asked whether they are sure: what was done is said, and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from fitcheck.domain.listed import ProspectLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, ngettext
from ui import messages
from ui.chosen_action import chosen_action
from ui.context import Context
from ui.widgets.prospect_details import ProspectDetails
from ui.widgets.tag_bar import TagBar
from ui.widgets.undo_strip import Done, UndoStrip

if TYPE_CHECKING:
    from ui.pages.prospects import ProspectsPage

_MANY = 200
"""Prospects from which on it takes long enough to be watched."""


class BulkActions(QObject):
    """``actions`` are for the menu; ``changed`` says that prospects were."""

    changed = Signal()
    export_asked = Signal()

    def __init__(self, context: Context, page: ProspectsPage, details: ProspectDetails) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._number = 0
        self._line: ProspectLine | None = None
        self.tag_bar = TagBar()
        self.strip = UndoStrip()
        self.tag_action = chosen_action(self, _("&Tags…"), "Ctrl+Shift+T", self.ask_tags)
        self.export_action = chosen_action(
            self, _("Export the chosen as CS&V…"), "Ctrl+Shift+X", self.export_asked.emit
        )
        self.actions = (self.tag_action, self.export_action)
        page.add_key(_("Undo"), ("Ctrl+Z",), self.strip.undo)
        page.add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self.strip.redo)
        self.tag_bar.added.connect(self.add_tag)
        self.tag_bar.removed.connect(self.remove_tag)
        self.tag_bar.closed.connect(page.focus_list)
        self.strip.changed.connect(self.changed)
        details.tags_asked.connect(self.ask_tags)

    def show_chosen(self, line: ProspectLine | None, number: int, *, entered: bool) -> None:
        """Let it be about whoever is chosen now."""
        self._line, self._number = line, number
        for action in self.actions:
            action.setEnabled(entered and line is not None and number > 0)
        if line is None or not entered:
            self.tag_bar.hide()
        elif self.tag_bar.isVisible():
            self._fill()

    # Tags

    @Slot()
    def ask_tags(self) -> None:
        """Show the tags of whoever is chosen, to be added to and taken away."""
        if self._line is not None:
            self._fill()
            self.tag_bar.open()

    def _fill(self) -> None:
        listing, line = self._context.fitcheck.listing, self._line
        if line is not None:
            of_them = listing.tags_of(self._page.chosen_ids())
            self.tag_bar.show_tags(line.prospect.name, self._number, of_them, listing.tags())

    @Slot(str)
    def add_tag(self, tag: str) -> None:
        """Give whoever is chosen this tag."""
        name = " ".join(tag.split())
        if not name:
            return

        def said(number: int) -> str:
            text = ngettext(
                "{count} prospect was tagged “{tag}”.",
                "{count} prospects were tagged “{tag}”.",
                number,
            )
            return text.format(count=number, tag=name)

        self._tag(said, add=(name,))

    @Slot(str)
    def remove_tag(self, tag: str) -> None:
        """Take this tag away from whoever is chosen."""

        def said(number: int) -> str:
            text = ngettext(
                "The tag “{tag}” was taken away from {count} prospect.",
                "The tag “{tag}” was taken away from {count} prospects.",
                number,
            )
            return text.format(count=number, tag=tag)

        self._tag(said, remove=(tag,))

    def _tag(
        self,
        said: Callable[[int], str],
        add: Collection[str] = (),
        remove: Collection[str] = (),
    ) -> None:
        ids, listing = self._page.chosen_ids(), self._context.fitcheck.listing
        before: dict[int, tuple[str, ...]] = {}

        def work(report: Callable[[float], None]) -> None:
            for some in listing.tagging(ids, add, remove):
                before.update(some)
                report(len(before) / len(ids))

        def undo() -> Callable[[], object]:
            listing.retag(before)
            return lambda: listing.tag(before, add, remove)

        self._do(work, len(ids))
        # As far as it came, where it was called off or failed half-way.
        if before:
            self.strip.offer(Done(said(len(before)), undo))
        self.changed.emit()

    def _do(self, work: Callable[[Callable[[float], None]], None], number: int) -> None:
        window = self._page.window()
        try:
            if number <= _MANY:
                work(lambda _done: None)
                return
            from ui.dialogs.progress import ProgressDialog  # few are so many

            ProgressDialog.run(
                window,
                self._context.jobs,
                _("Tagging"),
                _("Whoever is tagged by the time you cancel stays so, and can be undone."),
                work,
            )
        except FitCheckError as error:
            kept = _("Everything else in your book is as it was.")
            messages.tell(window, messages.of_error(error, _("Not all of them were tagged."), kept))

    def forget(self) -> None:
        """Somebody is about to be erased: nothing of theirs stays here."""
        self.strip.forget()
        self.tag_bar.hide()
