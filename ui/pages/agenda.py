"""Follow-ups (I25): what is due, overdue and to come, of everybody in the book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QVBoxLayout

from fitcheck.domain.follow_up import Entry, Standing, days_later, months_later
from fitcheck.errors import FitCheckError
from fitcheck.follow_up_words import purpose_name
from fitcheck.following_up import Done
from fitcheck.i18n import N_, _, ngettext
from reports.follow_up_words import strip_heading
from ui import messages
from ui.aloud import announce
from ui.context import Context
from ui.drafts import Draft
from ui.models.agenda import AgendaModel
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.widgets.agenda_body import AgendaBody

_PUT_OFF = {
    "day": lambda day: days_later(day, 1),
    "week": lambda day: days_later(day, 7),
    "month": lambda day: months_later(day, 1),
}

_KEYS = {
    "done": (N_("Done"), ("D",)),
    "day": (N_("A day later"), ("+",)),
    "week": (N_("A week later"), ("W",)),
    "month": (N_("A month later"), ("M",)),
    "move": (N_("Another day…"), ("T",)),
    "new": (N_("New follow-up…"), ("N", "Ins")),
    "remove": (N_("Remove"), ("Del",)),
    "undo": (N_("Undo"), ("Ctrl+Z",)),
    "open": (N_("Show the prospect"), ("P",)),
    "check_up": (N_("Check up, in twelve minutes"), ("C",)),
    "again": (N_("Assess again"), ("A",)),
    "outcome": (N_("Mark how it came out"), ("O",)),
    "line": (N_("Over the years"), ("Y",)),
    "export": (N_("Export as calendar file…"), ("Ctrl+S",)),
}
"""What can be done, by the names of the body's buttons, with the keys."""


