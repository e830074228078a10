"""The verdict of one interview as one sheet: made anew whenever something about it changes."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.judgement import Missing, Reason, Recommendation
from fitcheck.domain.moved import Moved
from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import _, ngettext
from fitcheck.interview import Interview
from reports.charts import fit_map, odds_bar
from reports.verdict_words import warning_sentences
from reports.words import (
    answer_text,
    axis_in_sentence,
    bank_text,
    brake_sentence,
    confirmed_sentence,
    date_text,
    gut_sentence,
    missing_sentence,
    odds_sentence,
    override_sentence,
    policy_note,
    stance_name,
    stance_sentence,
)
from ui.theme import Theme, set_role, space
from ui.widgets.asking import advice, standing_sentence
from ui.widgets.change_list import AskList
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.column import Column
from ui.widgets.labels import label, rule
from ui.widgets.moved_part import MovedPart
from ui.widgets.reason_list import ReasonList
from ui.widgets.standing import axes_sentence, split_reasons, where_to_ask
from ui.widgets.text import paragraph
from ui.widgets.verdict_parts import ChangesPart, FirmLines, gaps_part, section, warnings_part

_STRONGEST = 5
"""As many reasons each way are shown at first."""
_NATURE_REASONS = 3
"""As many answers stand under the stance."""


class VerdictSheet(Column):
    """What the answers come to.

    How firm it is and what would change it take longer to find out than to paint the rest:
    :meth:`show_verdict` adds them. ``question_asked`` carries the id of a question to go to,
    ``deal_breaker_asked`` that of a suspicion to clear, ``override_removed`` says that the
    recommendation is to stand again, ``all_asked`` that every reason is to be shown.
    """

    question_asked = Signal(str)
    deal_breaker_asked = Signal(str)
    override_removed = Signal()
    all_asked = Signal()

    def __init__(self, interview: Interview, theme: Theme, *, every_reason: bool) -> None:
        super().__init__(gap=space(5))
        self._interview = interview
        self._theme = theme
        judgement = interview.judgement
        self.column.setContentsMargins(space(8), space(6), space(8), space(6))
        self.sentence = paragraph(role="display")
        self.firm = FirmLines("asked" if interview.assessment.override else "heading")
        self.stance = paragraph(
            f"{stance_name(judgement.stance)}. {stance_sentence(judgement.stance)}"
        )
        self.remove_button: QPushButton | None = None
        self.missing_buttons: list[QPushButton] = []
        self.asks: AskList | None = None
        self.changes: ChangesPart | None = None
        self._beside = True
        self._say()
        self.column.addWidget(self.sentence)
        self.column.addWidget(self._override() if interview.assessment.override else self.firm)
        if (gut := interview.assessment.gut) is not None:
            self.column.addWidget(paragraph(" ".join([gut_sentence(gut), gut.words]).strip()))
        self._top = _row()
        self._top.addWidget(self._findings(), 1)
        self._top.addWidget(self._map(), 1)
        self.column.addLayout(self._top)
        self.moved: MovedPart | None = None
        self._moved_place = self._place()
        self._asks_place = self._place()
        self._reasons_row = _row()
        self.column.addWidget(rule())
        self._add_reasons(every_reason)
        self.column.addLayout(self._reasons_row)
        self.column.addLayout(self._all_reasons(every_reason))
        self._changes_place = self._place()
        if warnings := warning_sentences(judgement):
            self.column.addWidget(warnings_part(warnings))
        self.gaps = gaps_part(judgement, theme)
        if self.gaps:
            self.column.addWidget(self.gaps)
        self.column.addWidget(rule())
        self.column.addWidget(paragraph(policy_note(), "quiet"))
        self.column.addStretch(1)

    def show_verdict(self, verdict: Verdict) -> None:
        """Say how firm it is, what to ask next and what would change it; once."""
        interview = self._interview
        firmness = verdict.firmness
        self._say()
        self.firm.show_firmness(interview.assessment, firmness)
        asking = advice(interview, firmness, totals=True).asking
        if asking and not firmness.enough:
            self.asks = AskList(asking)
            self.asks.question_asked.connect(self.question_asked)
            self.asks.deal_breaker_asked.connect(self.deal_breaker_asked)
            self._asks_place.addWidget(section(_("What to ask next"), self.asks))
        judgement = verdict.judgement
        # Too early, or with a confirmed deal-breaker, no answer of those that stand decides.
        if judgement.recommendation is not Recommendation.UNDECIDED and not judgement.confirmed:
            self.changes = ChangesPart(verdict, interview.policy)
            self._changes_place.addWidget(section(_("What would change it"), self.changes))
        self._make_room()

    def show_moved(self, moved: Moved) -> None:
        """Say what moved since the last assessment; once."""
        self.moved = MovedPart(moved, self._theme)
        self._moved_place.addWidget(self.moved)
        self._make_room()

    def make_room(self, width: int) -> None:
        """Put what stands side by side under each other where ``width`` is too little for both."""
        self._beside = width >= space(190)
        self._make_room()

    def _make_room(self) -> None:
        direction = QBoxLayout.Direction
        way = direction.LeftToRight if self._beside else direction.TopToBottom
        rows = [self._top, self._reasons_row]
        rows += [part.row for part in (self.changes, self.gaps, self.moved) if part is not None]
        for row in rows:
            row.setDirection(way)

    def _place(self) -> QVBoxLayout:
        """Where something is added later, without a gap until it is."""
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(place)
        return place

    def _say(self) -> None:
        self.sentence.setText(standing_sentence(self._interview))

    # Parts

    def _override(self) -> QFrame:
        override = self._interview.assessment.override
        assert override is not None
        card = QFrame()
        set_role(card, "selected-card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(2))
        layout.addWidget(paragraph(override_sentence(self._interview.judgement), "heading"))
        layout.addWidget(self.firm)
        layout.addWidget(paragraph(override.reason))
        row = QHBoxLayout()
        row.addWidget(label(_("Decided on {date}").format(date=date_text(override.date)), "quiet"))
        row.addStretch(1)
        self.remove_button = QPushButton(_("Take the recommendation again"))
        self.remove_button.clicked.connect(self.override_removed)
        row.addWidget(self.remove_button)
        layout.addLayout(row)
        return card

    def _findings(self) -> QWidget:
        """What decides, what is missing, what holds back; then the odds, the scores, the stance."""
        judgement, bank = self._interview.judgement, self._interview.bank
        found = QWidget()
        layout = QVBoxLayout(found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(4))
        for id_ in judgement.confirmed:
            layout.addWidget(_banner(confirmed_sentence(id_, bank)))
        for axis in judgement.axes:
            lacking = [missing for missing in judgement.missing if missing.axis is axis]
            if lacking:
                layout.addWidget(self._missing(lacking))
        for brake in judgement.brakes:
            layout.addWidget(_banner(brake_sentence(brake, bank)))
        layout.addWidget(_part(_("How to stand towards it"), self.stance))
        for reason in judgement.nature_reasons[:_NATURE_REASONS]:
            layout.addWidget(paragraph(self._nature_words(reason), "quiet"))
        odds = ChartView(widest=space(150))
        odds.show_chart(
            odds_bar(judgement.odds, chart_colours(self._theme, self._theme.window)),
            _("Odds"),
            odds_sentence(judgement.odds),
        )
        layout.addWidget(_part(_("The odds of a match"), odds))
        layout.addWidget(_part(_("The three axes"), paragraph(axes_sentence(judgement), "quiet")))
        step = self._interview.assessment.conversation.next_step
        if step.what:
            text = f"{step.what}\n{date_text(step.when)}" if step.when else step.what
            layout.addWidget(_part(_("Next step"), paragraph(text)))
        layout.addStretch(1)
        return found

    def _missing(self, lacking: list[Missing]) -> QFrame:
        """What one axis lacks, with the way to the question that helps."""
        missing = lacking[0]
        text = "\n".join(map(missing_sentence, lacking))
        question_id = where_to_ask(self._interview, missing)
        if question_id is None:
            return _banner(text)
        button = QPushButton(_("Ask about {axis}").format(axis=axis_in_sentence(missing.axis)))
        button.setProperty("question", question_id)
        button.clicked.connect(self._ask)
        self.missing_buttons.append(button)
        return _banner(text, button)

    def _nature_words(self, reason: Reason) -> str:
        answer = self._interview.answer(reason.question.id)
        facet = bank_text(reason.question.facet.name)
        return f"{facet}: {answer_text(reason.question, answer.value)}"

    def _map(self) -> ChartView:
        judgement = self._interview.judgement
        chart = ChartView(widest=space(150))
        colours = chart_colours(self._theme, self._theme.window)
        chart.show_chart(
            fit_map(judgement, self._interview.policy, colours),
            _("Fit map"),
            axes_sentence(judgement),
        )
        return chart

    def _add_reasons(self, every_reason: bool) -> None:
        judgement = self._interview.judgement
        strongest = max((abs(reason.push) for reason in judgement.reasons), default=0.0)
        most = None if every_reason else _STRONGEST
        headings = (_("What speaks for it"), _("What speaks against it"))
        self.reasons_for, self.reasons_against = (
            ReasonList(heading, reasons[:most], strongest, self._interview, self._theme)
            for heading, reasons in zip(headings, split_reasons(judgement.reasons), strict=True)
        )
        self._reasons_row.addWidget(self.reasons_for, 1)
        self._reasons_row.addWidget(self.reasons_against, 1)

    def _all_reasons(self, every_reason: bool) -> QHBoxLayout:
        """The button that shows every reason, where some are left out, or fewer again."""
        reasons = split_reasons(self._interview.judgement.reasons)
        more = sum(len(side[_STRONGEST:]) for side in reasons)
        text = ngettext("{count} more reason", "{count} more reasons", more).format(count=more)
        self.all_button = QPushButton(_("Only the strongest") if every_reason else text)
        if not more:
            self.all_button.hide()
        self.all_button.clicked.connect(self.all_asked)
        row = QHBoxLayout()
        row.addWidget(self.all_button)
        row.addStretch(1)
        return row

    @Slot()
    def _ask(self) -> None:
        button = self.sender()
        if button is not None:
            self.question_asked.emit(str(button.property("question")))


def _row() -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(space(8))
    return row


def _part(heading: str, inside: QWidget) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(1))
    layout.addWidget(label(heading, "heading"))
    layout.addWidget(inside)
    return part


def _banner(text: str, button: QPushButton | None = None) -> QFrame:
    """Something that one must not overlook, with what can be done about it."""
    banner = QFrame()
    set_role(banner, "banner")
    layout = QVBoxLayout(banner)
    layout.setContentsMargins(space(4), space(3), space(4), space(3))
    layout.setSpacing(space(2))
    layout.addWidget(paragraph(text))
    if button is not None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
    return banner
