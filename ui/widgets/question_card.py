"""One question: what to say, the described answers, the evidence, the note and the quote."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fitcheck.domain.assessment import Answer, Mark
from fitcheck.domain.bank import Form, Question
from fitcheck.i18n import _
from reports.words import bank_text, mark_name
from ui.theme import Theme, set_role, space
from ui.widgets.answer_list import AnswerList
from ui.widgets.chip import Chip
from ui.widgets.column import Column
from ui.widgets.evidence_picker import EvidencePicker, next_evidence
from ui.widgets.flow import FlowLayout
from ui.widgets.interview_note import NoteField
from ui.widgets.kept_field import KeptField
from ui.widgets.labels import label
from ui.widgets.standing import answer_texts, answers_at_a_glance
from ui.widgets.text import paragraph, with_key

_GAP = 2.5
_SIZES = ("display", "title", "heading")
"""The sizes of the question, the one that looks best first."""

_MARK_KEYS = {Mark.UNKNOWN: "U", Mark.NOT_APPLICABLE: "X"}


class QuestionCard(Column):
    """Shows a question with what stands against it, and says what the person asks for.

    Every signal carries the id of the question that it is about, so that a note which is kept
    late still lands where it was written. ``opened``
    carries a field that one is about to write in, ``left``: back to the answers.
    """

    value_asked = Signal(str, object)
    evidence_asked = Signal(str, object)
    note_kept = Signal(str, str)
    quote_kept = Signal(str, str)
    confirmed = Signal()
    opened = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(gap=space(_GAP))
        self._question: Question | None = None
        self._quiet = False
        self._why_asked = False
        self._fitted: tuple[str, str, QSize] | None = None
        self.say = paragraph(role="display")
        self.why_chip = Chip(_("Why?"), _("Why this is asked"))
        self.why = paragraph(role="quiet")
        self.why.hide()
        self.answers = AnswerList(theme)
        self.marks = {mark: Chip(mark_name(mark)) for mark in Mark}
        self.evidence = EvidencePicker()
        self.carried = label("", "quiet")
        self.note = NoteField(_("Note, for yourself"), hint=_("For yourself"))
        self.quote = NoteField(_("Their words"), hint=_("Word for word"))
        self.note_chip = Chip(_("Note"), _("A private note on this question"))
        self.quote_chip = Chip(_("Their words"), _("What they said, word for word"))
        self.care = paragraph(
            _(
                "Nothing on health, religion, politics, origin or family. "
                "The person may one day read this."
            ),
            "quiet",
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = self.column
        layout.setContentsMargins(0, 0, space(3), 0)
        layout.addWidget(self.say)
        layout.addWidget(self.why)
        layout.addWidget(self.answers)
        row = QWidget()
        flow = FlowLayout(row, gap=space(2))
        self._basis = QWidget()
        beneath = FlowLayout(self._basis, gap=space(2))
        beneath.addWidget(self.evidence)
        beneath.addWidget(self.carried)
        beneath.addWidget(with_key("W", self.why_chip))
        for mark, key in _MARK_KEYS.items():
            flow.addWidget(with_key(key, self.marks[mark]))
        flow.addWidget(with_key("N", self.note_chip))
        flow.addWidget(with_key("Q", self.quote_chip))
        layout.addWidget(self._basis)
        layout.addWidget(row)
        self.fields = QWidget()
        fields = QHBoxLayout(self.fields)
        fields.setContentsMargins(2, 0, 2, 0)
        fields.addWidget(self.note)
        fields.addWidget(self.quote)
        layout.addWidget(self.fields)
        layout.addWidget(self.care)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.why_chip.clicked.connect(self.toggle_why)
        self.answers.chosen.connect(self._chosen)
        self.answers.confirmed.connect(self.confirmed)
        for chip in self.marks.values():
            chip.clicked.connect(self._marked)
        self.evidence.picked.connect(self._evidence_picked)
        self.note_chip.clicked.connect(self.open_note)
        self.quote_chip.clicked.connect(self.open_quote)
        self.note.kept.connect(self._note_kept)
        self.quote.kept.connect(self._quote_kept)
        self.note.left.connect(self._field_left)
        self.quote.left.connect(self._field_left)

    # Showing

    def show_question(
        self,
        question: Question,
        answer: Answer,
        form: Form,
        *,
        quiet: bool = False,
        carried: str = "",
        place: str = "",
    ) -> None:
        """Show a question as it stands; what was being typed on the last one is kept first.

        ``carried`` says from when the answer is, where it was carried over from another day, and
        ``place`` how far one is, for a screen reader. With ``quiet`` nothing of what stands is
        shown, and no more of the question than it says.
        """
        self.flush()
        if question is not self._question and (self.note.hasFocus() or self.quote.hasFocus()):
            self.answers.setFocus()
        self._question = question
        self._quiet = quiet
        self._basis.setHidden(quiet)
        self.why.setVisible(self._why_asked and not quiet)
        for field in (self.note, self.quote):
            field.set_veiled(quiet)
        say = bank_text(question.say)
        self.say.setText(say)
        self.why.setText(bank_text(question.why))
        if quiet:
            shown = answers_at_a_glance(question)
            self.answers.show_answers(say, shown, shown)
            self.answers.hide_level()
        else:
            whole = tuple(map(bank_text, question.levels))
            self.answers.show_answers(say, answer_texts(question, form), whole)
            self.answers.show_level(answer.level)
        self.carried.setText(carried)
        self.carried.setVisible(bool(carried))
        self.answers.describe(place, "" if quiet else carried)
        for mark, chip in self.marks.items():
            chip.show_chosen(answer.value is mark and not quiet)
        self.evidence.show_evidence(answer.evidence, question.evidence)
        self.note.show_text(answer.note)
        self.quote.show_text(answer.quote)
        self._show_fields()

    def fit(self, room: QSize) -> None:
        """Set the question and its answers as large as lets one see all of them.

        No text gets smaller than the window's own. Nothing changes for as long as question and
        room stay the same, so that no type jumps while someone is writing beneath it.
        """
        fitted = (self.say.text(), self.answers.rows[0].answer, room)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        for size in _SIZES[:2]:
            self._set(size, tight=False)
            if self.column.totalHeightForWidth(room.width()) <= room.height():
                return
        # What stands beneath the answers is out of sight then; keys and scrolling reach it.
        for tight in (False, True):
            for size in _SIZES[1:]:
                self._set(size, tight=tight)
                if self._asking_height(room.width()) <= room.height():
                    return

    def _set(self, size: str, *, tight: bool) -> None:
        set_role(self.say, size)
        self.column.setSpacing(space(0.5 if tight else _GAP))
        self.answers.set_tight(tight)
        # Why it is asked gives way to the answers, where there isn't room for both.
        self.column.removeWidget(self.why)
        self.column.insertWidget(2 if tight else 1, self.why)

    def _asking_height(self, width: int) -> int:
        """How high the question with its answers is."""
        inside = width - self.column.contentsMargins().right()
        answers = self.answers.heightForWidth(inside)
        return self.say.heightForWidth(inside) + self.column.spacing() + answers

    def flush(self) -> None:
        """Have what is being typed kept now."""
        self.note.flush()
        self.quote.flush()

    def restyle(self, theme: Theme) -> None:
        self.answers.restyle(theme)

    def take_focus(self) -> None:
        self.answers.take_focus()

    def _show_fields(self) -> None:
        """A field is open while it is being written in, and where something stands in it."""
        for field, chip in ((self.note, self.note_chip), (self.quote, self.quote_chip)):
            written = bool(field.toPlainText())
            field.setVisible(field.hasFocus() or (written and not self._quiet))
            chip.show_chosen(written and not self._quiet)
        opened = not (self.note.isHidden() and self.quote.isHidden())
        self.fields.setVisible(opened)
        self.care.setVisible(opened)

    # What the page's keys ask for

    @Slot()
    def toggle_why(self) -> None:
        """Show why the question is asked, or no longer; it stays so for the next ones."""
        if not self._quiet:
            self._why_asked = not self._why_asked
            self.why.setVisible(self._why_asked)
            self.why_chip.show_chosen(self._why_asked)

    @Slot()
    def turn_evidence(self) -> None:
        """Ask for the next kind of evidence."""
        if self._question is not None:
            kind = next_evidence(self.evidence.evidence)
            self.evidence_asked.emit(self._question.id, kind)

    def choose(self, value: int | Mark) -> None:
        """Ask for a level or a mark."""
        if self._question is not None:
            self.value_asked.emit(self._question.id, value)

    @Slot()
    def open_note(self) -> None:
        self._open(self.note)

    @Slot()
    def open_quote(self) -> None:
        self._open(self.quote)

    def _open(self, field: KeptField) -> None:
        self.fields.show()
        self.care.show()
        field.show()
        field.setFocus()
        self.opened.emit(field)

    # What the widgets say

    @Slot(int)
    def _chosen(self, level: int) -> None:
        self.choose(level)

    @Slot()
    def _marked(self) -> None:
        chip = self.sender()
        self.choose(next(mark for mark, other in self.marks.items() if other is chip))

    @Slot(object)
    def _evidence_picked(self, kind: object) -> None:
        if self._question is not None:
            self.evidence_asked.emit(self._question.id, kind)

    @Slot(str)
    def _note_kept(self, text: str) -> None:
        if self._question is not None:
            self.note_kept.emit(self._question.id, text)

    @Slot(str)
    def _quote_kept(self, text: str) -> None:
        if self._question is not None:
            self.quote_kept.emit(self._question.id, text)

    @Slot()
    def _field_left(self) -> None:
        self.take_focus()
        self._show_fields()
        self.left.emit()
