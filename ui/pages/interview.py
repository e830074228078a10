"""The interview: one question at a time, by keys or by mouse, with the totals out of sight."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStackedLayout

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
from ui.pages.page import Page
from ui.theme import set_role
from ui.widgets import asking
from ui.widgets.ask_card import KEY as ASK_NEXT
from ui.widgets.empty_state import EmptyState
from ui.widgets.interview_body import InterviewBody
from ui.widgets.standing import minutes_words, travelled_words

_CLOCK_EVERY = 5_000  # milliseconds; the clock shows whole minutes


class InterviewPage(Page):
    """Conducts the interview that :meth:`set_interview` hands over."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._peeking = False
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
        self.body.panel.inquiry_asked.connect(lambda: self.go.emit("inquiry"))
        self.body.panel.left.connect(self.card.take_focus)
        self.body.totals.peek.connect(self._peek)
        self.body.ask_card.question_asked.connect(self._go_to)
        self.body.ask_card.deal_breaker_asked.connect(
            lambda id_: self._ask_deal_breakers({"row": id_})
        )
        # Whether it leans may have turned out otherwise.
        self.adviser.found.connect(self._show_totals)
        for button, slot in (
            (self.body.head.undo_button, self._undo),
            (self.body.head.redo_button, self._redo),
            (self.body.head.find_button, self._find),
            (self.body.head.form_button, self._switch_form),
            (self.body.head.theirs_button, self._hand_over),
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
            self._add_key(name, (key,), self._value_key).setData(value)
        self._add_key(_("Evidence"), ("E",), self.card.turn_evidence)
        self._add_key(_("Note"), ("N",), self._note)
        self._add_key(_("Their words"), ("Q",), self._quote)
        self._add_key(_("Why this is asked"), ("W",), self.card.toggle_why)
        self._add_key(_("Deal-breakers"), ("D",), self._deal_breakers)
        self._add_key(_("Twelve-minute inquiry"), ("I",), self.body.panel.inquiry.click)
        self._add_key(_("Ask next"), (ASK_NEXT,), self._ask_next)
        self._add_key(_("Find a question"), ("/",), self._find)
        self._add_key(_("Hand over for their own form"), ("H", "Ctrl+Shift+H"), self._hand_over)
        self._add_key(_("Undo"), ("Backspace", "Ctrl+Z"), self._undo)
        self._add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo)
        self._add_key(_("Finish"), ("Ctrl+Return", "Ctrl+Enter"), self._finish)
        # Only walking along the form may repeat while the key is held.
        self._add_key(_("Previous question"), ("Left", "PgUp"), self._back).setAutoRepeat(True)
        self._add_key(_("Next question"), ("Right", "PgDown"), self._go_on).setAutoRepeat(True)

    def _add_key(self, name: str, keys: tuple[str, ...], slot: Callable[[], object]) -> QAction:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(False)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self.body.flush()
        self._interview = interview
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
        self._peek(False)
        self.adviser.give_up()
        return True

    def place(self) -> dict[str, str]:
        return self.body.place()

    def stand_at(self, place: Draft) -> None:
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
            self.body.show_interview(interview, self.context.fitcheck.today())
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

    @Slot(str, object)
    def _set_evidence(self, question_id: str, evidence: Evidence) -> None:
        self._do(lambda interview: interview.set_evidence(question_id, evidence))

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
            self.body.foot.said.setText(travelled_words(change, self._interview, undone=undone))

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
    def _find(self) -> None:
        self._ask_question({})

    def _ask_question(self, draft: Draft) -> None:
        if self._interview:
            found = FindQuestionDialog.ask(self, self._interview.questions, draft)
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
        if self._interview:
            DealBreakersDialog.settle(self, self._interview, draft)
            self._refresh()
            self.card.take_focus()

    @Slot()
    def _switch_form(self) -> None:
        self.body.flush()
        if self._interview:
            full = self._interview.assessment.form is Form.FULL
            self._interview.set_form(Form.EVENT if full else Form.FULL)
            self._arrive()

    @Slot()
    def _hand_over(self) -> None:
        self.body.flush()
        if self._interview:
            self.hand_over.emit(self._interview.id)

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

    # Peeking

    @Slot(bool)
    def _peek(self, on: bool) -> None:
        if on is not self._peeking:
            self._peeking = on
            self._show_totals()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            # Elsewhere the window searches the book with this key; here it finds a question.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self._find()
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_P and plain:
            if not event.isAutoRepeat():
                self._peek(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._enter_pressed()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P and not event.isAutoRepeat():
            self._peek(False)
        else:
            super().keyReleaseEvent(event)

    def _enter_pressed(self) -> None:
        """Return on a button presses it; anywhere else but among the answers it does nothing."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.isEnabled():
            focused.click()

    def changeEvent(self, event: QEvent) -> None:
        # The key's release goes to whichever window is in front by then.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._peek(False)
        super().changeEvent(event)

    # Time

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._advise()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self._peek(False)
        self.adviser.give_up()

    def _restart_clock(self) -> None:
        self._entered = time.monotonic()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        self.body.head.clock.setText(minutes_words(time.monotonic() - self._entered))
