"""The twelve-minute inquiry: one prompt at a time, and what comes of what is said (I20, I21)."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedLayout

from fitcheck.domain.bank import DISAGREEMENT, Form
from fitcheck.domain.history import Change
from fitcheck.i18n import _
from fitcheck.inquiry import Inquiry, Pile
from fitcheck.interview import Interview
from reports.words import bank_text
from ui.context import Context
from ui.dialogs.find_question import FindQuestionDialog
from ui.drafts import Draft
from ui.pages.page import Page
from ui.widgets.inquiry_body import InquiryBody
from ui.widgets.inquiry_words import (
    PAUSE_KEY,
    PILE_KEYS,
    QUOTE_KEY,
    pile_name,
    travelled_words,
)

_TICK = 5_000
"""Milliseconds between two looks at the clock, which shows whole minutes."""

_TICKS_UNWRITTEN = 4
"""After so many the time is written: that much of it a power cut can take."""

_LONGEST = 60.0
"""Seconds that one look counts at most: where it was longer, the computer had been asleep."""


class InquiryPage(Page):
    """Conducts the inquiry of the interview that :meth:`set_interview` hands over.

    ``clock`` counts seconds; it is injected so that tests own the time.
    """

    def __init__(self, context: Context, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(context)
        self._clock = clock
        self._interview: Interview | None = None
        self._inquiry: Inquiry | None = None
        # Since when time is counted; ``None`` while it isn't.
        self._since: float | None = None
        self._unwritten = 0
        self.body = InquiryBody()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.tick)
        layout = QStackedLayout(self)
        layout.addWidget(self.body)
        self._connect()
        self._add_keys()

    # Building

    def _connect(self) -> None:
        body = self.body
        body.words.kept.connect(self._words_kept)
        body.piles.edited.connect(self._edited)
        for pile, button in body.put_buttons.items():
            button.clicked.connect(lambda _checked=False, pile=pile: self._put(pile))
        for button, slot in (
            (body.quote_button, self._quote),
            (body.undo_button, self._undo),
            (body.redo_button, self._redo),
            (body.pause_button, self._pause),
            (body.back_button, self._back),
            (body.next_button, self._go_on),
            (body.leave_button, self._to_the_interview),
        ):
            button.clicked.connect(slot)

    def _add_keys(self) -> None:
        for pile, key in PILE_KEYS.items():
            self.add_key(pile_name(pile), (key,), self.body.put_buttons[pile].click)
        self.add_key(_("To a question"), (QUOTE_KEY,), self._quote)
        self.add_key(_("Previous prompt"), ("PgUp",), self._back)
        self.add_key(_("Next prompt"), ("PgDown", "Ctrl+Return", "Ctrl+Enter"), self._go_on)
        self.add_key(_("Undo"), ("Ctrl+Z",), self._undo)
        self.add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo)
        self.add_key(_("Pause, go on"), (PAUSE_KEY,), self._pause)
        self.add_key(_("Back to the interview"), ("Esc",), self._to_the_interview)

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self.body.words.flush()
        self._stop()
        self._interview = interview
        self._inquiry = Inquiry(interview, self._engaged(interview)) if interview else None
        self._refresh()

    def _engaged(self, interview: Interview) -> bool:
        years = self.context.fitcheck.over_years
        return years.engaged(interview.prospect_id, interview.assessment.date)

    def enter(self) -> None:
        self.body.said.setText("")
        self._go()
        self._refresh()
        self.body.take_focus()

    def leave(self) -> bool:
        self.body.words.flush()
        self._stop()
        return True

    def place(self) -> dict[str, str]:
        if list_ := self.body.piles.focused:
            return {"pile": list_.pile.value, "row": str(list_.currentRow())}
        return {"cursor": str(self.body.words.textCursor().position())}

    def stand_at(self, place: Draft) -> None:
        for pile, list_ in self.body.piles.lists.items():
            if place.get("pile") == pile.value:
                list_.setFocus()
                row = place.get("row", "")
                list_.setCurrentRow(min(int(row), list_.count() - 1) if row.isdecimal() else 0)
                return
        at = place.get("cursor", "")
        cursor, end = self.body.words.textCursor(), len(self.body.words.toPlainText())
        cursor.setPosition(min(int(at), end) if at.isdecimal() else end)
        self.body.words.setTextCursor(cursor)

    def resume(self, dialog: str, draft: Draft) -> None:
        if dialog == FindQuestionDialog.draft_name:
            self._ask_question(draft)

    def _refresh(self) -> None:
        if self._interview is not None and self._inquiry is not None:
            self.body.show_inquiry(self._inquiry, self._interview.assessment.prospect.name)
            self.body.undo_button.setEnabled(self._interview.can_undo)
            self.body.redo_button.setEnabled(self._interview.can_redo)

    # What is said

    @Slot(str)
    def _words_kept(self, text: str) -> None:
        if self._inquiry is not None:
            self._inquiry.write(text)

    def _put(self, pile: Pile) -> None:
        """Put what is typed on a pile; in a list, move the item that is chosen there instead."""
        if self._inquiry is None or self.body.piles.editing:
            return
        self.body.words.flush()
        if list_ := self.body.piles.focused:
            self._inquiry.move(list_.pile, list_.currentRow(), pile)
            self._refresh()
            self.body.piles.lists[pile].setFocus()
            self.body.area.ensureWidgetVisible(self.body.piles.lists[pile])
        elif self._inquiry.put(pile):
            self._refresh()
            self.body.take_focus()
        else:
            self.body.said.setText(_("There is nothing in the field yet."))
            self.body.take_focus()
            return
        self.body.said.setText(_("Under “{list}” now.").format(list=pile_name(pile)))

    @Slot(Pile, int, str)
    def _edited(self, pile: Pile, row: int, text: str) -> None:
        if self._inquiry is not None:
            self._inquiry.edit(pile, row, text)
            # The list has just let go of its editor: it can't be filled anew from within that.
            QTimer.singleShot(0, self, self._refresh)

    @Slot()
    def _quote(self) -> None:
        if not self.body.piles.editing:
            self._ask_question({})

    def _ask_question(self, draft: Draft) -> None:
        """Attach what is typed, or the item that is chosen, to a question found by typing."""
        if self._inquiry is None or self._interview is None:
            return
        self.body.words.flush()
        list_ = self.body.piles.focused
        words = list_.texts()[list_.currentRow()] if list_ else None
        if not (words or self._inquiry.words.strip()):
            self.body.said.setText(_("There is nothing in the field yet."))
            return
        bank = self._interview.bank
        found = FindQuestionDialog.ask(self, bank.form(Form.FULL), draft, quiet=True)
        if found:
            self._inquiry.quote(found, words)
            self._refresh()
            told = _("Now their words on “{question}”")
            if found == DISAGREEMENT:
                told = _("Now their words, printed for them, on “{question}”")
            self.body.said.setText(told.format(question=bank_text(bank.by_id[found].say)))
        (list_ or self.body.words).setFocus()

    @Slot()
    def _undo(self) -> None:
        self._travel(Interview.undo, undone=True)

    @Slot()
    def _redo(self) -> None:
        self._travel(Interview.redo, undone=False)

    def _travel(self, way: Callable[[Interview], Change | None], *, undone: bool) -> None:
        self.body.words.flush()
        if self._interview is not None and (change := way(self._interview)):
            self._refresh()
            self.body.said.setText(travelled_words(change, undone=undone))

    # Moving about

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._inquiry is None:
            return
        self.body.words.flush()
        self._count()
        if self._inquiry.step(by):
            last = self._inquiry.number == len(self._inquiry.prompts) - 1
            self.body.said.setText(_("This is the last prompt.") if last else "")
        self._refresh()
        self.body.take_focus()

    @Slot()
    def _to_the_interview(self) -> None:
        self.go.emit("interview")

    # Time

    @property
    def paused(self) -> bool:
        return self._since is None

    @Slot()
    def _pause(self) -> None:
        if self.paused:
            self._go()
        else:
            self._stop()
        self._refresh()

    def _go(self) -> None:
        if self._inquiry is not None and self.paused:
            self._since = self._clock()
            self._timer.start()
        self.body.show_paused(self.paused)

    def _stop(self) -> None:
        """Count no more, and have what was counted written."""
        self._timer.stop()
        if self._inquiry is not None and not self.paused:
            self._count()
            self._inquiry.save_time()
        self._since = None
        self.body.show_paused(True)

    def _count(self) -> None:
        if self._inquiry is not None and self._since is not None:
            now = self._clock()
            self._inquiry.spend(min(now - self._since, _LONGEST))
            self._since = now

    @Slot()
    def tick(self) -> None:
        """Look at the clock."""
        if self._inquiry is None or self.paused:
            return
        self._count()
        self._unwritten = (self._unwritten + 1) % _TICKS_UNWRITTEN
        if self._unwritten == 0:
            self._inquiry.save_time()
        self.body.show_time(self._inquiry)
