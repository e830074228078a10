"""The three axes then and now, as the dumbbell chart that also shows the two views."""

from __future__ import annotations

from fitcheck.domain.moved import Moved
from fitcheck.i18n import _
from reports import words
from reports.charts import ChartColours
from reports.gap_chart import Dumbbell, dumbbells
from reports.moved_words import axes_text, axis_text


def moved_chart(moved: Moved, colours: ChartColours, width: float = 440) -> str:
    """A row an axis: a hollow square where the score stood, a filled circle where it stands."""
    rows = [
        Dumbbell(words.axis_name(move.axis), axis_text(move), move.now.score, move.then.score)
        for move in moved.axes
    ]
    return dumbbells(rows, (_("Now"), _("Then")), axes_text(moved), colours, width)
