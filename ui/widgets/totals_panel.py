"""What the answers come to so far: hidden until the interview is finished, by default."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.judgement import Judgement
from fitcheck.domain.policy import Policy
from fitcheck.i18n import _
from reports.charts import fit_map, odds_bar
from reports.words import odds_sentence, policy_note, stance_sentence
from ui.theme import Theme, set_role, space
from ui.widgets.chart_view import ChartView, chart_colours
from ui.widgets.labels import label
from ui.widgets.standing import axes_sentence
from ui.widgets.text import paragraph, with_key


class TotalsView(QFrame):
    """The recommendation as it forms, the odds, the map and the scores of the axes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn: tuple[Judgement, Policy] | None = None
        self.sentence = paragraph(role="heading")
        self.odds = ChartView()
        self.map = ChartView(widest=space(125))
        self.axes = paragraph(role="quiet")
        self.note = paragraph(policy_note(), "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        for widget in (self.sentence, self.odds, self.map, self.axes, self.note):
            layout.addWidget(widget)

    def show_totals(self, judgement: Judgement, policy: Policy, sentence: str) -> None:
        """Draw a judgement, unless it is the one that is shown already, under ``sentence``."""
        self.sentence.setText(sentence)
        if self._drawn != (judgement, policy):
            self._drawn = (judgement, policy)
            self._draw()

    def clear(self) -> None:
        """Leave nothing of a judgement behind, not even for a screen reader."""
        self._drawn = None
        self.sentence.clear()
        self.axes.clear()
        for chart in (self.odds, self.map):
            chart.setAccessibleName("")
            chart.setAccessibleDescription("")

    def restyle(self, theme: Theme) -> None:
        self._theme = theme
        if self._drawn:
            self._draw()

    def _draw(self) -> None:
        assert self._drawn is not None
        judgement, policy = self._drawn
        ground = self._theme.surface if self.property("role") else self._theme.window
        colours = chart_colours(self._theme, ground)
        self.odds.show_chart(
            odds_bar(judgement.odds, colours), _("Odds"), odds_sentence(judgement.odds)
        )
        self.map.show_chart(
            fit_map(judgement, policy, colours), _("Fit map"), stance_sentence(judgement.stance)
        )
        self.axes.setText(axes_sentence(judgement))


class TotalsPanel(QWidget):
    """The totals where they may be seen; else why they are hidden, and a button to peek.

    ``peek`` says whether the button is being held. The peek itself is the page's to show.
    """

    peek = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.why_hidden = paragraph(
            _("Odds and map stay hidden until you finish: totals sway the one who rates."), "quiet"
        )
        self.peek_button = QPushButton(_("Hold to peek"))
        self.peek_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.peek_button.setAccessibleDescription(
            _("Shows the odds and the map for as long as it is held, as the key P does.")
        )
        self.peek_button.pressed.connect(self._held)
        self.peek_button.released.connect(self._released)
        self._peek_row = with_key("P", self.peek_button)
        self.view = TotalsView(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        head = QHBoxLayout()
        head.addWidget(label(_("So far"), "heading"))
        head.addStretch(1)
        head.addWidget(self._peek_row)
        layout.addLayout(head)
        layout.addWidget(self.why_hidden)
        layout.addWidget(self.view)
        self.hide_totals()

    @property
    def shown(self) -> bool:
        """Whether the totals stand in the panel."""
        return not self.view.isHidden()

    def hide_totals(self) -> None:
        """Show nothing of the judgement, and say why."""
        self.view.clear()
        self.view.hide()
        self.why_hidden.show()
        self._peek_row.show()

    def show_totals(self, judgement: Judgement, policy: Policy, sentence: str) -> None:
        """Show what the answers come to."""
        self.view.show_totals(judgement, policy, sentence)
        self.view.show()
        self.why_hidden.hide()
        self._peek_row.hide()

    def restyle(self, theme: Theme) -> None:
        self.view.restyle(theme)

    @Slot()
    def _held(self) -> None:
        self.peek.emit(True)

    @Slot()
    def _released(self) -> None:
        self.peek.emit(False)


class PeekCard(TotalsView):
    """The totals as a card that lies over the page for as long as a key is held."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme)
        self.setParent(page)
        set_role(self, "card")
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(space(5), space(4), space(5), space(4))
        self.note.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def lie_over(self, right: int, top: int, bottom: int) -> None:
        """Lie to the left of ``right`` and above ``bottom``, from ``top`` on if there is room.

        Where there is little room the map is drawn smaller; it never costs a line of text.
        """
        width = min(space(140), right)
        while width > space(80) and self.heightForWidth(width) > bottom:
            width -= space(2)
        height = min(self.heightForWidth(width), bottom)
        self.setGeometry(right - width, max(0, min(top, bottom - height)), width, height)
        self.raise_()
