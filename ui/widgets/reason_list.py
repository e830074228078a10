"""Why: the answers that speak for a match or against it, each with its push as a small bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fitcheck.domain.judgement import Reason
from fitcheck.i18n import _, decimal
from fitcheck.interview import Interview
from reports.words import answer_text, bank_text, evidence_name
from ui.theme import Theme, space
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class PushBar(QWidget):
    """A push as a bar, as long as its share of the strongest one; its figure stands beside it."""

    def __init__(self, share: float, name: str, colour: str, ground: str) -> None:
        super().__init__()
        self._share = min(1.0, max(0.0, share))
        self._colour, self._ground = colour, ground
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(space(20), space(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setBrush(QColor(self._colour))
        bar = QRectF(whole.topLeft(), whole.size())
        bar.setWidth(max(whole.height(), whole.width() * self._share))
        painter.drawRoundedRect(bar, whole.height() / 2, whole.height() / 2)
        painter.end()


class ReasonRow(QWidget):
    """One answer: the facet, the described answer, what it rests on, and how far it pushes."""

    def __init__(
        self, reason: Reason, strongest: float, interview: Interview, theme: Theme
    ) -> None:
        super().__init__()
        answer = interview.answer(reason.question.id)
        figure = push_text(reason.push)
        colour = theme.good if reason.push > 0 else theme.poor
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(paragraph(bank_text(reason.question.facet.name), "heading"), 1)
        share = abs(reason.push) / strongest if strongest else 0.0
        head.addWidget(PushBar(share, _("Push {push}").format(push=figure), colour, theme.track))
        head.addWidget(label(figure, "quiet"))
        layout.addLayout(head)
        layout.addWidget(paragraph(answer_text(reason.question, answer.value)))
        if answer.evidence:
            layout.addWidget(label(evidence_name(answer.evidence), "quiet"))


class ReasonList(QWidget):
    """A heading and its reasons, or a line that says that there are none."""

    def __init__(
        self,
        heading: str,
        reasons: Sequence[Reason],
        strongest: float,
        interview: Interview,
        theme: Theme,
    ) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(label(heading, "title"))
        self.rows = tuple(ReasonRow(reason, strongest, interview, theme) for reason in reasons)
        for row in self.rows:
            layout.addWidget(row)
        if not self.rows:
            layout.addWidget(paragraph(_("Nothing so far."), "quiet"))
        layout.addStretch(1)


def push_text(push: float) -> str:
    """A push with its sign, "+2.4" or "−0.9"."""
    return f"{'+' if push > 0 else '−'}{decimal(abs(push), 1)}"
