"""By which rules a verdict was reached, and what today's would make of it: two quiet lines."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fitcheck.interview import Interview
from reports.policy_words import judged_by, today_otherwise
from ui.context import Context
from ui.theme import space
from ui.widgets.text import paragraph


class PolicyLine(QWidget):
    """Names the policy that judged; where today's is another, says what it would come to."""

    def __init__(self, context: Context, interview: Interview) -> None:
        super().__init__()
        assessment = interview.assessment
        self.judged_by = paragraph(judged_by(assessment.policy, assessment.appetite), "quiet")
        self.today = paragraph("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.judged_by)
        layout.addWidget(self.today)
        fitcheck = context.fitcheck
        today = fitcheck.policies.judged_today(assessment)
        self.today.setHidden(today is None)
        if today is not None:
            self.today.setText(
                today_otherwise(
                    today.recommendation,
                    interview.judgement.recommendation,
                    fitcheck.policies.in_force.reference,
                    fitcheck.preferences.appetite,
                )
            )
