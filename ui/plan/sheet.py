"""The plan of one interview as one column: what fits the recommendation, and the rest on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import DISAGREEMENT, Bank
from fitcheck.domain.book import Colleague
from fitcheck.domain.drafting import blank_b, decline_reasons, in_force
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.plan import NO_PLAN, Plan, Section, is_written
from fitcheck.i18n import _, current_language, ngettext
from fitcheck.i18n import language as speaking
from fitcheck.inquiry import Pile
from fitcheck.planning import drafted_otherwise
from reports.plan_words import blank_b_warning, section_lines, spoken
from ui.plan.arrangement import Arrangement, Beside, Key
from ui.plan.letter import LetterEditor
from ui.plan.part import PlanPart
from ui.plan.records import Records
from ui.plan.sections import Group, make_part
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.column import Column
from ui.widgets.text import paragraph

_BESIDE = frozenset(key.value for key in Beside)
_WIDEST = 230
"""In units of ``space``: lines longer than that are hard to read."""


class PlanSheet(Column):
    """Shows the plan in force; :meth:`show_plan` may be called again at any time.

    ``kept`` carries the key of a part whose value is to be kept; ``draft_asked`` and ``mine_asked``
    are those of :class:`ui.plan.part.PlanPart`. ``rearranged``: Tab's way leads elsewhere by now.
    ``language`` is what the drafts are in: that of the documents.
    """

    kept = Signal(str)
    left = Signal()
    rearranged = Signal()
    draft_asked = Signal(str)
    mine_asked = Signal(str)

    def __init__(self, arranged: Arrangement, bank: Bank, today: dt.date) -> None:
        super().__init__(gap=space(5))
        self.arranged = arranged
        self._bank = bank
        self._today = today
        self.language = current_language()
        self.parts: dict[str, PlanPart] = {}
        self._shown: tuple[Any, ...] | None = None
        self._showing = self._order_lost = False
        self.setMaximumWidth(space(_WIDEST))
        self.column.setContentsMargins(space(8), space(5), space(8), space(6))
        self.sentence = paragraph(role="title")
        self.column.addWidget(self.sentence)
        for key in arranged.first:
            self.column.addWidget(self._make(key))
        self.more_button = QPushButton()
        set_role(self.more_button, "plain")
        self.more_button.clicked.connect(self._toggle)
        row = QHBoxLayout()
        row.addWidget(self.more_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.more: QWidget | None = None
        self.column.addStretch(1)

    def _make(self, key: Key) -> PlanPart:
        part = make_part(key, self._bank, self._today)
        part.kept.connect(self.kept)
        part.left.connect(self.left)
        part.rearranged.connect(self._rearranged)
        part.draft_asked.connect(self.draft_asked)
        part.mine_asked.connect(self.mine_asked)
        self.parts[key] = part
        return part

    # The rest of the sections

    @property
    def open(self) -> bool:
        """Whether the sections that don't fit are shown, too."""
        return self.more is not None and not self.more.isHidden()

    def show_more(self, wanted: bool) -> None:
        """Show the sections that don't fit what is recommended, or put them away again."""
        if wanted and self.more is None:
            self.more = QWidget()
            column = QVBoxLayout(self.more)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(space(5))
            for key in self.arranged.more:
                column.addWidget(self._make(key))
            # Before what stretches at the end.
            self.column.insertWidget(self.column.count() - 1, self.more)
            self._order_lost = True
        if self.more is not None:
            self.more.setVisible(wanted)
        if self._shown is not None:
            self.show_plan(*self._shown)

    @Slot()
    def _toggle(self) -> None:
        self.show_more(not self.open)

    def reveal(self, key: Key) -> None:
        """Have that section shown, wherever it is."""
        if key in self.arranged.more:
            self.show_more(True)

    # What stands

    def show_plan(
        self,
        assessment: Assessment,
        judgement: Judgement,
        drafted: Plan,
        colleagues: Mapping[int, Colleague],
    ) -> None:
        """Show everything as it stands; what is the same stays untouched."""
        self._shown = (assessment, judgement, drafted, colleagues)
        self._showing = True
        plan = assessment.plan
        with speaking(self.language):
            stands = spoken(in_force(plan, drafted))
        moved = drafted_otherwise(plan, drafted)
        for key, part in self.parts.items():
            if key in _BESIDE:
                self._show_beside(part, assessment, judgement, colleagues)
                continue
            section = Section(key)
            part.editor.show_value(getattr(stands, section))
            written = is_written(plan, section)
            part.show_state(_state(plan, drafted, section), written=written)
            with speaking(self.language):
                now = section_lines(getattr(drafted, section))
            part.show_otherwise(now if section in moved else None)
        if part_ := self.parts.get(Section.RISKS):
            part_.say(below=blank_b_warning() if blank_b(stands.risks) else "")
        if part_ := self.parts.get(Section.DISAGREEMENT):
            part_.say(above=_their_words(assessment))
        self._say_more(assessment)
        self._showing = False
        if self._order_lost:
            self._rearranged()

    @Slot()
    def _rearranged(self) -> None:
        """Lay Tab's way anew, once for everything that is shown at a time."""
        self._order_lost = self._showing
        if self._showing:
            return
        first = [each for key in self.arranged.first for each in self.parts[key].way()]
        more = [
            each
            for key in self.arranged.more
            if key in self.parts
            for each in self.parts[key].way()
        ]
        in_order(*first, self.more_button, *more)
        self.rearranged.emit()

    def _show_beside(
        self,
        part: PlanPart,
        assessment: Assessment,
        judgement: Judgement,
        colleagues: Mapping[int, Colleague],
    ) -> None:
        conversation, editor = assessment.conversation, part.editor
        if isinstance(editor, LetterEditor):
            editor.referral.show_colleagues(colleagues)
            reasons = decline_reasons(assessment, judgement)
            editor.show_letter(assessment.plan.letter, assessment.plan.reasons, reasons)
        elif part.key == Beside.LISTS:
            editor.show_value({pile.value: getattr(conversation, pile) for pile in Pile})
        elif part.key == Beside.DISSENT:
            editor.show_value(assessment.dissent)
        else:
            editor.show_value(conversation.next_step)

    def _say_more(self, assessment: Assessment) -> None:
        """What the button for the rest says: in any case how much of it is written."""
        written = sum(_is_written(assessment, key) for key in self.arranged.more)
        if self.open:
            text = _("Fewer sections")
        elif written:
            text = ngettext(
                "More sections ({count} of them written)",
                "More sections ({count} of them written)",
                written,
            ).format(count=written)
        else:
            text = _("More sections")
        self.more_button.setText(text)

    def make_room(self, width: int) -> None:
        """Put what stands side by side under each other where ``width`` is too little for it."""
        room = min(width, self.maximumWidth()) - 2 * space(8)
        for part in self.parts.values():
            if isinstance(part.editor, Group | Records):
                part.editor.make_room(room)

    def flush(self) -> None:
        for part in list(self.parts.values()):
            part.editor.flush()


def _state(plan: Plan, drafted: Plan, section: Section) -> str:
    value, nothing = getattr(plan, section), getattr(NO_PLAN, section)
    if is_written(plan, section):
        return _("yours") if value != nothing else _("yours: left out")
    if getattr(drafted, section) != nothing:
        return _("the draft")
    return _("nothing drafted")


def _is_written(assessment: Assessment, key: Key) -> bool:
    if isinstance(key, Section):
        return is_written(assessment.plan, key)
    # The others are shown whatever is recommended.
    return assessment.plan.letter != NO_PLAN.letter or bool(assessment.plan.reasons)


def _their_words(assessment: Assessment) -> str:
    answer = assessment.answers.get(DISAGREEMENT)
    words = answer.quote.strip() if answer else ""
    if words:
        return _("Their own words, printed as they stand: “{words}”").format(words=words)
    return _(
        "They haven’t been asked yet how to go on where you two differ, or their words on it "
        "aren’t written down."
    )
