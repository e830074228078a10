"""What is done with the prospect who is chosen in the list, or to have one more there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from fitcheck.domain.bank import Form
from fitcheck.domain.listed import ProspectLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.chosen_action import chosen_action
from ui.context import Context
from ui.dialogs.prospect import EditedProspect, EditProspectDialog, NewProspect, NewProspectDialog
from ui.drafts import Draft

if TYPE_CHECKING:
    from ui.pages.prospects import ProspectsPage


class ProspectActions(QObject):
    """``actions`` are about one prospect, ``beside`` about several.

    ``changed``: something was added or edited. ``open_assessment`` asks for an assessment by its
    id, ``hand_over`` for the prospect's own form of it, ``open_inquiry`` for its twelve-minute
    inquiry; ``open_line`` for the line of a prospect over the years, ``open_beside`` for two
    prospects or more, a tuple of their ids, side by side.
    """

    changed = Signal()
    open_assessment = Signal(int)
    hand_over = Signal(int)
    open_inquiry = Signal(int)
    open_line = Signal(int)
    open_beside = Signal(object)

    def __init__(self, context: Context, page: ProspectsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.actions = tuple(
            chosen_action(page, text, keys, slot)
            for text, keys, slot in (
                (_("&Open latest assessment"), "Ctrl+O", self.open_current),
                (_("New &full interview"), "Ctrl+Shift+N", self.begin_full),
                (_("New &event form"), "Ctrl+Shift+E", self.begin_event),
                (_("&Hand over for their own form…"), "Ctrl+Shift+H", self.hand_over_current),
                (_("Twelve-minute in&quiry"), "Ctrl+Shift+I", self.inquire),
                (_("Over the &years"), "Ctrl+Shift+L", self.show_line),
                (_("Ed&it prospect…"), "Ctrl+E", self.edit_current),
            )
        )
        self.beside = chosen_action(page, _("Side &by side"), "Ctrl+Shift+B", self.show_beside)

    @Slot()
    def new_prospect(self) -> None:
        """Ask who it is, and begin the interview at once."""
        self.ask_new({})

    def ask_new(self, draft: Draft) -> None:
        """The same, with what was being typed."""
        fitcheck = self._context.fitcheck
        added: list[int] = []
        begun: list[int] = []

        def keep(asked: NewProspect) -> None:
            if added:
                # Of an earlier try, after which only the assessment couldn't be begun.
                fitcheck.edit_prospect(added[0], asked.prospect)
            else:
                added.append(fitcheck.add_prospect(asked.prospect))
            if asked.about != fitcheck.abouts.about(added[0]):
                fitcheck.abouts.save(added[0], asked.about).result()
            begun.append(fitcheck.begin_assessment(added[0], asked.form))

        tags = fitcheck.abouts.tags()
        NewProspectDialog.ask(self._page.window(), draft, keep, fitcheck.banks.in_force, tags)
        if begun:
            self.open_assessment.emit(begun[0])
        elif added:
            self.changed.emit()

    @Slot()
    def add_samples(self) -> None:
        """Put the eight fictional prospects into the book."""
        from fitcheck.exchange.demo import load_demo

        try:
            for assessment in load_demo():
                self._context.fitcheck.add_assessment(assessment)
        except FitCheckError as error:
            self._failed(error, _("Not all of the sample prospects were added."))
        self._page.enter()

    @Slot()
    def open_current(self) -> None:
        line = self._page.current()
        if line is not None:
            self.open_prospect(line.id)

    @Slot(int)
    def open_prospect(self, prospect_id: int) -> None:
        """Open the latest assessment, beginning a full one where there is none."""
        lines = self._context.fitcheck.assessments(prospect_id)
        if lines:
            self.open_assessment.emit(lines[0].id)
        else:
            self.begin(Form.FULL)

    @Slot()
    def hand_over_current(self) -> None:
        """Their own form, for the latest assessment; one is begun where there is none."""
        line = self._page.current()
        if line is not None and line.latest is not None:
            self.hand_over.emit(line.latest.id)
        else:
            self.begin(Form.FULL)

    @Slot()
    def inquire(self) -> None:
        """Go on with the inquiry of the latest assessment, beginning a full one if need be."""
        line = self._page.current()
        if line is not None:
            latest = line.latest.id if line.latest else self._begun(line, Form.FULL)
            if latest is not None:
                self.open_inquiry.emit(latest)

    @Slot()
    def show_line(self) -> None:
        """Show how the chosen prospect went over the years."""
        line = self._page.current()
        if line is not None:
            self.open_line.emit(line.id)

    @Slot()
    def show_beside(self) -> None:
        """Show the chosen prospects, two or more, side by side."""
        chosen = self._page.chosen_ids()
        if len(chosen) > 1:
            self.open_beside.emit(chosen)

    @Slot()
    def begin_full(self) -> None:
        self.begin(Form.FULL)

    @Slot()
    def begin_event(self) -> None:
        self.begin(Form.EVENT)

    @Slot(Form)
    def begin(self, form: Form) -> None:
        line = self._page.current()
        if line is not None and (begun := self._begun(line, form)) is not None:
            self.open_assessment.emit(begun)

    def _begun(self, line: ProspectLine, form: Form) -> int | None:
        try:
            return self._context.fitcheck.begin_assessment(line.id, form)
        except FitCheckError as error:
            self._failed(error, _("The assessment was not begun."))
            return None

    @Slot()
    def edit_current(self) -> None:
        self.ask_edited({})

    def ask_edited(self, draft: Draft) -> None:
        """Ask for what is known of the chosen prospect, with what was being typed."""
        line = self._page.current()
        if line is None:
            return
        fitcheck, stood, id_ = self._context.fitcheck, line.prospect, line.id
        kept, about = fitcheck.rights.kept(id_), fitcheck.abouts.about(id_)

        def keep(edited: EditedProspect) -> None:
            if edited.prospect != stood:
                fitcheck.edit_prospect(id_, edited.prospect)
            if edited.until != (kept.until if kept.own_day else None):
                fitcheck.rights.keep_until(id_, edited.until)
            if edited.about != about:
                fitcheck.abouts.save(id_, edited.about).result()

        if EditProspectDialog.ask(self._page.window(), stood, kept, draft, keep, about) is not None:
            self.changed.emit()

    def _failed(self, error: FitCheckError, happened: str) -> None:
        kept = _("Everything else in your book is as it was.")
        messages.tell(self._page.window(), messages.of_error(error, happened, kept))
