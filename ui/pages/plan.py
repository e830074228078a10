"""The plan: drafted by FitCheck from the answers, and edited by the consultant.

Everything is kept as it is typed. What was written is never overwritten: where the answers have
changed since, the section says what its draft would say now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.drafting import draft
from fitcheck.domain.history import Change, Subject
from fitcheck.domain.plan import Plan, Section
from fitcheck.i18n import _
from fitcheck.i18n import language as speaking
from fitcheck.inquiry import Pile
from fitcheck.interview import Interview
from fitcheck.planning import given_back, kept, written
from fitcheck.speaking import for_documents
from reports.plan_words import spoken
from ui.context import Context
from ui.drafts import Draft
from ui.pages.page import Page
from ui.plan.arrangement import Beside, Key, arrangement
from ui.plan.faults import fault_in
from ui.plan.sections import part_title
from ui.plan.sheet import PlanSheet
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.asking import standing_sentence
from ui.widgets.column import Column, scrolling
from ui.widgets.fault_line import announce
from ui.widgets.flow import FlowLayout
from ui.widgets.interview_bars import quiet_button
from ui.widgets.labels import ElidedLabel
from ui.widgets.not_finished import NotFinished
from ui.widgets.standing import totals_shown
from ui.widgets.text import with_key

_WRITTEN, _NOT_FINISHED = range(2)
"""The faces of the page, in the order of its stack."""

_ROUNDS = 3
"""After so many every part of the page has its place."""

_BESIDE_FIELDS = {
    **{pile.value: Beside.LISTS for pile in Pile},
    "piles": Beside.LISTS,
    "dissent": Beside.DISSENT,
    "next_step": Beside.NEXT_STEP,
}


class PlanPage(Page):
    """The plan of the interview in hand."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self.sheet: PlanSheet | None = None
        self.name = ElidedLabel(role="heading")
        self.undo_button = quiet_button(_("Undo"), _("Ctrl+Z"))
        self.redo_button = quiet_button(_("Redo"), _("Ctrl+Y or Ctrl+Shift+Z"))
        self.said = ElidedLabel(role="quiet")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verdict_button = QPushButton(_("Back to the verdict"))
        self.report_button = QPushButton(_("To the report"))
        set_role(self.report_button, "primary")
        self._lay_out()
        self.add_key(_("Back to the verdict"), ("V",), self._verdict)
        self.add_key(_("To the report"), ("R",), self._report)
        self.add_key(_("Undo"), ("Ctrl+Z",), self._undo)
        self.add_key(_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo)
        self.verdict_button.clicked.connect(self._verdict)
        self.report_button.clicked.connect(self._report)
        self.undo_button.clicked.connect(self._undo)
        self.redo_button.clicked.connect(self._redo)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, space(3), 0, space(3))
        column.setSpacing(space(2))
        head = QHBoxLayout()
        head.setContentsMargins(space(8), 0, space(8), 0)
        head.setSpacing(space(2))
        head.addWidget(self.name, 1)
        head.addWidget(self.said, 1)
        head.addWidget(self.undo_button)
        head.addWidget(self.redo_button)
        column.addLayout(head)
        self._area = scrolling(Column())
        # The arrows scroll, and the letters are keys, while nothing is being written.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(_("Plan"))
        column.addWidget(self._area, 1)
        self._foot = QWidget()
        buttons = FlowLayout(self._foot, gap=space(4), to_the_right=1)
        buttons.addWidget(with_key("V", self.verdict_button))
        buttons.addWidget(with_key("R", self.report_button))
        margin = QHBoxLayout()
        margin.setContentsMargins(space(8), 0, space(8), 0)
        margin.addWidget(self._foot)
        column.addLayout(margin)
        self._stack.addWidget(body)
        self._not_finished = NotFinished()
        self._not_finished.back.connect(self._questions)
        self._not_finished.finish.connect(self.finish_asked)
        self._stack.addWidget(self._not_finished)

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self._flush()
        self._interview = interview
        self._drop_sheet()
        self.said.setText("")

    def enter(self) -> None:
        self.said.setText("")
        self._refresh()
        if self._stack.currentIndex() == _NOT_FINISHED:
            self._not_finished.take_focus()
        else:
            self._area.setFocus()

    def leave(self) -> bool:
        self._flush()
        return True

    def place(self) -> dict[str, str]:
        if self.sheet is None:
            return {}
        place = {"scrolled": str(self._area.verticalScrollBar().value())}
        focused = QApplication.focusWidget()
        for key, part in self.sheet.parts.items():
            if focused is not None and part.isAncestorOf(focused):
                place["part"] = key
        if self.sheet.open:
            place["more"] = "shown"
        return place

    def stand_at(self, place: Draft) -> None:
        self._refresh()
        if self.sheet is None:
            return
        self.sheet.show_more("more" in place)
        at = place.get("scrolled", "")
        if at.isdecimal():
            # Not before there is something to scroll.
            bar = self._area.verticalScrollBar()
            QTimer.singleShot(0, self, lambda: bar.setValue(int(at)))

    def _refresh(self) -> None:
        """Show everything as it stands now; what is being written stays untouched."""
        interview = self._interview
        shown = interview is not None and totals_shown(
            finished=interview.finished,
            preferred=self.context.fitcheck.preferences.show_totals,
            peeking=False,
        )
        self._stack.setCurrentIndex(_WRITTEN if shown else _NOT_FINISHED)
        if interview is None or not shown:
            self._drop_sheet()
            return
        arranged = arrangement(interview.judgement)
        if self.sheet is None or self.sheet.arranged != arranged:
            self._drop_sheet()
            self._make_sheet(interview)
        sheet = self.sheet
        assert sheet is not None
        self.name.setText(interview.assessment.prospect.name)
        sheet.sentence.setText(standing_sentence(interview))
        colleagues = self.context.fitcheck.referring.colleagues()
        drafted = self._drafted(interview)
        sheet.language = for_documents(interview.language)
        sheet.show_plan(interview.assessment, interview.judgement, drafted, colleagues)
        sheet.make_room(self._area.width())
        self._show_travel()
        # A text is as high as its width makes it, which takes a few rounds: none of them is shown.
        for _round in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _drafted(self, interview: Interview) -> Plan:
        profile = self.context.fitcheck.preferences.profile
        return draft(interview.assessment, interview.bank, interview.judgement, profile)

    def _make_sheet(self, interview: Interview) -> None:
        sheet = PlanSheet(
            arrangement(interview.judgement), interview.bank, self.context.fitcheck.today()
        )
        sheet.kept.connect(self._kept)
        sheet.left.connect(self._area.setFocus)
        sheet.draft_asked.connect(self._use_draft)
        sheet.mine_asked.connect(self._keep_mine)
        sheet.setAutoFillBackground(False)
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        sheet.rearranged.connect(self._in_order)
        self.sheet = sheet
        self._in_order()

    @Slot()
    def _in_order(self) -> None:
        in_order(self._area, self._foot)

    def _drop_sheet(self) -> None:
        """Nothing of an earlier assessment stays behind."""
        if self.sheet is not None:
            self.sheet = None
            old = self._area.takeWidget()
            old.hide()
            old.deleteLater()
        self.name.setText("")

    def _flush(self) -> None:
        if self.sheet is not None:
            self.sheet.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sheet is not None:
            self.sheet.make_room(self._area.width())

    # Writing

    @Slot(str)
    def _kept(self, key: str) -> None:
        """Keep what stands in a part, unless nobody could read it back."""
        interview, sheet = self._interview, self.sheet
        if interview is None or sheet is None:
            return
        part = sheet.parts[key]
        value = part.editor.value()
        fault = fault_in(value)
        part.tell(fault)
        if fault:
            return
        self.said.setText("")
        if key == Beside.LETTER:
            letter, own = value
            plan = replace(interview.assessment.plan, letter=letter, reasons=own)
            interview.set_field("plan", plan)
        elif key == Beside.LISTS:
            self._keep_lists(interview, value)
        elif key in _BESIDE_FIELDS:
            interview.set_field(key, value)
        else:
            self._write(interview, Section(key), value)
        self._refresh()

    def _keep_lists(self, interview: Interview, value: dict[str, tuple[str, ...]]) -> None:
        for pile, items in value.items():
            if items != getattr(interview.assessment.conversation, pile):
                interview.set_field(pile, items)

    def _write(self, interview: Interview, section: Section, value: Any) -> None:
        plan, drafted = interview.assessment.plan, self._drafted(interview)
        drafted_now = getattr(drafted, section)
        # A draft is kept in English, whatever language it was written on in.
        with speaking(for_documents(interview.language)):
            if value == spoken(drafted_now):
                value = drafted_now
            elif value == spoken(getattr(plan, section)):
                value = getattr(plan, section)
        interview.set_field("plan", written(plan, section, value, drafted))

    @Slot(str)
    def _use_draft(self, key: str) -> None:
        self._flush()
        if self._interview is not None:
            plan = self._interview.assessment.plan
            self._interview.set_field("plan", given_back(plan, Section(key)))
            self._say(_("The draft is in force again. Ctrl+Z brings back what you wrote."))
            self._refresh()

    @Slot(str)
    def _keep_mine(self, key: str) -> None:
        self._flush()
        if self._interview is not None:
            plan, drafted = self._interview.assessment.plan, self._drafted(self._interview)
            self._interview.set_field("plan", kept(plan, Section(key), drafted))
            self._say(_("Yours stays."))
            self._refresh()

    # Undo and redo

    def _show_travel(self) -> None:
        interview = self._interview
        newest, undone = (interview.newest, interview.undone) if interview else (None, None)
        for button, change in ((self.undo_button, newest), (self.redo_button, undone)):
            button.setEnabled(change is not None and _key_of(change) is not None)

    @Slot()
    def _undo(self) -> None:
        self._flush()
        if self._interview is not None:
            self._travel(self._interview.newest, Interview.undo, _("Undone: {part}."))

    @Slot()
    def _redo(self) -> None:
        self._flush()
        if self._interview is not None:
            self._travel(self._interview.undone, Interview.redo, _("Done again: {part}."))

    def _travel(self, change: Change | None, way: Callable[[Interview], object], told: str) -> None:
        """Take a change of this page back, or make it again; answers are left where they are."""
        interview = self._interview
        if interview is None or self.sheet is None or change is None:
            return
        key = _key_of(change)
        if key is None:
            self._say(_("The change before this one was made elsewhere, and is undone there."))
            return
        way(interview)
        self.sheet.reveal(key)
        self._refresh()
        self._say(told.format(part=part_title(key)))
        part = self.sheet.parts[key]
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        announce(self.said, text)

    # Going on

    @Slot()
    def _verdict(self) -> None:
        self.go.emit("verdict")

    @Slot()
    def _report(self) -> None:
        self.go.emit("report")

    @Slot()
    def _questions(self) -> None:
        self.go.emit("interview" if self._interview else "prospects")


def _key_of(change: Change) -> Key | None:
    """The part of this page that a change was made in; ``None`` if it was made elsewhere."""
    if change.subject is not Subject.FIELD:
        return None
    if change.key != "plan":
        return _BESIDE_FIELDS.get(change.key)
    before, after = change.before, change.after
    written_ = [(plan.get("drafted", {}), plan) for plan in (before, after)]
    for section in Section:
        (one, plan), (other, planned) = written_
        if one.get(section) != other.get(section) or plan.get(section) != planned.get(section):
            return section
    return Beside.LETTER
