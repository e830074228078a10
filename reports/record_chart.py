"""The reliability diagram, and what the score is made of, drawn like :mod:`reports.charts`."""

from __future__ import annotations

import math

from fitcheck.domain.calibration import BINS
from fitcheck.domain.track_record import Figures
from fitcheck.i18n import _
from reports import words
from reports.charts import FONT, ChartColours
from reports.record_words import diagram_sentence, murphy_rows, score_text

_WIDTH, _HEIGHT = 440, 400
_LEFT, _TOP, _SIZE = 58.0, 14.0, 320.0
_SMALLEST, _LARGEST = 4.0, 10.0
"""The radius of a point that one case made, and of one that all of them did."""


def reliability_chart(figures: Figures, colours: ChartColours, width: float = _WIDTH) -> str:
    """What was said across, what came of it upwards, with an interval for each point.

    A point is the larger the more cases made it; how many stands beside it.
    """
    from reports.templating import fill

    total = sum(point.number for point in figures.diagram)
    return fill(
        "charts/reliability.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * _HEIGHT / _WIDTH,
            "view": (_WIDTH, _HEIGHT),
            "title": reliability_text(figures),
            "left": _LEFT,
            "top": _TOP,
            "right": _x(1),
            "bottom": _y(0),
            "ticks": [
                (_x(k / BINS), _y(k / BINS), words.percent(k / BINS)) for k in range(BINS + 1)
            ],
            "across": _("The odds of a good match, as they were said"),
            "upwards": _("Came out well"),
            "points": [
                {
                    "x": _x(point.mean),
                    "y": _y(point.share),
                    "low": _y(point.low),
                    "high": _y(point.high),
                    "radius": _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(point.number / total),
                    "number": point.number,
                    # On the side that has more room, and off the slanting line.
                    "before": point.mean > 0.85,
                }
                for point in figures.diagram
            ],
        },
    )


def reliability_text(figures: Figures) -> str:
    """The diagram in words."""
    return " ".join(map(diagram_sentence, figures.diagram))


_BARS_WIDTH, _ROW, _BAR = 440, 42, 12


def murphy_chart(figures: Figures, colours: ChartColours, width: float = _BARS_WIDTH) -> str:
    """A bar for each part of the score, all on one scale."""
    from reports.templating import fill

    rows = murphy_rows(figures)
    longest = max(value for _name, value, _meaning in rows) or 1.0
    height = len(rows) * _ROW
    return fill(
        "charts/murphy.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * height / _BARS_WIDTH,
            "view": (_BARS_WIDTH, height),
            "title": murphy_text(figures),
            "bar": _BAR,
            "rows": [
                {
                    "y": number * _ROW,
                    "name": name,
                    "value": score_text(value),
                    "width": value / longest * _BARS_WIDTH,
                }
                for number, (name, value, _meaning) in enumerate(rows)
            ],
        },
    )


def murphy_text(figures: Figures) -> str:
    """The bars in words: "Reliability 0.012; …"."""
    return "; ".join(
        f"{name} {score_text(value)}" for name, value, _meaning in murphy_rows(figures)
    )


def _x(share: float) -> float:
    return _LEFT + _SIZE * share


def _y(share: float) -> float:
    return _TOP + _SIZE * (1 - share)
