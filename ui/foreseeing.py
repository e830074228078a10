"""Has the documents of the assessment in hand made before anybody asks for them.

Looking at a verdict, or changing a plan, is followed by the report sooner or later. So once things
have been quiet for a moment the verdict is found out in idle time, and the editions are ordered.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from fitcheck.domain.report import Edition
from fitcheck.i18n import language as speaking
from fitcheck.interview import Interview
from fitcheck.speaking import for_documents
from ui.context import Context
from ui.steps import IdleSteps
from ui.widgets.standing import totals_shown

QUIET = 600
"""Milliseconds without a change, before it is worth making documents."""


class Foreseer(QObject):
    """Looks after one assessment at a time; :meth:`look` whenever something may have changed."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._interview: Interview | None = None
        self.steps = IdleSteps(self)
        self.steps.done.connect(self._order)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(QUIET)
        self.timer.timeout.connect(self._begin)

    def look(self, interview: Interview | None) -> None:
        """Something may have changed: what is being foreseen is given up, and begun again."""
        self.steps.cancel()
        self._interview = interview
        if interview is None:
            self.timer.stop()
        else:
            self.timer.start()

    @Slot()
    def _begin(self) -> None:
        interview = self._interview
        # As long as the totals are hidden there is no document to be had.
        if interview is not None and totals_shown(
            finished=interview.finished,
            preferred=self._context.fitcheck.preferences.show_totals,
            peeking=False,
        ):
            self.steps.run(interview.reaching_verdict())

    @Slot()
    def _order(self) -> None:
        interview, fitcheck = self._interview, self._context.fitcheck
        if interview is not None:
            paper = fitcheck.preferences.paper
            reports = [fitcheck.report(interview, edition) for edition in Edition]
            with speaking(for_documents(interview.language)):
                self._context.press.foresee([(report, paper) for report in reports])
