"""The interview: one question at a time, by keys or by mouse, with the totals out of sight."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import LEVELS, Form
from fitcheck.domain.history import Change
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.words import bank_text, mark_name
from ui import aloud
from ui.advising import Adviser
from ui.closing import Closer
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.drafts import Draft
from ui.pages.answering import AnsweringPage
from ui.theme import set_role
from ui.widgets import asking
from ui.widgets.ask_card import KEY as ASK_NEXT
from ui.widgets.empty_state import EmptyState
from ui.widgets.interview_body import InterviewBody
from ui.widgets.interview_closing import ClosingCard
from ui.widgets.interview_opening import OpeningCard
from ui.widgets.standing import kept_words, place_words, travelled_words

_NOBODY, _ASKING, _OPENING, _CLOSING = range(4)
"""The faces of the page, in the order of its stack."""


class InterviewPage(AnsweringPage):
    """Conducts the interview that :meth:`set_interview` hands over.

    ``letter_asked``: they part as friends, and the decline letter is wanted. ``clock`` counts
    seconds; it is injected so that tests own the time.
    """

    letter_asked = Signal()

    def __init__(self, context: Context, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(context)
        self._peeking = False
        self._then = "verdict"
        # For each assessment since the window was opened: whether its screen is kept quiet.
        self._quiet: dict[int, bool] = {}
        self.body = InterviewBody(context.theme, clock)
        self.card = self.body.card
        self.opening = OpeningCard()
        self.closing = ClosingCard()
        self.closer = Closer(self.closing, context, self)
        self.adviser = Adviser(self.body.ask_card, self)
        self.choose_button = QPushButton(_("To the prospects"))
        set_role(self.choose_button, "primary")
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
        self._stack.addWidget(self.opening)
        self._stack.addWidget(self.closing)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(lambda: self.go.emit("prospects"))
        self.card.value_asked.connect(self.set_value)
        self.card.evidence_asked.connect(self.set_evidence)
        self.card.note_kept.connect(self.set_note)
        self.card.quote_kept.connect(self.set_quote)
        self.card.confirmed.connect(self._go_on)
        self.card.opened.connect(self.body.show_field)
        self.card.left.connect(self.body.show_from_top)
        self.body.outline.picked.connect(self._go_to)
        self.body.panel.field_kept.connect(self.set_field)
        self.body.panel.confirmed.connect(self.confirm)
        self.opening.field_kept.connect(self.set_field)
        self.opening.begun.connect(self.begin)
        self.closing.back.connect(self._ask_on)
        self.closing.quiet_asked.connect(self._toggle_quiet)
        self.closer.done.connect(self._to_totals)
        self.closer.letter.connect(self.letter_asked)
        self.body.panel.deal_breakers_asked.connect(self._deal_breakers)
        self.body.panel.inquiry_asked.connect(lambda: self.go.emit("inquiry"))
        self.body.panel.left.connect(self.card.take_focus)
        self.body.panel.left.connect(self.body.show_from_top)
        self.body.totals.peek.connect(self.peek)
        self.body.ask_card.question_asked.connect(self._go_to)
        self.body.ask_card.deal_breaker_asked.connect(
            lambda id_: self._ask_deal_breakers({"row": id_})
        )
        # Whether it leans may have turned out otherwise.
        self.adviser.found.connect(self._show_totals)
        self.adviser.found.connect(self._show_enough)
        for button, slot in (
            (self.body.head.undo_button, self.undo),
            (self.body.head.redo_button, self.redo),
            (self.body.head.find_button, self.find_question),
            (self.body.head.quiet_chip, self._toggle_quiet),
            (self.body.head.form_button, self._switch_form),
            (self.body.head.theirs_button, self._hand_over),
            (self.body.foot.back_button, self._back),
            (self.body.foot.next_button, self._go_on),
            (self.body.foot.finish_button, self._finish_key),
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
        self.add_key(_("Note"), ("N",), self.card.open_note)
        self.add_key(_("Their words"), ("Q",), self.card.open_quote)
        self.add_key(_("Why this is asked"), ("W",), self.card.toggle_why)
        self.add_key(_("Deal-breakers"), ("D",), self._deal_breakers)
        self.add_key(_("Twelve-minute inquiry"), ("I",), self.body.panel.inquiry.click)
        self.add_key(_("Hand over for their own form"), ("H", "Ctrl+Shift+H"), self._hand_over)
        self.add_key(_("Ask next"), (ASK_NEXT,), self._ask_next)
        self.add_key(_("What to agree on beforehand"), ("A",), self._open)
        self.add_key(_("Find a question"), ("/",), self.find_question)
        self.add_key(_("Undo"), ("Backspace", "Ctrl+Z"), self.undo)
        self.add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self.redo)
        self.add_key(_("Quiet: nothing that is not for their eyes"), ("F8",), self._toggle_quiet)
        self.add_key(_("Finish"), ("Ctrl+Return", "Ctrl+Enter"), self._finish_key)
        # Only walking along the form may repeat while the key is held.
        self.add_key(_("Previous question"), ("Left", "PgUp"), self._back).setAutoRepeat(True)
        self.add_key(_("Next question"), ("Right", "PgDown"), self._go_on).setAutoRepeat(True)

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self.flush()
        self._interview = interview
        if interview:
            self._quiet.setdefault(interview.id, interview.assessment.form is Form.EVENT)
        fresh = interview is not None and not interview.assessment.answers
        self._show_face(_OPENING if fresh else _ASKING if interview else _NOBODY)
        self.body.head.clock.take(interview)
        self.refresh()

    def enter(self) -> None:
        self.body.head.clock.go()
        self.refresh()
        self.body.show_from_top()
        self._take_focus()

    def leave(self) -> bool:
        self.flush()
        self.peek(False)
        self.adviser.give_up()
        self.body.head.clock.stop()
        if self._stack.currentIndex() == _CLOSING:
            self._show_face(_ASKING)
        return True

    def place(self) -> dict[str, str]:
        opening = self._stack.currentIndex() == _OPENING
        quiet = {"quiet": "yes" if self.quiet else "no"}
        return self.body.place() | quiet | {"face": "opening" if opening else "asking"}

    def stand_at(self, place: Draft) -> None:
        if self._interview and place.get("quiet"):
            self._keep_quiet(place["quiet"] == "yes")
            self._show_face(_OPENING if place.get("face") == "opening" else _ASKING)
        self.body.stand_at(place)

    def resume(self, dialog: str, draft: Draft) -> None:
        if dialog == FindQuestionDialog.draft_name:
            self._ask_question(draft)
        elif dialog == DealBreakersDialog.draft_name:
            self._ask_deal_breakers(draft)

    def restyle(self) -> None:
        self.body.restyle(self.context.theme)

    def refresh(self) -> None:
        """Show everything as it stands now; the focus stays where it is."""
        interview = self._interview
        if interview is not None:
            self.opening.show_interview(interview)
            today = self.context.fitcheck.today()
            self.body.show_interview(interview, today, quiet=self.quiet)
            self._show_totals()
            self._advise()

    def _advise(self) -> None:
        # While another page is shown, nothing is to be found out for this one.
        if self._interview is not None and self.isVisible():
            self.adviser.look(self._interview, totals=self.body.totals.shown)
            self._show_enough()

    @Slot()
    def _show_enough(self) -> None:
        firmness = self._interview.firmness if self._interview else None
        if firmness is not None and firmness.enough and not self.quiet:
            self.body.foot.show_enough()

    @Slot()
    def _show_totals(self) -> None:
        if self._interview is not None:
            preferred = self.context.fitcheck.preferences.show_totals
            self.body.show_totals(self._interview, preferred=preferred, peeking=self._peeking)

    # What is agreed on beforehand

    @Slot()
    def _open(self) -> None:
        self.body.flush()
        self._show_face(_OPENING)
        self._take_focus()

    @Slot()
    def begin(self) -> None:
        """On to the questions, which the card stood before."""
        self.flush()
        self._show_face(_ASKING)
        self._take_focus()

    def _show_face(self, face: int) -> None:
        self._stack.setCurrentIndex(face)
        # The question's keys work where the question is seen.
        for action in self.actions():
            action.setEnabled(face == _ASKING)

    def _take_focus(self) -> None:
        cards = (self.card, self.opening, self.closing)
        face = self._stack.currentIndex()
        (cards[face - 1].take_focus if face else self.choose_button.setFocus)()

    def flush(self) -> None:
        """Have what is being typed anywhere kept now."""
        self.opening.flush()
        self.closing.flush()
        self.body.flush()

    # Answering

    @Slot()
    def _value_key(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.card.choose(action.data())

    def travelled(self, change: Change, interview: Interview, *, undone: bool) -> None:
        self._arrive()
        said = travelled_words(change, interview, undone=undone, quiet=self.quiet)
        self.body.foot.tell(said)

    # Moving about

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        self.body.flush()
        self.paint_first()
        if self._interview and self._interview.step(by):
            self._arrive()

    @Slot(str)
    def _go_to(self, question_id: str) -> None:
        self.body.flush()
        self.paint_first()
        if self._interview:
            asking.go_to(self._interview, question_id)
            self._arrive()

    def _arrive(self) -> None:
        """Show the question that was moved to, from its top, ready to be answered."""
        self.refresh()
        self.body.show_from_top()
        self.card.take_focus()
        if self._interview:
            # The focus may have been at the answers already, or be at the one that is chosen.
            say = bank_text(self._interview.question.say)
            aloud.announce(self.card, f"{place_words(self._interview)}. {say}")

    @Slot()
    def find_question(self) -> None:
        self._ask_question({})

    def _ask_question(self, draft: Draft) -> None:
        if self._interview and self._stack.currentIndex() == _ASKING:
            found = FindQuestionDialog.ask(self, self._interview.questions, draft, quiet=self.quiet)
            if found:
                self._go_to(found)

    @Slot()
    def _ask_next(self) -> None:
        self.body.flush()
        self.adviser.go()

    @Slot()
    def _deal_breakers(self) -> None:
        self._ask_deal_breakers({})

    def _ask_deal_breakers(self, draft: Draft) -> None:
        if self._interview and not self.hushed():
            DealBreakersDialog.settle(self, self._interview, draft)
            self.refresh()
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
    def _hand_over(self) -> None:
        self.body.flush()
        if self._interview:
            self.hand_over.emit(self._interview.id)

    @Slot()
    def _finish_key(self) -> None:
        self.finish("verdict")

    def finish(self, then: str) -> None:
        """Close it as far as it isn't closed, and show the page ``then`` with the totals."""
        self._then = then
        self.closing.name_way_on(_("To the report") if then == "report" else _("To the verdict"))
        self.body.flush()
        if self._interview and self._interview.finished and not self.quiet:
            self._to_totals()
        elif self._interview:
            self.peek(False)
            self._show_face(_CLOSING)
            self.closer.look(self._interview, quiet=self.quiet)

    @Slot()
    def _to_totals(self) -> None:
        self._show_face(_ASKING)
        self.go.emit(self._then)

    @Slot()
    def _ask_on(self) -> None:
        """Back from the close: the questions are open again, and totals hide."""
        if self._interview and self._interview.finished:
            self._interview.reopen()
        self.begin()
        self.refresh()

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
            self.refresh()
            self.body.show_from_top()
            if self._stack.currentIndex() == _CLOSING:
                self.closer.look(self._interview, quiet=quiet)
            elif not self.card.isAncestorOf(self.window().focusWidget()):
                self._take_focus()

    def say_kept(self) -> None:
        """Where no answer is shown the page says that the key was heard; else it is said aloud."""
        if self.quiet:
            self.body.foot.tell(_("Kept. → goes on"))
        elif self._interview:
            aloud.announce(self.card, kept_words(self._interview))

    def hushed(self) -> bool:
        """Whether it is quiet; then it says which key ends that, and nothing more."""
        if self.quiet:
            self.body.foot.tell(_("Not while it is quiet (F8)"))
        return self.quiet

    # Peeking

    @Slot(bool)
    def peek(self, on: bool) -> None:
        asking = self._stack.currentIndex() == _ASKING
        if on is not self._peeking and not (on and (self.quiet or not asking)):
            self._peeking = on
            self._show_totals()

    # In sight or not

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.body.head.clock.go()
        self._advise()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Minimised, say. Nothing is written here: the book may have been closed already.
        self.body.head.clock.pause()
        self.peek(False)
        self.adviser.give_up()
