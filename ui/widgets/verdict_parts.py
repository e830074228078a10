"""The parts of the verdict's sheet that say how firm it is, and how far the answers carry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.flips import Flip
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.policy import Policy
from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import _
from reports.firm_words import firmness_sentences, flip_sentence
from reports.gap_chart import gap_chart, gaps_text
from reports.verdict_words import gap_sentences, to_proceed_sentences
from ui.theme import Theme, set_role, space
from ui.widgets.change_list import SentenceList, pointed
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.labels import label, rule
from ui.widgets.text import paragraph

_NEAREST = 4
"""As many changes of a single answer are shown at first."""


class FirmLines(QWidget):
    """Under the recommendation: how firm it is, and what it could become."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        self.said = paragraph(_("Working out how firm this is…"), "asked")
        self.said.setEnabled(False)
        self.reachable = paragraph(role="quiet")
        self.reachable.hide()
        layout.addWidget(self.said)
        layout.addWidget(self.reachable)

    def show_firmness(self, assessment: Assessment, firmness: Firmness) -> None:
        """Say it; while it is undecided there is nothing yet that could be firm."""
        sentences = firmness_sentences(assessment, firmness)
        decided = firmness.staying_power is not None
        self.said.setEnabled(True)
        set_role(self.said, self._role)
        self.said.setText(sentences.pop(0) if decided and sentences else "")
        self.said.setVisible(bool(self.said.text()))
        self.reachable.setText(" ".join(sentences))
        self.reachable.setVisible(bool(sentences))


class ChangesPart(QWidget):
    """The single answers that would change the result, and what it would take to proceed."""

    def __init__(self, verdict: Verdict, policy: Policy) -> None:
        super().__init__()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(space(8))
        flips = [flip_sentence(flip) for flip in nearest_first(verdict.flips)]
        self.flips = SentenceList(
            _("One other answer"), flips or [_("No single answer would change it.")], _NEAREST
        )
        self.row.addWidget(self.flips, 1)
        self.to_proceed: SentenceList | None = None
        sentences = to_proceed_sentences(policy, verdict)
        if sentences:
            heading = _("What it would take to proceed")
            lead, *sets = sentences
            self.to_proceed = SentenceList(heading, sets, lead=lead)
            self.row.addWidget(self.to_proceed, 1)


class GapsPart(QWidget):
    """Where each of the two sees what both were asked: a chart, and the widest gaps in words."""

    def __init__(self, judgement: Judgement, theme: Theme) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(rule())
        layout.addWidget(label(_("The two views"), "title"))
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(space(8))
        self.chart = ChartView(widest=space(150))
        colours = chart_colours(theme, theme.window)
        gaps = judgement.gaps
        self.chart.show_chart(gap_chart(gaps, colours), _("The two views"), gaps_text(gaps))
        self.row.addWidget(self.chart, 1)
        self.widest = SentenceList(_("What to talk about"), gap_sentences(judgement))
        self.row.addWidget(self.widest, 1)
        layout.addLayout(self.row)


def section(title: str, inside: QWidget) -> QWidget:
    """A part of the sheet with its title, under a thin line."""
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(3))
    layout.addWidget(rule())
    layout.addWidget(label(title, "title"))
    layout.addWidget(inside)
    return part


def nearest_first(flips: Sequence[Flip]) -> list[Flip]:
    """The fewest levels first, then the heaviest question, then form order."""
    return sorted(flips, key=lambda flip: (abs(flip.level - flip.was), -flip.question.weight))


def warnings_part(sentences: Sequence[str]) -> QWidget:
    """What is doubtful about the answers themselves, and what to do about it."""
    banner = QFrame()
    set_role(banner, "banner")
    layout = QVBoxLayout(banner)
    layout.setContentsMargins(space(4), space(3), space(4), space(3))
    layout.setSpacing(space(2))
    for sentence in sentences:
        layout.addWidget(pointed(sentence))
    return section(_("What to be careful about"), banner)


def gaps_part(judgement: Judgement, theme: Theme) -> GapsPart | None:
    """The two views, where both sides answered a facet; ``None`` where they didn't."""
    return GapsPart(judgement, theme) if judgement.gaps else None
