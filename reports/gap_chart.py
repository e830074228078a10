"""The two views of a prospect, facet by facet, as a dumbbell chart (I22).

Drawn like :mod:`reports.charts`, in the subset of SVG that QtSvg and WeasyPrint draw alike: one
``<svg>`` as text, escaped, with a ``<title>`` that says all of it in words. One row a facet, a line
from 0 to 100 %: a filled circle where the consultant sees it, a hollow square where the prospect
does, and a bar between them. Shape and filling carry the meaning, so a grey print loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitcheck.domain.answer_warnings import Gap
from fitcheck.i18n import _
from reports import words
from reports.charts import FONT, ChartColours

_WIDTH = 440
_LEGEND, _ROW = 26, 40
_INSET = 8.0
"""The line begins and ends this far from the edge, so that a mark at its end is whole."""


@dataclass(frozen=True)
class Dumbbell:
    """A row: the filled circle and the hollow square as shares of one, and both in words."""

    name: str
    value: str
    filled: float
    hollow: float


def gap_chart(gaps: Sequence[Gap], colours: ChartColours, width: float = _WIDTH) -> str:
    """Where each side sees each facet; an empty text where no facet was answered by both."""
    rows = [
        Dumbbell(words.bank_text(gap.facet.name), gap_text(gap), gap.mine, gap.theirs)
        for gap in gaps
    ]
    legend = _("As you see it"), _("As they see it")
    return dumbbells(rows, legend, gaps_text(gaps), colours, width) if rows else ""


def dumbbells(
    rows: Sequence[Dumbbell],
    legend: tuple[str, str],
    title: str,
    colours: ChartColours,
    width: float = _WIDTH,
) -> str:
    """The chart of these rows; ``legend`` says what the circle and the square stand for."""
    from reports.templating import fill

    height = _LEGEND + len(rows) * _ROW
    return fill(
        "charts/gaps.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * height / _WIDTH,
            "view": (_WIDTH, height),
            "title": title,
            "mine": legend[0],
            "theirs": legend[1],
            "ends": (_at(0.0), _at(1.0)),
            "rows": [
                {
                    "y": _LEGEND + number * _ROW,
                    "name": row.name,
                    "value": row.value,
                    "mine": _at(row.filled),
                    "theirs": _at(row.hollow),
                }
                for number, row in enumerate(rows)
            ],
        },
    )


def gaps_text(gaps: Sequence[Gap]) -> str:
    """The chart in words: "Ease of talking: you 75%, they 25%; …"."""
    return "; ".join(f"{words.bank_text(gap.facet.name)}: {gap_text(gap)}" for gap in gaps)


def gap_text(gap: Gap) -> str:
    """The two means of a facet as people read them, "you 75%, they 25%"."""
    return _("you {mine}%, they {theirs}%").format(
        mine=words.whole_percent(gap.mine), theirs=words.whole_percent(gap.theirs)
    )


def _at(share: float) -> float:
    return _INSET + (_WIDTH - 2 * _INSET) * share
