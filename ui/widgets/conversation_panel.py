"""Beside the question: the prospect's words, what we heard, what is next, the deal-breakers."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.assessment import NextStep
from fitcheck.i18n import _
from fitcheck.interview import Interview
from ui.theme import space
from ui.widgets.day_edit import DayEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_field import KeptField
from ui.widgets.standing import confirmed_words, marked_deal_breakers
from ui.widgets.text import paragraph, with_key

_NEXT_STEP_DAYS = 7
"""How far ahead the date of a next step is preset."""


class ConversationPanel(QWidget):
    """What is said around the questions.

    ``field_kept`` carries a field of :data:`fitcheck.changes.FIELD_TYPES` and its new value;
    ``confirmed`` whether they confirmed what we heard.
    """

    field_kept = Signal(str, object)
    confirmed = Signal(bool)
    deal_breakers_asked = Signal()
    inquiry_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = KeptField(_("In their words"), hint=_("The problem, as they tell it"))
        self.presented = KeptField(_("Presented problem"), hint=_("What they say the problem is"))
        self.now = KeptField(
            _("The problem as we now see it"), hint=_("What seems to lie behind it")
        )
        self.heard = KeptField(_("What we heard"), hint=_("Say it back, and let them correct it"))
        self.confirm = QCheckBox(_("They confirmed it"))
        self.next_what = KeptField(_("Next step"), lines=1, hint=_("What happens next"))
        self.next_dated = QCheckBox(_("on"))
        self.next_dated.setAccessibleName(_("The next step has a date"))
        self.next_date = DayEdit(_("Date of the next step"))
        self.deal_breakers = QPushButton(_("Deal-breakers"))
        self.deal_breakers.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.inquiry = QPushButton(_("Inquiry"))
        self.inquiry.setToolTip(_("The twelve-minute inquiry: the bad first, the good last"))
        self.inquiry.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.marked = paragraph(role="body")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1.5))
        layout.addWidget(paragraph(_("In their words"), "heading"))
        layout.addWidget(self.words)
        layout.addSpacing(space(2))
        layout.addWidget(paragraph(_("What we heard (say it back)"), "heading"))
        layout.addWidget(self.heard)
        layout.addWidget(self.confirm)
        layout.addSpacing(space(2))
        layout.addWidget(paragraph(_("Presented problem"), "heading"))
        layout.addWidget(self.presented)
        layout.addSpacing(space(2))
        layout.addWidget(paragraph(_("As we now see it"), "heading"))
        layout.addWidget(self.now)
        layout.addSpacing(space(2))
        layout.addWidget(paragraph(_("Next step"), "heading"))
        layout.addWidget(self.next_what)
        when = QHBoxLayout()
        when.addWidget(self.next_dated)
        when.addWidget(self.next_date)
        when.addStretch(1)
        layout.addLayout(when)
        layout.addSpacing(space(2))
        more = QWidget()
        flow = FlowLayout(more, gap=space(3))
        flow.addWidget(with_key("D", self.deal_breakers))
        flow.addWidget(with_key("I", self.inquiry))
        layout.addWidget(more)
        layout.addWidget(self.marked)

    def _connect(self) -> None:
        self.words.kept.connect(self._words_kept)
        self.heard.kept.connect(self._heard_kept)
        self.heard.textChanged.connect(self._heard_typed)
        self.presented.kept.connect(self._presented_kept)
        self.now.kept.connect(self._now_kept)
        self.next_what.kept.connect(self._next_step_changed)
        self.next_dated.toggled.connect(self._next_step_changed)
        self.next_date.dateChanged.connect(self._next_step_changed)
        self.confirm.clicked.connect(self._confirm_clicked)
        self.deal_breakers.clicked.connect(self.deal_breakers_asked)
        self.inquiry.clicked.connect(self.inquiry_asked)
        for field in self.fields:
            field.left.connect(self.left)

    @property
    def fields(self) -> tuple[KeptField, ...]:
        return (self.words, self.heard, self.presented, self.now, self.next_what)

    def show_interview(self, interview: Interview, today: dt.date) -> None:
        """Show what stands; filling the form is not editing it."""
        assessment = interview.assessment
        conversation, step = assessment.conversation, assessment.conversation.next_step
        self.words.show_text(assessment.prospect.in_their_words)
        self.heard.show_text(conversation.restatement)
        self.presented.show_text(conversation.presented_problem)
        self.now.show_text(conversation.problem_now)
        self.next_what.show_text(step.what)
        on = conversation.confirmed_on
        self.confirm.setChecked(on is not None)  # ``clicked`` isn't said by this
        self.confirm.setText(confirmed_words(on, conversation.confirmed_at))
        self.confirm.setEnabled(bool(conversation.restatement.strip()))
        for widget in (self.next_dated, self.next_date):
            widget.blockSignals(True)
        self.next_dated.setChecked(step.when is not None)
        self.next_date.show_day(step.when or today + dt.timedelta(days=_NEXT_STEP_DAYS))
        self.next_date.setEnabled(step.when is not None)
        for widget in (self.next_dated, self.next_date):
            widget.blockSignals(False)
        marked = marked_deal_breakers(assessment, interview.bank)
        self.marked.setText("\n".join(f"{state}: {text}" for state, text in marked))
        self.marked.setVisible(bool(marked))

    def flush(self) -> None:
        """Have what is being typed kept now."""
        for field in self.fields:
            field.flush()

    @Slot(str)
    def _words_kept(self, text: str) -> None:
        self.field_kept.emit("in_their_words", text)

    @Slot(str)
    def _presented_kept(self, text: str) -> None:
        self.field_kept.emit("presented_problem", text)

    @Slot(str)
    def _now_kept(self, text: str) -> None:
        self.field_kept.emit("problem_now", text)

    @Slot()
    def _heard_typed(self) -> None:
        # Not only once it is kept: it may be confirmed as soon as it is written.
        self.confirm.setEnabled(bool(self.heard.toPlainText().strip()))

    @Slot(str)
    def _heard_kept(self, text: str) -> None:
        self.field_kept.emit("restatement", text)

    @Slot()
    def _next_step_changed(self) -> None:
        when = self.next_date.day if self.next_dated.isChecked() else None
        self.next_date.setEnabled(when is not None)
        self.field_kept.emit("next_step", NextStep(self.next_what.toPlainText(), when))

    @Slot(bool)
    def _confirm_clicked(self, checked: bool) -> None:
        self.heard.flush()
        self.confirmed.emit(checked)
