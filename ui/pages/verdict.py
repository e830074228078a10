"""The verdict: what the answers come to, why, and what the consultant decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import _
from fitcheck.interview import Interview
from ui.context import Context
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.override import OverrideDialog
from ui.drafts import Draft
from ui.pages.page import Page
from ui.steps import IdleSteps
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets import asking
from ui.widgets.column import Column, scrolling
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.key_tip import name_key
from ui.widgets.labels import ElidedLabel
from ui.widgets.not_finished import NotFinished
from ui.widgets.policy_line import PolicyLine
from ui.widgets.standing import anything_answered, totals_shown
from ui.widgets.text import with_key
from ui.widgets.verdict_sheet import VerdictSheet

_NOTHING, _JUDGED, _NOT_FINISHED = range(3)
"""The faces of the page, in the order of its stack."""


class VerdictPage(Page):
    """Shows the judgement of the interview in hand, and how firm it is as soon as that is known."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._every_reason = False
        self.steps = IdleSteps(self)
        self.steps.done.connect(self._reached)
        self.sheet: VerdictSheet | None = None
        self.name = ElidedLabel(role="heading")
        self.questions_button = QPushButton(_("Back to the questions"))
        self.override_button = QPushButton(_("Decide otherwise…"))
        self.plan_button = QPushButton(_("To the plan"))
        set_role(self.plan_button, "primary")
        self.report_button = QPushButton(_("To the report"))
        self.begin_button = QPushButton(_("To the questions"))
        set_role(self.begin_button, "primary")
        self._lay_out()
        for key, button, slot in (
            ("B", self.questions_button, self._back),
            ("O", self.override_button, self._override),
            ("P", self.plan_button, self._plan),
            ("R", self.report_button, self._report),
        ):
            button.clicked.connect(slot)
            self.add_key(button.text(), (key,), slot)
        self.begin_button.clicked.connect(self._back)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.addWidget(
            EmptyState(
                _("Nothing to judge yet"),
                _("The verdict forms as soon as the first question is answered."),
                self.begin_button,
            )
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, space(3), 0, space(3))
        column.setSpacing(space(2))
        head = QHBoxLayout()
        head.setContentsMargins(space(8), 0, space(8), 0)
        head.addWidget(self.name)
        column.addLayout(head)
        self._area = scrolling(Column())
        # The arrows scroll a verdict that is taller than the window.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(_("Verdict"))
        column.addWidget(self._area, 1)
        self._foot = QWidget()
        buttons = FlowLayout(self._foot, gap=space(4), to_the_right=1)
        buttons.addWidget(with_key("B", self.questions_button))
        buttons.addWidget(with_key("O", self.override_button))
        buttons.addWidget(with_key("P", self.plan_button))
        buttons.addWidget(with_key("R", self.report_button))
        margin = QHBoxLayout()
        margin.setContentsMargins(space(8), 0, space(8), 0)
        margin.addWidget(self._foot)
        column.addLayout(margin)
        self._stack.addWidget(body)
        self._not_finished = NotFinished()
        name_key(self._not_finished.back_button, "B")
        self._not_finished.back.connect(self._back)
        self._not_finished.finish.connect(self.finish_asked)
        self._stack.addWidget(self._not_finished)

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self._interview = interview
        self._every_reason = False
        self._refresh()

    def enter(self) -> None:
        self._refresh()
        shown = self._stack.currentIndex()
        if shown == _NOT_FINISHED:
            self._not_finished.take_focus()
        else:
            (self.plan_button if shown == _JUDGED else self.begin_button).setFocus()

    def leave(self) -> bool:
        self.steps.cancel()
        return True

    def resume(self, dialog: str, draft: Draft) -> None:
        if dialog == OverrideDialog.draft_name:
            self._ask_override(draft)
        elif dialog == DealBreakersDialog.draft_name:
            self._ask_deal_breakers(draft)

    def restyle(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self.steps.cancel()
        interview = self._interview
        self._stack.setCurrentIndex(self._state())
        if interview is None or self._state() != _JUDGED:
            return
        self.name.setText(interview.assessment.prospect.name)
        overridden = interview.assessment.override is not None
        self.override_button.setText(
            _("Change your decision…") if overridden else _("Decide otherwise…")
        )
        top = self._area.verticalScrollBar().value()
        sheet = VerdictSheet(interview, self.context.theme, every_reason=self._every_reason)
        sheet.column.insertWidget(sheet.column.count() - 1, PolicyLine(self.context, interview))
        if moved := self.context.fitcheck.moved(interview):
            sheet.show_moved(moved)
        sheet.question_asked.connect(self._go_to)
        sheet.deal_breaker_asked.connect(lambda id_: self._ask_deal_breakers({"row": id_}))
        sheet.override_removed.connect(self._remove_override)
        sheet.all_asked.connect(self._toggle_reasons)
        sheet.setAutoFillBackground(False)
        # The old sheet may be the sender of what led here, so it must outlive this call.
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._area.setWidget(sheet)
        in_order(self._area, self._foot)
        sheet.setAutoFillBackground(False)
        self.sheet = sheet
        self._make_room()
        if interview.known_verdict is not None:
            sheet.show_verdict(interview.known_verdict)
        self._find_out()
        self._area.verticalScrollBar().setValue(top)

    def _find_out(self) -> None:
        """What isn't known yet, as long as the page is there to show it."""
        interview = self._interview
        if interview is None or self.sheet is None or self._state() != _JUDGED:
            return
        if interview.known_verdict is None and self.isVisible():
            self.steps.run(interview.reaching_verdict())

    @Slot(object)
    def _reached(self, verdict: Verdict) -> None:
        if self.sheet is not None:
            self.sheet.show_verdict(verdict)

    def _state(self) -> int:
        """Which of the page's faces is shown."""
        interview = self._interview
        if interview is None or not anything_answered(interview.assessment, interview.bank):
            return _NOTHING
        preferred = self.context.fitcheck.preferences.show_totals
        if totals_shown(finished=interview.finished, preferred=preferred, peeking=False):
            return _JUDGED
        return _NOT_FINISHED

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.steps.running:
            self._find_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.steps.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self.sheet is not None:
            self.sheet.make_room(self.width())

    # What can be done

    @Slot()
    def _back(self) -> None:
        """Back to the questions, which are open again: totals hide until the next finish."""
        if self._interview is None:
            self.go.emit("prospects")
            return
        if self._interview.finished:
            self._interview.reopen()
        self.go.emit("interview")

    @Slot(str)
    def _go_to(self, question_id: str) -> None:
        if self._interview is not None:
            asking.go_to(self._interview, question_id)
            self._back()

    def _ask_deal_breakers(self, draft: Draft) -> None:
        if self._interview is not None and self._stack.currentIndex() == _JUDGED:
            DealBreakersDialog.settle(self, self._interview, draft)
            self._refresh()

    @Slot()
    def _plan(self) -> None:
        self.go.emit("plan")

    @Slot()
    def _report(self) -> None:
        self.go.emit("report")

    @Slot()
    def _override(self) -> None:
        self._ask_override({})

    def _ask_override(self, draft: Draft) -> None:
        interview = self._interview
        if interview is None or self._stack.currentIndex() != _JUDGED:
            return
        override = OverrideDialog.ask(
            self,
            interview.judgement.recommendation,
            interview.assessment.override,
            self.context.fitcheck.today(),
            draft,
        )
        if override is not None:
            interview.override(override)
            self._refresh()

    @Slot()
    def _remove_override(self) -> None:
        if self._interview is not None:
            self._interview.override(None)
            self._refresh()

    @Slot()
    def _toggle_reasons(self) -> None:
        self._every_reason = not self._every_reason
        self._refresh()