class AgendaPage(Page):
    """``open_prospect``, ``open_line``, ``check_up``, ``assess_again`` and ``mark_outcome`` name
    a prospect.
    """

    open_prospect = Signal(int)
    open_line = Signal(int)
    check_up = Signal(int)
    assess_again = Signal(int)
    mark_outcome = Signal(int)

    keys_repeat = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = AgendaModel(context.fitcheck.follow_ups.page)
        self.body: AgendaBody | None = None
        self._undo: list[Done] = []
        self._stood_at = ""
        self._moving: tuple[int, ...] = ()
        slots: dict[str, Callable[[], object]] = {
            "done": self.tick_off,
            **{name: partial(self.put_off, name) for name in _PUT_OFF},
            "move": self.move_chosen,
            "new": self.new,
            "remove": self.remove,
            "undo": self.undo,
            "open": lambda: self._tell(self.open_prospect),
            "check_up": lambda: self._tell(self.check_up),
            "again": lambda: self._tell(self.assess_again),
            "outcome": lambda: self._tell(self.mark_outcome),
            "line": lambda: self._tell(self.open_line),
            "export": self.export,
        }
        self._slots = slots
        for name, (text, keys) in _KEYS.items():
            self.add_key(_(text), keys, slots[name])

    # Page

    def enter(self) -> None:
        """Show what there is today; the page is built when it is entered for the first time."""
        if self.body is None:
            self._build()
        self.refresh()
        assert self.body is not None
        self.body.take_focus()

    def _build(self) -> None:
        from ui.widgets.agenda_body import AgendaBody  # few starts need it

        self.body = AgendaBody(self.context, self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        for name, button in self.body.buttons.items():
            button.clicked.connect(self._slots[name])
        self.body.first_button.clicked.connect(self.new)
        self.body.list.opened.connect(lambda: self._tell(self.open_prospect))
        self.body.list.chosen.connect(self._show_chosen)

    def forget(self) -> None:
        """Somebody is about to be erased: nothing of anybody stays until the page is shown."""
        self._undo, self._moving = [], ()
        self.model.show_nothing()
        if self.body is not None:
            self.body.show_chosen((), self.context.fitcheck.today(), undo=False)

    def place(self) -> dict[str, str]:
        entry = self.body.list.current() if self.body else None
        moving = ",".join(map(str, self._moving))
        return {"at": str(entry.id) if entry else self._stood_at, "moving": moving}

    def stand_at(self, place: Draft) -> None:
        self._stood_at = place.get("at", "")
        ids = place.get("moving", "").split(",")
        self._moving = tuple(int(id_) for id_ in ids if id_.isdecimal())

    def resume(self, dialog: str, draft: Draft) -> None:
        from ui.dialogs.follow_up import FollowUpDialog, MoveDialog  # few starts need them

        if dialog == FollowUpDialog.draft_name:
            self._ask_new(draft)
        elif dialog == MoveDialog.draft_name:
            self._ask_move(draft)

    def restyle(self) -> None:
        if self.body is not None:
            self.body.list.viewport().update()

    def refresh(self, at: int | None = None) -> None:
        """Show what the book holds now; what was chosen stays chosen, or what came next is.

        ``at`` is the follow-up to stand at instead.
        """
        body = self.body
        if body is None:
            return
        follow_ups, today = self.context.fitcheck.follow_ups, self.context.fitcheck.today()
        current, row = body.list.current(), body.list.currentIndex().row()
        counts = follow_ups.counts()
        self.model.show_all(counts, today)
        body.show_count(
            sum(counts.values()), strip_heading(counts[Standing.OVERDUE], counts[Standing.DUE])
        )
        if at is None and self._stood_at.isdecimal():
            at = int(self._stood_at)
        elif at is None and current is not None:
            at = current.id
        self._stood_at = ""
        there = None if at is None else self.model.row_of(at)
        there = self.model.nearest(max(row, 0)) if there is None else there
        if there is not None:
            body.list.choose(there)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        if self.body is not None:
            entries = self.body.list.entries()
            self.body.show_chosen(entries, self.context.fitcheck.today(), undo=bool(self._undo))

    def _chosen(self) -> tuple[Entry, ...]:
        return self.body.list.entries() if self.body else ()

    def _tell(self, wanted: SignalInstance) -> None:
        entry = self.body.list.current() if self.body else None
        if entry is not None:
            wanted.emit(entry.prospect_id)

    # Doing

    @Slot()
    def tick_off(self) -> None:
        """The chosen ones are done."""
        ids = [entry.id for entry in self._chosen()]
        if ids:
            said = ngettext("Done: {what}.", "{count} follow-ups done.", len(ids))
            self._do(lambda: self.context.fitcheck.follow_ups.done(ids), said)

    def put_off(self, by: str, _checked: bool = False) -> None:
        """Put the chosen ones off by a day, a week or a month: of today, where they are late."""
        ids = [entry.id for entry in self._chosen()]
        if ids:
            said = ngettext("Moved: {what}.", "{count} follow-ups moved.", len(ids))
            self._do(lambda: self.context.fitcheck.follow_ups.put_off(ids, _PUT_OFF[by]), said)

    @Slot()
    def move_chosen(self) -> None:
        """Ask for another day for the chosen ones."""
        self._moving = tuple(entry.id for entry in self._chosen())
        self._ask_move({})

    def _ask_move(self, draft: Draft) -> None:
        """Ask for another day for those that are to be moved, as far as they are still there."""
        from ui.dialogs.follow_up import MoveDialog  # few starts need it

        follow_ups, found = self.context.fitcheck.follow_ups, []
        for id_ in self._moving:
            try:
                found.append(follow_ups.entry(id_))
            except KeyError:
                continue
        if not found:
            return
        done: list[Done] = []
        one = found[0]
        title = ngettext("Move to another day: {name}", "Move {count} follow-ups", len(found))
        ids = [entry.id for entry in found]
        MoveDialog.ask(
            self.window(),
            title.format(name=one.name, count=len(found)),
            one.follow_up,
            len(found),
            self.context.fitcheck.today(),
            draft,
            lambda to: done.append(follow_ups.move(ids, to.on, to.at, to.reason)),
        )
        self._moving = ()
        if done:
            said = ngettext("Moved: {what}.", "{count} follow-ups moved.", len(found))
            self._did(done[0], said)

    @Slot()
    def new(self) -> None:
        """Ask for a new follow-up of anybody in the book."""
        self._ask_new({})

    def _ask_new(self, draft: Draft) -> None:
        from ui.asked_follow_up import ask_follow_up  # few starts need it

        done = ask_follow_up(self.window(), self.context, None, draft)
        if done is not None:
            self._did(done, ngettext("Planned: {what}.", "{count} follow-ups planned.", 1))

    @Slot()
    def remove(self) -> None:
        """Take the chosen ones away, as if they had never been planned."""
        ids = [entry.id for entry in self._chosen()]
        if ids:
            said = ngettext("Removed: {what}.", "{count} follow-ups removed.", len(ids))
            self._do(lambda: self.context.fitcheck.follow_ups.remove(ids), said)

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        if not self._undo:
            return
        try:
            self.context.fitcheck.follow_ups.undo(self._undo[-1])
        except KeyError:
            said = _("That can’t be undone any more: it is no longer in the book.")
        except FitCheckError as error:
            self._failed(error)
            return
        else:
            said = _("Undone.")
        undone = self._undo.pop()
        self._show(said, undone.ids[0] if undone.ids else None)

    @Slot()
    def export(self) -> None:
        """Write follow-ups into a file that calendars take."""
        from ui.calendar_file import export_calendar  # few starts need it

        every = self.context.fitcheck.follow_ups.all_open()
        if every:
            export_calendar(self.window(), self.context, every, self._chosen())

    def _do(self, change: Callable[[], Done], said: str) -> None:
        try:
            done = change()
        except FitCheckError as error:
            self._failed(error)
            return
        self._did(done, said)

    def _did(self, done: Done, said: str) -> None:
        new = [self.context.fitcheck.follow_ups.entry(id_) for id_ in done.added[:1]]
        about = next(iter((*done.before, *done.removed, *new)), None)
        what = ""
        if about is not None:
            what = _("{purpose}, {name}").format(
                purpose=purpose_name(about.follow_up.purpose), name=about.name
            )
        self._undo.append(done)
        told = said.format(what=what, count=len(done.ids))
        self._show(_("{told} Ctrl+Z takes it back.").format(told=told), new[0].id if new else None)

    def _show(self, said: str, at: int | None = None) -> None:
        self.refresh(at)
        if self.body is not None:
            self.body.said.setText(said)
            announce(self.body.said, said)

    def _failed(self, error: FitCheckError) -> None:
        kept = _("Every follow-up is as it was.")
        messages.tell(self.window(), messages.of_error(error, _("That was not kept."), kept))
