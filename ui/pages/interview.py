"""The interview: one question at a time, by keys or by mouse, with the totals out of sight."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import LEVELS, Evidence, Form
from fitcheck.domain.history import Change
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.words import mark_name
from ui.advising import Adviser
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.drafts import Draft
from ui.pages.keyed import KeyedPage
from ui.theme import set_role
from ui.widgets import asking
from ui.widgets.ask_card import KEY as ASK_NEXT
from ui.widgets.empty_state import EmptyState
from ui.widgets.interview_body import InterviewBody
from ui.widgets.standing import minutes_words, travelled_words

_CLOCK_EVERY = 5_000  # milliseconds; the clock shows whole minutes


class InterviewPage(KeyedPage):
    """Conducts the interview that :meth:`set_interview` hands over."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._peeking = False
        # For each assessment since the window was opened: whether its screen is kept quiet.
        self._quiet: dict[int, bool] = {}
        self._entered = time.monotonic()
        self.body = InterviewBody(context.theme)
        self.card = self.body.card
        self.adviser = Adviser(self.body.ask_card, self)
        self.choose_button = QPushButton(_("To the prospects"))
        set_role(self.choose_button, "primary")
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_EVERY)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        self._connect()
        self._add_keys()

    # Building

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.addWidget(
            EmptyState(
                _("No conversation in hand"),
                _("Choose a prospect, or add one, and begin the questions from there."),
                self.choose_button,
            )
        )
        self._stack.addWidget(self.body)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose_prospect)
        self.card.value_asked.connect(self._set_value)
        self.card.evidence_asked.connect(self._set_evidence)
        self.card.note_kept.connect(self._set_note)
        self.card.quote_kept.connect(self._set_quote)
        self.card.confirmed.connect(self._go_on)
        self.body.outline.picked.connect(self._go_to)
        self.body.panel.field_kept.connect(self._set_field)
        self.body.panel.confirmed.connect(self._confirm)
        self.body.panel.deal_breakers_asked.connect(self._deal_breakers)
        self.body.panel.left.connect(self.card.take_focus)
        self.body.totals.peek.connect(self.peek)
        self.body.ask_card.question_asked.connect(self._go_to)
        self.body.ask_card.deal_breaker_asked.connect(
            lambda id_: self._ask_deal_breakers({"row": id_})
        )
        # Whether it leans may have turned out otherwise.
        self.adviser.found.connect(self._show_totals)
        for button, slot in (
            (self.body.head.undo_button, self._undo),
            (self.body.head.redo_button, self._redo),
            (self.body.head.find_button, self.find_question),
            (self.body.head.quiet_chip, self._toggle_quiet),
            (self.body.head.form_button, self._switch_form),
            (self.body.foot.back_button, self._back),
            (self.body.foot.next_button, self._go_on),
            (self.body.foot.finish_button, self._finish),
        ):
            button.clicked.connect(slot)

    def _add_keys(self) -> None:
        """Every key of the page as an action; a text field that is being typed in comes first."""
        values: list[tuple[str, str, int | Mark]] = [
            (str(level + 1), str(level + 1), level) for level in range(LEVELS)
        ]
        values.append((mark_name(Mark.UNKNOWN), "U", Mark.UNKNOWN))
        values.append((mark_name(Mark.NOT_APPLICABLE), "X", Mark.NOT_APPLICABLE))
        for name, key, value in values:
            self.add_key(name, (key,), self._value_key).setData(value)
        self.add_key(_("Evidence"), ("E",), self.card.turn_evidence)
        self.add_key(_("Note"), ("N",), self._note)
        self.add_key(_("Their words"), ("Q",), self._quote)
        self.add_key(_("Why this is asked"), ("W",), self.card.toggle_why)
        self.add_key(_("Deal-breakers"), ("D",), self._deal_breakers)
        self.add_key(_("Ask next"), (ASK_NEXT,), self._ask_next)
        self.add_key(_("Find a question"), ("/",), self.find_question)
        self.add_key(_("Undo"), ("Backspace", "Ctrl+Z"), self._undo)
        self.add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo)
        self.add_key(_("Quiet: nothing that is not for their eyes"), ("F8",), self._toggle_quiet)
        self.add_key(_("Finish"), ("Ctrl+Return", "Ctrl+Enter"), self._finish)
        # Only walking along the form may repeat while the key is held.
        self.add_key(_("Previous question"), ("Left", "PgUp"), self._back).setAutoRepeat(True)
        self.add_key(_("Next question"), ("Right", "PgDown"), self._go_on).setAutoRepeat(True)

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self.body.flush()
        self._interview = interview
        if interview:
            self._quiet.setdefault(interview.id, interview.assessment.form is Form.EVENT)
        self._restart_clock()
        self._refresh()

    def enter(self) -> None:
        self._restart_clock()
        self._refresh()
        self._stack.setCurrentIndex(1 if self._interview else 0)
        if self._interview:
            self.card.take_focus()
        else:
            self.choose_button.setFocus()

    def leave(self) -> bool:
        self.body.flush()
        self.peek(False)
        self.adviser.give_up()
        return True

    def place(self) -> dict[str, str]:
        return self.body.place() | {"quiet": "yes" if self.quiet else "no"}

    def stand_at(self, place: Draft) -> None:
        if self._interview and place.get("quiet"):
            self._keep_quiet(place["quiet"] == "yes")
        self.body.stand_at(place)

    def resume(self, dialog: str, draft: Draft) -> None:
        if dialog == FindQuestionDialog.draft_name:
            self._ask_question(draft)
        elif dialog == DealBreakersDialog.draft_name:
            self._ask_deal_breakers(draft)

    def restyle(self) -> None:
        self.body.restyle(self.context.theme)

    def _refresh(self) -> None:
        """Show everything as it stands now; the focus stays where it is."""
        interview = self._interview
        self._stack.setCurrentIndex(1 if interview else 0)
        if interview is not None:
            today = self.context.fitcheck.today()
            self.body.show_interview(interview, today, quiet=self.quiet)
            self._show_totals()
            self._advise()

    def _advise(self) -> None:
        # While another page is shown, nothing is to be found out for this one.
        if self._interview is not None and self.isVisible():
            self.adviser.look(self._interview, totals=self.body.totals.shown)

    @Slot()
    def _show_totals(self) -> None:
        if self._interview is not None:
            preferred = self.context.fitcheck.preferences.show_totals
            self.body.show_totals(self._interview, preferred=preferred, peeking=self._peeking)

    # Answering

    @Slot()
    def _value_key(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.card.choose(action.data())

    @Slot(str, object)
    def _set_value(self, question_id: str, value: int | Mark) -> None:
        self._do(lambda interview: interview.set_value(question_id, value))
        self._say_kept()

    @Slot(str, object)
    def _set_evidence(self, question_id: str, evidence: Evidence) -> None:
        self._do(lambda interview: interview.set_evidence(question_id, evidence))
        self._say_kept()

    @Slot(str, str)
    def _set_note(self, question_id: str, note: str) -> None:
        self._do(lambda interview: interview.set_note(question_id, note))

    @Slot(str, str)
    def _set_quote(self, question_id: str, quote: str) -> None:
        self._do(lambda interview: interview.set_quote(question_id, quote))

    @Slot(str, object)
    def _set_field(self, key: str, value: object) -> None:
        def change(interview: Interview) -> None:
            if key == "restatement" and value != interview.assessment.conversation.restatement:
                # What they confirmed was another text; it must be said back again.
                interview.confirm_restatement(None)
            interview.set_field(key, value)

        self._do(change)

    @Slot(bool)
    def _confirm(self, confirmed: bool) -> None:
        on = self.context.fitcheck.today() if confirmed else None
        self._do(lambda interview: interview.confirm_restatement(on))

    def _do(self, change: Callable[[Interview], None]) -> None:
        if self._interview:
            change(self._interview)
            self._refresh()

    @Slot()
    def _undo(self) -> None:
        self._travel(Interview.undo, undone=True)

    @Slot()
    def _redo(self) -> None:
        self._travel(Interview.redo, undone=False)

    def _travel(self, way: Callable[[Interview], Change | None], *, undone: bool) -> None:
        self.body.flush()
        if self._interview and (change := way(self._interview)):
            self._arrive()
            said = travelled_words(change, self._interview, undone=undone, quiet=self.quiet)
            self.body.foot.said.setText(said)

    # Moving about

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        self.body.flush()
        if self._interview and self._interview.step(by):
            self._arrive()

    @Slot(str)
    def _go_to(self, question_id: str) -> None:
        self.body.flush()
        if self._interview:
            asking.go_to(self._interview, question_id)
            self._arrive()

    def _arrive(self) -> None:
        """Show the question that was moved to, from its top, ready to be answered."""
        self._refresh()
        self.body.show_from_top()
        self.card.take_focus()

    @Slot()
    def find_question(self) -> None:
        self._ask_question({})

    def _ask_question(self, draft: Draft) -> None:
        if self._interview:
            found = FindQuestionDialog.ask(self, self._interview.questions, draft, quiet=self.quiet)
            if found:
                self._go_to(found)

    @Slot()
    def _note(self) -> None:
        self.card.open_note()
        self.body.show_field(self.card.note)

    @Slot()
    def _quote(self) -> None:
        self.card.open_quote()
        self.body.show_field(self.card.quote)

    @Slot()
    def _ask_next(self) -> None:
        self.body.flush()
        self.adviser.go()

    @Slot()
    def _deal_breakers(self) -> None:
        self._ask_deal_breakers({})

    def _ask_deal_breakers(self, draft: Draft) -> None:
        if self._interview and not self._hushed():
            DealBreakersDialog.settle(self, self._interview, draft)
            self._refresh()
            self.card.take_focus()

    @Slot()
    def _switch_form(self) -> None:
        self.body.flush()
        if self._interview:
            full = self._interview.assessment.form is Form.FULL
            self._interview.set_form(Form.EVENT if full else Form.FULL)
            if full:
                self._quiet[self._interview.id] = True
            self._arrive()

    @Slot()
    def _finish(self) -> None:
        self.body.flush()
        if self._interview:
            if not self._interview.finished:
                self._interview.finish()
            self.go.emit("verdict")

    @Slot()
    def _choose_prospect(self) -> None:
        self.go.emit("prospects")

    # Quiet

    @property
    def quiet(self) -> bool:
        """Whether only what anyone may read is shown: the question and the notes."""
        return self._interview is not None and self._quiet.get(self._interview.id, False)

    @Slot()
    def _toggle_quiet(self) -> None:
        self.body.flush()
        self.peek(False)
        self._keep_quiet(not self.quiet)

    def _keep_quiet(self, quiet: bool) -> None:
        if self._interview:
            self._quiet[self._interview.id] = quiet
            self._refresh()
            if not self.card.isAncestorOf(self.window().focusWidget()):
                self.card.take_focus()

    def _say_kept(self) -> None:
        """The screen shows no answer now; so it says that the key was heard."""
        if self.quiet:
            self.body.foot.said.setText(_("Kept. → goes on"))

    def _hushed(self) -> bool:
        """Whether it is quiet; then it says which key ends that, and nothing more."""
        if self.quiet:
            self.body.foot.said.setText(_("Not while it is quiet (F8)"))
        return self.quiet

    # Peeking

    @Slot(bool)
    def peek(self, on: bool) -> None:
        if on is not self._peeking and not (on and self.quiet):
            self._peeking = on
            self._show_totals()

    # Time

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._advise()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.peek(False)
        self.adviser.give_up()

    def _restart_clock(self) -> None:
        self._entered = time.monotonic()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        self.body.head.clock.setText(minutes_words(time.monotonic() - self._entered))
