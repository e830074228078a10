"""The fit map under a policy that is being made: of a past assessment, or before any answer."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fitcheck.domain.book import PolicyChange
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.policy import Policy
from fitcheck.i18n import _
from reports.charts import fit_map
from reports.words import date_text, odds_sentence, recommendation_name
from ui.theme import Theme, space
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.labels import titled
from ui.widgets.standing import axes_sentence
from ui.widgets.text import paragraph
from ui.widgets.unwheeled import unwheeled


class PolicyMap(QWidget):
    """``chosen`` says that another assessment is to be shown: :attr:`assessment_id`."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Whose map"))
        self.whose.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.whose.setMinimumContentsLength(12)
        unwheeled(self.whose)
        self.chart = ChartView(widest=space(125))
        self.sentence = paragraph()
        self._drawn: tuple[Judgement, Policy] | None = None
        title = titled(_("The map of"), self.whose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        for widget in (title, self.whose, self.chart, self.sentence):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.whose.currentIndexChanged.connect(self._chosen)
        self.begin()

    def begin(self) -> None:
        """Offer nobody but the one before any answer, until :meth:`offer` adds others."""
        with QSignalBlocker(self.whose):
            self.whose.clear()
            self.whose.addItem(_("a prospect before any answer"), None)

    def offer(self, change: PolicyChange) -> None:
        """Let an assessment be chosen, too."""
        if self.whose.findData(change.assessment_id) < 0:
            name = _("{name}, {date}").format(
                name=" ".join(change.name.split()), date=date_text(change.date)
            )
            self.whose.addItem(name, change.assessment_id)

    @property
    def assessment_id(self) -> int | None:
        """The assessment that is to be shown, or ``None``."""
        chosen = self.whose.currentData()
        return chosen if isinstance(chosen, int) else None

    def draw(self, judgement: Judgement, policy: Policy, theme: Theme) -> None:
        """Draw a judgement with the bars of ``policy``."""
        colours = chart_colours(theme, theme.surface)
        self.chart.show_chart(
            fit_map(judgement, policy, colours), _("Fit map"), axes_sentence(judgement)
        )
        self.sentence.setText(
            _("{recommendation}. {odds}").format(
                recommendation=recommendation_name(judgement.recommendation),
                odds=odds_sentence(judgement.odds),
            )
        )

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit()
