"""Where the phase of the chosen prospect stands, in a short line, and what can be done about it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.period import Period
from fitcheck.i18n import _
from reports.period_words import due_text, history_sentences, period_sentence
from ui.theme import space
from ui.widgets.flow import FlowLayout
from ui.widgets.follow_up_part import FollowUpPart
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class PeriodPart(QWidget):
    """``extend_asked`` and ``decide_asked``; the latter takes back what is decided already."""

    extend_asked = Signal()
    decide_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        self.due = paragraph(role="warning")
        self.line = paragraph()
        self.history = paragraph(role="quiet")
        self.extend_button = QPushButton(_("Extend…"))
        self.extend_button.setToolTip(_("Another planned end, with a reason (Ctrl+T)"))
        self.decide_button = QPushButton(_("Decide…"))
        self.decide_button.setToolTip(_("Ctrl+D"))
        self.extend_button.clicked.connect(self.extend_asked)
        self.decide_button.clicked.connect(self.decide_asked)
        layout.addWidget(label(_("Before saying yes"), "heading"))
        layout.addWidget(self.due)
        layout.addWidget(self.line)
        layout.addWidget(self.history)
        layout.addSpacing(space(1))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=space(2))
        flow.addWidget(self.extend_button)
        flow.addWidget(self.decide_button)
        layout.addWidget(buttons)
        self.follow_ups = FollowUpPart()
        layout.addWidget(self.follow_ups)

    def show_period(self, period: Period, today: dt.date) -> None:
        decided = period.decision is not None
        due = "" if decided else due_text(period.until, today)
        self.due.setText(due)
        self.due.setVisible(bool(due))
        self.line.setText(period_sentence(period, today))
        history = "\n".join(history_sentences(period, today))
        self.history.setText(history)
        self.history.setVisible(bool(history))
        # Hidden, not greyed: what is decided is reopened before it is extended.
        self.extend_button.setVisible(not decided)
        self.decide_button.setText(_("Reopen") if decided else _("Decide…"))
